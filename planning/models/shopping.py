"""Shopping lists, what is at home, and how an athlete measures."""

from __future__ import annotations

from django.db import models

from nutrition_site.kernel.fields import EncryptedJSONField, IdField
from planning import querysets


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
    food = models.ForeignKey("planning.Food", on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=250)
    category = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    grams = models.FloatField(null=True)
    purchase_grams = models.FloatField(null=True)
    quantity = models.CharField(max_length=80, blank=True)
    own_quantity = models.CharField(max_length=80, blank=True)
    uses = models.JSONField(default=list)
    basis = models.JSONField(default=dict)
    # Edible grams that the pantry covers; the rest is bought.
    pantry_grams = models.FloatField(default=0.0)
    # The athlete wrote this line; it comes from no plan.
    own = models.BooleanField(default=False)
    checked = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True, blank=True)
    at_home = models.BooleanField(default=False)
    # Raised with every change, so that two people editing one line notice each other.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return f"{self.quantity} {self.name}"


class ShoppingShare(models.Model):
    """A secret link to one shopping list, readable without an account until it is revoked.

    The token is stored encrypted, for showing it again, and as a hash, for finding it.
    """

    id = IdField("shs")
    shopping_list = models.ForeignKey(ShoppingList, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    token = EncryptedJSONField()
    may_check = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.shopping_list_id} {self.pk}"


class PantryItem(models.Model):
    """Edible grams of one food that an athlete has at home; never below zero."""

    id = IdField("pty")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="pantry_items")
    food = models.ForeignKey("planning.Food", on_delete=models.CASCADE, related_name="+")
    grams = models.FloatField()
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        ordering = ["food__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["athlete", "food"], name="pantry_food_once"),
            models.CheckConstraint(condition=models.Q(grams__gte=0), name="pantry_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.grams} g {self.food_id}"


class PantryMove(models.Model):
    """One change of a pantry: bought by checking off, used by eating, or set by hand. A cause counts once.

    `grams` is what really moved (negative when used), so that taking the cause back restores the stock exactly.
    """

    class Reason(models.TextChoices):
        BOUGHT = "bought"
        EATEN = "eaten"
        SET = "set"

    id = IdField("ptm")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="pantry_moves")
    food = models.ForeignKey("planning.Food", on_delete=models.CASCADE, related_name="+")
    grams = models.FloatField()
    reason = models.CharField(max_length=8, choices=Reason.choices)
    # Id of the shopping item or of the meal; a set by hand has none.
    cause_id = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["athlete", "food", "reason", "cause_id"],
                condition=~models.Q(cause_id=""),
                name="pantry_cause_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.grams} g {self.food_id}"


class Kitchen(models.Model):
    """How one athlete shops: the order of aisles in their store, and the state of their pantry."""

    id = IdField("kit")
    athlete = models.OneToOneField("athletes.Athlete", on_delete=models.CASCADE, related_name="kitchen")
    aisle_order = models.JSONField(default=list, blank=True)
    # Raised with every change of the pantry; part of every cache key that derives from it.
    pantry_revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"kitchen of {self.athlete_id}"


class FoodMeasure(models.Model):
    """An athlete's own density or piece weight of a food; None leaves the sourced one."""

    id = IdField("msr")
    athlete = models.ForeignKey("athletes.Athlete", on_delete=models.CASCADE, related_name="food_measures")
    food = models.ForeignKey("planning.Food", on_delete=models.CASCADE, related_name="+")
    density_g_per_ml = models.FloatField(null=True, blank=True)
    piece_grams = models.FloatField(null=True, blank=True)

    objects = querysets.AthleteOwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["athlete", "food"], name="measure_food_once")]

    def __str__(self) -> str:
        return f"{self.food_id} of {self.athlete_id}"
