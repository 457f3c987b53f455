"""Signatures that a gateway can verify, and slots that a dead process gives back."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from advisor.backends import slots as slots_module
from advisor.backends.slots import Busy, LocalSlots, RedisSlots
from advisor.signing import sign_request, verify_request

pytestmark = pytest.mark.core

REQUEST = {"secret": "s3cret", "method": "POST", "path": "/v1/messages", "body": b'{"a":1}'}


def verify(**changes):
    signature = sign_request(timestamp=1_700_000_000, **REQUEST)
    fields = {**REQUEST, "timestamp": "1700000000", "signature": signature, "now_seconds": 1_700_000_010.0, **changes}
    return verify_request(**fields)


def test_the_signature_is_hmac_sha256_over_four_lines():
    # openssl: printf '1700000000\nPOST\n/v1/messages\n<sha256 of body>' | openssl dgst -sha256 -hmac s3cret
    import hashlib
    import hmac

    digest = hashlib.sha256(b'{"a":1}').hexdigest()
    text = "\n".join(["1700000000", "POST", "/v1/messages", digest])
    expected = hmac.new(b"s3cret", text.encode(), "sha256").hexdigest()
    assert sign_request(timestamp=1_700_000_000, **REQUEST) == expected


def test_a_signed_request_is_verified():
    assert verify() is True


@pytest.mark.parametrize(
    "change",
    [
        {"body": b'{"a":2}'},
        {"path": "/v1/other"},
        {"method": "GET"},
        {"secret": "other"},
        {"secret": ""},
        {"timestamp": "1700000001"},
        {"timestamp": "soon"},
        {"timestamp": ""},
        {"signature": ""},
        {"signature": "é" * 64},
        {"now_seconds": 1_700_000_400.0},
        {"now_seconds": 1_699_999_600.0},
    ],
)
def test_anything_else_is_not(change):
    assert verify(**change) is False


def test_no_more_than_the_limit_at_once():
    slots = LocalSlots(2)
    with slots.take(lease_seconds=1), slots.take(lease_seconds=1), pytest.raises(Busy), slots.take(lease_seconds=1):
        pass


def test_a_slot_is_free_again_after_a_failure():
    slots = LocalSlots(1)
    with pytest.raises(RuntimeError), slots.take(lease_seconds=1):
        raise RuntimeError
    with slots.take(lease_seconds=1) as held:
        assert held is None


@pytest.fixture
def redis(settings):
    """The Redis of the test run, where there is one."""
    if not settings.REDIS_URL:
        pytest.skip("no Redis in this run")
    from redis import Redis

    client = Redis.from_url(settings.REDIS_URL)
    client.delete("athleat:ai-slots:test-host")
    return client


def test_slots_are_shared_by_processes_of_one_host(redis):
    first, second = (RedisSlots(redis, 1, instance="test-host") for _ in range(2))
    with first.take(lease_seconds=5), pytest.raises(Busy), second.take(lease_seconds=5):
        pass


def test_a_dead_holder_frees_its_slot_when_the_lease_ends(redis):
    RedisSlots(redis, 1, instance="test-host")._take("dead", 0.2)
    time.sleep(0.3)
    with RedisSlots(redis, 1, instance="test-host").take(lease_seconds=1) as held:
        assert held is None


_HOLDER = """
import importlib.util, sys, time
spec = importlib.util.spec_from_file_location("slots", sys.argv[1])
slots = importlib.util.module_from_spec(spec)
spec.loader.exec_module(slots)
from redis import Redis
with slots.RedisSlots(Redis.from_url(sys.argv[2]), 1, instance="test-host").take(lease_seconds=1.5):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_killed_process_frees_its_slot_when_the_lease_ends(redis, settings):
    place = Path(slots_module.__file__)
    child = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(place), settings.REDIS_URL],
        stdout=subprocess.PIPE,
        text=True,
        cwd=place.parents[2],
    )
    try:
        said = child.stdout.readline().strip()
        held_since = time.monotonic()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    slots = RedisSlots(redis, 1, instance="test-host")
    with pytest.raises(Busy), slots.take(lease_seconds=1):
        pass
    while True:
        try:
            with slots.take(lease_seconds=1):
                break
        except Busy:
            assert time.monotonic() - held_since < 10, "the slot never came back"
            time.sleep(0.05)
    assert (said, 1.3 < time.monotonic() - held_since < 2.5) == ("held", True)


def test_an_unreachable_redis_leaves_the_local_limit():
    class Gone:
        def time(self):
            raise ConnectionError

    slots = RedisSlots(Gone(), 1)
    with slots.take(lease_seconds=1), pytest.raises(Busy), slots.take(lease_seconds=1):
        pass
