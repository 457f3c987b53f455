"""What `/metrics` tells: requests by route template, queues, calendars. No ids, no addresses, no values of people.

Every process counts for itself; scrape each instance with one web process, or add the processes up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min, Q
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from nutrition_site.kernel import clock
from nutrition_site.kernel.api.exceptions import error_response
from nutrition_site.kernel.api.limits import in_networks
from nutrition_site.probes import Probe

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

registry = CollectorRegistry()
requests_total = Counter(
    "athleat_http_requests", "Requests answered.", ["method", "route", "status"], registry=registry
)
request_seconds = Histogram(
    "athleat_http_request_seconds",
    "Time to answer a request.",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=registry,
)
Gauge("athleat_build_info", "The running version.", ["version"], registry=registry).labels(settings.VERSION).set(1)
for _collector in (ProcessCollector, PlatformCollector, GCCollector):
    _collector(registry=registry)


def observe_request(*, method: str | None, route: str, status: int, seconds: float) -> None:
    """Counts one answer. `route` is the URL template, so that the number of series stays bounded."""
    verb = method if method in _METHODS else "OTHER"
    place = f"/{route}" if route else "unmatched"
    requests_total.labels(verb, place, str(status)).inc()
    request_seconds.labels(verb, place).observe(seconds)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Durable work by state, the age in seconds of the oldest piece that is due, and calendars by status."""

    work: dict[str, int]
    oldest_due_seconds: float
    calendars: dict[str, int]


def count_backlog() -> Backlog:
    """Two short queries; the database is the truth for all processes."""
    from athletes.models import CalendarConnection
    from nutrition_site.kernel.models import WorkItem

    try:
        moment = clock.now()
        states = {state.value: 0 for state in WorkItem.State}
        rows = WorkItem.objects.order_by().values("state").annotate(n=Count("pk"))
        states.update({row["state"]: row["n"] for row in rows})
        due = Q(state="queued", run_after__lte=moment) | Q(state="running", lease_until__lt=moment)
        oldest = WorkItem.objects.filter(due).aggregate(at=Min("run_after"))["at"]
        statuses = {status.value: 0 for status in CalendarConnection.Status}
        rows = CalendarConnection.objects.order_by().values("status").annotate(n=Count("pk"))
        statuses.update({row["status"]: row["n"] for row in rows})
        return Backlog(states, (moment - oldest).total_seconds() if oldest else 0.0, statuses)
    finally:
        connection.close()


work_and_calendars: Probe[Backlog | None] = Probe("backlog", count_backlog, down=None)


class BacklogCollector:
    """Asks the database when somebody scrapes; tells nothing while it does not answer."""

    def collect(self) -> Iterator[Metric]:
        backlog = work_and_calendars.read()
        up = GaugeMetricFamily("athleat_backlog_known", "1 while the figures of the database could be read.")
        up.add_metric([], 0.0 if backlog is None else 1.0)
        yield up
        if backlog is None:
            return
        work = GaugeMetricFamily("athleat_work_items", "Durable work by state.", labels=["state"])
        for state, count in backlog.work.items():
            work.add_metric([state], count)
        yield work
        oldest = GaugeMetricFamily("athleat_work_oldest_due_seconds", "How long the oldest due piece has waited.")
        oldest.add_metric([], backlog.oldest_due_seconds)
        yield oldest
        calendars = GaugeMetricFamily("athleat_calendars", "Calendar connections by status.", labels=["status"])
        for status, count in backlog.calendars.items():
            calendars.add_metric([status], count)
        yield calendars


registry.register(BacklogCollector())


def allowed(request: HttpRequest) -> bool:
    """Whether the caller, and every proxy it names, lies in `METRICS_ALLOWED_NETWORKS`.

    A proxy on a private address passes the public's requests on; the header it adds gives them away.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    addresses = [request.META.get("REMOTE_ADDR", ""), *hops]
    return all(in_networks(address, settings.METRICS_ALLOWED_NETWORKS) for address in addresses)


def expose(request: HttpRequest) -> HttpResponse:
    """The figures as Prometheus text, for allowed networks only."""
    if not allowed(request):
        return error_response("forbidden", "Metrics are answered to monitoring networks only.", 403)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
