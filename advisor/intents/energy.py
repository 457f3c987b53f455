"""Energy: what is available to the body, the goal for weight, and why nothing is taken off on a day."""

from __future__ import annotations

from advisor.facts import Fact
from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer, titles_on, why_of
from athletes.vocabulary import GOALS

_STOPPED = "DEFICIT_"


def _availability(q: Question, w: Writer) -> bool:
    day = q.event_day or q.day
    found = w.tools.read_availability(day)
    w.about(day=day)
    w.say(
        "With your target of {day}, your energy availability is {amount}.",
        day=w.day(day),
        amount=w.num(found.get("availability")),
    )
    w.say("Eating exactly what you spend would give {amount}.", amount=w.num(found.get("at_balance")))
    if found.data["status"] == "red":
        w.say("That is low. It is a prompt to look closer, not a diagnosis: please talk to a sports physician.")
    elif found.data["status"] == "amber":
        w.say("That is below what your body has at balance. Watch sleep, mood and recovery, and do not go lower.")
    else:
        w.say("Nothing in it asks for attention. It is a screening figure, not a diagnosis.")
    w.say("In words: it is the energy left for your body itself once training has taken its share.")
    why_of(w, day, "energy_availability")
    return True


def _goal(w: Writer) -> str:
    goals = {GOALS.get(goal, "") for goal in w.tools.athlete.goals}
    return "lose" if "lose" in goals else "gain" if "gain" in goals else ""


def _tell_withheld(w: Writer) -> bool:
    w.say("I plan no change of weight here and set no goal for it; your meals follow your training.")
    w.say("A doctor or a registered sports dietitian can look at it with you.")
    return True


def _ideal_weight(q: Question, w: Writer) -> bool:
    w.say(
        "No weight is planned for you here: what suits you is more than a number, and your meals follow your training."
    )
    w.say("If your weight worries you, a doctor or a registered sports dietitian can look at it with you.")
    return True


def _weight_goal(q: Question, w: Writer) -> bool:
    if w.withheld or w.tools.is_minor:
        return _tell_withheld(w)
    tools, goal = w.tools, _goal(w)
    target = tools.read_targets(q.day)
    profile = tools.read_profile()
    rate = tools.athlete.rate_pct_per_week
    if not goal:
        w.say("Your profile names no goal for your weight, so you eat what you spend.")
        w.say("You can set one under “Settings”; how fast it may go is limited for your health.")
        return True
    w.say("Your goals: {goals}.", goals=w.quoted(profile.get("goals")))
    fact = Fact(
        "profile:rate_pct_per_week", "profile", "rate of weight change", rate, "%", "your profile", tools.athlete.pk
    )
    if goal == "lose":
        w.say("The rate you set is {rate} of your weight a week.", rate=w.num(fact))
        off = target.get("input:energy_kcal:deficit_kcal")
        if target.number("input:energy_kcal:deficit_kcal"):
            w.say("{on} that takes off {energy}.", on=w.on(q.day), energy=w.num(off))
        else:
            w.say("{on} nothing is taken off; ask me why there is no deficit.", on=w.on(q.day))
        w.say("Slow is what keeps muscle: never more than a hundredth of your weight a week is planned.")
    else:
        if target.number("input:energy_kcal:surplus_kcal"):
            w.say(
                "{on} that adds {energy}.", on=w.on(q.day), energy=w.num(target.get("input:energy_kcal:surplus_kcal"))
            )
        w.say("Slow is what keeps it muscle, with enough protein and training.")
    return True


