"""Tiers and subscriptions: granted by staff, renewed and expired by beat, enforced everywhere as one value."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from billing import services, tasks
from billing.gateways import gateway_named, present_gateway
from billing.models import Subscription, Tier
from billing.periods import add_months, next_period_end
from billing.states import ALLOWED, require_transition
from nutrition_site.kernel import clock
from nutrition_site.kernel.entitlements import entitlements_of
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from nutrition_site.kernel.models import AuditEntry
from tests.factories import make_user

pytestmark = [pytest.mark.core, pytest.mark.django_db]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def user(db):
    return make_user()


def grant(user, tier="pro", *, until=None, **kwargs):
    return services.grant_subscription(user=user, tier_id=tier, by=None, until=until, **kwargs)


def in_days(days):
    return clock.now() + timedelta(days=days)


def rewind(row, **values):
    Subscription.objects.filter(pk=row.pk).update(**values)


def test_without_a_subscription_the_free_tier_holds(user):
    allowed = entitlements_of(user)
    assert (allowed.tier, allowed.requests_per_minute, allowed.plans_per_week) == ("free", 300, 20)
    assert (allowed.advisor_messages_per_day, allowed.calendars) == (40, 5)


def test_the_settings_change_the_free_tier(user, settings):
    settings.RATE_LIMIT_PLANS_PER_WEEK = 3
    assert entitlements_of(user).plans_per_week == 3


def test_each_tier_gives_more_of_everything_than_the_one_before():
    names = ("requests_per_minute", "plans_per_week", "advisor_messages_per_day", "calendars", "price_minor")
    rows = [tuple(getattr(tier, name) for name in names) for tier in Tier.objects.order_by("position")]
    assert len(rows) == 3
    assert all(
        low < high
        for lower, higher in zip(rows, rows[1:], strict=False)
        for low, high in zip(lower, higher, strict=True)
    )


def test_the_free_tier_has_every_feature_of_the_others(user):
    free = entitlements_of(user).features
    grant(user)
    assert entitlements_of(user).features == free


def test_a_granted_tier_holds_at_once(user):
    grant(user)
    assert (entitlements_of(user).tier, entitlements_of(user).requests_per_minute) == ("pro", 1200)


def test_the_api_uses_the_limit_of_the_tier(api, user):
    before = api(user).get("/v1/subscription")["RateLimit-Limit"]
    grant(user)
    assert (before, api(user).get("/v1/subscription")["RateLimit-Limit"]) == ("300", "1200")


def test_a_period_that_is_over_gives_nothing_although_beat_has_not_come_by(user):
    rewind(grant(user, until=in_days(1)), current_period_end=in_days(-1))
    assert entitlements_of(user).tier == "free"


def test_a_grant_takes_the_place_of_the_live_one(user):
    old = grant(user, "standard")
    grant(user, "pro")
    old.refresh_from_db()
    assert (old.status, old.ended_at is not None, entitlements_of(user).tier) == ("canceled", True, "pro")


def test_the_database_itself_keeps_to_one_live_subscription(user):
    grant(user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(user=user, tier_id="pro", status="active", started_at=clock.now())


@pytest.mark.parametrize("values", [{"until": datetime(2020, 1, 1, tzinfo=UTC)}, {"renews": True}, {"tier": "gold"}])
def test_a_grant_that_makes_no_sense_is_refused_and_changes_nothing(user, values):
    with pytest.raises(InvalidInput):
        grant(user, **values)
    assert Subscription.objects.count() == 0


def test_an_extension_moves_the_end_by_a_month(user):
    end = datetime(2099, 1, 31, 12, tzinfo=UTC)
    grant(user, until=end)
    assert services.extend_subscription(user=user, by=None).current_period_end == datetime(2099, 2, 28, 12, tzinfo=UTC)


def test_nothing_can_be_extended_or_ended_without_a_subscription(user):
    for deed in (services.extend_subscription, services.end_subscription):
        with pytest.raises(NotFound):
            deed(user=user, by=None)


def test_an_end_holds_at_once(user):
    grant(user)
    services.end_subscription(user=user, by=None)
    assert entitlements_of(user).tier == "free"


def test_a_cancellation_keeps_what_is_paid_for(user):
    grant(user, until=in_days(10), renews=True)
    row = services.cancel_subscription(user=user, by=user)
    assert (row.renews, row.status, entitlements_of(user).tier) == (False, "active", "pro")


def test_a_cancellation_of_what_has_no_end_is_now(user):
    grant(user)
    services.cancel_subscription(user=user, by=user)
    assert entitlements_of(user).tier == "free"


def test_beat_expires_what_is_over_and_keeps_the_moment_of_its_end(user):
    end = in_days(-1)
    row = grant(user, until=in_days(1))
    rewind(row, current_period_end=end)
    tasks.renew_and_expire()
    row.refresh_from_db()
    assert (row.status, row.ended_at) == ("expired", end)


def test_beat_renews_by_whole_months_until_the_end_lies_ahead(user):
    row = grant(user, until=in_days(1), renews=True)
    end = add_months(clock.now(), -3) - timedelta(days=2)
    rewind(row, current_period_end=end)
    tasks.renew_and_expire()
    row.refresh_from_db()
    assert (row.status, row.current_period_end) == ("active", next_period_end(end, after=clock.now()))


def test_beat_may_come_twice(user):
    rewind(grant(user, until=in_days(1)), current_period_end=in_days(-1))
    assert (services.renew_and_expire(), services.renew_and_expire()) == (
        {"renewed": 0, "expired": 1},
        {"renewed": 0, "expired": 0},
    )


def test_what_is_still_running_is_left_alone(user):
    grant(user, until=in_days(1))
    assert services.renew_and_expire() == {"renewed": 0, "expired": 0}


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_renew_once():
    # An earlier test with real transactions may have emptied the tables.
    Tier.objects.get_or_create(
        id="pro",
        defaults={"name": "Pro"}
        | dict.fromkeys(("requests_per_minute", "plans_per_week", "calendars"), 1)
        | {"advisor_messages_per_day": 1},
    )
    user = make_user()
    rewind(grant(user, until=in_days(1), renews=True), current_period_end=in_days(-1))

    def beat(_):
        try:
            return services.renew_and_expire()["renewed"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(beat, range(2))) == 1


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-12-15", 1, "2027-01-15")]
    + [("2026-03-31", -1, "2026-02-28"), ("2026-01-31", 13, "2027-02-28")],
)
def test_a_month_ends_where_the_calendar_says(start, months, end):
    begin = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert add_months(begin, months).date().isoformat() == end


def test_a_late_renewal_does_not_drift_from_its_day():
    anchor = datetime(2026, 1, 31, tzinfo=UTC)
    assert next_period_end(anchor, after=datetime(2026, 3, 1, tzinfo=UTC)) == datetime(2026, 3, 31, tzinfo=UTC)


@pytest.mark.parametrize("state", ["canceled", "expired"])
def test_what_has_ended_stays_ended(state):
    for after in ALLOWED:
        with pytest.raises(Conflict):
            require_transition(state, after)


def test_every_state_of_the_model_has_its_transitions():
    assert set(ALLOWED) == set(Subscription.Status.values)


def test_the_gateway_of_the_settings_is_the_offline_one():
    assert (present_gateway().name, gateway_named("offline") is present_gateway()) == ("offline", True)


def test_the_plans_are_open_to_everybody_and_show_price_and_limits(api):
    body = api(None).get("/v1/plans").json()
    assert [row["id"] for row in body["items"]] == ["free", "standard", "pro"]
    assert body["items"][0] == {
        "id": "free",
        "name": "Free",
        "price": {"amount_minor": 0, "currency": "EUR"},
        "features": ["advisor", "calendars", "meal_plans", "shopping_lists"],
        "limits": {"requests_per_minute": 300, "plans_per_week": 20, "advisor_messages_per_day": 40, "calendars": 5},
    }


def test_a_tier_that_is_not_offered_is_not_listed(api):
    Tier.objects.filter(id="pro").update(offered=False)
    assert api(None).get("/v1/plans").json()["total"] == 2


def test_an_account_without_subscription_reads_the_free_tier(api, user):
    body = api(user).get("/v1/subscription").json()
    assert (body["id"], body["tier"], body["status"], body["requested"]) == (None, "free", "active", None)


def test_asking_for_a_tier_is_202_and_changes_nothing_yet(api, user):
    response = api(user).post("/v1/subscription", {"tier": "pro"})
    body = response.json()
    assert (response.status_code, body["tier"], body["requested"]["tier"], body["checkout_url"]) == (
        202,
        "free",
        "pro",
        None,
    )
    assert entitlements_of(user).tier == "free"


def test_asking_twice_is_one_request(api, user):
    for _ in range(2):
        api(user).post("/v1/subscription", {"tier": "pro"})
    assert Subscription.objects.filter(status="requested").count() == 1


def test_asking_for_another_tier_replaces_the_request(api, user):
    api(user).post("/v1/subscription", {"tier": "pro"})
    body = api(user).post("/v1/subscription", {"tier": "standard"}).json()
    assert (body["requested"]["tier"], Subscription.objects.filter(status="requested").count()) == ("standard", 1)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [({"tier": "gold"}, 400, "invalid"), ({}, 400, "invalid"), ({"tier": None}, 400, "invalid")]
    + [({"tier": "pro", "user": "usr_x"}, 400, "unknown_field"), ({"tier": "free"}, 409, "not_subscribed")],
)
def test_a_request_that_makes_no_sense_is_refused(api, user, body, status, code):
    response = api(user).post("/v1/subscription", body)
    assert (response.status_code, response.json()["error"]["code"], Subscription.objects.count()) == (status, code, 0)


def test_asking_for_what_one_has_is_409(api, user):
    grant(user)
    response = api(user).post("/v1/subscription", {"tier": "pro"})
    assert (response.status_code, response.json()["error"]["code"]) == (409, "already_subscribed")


def test_asking_for_free_cancels_at_the_end_of_the_period(api, user):
    grant(user, until=in_days(5), renews=True)
    response = api(user).post("/v1/subscription", {"tier": "free"})
    assert (response.status_code, response.json()["tier"], response.json()["renews"]) == (200, "pro", False)


def test_the_portal_says_where_and_with_whom(api, user):
    for response in (api(user).get("/v1/subscription/portal"), api(user).post("/v1/subscription/portal")):
        assert (response.status_code, response.json()["gateway"], response.json()["url"]) == (
            200,
            "offline",
            "http://testserver/subscription",
        )


def test_an_approved_request_is_the_same_row(api, user):
    api(user).post("/v1/subscription", {"tier": "pro"})
    asked = Subscription.objects.get()
    assert (grant(user).pk, entitlements_of(user).tier) == (asked.pk, "pro")


def run(*arguments):
    out = StringIO()
    call_command("subscription", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_grants_to_the_end_of_a_day(user):
    run("grant", "SOMEONE@example.com", "pro", "--until", "2099-12-31")
    assert Subscription.objects.get().current_period_end == datetime(2100, 1, 1, tzinfo=UTC)


def test_the_command_extends_and_ends(user):
    run("grant", user.email, "standard", "--until", "2099-12-31")
    run("extend", user.email)
    end = Subscription.objects.get().current_period_end
    assert ("canceled" in run("end", user.email), end) == (True, datetime(2100, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "arguments",
    [("grant", "nobody@example.com", "pro"), ("grant", "someone@example.com", "gold"), ("end", "someone@example.com")]
    + [
        ("grant", "someone@example.com", "pro", "--until", "soon"),
        ("grant", "someone@example.com", "pro", "--until", "2026-99-99"),
    ]
    + [("grant", "someone@example.com", "pro", "--until", "2001-01-01")],
)
def test_the_command_refuses_in_words(user, arguments):
    with pytest.raises(CommandError):
        run(*arguments)


def test_every_deed_is_audited(user):
    grant(user, until=in_days(3))
    services.extend_subscription(user=user, by=None)
    services.end_subscription(user=user, by=None)
    verbs = list(AuditEntry.objects.order_by("at").values_list("verb", flat=True))
    assert verbs == ["subscription.granted", "subscription.extended", "subscription.ended"]


@pytest.fixture
def staff(db):
    def with_permissions(*names):
        person = make_user("staff@example.com", is_staff=True)
        person.user_permissions.set(Permission.objects.filter(content_type__app_label="billing", codename__in=names))
        browser = Client(raise_request_exception=False)
        browser.force_login(person, backend=BACKEND)
        return browser

    return with_permissions


def act(browser, action, row):
    return browser.post("/admin/billing/subscription/", {"action": action, "_selected_action": [row.pk]})


def test_staff_with_permission_grant_in_the_admin(staff, user):
    response = staff("add_subscription", "view_subscription").post(
        "/admin/billing/subscription/add/",
        {
            "email": "SOMEONE@example.com",
            "tier": "pro",
            "current_period_end_0": "",
            "current_period_end_1": "",
            "note": "",
        },
    )
    assert (response.status_code, entitlements_of(user).tier) == (302, "pro")


@pytest.mark.parametrize(("action", "tier"), [("extend_by_a_month", "pro"), ("end_now", "free")])
def test_staff_with_permission_extend_and_end_in_the_admin(staff, user, action, tier):
    row = grant(user, until=datetime(2099, 1, 1, tzinfo=UTC))
    act(staff("change_subscription", "view_subscription"), action, row)
    row.refresh_from_db()
    moved = row.current_period_end == datetime(2099, 2, 1, tzinfo=UTC)
    assert (entitlements_of(user).tier, moved) == (tier, action == "extend_by_a_month")


def test_staff_with_permission_approve_what_was_asked_for(staff, user, api):
    api(user).post("/v1/subscription", {"tier": "standard"})
    act(staff("change_subscription", "view_subscription"), "approve", Subscription.objects.get())
    assert entitlements_of(user).tier == "standard"


def test_staff_who_may_only_look_change_nothing(staff, user):
    row = grant(user)
    act(staff("view_subscription"), "end_now", row)
    assert entitlements_of(user).tier == "pro"


def test_staff_without_permission_see_nothing(staff, user):
    assert staff().get("/admin/billing/subscription/").status_code == 403


@pytest.mark.parametrize("page", ["", "add/"])
def test_the_pages_of_the_admin_open(staff, user, page):
    browser = staff("view_subscription", "add_subscription", "change_subscription")
    assert browser.get(f"/admin/billing/subscription/{page}").status_code == 200


def test_one_subscription_opens_for_reading(staff, user):
    assert staff("view_subscription").get(f"/admin/billing/subscription/{grant(user).pk}/change/").status_code == 200
