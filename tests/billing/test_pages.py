"""The subscription page: what it says, and that asking, taking back and cancelling do what they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import Subscription
from billing.services import grant_subscription
from nutrition_site.kernel.ids import new_id
from nutrition_site.kernel.quota import use_quota
from tests import factories
from tests.markup import Page, faults

pytestmark = pytest.mark.django_db


def sign_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


@pytest.fixture
def standard(alice):
    return grant_subscription(
        user=alice, tier_id="standard", by=None, until=timezone.now() + timedelta(days=20), renews=True
    )


def test_the_pages_are_sound_for_an_athlete_and_for_an_account_without_a_profile(alice, standard):
    plain = factories.make_user("plain@example.com")
    for user in (alice, plain):
        for path in ("/subscription", "/subscription/cancel"):
            answer = sign_in(user).get(path)
            assert (path, answer.status_code, faults(answer.content.decode())) == (path, 200, {})


def test_an_anonymous_reader_signs_in_first():
    assert Client().get("/subscription")["Location"].startswith("/account/login/")


def test_what_is_used_is_counted_against_the_limit(alice):
    use_quota(user=alice, name="advisor_messages_per_day")
    rows = sign_in(alice).get("/subscription").context["used"]
    assert [(row["used"], row["limit"]) for row in rows] == [(0, 20), (1, 40)]


def test_asking_for_a_tier_twice_is_one_request_and_changes_no_limit(alice):
    client, key = sign_in(alice), new_id("frm")
    answers = [client.post("/subscription", {"tier": "pro", "form_key": key}) for _ in range(2)]
    assert [(a.status_code, a["Location"]) for a in answers] == [(303, "/subscription")] * 2
    assert list(Subscription.objects.values_list("tier_id", "status")) == [("pro", "requested")]
    page = client.get("/subscription")
    assert "You asked for Pro." in text_of(page)
    assert page.context["allowed"].tier == "free"


@pytest.mark.parametrize("tier", ["", "gold", "free", "\u202epro", "x" * 400])
def test_a_tier_that_cannot_be_asked_for_is_refused_with_a_reason(tier, alice):
    answer = sign_in(alice).post("/subscription", {"tier": tier})
    assert (answer.status_code, Subscription.objects.count()) == (422, 0)
    assert "Nothing was changed." in text_of(answer)


def test_a_request_can_be_taken_back(alice):
    client = sign_in(alice)
    client.post("/subscription", {"tier": "standard"})
    client.post("/subscription/end")
    assert Subscription.objects.get().status == "canceled"


def test_canceling_keeps_what_is_paid_for_until_its_end(alice, standard):
    client = sign_in(alice)
    assert Subscription.objects.get().renews is True
    client.post("/subscription/end")
    row = Subscription.objects.get()
    assert (row.status, row.renews, client.get("/subscription").context["allowed"].tier) == (
        "active",
        False,
        "standard",
    )


def test_looking_at_the_question_cancels_nothing(alice, standard):
    sign_in(alice).get("/subscription/cancel")
    assert Subscription.objects.get().renews is True


def test_canceling_nothing_says_so(alice):
    answer = sign_in(alice).post("/subscription/end", follow=True)
    assert "There is no subscription to cancel." in text_of(answer)


def test_somebody_elses_subscription_is_not_shown(sam, standard):
    assert sign_in(sam).get("/subscription").context["live"] is None
