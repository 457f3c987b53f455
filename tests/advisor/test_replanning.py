"""Planning again from a talk: for the profile of now, for the days that are told, and never for what is past."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from advisor import proposing
from advisor.actions import confirm_action
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.documents import action_document
from advisor.readings import replans
from advisor.tools import Toolbox
from athletes.models import Athlete
from nutrition_site.kernel.clock import today, zone
from nutrition_site.kernel.errors import Conflict
from planning.models import PlanItem
from planning.services.choice import athlete_catalogue, is_disliked
from planning.services.plans import set_item_status
from planning.services.solving import PlanInfeasible
from tests.advisor.proposals import dinner_of, plan_of, store, tomorrow_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def athlete(mina):
    return mina


@pytest.fixture
def at(athlete, monkeypatch):
    """Sets the clock on the athlete's wall, today."""
    day = today(athlete.zones)

    def set_clock(hour: int) -> None:
        moment = datetime.combine(day, time(hour), tzinfo=zone(athlete.zones))
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


def ask(athlete, message, language="en"):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    return BuiltinBackend().reply(AdviceContext(message=message, tools=tools, language=language))


def dislike(athlete, *words):
    """The dislikes as a confirmed proposal leaves them, and the athlete as the next request reads them."""
    for word in words:
        proposal = proposing.preference_proposal(athlete, field="dislike", change="add", value=word)
        confirm_action(action=store(athlete, proposal), by=athlete.user)
        athlete = Athlete.objects.get(pk=athlete.pk)
    return athlete


def disliked_items(athlete, word, **where):
    catalogue = athlete_catalogue(athlete)
    rows = plan_of(athlete).current.items.filter(**where)
    return [item for item in rows if is_disliked(catalogue.named(item.recipe_id), [word])]


def word_of(item):
    """A telling food of a dish: its first ingredient's name."""
    return item.recipe.ingredients.select_related("food").order_by("position").first().food.name


def shared_word(athlete, item):
    """A food of a dish that later dishes have too, the rarest of those, so that plans can do without it."""
    later = [other for other in planned(athlete) if (other.date, other.time) > (item.date, item.time)]
    names = [line.food.name for line in item.recipe.ingredients.select_related("food").order_by("position")]
    catalogue = athlete_catalogue(athlete)
    counts = {name: sum(is_disliked(catalogue.named(o.recipe_id), [name]) for o in later) for name in names}
    return min((name for name in names if counts[name]), key=lambda name: counts[name])


def planned(athlete, **where):
    return list(plan_of(athlete).current.items.select_related("recipe").filter(**where).order_by("date", "time"))


# --- the profile of now ---
def test_a_new_dislike_is_gone_from_the_plan_after_planning_again(athlete, at):
    at(6)
    athlete = dislike(athlete, "onion")
    confirm_action(action=store(athlete, proposing.replan_proposal(plan_of(athlete))), by=athlete.user)
    assert disliked_items(athlete, "onion") == []


def test_a_disliked_dish_that_was_eaten_is_planned_nowhere_else(athlete, at):
    at(6)
    eaten = planned(athlete, date=today(athlete.zones), slot="breakfast")[0]
    set_item_status(plan=plan_of(athlete), item_id=eaten.pk, status="eaten", by=athlete.user)
    word = shared_word(athlete, eaten)
    athlete = dislike(athlete, word)
    proposal = proposing.replan_proposal(plan_of(athlete))
    confirm_action(action=store(athlete, proposal), by=athlete.user)
    left = disliked_items(athlete, word)
    assert {(item.date, item.slot, item.status) for item in left} == {(eaten.date, "breakfast", "eaten")}


def test_a_kept_meal_with_a_food_disliked_since_is_let_go(athlete, at):
    at(6)
    dinner = dinner_of(athlete)
    set_item_status(plan=plan_of(athlete), item_id=dinner.pk, locked=True, by=athlete.user)
    athlete = dislike(athlete, word_of(dinner))
    confirm_action(action=store(athlete, proposing.replan_proposal(plan_of(athlete))), by=athlete.user)
    assert disliked_items(athlete, word_of(dinner), date=dinner.date) == []


def test_days_held_before_the_first_may_hold_what_is_disliked_since(athlete, at):
    at(6)
    athlete = dislike(athlete, word_of(planned(athlete, date=today(athlete.zones), slot="lunch")[0]))
    proposal = proposing.replan_proposal(plan_of(athlete), from_day=tomorrow_of(athlete))
    done = confirm_action(action=store(athlete, proposal), by=athlete.user)
    assert (done.status, plan_of(athlete).current.certificate["ok"]) == ("applied", True)


def test_what_the_checker_would_refuse_is_never_proposed(athlete, at, monkeypatch):
    at(6)
    athlete = dislike(athlete, "onion")
    monkeypatch.setattr(replans, "certify", lambda *_: {"ok": False, "violations": [{"code": "refused"}]})
    with pytest.raises(PlanInfeasible):
        proposing.replan_proposal(plan_of(athlete))