def _why_no_deficit(q: Question, w: Writer) -> bool:
    if w.withheld or w.tools.is_minor:
        return _tell_withheld(w)
    day = q.event_day or q.day
    target = w.tools.read_targets(day)
    if target.number("input:energy_kcal:deficit_kcal"):
        w.say(
            "{on} there is one: {energy} below what you spend.",
            on=w.on(day),
            energy=w.num(target.get("input:energy_kcal:deficit_kcal")),
        )
        return True
    w.say("{on} nothing is planned below what you spend.", on=w.on(day))
    stopped = [code for code in target.data["warnings"] if code.startswith(_STOPPED)]
    if _goal(w) != "lose":
        w.say("Your profile names no goal to lose weight.")
    elif "DEFICIT_BLOCKED_UNDERWEIGHT" in stopped:
        w.say("Your weight is already low for your height, so I plan no loss; please talk with a doctor.")
    elif "DEFICIT_NEEDS_PROFILE" in stopped:
        w.say("Your profile leaves open what it takes to plan a loss safely; fill it in under “Settings”.")
    elif stopped:
        w.say("Your health answers speak against it for now; your day's page says which.")
    elif target.data["loading"]:
        w.say("It is part of the carbohydrate loading before your race.")
    else:
        w.say(
            "Days with much training and the week of a race carry none, so that you can train and recover; easier days "
            "of the week carry it."
        )
    w.say("In the calendar that day: {titles}, {load}.", titles=titles_on(w, day), load=w.num(target["tss"]))
    return True


def _expenditure(q: Question, w: Writer) -> bool:
    if w.withheld:
        return _tell_withheld(w)
    found = w.tools.read_expenditure()
    target = w.tools.read_targets(q.day)
    w.say(
        "{on} you spend about {energy}, by the formula and your training.",
        on=w.on(q.day),
        energy=w.num(target.get("tdee_kcal")),
    )
    if not found.data["learned"]:
        w.say("I have learned nothing of my own about it yet: that takes weigh-ins and marked meals over some weeks.")
        return True
    if found.data["more"]:
        w.say(
            "Your weigh-ins say that you spend {energy} more than the formula.", energy=w.num(found.get("offset_kcal"))
        )
    else:
        w.say(
            "Your weigh-ins say that you spend {energy} less than the formula.", energy=w.num(found.get("offset_kcal"))
        )
    w.say("Of that, your targets follow {energy}.", energy=w.num(found.get("applied_kcal")))
    return True


INTENTS = (
    Intent(
        "why_no_deficit",
        lambda q: q.has(r"deficit|lose weight|losing weight|lose fat|weight loss") and q.has(
            r"why|how come|no deficit|not losing|isn't there|reason"
        ),
        _why_no_deficit,
    ),
    Intent(
        "ideal_weight",
        lambda q: q.has(r"(?:should|must) i weigh|bmi|body mass index|ideal weight|"
                        r"right weight|race weight|too (?:fat|heavy|thin)"),
        _ideal_weight,
    ),
    Intent(
        "weight_goal",
        lambda q: q.has(
            r"(?:lose|losing|gain|cut|drop) \d+ ?(?:kg|kilos?|pounds?|lbs?)|"
            r"(?:lose|losing|gain|gaining|cut|drop) (?:some |a bit of |my )?(?:weight|fat|kilos?|muscle|mass)|"
            r"weight (?:goal|loss|gain|target)|goal weight|deficit|surplus|rate of (?:loss|weight)|"
            r"(?:build|put on) (?:muscle|mass)"
        ),
        _weight_goal,
    ),
    Intent(
        "energy_availability",
        lambda q: not set(q.nutrients) - {"energy_kcal"}
        and q.has(
            r"energy availability|low energy availability|red-?s|eating enough|eat enough|underfuel\w*|under-fuel\w*|"
            r"eat(?:ing)? too little"
        ),
        _availability,
    ),
    Intent(
        "expenditure",
        lambda q: q.has(
            r"(?:energy )?expenditure|tdee|(?:calories|energy|kcal|much) (?:do|did|will) i (?:burn|spend|use)|"
            r"metabolism|what (?:have you|did you) learn(?:ed)? about my (?:energy|weight)"
        ) and (q.wish is None or q.wish.words.startswith(("train", "exercise"))),
        _expenditure,
    ),
)  # fmt: skip
