"""Who the athlete is: the questions of the first step and of the profile settings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import KG_PER_LB, HeightField, LongSelect, QuantityField, set_choices
from athletes.models import Athlete
from athletes.validation import OVERRIDE_RANGES, RANGES
from athletes.vocabulary import GOALS
from athletes.words import SPORT_NAMES

SEXES = [("F", _("Women’s")), ("M", _("Men’s")), ("", _("Mean of both, or rather not say"))]
ACTIVITIES = [
    ("1.3", _("Mostly sitting, little walking")),
    ("1.4", _("Desk, some walking")),
    ("1.5", _("On my feet: teaching, shop")),
    ("1.8", _("Physical work")),
]
# What the food shall do, and the goal that is stored for it.
AIMS = [
    ("maintain", _("Train and race well, keep my weight")),
    ("lose", _("Lose weight slowly")),
    ("gain", _("Gain muscle or weight")),
]
GOAL_OF_AIM = {"maintain": "performance", "lose": "weight_loss", "gain": "muscle_gain"}
STAGES = [("", _("Neither, or rather not say")), ("pregnant", _("Pregnant")), ("lactating", _("Breastfeeding"))]


@lru_cache(maxsize=1)
def zone_choices() -> list[tuple[str, str]]:
    """Time zones as places, UTC first."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]


def aim_of(goals: list[str]) -> str:
    """What stored goals mean for the food: the first that changes it, else keeping weight."""
    effects = [GOALS.get(goal, "maintain") for goal in goals]
    return next((effect for effect in effects if effect != "maintain"), "maintain")


