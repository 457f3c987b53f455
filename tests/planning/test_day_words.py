"""What the pages of a day say besides its numbers: the coach's words, races, meals that must not be eaten, refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest

from athletes.services.profile import update_athlete
from nutrition_site.kernel.clock import today
from planning.models import CoachNote, MealPlan, PlanItem
from planning.optimizer.words import say_outside
from planning.services.coaching_bounds import Wish, set_coach_bounds
from planning.services.coaching_notes import notes_on_day, write_coach_note
from planning.views.meals import Meal
from planning.views.plans import changes_in_words
from planning.views.reading import DayFood, Standing
from tests import factories
from tests.markup import Page
from tests.planning.pages import plan_week, sign_in
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def coach(athlete):
    return factories.make_coach("coach@example.com", athlete=athlete)


@pytest.fixture
def day(athlete):
    return today(athlete.zones)


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


def message(athlete, coach, text, *, written=None):
    note = CoachNote.objects.create(athlete=athlete, coach=coach, kind="message", text=text)
    if written is not None:
        CoachNote.objects.filter(pk=note.pk).update(created_at=written)
    return note


def comment(athlete, coach, text, day):
    fields = {"day": day, "slot": "lunch", "dish": "Lentil soup"}
    return CoachNote.objects.create(athlete=athlete, coach=coach, kind="comment", text=text, **fields)


def test_a_comment_of_the_coach_stands_on_the_day_of_its_meal_and_on_no_other(athlete, coach, day):
    comment(athlete, coach, "Eat this one slowly.", day + timedelta(days=2))
    pages = [text_of(sign_in(athlete.user).get(f"/day/{day + timedelta(days=n)}")) for n in (1, 2)]
    assert ["Eat this one slowly." in page for page in pages] == [False, True]


def test_a_message_of_the_coach_stands_on_today(athlete, coach):
    message(athlete, coach, "Well done yesterday.")
    assert "Well done yesterday." in text_of(sign_in(athlete.user).get("/today"))


def test_a_coach_writes_in_lines(athlete, coach, day):
    written = write_coach_note(coach=coach, athlete=athlete, kind="message", text="First.\r\nThen.")
    assert (written.text, "First.<br>Then." in sign_in(athlete.user).get("/today").content.decode()) == (
        "First.\r\nThen.",
        True,
    )


def test_today_keeps_a_message_for_three_days_and_a_day_only_its_own(athlete, coach, day):
    now = message(athlete, coach, "new").created_at
    for days in (3, 4):
        message(athlete, coach, f"{days} days old", written=now - timedelta(days=days))
    kept = {note.text for note in notes_on_day(athlete, day, messages_from=day - timedelta(days=3))}
    assert (kept, [note.text for note in notes_on_day(athlete, day)]) == ({"new", "3 days old"}, ["new"])


def test_a_note_that_a_coach_keeps_to_self_stands_on_no_day(athlete, coach, day):
    CoachNote.objects.create(athlete=athlete, coach=coach, kind="note", text="Ask about sleep.")
    assert notes_on_day(athlete, day, messages_from=day - timedelta(days=3)) == []


def test_nobody_reads_what_was_written_to_somebody_else(athlete, coach, sam, day):
    message(athlete, coach, "Only for you.")
    assert notes_on_day(sam.athlete, day) == []


def test_a_race_links_to_its_plan_also_where_another_session_leads_the_day(athlete, catalogue, day):
    make_event(athlete, day + timedelta(days=1), 8 * 60, 20.0, intensity="race", race=True, title="Park race")
    make_event(athlete, day + timedelta(days=1), 14 * 60, 180.0, title="Long ride")
    race = athlete.training_events.get(title="Park race")
    shown = sign_in(athlete.user).get(f"/day/{day + timedelta(days=1)}")
    assert (shown.context["lead"].event.title, f'href="/races/{race.pk}"' in shown.content.decode()) == (
        "Long ride",
        True,
    )


def test_what_must_not_be_eaten_is_marked_beside_the_session_too(athlete, catalogue, day):
    make_event(athlete, day, 12 * 60, 150.0, title="Long ride")
    plan_week(athlete)
    client = sign_in(athlete.user)
    lead = client.get(f"/day/{day}").context["lead"]
    dishes = [item.recipe for window in (lead.before, lead.during, lead.after) for item in window.planned]
    allergen = next(name for dish in dishes for name, status in dish.allergens.items() if status == "contains")
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
    refused = [dish for dish in dishes if dish.allergens.get(allergen, "unknown") != "free"]
    html = client.get(f"/day/{day}").content.decode()
    beside = html[html.index('<ol class="tear">') :].partition("</ol>")[0]
    assert beside.count("Do not eat this") == len(refused) > 0


def test_what_is_eaten_during_a_session_is_not_to_be_eaten_at_once(athlete, catalogue, day):
    make_event(athlete, day, 12 * 60, 150.0, title="Long ride")
    fed = plan_week(athlete).current.items.filter(date=day, slot="during").count()
    said = text_of(sign_in(athlete.user).get(f"/day/{day}"))
    assert said.count("In small bites and sips over the whole session, not all at once.") == fed > 0


def refused_plan(athlete, day, members):
    refusal = {
        "code": "plan_infeasible",
        "message": "No plan meets all of these limits.",
        "conflicts": [{"sentence": "These collide.", "members": members}],
        "relaxations": [],
    }
    return MealPlan.objects.create(athlete=athlete, week_start=day, days=7, status="infeasible", refusal=refusal)


@pytest.mark.parametrize(
    ("kind", "offered"),
    [("protein", True), ("protein_cap", True), ("carbs", False), ("prep", False)],
)
def test_a_refusal_that_names_the_amount_of_a_coachs_limit_offers_to_end_the_limit(kind, offered, athlete, coach, day):
    wish = Wish(
        measure="protein_g", minimum=140.0, reason="Heavy week", first_day=day, last_day=day + timedelta(days=6)
    )
    (bound,) = set_coach_bounds(coach=coach, athletes=[athlete], wish=wish)
    refused_plan(athlete, day, [[kind, day.isoformat()], ["energy", day.isoformat()]])
    html = sign_in(athlete.user).get("/today").content.decode()
    assert (f'href="/settings/coaches/limits/{bound.pk}/end"' in html) is offered


def test_a_refusal_of_days_on_which_a_coach_keeps_food_out_offers_to_end_that(athlete, coach, day):
    wish = Wish(kept_out="tuna", reason="Mercury", first_day=day, last_day=day + timedelta(days=2))
    (bound,) = set_coach_bounds(coach=coach, athletes=[athlete], wish=wish)
    offers = []
    for distance in (0, 5):
        MealPlan.objects.filter(athlete=athlete).delete()
        refused_plan(athlete, day, [["fat", (day + timedelta(days=distance)).isoformat()]])
        offers.append(
            f"/settings/coaches/limits/{bound.pk}/end" in sign_in(athlete.user).get("/today").content.decode()
        )
    assert offers == [True, False]


def test_who_swapped_a_meal_is_not_told_why_and_is_not_offered_to_lose_the_choice(athlete, catalogue, day):
    row = {"recipe_id": "rcp_1", "name": "Soup", "date": day.isoformat(), "slot": "lunch", "time": "12:00"}
    other = {**row, "recipe_id": "rcp_2", "name": "Stew"}
    diff = {
        "changed": [{"before": row, "after": other, "forced": False, "why": "chosen"}],
        "added": [],
        "removed": [],
        "moved_times": [],
    }
    plan = plan_week(athlete)
    plan.current.diff = diff
    told = {}
    for reason in ("swapped", "resolved"):
        plan.current.reason = reason
        shown = changes_in_words(plan, diff)
        told[reason] = (shown["rows"][0]["why"], shown["anew"])
    assert told == {"swapped": ("", False), "resolved": ("to make the rest fit", True)}


def test_a_day_that_gave_way_in_fiber_says_so_in_words():
    assert (
        say_outside("fiber", "2026-11-24", 48.2, "g", high=45.0) == "Fiber on 2026-11-24 is 48 g, over the usual 45 g."
    )
    assert say_outside("fiber", "2026-11-24", 45.2, "g", high=45.0).endswith("is 45.2 g, over the usual 45.0 g.")


def test_of_two_plans_the_one_with_the_meal_that_must_not_be_eaten_is_made_again(day):
    plans = [MealPlan(week_start=day + timedelta(days=n), days=1) for n in range(2)]
    days = {
        plan.week_start: DayFood(plan.week_start, None, plan, None, [Meal(PlanItem(), is_unsafe=plan is plans[1])])
        for plan in plans
    }
    standing = Standing(days, plans, stale=[], unsafe=[], waiting=None, refused=None, proposals={})
    assert standing.unsafe_plan is plans[1]
