"""Learning expenditure from weigh-ins and eaten meals: which days count, what targets follow, and who is left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from athletes.models import Athlete, BodyMeasurement
from nutrition_site.kernel.models import AuditEntry
from planning.models import ExpenditureEstimate, MealPlan, PlanItem, PlanRevision, Recipe
from planning.services.expenditure import athletes_to_estimate, estimate_everyone, estimate_expenditure
from planning.services.targets import calculate_targets
from tests import factories
from tests.planning.people import make_event

pytestmark = [pytest.mark.core, pytest.mark.django_db]

# A Sunday on which a window ends, a Monday six windows before it, and the Monday after.
SUNDAY = date(2026, 9, 27)
FIRST = SUNDAY - timedelta(days=6 * 14 - 1)
AFTER = SUNDAY + timedelta(days=1)


@pytest.fixture
def person():
    return factories.make_athlete("learner@example.com", weight_kg=61.0)


@pytest.fixture
def dish():
    return Recipe.objects.create(slug="porridge", family="porridge", name="Porridge", slots=["breakfast"])


def eat(athlete, dish, kcal, *, first=FIRST, days=84, planned=(), created=None):
    """One plan a fortnight whose single meal a day holds the day's energy, all eaten except on the `planned` days."""
    for start in range(0, days, 14):
        monday = first + timedelta(days=start)
        plan = MealPlan.objects.create(athlete=athlete, week_start=monday, days=14, status="verified")
        revision = PlanRevision.objects.create(
            plan=plan, number=1, training_version=1, profile_version=1, training_data_as_of=plan.created_at
        )
        MealPlan.objects.filter(pk=plan.pk).update(current=revision, revision=1)
        PlanItem.objects.bulk_create(
            PlanItem(
                revision=revision,
                date=monday + timedelta(days=n),
                slot="lunch",
                time="12:30",
                recipe=dish,
                quarters=4,
                nutrients={"energy_kcal": kcal},
                status="planned" if start + n in planned else "eaten",
            )
            for n in range(14)
        )


def weigh(athlete, *, kg=61.0, first=FIRST, days=84, change=0.0):
    BodyMeasurement.objects.bulk_create(
        BodyMeasurement(athlete=athlete, measured_on=first + timedelta(days=n), weight_kg=kg + change * n)
        for n in range(days)
    )


def formula_kcal(athlete, day=AFTER):
    (found,) = calculate_targets(athlete=athlete, first=day, last=day)
    return found.targets.base_kcal


def payload(athlete, day=AFTER):
    (found,) = calculate_targets(athlete=Athlete.objects.get(pk=athlete.pk), first=day, last=day)
    return found.payload


def test_a_steady_weight_on_300_kcal_more_than_the_formula_is_learned(person, dish):
    eat(person, dish, formula_kcal(person) + 300)
    weigh(person)
    row = estimate_expenditure(athlete=person, through=SUNDAY)
    assert (row.as_of, row.windows, row.published) == (SUNDAY, 6, True)
    assert 200 < row.offset_kcal < 300


def test_targets_follow_at_most_150_kcal_in_the_first_week_and_the_same_the_next(person, dish):
    eat(person, dish, formula_kcal(person) + 400)
    weigh(person)
    before = payload(person)["energy_kcal"]
    estimate_expenditure(athlete=person, through=SUNDAY)
    first = payload(person)["energy_kcal"]
    estimate_expenditure(athlete=person, through=SUNDAY + timedelta(days=7))
    second = payload(person, AFTER + timedelta(days=7))["energy_kcal"]
    assert [round(first - before, 1), round(second - before, 1)] == [150.0, 300.0]


def test_a_week_before_the_estimate_keeps_its_targets(person, dish):
    eat(person, dish, formula_kcal(person) + 400)
    weigh(person)
    before = payload(person, SUNDAY)
    estimate_expenditure(athlete=person, through=SUNDAY)
    assert payload(person, SUNDAY) == before


def test_the_payload_and_the_trace_name_the_learned_offset(person, dish):
    eat(person, dish, formula_kcal(person) + 400)
    weigh(person)
    row = estimate_expenditure(athlete=person, through=SUNDAY)
    found = payload(person)
    (step,) = [step for step in found["trace"] if step["name"] == "offset_kcal"]
    assert (found["offset_kcal"], step["value"]) == (150.0, 150.0)
    assert step["inputs"]["as_of"] == SUNDAY.isoformat()
    assert step["inputs"]["estimate_kcal"] == pytest.approx(row.offset_kcal)


def test_without_an_estimate_the_offset_is_zero_and_no_step_speaks_of_it(person):
    found = payload(person)
    assert (found["offset_kcal"], [s for s in found["trace"] if s["name"] == "offset_kcal"]) == (0.0, [])


def test_making_the_same_estimate_twice_changes_nothing(person, dish):
    eat(person, dish, formula_kcal(person) + 400)
    weigh(person)
    estimate_expenditure(athlete=person, through=SUNDAY)
    version = Athlete.objects.get(pk=person.pk).profile_version
    again = estimate_expenditure(athlete=person, through=SUNDAY + timedelta(days=3))
    assert (again.applied_kcal, ExpenditureEstimate.objects.count()) == (150.0, 1)
    assert Athlete.objects.get(pk=person.pk).profile_version == version


def test_plans_learn_of_a_moved_offset_through_the_profile_version(person, dish):
    eat(person, dish, formula_kcal(person) + 400)
    weigh(person)
    estimate_expenditure(athlete=person, through=SUNDAY)
    assert Athlete.objects.get(pk=person.pk).profile_version == person.profile_version + 1
    assert AuditEntry.objects.filter(verb="expenditure.moved", athlete_id=person.pk).count() == 1


