"""The pages of planning."""

from django.urls import path

from planning.views import plans, recipes, shopping, swaps, today, week

urlpatterns = [
    path("today", today.today, name="today"),
    path("week", week.week, name="week"),
    path("week/<str:day>", week.week, name="week"),
    path("day/<str:day>", today.day, name="day"),
    path("day/<str:day>/<str:item_id>/mark", today.mark, name="day_mark"),
    path("day/<str:day>/<str:item_id>/swap", swaps.swap, name="swap"),
    path("start/plan", plans.start_plan, name="start_plan"),
    path("plans/<str:plan_id>/again", plans.plan_resolve, name="week_resolve"),
    path("plans/<str:plan_id>/checked", plans.week_checked, name="week_checked"),
    path("recipes", recipes.recipes, name="recipes"),
    path("recipes/<str:recipe_id>", recipes.recipe, name="recipe"),
    path("shopping", shopping.shopping, name="shopping"),
    path("shopping/<str:list_id>", shopping.shopping_list, name="shopping_list"),
    path("shopping/<str:list_id>/ticks", shopping.shopping_ticks, name="shopping_ticks"),
    path("shopping/<str:list_id>/renew", shopping.shopping_renew, name="shopping_renew"),
    path("shopping/<str:list_id>/delete", shopping.shopping_delete, name="shopping_delete"),
    path("shopping/<str:list_id>/<str:item_id>", shopping.shopping_item, name="shopping_item"),
]
