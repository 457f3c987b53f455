"""What an athlete is asked about a race, each question with its reason. Reads and checks; services write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from athletes.forms.fields import KM_PER_MILE, QuantityField
from planning.catalogue.names import dish_name
from planning.race_course import read_places
from planning.science.constants import bounds
from planning.services.race_options import RaceOptions
from planning.services.races import LEGS, PLACES, RaceSheet

ML_PER_FL_OZ = 29.5735295625
_CLOCK = re.compile(r"^(\d{1,2})[:h](\d{1,2})(?:[:m](\d{1,2}))?s?$")
_HOURS = re.compile(r"^(\d{1,2})\s*h(?:ours?)?(?:\s*(\d{1,2})\s*(?:min|m)?)?$")
_MINUTES = re.compile(r"^(\d{1,4})\s*(?:min|minutes?)$")
MOST_FOODS = 6
YES_NO = [
    ("", gettext_lazy("Not said")),
    ("yes", gettext_lazy("Yes")),
    ("no", gettext_lazy("No")),
]


class SpanField(forms.Field):
    """A time that something takes, as racers write it: 3:45, 3:45:30, 1 h 05, 95 min. The value is in minutes."""

    def __init__(self, *, low: float, high: float, **kwargs: Any) -> None:
        self.low, self.high = low, high
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int | float):
            return value
        seconds = round(value * 60)
        text = f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
        return f"{text}:{seconds % 60:02d}" if seconds % 60 else text

    def to_python(self, value: Any) -> float | None:
        text = str(value or "").strip().lower()
        if not text:
            return None
        minutes = self._read(text)
        if minutes is None:
            raise ValidationError(_("Write hours and minutes, such as 3:45, or 95 min."))
        if not self.low <= minutes <= self.high:
            raise ValidationError(
                _("Must be from %(low)s to %(high)s.")
                % {"low": self.prepare_value(self.low), "high": self.prepare_value(self.high)}
            )
        return minutes

    def _read(self, text: str) -> float | None:
        if found := _CLOCK.match(text):
            hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
            return None if minutes > 59 or seconds > 59 else hours * 60 + minutes + seconds / 60
        if found := _HOURS.match(text):
            return int(found[1]) * 60.0 + int(found[2] or 0)
        if found := _MINUTES.match(text):
            return float(found[1])
        return None


class TemperatureField(QuantityField):
    """A temperature in °C, or for US units typed and shown in °F."""

    def __init__(self, *, us: bool, **kwargs: Any) -> None:
        self.us = us
        low, high = bounds("range.temperature_c")
        super().__init__(low=low, high=high, unit="°F" if us else "°C", decimals=0, **kwargs)

    def read(self, text: str) -> float:
        value = super().read(text)
        return (value - 32) / 1.8 if self.us else value

    def show(self, value: float) -> str:
        return f"{value * 1.8 + 32 if self.us else value:.0f}"


class PlacesField(forms.CharField):
    """Where something is served: every 5 km, or 8, 16, 24 km, or 30 min, 60 min. The value names its unit."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(required=False, max_length=300, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        try:
            places = read_places(text, unit=self.unit)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        return "" if places is None else places.text