def test_a_refusal_tells_which_requirements_collide(athlete, at, monkeypatch):
    at(6)
    sentence = "On every day, no choice of dishes meets this: at least 98 g of protein."
    conflict = {"codes": ["protein"], "sentence": sentence, "members": [["protein", "2026-03-28"]]}

    def refuse(*_args, **_kwargs):
        raise PlanInfeasible(extra={"conflicts": [conflict], "relaxations": []})

    monkeypatch.setattr("advisor.proposals.replans.plan_again", refuse)
    assert ask(athlete, "plan my week again").reply == f"That cannot be changed now. {sentence}"


def test_a_refusal_in_serbian_names_the_requirements_without_english_words(athlete, at, monkeypatch):
    at(6)
    conflict = {"codes": ["protein"], "sentence": "No way.", "members": [["protein", "2026-03-28"]]}

    def refuse(*_args, **_kwargs):
        raise PlanInfeasible(extra={"conflicts": [conflict], "relaxations": []})

    monkeypatch.setattr("advisor.proposals.replans.plan_again", refuse)
    reply = ask(athlete, "isplaniraj mi nedelju ponovo", "sr").reply
    assert ("proteini dana" in reply, "No way" in reply) == (True, False)


# --- which days ---
def test_the_days_that_are_planned_again_are_told(athlete, at):
    at(6)
    reply = ask(dislike(athlete, "onion"), "plan my week again").reply
    first, last = today(athlete.zones), plan_of(athlete).last_day
    assert (f"{first:%A} {first.day} {first:%B}" in reply, f"{last:%A} {last.day} {last:%B}" in reply) == (True, True)


def test_a_week_that_is_longer_than_the_plan_is_told_to_be(athlete, at):
    at(6)
    athlete = dislike(athlete, "onion")
    assert "the days after it are not part of this" in ask(athlete, "plan the next 14 days again").reply


def test_the_title_says_from_when_to_when(athlete, at):
    at(6)
    proposal = proposing.replan_proposal(plan_of(dislike(athlete, "onion")))
    assert (proposal.diff["from_date"], proposal.diff["to_date"]) == (
        today(athlete.zones).isoformat(),
        plan_of(athlete).last_day.isoformat(),
    )


# --- what is past ---
def test_meals_whose_hour_is_past_are_not_planned_again(athlete, at):
    at(17)
    present = today(athlete.zones)
    before = {(item.slot, item.index): item.recipe_id for item in planned(athlete, date=present, time__lt="17:00")}
    athlete = dislike(athlete, word_of(planned(athlete, date=present, slot="lunch")[0]))
    confirm_action(action=store(athlete, proposing.replan_proposal(plan_of(athlete))), by=athlete.user)
    after = {(item.slot, item.index): item.recipe_id for item in planned(athlete, date=present, time__lt="17:00")}
    assert (len(before) > 1, after) == (True, before)


def test_past_meals_do_not_stand_among_the_changes(athlete, at):
    at(17)
    proposal = proposing.replan_proposal(plan_of(dislike(athlete, "egg")))
    present = today(athlete.zones).isoformat()
    assert {row["slot"] for row in proposal.diff["meals"] if row["date"] == present} <= {"dinner", "snack"}


def test_at_night_nothing_of_today_is_left_and_it_is_from_tomorrow_on(athlete, at):
    at(23)
    proposal = proposing.replan_proposal(plan_of(dislike(athlete, "onion")))
    assert proposal.arguments["from_date"] == tomorrow_of(athlete).isoformat()


def test_at_night_the_answer_says_that_today_stays(athlete, at):
    at(23)
    assert "What is left of today stays as it is." in ask(dislike(athlete, "onion"), "plan my week again").reply


def test_a_plan_with_every_meal_past_has_nothing_left_to_change(athlete, at, monkeypatch):
    at(6)
    monkeypatch.setattr("advisor.proposals.replans.open_days", lambda plan: [])
    with pytest.raises(Conflict) as caught:
        proposing.replan_proposal(plan_of(athlete))
    assert caught.value.code == "nothing_left"


def test_an_hour_that_passed_before_confirming_shows_the_new_diff(athlete, at):
    at(6)
    athlete = dislike(athlete, shared_word(athlete, planned(athlete, date=today(athlete.zones), slot="breakfast")[0]))
    action = store(athlete, proposing.replan_proposal(plan_of(athlete)))
    at(11)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    changed = {(row["date"], row["slot"]) for row in action_document(action)["diff"]["meals"]}
    assert (caught.value.code, (today(athlete.zones).isoformat(), "breakfast") in changed) == ("action_changed", False)


def test_eaten_meals_keep_their_mark_when_the_week_is_planned_again(athlete, at):
    at(6)
    eaten = planned(athlete, date=today(athlete.zones), slot="breakfast")[0]
    set_item_status(plan=plan_of(athlete), item_id=eaten.pk, status="eaten", by=athlete.user)
    athlete = dislike(athlete, "onion")
    confirm_action(action=store(athlete, proposing.replan_proposal(plan_of(athlete))), by=athlete.user)
    again = PlanItem.objects.get(revision_id=plan_of(athlete).current_id, date=eaten.date, slot="breakfast", index=0)
    assert (again.recipe_id, again.status) == (eaten.recipe_id, "eaten")
