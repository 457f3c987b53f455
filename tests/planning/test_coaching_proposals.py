"""A coach answers a changed plan for an athlete; the athlete is told, and may take the answer back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from athletes.models import CoachLink, Notice
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from nutrition_site.kernel.models import AuditEntry
from planning.models import CoachNote, PlanItem
from planning.services.coaching_proposals import answer_as_coach, coach_answer, undo_coach_answer
from planning.services.following import follow_plan
from planning.services.proposals import ProposalOutdated, open_proposal
from planning.services.stored import place_of
from tests.planning.coaching_kit import fresh, make_waiting_plan

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def plan(athlete, catalogue, carol, plan_of):
    return make_waiting_plan(athlete, plan_of)


def browser_of(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def dishes(revision):
    return {place_of(item): (item.recipe_id, item.quarters) for item in revision.items.all()}


def answer(plan, coach, *, accept, reason="Eat for the long run."):
    return answer_as_coach(
        coach=coach, plan=fresh(plan), revision=open_proposal(plan).number, accept=accept, reason=reason
    )


def test_a_coach_whose_answer_came_too_late_sees_the_newer_change_and_can_answer_that_one(plan, athlete, carol):
    page, late = reverse("admin:coach_answer", args=[plan.pk]), open_proposal(plan).number
    event = athlete.training_events.get(title="Long run")
    event.duration_minutes = 60.0
    event.save(update_fields=["duration_minutes"])
    raise_training_version(athlete.pk)
    follow_plan(plan_id=plan.pk)
    newer = open_proposal(plan).number
    browser = browser_of(carol)
    refused = browser.post(page, {"revision": late, "reason": "Eat for the long run.", "deed": "accept"})
    shown = refused.content.decode()
    assert (refused.status_code, newer > late, "Eat for the long run." in shown) == (422, True, True)
    assert f'name="revision" value="{newer}"' in shown


def test_a_coach_takes_the_changed_plan_and_the_athlete_is_told_why(plan, athlete, carol):
    wanted = dishes(open_proposal(plan))
    taken = answer(plan, carol, accept=True)
    assert (fresh(plan).revision, dishes(fresh(plan).current)) == (taken.number, wanted)
    notice = Notice.objects.get(athlete=athlete, resolved_at=None)
    assert (notice.title, notice.path) == (
        "carol@example.com, your coach, took the changed plan",
        f"/plans/{plan.pk}/coach-answer",
    )
    assert CoachNote.objects.get(athlete=athlete).text == "Eat for the long run."
    entry = AuditEntry.objects.get(verb="coach.proposal_accepted")
    assert (entry.actor_id, entry.athlete_id, entry.details["revision"]) == (carol.pk, athlete.pk, taken.number)


def test_what_a_coach_took_is_put_back_by_the_athlete_as_it_was(plan, athlete, carol):
    before = dishes(plan.current)
    taken = answer(plan, carol, accept=True)
    undo_coach_answer(by=athlete.user, plan=fresh(plan), revision=taken.number)
    assert (fresh(plan).revision, dishes(fresh(plan).current)) == (taken.number + 1, before)
    assert coach_answer(fresh(plan)) is None
    # Nobody asks the same again: the athlete has just said no to it.
    assert (follow_plan(plan_id=plan.pk), open_proposal(plan)) == ("known", None)


def test_what_a_coach_declined_waits_for_the_athlete_again_once_taken_back(plan, athlete, carol):
    waited = open_proposal(plan)
    declined = answer(plan, carol, accept=False)
    assert (declined.state, fresh(plan).revision, open_proposal(plan)) == ("declined", plan.revision, None)
    undo_coach_answer(by=athlete.user, plan=fresh(plan), revision=declined.number)
    assert open_proposal(plan).number == waited.number
    assert Notice.objects.get(athlete=athlete, resolved_at=None).kind == "plan_proposed"


def test_a_former_plan_does_not_come_back_over_a_meal_that_was_eaten_since(plan, athlete, carol):
    before = dishes(plan.current)
    taken = answer(plan, carol, accept=True)
    present = fresh(plan).current
    item = next(row for row in present.items.all() if dishes(present)[place_of(row)] != before.get(place_of(row)))
    PlanItem.objects.filter(pk=item.pk).update(status="eaten")
    with pytest.raises(Conflict, match="eaten, kept or excluded"):
        undo_coach_answer(by=athlete.user, plan=fresh(plan), revision=taken.number)
    assert (fresh(plan).revision, plan.revisions.count()) == (taken.number, 2)


def test_nobody_else_takes_an_answer_back(plan, athlete, carol, sam):
    taken = answer(plan, carol, accept=True)
    for stranger in (carol, sam):
        with pytest.raises(NotFound):
            undo_coach_answer(by=stranger, plan=fresh(plan), revision=taken.number)
    assert browser_of(sam).post(reverse("coach_answer", args=[plan.pk]), {"revision": taken.number}).status_code == 404


def test_an_answer_needs_a_reason_an_agreement_and_the_change_that_was_seen(plan, carol, dan):
    number = open_proposal(plan).number
    with pytest.raises(InvalidInput):
        answer(plan, carol, accept=True, reason=" ")
    with pytest.raises(NotFound):
        answer(plan, dan, accept=True)
    with pytest.raises(ProposalOutdated):
        answer_as_coach(coach=carol, plan=fresh(plan), revision=number + 1, accept=False, reason="x")
    CoachLink.objects.filter(coach=carol).update(status="ended", ended_at=now())
    with pytest.raises(NotFound):
        answer(plan, carol, accept=True)
    assert open_proposal(plan).number == number
    assert AuditEntry.objects.filter(verb__startswith="coach.proposal").count() == 0


def test_the_desk_leads_to_the_answer_and_the_athletes_page_back(plan, athlete, carol):
    coach, own = browser_of(carol), browser_of(athlete.user)
    page = reverse("admin:coach_answer", args=[plan.pk])
    desk = reverse("admin:coach_athlete", args=[athlete.pk])
    assert page in coach.get(desk).content.decode()
    assert "Long run" in coach.get(page).content.decode()
    form = {"revision": open_proposal(plan).number, "deed": "accept", "reason": ""}
    refused = coach.post(page, form)
    assert (refused.status_code, fresh(plan).revision) == (422, plan.revision)
    taken = coach.post(page, {**form, "reason": "Fuel it"})
    assert (taken.status_code, taken["Location"]) == (303, desk)
    undo = reverse("coach_answer", args=[plan.pk])
    assert "Take it back" in own.get(undo).content.decode()
    assert own.post(undo, {"revision": form["revision"]}).status_code == 303
    assert fresh(plan).revision == form["revision"] + 1
    assert "There is nothing to take back" in own.get(undo).content.decode()


def test_a_coach_without_agreement_finds_no_plan_to_answer(plan, carol, dan):
    page = reverse("admin:coach_answer", args=[plan.pk])
    form = {"revision": open_proposal(plan).number, "deed": "accept", "reason": "x"}
    assert [browser_of(dan).get(page).status_code, browser_of(dan).post(page, form).status_code] == [404, 404]
    browser = browser_of(carol)
    assert browser.get(page).status_code == 200
    CoachLink.objects.filter(coach=carol).update(status="ended", ended_at=now())
    assert [browser.get(page).status_code, browser.post(page, form).status_code] == [404, 404]
    assert fresh(plan).revision == plan.revision


def test_weight_is_shown_with_its_range_and_withheld_where_it_could_harm(athlete, carol):
    from athletes.models import BodyMeasurement

    present = today(athlete.zones)
    for back, kg in ((9, 61.0), (6, 61.4), (2, 61.2)):
        BodyMeasurement.objects.create(athlete=athlete, measured_on=present - timedelta(days=back), weight_kg=kg)
    desk = reverse("admin:coach_athlete", args=[athlete.pk])
    content = browser_of(carol).get(desk).content.decode()
    assert ("Weight, twelve weeks" in content, "The trend stands at 61." in content) == (True, True)
    type(athlete).objects.filter(pk=athlete.pk).update(ed_flag=True)
    content = browser_of(carol).get(desk).content.decode()
    assert ("Weight, twelve weeks" in content, "61." in content) == (False, False)
