"""What an athlete thinks of dishes: favorites and ratings, and how they shift what is planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from athletes.services.profile import update_athlete
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.models import DishOpinion, Recipe

RATINGS = (1, 5)
# Preference (0 to 1) that a rating stands for; an average one says nothing beyond the athlete's cuisines.
BY_RATING = {1: 0.05, 2: 0.25, 4: 0.75, 5: 0.9}
FAVORITE = 0.95
BOTH = 1.0
# A dislike is matched as a part of names; longer ones are not stored.
DISLIKE_LENGTH = 80


def opinions_of(athlete: Athlete) -> dict[str, DishOpinion]:
    """The athlete's opinions by family of dishes."""
    return {opinion.family: opinion for opinion in DishOpinion.objects.filter(athlete_id=athlete.pk)}


def preference_with(opinion: DishOpinion | None, otherwise: float) -> float:
    """How gladly (0 to 1) a dish is eaten by somebody with this opinion of it; `otherwise` without one."""
    if opinion is None:
        return otherwise
    if opinion.favorite:
        return BOTH if opinion.rating == RATINGS[1] else max(FAVORITE, otherwise)
    return otherwise if opinion.rating is None else BY_RATING.get(opinion.rating, otherwise)


@transaction.atomic
def set_opinion(*, athlete: Athlete, recipe: Recipe, values: Mapping[str, Any], by: User) -> DishOpinion | None:
    """Says what the athlete thinks of a dish and its variants: `favorite`, `rating` (1 to 5 or None), or both.

    What was not sent stays. An opinion that says nothing is removed and None returned. Raises InvalidInput.
    """
    rating = values.get("rating")
    if rating is not None and not RATINGS[0] <= rating <= RATINGS[1]:
        raise InvalidInput.of(
            "rating", _("Must be from %(low)s to %(high)s.") % {"low": RATINGS[0], "high": RATINGS[1]}
        )
    known = {name: values[name] for name in ("favorite", "rating") if name in values}
    opinion, _created = DishOpinion.objects.update_or_create(athlete=athlete, family=recipe.family, defaults=known)
    record_audit(verb="dish.rated", by=by, object_id=recipe.pk, athlete_id=athlete.pk, fields=sorted(known))
    if not opinion.favorite and opinion.rating is None:
        opinion.delete()
        return None
    return opinion


@transaction.atomic
def forget_opinion(*, athlete: Athlete, recipe: Recipe, by: User) -> None:
    """Takes the opinion of a dish back. Raises NotFound where there is none."""
    deleted, _rows = DishOpinion.objects.filter(athlete=athlete, family=recipe.family).delete()
    if not deleted:
        raise NotFound(_("You have said nothing about this dish."))
    record_audit(verb="dish.forgotten", by=by, object_id=recipe.pk, athlete_id=athlete.pk)


@transaction.atomic
def never_again(*, athlete: Athlete, recipe: Recipe, by: User) -> Athlete:
    """Puts the dish among the athlete's dislikes, so that no plan holds it any more; plans with it are out of date."""
    name = recipe.name.lower()[:DISLIKE_LENGTH]
    if any(name == dislike.strip().lower() for dislike in athlete.dislikes):
        return athlete
    return update_athlete(by=by, athlete=athlete, values={"dislikes": [*athlete.dislikes, name]})


def opinion_document(opinion: DishOpinion | None, recipe: Recipe) -> dict[str, Any]:
    """What is thought of a dish, and the preference that follows."""
    return {
        "recipe_id": recipe.pk,
        "family": recipe.family,
        "name": recipe.name,
        "favorite": bool(opinion and opinion.favorite),
        "rating": opinion.rating if opinion else None,
    }
