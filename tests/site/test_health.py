"""Health and metrics: right answers, cheap under a storm, silent to strangers."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from nutrition_site import health
from nutrition_site.probes import Probe
from tests.factories import make_athlete

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_answers():
    health.forget_answers()
    yield
    health.forget_answers()


@pytest.fixture
def well(monkeypatch):
    """Every dependency answers, without asking one."""
    set_answers(monkeypatch)


def set_answers(monkeypatch, *, database=True, migrations=True, redis=True, ai=True):
    answers = {"database": database, "migrations": migrations, "redis_store": redis, "ai_backend": ai}
    for name, value in answers.items():
        monkeypatch.setattr(health, name, Probe(name, lambda value=value: value, down=False))


def get(path, **kwargs):
    return Client().get(path, **kwargs)


def test_health_has_exactly_the_fields_of_the_contract(well, settings):
    settings.REDIS_URL, settings.AI_BACKEND = "", "builtin"
    assert get("/health").json() == {
        "status": "ok",
        "database": "connected",
        "redis": "embedded",
        "ai_backend": "builtin",
        "version": "1.0.0",
    }


@pytest.mark.parametrize("path", ["/health", "/v1/health", "/api/v1/health", "/api/health"])
def test_health_is_200_though_everything_is_down(path, monkeypatch, settings):
    settings.REDIS_URL, settings.AI_BACKEND = "redis://127.0.0.1:1", "anthropic"
    set_answers(monkeypatch, database=False, migrations=False, redis=False, ai=False)
    response = get(path)
    assert (response.status_code, response.json()["status"], response.json()["database"], response.json()["redis"]) == (
        200,
        "degraded",
        "disconnected",
        "disconnected",
    )


def test_health_is_degraded_before_the_migrations(monkeypatch, settings):
    settings.REDIS_URL, settings.AI_BACKEND = "", "builtin"
    set_answers(monkeypatch, migrations=False)
    assert get("/health").json()["status"] == "degraded"


def test_the_short_answer_has_exactly_three_fields(well):
    assert get("/api/health").json() == {"status": "healthy", "database": "connected", "redis": "connected"}


def test_the_third_guide_reads_healthy(well, settings):
    settings.AI_BACKEND = "builtin"
    assert get("/api/v1/health").json()["status"] == "healthy"


@pytest.mark.parametrize("path", ["/healthz", "/health/live", "/api/v1/health/live"])
def test_liveness_asks_nobody(path, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert get(path).json() == {"ok": True}


@pytest.mark.parametrize("path", ["/health/ready", "/api/v1/health/ready"])
@pytest.mark.parametrize(
    ("down", "status"), [({}, 200), ({"database": False}, 503), ({"redis": False}, 503), ({"migrations": False}, 503)]
)
def test_readiness_is_503_while_something_it_needs_is_missing(path, down, status, monkeypatch, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1"
    set_answers(monkeypatch, **down)
    assert get(path).status_code == status


def test_an_unreachable_ai_backend_does_not_stop_traffic(monkeypatch, settings):
    settings.AI_BACKEND = "anthropic"
    set_answers(monkeypatch, ai=False)
    assert (get("/health/ready").status_code, get("/health").json()["ai_backend"]) == (200, "unreachable")


def test_the_database_really_answers():
    assert health.ask_database() is True


def test_all_migrations_are_seen_as_applied():
    assert health.ask_migrations() is True


def test_one_missing_migration_is_seen():
    row = MigrationRecorder.Migration.objects.get(app="billing", name="0002_tiers")
    row.delete()
    assert health.ask_migrations() is False


def test_a_refused_redis_is_disconnected(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert health.redis_state() == "disconnected"


def test_a_listening_ai_backend_is_reachable(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.AI_BACKEND, settings.AI_BASE_URL = "anthropic", f"http://127.0.0.1:{server.getsockname()[1]}"
        assert health.ai_state() == "reachable"


def test_a_closed_port_is_an_unreachable_ai_backend(settings):
    settings.AI_BACKEND, settings.AI_BASE_URL = "anthropic", "http://127.0.0.1:1"
    assert health.ai_state() == "unreachable"


@pytest.mark.parametrize("path", ["/health", "/healthz", "/health/ready"])
def test_health_is_answered_before_the_host_check(path, settings):
    settings.ALLOWED_HOSTS = ["example.com"]
    assert get(path, headers={"host": "10.1.2.3"}).status_code != 400


def test_health_is_answered_before_the_redirect_to_https(settings, well):
    settings.PRODUCTION = True
    assert get("/health", headers={"x-forwarded-proto": "http"}).status_code == 200


def test_every_health_answer_carries_id_and_time(well):
    response = get("/health")
    assert response["X-Request-ID"].startswith("req_")
    assert float(response["X-Process-Time"]) >= 0


def test_head_and_options_are_answered(well):
    head, options = Client().head("/health"), Client().options("/health")
    assert (head.status_code, head.content, options.status_code, options["Allow"]) == (
        200,
        b"",
        204,
        "GET, HEAD, OPTIONS",
    )


def test_a_post_to_health_is_405_in_the_error_shape(well):
    response = Client().post("/health")
    assert (response.status_code, response.json()["error"]["code"]) == (405, "method_not_allowed")


def test_a_storm_asks_once():
    asked = []

    def ask():
        asked.append(1)
        time.sleep(0.1)
        return "well"

    probe = Probe("storm", ask, down="down")
    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(lambda _: probe.read(), range(200)))
    assert (answers, len(asked)) == ({"well"}, 1)


def test_a_hanging_dependency_costs_its_limit_once_and_is_not_asked_again_meanwhile():
    release, asked = threading.Event(), []

    def ask():
        asked.append(1)
        release.wait(5)
        return "well"

    probe = Probe("hangs", ask, down="down", limit_seconds=0.1, keep_seconds=0.05)
    started = time.monotonic()
    first = probe.read()
    waited = time.monotonic() - started
    time.sleep(0.1)
    second = probe.read()
    release.set()
    assert (first, second, len(asked), waited < 0.5) == ("down", "down", 1, True)


def test_an_answer_is_asked_afresh_after_its_time():
    answers = iter(["old", "new"])
    probe = Probe("ages", lambda: next(answers), down="down", keep_seconds=0.05)
    first = probe.read()
    time.sleep(0.1)
    assert (first, probe.read()) == ("old", "new")


def test_a_failing_dependency_is_down():
    assert Probe("fails", lambda: 1 / 0, down="down").read() == "down"


def metric(text, name):
    return next((line.rsplit(" ", 1)[1] for line in text.splitlines() if line.startswith(name + " ")), None)


def test_requests_are_counted_by_route_and_never_by_id(api, alice):
    api(alice).get(f"/v1/athletes/{alice.athlete.pk}/nothing-here")
    api(alice).get("/v1/accounts/me")
    text = get("/metrics").content.decode()
    assert 'route="/v1/accounts/me",status="200"' in text
    assert alice.athlete.pk not in text


def test_probes_are_counted_under_their_own_path(well):
    get("/health/live")
    assert 'method="GET",route="/health/live",status="200"' in get("/metrics").content.decode()


def test_a_strange_method_does_not_make_a_new_series(db):
    Client().generic("BREW", "/v1/accounts")
    text = get("/metrics").content.decode()
    assert ('method="OTHER"' in text, "BREW" in text) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_work_and_calendars_are_counted():
    from athletes.models import CalendarConnection
    from nutrition_site.kernel import clock
    from nutrition_site.kernel.models import WorkItem

    athlete = make_athlete()
    CalendarConnection.objects.create(athlete=athlete, provider="ical", status="reconnect")
    WorkItem.objects.create(kind="calendar.sync", key="x", run_after=clock.now())
    text = get("/metrics").content.decode()
    assert metric(text, 'athleat_work_items{state="queued"}') == "1.0"
    assert metric(text, 'athleat_calendars{status="reconnect"}') == "1.0"


@pytest.mark.parametrize(
    ("address", "forwarded", "status"),
    [
        ("127.0.0.1", "", 200),
        ("10.1.2.3", "", 200),
        ("::1", "", 200),
        ("::ffff:10.0.0.1", "", 200),
        ("8.8.8.8", "", 403),
        ("not an address", "", 403),
        ("10.1.2.3", "8.8.8.8", 403),
        ("10.1.2.3", "10.9.9.9", 200),
        ("10.1.2.3", "nonsense", 403),
    ],
)
def test_metrics_are_for_the_allowed_networks(address, forwarded, status):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == status