class RaceForm(forms.Form):
    """Everything that changes a race plan. Nothing is required: what is not said stays unknown and is told as assumed.

    Questions about amounts are left out where numbers are withheld, those about caffeine where none is planned anyway.
    """

    def __init__(self, data: Any = None, *, sheet: RaceSheet, us: bool, withheld: bool, **kwargs: Any) -> None:
        self.sheet, self.us, self.withheld = sheet, us, withheld
        super().__init__(data, initial=_initial(sheet.options), **kwargs)
        self._ask_race()
        if not withheld:
            self._ask_body()
        if sheet.no_caffeine not in ("minor", "care"):
            self._ask_caffeine()
        self._ask_carrying()
        self._ask_course()

    def _ask_race(self) -> None:
        low, high = bounds("range.session_minutes")
        sheet = self.sheet
        self.fields["finish_minutes"] = SpanField(
            low=low,
            high=high,
            label=_("Expected finish time"),
            help_text=_("How much to eat an hour, whether to load, and every minute below follow from it."),
        )
        self.fields["start_time"] = forms.TimeField(
            label=_("Start"),
            required=False,
            help_text=_(
                "Of your wave, if it is not the time in your calendar. Breakfast and caffeine count back from it."
            ),
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            error_messages={"invalid": _("Please give a time such as 09:30.")},
        )
        if not sheet.event.distance_km:
            self.fields["distance_km"] = QuantityField(
                low=0.1,
                high=1000,
                unit="mi" if self.us else "km",
                factor=KM_PER_MILE if self.us else 1.0,
                decimals=2,
                label=_("Length of the course"),
                help_text=_("Turns kilometers or miles of the course into minutes."),
            )
        self.fields["temperature_c"] = TemperatureField(
            us=self.us,
            label=_("Temperature expected"),
            help_text=_("Heat is what sweating depends on most. Without it 10 to 20 °C are assumed."),
        )
        meal_low, meal_high = bounds("pre.hours")
        self.fields["meal_hours_before"] = QuantityField(
            low=meal_low,
            high=meal_high,
            unit="h",
            label=_("Last meal before the start"),
            help_text=_("The longer before, the larger it may be. Without an answer: three hours."),
        )
        if sheet.is_triathlon:
            for name, words in zip(LEGS, (_("Swim"), _("Bike"), _("Run")), strict=True):
                self.fields[name] = SpanField(
                    low=0,
                    high=high,
                    label=words,
                    help_text=_("Nothing is eaten while swimming, most of it on the bike.") if name == LEGS[0] else "",
                )

    def _ask_body(self) -> None:
        factor, unit = (ML_PER_FL_OZ / 1000, "fl oz/h") if self.us else (1.0, "l/h")
        low, high = bounds("range.sweat_rate_l_h")
        self.fields["gut_cap_g_h"] = QuantityField(
            low=bounds("range.gut_cap_g_h")[0],
            high=bounds("range.gut_cap_g_h")[1],
            unit="g/h",
            decimals=0,
            label=_("Carbohydrate your stomach takes"),
            help_text=_(
                "The most that went well in two of your last three long sessions. A race is no place to try more."
            ),
        )
        self.fields["sweat_rate_l_h"] = QuantityField(
            low=low,
            high=high,
            unit=unit,
            factor=factor,
            decimals=1 if self.us else 2,
            label=_("Sweat rate"),
            help_text=_(
                "Weight lost in an hour of racing effort, plus what you drank. You never plan to drink more than this."
            ),
        )
        self.fields["sweat_is_measured"] = _yes_no(
            _("Did you measure it on the scale?"), _("A guess is held to 0.8 liters an hour, a measurement is not.")
        )
        self.fields["sweat_tested_at_c"] = TemperatureField(
            us=self.us,
            label=_("Temperature at that test"),
            help_text=_("Sweat measured in more heat than the race will have would let you drink too much."),
        )
        sodium = bounds("range.sweat_sodium_mg_l")
        self.fields["sweat_sodium_mg_l"] = QuantityField(
            low=sodium[0],
            high=sodium[1],
            unit="mg/l",
            decimals=0,
            label=_("Sodium in your sweat"),
            help_text=_("From a sweat test, if you had one; sodium is planned by it."),
        )
        self.fields["takes_painkillers"] = _yes_no(
            _("Painkillers such as ibuprofen that day?"), _("Together with much water they are dangerous.")
        )
        self.fields["salt_is_medical"] = _yes_no(
            _("High blood pressure, a heart or kidney disease, or water tablets?"),
            _("Then extra sodium is your doctor’s to decide, and none is planned."),
        )

    def _ask_caffeine(self) -> None:
        self.fields["uses_caffeine"] = _yes_no(
            _("Caffeine?"),
            _("Yes only if you tried it in hard training. It is planned for adults, and never above the limits."),
        )
        low, high = bounds("caffeine.proposed_mg_per_kg")
        self.fields["caffeine_mg_per_kg"] = QuantityField(
            low=low,
            high=high,
            unit="mg/kg",
            label=_("Caffeine you tolerate"),
            help_text=_("For each kilogram of you. Three is usual; less works too."),
        )
        other = bounds("range.other_caffeine_mg")
        self.fields["other_caffeine_mg"] = QuantityField(
            low=other[0],
            high=other[1],
            unit="mg",
            decimals=0,
            label=_("Other caffeine that day"),
            help_text=_("A cup of coffee holds about 100 mg. The limit is for the whole day."),
        )

    def _ask_carrying(self) -> None:
        self.fields["foods"] = forms.MultipleChoiceField(
            label=_("What you take"),
            required=False,
            help_text=_("What you have tried in training. Without an answer we use one gel, one drink and one bite."),
            choices=[(product.key, dish_name(product.name)) for product in self.sheet.foods.offered],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["bottle_ml"] = QuantityField(
            low=50,
            high=3000,
            unit="fl oz" if self.us else "ml",
            factor=ML_PER_FL_OZ if self.us else 1.0,
            decimals=0,
            label=_("Size of a bottle"),
            help_text=_("With their number it says how long your drink lasts."),
        )
        self.fields["bottles"] = _count(_("Bottles you carry"), _("None is an answer, too: 0."), most=12)
        self.fields["pockets"] = _count(
            _("Gels and bites you can carry"), _("Pieces that fit in pockets, belt or box on the bike."), most=60
        )

    def _ask_course(self) -> None:
        unit = "mi" if self.us else "km"
        example = (
            _("every 3 mi, or 5, 10, 15 mi, or every 30 min")
            if self.us
            else _("every 5 km, or 8, 16, 24 km, or every 30 min")
        )
        for name, label, hint in (
            (
                "water_at",
                _("Water on the course"),
                _("Where the tables are: %(example)s. What is served you need not carry."),
            ),
            ("drink_at", _("Sports drink on the course"), ""),
            (
                "gel_at",
                _("Gels on the course"),
                _("The brand is the organizer’s: try it before, and read what is in it."),
            ),
            ("banana_at", _("Bananas on the course"), ""),
        ):
            self.fields[name] = PlacesField(
                unit=unit, label=label, help_text=hint % {"example": example} if "%" in hint else hint
            )

    def clean_foods(self) -> list[str]:
        """As many as one can still tell apart on the road."""
        chosen: list[str] = self.cleaned_data["foods"]
        if len(chosen) > MOST_FOODS:
            raise ValidationError(_("Choose at most %(most)s.") % {"most": MOST_FOODS})
        return chosen

    def values(self) -> dict[str, Any]:
        """The options as the race services name them. What this page does not ask for keeps what was said before."""
        cleaned = dict(self.cleaned_data)
        start = cleaned.pop("start_time", None)
        said = {name: getattr(self.sheet.options, name) for name in RaceOptions.__dataclass_fields__}
        said["start_minute"] = None if start is None else start.hour * 60 + start.minute
        for name, value in cleaned.items():
            if name in _FLAGS:
                said[name] = {"yes": True, "no": False}.get(value)
            elif name in PLACES:
                said[name] = value or None
            elif name == "foods":
                said[name] = tuple(value)
            else:
                said[name] = value
        return said


_FLAGS = ("sweat_is_measured", "takes_painkillers", "salt_is_medical", "uses_caffeine")


def _initial(options: RaceOptions) -> dict[str, Any]:
    shown = {name: getattr(options, name) for name in RaceOptions.__dataclass_fields__}
    shown |= {name: {True: "yes", False: "no"}.get(shown[name], "") for name in _FLAGS}
    minute = shown.pop("start_minute")
    shown["start_time"] = None if minute is None else f"{minute // 60:02d}:{minute % 60:02d}"
    shown["foods"] = list(options.foods)
    return shown


def _yes_no(label: str, hint: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, required=False, choices=YES_NO, widget=forms.RadioSelect)


def _count(label: str, hint: str, *, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Please write a whole number, such as 2.")},
    )


# Which questions stand together on the page.
GROUPS = (
    (
        gettext_lazy("The race"),
        ("finish_minutes", *LEGS, "start_time", "distance_km", "temperature_c", "meal_hours_before"),
    ),
    (
        gettext_lazy("Your body"),
        (
            "gut_cap_g_h",
            "sweat_rate_l_h",
            "sweat_is_measured",
            "sweat_tested_at_c",
            "sweat_sodium_mg_l",
            "takes_painkillers",
            "salt_is_medical",
        ),
    ),
    (gettext_lazy("Caffeine"), ("uses_caffeine", "caffeine_mg_per_kg", "other_caffeine_mg")),
    (gettext_lazy("What you carry"), ("foods", "bottles", "bottle_ml", "pockets")),
    (gettext_lazy("What the course serves"), PLACES),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together; `answered` counts the answers, `is_open` whether they are shown at once."""

    title: Any
    fields: list[Any]
    answered: int
    is_open: bool


def grouped(form: RaceForm) -> list[Group]:
    """The bound fields of a form by group, without empty groups.

    The race itself stands open, and what has an error or stands for a number that is only assumed.
    """
    rows = [(title, [form[name] for name in names if name in form.fields]) for title, names in GROUPS]
    found = []
    for title, fields in rows:
        if not fields:
            continue
        answered = sum(field.value() not in (None, "", []) for field in fields)
        assumed = any(field.name in ("gut_cap_g_h", "sweat_rate_l_h") and not field.value() for field in fields)
        found.append(Group(title, fields, answered, not found or assumed or any(field.errors for field in fields)))
    return found
