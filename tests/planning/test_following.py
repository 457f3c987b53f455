"""Plans that follow when training moves: proposed beside the plan, or changed by wish, never behind anybody's back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from athletes.models import Athlete, CalendarConnection, Notice, TrainingEvent
from athletes.services.profile import update_athlete
from athletes.services.sync import sync_calendar
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import run_item
from planning.models import MealPlan, ShoppingList
from planning.services import following, plans, proposals
from planning.services.following import accept_proposal, follow_plan
from planning.services.moved_plans import FOLLOW_KIND, LONGEST_WAIT, QUIET, find_moved_plans
from planning.services.proposals import ProposalOutdated, decline_proposal, open_proposal
from planning.services.recheck import certify_stored
from planning.services.shopping import create_shopping_list, is_out_of_date, list_document
from planning.services.stored import place_of
from planning.services.targets import calculate_targets
from tests.athletes.feeds import Answer, calendar, feed_server
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db
ASK, AUTOMATIC = "ask", "automatic"


@pytest.fixture
def athlete(athlete, catalogue):
    """Alice trains in Belgrade; a policy that asks is what everybody starts with."""
    return athlete


def fresh(plan):
    return plans.with_contents(MealPlan.objects).get(pk=plan.pk)


def day_of(athlete, number):
    return today(athlete.timezone) + timedelta(days=number)


def train(athlete):
    """A long run on the third day, a tempo run on the fifth; returns them."""
    return (
        make_event(athlete, day_of(athlete, 2), 8 * 60, 150.0, title="Long run"),
        make_event(athlete, day_of(athlete, 4), 17 * 60, 60.0, intensity="hard", title="Tempo run"),
    )


def move(event, days, *, minutes=0):
    """The session lies on another day from now on, as a calendar would have it."""
    event.starts_at += timedelta(days=days, minutes=minutes)
    event.local_date += timedelta(days=days)
    event.save(update_fields=["starts_at", "local_date"])
    raise_training_version(event.athlete_id)


def policy(athlete, value):
    return update_athlete(by=athlete.user, athlete=athlete, values={"replan_policy": value})


def mark(plan, day, slot, **marks):
    item = fresh(plan).current.items.filter(date=day, slot=slot).order_by("index").first()
    return plans.set_item_status(plan=fresh(plan), item_id=item.pk, by=plan.athlete.user, **marks)


def dishes(revision, *, on=None):
    rows = revision.items.all() if on is None else revision.items.filter(date=on)
    return {place_of(item): (item.recipe_id, item.quarters) for item in rows}


def other_dishes(before, after):
    """How many places of both hold another dish."""
    return sum(before[place][0] != after[place][0] for place in before.keys() & after.keys())


def is_stale(plan):
    athlete = Athlete.objects.get(pk=plan.athlete_id)
    return bool(plans.stale_plan_ids(athlete, [fresh(plan)]))


def targets_of(plan):
    """What the days of a plan ask for now, by day; the same function behind page, API and plan."""
    found = calculate_targets(athlete=plan.athlete, first=plan.week_start, last=plan.last_day)
    return {day.date: [day.payload[name] for name in ("energy_kcal", "carbs_g", "protein_g", "fat_g")] for day in found}


@pytest.fixture
def plan(athlete, plan_of):
    """A plan of six days from tomorrow on, around two sessions."""
    athlete.long_run, athlete.tempo = train(athlete)
    return plan_of(athlete, first=day_of(athlete, 1), count=6)


@pytest.fixture
def moved(athlete, plan):
    """The same after the long run moved a day on."""
    move(athlete.long_run, 1)
    return plan


# --- what is proposed ---


def test_a_moved_session_leaves_a_proposal_beside_the_plan(athlete, moved):
    before = dishes(fresh(moved).current)
    assert follow_plan(plan_id=moved.pk) == "proposed"
    now_it_is = fresh(moved)
    proposal = open_proposal(now_it_is)
    assert (now_it_is.revision, dishes(now_it_is.current), proposal.number) == (1, before, 2)
    assert proposal.certificate["ok"]
    assert is_stale(moved)


def test_a_proposal_names_the_session_that_moved_and_its_days(athlete, moved):
    follow_plan(plan_id=moved.pk)
    third, fourth = day_of(athlete, 2).isoformat(), day_of(athlete, 3).isoformat()
    (event,) = open_proposal(moved).cause["events"]
    assert (event["event_id"], event["change"]) == (athlete.long_run.pk, "moved")
    assert (event["before"]["date"], event["after"]["date"]) == (third, fourth)


def test_a_proposal_changes_the_targets_of_exactly_the_days_that_moved(athlete, plan):
    before = targets_of(plan)
    move(athlete.long_run, 1)
    follow_plan(plan_id=plan.pk)
    days = [day.isoformat() for day, numbers in targets_of(plan).items() if numbers != before[day]]
    proposal = open_proposal(plan)
    assert [row["date"] for row in proposal.diff["targets"]] == proposal.cause["days"] == days


def test_a_proposal_tells_what_the_shopping_list_gains_and_loses(athlete, moved):
    follow_plan(plan_id=moved.pk)
    lines = open_proposal(moved).diff["shopping"]
    assert any(line["after_grams"] > line["before_grams"] for line in lines)
    assert any(line["after_grams"] < line["before_grams"] for line in lines)


def test_following_twice_proposes_once(athlete, moved):
    assert [follow_plan(plan_id=moved.pk), follow_plan(plan_id=moved.pk)] == ["proposed", "proposed"]
    assert moved.revisions.count() == 2


def test_the_same_move_is_proposed_in_the_same_way(athlete, moved, solutions):
    follow_plan(plan_id=moved.pk)
    first = dishes(open_proposal(moved))
    moved.revisions.filter(state="proposed").delete()
    MealPlan.objects.filter(pk=moved.pk).update(request={})
    solutions.forget()
    follow_plan(plan_id=moved.pk)
    assert dishes(open_proposal(moved)) == first


def test_a_session_that_moves_back_takes_the_proposal_back(athlete, moved):
    follow_plan(plan_id=moved.pk)
    move(athlete.long_run, -1)
    assert follow_plan(plan_id=moved.pk) == "fits"
    assert open_proposal(moved) is None
    assert not Notice.objects.filter(resolved_at=None).exists()


def test_a_session_that_moves_on_replaces_the_proposal(athlete, moved):
    follow_plan(plan_id=moved.pk)
    move(athlete.long_run, 2)
    follow_plan(plan_id=moved.pk)
    states = list(moved.revisions.values_list("number", "state"))
    assert states == [(1, "current"), (2, "past"), (3, "proposed")]


def test_a_change_that_no_meal_has_to_follow_asks_nothing(athlete, plan):
    before = dishes(plan.current)
    update_athlete(by=athlete.user, athlete=athlete, values={"weight_kg": athlete.weight_kg + 0.1})
    assert follow_plan(plan_id=plan.pk) == "changed"
    assert (dishes(fresh(plan).current), fresh(plan).revision, is_stale(plan)) == (before, 2, False)
    assert not Notice.objects.exists()


def test_a_deleted_plan_leaves_no_open_notice(athlete, moved):
    follow_plan(plan_id=moved.pk)
    plans.delete_meal_plan(plan=fresh(moved), by=athlete.user)
    assert Notice.objects.get().resolved_at is not None


def test_a_change_after_the_plan_ends_needs_nothing(athlete, plan):
    make_event(athlete, day_of(athlete, 20), 480, 90.0)
    raise_training_version(athlete.pk)
    assert follow_plan(plan_id=plan.pk) == "fits"
    assert plan.revisions.count() == 1


def test_a_plan_that_a_newer_one_covers_is_not_followed(athlete, plan, plan_of):
    plan_of(athlete, first=day_of(athlete, 1), count=6)
    move(athlete.long_run, 1)
    assert follow_plan(plan_id=plan.pk) == "over"


def test_eaten_and_locked_meals_stay_in_a_proposal(athlete, plan):
    third = day_of(athlete, 2)
    eaten, locked = mark(plan, third, "breakfast", status="eaten"), mark(plan, third, "dinner", locked=True)
    move(athlete.long_run, 1)
    follow_plan(plan_id=plan.pk)
    kept = {(item.slot, item.recipe_id, item.quarters) for item in open_proposal(plan).items.filter(date=third)}
    assert {(item.slot, item.recipe_id, item.quarters) for item in (eaten, locked)} <= kept


def test_a_moved_session_changes_at_most_a_quarter_of_what_planning_anew_would(athlete, moved):
    before = dishes(fresh(moved).current)
    follow_plan(plan_id=moved.pk)
    kept = other_dishes(before, dishes(open_proposal(moved)))
    plans.resolve_meal_plan(plan=fresh(moved), full=True, by=athlete.user)
    anew = other_dishes(before, dishes(fresh(moved).current))
    assert kept * 4 <= anew


# --- answers ---


def test_an_accepted_proposal_is_the_plan(athlete, moved):
    follow_plan(plan_id=moved.pk)
    proposal = open_proposal(moved)
    accept_proposal(by=athlete.user, plan=moved, revision=2)
    plan = fresh(moved)
    assert (plan.current_id, plan.revision, plan.current.state) == (proposal.pk, 2, "current")
    assert not is_stale(moved)
    assert certify_stored(plan)["ok"]


def test_accepting_twice_is_accepting_once(athlete, moved):
    follow_plan(plan_id=moved.pk)
    for _ in range(2):
        assert accept_proposal(by=athlete.user, plan=moved, revision=2).number == 2
    assert moved.revisions.filter(state="current").count() == 1


def test_a_meal_eaten_while_the_proposal_waits_stays_eaten(athlete, moved):
    follow_plan(plan_id=moved.pk)
    same_day = day_of(athlete, 5)
    mark(moved, same_day, "breakfast", status="eaten")
    accept_proposal(by=athlete.user, plan=moved)
    assert fresh(moved).current.items.get(date=same_day, slot="breakfast").status == "eaten"


def test_a_meal_that_the_proposal_would_undo_makes_it_outdated_and_another_is_made(athlete, moved):
    follow_plan(plan_id=moved.pk)
    changed = open_proposal(moved).diff["changed"][0]["before"]
    item = fresh(moved).current.items.get(date=changed["date"], slot=changed["slot"], index=changed["index"])
    plans.set_item_status(plan=fresh(moved), item_id=item.pk, status="eaten", by=athlete.user)
    with pytest.raises(ProposalOutdated) as refused:
        accept_proposal(by=athlete.user, plan=moved, revision=2)
    assert (refused.value.status, refused.value.code) == (409, "proposal_outdated")
    again = open_proposal(moved)
    assert refused.value.extra["proposal"]["revision"] == again.number == 3
    kept = again.items.get(date=item.date, slot=item.slot, index=item.index)
    assert (kept.recipe_id, kept.quarters, kept.status) == (item.recipe_id, item.quarters, "eaten")


def test_a_proposal_is_outdated_once_the_session_moves_again(athlete, moved):
    follow_plan(plan_id=moved.pk)
    move(athlete.long_run, 1)
    with pytest.raises(ProposalOutdated):
        accept_proposal(by=athlete.user, plan=moved, revision=2)
    (event,) = open_proposal(moved).cause["events"]
    assert event["after"]["date"] == day_of(athlete, 4).isoformat()


def test_a_change_that_leaves_the_days_of_the_plan_alone_outdates_nothing(athlete, moved):
    follow_plan(plan_id=moved.pk)
    make_event(athlete, day_of(athlete, 20), 480, 90.0)
    raise_training_version(athlete.pk)
    assert accept_proposal(by=athlete.user, plan=moved, revision=2).state == "current"


def test_another_number_than_the_one_that_waits_is_not_accepted(athlete, moved):
    follow_plan(plan_id=moved.pk)
    with pytest.raises(ProposalOutdated):
        accept_proposal(by=athlete.user, plan=moved, revision=9)


def test_there_is_nothing_to_accept_in_a_plan_that_fits(athlete, plan):
    with pytest.raises(Conflict) as refused:
        accept_proposal(by=athlete.user, plan=plan)
    assert refused.value.code == "no_proposal"


def test_a_declined_change_is_not_proposed_again_until_something_moves(athlete, moved):
    follow_plan(plan_id=moved.pk)
    decline_proposal(by=athlete.user, plan=moved, revision=2)
    raise_training_version(athlete.pk)
    assert follow_plan(plan_id=moved.pk) == "known"
    assert is_stale(moved)
    move(athlete.tempo, 1)
    assert follow_plan(plan_id=moved.pk) == "proposed"


def test_planning_again_by_hand_ends_what_was_proposed(athlete, moved):
    follow_plan(plan_id=moved.pk)
    plans.resolve_meal_plan(plan=fresh(moved), by=athlete.user)
    assert open_proposal(moved) is None
    assert not Notice.objects.filter(kind="plan_proposed", resolved_at=None).exists()


def test_an_accepted_proposal_makes_the_shopping_list_say_that_it_is_out_of_date(athlete, plan):
    made, _ = create_shopping_list(athlete=athlete, first=plan.week_start, last=plan.last_day, by=athlete.user)
    move(athlete.long_run, 1)
    follow_plan(plan_id=plan.pk)
    waits = is_out_of_date(ShoppingList.objects.get(pk=made.pk))
    accept_proposal(by=athlete.user, plan=plan)
    assert (waits, is_out_of_date(ShoppingList.objects.get(pk=made.pk))) == (False, True)


def test_an_out_of_date_list_tells_what_it_would_gain_and_lose(athlete, plan):
    made, _ = create_shopping_list(athlete=athlete, first=plan.week_start, last=plan.last_day, by=athlete.user)
    move(athlete.long_run, 1)
    follow_plan(plan_id=plan.pk)
    proposed = open_proposal(plan).diff["shopping"]
    accept_proposal(by=athlete.user, plan=plan)
    assert list_document(ShoppingList.objects.get(pk=made.pk))["difference"] == proposed


# --- automatic ---


def test_by_wish_the_plan_changes_at_once_and_keeps_what_is_eaten_and_locked(athlete, plan):
    policy(athlete, AUTOMATIC)
    third = day_of(athlete, 2)
    eaten, locked = mark(plan, third, "breakfast", status="eaten"), mark(plan, third, "dinner", locked=True)
    move(athlete.long_run, 1)
    assert follow_plan(plan_id=plan.pk) == "changed"
    changed = fresh(plan)
    assert (changed.revision, changed.current.reason, is_stale(plan)) == (2, "followed", False)
    items = {
        item.slot: (item.recipe_id, item.quarters, item.status) for item in changed.current.items.filter(date=third)
    }
    assert items["breakfast"] == (eaten.recipe_id, eaten.quarters, "eaten")
    assert items["dinner"] == (locked.recipe_id, locked.quarters, "planned")


def test_by_wish_today_stays_and_what_is_left_of_it_is_proposed(athlete, plan_of, monkeypatch):
    policy(athlete, AUTOMATIC)
    at_six_in_the_morning(monkeypatch, athlete)
    run = make_event(athlete, today(athlete.timezone), 18 * 60, 120.0, title="Long run")
    plan = plan_of(athlete, first=today(athlete.timezone), count=4)
    before = dishes(plan.current, on=run.local_date)
    move(run, 2)
    assert follow_plan(plan_id=plan.pk) == "proposed"
    changed = fresh(plan)
    assert (changed.current.reason, dishes(changed.current, on=plan.week_start)) == ("followed", before)
    assert open_proposal(plan).cause["days"] == [plan.week_start.isoformat()]
    assert is_stale(plan)
    accept_proposal(by=athlete.user, plan=plan)
    assert not is_stale(plan)


def at_six_in_the_morning(monkeypatch, athlete):
    monkeypatch.setattr("planning.services.resolving.clock_at", lambda athlete, day: "06:00")
    monkeypatch.setattr(following, "clock_at", lambda athlete, day: "06:00")
    monkeypatch.setattr(proposals, "clock_at", lambda athlete, day: "06:00")


def test_meals_of_today_whose_time_is_past_stay_in_a_proposal(athlete, plan_of, monkeypatch):
    for module in (following, proposals):
        monkeypatch.setattr(module, "clock_at", lambda athlete, day: "14:00")
    tomorrow = today(athlete.timezone) + timedelta(days=1)
    run = make_event(athlete, tomorrow, 18 * 60, 30.0, title="Easy run")
    plan = plan_of(athlete, first=today(athlete.timezone), count=3)
    past = [place_of(item) for item in plan.current.items.filter(date=plan.week_start, time__lt="14:00")]
    before = dishes(plan.current)
    move(run, -1)
    follow_plan(plan_id=plan.pk)
    after = dishes(open_proposal(plan))
    assert len(past) >= 2
    assert {place: after[place] for place in past} == {place: before[place] for place in past}
    assert dishes(open_proposal(plan), on=plan.week_start) != dishes(plan.current, on=plan.week_start)


# --- what cannot follow ---


def test_a_plan_that_cannot_follow_says_why_and_stays(athlete, plan, monkeypatch):
    update_athlete(
        by=athlete.user,
        athlete=athlete,
        values={"allergies": ["milk", "eggs", "gluten", "wheat", "soy", "tree_nuts", "peanuts", "fish"]}
        | {"dietary_preferences": ["vegan"], "dislikes": ["rice", "potato", "bean", "lentil", "oat", "tofu", "banana"]},
    )
    assert follow_plan(plan_id=plan.pk) == "impossible"
    notice = Notice.objects.get()
    assert (notice.kind, notice.key, fresh(plan).revision) == ("plan_impossible", plan.pk, 1)
    assert "marked out of date" in notice.body
    raise_training_version(athlete.pk)
    assert follow_plan(plan_id=plan.pk) == "known"


# --- finding and waiting ---


def due(item):
    WorkItem.objects.filter(pk=item.pk).update(run_after=now())


def test_beat_leaves_one_piece_of_work_for_a_plan_that_moved(athlete, moved):
    assert [find_moved_plans(), find_moved_plans()] == [1, 0]
    item = WorkItem.objects.get(kind=FOLLOW_KIND)
    assert (item.key, item.state) == (moved.pk, "queued")
    assert timedelta(seconds=50) < item.run_after - now() <= QUIET


def test_beat_leaves_nothing_for_a_plan_that_fits(athlete, plan):
    assert find_moved_plans() == 0


def test_beat_leaves_nothing_for_a_plan_that_is_over(athlete, plan):
    MealPlan.objects.filter(pk=plan.pk).update(week_start=day_of(athlete, -20))
    raise_training_version(athlete.pk)
    assert find_moved_plans() == 0


def test_beat_takes_more_plans_than_one_batch_holds(athlete, moved, plan_of):
    plan_of(athlete, first=day_of(athlete, 7), count=1)
    plan_of(athlete, first=day_of(athlete, 8), count=1)
    raise_training_version(athlete.pk)
    assert find_moved_plans(limit=1) == 3


def test_a_plan_that_was_followed_is_left_alone_until_something_moves(athlete, moved):
    find_moved_plans()
    item = WorkItem.objects.get(kind=FOLLOW_KIND)
    due(item)
    assert run_item(item.pk) == "done"
    assert find_moved_plans() == 0
    move(athlete.tempo, 1)
    assert find_moved_plans() == 1


def test_while_the_calendar_goes_on_moving_the_work_waits(athlete, moved):
    find_moved_plans()
    item = WorkItem.objects.get(kind=FOLLOW_KIND)
    move(athlete.tempo, 1)
    due(item)
    run_item(item.pk)
    item.refresh_from_db()
    assert (item.state, item.attempts, moved.revisions.count()) == ("queued", 0, 1)
    assert item.run_after > now() + timedelta(seconds=50)
    due(item)
    run_item(item.pk)
    assert len(open_proposal(moved).cause["events"]) == 2


def test_a_calendar_that_never_rests_is_followed_after_ten_minutes(athlete, moved):
    find_moved_plans()
    item = WorkItem.objects.get(kind=FOLLOW_KIND)
    long_ago = (now() - LONGEST_WAIT).isoformat()
    WorkItem.objects.filter(pk=item.pk).update(payload={**item.payload, "since": long_ago}, run_after=now())
    move(athlete.tempo, 1)
    assert run_item(item.pk) == "done"
    assert open_proposal(moved) is not None


# --- from the source to the plan ---


def session(athlete, uid, number, hour, minutes, title):
    start = datetime.combine(day_of(athlete, number), datetime.min.time(), tzinfo=UTC) + timedelta(hours=hour)
    ends = start + timedelta(minutes=minutes)
    return f"UID:{uid}\nDTSTART:{start:%Y%m%dT%H%M%SZ}\nDTEND:{ends:%Y%m%dT%H%M%SZ}\nSUMMARY:{title}"


@pytest.mark.parametrize("wish", [ASK, AUTOMATIC])
def test_one_workout_moved_at_the_source_is_followed_within_one_sync_and_one_run(athlete, plan_of, wish):
    policy(athlete, wish)
    tempo = session(athlete, "tempo", 4, 16, 60, "Tempo run 60min")
    with feed_server(**{"a.ics": Answer(calendar(session(athlete, "long", 2, 7, 150, "Long run"), tempo))}) as server:
        source = CalendarConnection.objects.create(
            athlete=athlete, provider="ical", credentials={"url": f"{server.url}/a.ics"}, next_sync_at=now()
        )
        sync_calendar(calendar_id=source.pk)
        plan = plan_of(Athlete.objects.get(pk=athlete.pk), first=day_of(athlete, 1), count=7)
        eaten = mark(plan, day_of(athlete, 2), "breakfast", status="eaten")
        locked = mark(plan, day_of(athlete, 5), "dinner", locked=True)
        before, asked = fresh(plan).current, targets_of(plan)
        server.answers["/a.ics"] = Answer(calendar(session(athlete, "long", 5, 7, 150, "Long run"), tempo))
        sync_calendar(calendar_id=source.pk)
    find_moved_plans()
    item = WorkItem.objects.get(kind=FOLLOW_KIND)
    due(item)
    assert run_item(item.pk) == "done"
    after = fresh(plan).current if wish == AUTOMATIC else open_proposal(plan)
    days = [day for day, numbers in targets_of(plan).items() if numbers != asked[day]]
    assert {day_of(athlete, 2), day_of(athlete, 5)} <= set(days) != set(asked)
    assert [row["date"] for row in after.diff["targets"]] == [day.isoformat() for day in days]
    assert after.certificate["ok"]
    old, new = dishes(before), dishes(after)
    for kept in (eaten, locked):
        assert new[place_of(kept)] == (kept.recipe_id, kept.quarters)
    # The dinner before a long session may be larger than another: the evenings before its old and new day may change.
    for day in set(asked) - set(days) - {day_of(athlete, 1), day_of(athlete, 4)}:
        assert dishes(after, on=day) == dishes(before, on=day)
    notice = Notice.objects.get()
    assert (notice.kind, notice.key) == ("plan_proposed" if wish == ASK else "plan_changed", plan.pk)
    assert TrainingEvent.objects.get(external_id="long").pk == after.cause["events"][0]["event_id"]
    plans.resolve_meal_plan(plan=fresh(plan), full=True, by=athlete.user)
    assert other_dishes(old, new) * 4 <= other_dishes(old, dishes(fresh(plan).current))
