"""What to eat, and why: foods, recipes, meal plans with their revisions, shopping lists."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from nutrition_site.kernel.fields import IdField

from . import querysets


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

    `core` foods are hand-reviewed and are the only ones that recipes use. `allergens` maps each canonical id to
    contains, may_contain, free or unknown; an absent id is unknown.
    """

    id = IdField("fod")
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

    objects = querysets.FoodQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["core", "name"], name="food_core_name")]

    def __str__(self) -> str:
        return self.name


class Recipe(models.Model):
    """One dish that a plan may serve: a base recipe, a swap variant of one, or a single food.

    Nutrients, allergens and diets are computed from the ingredients when the catalogue is loaded, never typed.
    """

    class Kind(models.TextChoices):
        BASE = "base"
        VARIANT = "variant"
        FOOD = "food"

    id = IdField("rcp")
    slug = models.CharField(max_length=120, unique=True)
    family = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.BASE)
    name = models.CharField(max_length=200)
    slots = models.JSONField(default=list)
    cuisine = models.CharField(max_length=40, blank=True)
    min_quarters = models.PositiveSmallIntegerField(default=2)
    max_quarters = models.PositiveSmallIntegerField(default=10)
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

    objects = querysets.RecipeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RecipeIngredient(models.Model):
    """Grams of one food in one serving, edible, in the state the food row names."""

    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE, related_name="ingredients")
    food = models.ForeignKey(Food, on_delete=models.PROTECT, related_name="used_in")
    position = models.PositiveSmallIntegerField()
    grams_per_serving = models.FloatField()
    show = models.CharField(max_length=200, blank=True)
    to_taste = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["recipe", "position"], name="ingredient_position")]

    def __str__(self) -> str:
        return f"{self.grams_per_serving} g {self.food_id}"


class MealPlan(models.Model):
    """A plan for one to fourteen days. Its content lives in revisions; one of them is current."""

    class Status(models.TextChoices):
        SOLVING = "solving"
        VERIFIED = "verified"
        INFEASIBLE = "infeasible"
        FAILED = "failed"

    id = IdField("mpl")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="meal_plans")
    week_start = models.DateField()
    days = models.PositiveSmallIntegerField(default=7)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.SOLVING)
    revision = models.PositiveIntegerField(default=0)
    current = models.OneToOneField(
        "PlanRevision", on_delete=models.SET_NULL, null=True, blank=True, related_name="current_of"
    )
    request = models.JSONField(default=dict)
    progress = models.JSONField(default=dict, blank=True)
    refusal = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.MealPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["athlete", "week_start"], name="plan_athlete_week")]

    def __str__(self) -> str:
        return f"{self.week_start} {self.status}"

    @property
    def last_day(self) -> date:
        return self.week_start + timedelta(days=self.days - 1)


class PlanRevision(models.Model):
    """An immutable state of a plan: targets, meals, certificate, and the inputs they were made from."""

    class State(models.TextChoices):
        CURRENT = "current"
        PROPOSED = "proposed"
        PAST = "past"
        DECLINED = "declined"

    id = IdField("rev")
    plan = models.ForeignKey(MealPlan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.CURRENT)
    reason = models.CharField(max_length=40, default="created")
    # One object per day: date, training_event, target, totals, warnings.
    days = models.JSONField(default=list)
    inputs_hash = models.CharField(max_length=80)
    engine = models.JSONField(default=dict)
    optimality = models.JSONField(default=dict)
    certificate = models.JSONField(default=dict)
    diff = models.JSONField(null=True, blank=True)
    training_version = models.PositiveIntegerField()
    profile_version = models.PositiveIntegerField()
    catalogue_version = models.CharField(max_length=80)
    training_data_as_of = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_number_per_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} r{self.number}"


class PlanItem(models.Model):
    """One dish on one day. `quarters` are quarter servings; grams are exactly quarters / 4 × grams per serving."""

    class Status(models.TextChoices):
        PLANNED = "planned"
        EATEN = "eaten"
        SKIPPED = "skipped"

    id = IdField("itm")
    revision = models.ForeignKey(PlanRevision, on_delete=models.CASCADE, related_name="items")
    date = models.DateField()
    slot = models.CharField(max_length=10)
    index = models.PositiveSmallIntegerField(default=0)
    time = models.CharField(max_length=5)
    recipe = models.ForeignKey(Recipe, on_delete=models.PROTECT, related_name="plan_items")
    quarters = models.PositiveSmallIntegerField()
    nutrients = models.JSONField(default=dict)
    leftover_of = models.JSONField(null=True, blank=True)
    locked = models.BooleanField(default=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PLANNED)

    class Meta:
        ordering = ["date", "time", "slot", "index"]
        constraints = [models.UniqueConstraint(fields=["revision", "date", "slot", "index"], name="item_place")]

    def __str__(self) -> str:
        return f"{self.date} {self.slot} {self.recipe_id}"


class ShoppingList(models.Model):
    """What to buy for a range of days, in grams and in shop units."""

    id = IdField("shl")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="shopping_lists")
    first_day = models.DateField()
    last_day = models.DateField()
    # Plan id to revision number: what the list was made from; a list is out of date when one has moved on.
    plan_revisions = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    generated_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class ShoppingItem(models.Model):
    """One food to buy; `grams` is what the plan needs (edible), `purchase_grams` what must be bought for it."""

    id = IdField("sli")
    shopping_list = models.ForeignKey(ShoppingList, on_delete=models.CASCADE, related_name="items")
    food = models.ForeignKey(Food, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=250)
    category = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    grams = models.FloatField(null=True)
    purchase_grams = models.FloatField(null=True)
    quantity = models.CharField(max_length=80, blank=True)
    own_quantity = models.CharField(max_length=80, blank=True)
    uses = models.JSONField(default=list)
    basis = models.JSONField(default=dict)
    checked = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True, blank=True)
    at_home = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"
