"""The athlete's standing rules for every plan: how often a food, how long at the stove, which days cook ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from athletes.models import Athlete, User
from athletes.services.versions import raise_profile_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import InvalidInput
from planning.models import PlanningRules
from planning.optimizer.types import Rules
from planning.services.choice import Catalogue, read_catalogue
from planning.services.coaching_limits import limits_document

# Food tags that a rule may count, with the words an athlete reads; only those that foods carry are offered.
TAG_WORDS = {
    "red_meat": gettext_noop("Red meat"),
    "processed_meat": gettext_noop("Processed meat"),
    "pork": gettext_noop("Pork"),
    "poultry": gettext_noop("Poultry"),
    "fish": gettext_noop("Fish"),
    "oily_fish": gettext_noop("Oily fish"),
    "shellfish": gettext_noop("Shellfish"),
    "egg": gettext_noop("Eggs"),
    "legumes": gettext_noop("Beans, lentils and peas"),
    "dairy": gettext_noop("Milk, yogurt and cheese"),
    "whole_grain": gettext_noop("Whole grains"),
    "nuts": gettext_noop("Nuts and seeds"),
}
# Three main meals on seven days: what a rule may ask for at most.
MEALS_PER_WEEK = 21
PREP_MINUTES = (0, 480)
REPEATS = (1, 7)
DEFAULT_WEEKLY_MAX = {"red_meat": 3}


@dataclass(frozen=True, slots=True)
class StandingRules:
    """Rules in force. `prep_minutes` maps a weekday (0 is Monday) to minutes of hands-on time."""

    weekly_max: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEEKLY_MAX))
    weekly_min: Mapping[str, int] = field(default_factory=dict)
    prep_minutes: Mapping[int, int] = field(default_factory=dict)
    batch_weekdays: tuple[int, ...] = ()
    leftovers: bool = True
    max_repeats_per_week: int = 2

    def for_week(self) -> Rules:
        """The part that holds for the week as a whole, as the optimizer reads it."""
        return Rules(
            max_repeats_per_week=self.max_repeats_per_week,
            weekly_max=dict(self.weekly_max),
            weekly_min=dict(self.weekly_min),
            leftovers=self.leftovers,
        )

    def minutes_on(self, weekday: int, otherwise: int | None) -> int | None:
        """Hands-on minutes of a weekday; the profile's limit where no rule names the day."""
        return self.prep_minutes.get(weekday, otherwise)


def rules_of(athlete: Athlete) -> StandingRules:
    """The athlete's rules; those of the product where none were set."""
    row = PlanningRules.objects.filter(athlete_id=athlete.pk).first()
    return StandingRules() if row is None else _from_row(row)


def _from_row(row: PlanningRules) -> StandingRules:
    return StandingRules(
        weekly_max=dict(row.weekly_max),
        weekly_min=dict(row.weekly_min),
        prep_minutes={int(day): minutes for day, minutes in row.prep_minutes.items()},
        batch_weekdays=tuple(row.batch_weekdays),
        leftovers=row.leftovers,
        max_repeats_per_week=row.max_repeats_per_week,
    )


def rules_document(rules: StandingRules) -> dict[str, Any]:
    """The rules as API and revisions hold them."""
    return {
        "weekly_max": dict(sorted(rules.weekly_max.items())),
        "weekly_min": dict(sorted(rules.weekly_min.items())),
        "prep_minutes": {str(day): minutes for day, minutes in sorted(rules.prep_minutes.items())},
        "batch_weekdays": sorted(rules.batch_weekdays),
        "leftovers": rules.leftovers,
        "max_repeats_per_week": rules.max_repeats_per_week,
    }


def read_rules(document: Mapping[str, Any]) -> StandingRules:
    """The rules of a document that `rules_document` wrote."""
    return StandingRules(
        weekly_max=dict(document["weekly_max"]),
        weekly_min=dict(document["weekly_min"]),
        prep_minutes={int(day): minutes for day, minutes in document["prep_minutes"].items()},
        batch_weekdays=tuple(document["batch_weekdays"]),
        leftovers=bool(document["leftovers"]),
        max_repeats_per_week=int(document["max_repeats_per_week"]),
    )


