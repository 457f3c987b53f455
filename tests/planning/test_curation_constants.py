"""Constants changed by two dietitians: in force in every process, told to every plan ahead, and never half."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models.query import QuerySet
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from athletes.models import Athlete, Notice, User
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import run_item
from planning.models import CurationChange, MealPlan
from planning.science import constants
from planning.science.constants import CONSTANTS, ENGINE_VERSION, PUBLISHED, number
from planning.services import constants_in_force, plans
from planning.services.constant_changes import applied_changes
from planning.services.constants_in_force import (
    SPREAD_KIND,
    ConstantsMiddleware,
    TaskConstants,
    follow_constants,
    forget_constants,
    revision_of,
)
from planning.services.curation import approve_change, propose_change
from planning.services.curation_constants import effects_of, stored_table
from planning.services.following import WAITS, follow_plan
from planning.services.plans import create_meal_plan, stale_plan_ids
from planning.services.proposals import open_proposal
from planning.services.targets import calculate_targets
from tests.factories import make_user
from tests.planning.curation_kit import dina, vera
from tests.planning.pages import sign_in

__all__ = ["dina", "vera"]
pytestmark = pytest.mark.django_db
POINT, FACTOR = "protein.older_point", "protein.vegan_factor"


@pytest.fixture(autouse=True)
def _forgotten():
    forget_constants()
    yield
    forget_constants()


@pytest.fixture
def older(athlete):
    """Alice at 70, who eats no animals."""
    said = {"birth_date": "1955-03-01", "dietary_preferences": ["vegan"], "pal_nonexercise": 1.8}
    Athlete.objects.filter(pk=athlete.pk).update(**said)
    athlete.refresh_from_db()
    return athlete


@pytest.fixture
def change(dina, vera, django_capture_on_commit_callbacks):
    """`change(name, value)`: proposed by Dina and agreed to by Vera; this process follows when it is committed."""

    def make(name, value, reason="Looked at the newest trials."):
        [waiting] = propose_change(
            by=dina, kind="constant", key=name, values={"value": value}, reason=reason, source="Own practice"
        )
        with django_capture_on_commit_callbacks(execute=True):
            return approve_change(by=vera, change=waiting)

    return make


def refused(by, name, value):
    """The sentence at the value; the change is not even proposed."""
    with pytest.raises(DomainError) as caught:
        propose_change(by=by, kind="constant", key=name, values={"value": value}, reason="Why not.", source="Nobody")
    assert not CurationChange.objects.exists()
    return " ".join(row["message"] for row in caught.value.details)


def spread():
    """What the worker does some seconds later."""
    item = WorkItem.objects.get(kind=SPREAD_KIND)
    WorkItem.objects.filter(pk=item.pk).update(run_after=now())
    return run_item(item.pk)


def target_today(athlete):
    day = today(athlete.zones)
    return calculate_targets(athlete=athlete, first=day, last=day)[0].payload


# --- what may be proposed ---


def test_a_floor_is_raised_by_two_people_and_lowered_by_nobody(dina, change):
    assert "1199 is not between 1200 and 1700." in refused(dina, "floor.kcal.F", 1199)
    assert change("floor.kcal.F", 1300).version == 1
    assert number("floor.kcal.F") == 1300


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("protein.lose", [1.6, 2.0, 2.3], "literature"),
        ("range.age_years", [10, 100], "release"),
        ("ea.red", 29.9, "not between"),
        ("deficit.max_kcal", 760, "not between"),
        ("deficit.max_kcal", 450, "prefill"),
        (POINT, "1.8", "not a value"),
        (POINT, None, "not a value"),
        (POINT, [1.8], "shape"),
        (POINT, {"a": 1}, "not a value"),
    ],
)
def test_what_a_row_does_not_allow_is_refused_before_it_waits(dina, name, value, words):
    assert words in refused(dina, name, value)


def test_rows_bound_each_other_as_they_are_in_force_and_not_only_as_published(change):
    change("deficit.prefill_max_kcal", 400)
    change("deficit.max_kcal", 450)
    assert (number("deficit.prefill_max_kcal"), number("deficit.max_kcal")) == (400, 450)
    # Without the first the second is too low for the published one, and gives way with it.
    assert revision_of(applied_changes()[1:]) == (
        None,
        {"deficit.max_kcal": "500 of deficit.prefill_max_kcal would be above 450 of deficit.max_kcal."},
    )


# --- in force ---


def test_targets_follow_at_once_with_the_revision_in_their_version_and_the_squad_with_them(older, change):
    from planning.services.squad import calculate_squad_targets

    day = today(older.zones)
    before = target_today(older)
    applied = change(POINT, 1.7)
    after = target_today(older)
    squad = calculate_squad_targets(ranges={older.pk: (older, (day, day))}, compared=[older.pk])[older.pk][day]
    # A tenth of a gram more for each kilogram, a tenth more of it without animal food.
    assert after["protein_g"] - before["protein_g"] == pytest.approx(61.0 * 0.1 * 1.1, abs=0.02)
    assert (before["engine_version"], after["engine_version"]) == (ENGINE_VERSION, stored_table().engine_version)
    assert f"r{applied.version}." in after["engine_version"]
    assert squad.payload["protein_g"] == after["protein_g"]


def test_agreeing_to_a_value_changes_nothing_but_who_agreed(older, change):
    before = target_today(older)
    signed = change(POINT, CONSTANTS[POINT].value)
    assert (signed.state, stored_table() is PUBLISHED) == ("applied", True)
    assert (target_today(older), WorkItem.objects.filter(kind=SPREAD_KIND).count()) == (before, 0)


def test_going_back_to_the_published_value_brings_the_published_version_back(change):
    change(POINT, 1.7)
    change(POINT, 1.6)
    assert (constants.engine_version(), constants.table_in_force() is PUBLISHED) == (ENGINE_VERSION, True)


def test_a_plan_ahead_is_told_out_of_date_and_its_proposal_holds_the_new_numbers(older, catalogue, change):
    plan = create_meal_plan(athlete=older, first=today(older.zones), count=2, by=older.user)
    stored = plan.current.days
    before = Athlete.objects.get(pk=older.pk).profile_version
    change("carbs.point", [[0, 6], [15, 6], [45, 6], [90, 7], [200, 9], [365, 12]])
    assert spread() == "done"
    athlete = Athlete.objects.get(pk=older.pk)
    plan = plans.with_contents(MealPlan.objects).get(pk=plan.pk)
    assert (athlete.profile_version, stale_plan_ids(athlete, [plan])) == (before + 1, {plan.pk})
    page = sign_in(older.user).get(reverse("week")).content.decode()
    assert ("The way your needs are calculated has changed" in page, "profile changed after" in page) == (True, False)
    assert follow_plan(plan_id=plan.pk) == WAITS
    proposal = open_proposal(plan)
    notice = Notice.objects.get(athlete=older, kind=Notice.Kind.PLAN_PROPOSED)
    assert notice.body.startswith("The way your needs are calculated changed. ")
    was, will = stored[0]["target"]["carbs_g"], proposal.days[0]["target"]["carbs_g"]
    assert (will, was < will) == (target_today(athlete)["carbs_g"], True)
    versions = proposal.days[0]["target"]["engine_version"], proposal.engine["version"]
    assert versions == (constants.engine_version(), constants.engine_version())
    # The present plan, and each of its days, keeps what it was made for.
    assert MealPlan.objects.get(pk=plan.pk).current.days == stored


def test_a_plan_whose_days_ask_for_nothing_else_is_not_out_of_date(older, catalogue, change):
    plan = create_meal_plan(athlete=older, first=today(older.zones), count=2, by=older.user)
    change("protein.cap_per_kg", 2.4)
    spread()
    plan = plans.with_contents(MealPlan.objects).get(pk=plan.pk)
    assert stale_plan_ids(Athlete.objects.get(pk=older.pk), [plan]) == set()


def test_who_has_no_plan_ahead_is_left_alone(older, change):
    change(POINT, 1.8)
    spread()
    assert Athlete.objects.get(pk=older.pk).profile_version == older.profile_version


def test_values_that_a_release_no_longer_allows_give_way_to_the_published_ones(change, caplog):
    change(POINT, 1.7)
    change(FACTOR, 1.2)
    point, factor = applied_changes()
    gone = replace(factor, name="protein.gone", version=3)
    revision, refused_rows = revision_of([point, replace(factor, after=9), gone])
    assert (dict(revision.values), set(refused_rows)) == ({POINT: 1.7}, {FACTOR, "protein.gone"})
    assert "do not hold any more" in caplog.text


# --- every process ---


def as_another_process(change, name, value):
    """The change was made elsewhere: this process knows nothing of it yet."""
    change(name, value)
    forget_constants()


def test_a_process_asks_every_few_seconds_and_only_then(older, change, settings, monkeypatch):
    as_another_process(change, POINT, 1.7)
    settings.CONSTANTS_SECONDS = 5
    clock = {}
    monkeypatch.setattr(time, "monotonic", lambda: clock["seconds"])
    asked = []
    for clock["seconds"] in (100.0, 104.9, 105.0, 109.0):
        with CaptureQueriesContext(connection) as queries:
            follow_constants()
        asked.append(len(queries))
    # The first time it reads what it did not know; then it only asks for the newest version.
    assert (asked, number(POINT)) == ([2, 0, 1, 0], 1.7)


def test_a_request_reads_one_table_to_its_end(change, settings, rf):
    change(POINT, 1.7)
    settings.CONSTANTS_SECONDS = 5
    seen = []

    def page(request):
        seen.append(number(POINT))
        constants.use_revision(None)
        follow_constants()
        seen.append(number(POINT))
        return HttpResponse()

    ConstantsMiddleware(page)(rf.get("/"))
    assert (seen, number(POINT)) == ([1.7, 1.7], 1.6)


def test_a_task_of_a_worker_learns_of_it_and_holds_it(change, settings):
    as_another_process(change, POINT, 1.7)
    settings.CONSTANTS_SECONDS = 5
    task = TaskConstants()
    task.begin(task_id="one")
    constants.use_revision(None)
    held = number(POINT)
    task.end(task_id="one")
    assert (held, number(POINT), constants.is_held()) == (1.7, 1.6, False)


def test_tasks_of_this_product_begin_and_end_so(change, settings):
    from planning.tasks import follow_training

    as_another_process(change, POINT, 1.7)
    settings.CONSTANTS_SECONDS = 5
    follow_training.apply()
    assert (number(POINT), constants.is_held()) == (1.7, False)


def test_while_the_database_does_not_answer_what_was_known_stays(change, monkeypatch, caplog):
    change(POINT, 1.7)

    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(QuerySet, "aggregate", away)
    follow_constants(at_once=True)
    assert (number(POINT), "could not be read" in caplog.text) == (1.7, True)


def test_zero_seconds_never_ask(change, settings):
    as_another_process(change, POINT, 1.7)
    settings.CONSTANTS_SECONDS = 0
    with CaptureQueriesContext(connection) as queries:
        follow_constants()
    assert (len(queries), number(POINT), constants_in_force._known.version) == (0, 1.6, None)


# --- what it would do ---


def test_a_trial_tells_the_older_woman_more_protein_and_stores_nothing():
    moved = [one for one in effects_of(POINT, 1.8) if one.is_moved]
    rest = next(one for one in moved if one.day == "Thursday, 60 min strength" and one.measure == "protein")
    assert {one.athlete for one in moved} == {"Woman of 70, 62 kg, keeps her weight"}
    # 62 kg at 1.6 and at 1.8 g/kg.
    assert (rest.before, rest.after) == ("99 g", "112 g")
    assert (number(POINT), CurationChange.objects.count()) == (1.6, 0)


# --- pages ---


def address(name):
    return reverse("admin:constant", args=[name])


def send(browser, name, deed, **fields):
    said = {"value": "1.8", "reason": "Newer trials.", "source": "Own practice", "deed": deed, **fields}
    return browser.post(address(name), said)


def test_the_page_of_a_row_tells_its_limits_and_a_row_of_literature_that_it_waits_for_a_release(dina):
    browser = sign_in(dina)
    ours, paper = (browser.get(address(name)).content.decode() for name in ("floor.kcal.F", "protein.lose"))
    assert ("Between 1200 and 1700." in ours, "never lowered below the published value" in ours) == (True, True)
    assert ("Propose it" in ours, "Sign it off" in ours) == (True, True)
    assert ("a correction comes with a release" in paper, "Propose it" in paper, "Sign it off" in paper) == (
        True,
        False,
        False,
    )


def test_trying_shows_what_it_would_do_and_keeps_what_was_typed(dina):
    answer = send(sign_in(dina), POINT, "try")
    content = answer.content.decode()
    assert (answer.status_code, "<td>112 g</td>" in content, 'value="1.8"' in content) == (200, True, True)
    assert ("Newer trials." in content, CurationChange.objects.count()) == (True, 0)


def test_proposing_leads_to_the_queue_where_the_second_person_reads_the_trial(dina, vera):
    browser = sign_in(dina)
    answer = send(browser, POINT, "propose")
    waiting = CurationChange.objects.get()
    assert (answer.status_code, answer["Location"]) == (
        303,
        reverse("admin:planning_curationchange_change", args=[waiting.pk]),
    )
    assert (waiting.state, waiting.changes, waiting.source) == (
        "waiting",
        {"value": {"before": 1.6, "after": 1.8}},
        "Own practice",
    )
    content = sign_in(vera).get(answer["Location"]).content.decode()
    assert ("What it would do" in content, "<td>112 g</td>" in content) == (True, True)
    assert "A change waits for its decision." in browser.get(address(POINT)).content.decode()


def test_a_form_that_is_sent_twice_proposes_once_and_leads_to_the_same_page(dina):
    browser = sign_in(dina)
    key = re.search(r'name="form_key" value="([^"]+)"', browser.get(address(POINT)).content.decode())[1]
    answers = [send(browser, POINT, "propose", form_key=key) for _ in range(2)]
    assert ([answer.status_code for answer in answers], CurationChange.objects.count()) == ([303, 303], 1)
    assert answers[0]["Location"] == answers[1]["Location"]


def test_signing_off_is_told_with_both_names_once_the_second_has_agreed(dina, vera):
    answer = send(sign_in(dina), POINT, "sign")
    waiting = CurationChange.objects.get()
    assert (answer.status_code, waiting.changes) == (303, {"value": {"before": 1.6, "after": 1.6}})
    approve_change(by=vera, change=waiting)
    page = sign_in(vera).get(address(POINT)).content.decode()
    assert ("Signed off by Dina Kovač and Vera Ilić on " in page, "Sign it off" in page) == (True, False)
    listed = sign_in(vera).get(reverse("admin:constants"), {"review": "agreed"}).context["rows"]
    assert [row["row"].name for row in listed] == [POINT]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "2.1"}, "2.1 is not between 1.2 and 2."),
        ({"value": "much"}, "Write numbers with a point"),
        ({"value": "1.8", "reason": " "}, "This field is required."),
        ({"value": "1.8", "reason": "x" * 1001}, "at most 1000 characters"),
        ({"value": "1.8\0"}, "Null characters are not allowed."),
        ({"value": "1.8", "seen": "of another time"}, "Somebody has changed this meanwhile."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_waits(dina, fields, words):
    answer = send(sign_in(dina), POINT, "propose", **fields)
    assert (answer.status_code, words in answer.content.decode(), CurationChange.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(
    ("name", "deed"),
    [("protein.lose", "propose"), ("protein.lose", "sign"), ("range.rpe", "propose"), (POINT, "approve")],
)
def test_a_forged_form_for_what_the_page_does_not_offer_finds_no_page(dina, name, deed):
    assert (send(sign_in(dina), name, deed).status_code, CurationChange.objects.count()) == (404, 0)


def test_who_may_only_look_sees_no_form_and_sends_none(db):
    from django.contrib.auth.models import Permission

    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_food"))
    browser = sign_in(User.objects.get(pk=clerk.pk))
    shown = browser.get(address(POINT))
    assert (shown.status_code, "Propose it" in shown.content.decode()) == (200, False)
    assert [send(browser, POINT, deed).status_code for deed in ("try", "propose", "sign")] == [404, 404, 404]


def test_coaches_and_strangers_find_no_page_of_a_constant(carol, sam):
    assert sign_in(carol).get(address(POINT)).status_code == 404
    assert sign_in(sam).get(address(POINT)).status_code in (302, 404)


def test_a_name_that_is_no_constant_has_no_page(dina):
    browser = sign_in(dina)
    assert [browser.get(address(name)).status_code for name in ("protein.gone", "..", "a\0b", "x" * 400)] == [404] * 4


def test_the_list_shows_the_value_in_force_and_finds_what_was_changed(dina, change):
    change(POINT, 1.75)
    rows = sign_in(dina).get(reverse("admin:constants"), {"review": "changed"}).context["rows"]
    assert [(row["row"].name, row["value"]) for row in rows] == [(POINT, "1.75")]


# --- the command ---


def test_the_command_lists_what_was_changed_as_json_for_the_reviewed_table(change, capsys):
    applied = change(POINT, 1.7)
    call_command("constants", "--changed", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["engine_version"] == stored_table().engine_version
    assert [(row["name"], row["value"], row["published"], row["changed_in"]) for row in told["constants"]] == [
        (POINT, 1.7, 1.6, applied.version)
    ]
