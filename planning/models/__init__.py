"""What to eat, and why: foods, recipes, meal plans with their revisions, shopping lists, preferences."""

from planning.models.catalogue import CatalogueRelease, Food, Recipe, RecipeIngredient
from planning.models.coaching import CoachBound, CoachNote, CoachTemplate
from planning.models.curation import CurationChange
from planning.models.feeds import FeedEntry, OutgoingFeed
from planning.models.log import LogEntry
from planning.models.plans import MealPlan, PlanItem, PlanRevision
from planning.models.preferences import DishOpinion, ExpenditureEstimate, PlanningRules
from planning.models.races import RacePlan
from planning.models.shopping import (
    FoodMeasure,
    Kitchen,
    PantryItem,
    PantryMove,
    ShoppingItem,
    ShoppingList,
    ShoppingShare,
)

__all__ = [
    "CatalogueRelease",
    "CoachBound",
    "CoachNote",
    "CoachTemplate",
    "CurationChange",
    "DishOpinion",
    "ExpenditureEstimate",
    "FeedEntry",
    "Food",
    "FoodMeasure",
    "Kitchen",
    "LogEntry",
    "MealPlan",
    "OutgoingFeed",
    "PantryItem",
    "PantryMove",
    "PlanItem",
    "PlanRevision",
    "PlanningRules",
    "RacePlan",
    "Recipe",
    "RecipeIngredient",
    "ShoppingItem",
    "ShoppingList",
    "ShoppingShare",
]
