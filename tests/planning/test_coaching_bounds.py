"""A coach's limits enter targets, the solver and its certificate; safety and the athlete's own word come first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from athletes.models import CoachLink, Notice
from athletes.services.coaches import consent_to_coach, end_coach_link
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Forbidden, InvalidInput, NotFound
from nutrition_site.kernel.models import AuditEntry
from planning.services.choice import is_disliked, read_catalogue
from planning.services.coaching_bounds import Wish, end_coach_bound, set_coach_bounds
from planning.services.coaching_limits import limits_of
from planning.services.plans import create_meal_plan, stale_plan_ids
from planning.services.resolving import resolve_meal_plan
from planning.services.targets import calculate_targets
from tests import factories

pytestmark = pytest.mark.django_db
AMOUNTS = ("energy_kcal", "protein_g", "carbs_g", "fat_g")


@pytest.fixture
def runner(catalogue):
    """Sixty-one kilograms and at rest: 183 g of carbohydrate, 85 g of protein by the targets of a rest day."""
    return factories.make_athlete("runner@example.com", name="Rena")


@pytest.fixture
def coach(runner):
    return factories.make_coach("coach@example.com", athlete=runner)


def wish(runner, *, days=10, **values):
    first = today(runner.zones)
    return Wish(reason="Long run on Sunday", first_day=first, last_day=first + timedelta(days=days - 1), **values)


def fresh(athlete):
    return type(athlete).objects.get(pk=athlete.pk)


def limit(coach, runner, **values):
    return set_coach_bounds(coach=coach, athletes=[runner], wish=wish(runner, **values))[0]


def day_of(athlete, offset=0):
    day = today(athlete.zones) + timedelta(days=offset)
    return calculate_targets(athlete=fresh(athlete), first=day, last=day)[0].targets


def planned(athlete, count=2):
    plan = create_meal_plan(athlete=fresh(athlete), first=today(athlete.zones), count=count, by=athlete.user)
    rows = {(row["name"], row["day"]): row for row in plan.current.certificate["rows"]}
    days = [day["date"] for day in plan.current.days]
    assert plan.current.certificate["ok"]
    return plan, [{name: rows[name, day] for name in AMOUNTS} for day in days]


def test_a_least_of_carbohydrate_is_held_by_the_target_and_by_every_planned_day(runner, coach):
    before = day_of(runner)
    limit(coach, runner, measure="carbs_g", minimum=before.carbs_g + 60)
    after = day_of(runner)
    assert after.carbs_g == pytest.approx((before.carbs_g + 60) / 0.93)
    assert after.energy_kcal == before.energy_kcal
    _, days = planned(runner)
    assert all(day["carbs_g"]["value"] >= before.carbs_g + 60 for day in days)
    assert all(day["carbs_g"]["low"] >= before.carbs_g + 60 - 0.01 for day in days)


def test_a_most_of_protein_is_the_cap_of_the_solver_and_of_the_certificate(runner, coach):
    before = day_of(runner)
    most = round(before.protein_g * 1.2)
    limit(coach, runner, measure="protein_g", maximum=most)
    assert day_of(runner).energy_kcal == before.energy_kcal
    _, days = planned(runner)
    assert [day["protein_g"]["high"] for day in days] == [pytest.approx(most, abs=0.01)] * 2
    assert all(day["protein_g"]["value"] <= most for day in days)


def test_a_most_of_fat_is_met_by_more_carbohydrate_and_not_by_less_energy(runner, coach):
    before = day_of(runner)
    most = before.fat_g * 0.95
    limit(coach, runner, measure="fat_g", maximum=most)
    after = day_of(runner)
    assert after.energy_kcal == before.energy_kcal
    assert after.carbs_g > before.carbs_g
    _, days = planned(runner)
    assert all(day["fat_g"]["value"] <= day["fat_g"]["high"] for day in days)
    assert [day["fat_g"]["high"] for day in days] == [pytest.approx(most, abs=0.01)] * 2


def test_a_least_of_fat_is_held_at_the_least_energy_of_the_day(runner, coach):
    least = day_of(runner).fat_g * 0.95
    limit(coach, runner, measure="fat_g", minimum=least)
    _, days = planned(runner)
    assert all(day["fat_g"]["value"] >= least for day in days)


@pytest.mark.parametrize("measure", ["carbs_g", "protein_g", "fat_g"])
@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_no_limit_lowers_the_energy_or_deepens_a_deficit(runner, coach, measure, end):
    type(runner).objects.filter(pk=runner.pk).update(goals=["weight_loss"], rate_pct_per_week=0.5)
    week = [day_of(runner, offset) for offset in range(3)]
    for factor in (0.4, 0.8, 1.0, 1.3, 2.0):
        try:
            bound = limit(coach, fresh(runner), measure=measure, **{end: round(getattr(week[0], measure) * factor, 1)})
        except InvalidInput:
            continue
        for offset, before in enumerate(week):
            after = day_of(runner, offset)
            assert after.energy_kcal >= before.energy_kcal - 1e-6, (factor, offset)
            assert after.deficit_kcal <= before.deficit_kcal + 1e-6, (factor, offset)
        end_coach_bound(by=coach, bound=bound)


def test_a_most_below_what_the_day_needs_is_refused_because_it_would_never_hold(runner, coach):
    with pytest.raises(InvalidInput) as refusal:
        limit(coach, runner, measure="protein_g", maximum=30.0)
    assert refusal.value.details[0]["field"] == "maximum"
    assert limits_of(fresh(runner)) == ()


def test_nobody_under_eighteen_gets_a_most(runner, coach):
    young = today("UTC") - timedelta(days=16 * 366)
    type(runner).objects.filter(pk=runner.pk).update(birth_date=young)
    with pytest.raises(InvalidInput, match="not limited from above"):
        limit(coach, fresh(runner), measure="carbs_g", maximum=400.0)


def test_a_flag_that_comes_later_takes_the_most_out_of_force(runner, coach):
    before = day_of(runner)
    limit(coach, runner, measure="fat_g", maximum=before.fat_g * 0.9)
    assert day_of(runner).fat_g < before.fat_g
    type(runner).objects.filter(pk=runner.pk).update(ed_flag=True)
    flagged = day_of(runner)
    CoachLink.objects.filter(coach=coach).update(status="ended")
    assert day_of(runner).fat_g == flagged.fat_g


def test_a_food_that_is_kept_out_is_served_on_no_day_of_the_limit(runner, coach):
    catalogue = read_catalogue()
    first, _ = planned(runner)
    names = [catalogue.named(item.recipe_id) for item in first.current.items.all()]
    words = ("oat", "rice", "yogurt", "chicken", "egg")
    word = next(word for word in words if any(is_disliked(named, [word]) for named in names))
    limit(coach, runner, kept_out=word)
    assert stale_plan_ids(fresh(runner), [first]) == {first.pk}
    plan, _ = planned(runner, count=3)
    assert not any(is_disliked(catalogue.named(item.recipe_id), [word]) for item in plan.current.items.all())


def test_a_plan_follows_a_limit_and_its_end(runner, coach):
    plan, days = planned(runner)
    cap = days[0]["protein_g"]["high"]
    bound = limit(coach, runner, measure="protein_g", maximum=round(days[0]["protein_g"]["low"] * 1.25))
    assert stale_plan_ids(fresh(runner), [plan]) == {plan.pk}
    held, _ = resolve_meal_plan(plan=plan, by=runner.user)
    rows = {(row["name"], row["day"]): row for row in held.certificate["rows"]}
    assert rows["protein_g", held.days[0]["date"]]["high"] == pytest.approx(bound.maximum, abs=0.01)
    plan.refresh_from_db()
    end_coach_bound(by=runner.user, bound=bound)
    assert stale_plan_ids(fresh(runner), [plan]) == {plan.pk}
    freed, _ = resolve_meal_plan(plan=plan, by=runner.user)
    rows = {(row["name"], row["day"]): row for row in freed.certificate["rows"]}
    assert rows["protein_g", freed.days[0]["date"]]["high"] == pytest.approx(cap, abs=0.01)


def test_a_limit_is_told_to_the_athlete_and_written_down(runner, coach):
    bound = limit(coach, runner, measure="carbs_g", minimum=200.0)
    notice = Notice.objects.get(athlete=runner)
    assert (notice.key, notice.path, "200" in notice.title + notice.body) == (bound.pk, "/settings/coaches", False)
    entry = AuditEntry.objects.get(verb="coach.bound_set")
    assert (entry.actor_id, entry.athlete_id, entry.object_id) == (coach.pk, runner.pk, bound.pk)


def test_the_same_limit_set_twice_is_one(runner, coach):
    assert limit(coach, runner, kept_out="tuna").pk == limit(coach, fresh(runner), kept_out="tuna").pk


def test_a_limit_ends_with_the_coachs_link_and_does_not_come_back_with_a_new_one(runner, coach):
    limit(coach, runner, kept_out="tuna")
    link = CoachLink.objects.get(coach=coach)
    end_coach_link(by=runner.user, link=link)
    assert limits_of(fresh(runner)) == ()
    again = CoachLink.objects.create(coach=coach, athlete=runner)
    EmailAddress.objects.create(user=runner.user, email=runner.user.email, verified=True, primary=True)
    consent_to_coach(by=runner.user, link=again)
    assert limits_of(fresh(runner)) == ()


def test_a_limit_holds_on_its_days_only(runner, coach):
    free = day_of(runner, 3).carbs_g
    limit(coach, runner, days=2, measure="carbs_g", minimum=day_of(runner).carbs_g + 50)
    assert (day_of(runner, 1).carbs_g > free, day_of(runner, 3).carbs_g) == (True, free)


def test_only_a_coach_with_the_athletes_word_sets_limits(runner, coach):
    stranger = factories.make_coach("dan@example.com")
    with pytest.raises(NotFound):
        limit(stranger, runner, kept_out="tuna")
    with pytest.raises(Forbidden):
        limit(runner.user, runner, kept_out="tuna")


def test_only_the_athlete_and_who_set_it_end_a_limit(runner, coach):
    bound = limit(coach, runner, kept_out="tuna")
    with pytest.raises(NotFound):
        end_coach_bound(by=factories.make_coach("dan@example.com", athlete=runner), bound=bound)
    ended = end_coach_bound(by=runner.user, bound=bound)
    assert (ended.ended_by_id, end_coach_bound(by=coach, bound=bound).ended_by_id) == (runner.user_id, runner.user_id)
    assert limits_of(fresh(runner)) == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"measure": "carbs_g"}, "minimum"),
        ({"measure": "carbs_g", "minimum": 300.0, "maximum": 200.0}, "maximum"),
        ({"measure": "carbs_g", "minimum": 9000.0}, "minimum"),
        ({"measure": "iron_mg", "minimum": 30.0}, "measure"),
        ({"measure": "carbs_g", "minimum": 300.0, "kept_out": "tuna"}, "kept_out"),
        ({"kept_out": "zzyzx"}, "kept_out"),
        ({"kept_out": "tuna", "days": 400}, "last_day"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_refused_beside_its_field(runner, coach, values, field):
    with pytest.raises(InvalidInput) as refusal:
        limit(coach, runner, **values)
    assert [row["field"] for row in refusal.value.details] == [field]
