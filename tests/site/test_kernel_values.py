"""Identifiers, secrets at rest, days and limits: the values everything else stands on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from cryptography.fernet import Fernet
from django.test import RequestFactory

from nutrition_site.kernel import clock, crypto, quota
from nutrition_site.kernel.api import limits
from nutrition_site.kernel.errors import LimitReached
from nutrition_site.kernel.ids import ALPHABET, encode, is_id, new_id, stable_id


def test_an_id_is_its_prefix_and_26_crockford_characters():
    prefix, text = new_id("ath").split("_")
    assert (prefix, len(text), set(text) <= set(ALPHABET)) == ("ath", 26, True)


def test_ten_thousand_ids_are_all_different():
    assert len({new_id("evt") for _ in range(10_000)}) == 10_000


def test_a_later_millisecond_sorts_later(monkeypatch):
    moments = iter(range(1_700_000_000_000_000_000, 1_700_000_100_000_000_000, 1_000_000_000))
    monkeypatch.setattr("nutrition_site.kernel.ids.time.time_ns", lambda: next(moments))
    made = [new_id("mpl") for _ in range(50)]
    assert made == sorted(made)


def test_an_id_is_a_version_7_uuid(monkeypatch):
    value = 0
    for character in new_id("ath")[4:]:
        value = value * 32 + ALPHABET.index(character)
    # RFC 9562 section 5.7: version in bits 48 to 51, variant in bits 64 and 65.
    assert ((value >> 76) & 0xF, (value >> 62) & 0b11) == (0x7, 0b10)


@pytest.mark.parametrize(
    "text",
    ["", "ath_", "ath", "usr_" + "0" * 26, "ath_" + "0" * 25, "ath_" + "0" * 27, "ath_" + "8" + "0" * 25]
    + ["ath_" + "u" * 26, "ATH_" + "0" * 26, "ath_" + "0" * 26 + "\n", None, 5, "ath_" + "A" * 26],
)
def test_what_has_not_the_shape_is_no_id(text):
    assert is_id(text, "ath") is False


def test_every_fresh_id_has_the_shape():
    assert is_id(new_id("ath"), "ath") is True


def test_the_largest_number_fits():
    assert encode(2**128 - 1) == "7" + "z" * 25


def test_a_stable_id_is_the_same_everywhere():
    assert (stable_id("rcp", "porridge"), is_id(stable_id("rcp", "porridge"), "rcp")) == (
        stable_id("rcp", "porridge"),
        True,
    )


def test_a_stable_id_differs_by_name_and_by_prefix():
    assert len({stable_id("rcp", "a")[4:], stable_id("rcp", "b")[4:], stable_id("fod", "a")[4:]}) == 3


def test_ciphertext_does_not_show_the_secret():
    sealed = crypto.seal_json({"token": "ya29.secret"})
    assert ("ya29" in sealed, crypto.open_json(sealed)) == (False, {"token": "ya29.secret"})


def test_an_older_key_still_opens_after_a_new_one_is_put_first(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    sealed = crypto.seal_json([1])
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    assert crypto.open_json(sealed) == [1]


def test_resealed_values_open_without_the_old_key(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [old]
    sealed = crypto.seal_json([1])
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    resealed = crypto.reseal(sealed)
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert (crypto.open_json(resealed), crypto.open_json(sealed), crypto.reseal(sealed)) == ([1], None, None)


def test_a_rotated_jwt_secret_reads_as_none_not_as_a_failure(settings):
    settings.FIELD_ENCRYPTION_KEYS = []
    sealed = crypto.seal_json({"a": 1})
    settings.JWT_SECRET = "another secret of at least thirty-two characters"
    assert crypto.open_json(sealed) is None


def test_nonsense_opens_as_none():
    assert crypto.open_json("nonsense") is None


def test_each_purpose_has_a_key_of_its_own():
    assert crypto.derive_key("s" * 32, "a") != crypto.derive_key("s" * 32, "b")


def transitions(zone: ZoneInfo, year: int):
    """The days of a year whose length is not 24 hours, by offset alone."""
    day = date(year, 1, 1)
    while day.year == year:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        if noon.utcoffset() != (noon + timedelta(days=1)).utcoffset():
            yield day + timedelta(days=1)
        day += timedelta(days=1)


def test_half_past_eleven_at_night_and_half_past_midnight_lie_on_their_own_days_in_every_zone():
    wrong = []
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for day in {date(2026, 1, 15), date(2026, 7, 15), *transitions(zone, 2026)}:
            late = datetime(day.year, day.month, day.day, 23, 30, tzinfo=zone)
            early = datetime(day.year, day.month, day.day, 0, 30, tzinfo=zone)
            for local in (late, early):
                # A wall time that does not exist that night is somebody else's hour.
                exists = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
                if exists and clock.local_day(local.astimezone(UTC), name) != day:
                    wrong.append((name, local))
    assert wrong == []


@pytest.mark.parametrize("name", ["", None, "Nowhere/Nothing", "../etc/passwd", "Europe/Belgrade\x00"])
def test_an_unknown_zone_is_utc(name):
    assert clock.local_day(datetime(2026, 5, 1, 23, 59, tzinfo=UTC), name) == date(2026, 5, 1)


def test_midnight_is_the_athletes():
    assert clock.midnight(date(2026, 3, 29), "Europe/Belgrade").isoformat() == "2026-03-29T00:00:00+01:00"


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "seen"),
    [
        ("8.8.8.8", "1.1.1.1", [], "8.8.8.8"),
        ("10.0.0.1", "1.1.1.1", [], "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, 10.0.0.2", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "nonsense", ["10.0.0.0/8"], "10.0.0.1"),
        ("8.8.8.8", "1.1.1.1", ["10.0.0.0/8"], "8.8.8.8"),
        ("", "", [], "unknown"),
    ],
)
def test_the_callers_address_is_not_what_the_caller_says(remote, forwarded, trusted, seen, settings):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert limits.client_address(request) == seen


def test_a_limit_allows_its_amount_and_not_one_more():
    item = limits.per_minute(3)
    left = [limits.hit(item, "test", "a").remaining for _ in range(3)]
    with pytest.raises(LimitReached) as refused:
        limits.hit(item, "test", "a")
    assert (left, refused.value.headers["RateLimit-Remaining"]) == ([2, 1, 0], "0")


def test_an_unreachable_store_lets_requests_pass(monkeypatch):
    class Broken:
        def __getattr__(self, name):
            raise ConnectionError("no store")

    monkeypatch.setattr(limits, "limiter", Broken)
    assert limits.hit(limits.per_minute(1), "test", "b") == limits.Standing(1, 1, 60)


def test_what_is_given_back_can_be_used_again():
    item = limits.per_minute(1)
    limits.hit(item, "test", "c")
    limits.give_back(item, "test", "c")
    assert limits.hit(item, "test", "c").remaining == 0


def test_giving_back_what_was_never_taken_makes_no_credit():
    item = limits.per_minute(1)
    limits.give_back(item, "test", "d")
    assert limits.standing(item, "test", "d").remaining == 1


@pytest.mark.django_db
def test_a_quota_counts_successes_only(alice, settings):
    settings.RATE_LIMIT_PLANS_PER_WEEK = 2
    for fails in (True, False, True, False):
        try:
            with quota.quota(user=alice, name="plans_per_week"):
                if fails:
                    raise ValueError
        except ValueError:
            pass
    assert quota.quota_standing(user=alice, name="plans_per_week").remaining == 0


@pytest.mark.django_db
def test_a_used_up_quota_refuses_with_its_name(alice, settings):
    settings.RATE_LIMIT_ADVISOR_PER_DAY = 1
    quota.use_quota(user=alice, name="advisor_messages_per_day")
    with pytest.raises(LimitReached) as refused:
        quota.check_quota(user=alice, name="advisor_messages_per_day")
    assert (refused.value.status, refused.value.code, refused.value.extra) == (
        429,
        "quota_used_up",
        {"quota": "advisor_messages_per_day", "limit": 1},
    )


@pytest.mark.django_db
def test_a_refused_use_uses_nothing(alice, settings):
    settings.RATE_LIMIT_PLANS_PER_WEEK = 1
    quota.use_quota(user=alice, name="plans_per_week")
    for _ in range(3):
        with pytest.raises(LimitReached):
            quota.use_quota(user=alice, name="plans_per_week")
    limits.give_back(quota.quota_item(user=alice, name="plans_per_week"), "quota", "plans_per_week", alice.pk)
    assert quota.quota_standing(user=alice, name="plans_per_week").remaining == 1
