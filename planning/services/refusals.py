"""A refusal fitted to its athlete: the diets, allergies and dislikes it rests on, and only offers they may be made.

The search itself sees neither: it knows the dishes that are left and what each day asks for.
"""

from __future__ import annotations

import time
from dataclasses import replace

from athletes.models import Athlete
from planning import mapping
from planning.catalogue.tags import refusal_reasons
from planning.models import Recipe
from planning.optimizer.conflicts import name_foods
from planning.optimizer.empty import find_empty_slots
from planning.optimizer.hashing import derive_seed
from planning.optimizer.scopes import Withheld
from planning.optimizer.types import Infeasible
from planning.optimizer.words import Member
from planning.services.choice import Catalogue, dish_tags, is_disliked, largest_serving
from planning.services.concessions import EATING_LESS
from planning.services.inputs import PlanInputs
from planning.services.offsets import may_follow_offset

NAMING_SECONDS = 4.0
NEUTRAL = 0.5
# Offers that let somebody eat less energy or protein than their targets ask for.


def name_food_rules(inputs: PlanInputs, outcome: Infeasible, *, seconds: float = NAMING_SECONDS) -> Infeasible:
    """The refusal with every food rule in its conflicts that they would not exist without.

    A conflict that has nothing to do with diets, allergies or dislikes stays as it is. When the seconds are over, what
    is left stays as it is too.
    """
    withheld = withheld_dishes(inputs.athlete, inputs.catalogue, {dish.key for dish in inputs.problem.dishes})
    if not withheld or outcome.reason == "not_found":
        return outcome
    deadline = time.monotonic() + seconds
    if outcome.reason == "empty_slot":
        conflicts, certain = find_empty_slots(inputs.problem, deadline=deadline, withheld=withheld)
        return replace(outcome, conflicts=conflicts) if certain else outcome
    seed = derive_seed(inputs.problem)
    return replace(
        outcome,
        conflicts=tuple(
            name_foods(inputs.problem, conflict, withheld, seed=seed, deadline=deadline)
            for conflict in outcome.conflicts
        ),
    )


def drop_unsafe_offers(inputs: PlanInputs, outcome: Infeasible) -> Infeasible:
    """The refusal without offers that lower energy or protein, unless the athlete is known to be free to do so.

    Minors, unknown ages, pregnancy, breastfeeding and a stated eating disorder keep their targets whole.
    """
    if may_follow_offset(inputs.athlete, on=inputs.days[0].date):
        return outcome
    kept = tuple(
        offer for offer in outcome.relaxations if not EATING_LESS & {part.kind for part in offer.parts or (offer,)}
    )
    return replace(outcome, relaxations=kept)


def withheld_dishes(athlete: Athlete, catalogue: Catalogue, offered: set[str]) -> list[Withheld]:
    """The active dishes that are not offered, each with every food rule of the athlete that keeps it away."""
    found = []
    for recipe in catalogue.recipes.values():
        if recipe.pk in offered or not recipe.active or not catalogue.lines[recipe.pk]:
            continue
        reasons = food_rules_against(recipe, athlete, catalogue)
        if reasons:
            ingredients = frozenset(line.food_id for line in catalogue.lines[recipe.pk])
            found.append(Withheld(mapping.dish(recipe, preference=NEUTRAL, ingredient_ids=ingredients), reasons))
    return found


def food_rules_against(recipe: Recipe, athlete: Athlete, catalogue: Catalogue) -> frozenset[Member]:
    """(`diet`, name), (`allergy`, name) and (`dislike`, word) of the athlete that this dish breaks."""
    refusals = refusal_reasons(dish_tags(recipe), allergies=athlete.allergies, diets=athlete.dietary_preferences)
    members: set[Member] = {("allergy" if one.kind == "allergen" else one.kind, one.name) for one in refusals}
    named = catalogue.named(recipe.pk)
    members |= {("dislike", word) for word in athlete.dislikes if is_disliked(named, [word])}
    # Low in FODMAPs is a matter of the portion: elsewhere the largest serving is the recipe's own.
    if largest_serving(recipe, athlete, catalogue) < recipe.min_quarters:
        members.add(("diet", "low-fodmap"))
    return frozenset(members)