class BasicsForm(forms.Form):
    """The first step: name and sport, and whatever else changes the numbers. `values()` are those for the services.

    Only what was changed is written, so that a form that shows rounded pounds does not move a stored kilogram.
    """

    refusal_fields = {
        "pal_nonexercise": "activity",
        "goals": "aim",
        "pregnant": "stage",
        "lactating": "stage",
    }
    secret = ("weight_kg", "body_fat_pct", "ffm_kg", "measured_rmr_kcal", "rate_pct_per_week", "surplus_kcal")

    name = forms.CharField(
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        label=_("Your name"),
        help_text=_("What your pages, and a coach you say yes to, call you."),
    )
    sport = forms.ChoiceField(
        label=_("Main sport"), help_text=_("Sessions that do not say their sport count as this one."), choices=()
    )
    aim = forms.ChoiceField(
        label=_("What shall the food do?"),
        help_text=_("Decides whether you eat at, a little below or above what you use."),
        choices=AIMS,
        widget=forms.RadioSelect,
    )
    sex = forms.ChoiceField(
        label=_("Which equation fits you?"),
        help_text=_("Energy equations were measured on women and men separately."),
        choices=SEXES,
        required=False,
        widget=forms.RadioSelect,
    )
    birth_date = forms.DateField(
        label=_("Birth date"),
        help_text=_("Resting energy falls slowly with age. Under 18 some things are left out for your safety."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day such as 1994-05-17.")},
    )
    activity = forms.ChoiceField(
        label=_("A day without training"),
        help_text=_("Sessions are added on top, so leave them out here."),
        choices=ACTIVITIES,
        required=False,
        widget=forms.RadioSelect,
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Decides which sessions belong to which day."),
        choices=(),
        widget=LongSelect(attrs={"data-guess-zone": ""}),
    )

    def __init__(
        self, data: Any = None, *, athlete: Athlete | None = None, us: bool = False, withheld: bool = False, **kw: Any
    ) -> None:
        self.athlete, self.us, self.withheld = athlete, us, withheld
        super().__init__(data, initial=self._initial(athlete), **kw)
        fields = self.fields
        set_choices(self, "sport", self._with_present("sport", list(SPORT_NAMES.items())))
        set_choices(self, "timezone", self._with_present("timezone", zone_choices()))
        set_choices(self, "activity", self._with_present("activity", ACTIVITIES))
        low, high = RANGES["weight_kg"][:2]
        fields["weight_kg"] = QuantityField(
            label=_("Weight"),
            help_text=self._hidden_hint(_("Protein and carbohydrate are set per kilogram of you.")),
            low=low,
            high=high,
            unit="lb" if us else "kg",
            factor=KG_PER_LB if us else 1.0,
        )
        fields["height_cm"] = HeightField(
            us=us,
            label=_("Height"),
            help_text=_("Part of the energy equation, and a check that your weight is plausible."),
        )
        first = ("name", "sport", "aim", "sex", "birth_date", "weight_kg", "height_cm", "activity", "timezone")
        self.order_fields(first)

    def _initial(self, athlete: Athlete | None) -> dict[str, Any]:
        if athlete is None:
            return {"aim": "maintain", "timezone": "UTC", "sex": None}
        names = ("name", "sport", "birth_date", "weight_kg", "height_cm", "timezone")
        shown = {name: getattr(athlete, name) for name in names}
        shown["sex"] = athlete.sex or ""
        shown["aim"] = aim_of(athlete.goals)
        shown["activity"] = f"{athlete.pal_nonexercise:g}" if athlete.pal_nonexercise is not None else ""
        if self.withheld:
            shown.update(dict.fromkeys(self.secret))
        return shown

    def _with_present(self, name: str, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The choices, and what is stored now where it is none of them."""
        present = self.initial.get(name)
        if not present or any(present == value for value, _name in choices):
            return choices
        return [(present, gettext("%(value)s (as you set it)") % {"value": present}), *choices]

    def _hidden_hint(self, hint: Any) -> Any:
        if not self.withheld:
            return hint
        return gettext("%(hint)s What is stored is not shown; leave it empty to keep it.") % {"hint": hint}

    def values(self) -> dict[str, Any]:
        """What changed, under the names and in the units of the profile services."""
        changed = set(self.changed_data) if self.athlete is not None else set(self.fields)
        cleaned = {name: self.cleaned_data[name] for name in self.fields if name in changed}
        if self.withheld:
            cleaned = {name: v for name, v in cleaned.items() if not (name in self.secret and v is None)}
        return self._named(cleaned)

    def _named(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        values = dict(cleaned)
        if "sex" in values:
            values["sex"] = values["sex"] or None
        if "aim" in values:
            others = [goal for goal in (self.athlete.goals if self.athlete else []) if goal not in GOALS]
            values["goals"] = [GOAL_OF_AIM[values.pop("aim")], *others]
        if "activity" in values:
            activity = values.pop("activity")
            values["pal_nonexercise"] = float(activity) if activity else None
        return values


class ProfileForm(BasicsForm):
    """Every answer of the profile, for the settings."""

    units = forms.ChoiceField(
        label=_("Units"), choices=[("metric", "kg, cm, km"), ("us", "lb, ft, km")], widget=forms.RadioSelect
    )
    stage = forms.ChoiceField(
        label=_("Pregnant or breastfeeding?"),
        help_text=_("Then nothing here lowers your energy, and caffeine is left out."),
        choices=STAGES,
        required=False,
        widget=forms.RadioSelect,
    )
    replan_policy = forms.ChoiceField(
        label=_("When a session moves"),
        help_text=_("Your present plan stays until you say so, unless you let it change by itself."),
        choices=[("ask", _("Show me what would change")), ("automatic", _("Change the plan from tomorrow on"))],
        widget=forms.RadioSelect,
    )
    notify_by_mail = forms.ChoiceField(
        label=_("When your plan or a calendar needs you"),
        help_text=_("Mails name no food, no weight and no session. They go to a confirmed address only."),
        choices=[("yes", _("Tell me here and by mail")), ("no", _("Tell me here only"))],
        required=False,
        widget=forms.RadioSelect,
    )
    # Name of the field: label, hint, digits shown.
    extras = {
        "body_fat_pct": (_("Body fat"), _("Narrows your range when it was measured well."), 1),
        "ffm_kg": (
            _("Lean mass"),
            _("From DXA, BodPod or a professional skinfold test; bathroom scales do not count."),
            1,
        ),
        "measured_rmr_kcal": (_("Measured resting energy"), _("From a breath test. Beats every equation."), 0),
        "rate_pct_per_week": (
            _("Rate of weight loss"),
            _("Percent of your weight a week; 0.5 is usual, 1.0 the limit."),
            2,
        ),
        "surplus_kcal": (_("Extra energy for gaining"), _("A day, on top of what you use; 300 is usual."), 0),
    }

    def __init__(self, data: Any = None, **kw: Any) -> None:
        super().__init__(data, **kw)
        for name, (label, hint, decimals) in self.extras.items():
            low, high, unit = RANGES[name]
            pounds = self.us and name == "ffm_kg"
            self.fields[name] = QuantityField(
                label=label,
                help_text=self._hidden_hint(hint),
                low=low,
                high=high,
                unit="lb" if pounds else unit and gettext(unit),
                factor=KG_PER_LB if pounds else 1.0,
                decimals=decimals,
            )
        for name, label, hint in (
            ("protein_g_per_kg", _("Own protein target"), _("Leave empty for the target of your training.")),
            ("carbs_g_per_kg", _("Own carbohydrate target"), _("Leave empty: then it follows each day’s training.")),
        ):
            low, high, unit = OVERRIDE_RANGES[name]
            self.fields[name] = QuantityField(
                label=label, help_text=hint, low=low, high=high, unit=gettext(unit), decimals=2
            )

    def _initial(self, athlete: Athlete | None) -> dict[str, Any]:
        assert athlete is not None  # noqa: S101 - the settings are of somebody
        shown = super()._initial(athlete)
        shown.update({name: getattr(athlete, name) for name in ("units", "replan_policy", *self.extras)})
        shown.update({name: athlete.macro_overrides.get(name) for name in ("protein_g_per_kg", "carbs_g_per_kg")})
        shown["notify_by_mail"] = "yes" if athlete.notify_by_mail else "no"
        shown["stage"] = "pregnant" if athlete.pregnant else "lactating" if athlete.lactating else ""
        if self.withheld:
            shown.update(dict.fromkeys(self.secret))
        return shown

    def _named(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        values = super()._named(cleaned)
        if "stage" in values:
            stage = values.pop("stage")
            values["pregnant"], values["lactating"] = stage == "pregnant", stage == "lactating"
        if (by_mail := values.pop("notify_by_mail", "")) != "":
            values["notify_by_mail"] = by_mail == "yes"
        own = {name: values.pop(name) for name in ("protein_g_per_kg", "carbs_g_per_kg") if name in values}
        if own and self.athlete is not None:
            kept = {**self.athlete.macro_overrides, **own}
            values["macro_overrides"] = {name: value for name, value in kept.items() if value is not None}
        return values
