"""Which pages a device keeps for when it has no connection."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from athletes.models import Athlete
from nutrition_site.kernel.clock import now, today
from nutrition_site.pages import athlete_page
from planning.models import ShoppingList
from planning.views.reading import is_withheld, read_days

MAX_LISTS = 3
MAX_RECIPES = 30
WEEK_DAYS = 7


@athlete_page
@require_safe
def offline_pages(request: Any) -> HttpResponse:
    """`{"account", "pages": [{"url", "mark"}]}`: today, the open lists, and the dishes of the next seven days.

    A page whose mark has not changed need not be fetched again.
    """
    athlete: Athlete = request.athlete
    day = today(athlete.zones)
    # What changes how every page reads.
    mark = f"{day}:{request.LANGUAGE_CODE}:{athlete.profile_version}:{is_withheld(athlete):d}"
    pages = [{"url": reverse("today"), "mark": f"{mark}:{now():%H%M}"}]
    for row in ShoppingList.objects.filter(athlete=athlete, last_day__gte=day).order_by("first_day", F("pk").desc())[
        :MAX_LISTS
    ]:
        pages.append({"url": reverse("shopping_list", args=[row.pk]), "mark": f"{mark}:{row.revision}:{now():%H}"})
    pages += [{"url": url, "mark": mark} for url in _recipe_urls(athlete)]
    return JsonResponse({"account": request.user.pk, "pages": pages})


def _recipe_urls(athlete: Athlete) -> list[str]:
    """The dishes as the pages of the week link to them: for as many servings as are cooked. Earlier meals first."""
    day = today(athlete.zones)
    standing = read_days(athlete, day, day + timedelta(days=WEEK_DAYS - 1))
    found: dict[str, None] = {}
    for _, food in sorted(standing.days.items()):
        for meal in food.meals:
            servings = meal.cook_servings if meal.eaten_later else meal.servings
            found[f"{reverse('recipe', args=[meal.item.recipe_id])}?servings={servings:g}"] = None
    return list(found)[:MAX_RECIPES]
