"""Forms for an athlete's own foods and recipes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from athletes.forms.fields import QuantityField
from athletes.words import ALLERGEN_NAMES
from planning.catalogue.names import aisle_name
from planning.models import Food
from planning.services.own_foods import AISLES
from planning.wording import SLOTS

told_aisle = lazy(aisle_name, str)
STATES = [
    ("unknown", _("Not known")),
    ("free", pgettext_lazy("of an allergen", "Free")),
    ("may_contain", _("May contain")),
    ("contains", _("Contains")),
]
BASES = [("100g", "100 g"), ("100ml", "100 ml"), ("serving", _("One serving"))]
FIBER = [("no", _("No, as on European labels")), ("yes", _("Yes, as on labels in North America"))]
ORIGIN = [("", _("I do not know")), ("plants", _("Plants only")), ("animal", _("Something from animals, or alcohol"))]
ORIGIN_NAMES = {
    "meat": _("Meat"),
    "poultry": _("Poultry"),
    "red_meat": _("Red meat"),
    "pork": _("Pork"),
    "fish": _("Fish"),
    "shellfish": _("Shellfish"),
    "egg": _("Egg"),
    "dairy": _("Dairy"),
    "honey": _("Honey"),
    "gelatin": _("Gelatin"),
    "lard": _("Lard"),
    "blood": _("Blood"),
    "alcohol": _("Alcohol"),
    "animal_rennet": _("Cheese made with animal rennet"),
    "animal_fining": _("Clarified with something from animals"),
}
NUMBERS = (
    *("energy_kj", "energy_kcal", "fat_g", "saturated_fat_g", "carbs_g", "sugars_g", "fiber_g", "protein_g", "salt_g"),
    *("sodium_mg", "serving_grams", "density_g_per_ml"),
)


def _amount(label: str, unit: str, high: float, **kwargs: Any) -> QuantityField:
    return QuantityField(label=label, unit=unit, low=0, high=high, decimals=3, **kwargs)


class OwnFoodForm(forms.Form):
    """A label as it is printed. `values()` are those of the food services."""

    refusal_fields = {"portions": "portion_grams", "price": "price_amount", "origins": "origins"}

    name = forms.CharField(label=_("Name"), max_length=200)
    brand = forms.CharField(label=_("Brand"), max_length=80, required=False)
    barcode = forms.CharField(
        label=_("Barcode"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("The digits under the bars. By them you find the food again when you log it."),
    )
    basis = forms.ChoiceField(
        label=_("The numbers on the label are for"), choices=BASES, widget=forms.RadioSelect, initial="100g"
    )
    serving_grams = QuantityField(label=_("One serving weighs"), unit="g", low=0.1, high=5000)
    energy_kj = _amount(_("Energy in kJ"), "kJ", 20_000, help_text=_("Either kJ or kcal is enough."))
    energy_kcal = _amount(_("Energy in kcal"), "kcal", 5_000)
    fat_g = _amount(_("Fat"), "g", 1000)
    saturated_fat_g = _amount(_("of which saturated"), "g", 1000)
    carbs_g = _amount(_("Carbohydrate"), "g", 1000)
    carbs_include_fiber = forms.ChoiceField(
        label=_("Does the carbohydrate include fiber?"), choices=FIBER, widget=forms.RadioSelect, initial="no"
    )
    sugars_g = _amount(_("of which sugars"), "g", 1000)
    fiber_g = _amount(_("Fiber"), "g", 1000, help_text=_("Without it a European label does not tell all carbohydrate."))
    protein_g = _amount(_("Protein"), "g", 1000)
    salt_g = _amount(_("Salt"), "g", 1000)
    sodium_mg = _amount(_("Sodium, if it stands there instead"), "mg", 100_000)
    confirm_energy = forms.BooleanField(label=_("The numbers are as on the label"), required=False)
    portion_name = forms.CharField(
        label=_("A portion you use"), max_length=40, required=False, help_text=_("Such as bar, slice or cup.")
    )
    portion_grams = QuantityField(label=_("It weighs"), unit="g", low=0.1, high=5000)
    density_g_per_ml = QuantityField(
        label=_("Weight of 1 ml"),
        unit="g",
        low=0.03,
        high=2,
        decimals=3,
        help_text=_("For drinks and sauces; water is 1."),
    )
    aisle = forms.ChoiceField(
        label=_("Where it stands in the shop"), choices=[(name, told_aisle(name)) for name in AISLES]
    )
    price_amount = QuantityField(label=_("Price"), low=0, high=10_000, decimals=2)
    price_grams = QuantityField(label=_("for"), unit="g", low=1, high=100_000)
    origin = forms.ChoiceField(
        label=_("What is it made from?"),
        help_text=_("Diets such as vegetarian or halal follow from it. Unknown is never taken for allowed."),
        choices=ORIGIN,
        widget=forms.RadioSelect,
        required=False,
    )
    origins = forms.MultipleChoiceField(
        label=_("It holds"), choices=list(ORIGIN_NAMES.items()), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, data: Any = None, *, food: Food | None = None, currency: str = "EUR", barcode: str = "", **kw: Any
    ) -> None:
        self.entered: dict[str, Any] = dict(food.shopping.get("label", {})) if food is not None else {}
        self.currency = currency
        super().__init__(data, initial={"barcode": barcode, **self._initial(food)}, **kw)
        for name, label in ALLERGEN_NAMES.items():
            known = (self.entered.get("allergens") or {}).get(name, "unknown")
            self.fields[f"allergen_{name}"] = forms.ChoiceField(label=label, choices=STATES, initial=known)

    def _initial(self, food: Food | None) -> dict[str, Any]:
        if food is None:
            return {"aisle": "Other"}
        entered = self.entered
        portion = (entered.get("portions") or [{}])[0]
        price = entered.get("price") or {}
        origins = entered.get("origins")
        return {
            **{name: entered.get(name) for name in (*NUMBERS, "name", "brand")},
            "barcode": food.barcode,
            "basis": entered.get("basis", "100g"),
            "carbs_include_fiber": "yes" if entered.get("carbs_include_fiber") else "no",
            "portion_name": portion.get("name"),
            "portion_grams": portion.get("grams"),
            "aisle": food.aisle or "Other",
            "price_amount": None if price.get("amount_minor") is None else price["amount_minor"] / 100,
            "price_grams": price.get("grams"),
            "origin": "" if origins is None else "animal" if origins else "plants",
            "origins": origins or [],
        }

    @property
    def allergen_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("allergen_")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("portion_name")) != (cleaned.get("portion_grams") is not None):
            self.add_error("portion_grams", _("A portion has a name and a weight."))
        if (cleaned.get("price_amount") is None) != (cleaned.get("price_grams") is None):
            self.add_error("price_amount", _("Say what it costs and for how many grams."))
        if cleaned.get("origin") == "animal" and not cleaned.get("origins"):
            self.add_error("origins", _("Tick what it holds."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Everything as the food services take it; what is empty is None, unknown."""
        cleaned = self.cleaned_data
        more = (self.entered.get("portions") or [])[1:]
        first = []
        if cleaned["portion_name"]:
            first = [{"name": cleaned["portion_name"], "grams": cleaned["portion_grams"]}]
        price = None
        if cleaned["price_amount"] is not None:
            price = {
                "amount_minor": round(cleaned["price_amount"] * 100),
                "currency": self.currency,
                "grams": cleaned["price_grams"],
            }
        origins = {"": None, "plants": [], "animal": cleaned["origins"]}[cleaned["origin"]]
        return {
            **{name: cleaned[name] for name in (*NUMBERS, "name", "brand", "barcode", "basis", "aisle")},
            "carbs_include_fiber": cleaned["carbs_include_fiber"] == "yes",
            "confirm_energy": cleaned["confirm_energy"],
            "portions": [*first, *more],
            "price": price,
            "origins": origins,
            "allergens": {name: cleaned[f"allergen_{name}"] for name in ALLERGEN_NAMES},
        }


