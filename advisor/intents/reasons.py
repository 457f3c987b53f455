"""The reason of the answer before: what a meal, a list of training, a race or a hint rests on, not what it said."""

from __future__ import annotations

from advisor.facts import Fact
from advisor.intents import Intent
from advisor.intents.dishes import find_item, tell_leftover
from advisor.intents.meals import tell_reason
from advisor.question import Question
from advisor.writing import Writer, event_words, titles_on


def _never(q: Question) -> bool:
    """Only a question that follows an answer asks for its reason."""
    return False


def _why_meal(q: Question, w: Writer) -> bool:
    """Why this dish: what the day asks for, what the dish brings of it, and what it was chosen by."""
    item = find_item(q, w) if q.slot else None
    day = item.date if item is not None else q.day
    w.about(day=day)
    tell_reason(w, day)
    if item is not None:
        facts = w.tools.read_item(item)
        w.say("It gives you {amounts}.", amounts=w.amounts(facts, ("carbs_g", "protein_g")))
        tell_leftover(w, item)
        if item.locked:
            w.say("You asked to keep it, so it stays.")
    w.say("Dishes are chosen for the whole day together: they meet its targets, and keep to your time and your wishes.")
    _tell_limits(w)
    return True


def _tell_limits(w: Writer) -> None:
    profile = w.tools.read_profile()
    w.say("Your allergies: {allergies}.", allergies=w.text(profile.get("allergies")))
    w.say("Your diets: {diets}.", diets=w.text(profile.get("diets")))


def _why_event(q: Question, w: Writer) -> bool:
    """Why a fueling or race answer says what it says."""
    event = next((event for event in w.tools.events if event.pk == q.topic.get("event_id")), None)
    if event is None:
        return False
    w.about(event_id=event.pk)
    w.say("It follows from {event}: its length, how hard it is, and your body mass.", event=event_words(w, event))
    if event.type == "race" and event.duration_minutes:
        plan = w.tools.read_race_plan(event)
        w.say("What you take on the way rests on {source}.", source=w.source(_sourced(plan.get("carbs_g_h"))))
        w.say("The meal before rests on {source}.", source=w.source(_sourced(plan.get("pre_meal_carbs_g"))))
    else:
        w.say("The longer and the harder, the more carbohydrate an hour; short or easy sessions need none on the way.")
    w.say("After it, how much you need depends on how soon the next session comes.")
    return True


def _sourced(fact: Fact | None) -> Fact | None:
    """The source of a fact as a text that can be cited."""
    return None if fact is None else Fact(f"{fact.id}:source", "trace", f"source of {fact.label}", fact.source, "",
                                          fact.source, fact.object_id)  # fmt: skip


def _why_calendar(q: Question, w: Writer) -> bool:
    w.say("That is what stands in your calendar and in the training you entered, and nothing else.")
    w.say("If something is wrong there, change it at its source, and your plan follows.")
    return True


def _why_availability(q: Question, w: Writer) -> bool:
    found = w.tools.read_availability(q.day)
    w.say(
        "It is what you eat, {intake}, less the training, {training}, for your fat-free mass of {mass}.",
        intake=w.num(found.get("intake_kcal")),
        training=w.num(found.get("exercise_net_kcal")),
        mass=w.num(found.get("ffm_kg")),
    )
    w.say("In words: it is the energy left for your body itself once training has taken its share.")
    return True


def _why_current(q: Question, w: Writer) -> bool:
    w.say("What each day of the plan asks for now is compared with what it was made for.")
    w.say("A plan is behind once training, profile or rules ask for other numbers, or exclude a dish of it.")
    w.say("In the calendar: {titles}.", titles=titles_on(w, q.day))
    return True


def _why_intake(q: Question, w: Writer) -> bool:
    w.say("It is the sum of what the planned dishes hold, ingredient by ingredient, by the food tables.")
    w.say("References are for your age and sex; what is not known of a food is left open, never counted as nothing.")
    return True


def _why_what_if(q: Question, w: Writer) -> bool:
    w.say("A session adds the energy it takes and the load of its day, and the carbohydrate of a day follows its load.")
    w.say("The two are the same day, calculated with the change and without it.")
    return True


def _why_care(q: Question, w: Writer) -> bool:
    w.say("It is general guidance for healthy adults, kept careful because I cannot examine you.")
    w.say("What your own body needs, a doctor or a registered sports dietitian can tell.")
    return True


def _why_swap(q: Question, w: Writer) -> bool:
    w.say("I name only dishes that keep the day within its limits when the rest stays, the best fitting first.")
    w.say("Each keeps to your diet and your allergies, and leaves out what you do not like.")
    _tell_limits(w)
    return True


def _why_shopping(q: Question, w: Writer) -> bool:
    w.say("It is what the planned meals need, less what is at home, rounded up to what shops sell.")
    return True


def _why_else(q: Question, w: Writer) -> bool:
    w.say("Tell me what you mean, such as why so much carbohydrate, why this dinner, or why not a food.")
    return True


EXPLAINING = (
    Intent(
        "explain_plan",
        lambda q: q.has(
            r"explain (?:my|the|this) (?:meal )?plan|who made (?:my|the|this) plan|how (?:was|is|are|were) (?:my|the|"
            r"this) (?:meal )?plans? (?:made|chosen|built|calculated)|how do you (?:choose|pick|select|plan)|"
            r"why (?:is|are) (?:this|that|these) (?:dish|meal|dinner|lunch|breakfast)"
        ),
        _why_meal,
    ),
)
INTENTS = (
    Intent("why_meal", _never, _why_meal),
    Intent("why_event", _never, _why_event),
    Intent("why_calendar", _never, _why_calendar),
    Intent("why_availability", _never, _why_availability),
    Intent("why_current", _never, _why_current),
    Intent("why_intake", _never, _why_intake),
    Intent("why_what_if", _never, _why_what_if),
    Intent("why_care", _never, _why_care),
    Intent("why_swap", _never, _why_swap),
    Intent("why_shopping", _never, _why_shopping),
    Intent("why_else", lambda q: q.text.strip(" .,") in ("why", "why not", "how come", "but why"), _why_else),
)
