"""Plans as they live on: staleness, re-solving, marks that stay, which plan counts, and what a dead process leaves."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from athletes.models import Athlete, TrainingEvent
from athletes.services import events
from athletes.services.profile import update_athlete
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, NotFound
from nutrition_site.kernel.models import AuditEntry, WorkItem
from nutrition_site.kernel.work import MAX_ATTEMPTS, run_item
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.services import plans, solving
from planning.services.choice import why_not
from planning.services.shopping import create_shopping_list
from tests import factories
from tests.planning.people import MONDAY, make_event

pytestmark = [pytest.mark.core, pytest.mark.django_db]
SUNDAY = MONDAY + timedelta(days=6)


def fresh(plan):
    return plans.with_contents(MealPlan.objects).get(pk=plan.pk)


def is_stale(plan):
    plan = fresh(plan)
    return plan.pk in plans.stale_plan_ids(plan.athlete, [plan])


def add_session(athlete, day, *, hour=8, minutes=90):
    local = f"{day.isoformat()}T{hour:02d}:00:00"
    from datetime import datetime

    values = {"title": "Steady run", "starts_at": datetime.fromisoformat(local), "duration_minutes": minutes}
    return events.create_event(by=athlete.user, athlete=athlete, values=values)


def test_a_fresh_plan_is_not_stale(athlete, plan_of):
    assert not is_stale(plan_of(athlete, count=2))


def test_a_new_session_inside_the_plan_makes_it_stale(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    add_session(athlete, MONDAY)
    assert is_stale(plan)


def test_a_removed_session_makes_it_stale(athlete, plan_of):
    event = add_session(athlete, MONDAY)
    plan = plan_of(athlete, count=2)
    events.delete_event(by=athlete.user, event=event)
    assert is_stale(plan)


def test_a_session_moved_within_its_day_makes_it_stale_because_meals_move_with_it(athlete, plan_of):
    event = add_session(athlete, MONDAY, hour=8)
    plan = plan_of(athlete, count=2)
    moved = event.starts_at + timedelta(hours=9)
    events.update_event(by=athlete.user, event=event, values={"starts_at": moved})
    assert is_stale(plan)


def test_a_session_far_outside_the_plan_leaves_it_fresh(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    add_session(athlete, MONDAY + timedelta(days=30))
    assert not is_stale(plan)


def test_a_new_weight_makes_it_stale(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    update_athlete(by=athlete.user, athlete=athlete, values={"weight_kg": 70.0})
    assert is_stale(plan)


def test_a_new_name_leaves_it_fresh(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    update_athlete(by=athlete.user, athlete=athlete, values={"name": "Alice Again"})
    assert not is_stale(plan)


def test_a_new_dislike_of_something_planned_makes_it_stale(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    name = fresh(plan).current.items.first().recipe.name
    update_athlete(by=athlete.user, athlete=athlete, values={"dislikes": [name]})
    assert is_stale(plan)


def test_resolving_makes_it_fresh_again_and_tells_what_changed(athlete, plan_of):
    plan = plan_of(athlete, count=2)
    add_session(athlete, MONDAY, minutes=180)
    revision, diff = plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert (revision.number, diff["empty"], is_stale(plan)) == (2, False, False)


def test_resolving_keeps_the_days_that_need_no_change(athlete, plan_of):
    plan = plan_of(athlete, count=7)
    before = rows_of(plan, MONDAY)
    add_session(athlete, MONDAY + timedelta(days=5), minutes=180)
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert rows_of(plan, MONDAY) == before


def rows_of(plan, day):
    items = fresh(plan).current.items.filter(date=day)
    return list(items.values_list("slot", "index", "time", "recipe_id", "quarters").order_by("time", "slot", "index"))


@pytest.mark.parametrize(("status", "locked"), [("eaten", False), ("planned", True)])
def test_eaten_and_locked_meals_stay_when_the_plan_is_solved_again(athlete, plan_of, status, locked):
    plan = plan_of(athlete, count=2)
    lunch = fresh(plan).current.items.get(date=MONDAY, slot="lunch")
    plans.set_item_status(plan=plan, item_id=lunch.pk, status=status, locked=locked, by=athlete.user)
    add_session(athlete, MONDAY, hour=18, minutes=120)
    plans.resolve_meal_plan(plan=fresh(plan), full=True, by=athlete.user)
    kept = fresh(plan).current.items.get(date=MONDAY, slot="lunch")
    assert (kept.recipe_id, kept.quarters, kept.status, kept.locked) == (
        lunch.recipe_id, lunch.quarters, status, locked,
    )  # fmt: skip


def test_an_eaten_snack_of_a_session_that_was_cancelled_stays_a_fact(athlete, plan_of):
    event = add_session(athlete, MONDAY, hour=9, minutes=150)
    plan = plan_of(athlete, count=1)
    gel = fresh(plan).current.items.filter(slot="during").first()
    plans.set_item_status(plan=plan, item_id=gel.pk, status="eaten", by=athlete.user)
    events.delete_event(by=athlete.user, event=event)
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    kept = fresh(plan).current.items.filter(status="eaten")
    assert [(item.recipe_id, item.quarters) for item in kept] == [(gel.recipe_id, gel.quarters)]


def test_the_second_of_two_resolves_at_once_is_refused(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    first, second = fresh(plan), fresh(plan)
    plans.resolve_meal_plan(plan=first, by=athlete.user)
    with pytest.raises(Conflict) as refused:
        plans.resolve_meal_plan(plan=second, by=athlete.user)
    assert (refused.value.code, fresh(plan).revision) == ("plan_changed", 2)


def test_a_meal_marked_eaten_while_the_plan_is_being_solved_is_not_lost(athlete, plan_of, monkeypatch):
    plan = plan_of(athlete, count=1)
    lunch = fresh(plan).current.items.get(slot="lunch")
    real = solving.solve

    def eat_meanwhile(*args, **kwargs):
        plans.set_item_status(plan=plan, item_id=lunch.pk, status="eaten", by=athlete.user)
        return real(*args, **kwargs)

    monkeypatch.setattr(solving, "solve", eat_meanwhile)
    with pytest.raises(Conflict):
        plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    assert fresh(plan).current.items.get(slot="lunch").status == "eaten"


def test_a_plan_deleted_while_it_is_being_solved_is_not_found(athlete, plan_of, monkeypatch):
    plan = plan_of(athlete, count=1)
    real = solving.solve

    def delete_meanwhile(*args, **kwargs):
        plans.delete_meal_plan(plan=fresh(plan), by=athlete.user)
        return real(*args, **kwargs)

    monkeypatch.setattr(solving, "solve", delete_meanwhile)
    with pytest.raises(NotFound):
        plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)


def test_a_mark_of_a_meal_of_an_earlier_revision_is_not_found(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    old = fresh(plan).current.items.first()
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    with pytest.raises(NotFound):
        plans.set_item_status(plan=fresh(plan), item_id=old.pk, status="eaten", by=athlete.user)


def test_each_day_belongs_to_the_newest_plan_that_covers_it(athlete, plan_of):
    older = plan_of(athlete, count=3)
    newer = plan_of(athlete, first=MONDAY + timedelta(days=2), count=2)
    by_day = plans.covering_plans(athlete, MONDAY, MONDAY + timedelta(days=4))
    assert [by_day.get(MONDAY + timedelta(days=n)) for n in range(5)] == [older, older, newer, newer, None]


def test_a_deleted_plan_gives_its_days_back_to_the_older_one(athlete, plan_of):
    older = plan_of(athlete, count=1)
    newer = plan_of(athlete, count=1)
    plans.delete_meal_plan(plan=newer, by=athlete.user)
    assert plans.covering_plans(athlete, MONDAY, MONDAY) == {MONDAY: older}
    assert not PlanRevision.objects.filter(plan_id=newer.pk).exists()


# Allergies that are entered after the plan was made.


def make_unsafe(athlete, plan):
    """Enters an allergy against something that the plan serves; returns the dishes concerned."""
    for item in fresh(plan).current.items.all():
        for allergen, state in item.recipe.allergens.items():
            if state == "contains":
                update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
                return item
    raise AssertionError("the plan holds no allergen at all")


def test_a_new_allergy_flags_the_stored_plan_at_once(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    item = make_unsafe(athlete, plan)
    flagged = plans.unsafe_items(Athlete.objects.get(pk=athlete.pk), fresh(plan))
    assert (item.slot, item.recipe_id) in [(row["slot"], row["recipe_id"]) for row in flagged]
    assert is_stale(plan)


def test_nobody_is_sent_to_buy_what_they_may_no_longer_eat(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    make_unsafe(athlete, plan)
    with pytest.raises(Conflict) as refused:
        create_shopping_list(athlete=Athlete.objects.get(pk=athlete.pk), first=MONDAY, last=MONDAY, by=athlete.user)
    assert (refused.value.code, refused.value.extra) == ("plan_unsafe", {"meal_plan_id": plan.pk})


def test_solving_again_takes_the_unsafe_dish_out_even_when_it_was_locked(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    item = make_unsafe(athlete, plan)
    plans.set_item_status(plan=plan, item_id=item.pk, locked=True, by=athlete.user)
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    now = Athlete.objects.get(pk=athlete.pk)
    assert [why_not(row.recipe, now) for row in fresh(plan).current.items.all() if why_not(row.recipe, now)] == []


def test_what_was_eaten_before_the_allergy_was_known_stays_a_fact(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    item = make_unsafe(athlete, plan)
    plans.set_item_status(plan=plan, item_id=item.pk, status="eaten", by=athlete.user)
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    kept = fresh(plan).current.items.get(slot=item.slot, index=item.index)
    assert (kept.recipe_id, kept.status) == (item.recipe_id, "eaten")


# What is stored.


def numbers_of(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from numbers_of(inner)
    elif isinstance(value, int | float):
        yield value


def test_only_plain_numbers_are_computed_and_stored(athlete, catalogue):
    inputs, solved, certificate = plans.preview_meal_plan(athlete=athlete, first=MONDAY, count=2)
    document = plans.preview_document(inputs, solved, certificate)
    kinds = {type(number) for number in [*numbers_of(document), *numbers_of(certificate)]}
    assert kinds <= {int, float, bool}
    json.dumps(document, allow_nan=False)


def test_a_solution_that_the_checker_refuses_is_never_stored(athlete, catalogue):
    inputs, solved, certificate = plans.preview_meal_plan(athlete=athlete, first=MONDAY, count=1)
    bad = {**certificate, "ok": False, "violations": [{"code": "energy", "date": None, "slot": None, "message": "x"}]}
    plan = MealPlan.objects.create(athlete=athlete, week_start=MONDAY, days=1)
    with pytest.raises(plans.NotVerified):
        plans.store_revision(plan, inputs=inputs, solved=solved, certificate=bad, reason="created", by=None)
    assert not PlanItem.objects.exists()


def test_making_and_deleting_a_plan_is_audited(athlete, plan_of):
    plan = plan_of(athlete, count=1)
    plan_id = plan.pk
    plans.delete_meal_plan(plan=plan, by=athlete.user)
    verbs = AuditEntry.objects.filter(object_id=plan_id, actor_id=athlete.user_id).values_list("verb", flat=True)
    assert sorted(verbs) == ["plan.created", "plan.deleted"]


# Refusals, and work that goes on.


def test_a_weight_loss_that_leaves_no_room_for_food_is_refused_with_the_reason_and_what_would_help(catalogue):
    athlete = factories.make_athlete("stuck@example.com", sex="F", weight_kg=110.0, height_cm=160.0,
                                     birth_date="1956-01-01", goals=["weight_loss"])  # fmt: skip
    with pytest.raises(plans.PlanInfeasible) as refused:
        plans.create_meal_plan(athlete=athlete, first=MONDAY, count=2, by=athlete.user)
    extra = refused.value.extra
    assert [len(extra["conflicts"]), extra["relaxations"][0]["kind"]] == [2, "goal"]
    assert not MealPlan.objects.exists()
    assert not WorkItem.objects.filter(kind="plan.solve").exists()


def test_the_offered_change_of_goal_really_makes_a_plan(plan_of):
    athlete = factories.make_athlete("unstuck@example.com", sex="F", weight_kg=110.0, height_cm=160.0,
                                     birth_date="1956-01-01", goals=[])  # fmt: skip
    assert plan_of(athlete, count=2).status == "verified"


def out_of_time(*args, **kwargs):
    raise solving.OutOfTime


def test_a_solve_that_runs_out_of_time_waits_for_a_worker_that_finishes_it_once(athlete, plan_of, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(plans, "find_solution", out_of_time)
        plan = plan_of(athlete, count=1)
    assert plan.status == "solving"
    (item,) = WorkItem.objects.filter(kind="plan.solve", key=plan.pk)
    assert [run_item(item.pk), run_item(item.pk)] == ["done", "skipped"]
    assert (fresh(plan).status, fresh(plan).revision) == ("verified", 1)


def test_a_plan_that_a_worker_finds_infeasible_says_so(athlete, plan_of, monkeypatch):
    monkeypatch.setattr(plans, "find_solution", out_of_time)
    plan = plan_of(athlete, count=1)
    plans.finish_solving(plan.pk)
    assert (fresh(plan).status, fresh(plan).refusal["code"]) == ("infeasible", "plan_infeasible")


def test_a_failure_in_the_request_leaves_nothing_behind(athlete, plan_of, monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(plans, "gather_inputs", break_down)
    with pytest.raises(RuntimeError):
        plan_of(athlete, count=1)
    assert [MealPlan.objects.count(), WorkItem.objects.filter(kind="plan.solve").count()] == [0, 0]


def test_a_plan_whose_worker_fails_every_time_ends_as_failed(athlete, plan_of, monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(plans, "find_solution", out_of_time)
    plan = plan_of(athlete, count=1)
    monkeypatch.setattr(plans, "gather_inputs", break_down)
    WorkItem.objects.filter(key=plan.pk).update(attempts=MAX_ATTEMPTS - 1)
    run_item(WorkItem.objects.get(key=plan.pk).pk)
    assert (fresh(plan).status, fresh(plan).refusal["code"]) == ("failed", "plan_failed")


def test_two_solves_of_one_waiting_plan_store_it_once(athlete, plan_of, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(plans, "find_solution", out_of_time)
        plan = plan_of(athlete, count=1)
    stuck = MealPlan.objects.get(pk=plan.pk)
    plans.finish_solving(plan.pk)
    with pytest.raises(Conflict):
        plans.solve_plan(stuck, seconds=20, by=None)
    assert PlanRevision.objects.filter(plan=plan).count() == 1


def test_the_same_athlete_and_seed_get_the_same_week(athlete, plan_of):
    first, second = plan_of(athlete, count=3, seed=7), plan_of(athlete, count=3, seed=7)
    assert first.current.inputs_hash == second.current.inputs_hash
    assert rows_of(first, MONDAY) == rows_of(second, MONDAY)


def test_events_are_read_in_one_go_whatever_the_number_of_plans(athlete, plan_of, django_assert_max_num_queries):
    made = [plan_of(athlete, first=MONDAY + timedelta(days=20 * n), count=1) for n in range(3)]
    make_event(athlete, MONDAY, 480, 60)
    Athlete.objects.filter(pk=athlete.pk).update(training_version=99)
    loaded = list(plans.with_contents(MealPlan.objects.all()))
    now = Athlete.objects.get(pk=athlete.pk)
    # One of them asks for what a coach has set.
    with django_assert_max_num_queries(5):
        assert plans.stale_plan_ids(now, loaded) == {made[0].pk}
    assert TrainingEvent.objects.count() == 1


def test_a_dish_eaten_before_it_was_excluded_stays_there_and_comes_back_nowhere(athlete, plan_of):
    plan = plan_of(athlete)
    meal = plan.current.items.select_related("recipe").filter(leftover_of__isnull=True).first()
    plans.set_item_status(plan=plan, item_id=meal.pk, status="eaten", by=athlete.user)
    athlete.allergies = [name for name, state in meal.recipe.allergens.items() if state != "free"][:2] or ["gluten"]
    athlete.save()
    plans.resolve_meal_plan(plan=fresh(plan), by=athlete.user)
    places = [(row.date, row.slot) for row in fresh(plan).current.items.filter(recipe_id=meal.recipe_id)]
    assert (places, plans.unsafe_items(athlete, fresh(plan))) == ([(meal.date, meal.slot)], [])


def test_a_plan_whose_workers_all_died_says_that_it_failed(athlete):
    plan = MealPlan.objects.create(athlete=athlete, week_start=MONDAY, days=7)
    lost = WorkItem.objects.create(
        kind="plan.solve",
        key=plan.pk,
        state="running",
        attempts=MAX_ATTEMPTS,
        run_after=now() - timedelta(hours=1),
        lease_until=now() - timedelta(minutes=1),
    )
    assert run_item(lost.pk) == "failed"
    plan.refresh_from_db()
    assert (plan.status, plan.refusal["code"]) == ("failed", "plan_failed")
