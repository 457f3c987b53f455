"""Planning's part of `/v1`."""

from django.urls import path

from planning.api import catalogue, plans, shopping, targets

ATHLETE = "athletes/<str:athlete_id>"
PLAN = f"{ATHLETE}/meal-plans/<str:plan_id>"
LIST = f"{ATHLETE}/shopping-lists/<str:list_id>"

urlpatterns = [
    path(f"{ATHLETE}/targets", targets.TargetsOperation.as_view()),
    path(f"{ATHLETE}/meal-plans", plans.MealPlansOperation.as_view()),
    path(PLAN, plans.MealPlanOperation.as_view()),
    path(f"{PLAN}/resolve", plans.ResolveOperation.as_view()),
    path(f"{PLAN}/swap", plans.SwapOperation.as_view()),
    path(f"{PLAN}/certificate", plans.CertificateOperation.as_view()),
    path(f"{PLAN}/diff", plans.DiffOperation.as_view()),
    path(f"{PLAN}/items/<str:item_id>", plans.PlanItemOperation.as_view()),
    path(f"{ATHLETE}/shopping-lists", shopping.ShoppingListsOperation.as_view()),
    path(LIST, shopping.ShoppingListOperation.as_view()),
    path(f"{LIST}/items/<str:item_id>", shopping.ShoppingItemOperation.as_view()),
    path("foods", catalogue.FoodsOperation.as_view()),
    path("foods/<str:food_id>", catalogue.FoodOperation.as_view()),
    path("recipes", catalogue.RecipesOperation.as_view()),
    path("recipes/<str:recipe_id>", catalogue.RecipeOperation.as_view()),
    path("calculate/targets", targets.CalculateTargetsOperation.as_view()),
    path("calculate/race", targets.CalculateRaceOperation.as_view()),
]
