"""The independent check of a meal plan, from foods and grams alone.

It shares nothing with the solver: no types, no arrays, no rounding. Whoever holds the foods, the recipes, the day's
requirement and the plan can repeat it. A plan is stored only when `check_plan` says ok.

Amounts are exact floats: servings x grams_per_serving x nutrients per 100 g. Unknown is None. An unknown allergen
counts as present. A dish with unknown energy, protein, carbohydrate or fat cannot be checked and is a violation.
Unknown fiber or sodium adds nothing, and the row's `coverage` says how much of the day's energy is known.
"""

from planning.checker.checks import check_plan
from planning.checker.types import (
    Certificate,
    CheckBefore,
    CheckDay,
    CheckFood,
    CheckItem,
    CheckLock,
    CheckRecipe,
    CheckSlot,
    Filters,
    Row,
    Violation,
    WeekRules,
)

__all__ = [
    "Certificate",
    "CheckBefore",
    "CheckDay",
    "CheckFood",
    "CheckItem",
    "CheckLock",
    "CheckRecipe",
    "CheckSlot",
    "Filters",
    "Row",
    "Violation",
    "WeekRules",
    "check_plan",
]
