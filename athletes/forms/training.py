"""Sessions entered by hand, and calendars."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from athletes.forms.fields import QuantityField, set_choices
from athletes.models import TitleCorrection, TrainingEvent
from athletes.services.events import RANGES
from athletes.words import INTENSITY_NAMES, SPORT_NAMES, TYPE_NAMES
from nutrition_site.kernel.clock import zone

FROM_TITLE = _("Read from the title")
AS_READ = _("As the title says")


class EventForm(forms.Form):
    """One session. What is left empty is read from the title; what is said here beats it."""

    refusal_fields = {"starts_at": "date", "tss": "title"}

    title = forms.CharField(
        max_length=500,
        label=_("What will you do?"),
        help_text=_("As you would write it in your calendar: Long run 90min Z2, Swim 3x800, Rest."),
    )
    date = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Please give a day such as 2026-03-27.")},
    )
    time = forms.TimeField(
        label=_("Start"),
        required=False,
        help_text=_("Meals are set around it. Without a time the day’s total is planned."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Please give a time such as 17:30.")},
    )
    type = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", FROM_TITLE), *((k, v) for k, v in TYPE_NAMES.items() if k != "unclassified")],
    )
    sport = forms.ChoiceField(label=_("Sport"), required=False, choices=[("", FROM_TITLE), *SPORT_NAMES.items()])
    intensity = forms.ChoiceField(
        label=_("Effort"), required=False, choices=[("", FROM_TITLE), *INTENSITY_NAMES.items()]
    )
    duration_minutes = QuantityField(label=_("Time"), low=1, high=1440, unit=_("minutes"))
    distance_km = QuantityField(label=_("Distance"), low=0.01, high=1000, unit="km", decimals=2)
    avg_power_w = QuantityField(
        label=_("Average power"),
        help_text=_("The best estimate of what a ride costs."),
        low=0,
        high=600,
        unit="W",
        decimals=0,
    )
    rpe = QuantityField(label=_("How hard, from 1 to 10"), low=RANGES["rpe"][0], high=RANGES["rpe"][1])

    def __init__(
        self,
        data: Any = None,
        *,
        event: TrainingEvent | None = None,
        zone_name: str,
        day: dt.date | None = None,
        kind: str = "",
        **kw: Any,
    ) -> None:
        self.event = event
        initial: dict[str, Any] = {"date": day, "type": kind}
        if event is not None:
            named = ("type", "sport", "intensity", "duration_minutes", "distance_km")
            unsaid = {*event.estimated, *event.corrected}
            initial = {name: None if name in unsaid else getattr(event, name) for name in named}
            start = event.starts_at.astimezone(zone(zone_name))
            initial |= {"title": event.title, "avg_power_w": event.avg_power_w, "rpe": event.rpe}
            initial |= {"date": event.local_date, "time": None if event.all_day else start.time()}
        super().__init__(data, initial=initial, **kw)
        sport = initial.get("sport")
        if sport and sport not in SPORT_NAMES:
            set_choices(self, "sport", [("", FROM_TITLE), *SPORT_NAMES.items(), (sport, sport)])

    def values(self) -> dict[str, Any]:
        """The fields for the event services: all for a new event, the changed ones for a present one."""
        cleaned = {
            name: None if value == "" else value
            for name, value in self.cleaned_data.items()
            if name not in ("date", "time")
        }
        if self.event is not None:
            cleaned = {name: value for name, value in cleaned.items() if name in self.changed_data}
        if self.event is None or {"date", "time"} & set(self.changed_data):
            day, time = self.cleaned_data["date"], self.cleaned_data["time"]
            # Without a zone: the services read it where the athlete is.
            cleaned["starts_at"] = day if time is None else _naive(day, time)
        return cleaned


class CorrectionForm(forms.Form):
    """What titles like this one mean. What is left empty is left to the title; at least one field is said."""

    type = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", AS_READ), *((k, v) for k, v in TYPE_NAMES.items() if k != "unclassified")],
    )
    sport = forms.ChoiceField(label=_("Sport"), required=False, choices=[("", AS_READ), *SPORT_NAMES.items()])
    intensity = forms.ChoiceField(label=_("Effort"), required=False, choices=[("", AS_READ), *INTENSITY_NAMES.items()])
    duration_minutes = QuantityField(
        label=_("Time"),
        low=1,
        high=1440,
        unit=_("minutes"),
        help_text=_("A length that the calendar states stays as it is."),
    )

    def __init__(self, data: Any = None, *, known: TitleCorrection | None = None, **kw: Any) -> None:
        names = ("type", "sport", "intensity", "duration_minutes")
        super().__init__(data, initial={name: getattr(known, name, None) for name in names}, **kw)
        sport = getattr(known, "sport", None)
        if sport and sport not in SPORT_NAMES:
            set_choices(self, "sport", [("", AS_READ), *SPORT_NAMES.items(), (sport, sport)])

    def values(self) -> dict[str, Any]:
        """The fields for the correction service."""
        return {name: None if value == "" else value for name, value in self.cleaned_data.items()}


def _naive(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time)


class IcalForm(forms.Form):
    """A calendar that has an address."""

    url = forms.CharField(
        max_length=2000,
        label=_("Address of the calendar"),
        help_text=_(
            "The private iCal address: it ends in .ics or starts with webcal. Kept encrypted, never shown again."
        ),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )


class CaldavForm(forms.Form):
    """The calendars of an account, by CalDAV."""

    url = forms.CharField(
        max_length=2000,
        label=_("Address of the server, the account or one calendar"),
        help_text=_("Such as https://caldav.icloud.com. Of a whole account all its calendars are read."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    username = forms.CharField(
        max_length=200,
        label=_("User name"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        max_length=1000,
        strip=False,
        label=_("Password"),
        help_text=_("Best a password made for this app alone; iCloud and Fastmail ask for one. Kept encrypted."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class IntervalsForm(forms.Form):
    """Intervals.icu, by the key that its settings show."""

    api_key = forms.CharField(
        max_length=4000,
        label=_("API key"),
        help_text=_("From the developer settings of Intervals.icu. It is kept encrypted and never shown again."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    athlete_id = forms.CharField(
        max_length=20,
        required=False,
        label=_("Athlete ID"),
        help_text=_("Only where the key is a coach’s: the athlete to read, such as i12345."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )


class GoogleForm(forms.Form):
    """A Google calendar, by an access token."""

    oauth_token = forms.CharField(
        max_length=4000,
        label=_("Access token"),
        help_text=_("With the scope calendar.readonly. It is kept encrypted and never shown again."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
