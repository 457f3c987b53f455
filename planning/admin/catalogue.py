"""Foods and recipes for those who look after them: read by staff, curated by dietitians over the services."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from unfold.admin import TabularInline

from athletes.admin.scope import CatalogueAdmin, ReadOnly
from planning.admin.curation import Curated
from planning.admin.curation_forms import FoodForm, RecipeForm
from planning.models import CatalogueRelease, Food, Recipe, RecipeIngredient
from planning.services.curation_foods import nutrient_label


def _listed(words: Any) -> str:
    return ", ".join(str(word).replace("_", " ") for word in words)


def _stated(allergens: dict[str, str]) -> str:
    """ "milk: contains, tree nuts: may contain"; what is free or unknown is left out."""
    named = {name: word for name, word in allergens.items() if word in ("contains", "may_contain")}
    return ", ".join(f"{name.replace('_', ' ')}: {word.replace('_', ' ')}" for name, word in sorted(named.items()))


class Missing(admin.SimpleListFilter):
    """What a curator still has to find out: foods that plans use and of which something is not known."""

    title = "To review"
    parameter_name = "missing"
    questions = {
        "nutrients": (
            "Energy or a macronutrient unknown",
            Q(energy_kcal=None) | Q(protein_g=None) | Q(carbs_g=None) | Q(fat_g=None),
        ),
        "allergens": ("Allergens unknown", Q(allergens={})),
        "price": ("Price unknown", Q(price_minor_per_kg=None)),
        "aisle": ("No aisle", Q(aisle="")),
        "fiber_sodium": ("Fiber or sodium unknown", Q(fiber_g=None) | Q(sodium_mg=None)),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, words) for name, (words, _) in self.questions.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.questions.get(self.value() or "")
        return queryset if asked is None else queryset.filter(asked[1], core=True)


def review_counts() -> list[tuple[str, int, str]]:
    """(question, how many foods of the kitchen, address of the list); questions without foods are left out."""
    listing = reverse("admin:planning_food_changelist")
    counted = Food.objects.filter(owner=None, core=True).aggregate(
        **{name: Count("pk", filter=asked) for name, (_, asked) in Missing.questions.items()}
    )
    return [
        (words, counted[name], f"{listing}?{Missing.parameter_name}={name}")
        for name, (words, _) in Missing.questions.items()
        if counted[name]
    ]


@admin.register(Food)
class FoodAdmin(Curated):
    """Nutrients per 100 g. An empty value is unknown, not zero."""

    curation_form = FoodForm
    key_field = "code"
    list_display = ("name", "core", "energy_kcal", "protein_g", "carbs_g", "fat_g", "aisle", "source")
    list_filter = (Missing, "core", "source", "aisle", "group")
    search_fields = ("name", "common_name", "code")
    ordering = ("-core", "name", "pk")
    fieldsets = (
        (None, {"fields": ("name", "common_name", "code", "core", "source", "group", "state", "aisle")}),
        ("Nutrients per 100 g", {"fields": ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")}),
        ("Review", {"fields": ("allergen_words", "tag_words", "refuse_pct", "density_g_per_ml", "price_minor_per_kg")}),
    )

    def about(self, row: Food) -> list[tuple[str, str]]:
        kept = "reviewed, dishes are made of it" if row.core else "reference table: only what it consists of is curated"
        return [("Code", row.code), ("Source", row.source), ("Part of the catalogue", kept)]

    @admin.display(description="Allergens")
    def allergen_words(self, food: Food) -> str:
        return _stated(food.allergens)

    @admin.display(description="Origin")
    def tag_words(self, food: Food) -> str:
        return _listed(food.tags)


class IngredientInline(ReadOnly, TabularInline):
    """Grams of each food in one serving."""

    model = RecipeIngredient
    fields = ("food", "grams_per_serving", "show", "to_taste")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("food")


@admin.register(Recipe)
class RecipeAdmin(Curated):
    """Dishes that plans may serve. Nutrients, allergens and diets are computed from the ingredients."""

    curation_form = RecipeForm
    key_field = "slug"
    list_display = ("name", "kind", "family", "slot_words", "cuisine", "hands_on_minutes", "active")
    list_filter = ("active", "kind", "cuisine")
    search_fields = ("name", "slug", "family")
    ordering = ("family", "kind", "name", "pk")
    inlines = (IngredientInline,)
    fieldsets = (
        (None, {"fields": ("name", "slug", "family", "kind", "active", "slot_words", "cuisine")}),
        ("Serving", {"fields": ("min_quarters", "max_quarters", "yield_g", "cost_minor", "nutrient_words")}),
        ("Kitchen", {"fields": ("prep_minutes", "cook_minutes", "hands_on_minutes", "batchable", "step_words")}),
        ("Safety", {"fields": ("allergen_words", "diet_words", "tag_words")}),
    )

    def about(self, row: Recipe) -> list[tuple[str, str]]:
        return [
            ("Nutrients of a serving", self.nutrient_words(row)),
            ("Allergens", self.allergen_words(row) or "none"),
            ("Diets", self.diet_words(row) or "none"),
            ("Tags", self.tag_words(row)),
        ]

    @admin.display(description="Meals")
    def slot_words(self, recipe: Recipe) -> str:
        return _listed(recipe.slots)

    @admin.display(description="Nutrients per serving")
    def nutrient_words(self, recipe: Recipe) -> str:
        shown = ("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg")
        known = [(name, recipe.nutrients.get(name)) for name in shown]
        return "; ".join(f"{nutrient_label(name)}: {value:.4g}" for name, value in known if value is not None)

    @admin.display(description="Method")
    def step_words(self, recipe: Recipe) -> str:
        return " ".join(str(step) for step in recipe.method)

    @admin.display(description="Allergens")
    def allergen_words(self, recipe: Recipe) -> str:
        return _stated(recipe.allergens)

    @admin.display(description="Diets")
    def diet_words(self, recipe: Recipe) -> str:
        return _listed(recipe.diets)

    @admin.display(description="Tags")
    def tag_words(self, recipe: Recipe) -> str:
        return _listed(recipe.tags)


@admin.register(CatalogueRelease)
class CatalogueReleaseAdmin(CatalogueAdmin):
    """The state of the built-in catalogue as it was last loaded."""

    list_display = ("name", "version", "loaded_at")
