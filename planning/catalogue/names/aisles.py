"""The parts of a shop, by their name in the catalogue, in the words of every language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

AISLES: dict[str, str | Promise] = {
    "Vegetables": pgettext_lazy("aisle", "Vegetables"),
    "Fruit": pgettext_lazy("aisle", "Fruit"),
    "Bread": pgettext_lazy("aisle", "Bread"),
    "Grains": pgettext_lazy("aisle", "Grains"),
    "Legumes": pgettext_lazy("aisle", "Legumes"),
    "Meat": pgettext_lazy("aisle", "Meat"),
    "Fish": pgettext_lazy("aisle", "Fish"),
    "Dairy": pgettext_lazy("aisle", "Dairy"),
    "Eggs": pgettext_lazy("aisle", "Eggs"),
    "Frozen": pgettext_lazy("aisle", "Frozen"),
    "Nuts & seeds": pgettext_lazy("aisle", "Nuts & seeds"),
    "Oils & sauces": pgettext_lazy("aisle", "Oils & sauces"),
    "Herbs & spices": pgettext_lazy("aisle", "Herbs & spices"),
    "Sweet & baking": pgettext_lazy("aisle", "Sweet & baking"),
    "Drinks": pgettext_lazy("aisle", "Drinks"),
    "Sports": pgettext_lazy("aisle", "Sports"),
    "Other": pgettext_lazy("aisle", "Other"),
}
