"""Days and weeks as a look back means them, and meals that are still to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from advisor.dates import DayMention, RangeMention, last_such_day, last_such_range
from nutrition_site.kernel.clock import today, zone
from planning.models import PlanItem
from tests.advisor.conftest import add_event
from tests.advisor.test_intents import ask
from tests.advisor.test_named_dishes import ask_serbian

SATURDAY = date(2026, 3, 28)
MONDAY = date(2026, 3, 23)


@pytest.mark.parametrize(
    ("named", "meant"),
    [(date(2026, 4, 1), date(2026, 3, 25)), (SATURDAY, date(2026, 3, 21)), (date(2026, 3, 29), date(2026, 3, 22))],
)
def test_a_weekday_of_a_look_back_is_the_last_one_before_today(named, meant):
    assert last_such_day(DayMention(named, "…", 0, weekday=True), today=SATURDAY).day == meant


@pytest.mark.parametrize(
    ("now", "first", "last"),
    [(SATURDAY, MONDAY, SATURDAY), (MONDAY, date(2026, 3, 16), date(2026, 3, 22))],
)
def test_the_week_of_a_look_back_is_what_there_was_of_it(now, first, last):
    named = RangeMention(now, now + timedelta(days=6), "my week")
    found = last_such_range(named, today=now)
    assert (found.first, found.last) == (first, last)


def test_the_weekend_of_a_look_back_is_the_one_before():
    found = last_such_range(RangeMention(date(2026, 3, 28), date(2026, 3, 29), "weekend"), today=date(2026, 3, 25))
    assert (found.first, found.last) == (date(2026, 3, 21), date(2026, 3, 22))


@pytest.mark.django_db
def test_what_was_eaten_on_a_weekday_is_the_last_one_in_both_languages(mina):
    now = today(mina.zones)
    wednesday = now - timedelta(days=(now.weekday() - 2) % 7 or 7)
    drafts = ask(mina, "what did i eat on wednesday"), ask_serbian(mina, "šta sam jeo u sredu")
    assert [draft.topic["day"] for draft in drafts] == [wednesday.isoformat()] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["how was my week?", "did I hit my protein this week", "what did I eat this week"])
def test_a_look_back_on_the_week_tells_only_days_that_were(mina, question):
    draft = ask(mina, question)
    assert (draft.kind, max(draft.days) <= today(mina.zones)) == ("week_back", True)


@pytest.mark.django_db
def test_what_was_marked_as_eaten_stands_beside_the_target(mina, monkeypatch):
    day = today(mina.zones)
    item = PlanItem.objects.get(revision__plan__athlete=mina, date=day, slot="dinner")
    PlanItem.objects.filter(pk=item.pk).update(status="eaten")
    later = datetime.combine(day + timedelta(days=1 if day.weekday() < 6 else 0), datetime.max.time())
    monkeypatch.setattr("django.utils.timezone.now", lambda: later.replace(hour=21, tzinfo=zone(mina.timezone)))
    draft = ask(mina, "did I hit my protein this week")
    values = [round(fact.value) for fact in draft.facts if fact.id == f"day:{day}:eaten:protein_g"]
    assert values == [round(item.quarters / 4 * item.recipe.nutrients["protein_g"])]


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["I'm hungry", "what is left to eat today?"])
@pytest.mark.parametrize(("minutes", "is_open"), [(20, True), (119, True), (121, False)])
def test_a_dinner_is_to_come_until_two_hours_after_its_hour(mina, monkeypatch, question, minutes, is_open):
    from advisor.tools import Toolbox

    tools = Toolbox(athlete=mina, by=mina.user)
    dinner = next(item for item in tools.items_on(tools.today) if item.slot == "dinner")
    hour = datetime.fromisoformat(f"{tools.today}T{dinner.time}").replace(tzinfo=zone(mina.zones))
    monkeypatch.setattr("django.utils.timezone.now", lambda: hour + timedelta(minutes=minutes))
    assert (f"“{dinner.recipe.name}”" in ask(mina, question).reply) == is_open


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["šta ako preskočim subotnju vožnju", "šta ako preskočim vožnju u subotu"])
def test_a_session_that_is_over_is_not_left_out(mina, monkeypatch, question):
    saturday = mina.training_events.get(title="Long run 90min Z2").local_date
    add_event(mina, saturday, "Hill ride", sport="cycle", hour=7)
    evening = datetime.combine(saturday, datetime.min.time()).replace(hour=18, tzinfo=zone(mina.timezone))
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    reply = ask_serbian(mina, question).reply
    assert ("Hill ride" in reply, "Long run" in reply) == (False, False)
