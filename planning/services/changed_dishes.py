"""Plans that hold a dish which is something else now: corrected, curated, retired, or loaded from another release."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import transaction

from athletes.services.locking import lock_athletes
from athletes.services.versions import raise_profile_version
from nutrition_site.kernel.clock import now
from planning.models import MealPlan, PlanItem
from planning.services.plans import MAX_DAYS, with_contents
from planning.services.revisions import FOLLOWED
from planning.services.standing import refused_items

BATCH = 100
# No plan takes longer to store, once it is solved.
LONGEST_STORING = timedelta(minutes=1)


@transaction.atomic
def follow_changed_dishes(recipe_ids: Collection[str]) -> int:
    """Lets every plan follow whose athlete may not eat one of these dishes any more, or who would get something else
    than was planned; returns how many plans. To be called where the dishes change, in the same transaction.

    The plan is out of date from then on, as after a new allergy, and looked at again even where it was declined before.
    A plan that was stored meanwhile, from the dishes as they were, is seen by a second look after the commit.
    """
    began = now() - LONGEST_STORING
    found = _follow(dict(_touched(recipe_ids)))
    transaction.on_commit(partial(_look_again, tuple(recipe_ids), stored_since=began, but=found), robust=True)
    return len(found)


def _look_again(recipe_ids: Collection[str], *, stored_since: datetime, but: Collection[str]) -> None:
    stored = MealPlan.objects.filter(pk__in=_holding(recipe_ids), verified_at__gte=stored_since).exclude(pk__in=but)
    fresh = list(stored.order_by("pk").values_list("pk", flat=True))
    if fresh:
        _follow(dict(_touched(recipe_ids, fresh)))


@transaction.atomic
def _follow(touched: Mapping[str, str]) -> frozenset[str]:
    """Lets these plans follow, (plan, athlete); returns the ids of those that are there."""
    # First of all who they are of: a coach's deed holds the athlete, and then wants the plan.
    lock_athletes(touched.values())
    plans = list(MealPlan.objects.select_for_update().filter(pk__in=touched).only("request").order_by("pk"))
    for plan in plans:
        kept = {name: value for name, value in plan.request.items() if name != FOLLOWED}
        MealPlan.objects.filter(pk=plan.pk).update(request=kept)
    for athlete_id in sorted({touched[plan.pk] for plan in plans}):
        raise_profile_version(athlete_id)
    return frozenset(plan.pk for plan in plans)


def count_plans_ahead(recipe_ids: Collection[str]) -> int:
    """How many plans that are not over hold one of these dishes; of nobody by name."""
    return len(_holding(recipe_ids))


def _touched(recipe_ids: Collection[str], among: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """(plan, athlete) of plans of which a meal still to come is refused now because of one of these dishes."""
    wanted, plans = set(recipe_ids), _holding(recipe_ids) if among is None else among
    for start in range(0, len(plans), BATCH):
        for plan in with_contents(MealPlan.objects.filter(pk__in=plans[start : start + BATCH])):
            if any(item.recipe_id in wanted for item in refused_items(plan.athlete, plan)):
                yield plan.pk, plan.athlete_id


def _holding(recipe_ids: Collection[str]) -> list[str]:
    """The ids of verified plans that are not over anywhere on earth and hold one of these dishes."""
    earliest = now().astimezone(UTC).date() - timedelta(days=1)
    items = PlanItem.objects.filter(
        recipe__in=list(recipe_ids),
        date__gte=earliest,
        revision__plan__week_start__gt=earliest - timedelta(days=MAX_DAYS),
    )
    current = items.filter(revision__state="current").values("revision__plan")
    return list(MealPlan.objects.verified().filter(pk__in=current).order_by("pk").values_list("pk", flat=True))
