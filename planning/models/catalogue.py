"""Foods and recipes: the built-in catalogue, and what athletes add for themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nutrition_site.kernel.fields import IdField
from planning import querysets


class CatalogueRelease(models.Model):
    """The state of the built-in catalogue as it was last loaded; its version is part of every plan's inputs."""

    name = models.CharField(max_length=40, primary_key=True)
    version = models.CharField(max_length=80)
    loaded_at = models.DateTimeField(auto_now=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Food(models.Model):
    """One food. Nutrients are per 100 g edible portion; a missing nutrient is unknown, not zero.

    `core` foods are hand-reviewed and are the only ones that the built-in recipes use. `allergens` maps each canonical
    id to contains, may_contain, free or unknown; an absent id is unknown. A food with an `owner` is that athlete's own
    and nobody else's.
    """

    id = IdField("fod")
    owner = models.ForeignKey(
        "athletes.Athlete", on_delete=models.CASCADE, null=True, blank=True, related_name="own_foods"
    )
    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=250)
    common_name = models.CharField(max_length=250, blank=True)
    group = models.CharField(max_length=80, blank=True)
    core = models.BooleanField(default=False)
    source = models.CharField(max_length=20, default="sr28")
    energy_kcal = models.FloatField(null=True)
    protein_g = models.FloatField(null=True)
    carbs_g = models.FloatField(null=True)
    fat_g = models.FloatField(null=True)
    fiber_g = models.FloatField(null=True)
    sodium_mg = models.FloatField(null=True)
    nutrients = models.JSONField(default=dict)
    portions = models.JSONField(default=list)
    allergens = models.JSONField(default=dict)
    tags = models.JSONField(default=list)
    aisle = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, blank=True)
    refuse_pct = models.FloatField(null=True)
    density_g_per_ml = models.FloatField(null=True)
    shopping = models.JSONField(default=dict)
    price_minor_per_kg = models.PositiveIntegerField(null=True)
    search_text = models.CharField(max_length=600, blank=True)
    # GTIN of 8 to 14 digits of a packaged food that an athlete entered.
    barcode = models.CharField(max_length=14, blank=True)

    objects = querysets.FoodQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["core", "name"], name="food_core_name")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "barcode"], condition=~Q(barcode=""), name="food_barcode_once")
        ]

    def __str__(self) -> str:
        return self.name


class Recipe(models.Model):
    """One dish that a plan may serve: a base recipe, a swap variant of one, or a single food.

    Nutrients, allergens and diets are computed from the ingredients, never typed. A recipe with an `owner` is that
    athlete's own and nobody else's.
    """

    class Kind(models.TextChoices):
        BASE = "base"
        VARIANT = "variant"
        FOOD = "food"
        OWN = "own"

    id = IdField("rcp")
    owner = models.ForeignKey(
        "athletes.Athlete", on_delete=models.CASCADE, null=True, blank=True, related_name="own_recipes"
    )
    slug = models.CharField(max_length=120, unique=True)
    family = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.BASE)
    name = models.CharField(max_length=200)
    slots = models.JSONField(default=list)
    cuisine = models.CharField(max_length=40, blank=True)
    min_quarters = models.PositiveSmallIntegerField(default=2)
    max_quarters = models.PositiveSmallIntegerField(default=10)
    # Servings go in steps of this many quarters: 4 for what is only served whole, 2 for halves.
    step_quarters = models.PositiveSmallIntegerField(default=1)
    prep_minutes = models.PositiveSmallIntegerField(default=0)
    cook_minutes = models.PositiveSmallIntegerField(default=0)
    hands_on_minutes = models.PositiveSmallIntegerField(default=0)
    batchable = models.BooleanField(default=False)
    keeps = models.JSONField(default=dict)
    equipment = models.JSONField(default=list)
    method = models.JSONField(default=list)
    nutrients = models.JSONField(default=dict)
    nutrient_coverage = models.JSONField(default=dict)
    allergens = models.JSONField(default=dict)
    diets = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    cost_minor = models.PositiveIntegerField(null=True)
    yield_g = models.FloatField(null=True)
    active = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)

    objects = querysets.RecipeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RecipeIngredient(models.Model):
    """Grams of one food in one serving, edible, in the state the food row names."""

    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE, related_name="ingredients")
    food = models.ForeignKey(Food, on_delete=models.RESTRICT, related_name="used_in")
    position = models.PositiveSmallIntegerField()
    grams_per_serving = models.FloatField()
    show = models.CharField(max_length=200, blank=True)
    to_taste = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["recipe", "position"], name="ingredient_position")]

    def __str__(self) -> str:
        return f"{self.grams_per_serving} g {self.food_id}"
