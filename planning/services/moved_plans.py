"""Which plans their athlete's training has moved past, and when it has been quiet for long enough to follow it.

A change of the training or the profile raises a version of the athlete. Beat finds the plans that were made for earlier
ones and leaves a work item for each, due when nothing has moved for `QUIET`, after `LONGEST_WAIT` at the latest: a
calendar that changes ten sessions gives one new plan.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from athletes.models import Athlete
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import enqueue_work, postpone_work
from planning.models import MealPlan
from planning.services.plans import MAX_DAYS
from planning.services.revisions import FOLLOWED

FOLLOW_KIND = "plan.follow"
QUIET = timedelta(seconds=60)
LONGEST_WAIT = timedelta(minutes=10)
MOST_BATCHES = 50
OPEN_WORK = (WorkItem.State.QUEUED, WorkItem.State.RUNNING)


def find_moved_plans(*, limit: int = 200) -> int:
    """Leaves work for every plan that its athlete's training or profile has moved past. Returns for how many.

    Any number of beats may do this at once: where the database can, each takes rows that nobody else holds, and a plan
    has one open work item at most.
    """
    found = 0
    for _ in range(MOST_BATCHES):
        with transaction.atomic():
            moment = now()
            rows = _moved_plans(moment).select_for_update(
                of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
            )
            batch = list(rows.values_list("pk", "athlete__training_version", "athlete__profile_version")[:limit])
            for plan_id, training, profile in batch:
                seen = {"training": training, "profile": profile, "since": moment.isoformat()}
                enqueue_work(kind=FOLLOW_KIND, key=plan_id, payload=seen, run_after=moment + QUIET)
        found += len(batch)
        if len(batch) < limit:
            break
    return found


def running_plans(present: date) -> Q:
    """Plans that are not over for anybody; `present` is the day in Greenwich."""
    # A day less than there is the earliest that anybody's today can be.
    earliest = present - timedelta(days=1)
    lasts = Q()
    for days in range(1, MAX_DAYS + 1):
        lasts |= Q(days=days, week_start__gt=earliest - timedelta(days=days))
    return lasts & Q(week_start__gt=earliest - timedelta(days=MAX_DAYS))


def athletes_with_running_plans() -> list[str]:
    """The ids of everybody with a plan that is not over, in order."""
    present = now().astimezone(UTC).date()
    rows = MealPlan.objects.verified().filter(running_plans(present))
    return sorted(set(rows.values_list("athlete_id", flat=True)))


def _moved_plans(moment: datetime) -> QuerySet[MealPlan]:
    """Plans that are not over, behind their athlete's versions, not looked at since, and not in hand."""
    present = moment.astimezone(UTC).date()
    automatic = Athlete.ReplanPolicy.AUTOMATIC
    # Whoever chooses that plans follow by themselves means those that wait, too.
    chosen = Q(athlete__replan_policy=automatic) & (Q(seen_policy=None) | ~Q(seen_policy=automatic))
    seen = {name: Cast(KT(f"request__{FOLLOWED}__{name}"), IntegerField()) for name in ("training", "profile")}
    training, profile = F("athlete__training_version"), F("athlete__profile_version")
    in_hand = WorkItem.objects.filter(kind=FOLLOW_KIND, key=OuterRef("pk"), state__in=OPEN_WORK)
    behind: QuerySet[MealPlan] = (
        MealPlan.objects.verified()
        .filter(running_plans(present))
        .filter(~Q(current__training_version=training) | ~Q(current__profile_version=profile))
        .annotate(
            seen_training=seen["training"],
            seen_profile=seen["profile"],
            seen_policy=Cast(KT(f"request__{FOLLOWED}__policy"), TextField()),
        )
        .filter(
            Q(seen_training=None)
            | Q(seen_profile=None)
            | ~Q(seen_training=training)
            | ~Q(seen_profile=profile)
            | chosen
        )
        .exclude(Exists(in_hand))
        .order_by("athlete_id", "pk")
    )
    return behind


def wait_for_quiet(item: WorkItem) -> bool:
    """Puts a work item back when the athlete's training or profile moved again since it was left; False: go on."""
    row = MealPlan.objects.filter(pk=item.key)
    present = row.values_list("athlete__training_version", "athlete__profile_version").first()
    if present is None or "since" not in item.payload:
        return False
    if present == (item.payload.get("training"), item.payload.get("profile")):
        return False
    latest = datetime.fromisoformat(item.payload["since"]) + LONGEST_WAIT
    moment = now()
    if moment >= latest:
        return False
    seen = {**item.payload, "training": present[0], "profile": present[1]}
    return postpone_work(item, run_after=min(moment + QUIET, latest), payload=seen)
