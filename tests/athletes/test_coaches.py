"""Coach and athlete: nothing is seen without consent, and either may end it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from athletes.models import Athlete, CoachLink
from athletes.services.coaches import assign_squad, consent_to_coach, create_squad, end_coach_link, invite_athlete
from nutrition_site.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from tests import factories

pytestmark = [pytest.mark.core, pytest.mark.django_db]


def verify(user):
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


@pytest.fixture
def coach(db):
    return verify(factories.make_coach("coach@example.com"))


def sees(user, athlete):
    return Athlete.objects.visible_to(user).filter(pk=athlete.pk).exists()


def test_an_invitation_shows_nothing(coach, athlete):
    link = invite_athlete(coach=coach, email="ALICE@example.com")
    assert (link.status, sees(coach, athlete)) == ("invited", False)


def test_consent_opens_and_the_end_closes(coach, alice, athlete):
    link = invite_athlete(coach=coach, email=alice.email)
    consent_to_coach(by=verify(alice), link=link)
    assert sees(coach, athlete)
    end_coach_link(by=alice, link=link)
    assert not sees(coach, athlete)


def test_the_coach_may_end_it_too(carol, athlete):
    end_coach_link(by=carol, link=CoachLink.objects.get(coach=carol))
    assert not sees(carol, athlete)


def test_an_address_without_an_athlete_is_not_told_from_others(coach):
    assert invite_athlete(coach=coach, email="nobody@example.com") is None


def test_inviting_twice_is_inviting_once(coach, alice):
    assert invite_athlete(coach=coach, email=alice.email) == invite_athlete(coach=coach, email=alice.email)


def test_after_an_end_a_new_invitation_is_a_new_link(coach, alice):
    first = invite_athlete(coach=coach, email=alice.email)
    end_coach_link(by=alice, link=first)
    assert invite_athlete(coach=coach, email=alice.email) != first


def test_an_ended_link_cannot_be_consented_to(coach, alice):
    link = invite_athlete(coach=coach, email=alice.email)
    end_coach_link(by=coach, link=link)
    with pytest.raises(Conflict):
        consent_to_coach(by=verify(alice), link=link)


def test_only_the_athlete_consents(coach, alice, sam):
    link = invite_athlete(coach=coach, email=alice.email)
    for other in (coach, verify(sam)):
        with pytest.raises(Forbidden):
            consent_to_coach(by=other, link=link)
    assert CoachLink.objects.get(pk=link.pk).status == "invited"


def test_a_stranger_ends_nothing(carol, sam):
    with pytest.raises(Forbidden):
        end_coach_link(by=sam, link=CoachLink.objects.get(coach=carol))


def test_who_is_no_coach_invites_nobody(sam, alice):
    with pytest.raises(Forbidden):
        invite_athlete(coach=verify(sam), email=alice.email)


def test_an_unverified_coach_invites_nobody(alice):
    with pytest.raises(Forbidden, match="confirm"):
        invite_athlete(coach=factories.make_coach("fresh@example.com"), email=alice.email)


def test_an_unverified_athlete_does_not_consent(coach, alice):
    link = invite_athlete(coach=coach, email=alice.email)
    with pytest.raises(Forbidden, match="confirm"):
        consent_to_coach(by=alice, link=link)


def test_nobody_coaches_themselves(alice):
    alice.is_coach = True
    alice.save()
    with pytest.raises(InvalidInput):
        invite_athlete(coach=verify(alice), email=alice.email)


def test_a_squad_holds_the_athletes_of_its_coach_only(coach, carol, athlete):
    squad = create_squad(coach=carol, name="Juniors 🚴")
    link = assign_squad(coach=carol, link=CoachLink.objects.get(coach=carol), squad=squad)
    assert link.squad == squad
    with pytest.raises(NotFound):
        assign_squad(coach=coach, link=link, squad=None)
    with pytest.raises(Conflict):
        create_squad(coach=carol, name="Juniors 🚴")


def test_an_athlete_reads_consents_and_ends_through_the_api(api, alice, dan, athlete):
    client, path = api(verify(alice)), f"/v1/athletes/{athlete.pk}/coaches"
    rows = client.get(path).json()["items"]
    assert [(row["coach"]["email"], row["status"]) for row in rows] == [("dan@example.com", "invited")]
    consented = client.post(f"{path}/{rows[0]['id']}/consent")
    assert (consented.status_code, consented.json()["status"], sees(dan, athlete)) == (200, "active", True)
    assert client.delete(f"{path}/{rows[0]['id']}").status_code == 204
    assert not sees(dan, athlete)


def test_a_coach_sees_only_the_own_link(api, carol, dan, athlete):
    rows = api(carol).get(f"/v1/athletes/{athlete.pk}/coaches").json()["items"]
    assert [row["coach"]["email"] for row in rows] == ["carol@example.com"]


def test_a_coach_leaves_through_the_api_and_ends_no_other_link(api, carol, dan, athlete):
    own, other = CoachLink.objects.get(coach=carol), CoachLink.objects.get(coach=dan)
    path = f"/v1/athletes/{athlete.pk}/coaches"
    assert api(carol).delete(f"{path}/{other.pk}").status_code == 404
    assert api(carol).post(f"{path}/{own.pk}/consent").status_code == 403
    assert api(carol).delete(f"{path}/{own.pk}").status_code == 204
    assert [CoachLink.objects.get(pk=link.pk).status for link in (own, other)] == ["ended", "invited"]


def test_nobody_but_the_athlete_consents_through_the_api(api, dan, carol, sam, athlete):
    link = CoachLink.objects.get(coach=dan)
    path = f"/v1/athletes/{athlete.pk}/coaches/{link.pk}/consent"
    statuses = [api(user).post(path).status_code for user in (dan, carol, sam, None)]
    assert statuses == [404, 404, 404, 401]
    assert CoachLink.objects.get(pk=link.pk).status == "invited"


def test_a_coach_who_is_one_no_longer_sees_nobody(carol, athlete):
    CoachLink.objects.get(coach=carol, athlete=athlete, status="active")
    seen_before = sees(carol, athlete)
    carol.is_coach = False
    carol.save()
    assert (seen_before, sees(carol, athlete)) == (True, False)