class ImportForm(forms.Form):
    """A recipe from somewhere else, as text or as the source of its page."""

    text = forms.CharField(
        label=_("The recipe"),
        help_text=_("Copy the text of a recipe, or the source of its page, and paste it here. Nothing is fetched."),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=900_000,
        strip=False,
    )
    metric_cups = forms.BooleanField(label=_("Cups of 250 ml, spoons of 15 and 5 ml"), required=False)

    @property
    def is_page(self) -> bool:
        """Whether this is the source of a page rather than its text."""
        head = str(self.cleaned_data["text"])[:200_000].lower()
        return any(mark in head for mark in ("<html", "<!doctype", "application/ld+json", "<body", "<div"))


class OwnRecipeForm(forms.Form):
    """What a recipe is apart from its ingredients, which are rows beside this form."""

    refusal_fields = {"min_servings": "min_servings", "ingredients": "more_lines"}

    name = forms.CharField(label=_("Name"), max_length=200)
    slots = forms.MultipleChoiceField(
        label=_("Good for"), choices=list(SLOTS.items()), widget=forms.CheckboxSelectMultiple
    )
    servings = QuantityField(
        label=_("The amounts below make"), unit=_("servings"), low=0.25, high=100, decimals=2, required=True
    )
    more_lines = forms.CharField(
        label=_("Add ingredients, one on each line"),
        help_text=_("Such as: 200 g oats, 2 eggs, ½ cup milk"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=8000,
    )
    steps = forms.CharField(
        label=_("Method, one step on each line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        max_length=40_000,
    )
    hands_on_minutes = QuantityField(
        label=_("Work with your hands"),
        unit="min",
        low=0,
        high=1440,
        decimals=0,
        required=True,
        help_text=_("Washing, cutting, stirring. Your days are planned by it."),
    )
    cook_minutes = QuantityField(
        label=_("Cooking"),
        unit="min",
        low=0,
        high=1440,
        decimals=0,
        required=True,
        help_text=_("0 where nothing is cooked."),
    )
    min_servings = QuantityField(label=_("Smallest serving"), low=0.25, high=10, decimals=2, initial=0.5)
    max_servings = QuantityField(label=_("Largest serving"), low=0.25, high=10, decimals=2, initial=2.5)
    step_servings = forms.ChoiceField(
        label=_("Served in steps of"),
        choices=[("0.25", _("a quarter")), ("0.5", _("a half")), ("1.0", _("whole servings"))],
        initial="0.25",
        help_text=_("Whole servings for what nobody cuts, such as a filled roll."),
    )
    fridge_days = QuantityField(label=_("Keeps in the fridge"), unit=_("days"), low=0, high=14, decimals=0)
    batchable = forms.BooleanField(label=_("Good to cook ahead for several meals"), required=False)
    source = forms.CharField(label=_("Where it is from"), max_length=300, required=False)
    confirm_amounts = forms.BooleanField(label=_("The amounts are right"), required=False)

    def values(self, ingredients: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Everything as the recipe services take it."""
        cleaned = self.cleaned_data
        keeps = {} if cleaned["fridge_days"] is None else {"fridge_days": int(cleaned["fridge_days"])}
        return {
            "name": cleaned["name"],
            "slots": cleaned["slots"],
            "servings": cleaned["servings"],
            "ingredients": list(ingredients),
            "steps": [line.strip() for line in cleaned["steps"].splitlines() if line.strip()],
            "hands_on_minutes": int(cleaned["hands_on_minutes"]),
            "cook_minutes": int(cleaned["cook_minutes"]),
            "min_servings": cleaned["min_servings"],
            "max_servings": cleaned["max_servings"],
            "step_servings": float(cleaned["step_servings"]),
            "keeps": keeps,
            "batchable": cleaned["batchable"],
            "source": cleaned["source"],
        }


def recipe_initial(values: dict[str, Any]) -> dict[str, Any]:
    """The form's values from those of the services."""
    names = ("name", "slots", "servings", "hands_on_minutes", "cook_minutes", "min_servings", "max_servings", "source")
    return {
        **{name: values[name] for name in names if values.get(name) is not None},
        "steps": "\n".join(values.get("steps") or []),
        "step_servings": str(float(values.get("step_servings") or 0.25)),
        "fridge_days": (values.get("keeps") or {}).get("fridge_days"),
        "batchable": bool(values.get("batchable")),
    }
