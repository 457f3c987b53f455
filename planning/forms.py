"""Forms of the planning pages. They read and check; services write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.models import PlanItem
from planning.services.plans import EARLIEST, LATEST_AHEAD_DAYS, MAX_DAYS
from planning.services.rules import MEALS_PER_WEEK, PREP_MINUTES, StandingRules
from planning.services.shopping import MAX_RANGE_DAYS


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PlanForm(forms.Form):
    """From which day, and for how many days, a plan is made."""

    first = forms.DateField(widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    days = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MAX_DAYS)
    back = forms.ChoiceField(widget=forms.HiddenInput, required=False, choices=[("today", "today"), ("week", "week")])

    refusal_fields = {"week_start": "first"}


class ResolveForm(forms.Form):
    """Plans again; `full` gives up the likeness to the present plan."""

    full = forms.BooleanField(required=False, widget=forms.HiddenInput)
    back = forms.ChoiceField(
        widget=forms.HiddenInput,
        required=False,
        choices=[("today", "today"), ("week", "week"), ("day", "day")],
    )
    day = forms.DateField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m-%d"])


class MarkForm(forms.Form):
    """What became of a planned meal."""

    status = forms.ChoiceField(required=False, choices=PlanItem.Status.choices)
    keep = forms.ChoiceField(required=False, choices=[("yes", "yes"), ("no", "no")])
    back = forms.ChoiceField(required=False, choices=[("today", "today"), ("day", "day")])


class SwapForm(forms.Form):
    """Which dish is to stand there instead."""

    recipe_id = forms.CharField(max_length=40)
    quarters = forms.IntegerField(required=False, min_value=1, max_value=40)


class AnswerForm(forms.Form):
    """Which proposal the athlete has seen."""

    revision = forms.IntegerField(min_value=1)


class RestForm(forms.Form):
    """Which day makes up for what was skipped."""

    day = forms.DateField(input_formats=["%Y-%m-%d"])
    back = forms.ChoiceField(required=False, choices=[("today", "today"), ("day", "day")])


class OfferForm(forms.Form):
    """An offer of a refusal that the athlete takes, and what is planned with it: a plan, or days without one."""

    offer = forms.JSONField(widget=forms.HiddenInput)
    plan = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    first = forms.DateField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m-%d"])
    days = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MAX_DAYS)
    full = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def clean_offer(self) -> dict[str, Any]:
        offer = self.cleaned_data["offer"]
        if not isinstance(offer, dict):
            raise forms.ValidationError(_("This is no offer."))
        return offer

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("plan") and not (cleaned.get("first") and cleaned.get("days")):
            raise forms.ValidationError(_("It is not said what to plan."))
        return cleaned


class OpinionForm(forms.Form):
    """What somebody thinks of a dish: one button at a time."""

    favorite = forms.ChoiceField(required=False, choices=[("yes", "yes"), ("no", "no")])
    rating = forms.ChoiceField(required=False, choices=[(str(n), str(n)) for n in range(6)])
    never = forms.ChoiceField(required=False, choices=[("yes", "yes")])

    def values(self) -> dict[str, Any]:
        """What was said, in the words of the service; a rating of 0 takes the rating back."""
        found: dict[str, Any] = {}
        if self.cleaned_data["favorite"]:
            found["favorite"] = self.cleaned_data["favorite"] == "yes"
        if self.cleaned_data["rating"]:
            found["rating"] = int(self.cleaned_data["rating"]) or None
        return found


def _count(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RulesForm(forms.Form):
    """Standing rules of every plan. An empty count is no rule; an empty time is the profile's."""

    max_repeats_per_week = forms.IntegerField(
        label=gettext_lazy("The same dish at most"),
        min_value=1,
        max_value=7,
        help_text=gettext_lazy(
            "Meals a week, 1 to 7. A batch that you cook ahead counts once, however often it is eaten."
        ),
    )
    leftovers = forms.BooleanField(
        label=gettext_lazy("Cook a dinner once and eat it twice"),
        required=False,
        help_text=gettext_lazy(
            "Only dishes that keep are eaten again: the next day’s lunch, or the dinner after that."
        ),
    )
    batch_weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("Days I cook ahead"),
        required=False,
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("On these days one dinner may be cooked for several later meals."),
    )

    def __init__(self, *args: Any, rules: StandingRules, tags: dict[str, str], **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            "max_repeats_per_week": rules.max_repeats_per_week,
            "leftovers": rules.leftovers,
            "batch_weekdays": [str(day) for day in rules.batch_weekdays],
        }
        for tag in tags:
            initial[f"least_{tag}"] = rules.weekly_min.get(tag)
            initial[f"most_{tag}"] = rules.weekly_max.get(tag)
        for day in range(7):
            initial[f"prep_{day}"] = rules.prep_minutes.get(day)
        super().__init__(*args, initial=initial, **kwargs)
        self.tags = {tag: _(words) for tag, words in tags.items()}
        for tag, words in self.tags.items():
            self.fields[f"least_{tag}"] = _count(_("%(food)s: at least") % {"food": words}, MEALS_PER_WEEK)
            self.fields[f"most_{tag}"] = _count(_("%(food)s: at most") % {"food": words}, MEALS_PER_WEEK)
        for day, name in WEEKDAYS.items():
            self.fields[f"prep_{day}"] = _count(name, PREP_MINUTES[1])
        self.refusal_fields = {
            **{f"weekly_min.{tag}": f"least_{tag}" for tag in tags},
            **{f"weekly_max.{tag}": f"most_{tag}" for tag in tags},
            **{f"prep_minutes.{day}": f"prep_{day}" for day in range(7)},
        }

    def counts(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Rows of the table: words, at least, at most."""
        return [(words, self[f"least_{tag}"], self[f"most_{tag}"]) for tag, words in self.tags.items()]

    def minutes(self) -> list[forms.BoundField]:
        return [self[f"prep_{day}"] for day in range(7)]

    def values(self) -> dict[str, Any]:
        """The whole set of rules in the words of the service."""
        cleaned = self.cleaned_data

        def named(prefix: str, names: Iterable[Any]) -> dict[str, int]:
            return {str(n): cleaned[f"{prefix}_{n}"] for n in names if cleaned.get(f"{prefix}_{n}") is not None}

        return {
            "weekly_min": named("least", self.tags),
            "weekly_max": named("most", self.tags),
            "prep_minutes": named("prep", range(7)),
            "batch_weekdays": [int(day) for day in cleaned["batch_weekdays"]],
            "leftovers": cleaned["leftovers"],
            "max_repeats_per_week": cleaned["max_repeats_per_week"],
        }


class RangeForm(forms.Form):
    """The days to shop for."""

    first = forms.DateField(label=gettext_lazy("From"), widget=_day_input())
    last = forms.DateField(label=gettext_lazy("To"), widget=_day_input())

    refusal_fields = {"from": "first", "to": "last", "week_start": "first"}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = today + timedelta(days=LATEST_AHEAD_DAYS)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and not EARLIEST <= first <= self.latest:
            self.add_error("first", _("This day is too far away to be planned."))
        elif first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        elif first and last and (last - first).days >= MAX_RANGE_DAYS:
            self.add_error("last", _("At most %(count)d days at once.") % {"count": MAX_RANGE_DAYS})
        return cleaned


class FeedForm(forms.Form):
    """What the athlete's own calendar shows."""

    meals = forms.BooleanField(
        label=gettext_lazy("Meals and snacks, with a reminder to start cooking"), required=False, initial=True
    )
    fueling = forms.BooleanField(
        label=gettext_lazy("Food and drink before, during and after training"), required=False, initial=True
    )
    shopping = forms.BooleanField(label=gettext_lazy("Shopping days"), required=False)