def wishes_document(athlete: Athlete, rules: StandingRules, *, first: date, last: date) -> dict[str, Any]:
    """Everything about time, money and habit that a plan of these days was made for, and a coach's limits.

    Another one makes the plan out of date.
    """
    limits = limits_document(athlete, first, last)
    return {
        **rules_document(rules),
        "max_prep_minutes": athlete.max_prep_minutes,
        "weekly_budget_minor": athlete.weekly_budget_minor,
        **({"coach_bounds": limits} if limits else {}),
    }


def offered_tags(catalogue: Catalogue | None = None) -> dict[str, str]:
    """The tags that a rule may count: those that foods of recipes carry, with their words."""
    catalogue = catalogue or read_catalogue()
    present = {tag for food in catalogue.foods.values() for tag in food.tags}
    return {tag: words for tag, words in TAG_WORDS.items() if tag in present}


@transaction.atomic
def update_rules(*, athlete: Athlete, values: Mapping[str, Any], by: User) -> StandingRules:
    """Changes the rules that were sent; what was not sent stays. Raises InvalidInput with every wrong field.

    `values` may hold `weekly_max`, `weekly_min` (tag to meals a week), `prep_minutes` (weekday as text to minutes),
    `batch_weekdays`, `leftovers`, `max_repeats_per_week`. Plans made under other rules are out of date afterwards.
    """
    # The row of the athlete is what two changes at once queue for: a first PlanningRules row cannot be locked.
    Athlete.objects.select_for_update().get(pk=athlete.pk)
    before = rules_of(athlete)
    wanted = {**rules_document(before), **values}
    _refuse_bad(wanted)
    after = read_rules(wanted)
    if after == before:
        return before
    document = rules_document(after)
    PlanningRules.objects.update_or_create(athlete=athlete, defaults=document)
    raise_profile_version(athlete.pk)
    record_audit(
        verb="rules.changed",
        by=by,
        object_id=athlete.pk,
        athlete_id=athlete.pk,
        fields=sorted(set(values) & set(wanted)),
    )
    return after


def _refuse_bad(wanted: Mapping[str, Any]) -> None:
    details: list[dict[str, str]] = []

    def refuse(name: str, message: str) -> None:
        details.append({"field": name, "message": message})

    offered = offered_tags()
    for name in ("weekly_max", "weekly_min"):
        for tag, count in wanted[name].items():
            if tag not in offered:
                refuse(f"{name}.{tag}", _("Must be one of: %(choices)s.") % {"choices": ", ".join(offered)})
            elif not 0 <= count <= MEALS_PER_WEEK:
                refuse(f"{name}.{tag}", _("Must be from %(low)s to %(high)s.") % {"low": 0, "high": MEALS_PER_WEEK})
    for tag in sorted(set(wanted["weekly_min"]) & set(wanted["weekly_max"])):
        if wanted["weekly_min"][tag] > wanted["weekly_max"][tag]:
            refuse(f"weekly_min.{tag}", _("Must not be more than the most you allow."))
    if sum(wanted["weekly_min"].values()) > MEALS_PER_WEEK:
        refuse("weekly_min", _("Together at most %(count)d meals a week.") % {"count": MEALS_PER_WEEK})
    low, high = PREP_MINUTES
    for day, minutes in wanted["prep_minutes"].items():
        if day not in {str(number) for number in range(7)}:
            refuse(f"prep_minutes.{day}", _("Must be a weekday from 0 (Monday) to 6."))
        elif not low <= minutes <= high:
            refuse(f"prep_minutes.{day}", _("Must be from %(low)s to %(high)s.") % {"low": low, "high": high})
    if any(day not in range(7) for day in wanted["batch_weekdays"]):
        refuse("batch_weekdays", _("Must be weekdays from 0 (Monday) to 6."))
    elif len(set(wanted["batch_weekdays"])) != len(wanted["batch_weekdays"]):
        refuse("batch_weekdays", _("Each weekday at most once."))
    if not REPEATS[0] <= wanted["max_repeats_per_week"] <= REPEATS[1]:
        refuse("max_repeats_per_week", _("Must be from %(low)s to %(high)s.") % {"low": REPEATS[0], "high": REPEATS[1]})
    if details:
        raise InvalidInput(details=details)