def test_a_day_with_a_meal_nobody_marked_does_not_count(person, dish):
    """Nine complete days of fourteen are too few."""
    eat(person, dish, formula_kcal(person) + 400, first=SUNDAY - timedelta(days=13), days=14, planned=range(5))
    weigh(person, first=SUNDAY - timedelta(days=13), days=14)
    assert estimate_expenditure(athlete=person, through=SUNDAY) is None


def test_ten_complete_days_of_fourteen_count(person, dish):
    eat(person, dish, formula_kcal(person) + 400, first=SUNDAY - timedelta(days=13), days=14, planned=range(4))
    weigh(person, first=SUNDAY - timedelta(days=13), days=14)
    assert estimate_expenditure(athlete=person, through=SUNDAY).windows == 1


def test_an_eaten_meal_of_unknown_energy_makes_its_day_incomplete(person, dish):
    eat(person, dish, None)
    weigh(person)
    assert estimate_expenditure(athlete=person, through=SUNDAY) is None


def test_the_newest_plan_of_a_day_is_the_one_that_was_eaten(person, dish):
    eat(person, dish, 9000)
    eat(person, dish, formula_kcal(person))
    weigh(person)
    assert abs(estimate_expenditure(athlete=person, through=SUNDAY).offset_kcal) < 40


def test_without_weigh_ins_nothing_is_learned(person, dish):
    eat(person, dish, 2500)
    assert estimate_expenditure(athlete=person, through=SUNDAY) is None


def test_losing_weight_on_the_formulas_energy_means_using_more(person, dish):
    eat(person, dish, formula_kcal(person))
    weigh(person, kg=63.0, change=-0.03)
    assert estimate_expenditure(athlete=person, through=SUNDAY).offset_kcal > 80


def test_a_window_with_a_long_race_is_left_out(person, dish):
    eat(person, dish, formula_kcal(person) + 400, first=SUNDAY - timedelta(days=13), days=14)
    weigh(person, first=SUNDAY - timedelta(days=13), days=14)
    make_event(person, SUNDAY - timedelta(days=4), 540, 200, race=True)
    assert estimate_expenditure(athlete=person, through=SUNDAY) is None


@pytest.mark.parametrize(
    "change",
    [
        {"birth_date": date(2010, 1, 1)},
        {"birth_date": None},
        {"pregnant": True},
        {"lactating": True},
        {"ed_flag": True},
    ],
    ids=["minor", "age unknown", "pregnant", "lactating", "red flag"],
)
def test_for_some_people_nothing_is_learned_and_nothing_learned_is_followed(person, dish, change):
    eat(person, dish, formula_kcal(person) + 400)
    weigh(person)
    estimate_expenditure(athlete=person, through=SUNDAY)
    Athlete.objects.filter(pk=person.pk).update(**change)
    changed = Athlete.objects.get(pk=person.pk)
    assert estimate_expenditure(athlete=changed, through=SUNDAY + timedelta(days=7)) is None
    assert payload(person)["offset_kcal"] == 0.0


def test_a_learned_offset_never_breaks_the_floors(person, dish):
    ExpenditureEstimate.objects.create(
        athlete=person, as_of=SUNDAY, offset_kcal=-1500, sd_kcal=100, windows=6, published=True, applied_kcal=-1500
    )
    found = payload(person)
    assert "ENERGY_FLOOR_APPLIED" in found["warnings"]
    assert found["energy_availability"] >= 30


def test_an_unsure_estimate_is_stored_but_not_followed(person, dish):
    ExpenditureEstimate.objects.create(
        athlete=person, as_of=SUNDAY, offset_kcal=300, sd_kcal=250, windows=1, published=False, applied_kcal=0
    )
    assert payload(person)["offset_kcal"] == 0.0


def test_everybody_with_new_data_is_estimated_and_a_failure_stops_nobody(person, dish, monkeypatch):
    other = factories.make_athlete("other@example.com")
    monkeypatch.setattr("planning.services.expenditure.today", lambda zone: AFTER)
    for athlete in (person, other):
        eat(athlete, dish, formula_kcal(athlete) + 400)
        weigh(athlete)
    factories.make_athlete("quiet@example.com")
    assert {athlete.pk for athlete in athletes_to_estimate(limit=10)} == {person.pk, other.pk}
    # A height that no equation accepts.
    Athlete.objects.filter(pk=other.pk).update(height_cm=20)
    assert estimate_everyone() == 1
    assert list(ExpenditureEstimate.objects.values_list("athlete_id", flat=True)) == [person.pk]
    assert {athlete.pk for athlete in athletes_to_estimate(limit=10)} == {other.pk}


def test_a_new_job_lets_the_filter_move_again(person, dish):
    eat(person, dish, formula_kcal(person))
    weigh(person)
    quiet = estimate_expenditure(athlete=person, through=SUNDAY)
    entry = AuditEntry.objects.create(
        verb="athlete.changed", athlete_id=person.pk, details={"fields": ["pal_nonexercise"]}
    )
    AuditEntry.objects.filter(pk=entry.pk).update(at=f"{SUNDAY - timedelta(days=3)}T12:00:00Z")
    told = estimate_expenditure(athlete=person, through=SUNDAY)
    assert (quiet.flags, told.flags, told.sd_kcal > quiet.sd_kcal) == ([], ["RESET"], True)
