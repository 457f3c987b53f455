"""Plans that hold a dish which is something else now: corrected, curated, retired, or loaded from another release."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, timedelta

from django.db import transaction

from athletes.services.locking import lock_athletes
from athletes.services.versions import raise_profile_version
from nutrition_site.kernel.clock import now
from planning.models import MealPlan, PlanItem
from planning.services.plans import MAX_DAYS, with_contents
from planning.services.revisions import FOLLOWED
from planning.services.standing import refused_items

BATCH = 100


@transaction.atomic
def follow_changed_dishes(recipe_ids: Collection[str]) -> int:
    """Lets every plan follow whose athlete may not eat one of these dishes any more, or who would get something else
    than was planned; returns how many plans. To be called where the dishes change, in the same transaction.

    The plan is out of date from then on, as after a new allergy, and looked at again even where it was declined before.
    """
    touched = dict(_touched(recipe_ids))
    # First of all who they are of: a coach's deed holds the athlete, and then wants the plan.
    lock_athletes(touched.values())
    plans = list(MealPlan.objects.select_for_update().filter(pk__in=touched).only("request").order_by("pk"))
    for plan in plans:
        kept = {name: value for name, value in plan.request.items() if name != FOLLOWED}
        MealPlan.objects.filter(pk=plan.pk).update(request=kept)
    for athlete_id in sorted({touched[plan.pk] for plan in plans}):
        raise_profile_version(athlete_id)
    return len(plans)


def count_plans_ahead(recipe_ids: Collection[str]) -> int:
    """How many plans that are not over hold one of these dishes; of nobody by name."""
    return len(_holding(recipe_ids))


def _touched(recipe_ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """(plan, athlete) of plans of which a meal still to come is refused now because of one of these dishes."""
    wanted, plans = set(recipe_ids), _holding(recipe_ids)
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
