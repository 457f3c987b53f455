"""Planning's part of `/v1`."""

from django.urls import path

from planning.api import (
    catalogue,
    expenditure,
    feeds,
    load,
    log,
    nutrients,
    own,
    pantry,
    plans,
    preferences,
    proposals,
    shopping,
    targets,
)

ATHLETE = "athletes/<str:athlete_id>"
PLAN = f"{ATHLETE}/meal-plans/<str:plan_id>"
LIST = f"{ATHLETE}/shopping-lists/<str:list_id>"

urlpatterns = [
    path(f"{ATHLETE}/targets", targets.TargetsOperation.as_view()),
    path(f"{ATHLETE}/load", load.LoadOperation.as_view()),
    path(f"{ATHLETE}/log", log.LogOperation.as_view()),
    path(f"{ATHLETE}/log/<str:entry_id>", log.LogEntryOperation.as_view()),
    path(f"{ATHLETE}/micronutrients", nutrients.MicronutrientsOperation.as_view()),
    path(f"{ATHLETE}/expenditure", expenditure.ExpenditureOperation.as_view()),
    path(f"{ATHLETE}/meal-plans", plans.MealPlansOperation.as_view()),
    path(PLAN, plans.MealPlanOperation.as_view()),
    path(f"{PLAN}/resolve", plans.ResolveOperation.as_view()),
    path(f"{PLAN}/catch-up", plans.CatchUpOperation.as_view()),
    path(f"{PLAN}/swap", plans.SwapOperation.as_view()),
    path(f"{PLAN}/certificate", plans.CertificateOperation.as_view()),
    path(f"{PLAN}/diff", plans.DiffOperation.as_view()),
    path(f"{PLAN}/proposal/accept", proposals.AcceptOperation.as_view()),
    path(f"{PLAN}/proposal/decline", proposals.DeclineOperation.as_view()),
    path(f"{PLAN}/items/<str:item_id>", plans.PlanItemOperation.as_view()),
    path(f"{ATHLETE}/shopping-lists", shopping.ShoppingListsOperation.as_view()),
    path(LIST, shopping.ShoppingListOperation.as_view()),
    path(f"{LIST}/renew", shopping.RenewListOperation.as_view()),
    path(f"{LIST}/items", shopping.ShoppingItemsOperation.as_view()),
    path(f"{LIST}/items/<str:item_id>", shopping.ShoppingItemOperation.as_view()),
    path(f"{LIST}/shares", shopping.SharesOperation.as_view()),
    path(f"{LIST}/shares/<str:share_id>", shopping.ShareOperation.as_view()),
    path(f"{ATHLETE}/kitchen", shopping.KitchenOperation.as_view()),
    path(f"{ATHLETE}/pantry", pantry.PantryOperation.as_view()),
    path(f"{ATHLETE}/pantry/<str:pantry_id>", pantry.PantryItemOperation.as_view()),
    path(f"{ATHLETE}/measures/<str:food_id>", pantry.MeasureOperation.as_view()),
    path(f"{ATHLETE}/foods", own.OwnFoodsOperation.as_view()),
    path(f"{ATHLETE}/foods/<str:food_id>", own.OwnFoodOperation.as_view()),
    path(f"{ATHLETE}/recipes", own.OwnRecipesOperation.as_view()),
    path(f"{ATHLETE}/recipes/import", own.RecipeImportOperation.as_view()),
    path(f"{ATHLETE}/recipes/<str:recipe_id>", own.OwnRecipeOperation.as_view()),
    path("quantities/parse", own.QuantityOperation.as_view()),
    path(f"{ATHLETE}/feed", feeds.FeedOperation.as_view()),
    path(f"{ATHLETE}/planning-rules", preferences.PlanningRulesOperation.as_view()),
    path(f"{ATHLETE}/opinions", preferences.OpinionsOperation.as_view()),
    path(f"{ATHLETE}/opinions/<str:recipe_id>", preferences.OpinionOperation.as_view()),
    path("foods", catalogue.FoodsOperation.as_view()),
    path("foods/<str:food_id>", catalogue.FoodOperation.as_view()),
    path("recipes", catalogue.RecipesOperation.as_view()),
    path("recipes/<str:recipe_id>", catalogue.RecipeOperation.as_view()),
    path("calculate/targets", targets.CalculateTargetsOperation.as_view()),
    path("calculate/race", targets.CalculateRaceOperation.as_view()),
]
