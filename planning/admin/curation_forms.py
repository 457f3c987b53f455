"""The forms on which foods and dishes are curated, and changes decided. Names of fields are those of the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField

from nutrition_site.kernel.vocabulary import ALLERGENS
from planning.catalogue.curated import ALLERGEN, GRAMS, MINUTES, NUTRIENT, NUTRIENTS, OWN_COLUMNS, QUARTERS
from planning.catalogue.tags import STATUSES, TAGS
from planning.services.curation import MOST_REASON, MOST_SOURCE
from planning.services.curation_kinds import kind_of
from planning.services.shopping_lines import AISLES
from planning.wording import SLOTS

MAIN_NUTRIENTS = tuple(f"{NUTRIENT}{name}" for name in OWN_COLUMNS)
OTHER_NUTRIENTS = tuple(f"{NUTRIENT}{name}" for name in NUTRIENTS if name not in OWN_COLUMNS)
YES_NO = [("yes", "Yes"), ("no", "No")]


def _as_words(values: Any) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


class CurationForm(forms.Form):
    """What every form of a curated thing asks. `current` are the present values of the fields that may be changed."""

    kind = ""
    reason = forms.CharField(
        label="Why", max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 3}), help_text="Kept with the change."
    )
    source = forms.CharField(
        label="Source",
        max_length=MOST_SOURCE,
        required=False,
        help_text="A citation, or the label with its date. Needed for what a food consists of and for grams.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: Any = None, *, current: Mapping[str, Any], seen: str) -> None:
        self.current = current
        self.names = {field: field.replace(".", "__").replace("#", "_") for field in current}
        self.refusal_fields = self.names
        label = kind_of(self.kind).label
        super().__init__(data, initial={"seen": seen, **{self.names[f]: self.shown(f) for f in current}})
        for field in current:
            self.fields[self.names[field]] = made = self.field_of(field)
            made.label = self.label_of(field) or label(field)
        self.order_fields([*self.names.values(), "reason", "source", "seen"])

    def field_of(self, field: str) -> forms.Field:
        """The form field of one curated field."""
        raise NotImplementedError

    def label_of(self, field: str) -> str:
        """What a field is called under its heading; empty where that is what it is called everywhere."""
        return ""

    def shown(self, field: str) -> Any:
        """A present value as the form shows it."""
        return self.current[field]

    def entered(self, field: str) -> Any:
        """A cleaned value as the service takes it; empty is unknown."""
        return self.cleaned_data[self.names[field]]

    def values(self) -> dict[str, Any]:
        """Every value of the form by the name of the service; what does not differ is no change."""
        return {field: self.entered(field) for field in self.current}

    def those(self, *fields: str) -> list[BoundField]:
        """The bound fields of these, as far as the thing has them."""
        return [self[self.names[field]] for field in fields if field in self.names]

    def sections(self) -> list[tuple[str, str, list[BoundField], bool]]:
        """(heading, a sentence about it, its fields, whether it is folded away at first)."""
        raise NotImplementedError


class FoodForm(CurationForm):
    """A food per 100 g. An empty number is unknown, not zero."""

    kind = "food"

    def field_of(self, field: str) -> forms.Field:
        if field.startswith(ALLERGEN):
            return forms.ChoiceField(choices=_as_words(STATUSES))
        if field == "tags":
            known = _as_words(sorted(TAGS))
            return forms.MultipleChoiceField(choices=known, required=False, widget=forms.CheckboxSelectMultiple)
        if field == "aisle":
            unknown = [] if self.current[field] else [("", "unknown")]
            return forms.ChoiceField(choices=[*unknown, *((name, name) for name in AISLES)], required=False)
        if field == "price_minor_per_kg":
            return forms.IntegerField(required=False)
        return forms.FloatField(required=False, widget=forms.NumberInput(attrs={"step": "any"}))

    def label_of(self, field: str) -> str:
        return field.removeprefix(ALLERGEN).replace("_", " ").capitalize() if field.startswith(ALLERGEN) else ""

    def entered(self, field: str) -> Any:
        value = super().entered(field)
        return sorted(value) if field == "tags" else value

    def sections(self) -> list[tuple[str, str, list[BoundField], bool]]:
        second = "A second person has to agree."
        strict = (
            f"{second} A word that excludes more people is in force at once: safety does not wait. Unknown is refused "
            "like an allergen."
        )
        return [
            ("Nutrients per 100 g", f"Empty is unknown, not zero. {second}", self.those(*MAIN_NUTRIENTS), False),
            ("More nutrients", f"Empty is unknown, not zero. {second}", self.those(*OTHER_NUTRIENTS), True),
            ("Allergens", strict, self.those(*(f"{ALLERGEN}{name}" for name in ALLERGENS)), False),
            (
                "Where it comes from",
                f"Diets follow from these tags. {second}",
                self.those("tags", "fodmap_limit_g"),
                True,
            ),
            (
                "Kitchen and shop",
                "Aisle and price are in force at once where nothing else of the form waits; refuse and density wait "
                "for a second person.",
                self.those("aisle", "price_minor_per_kg", "refuse_pct", "density_g_per_ml"),
                False,
            ),
        ]


class RecipeForm(CurationForm):
    """A dish: what a serving holds, its sizes, times and words."""

    kind = "recipe"

    def field_of(self, field: str) -> forms.Field:
        if field == "active":
            return forms.ChoiceField(choices=YES_NO)
        if field == "slots":
            known = [(name, str(words)) for name, words in SLOTS.items()]
            return forms.MultipleChoiceField(choices=known, widget=forms.CheckboxSelectMultiple, required=False)
        if field == "method":
            return forms.CharField(
                widget=forms.Textarea(attrs={"rows": 8}),
                help_text="One step a line. Speak of amounts as the lines below have them.",
            )
        if field in QUARTERS or field in MINUTES:
            return forms.IntegerField()
        return forms.FloatField(widget=forms.NumberInput(attrs={"step": "any"}))

    def shown(self, field: str) -> Any:
        value = super().shown(field)
        if field == "active":
            return "yes" if value else "no"
        return "\n".join(value) if field == "method" else value

    def entered(self, field: str) -> Any:
        value = super().entered(field)
        if field == "active":
            return value == "yes"
        if field == "slots":
            # The order of the file says nothing: the same meals are no change.
            return self.current[field] if set(value) == set(self.current[field]) else value
        if field == "method":
            return [step.strip() for step in value.splitlines() if step.strip()]
        return value

    def sections(self) -> list[tuple[str, str, list[BoundField], bool]]:
        grams = [field for field in self.current if field.startswith(GRAMS)]
        at_once = (
            "In force at once where nothing else of the form waits. While a step has no translation, the whole method "
            "is told in English."
        )
        second = "A second person has to agree."
        return [
            (
                "Served",
                f"Taking a dish out is in force at once, whatever is sent with it. Bringing it back waits. {second}",
                self.those("active"),
                False,
            ),
            ("Words and times", at_once, self.those("method", *MINUTES), False),
            ("Grams of a serving", f"Edible, as used. {second}", self.those(*grams), False),
            ("Meals and sizes", f"Four quarters are one serving. {second}", self.those("slots", *QUARTERS), False),
        ]


class DecisionForm(forms.Form):
    """What becomes of a change that waits."""

    deed = forms.ChoiceField(label="Your decision", widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where you decline: the proposer reads why.",
    )
    confirmed = forms.BooleanField(label="I have looked at the values, the reason and the source")

    def __init__(self, *args: Any, mine: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("withdraw", "Withdraw it")] if mine else [("approve", "Approve it"), ("decline", "Decline it")]
        self.fields["deed"].choices = choices  # type: ignore[attr-defined]
