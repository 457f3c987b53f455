"""The coach's deeds in the admin: invite, group, end; and the operator's: rights, work, audit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from athletes.models import CoachLink, Squad
from nutrition_site.kernel import clock
from nutrition_site.kernel.models import AuditEntry, WorkItem
from nutrition_site.kernel.work import enqueue_work
from tests.factories import make_athlete, make_coach, make_user

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INVITE = "/admin/athletes/coachlink/add/"
LINKS = "/admin/athletes/coachlink/"
SQUADS = "/admin/athletes/squad/"


def browser_of(user, **options):
    browser = Client(raise_request_exception=False, **options)
    browser.force_login(user, backend=BACKEND)
    return browser


@pytest.fixture
def coach(carol):
    """Carol, who has confirmed her address."""
    EmailAddress.objects.create(user=carol, email=carol.email, primary=True, verified=True)
    return carol


@pytest.fixture
def link(coach):
    return CoachLink.objects.get(coach=coach)


@pytest.fixture
def root(db):
    return make_user("root@example.com", is_staff=True, is_superuser=True)


def verbs():
    return list(AuditEntry.objects.order_by("at").values_list("verb", flat=True))


def test_an_invitation_waits_for_the_athletes_answer(coach, sam):
    response = browser_of(coach).post(INVITE, {"email": "Sam@Example.com"})
    assert (response.status_code, response["Location"]) == (303, LINKS)
    link = CoachLink.objects.get(coach=coach, athlete=sam.athlete)
    assert (link.status, link.consented_at) == ("invited", None)


def test_an_unknown_address_is_answered_like_a_known_one(coach, sam):
    known = browser_of(coach).post(INVITE, {"email": "sam@example.com"}, follow=True)
    unknown = browser_of(coach).post(INVITE, {"email": "nobody@example.com"}, follow=True)
    pages = [response.content.decode() for response in (known, unknown)]
    assert [page.count("find your invitation") for page in pages] == [1, 1]
    assert ("sam" in pages[0].lower(), "nobody" in pages[1].lower()) == (False, False)


def test_an_invited_athlete_is_not_listed_before_consent(coach, sam):
    browser = browser_of(coach)
    browser.post(INVITE, {"email": "sam@example.com"})
    assert b"Sam Stranger" not in browser.get(LINKS).content


def test_an_invitation_sent_twice_is_one(coach, sam):
    browser = browser_of(coach)
    form = {"email": "sam@example.com", "form_key": "frm_01h455vb4pex5vsknk084sn02q"}
    assert [browser.post(INVITE, form).status_code for _ in range(2)] == [303, 303]
    assert CoachLink.objects.filter(athlete=sam.athlete).count() == 1


@pytest.mark.parametrize("email", ["", "not an address", "a\x00b@example.com", "x" * 400 + "@example.com"])
def test_a_wrong_address_keeps_the_form_and_invites_nobody(email, coach):
    before = CoachLink.objects.count()
    response = browser_of(coach).post(INVITE, {"email": email})
    assert (response.status_code, CoachLink.objects.count()) == (422, before)


def test_a_coach_does_not_invite_into_another_coachs_squad(coach, sam):
    other = Squad.objects.create(coach=make_coach("other@example.com"), name="Theirs")
    response = browser_of(coach).post(INVITE, {"email": "sam@example.com", "squad": other.pk})
    assert (response.status_code, CoachLink.objects.filter(athlete=sam.athlete).exists()) == (422, False)


def test_an_unconfirmed_coach_is_told_to_confirm_first(dan, sam):
    response = browser_of(dan).post(INVITE, {"email": "sam@example.com"})
    assert response.status_code == 422
    assert b"confirm your e-mail address" in response.content


def test_staff_who_are_no_coaches_invite_nobody(root):
    assert browser_of(root).get(INVITE).status_code == 403


def test_ending_asks_first(coach, link):
    response = browser_of(coach).post(LINKS, {"action": "end_coaching", "_selected_action": [link.pk]})
    link.refresh_from_db()
    assert (response.status_code, link.status) == (200, "active")
    assert b"Alice Mari" in response.content


def test_an_ended_link_is_gone_from_the_admin_at_once(coach, link):
    browser = browser_of(coach)
    data = {"action": "end_coaching", "_selected_action": [link.pk], "confirmed": "yes"}
    response = browser.post(LINKS, data, follow=True)
    link.refresh_from_db()
    assert (link.status, "coach.ended" in verbs()) == ("ended", True)
    assert b"Alice" not in response.content
    assert b"Alice" not in browser.get("/admin/").content


def test_a_coach_ends_no_link_of_another_coach(dan, link):
    data = {"action": "end_coaching", "_selected_action": [link.pk], "confirmed": "yes"}
    browser_of(dan).post(LINKS, data)
    link.refresh_from_db()
    assert link.status == "active"


def test_a_forged_form_ends_nothing(coach, link):
    data = {"action": "end_coaching", "_selected_action": [link.pk], "confirmed": "yes"}
    response = browser_of(coach, enforce_csrf_checks=True).post(LINKS, data)
    link.refresh_from_db()
    assert (response.status_code, link.status) == (403, "active")


def test_a_squad_is_made_with_its_athletes(coach, link):
    browser_of(coach).post(f"{SQUADS}add/", {"name": "Marathon", "members": [link.pk]})
    link.refresh_from_db()
    assert (link.squad.name, link.squad.coach_id) == ("Marathon", coach.pk)
    assert verbs() == ["squad.created", "squad.assigned"]


def test_a_squad_is_renamed_and_emptied(coach, link):
    squad = Squad.objects.create(coach=coach, name="Marathon")
    CoachLink.objects.filter(pk=link.pk).update(squad=squad)
    response = browser_of(coach).post(f"{SQUADS}{squad.pk}/change/", {"name": "Trail"})
    squad.refresh_from_db()
    link.refresh_from_db()
    assert (response.status_code, squad.name, link.squad) == (302, "Trail", None)


def test_two_squads_of_one_coach_have_two_names(coach):
    Squad.objects.create(coach=coach, name="Marathon")
    response = browser_of(coach).post(f"{SQUADS}add/", {"name": " Marathon "})
    assert response.status_code == 200
    assert b"You have a squad of this name already." in response.content
    assert Squad.objects.count() == 1


def test_a_squad_takes_no_athlete_of_another_coach(coach, sam):
    foreign = CoachLink.objects.create(coach=make_coach("other@example.com"), athlete=sam.athlete, status="active")
    response = browser_of(coach).post(f"{SQUADS}add/", {"name": "Marathon", "members": [foreign.pk]})
    foreign.refresh_from_db()
    assert (response.status_code, Squad.objects.exists(), foreign.squad) == (200, False, None)


def test_a_dissolved_squad_leaves_its_athletes_linked(coach, link):
    squad = Squad.objects.create(coach=coach, name="Marathon")
    CoachLink.objects.filter(pk=link.pk).update(squad=squad)
    browser_of(coach).post(f"{SQUADS}{squad.pk}/delete/", {"post": "yes"})
    link.refresh_from_db()
    assert (Squad.objects.exists(), link.status, link.squad) == (False, "active", None)


def test_a_coach_opens_no_squad_of_another_coach(coach):
    other = Squad.objects.create(coach=make_coach("other@example.com"), name="Theirs")
    browser = browser_of(coach)
    statuses = [
        browser.get(f"{SQUADS}{other.pk}/change/").status_code,
        browser.post(f"{SQUADS}{other.pk}/change/", {"name": "Mine"}).status_code,
        browser.post(f"{SQUADS}{other.pk}/delete/", {"post": "yes"}).status_code,
    ]
    other.refresh_from_db()
    assert (statuses, other.name) == ([302, 302, 302], "Theirs")
    assert b"Theirs" not in browser.get(SQUADS).content


def test_the_body_of_a_minor_is_not_shown_to_the_coach(coach, athlete):
    page = reverse("admin:athletes_athlete_change", args=[athlete.pk])
    browser = browser_of(coach)
    assert b"61 kg" in browser.get(page).content
    young = clock.today("UTC") - timedelta(days=16 * 366)
    type(athlete).objects.filter(pk=athlete.pk).update(birth_date=young)
    assert b"61 kg" not in browser.get(page).content


def test_a_coach_is_not_told_that_a_safety_flag_has_a_name(coach, athlete):
    type(athlete).objects.filter(pk=athlete.pk).update(ed_flag=True)
    content = browser_of(coach).get(reverse("admin:athletes_athlete_change", args=[athlete.pk])).content
    assert (b"ed_flag" in content, b"Ed flag" in content, b"61 kg" in content) == (False, False, False)


def test_the_coachs_first_page_is_the_roster(coach):
    content = browser_of(coach).get("/admin/").content.decode()
    assert ("Who needs you today" in content, "Alice" in content) == (True, True)


def test_the_roster_is_narrowed_to_a_squad(coach, link, sam):
    squad = Squad.objects.create(coach=coach, name="Marathon")
    CoachLink.objects.filter(pk=link.pk).update(squad=squad)
    CoachLink.objects.create(coach=coach, athlete=sam.athlete, status="active", consented_at=clock.now())
    browser = browser_of(coach)
    everyone, narrowed = browser.get("/admin/roster/"), browser.get("/admin/roster/", {"squad": squad.pk})
    assert (b"Sam Stranger" in everyone.content, b"Sam Stranger" in narrowed.content) == (True, False)


def test_another_coachs_squad_narrows_nothing(coach):
    other = Squad.objects.create(coach=make_coach("other@example.com"), name="Theirs")
    content = browser_of(coach).get("/admin/roster/", {"squad": other.pk}).content
    assert (b"Theirs" in content, b"Alice" in content) == (False, True)


def test_a_change_of_rights_ends_the_sessions_of_the_api_and_is_audited(root, sam):
    before = sam.token_generation
    form = {"name": "Sam", "language": "", "is_active": "on", "is_coach": "on", "is_staff": "on"}
    response = browser_of(root).post(f"/admin/athletes/user/{sam.pk}/change/", form)
    sam.refresh_from_db()
    assert (response.status_code, sam.is_coach, sam.is_staff) == (302, True, True)
    assert sam.token_generation == before + 1
    entry = AuditEntry.objects.get(verb="account.changed")
    assert (entry.actor_id, entry.object_id) == (root.pk, sam.pk)
    assert entry.details == {"fields": ["is_coach", "is_staff", "name"]}


def test_a_mere_new_name_ends_no_session(root, sam):
    before = sam.token_generation
    browser_of(root).post(f"/admin/athletes/user/{sam.pk}/change/", {"name": "Sammy", "is_active": "on"})
    sam.refresh_from_db()
    assert (sam.name, sam.token_generation) == ("Sammy", before)


def test_accounts_are_neither_made_nor_deleted_here(root, sam):
    browser = browser_of(root)
    assert browser.get("/admin/athletes/user/add/").status_code == 403
    assert browser.post(f"/admin/athletes/user/{sam.pk}/delete/", {"post": "yes"}).status_code == 403


def test_staff_give_themselves_no_rights(db):
    from django.contrib.auth.models import Permission

    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(Permission.objects.all())
    response = browser_of(clerk).post(f"/admin/athletes/user/{clerk.pk}/change/", {"is_superuser": "on"})
    clerk.refresh_from_db()
    assert (response.status_code, clerk.is_superuser) == (403, False)


@pytest.fixture
def woken(monkeypatch):
    names = []
    monkeypatch.setattr("athletes.admin.operations.wake", names.append)
    return names


def test_waiting_work_is_dispatched_again_at_once(root, woken):
    item = enqueue_work(kind="plan.solve", key="mpl_1", run_after=clock.now() + timedelta(hours=1))
    data = {"action": "dispatch_again", "_selected_action": [item.pk]}
    browser_of(root).post("/admin/kernel/workitem/", data)
    item.refresh_from_db()
    assert (woken, item.run_after <= clock.now(), verbs()) == ([item.pk], True, ["work.dispatched"])


@pytest.mark.parametrize("state", [WorkItem.State.DONE, WorkItem.State.FAILED, WorkItem.State.RUNNING])
def test_finished_work_and_work_in_hand_are_left_alone(state, root, woken):
    item = enqueue_work(kind="plan.solve", key="mpl_1", run_after=clock.now() + timedelta(hours=1))
    held = clock.now() + timedelta(minutes=1)
    WorkItem.objects.filter(pk=item.pk).update(state=state, lease_until=held)
    browser_of(root).post("/admin/kernel/workitem/", {"action": "dispatch_again", "_selected_action": [item.pk]})
    assert (woken, verbs()) == ([], [])


def test_work_whose_worker_died_is_dispatched_again(root, woken):
    item = enqueue_work(kind="plan.solve", key="mpl_1", run_after=clock.now() + timedelta(hours=1))
    lost = clock.now() - timedelta(minutes=1)
    WorkItem.objects.filter(pk=item.pk).update(state=WorkItem.State.RUNNING, lease_until=lost)
    browser_of(root).post("/admin/kernel/workitem/", {"action": "dispatch_again", "_selected_action": [item.pk]})
    assert woken == [item.pk]


def test_the_audit_trail_is_not_written_by_hand(root):
    entry = AuditEntry.objects.create(verb="x", object_id="y")
    browser = browser_of(root)
    assert browser.post(f"/admin/kernel/auditentry/{entry.pk}/change/", {"verb": "z"}).status_code == 403
    assert browser.post(f"/admin/kernel/auditentry/{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().verb == "x"


def test_a_roster_of_many_athletes_is_one_page_with_few_queries(coach, django_assert_max_num_queries):
    for number in range(30):
        runner = make_athlete(f"runner{number}@example.com", name=f"Runner {number}")
        CoachLink.objects.create(coach=coach, athlete=runner, status="active", consented_at=clock.now())
    browser = browser_of(coach)
    browser.get("/admin/roster/")
    with django_assert_max_num_queries(16):
        response = browser.get("/admin/roster/")
    assert response.status_code == 200
