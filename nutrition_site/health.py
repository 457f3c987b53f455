"""Health endpoints, answered before host check, redirect and session; what they ask is limited, cached and shared."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from nutrition_site import metrics
from nutrition_site.kernel.api.exceptions import error_response
from nutrition_site.probes import Probe

Answer = Callable[[HttpRequest], HttpResponse]
DEFAULT_AI_URL = "https://api.anthropic.com"


def ask_database() -> bool:
    """Whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    finally:
        connection.close()


@lru_cache(maxsize=1)
def _newest_migrations() -> frozenset[tuple[str, str]]:
    # Reading all migration files takes a tenth of a second, and they cannot change under a running process.
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def ask_migrations() -> bool:
    """Whether the newest migration of every app is applied."""
    try:
        return _newest_migrations() <= set(MigrationRecorder(connection).applied_migrations())
    finally:
        connection.close()


def ask_redis() -> bool:
    """Whether Redis answers."""
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        return bool(client.ping())
    finally:
        client.close()


def ask_ai_backend() -> bool:
    """Whether somebody listens where requests to the AI backend go (a proxy in between counts as the way there)."""
    url = urlsplit(settings.AI_BASE_URL or DEFAULT_AI_URL)
    proxy = getproxies().get(url.scheme)
    if proxy and url.hostname and not proxy_bypass(url.hostname):
        url = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    with socket.create_connection((url.hostname or "", url.port or (443 if url.scheme == "https" else 80)), timeout=1):
        return True


database = Probe("database", ask_database, down=False)
migrations = Probe("migrations", ask_migrations, down=False)
redis_store = Probe("redis", ask_redis, down=False)
ai_backend = Probe("ai_backend", ask_ai_backend, down=False, keep_seconds=60.0)
PROBES: tuple[Probe[Any], ...] = (database, migrations, redis_store, ai_backend, metrics.work_and_calendars)


def forget_answers() -> None:
    """Every dependency is asked afresh."""
    for probe in PROBES:
        probe.forget()


def _connected(answers: bool) -> str:
    return "connected" if answers else "disconnected"


def redis_state() -> str:
    """`connected`, `disconnected`, or `embedded` where the cache lives in this process."""
    return _connected(redis_store.read()) if settings.REDIS_URL else "embedded"


def ai_state() -> str:
    """`builtin` where the product answers by itself, else `reachable` or `unreachable`."""
    if settings.AI_BACKEND == "builtin":
        return "builtin"
    return "reachable" if ai_backend.read() else "unreachable"


def report() -> dict[str, str]:
    """How everything is; `degraded` when something is away or the database is not migrated."""
    body = {"database": _connected(database.read()), "redis": redis_state(), "ai_backend": ai_state()}
    well = "disconnected" not in body.values() and "unreachable" not in body.values() and migrations.read()
    return {"status": "ok" if well else "degraded", **body, "version": settings.VERSION}


def health(request: HttpRequest) -> HttpResponse:
    """Always 200 while the process lives."""
    return JsonResponse(report())


def health_with_other_word(request: HttpRequest) -> HttpResponse:
    """The same, in the words of the clients that expect `healthy`."""
    body = report()
    return JsonResponse({**body, "status": "healthy" if body["status"] == "ok" else "degraded"})


def short_health(request: HttpRequest) -> HttpResponse:
    """Three fields with two words each: a cache in this process answers, so it counts as connected."""
    store = "disconnected" if redis_state() == "disconnected" else "connected"
    body = {"database": _connected(database.read()), "redis": store}
    well = "disconnected" not in body.values()
    return JsonResponse({"status": "healthy" if well else "degraded", **body})


def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


def ready(request: HttpRequest) -> HttpResponse:
    """503 while the database or Redis is down or migrations are pending."""
    body = {"database": _connected(database.read()), "redis": redis_state()}
    body["migrations"] = "applied" if migrations.read() else "pending"
    well = "disconnected" not in body.values() and body["migrations"] == "applied"
    return JsonResponse({"status": "ready" if well else "not_ready", **body}, status=200 if well else 503)


def database_status(request: HttpRequest) -> HttpResponse:
    """Whether the database answers, and which kind it is."""
    up = database.read()
    body = {
        "status": "healthy" if up else "unhealthy",
        "database": _connected(up),
        "engine": connection.vendor,
        "migrations": "applied" if migrations.read() else "pending",
    }
    return JsonResponse(body, status=200 if up else 503)


ANSWERS: dict[str, Answer] = {
    "/health": health,
    "/v1/health": health,
    "/api/v1/health": health_with_other_word,
    "/api/health": short_health,
    "/healthz": live,
    "/health/live": live,
    "/api/v1/health/live": live,
    "/health/ready": ready,
    "/api/v1/health/ready": ready,
    "/status/database": database_status,
    "/metrics": metrics.expose,
}


class HealthMiddleware:
    """Answers the health paths and `/metrics` without touching anything else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path)
        if answer is None:
            return self.get_response(request)
        request.route_template = request.path.lstrip("/")  # type: ignore[attr-defined]
        if request.method == "OPTIONS":
            if "Access-Control-Request-Method" in request.headers:
                return self.get_response(request)
            return HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
        if request.method not in ("GET", "HEAD"):
            response = error_response("method_not_allowed", _("Only GET is answered here."), 405)
            response["Allow"] = "GET, HEAD, OPTIONS"
        else:
            response = answer(request)
        response["Cache-Control"] = "no-store"
        return response
