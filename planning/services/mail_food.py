"""Key sessions of some days and what the plan holds around them, in the words of a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from athletes.models import Athlete, TrainingEvent
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from planning.catalogue.names import dish_name
from planning.fueling import SessionFood, Window, clock_of, feed_sessions
from planning.models import MealPlan, PlanItem
from planning.services.key_sessions import LONG_MINUTES, is_key
from planning.services.plans import covering_plans, unsafe_items
from planning.services.stored import place_of
from planning.services.targets import TargetDay, calculate_targets
from planning.wording import length_in_words

RACE, LONG, HARD = "race", "long", "hard"
# What is eaten from here on is the evening before [engineering choice].
EVENING_FROM = "17:00"


@dataclass(frozen=True, slots=True)
class KeySession:
    """One race, long or hard session. The lists hold dishes as a mail names them, and are empty where none is planned.

    `minute` is its local start, None for an all-day one. `ask_before` is what the hours before ask for where nothing
    is planned then; empty where numbers are withheld or nothing is asked.
    """

    day: date
    minute: int | None
    title: str
    kind: str
    length: str
    before: tuple[str, ...]
    during: tuple[str, ...]
    after: tuple[str, ...]
    ask_before: str = ""
    is_planned: bool = False

    @property
    def when(self) -> str:
        """Day and local start, such as `Saturday, 21 November, 09:00`."""
        words = date_format(self.day, _("l, j F"))
        return words if self.minute is None else f"{words}, {clock_of(self.minute)}"


@dataclass(frozen=True, slots=True)
class MailFood:
    """The key sessions of a range of days, how many other sessions it holds, and its days without a plan."""

    sessions: tuple[KeySession, ...]
    others: int
    unplanned: tuple[date, ...]
    evening: tuple[str, ...] = ()


def key_kind(event: TrainingEvent, session: Any) -> str:
    """Why a session deserves a word before it: a race, long or hard; empty when it is no key session.

    `session` is the event as `planning.mapping.science_session` gives it.
    """
    if not event.counts or not is_key(session):
        return ""
    if event.type == TrainingEvent.Type.RACE:
        return RACE
    return LONG if session.duration_minutes >= LONG_MINUTES else HARD


def read_mail_food(*, athlete: Athlete, first: date, last: date) -> MailFood:
    """What a mail tells about these days; the evening is that of the day before the first.

    Meals that the athlete may not eat any more, or has skipped, are not named. Raises ProfileOutOfRange.
    """
    withheld = numbers_withheld(athlete, today=today(athlete.zones))
    evening_day = first - timedelta(days=1)
    plans = covering_plans(athlete, evening_day, last)
    items = _allowed_items(athlete, plans)
    sessions: list[KeySession] = []
    others = 0
    for target in calculate_targets(athlete=athlete, first=first, last=last):
        rows = [item for item in items if item.date == target.date]
        by_id = {session.id: session for session in target.sessions}
        for food in feed_sessions(athlete=athlete, day=target, items=rows):
            kind = key_kind(food.event, by_id[food.event.pk])
            if kind:
                sessions.append(_key_session(target, food, kind, withheld=withheld, is_planned=target.date in plans))
            else:
                others += 1
    evening = sorted(
        (item for item in items if item.date == evening_day and _is_evening_meal(item)), key=lambda item: item.time
    )
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return MailFood(
        sessions=tuple(sessions),
        others=others,
        unplanned=tuple(day for day in days if day not in plans),
        evening=_dishes(evening, withheld=withheld),
    )


def _is_evening_meal(item: PlanItem) -> bool:
    return item.time >= EVENING_FROM and item.slot != "during" and item.status == PlanItem.Status.PLANNED


def _allowed_items(athlete: Athlete, plans: dict[date, MealPlan]) -> list[PlanItem]:
    found = []
    for plan in {plan.pk: plan for plan in plans.values()}.values():
        unsafe = {(row["date"], row["slot"], row["index"]) for row in unsafe_items(athlete, plan)}
        for item in plan.current.items.all() if plan.current is not None else ():
            # A meal of an older plan on a day that a newer one has is nobody's meal any more.
            covers = plans.get(item.date)
            if covers is not None and covers.pk == plan.pk and place_of(item) not in unsafe:
                found.append(item)
    return [item for item in found if item.status != PlanItem.Status.SKIPPED]


def _key_session(target: TargetDay, food: SessionFood, kind: str, *, withheld: bool, is_planned: bool) -> KeySession:
    before = _dishes(food.before.planned, withheld=withheld)
    return KeySession(
        day=target.date,
        minute=food.starts_at_minute,
        title=food.event.title,
        kind=kind,
        length="" if food.is_length_assumed else length_in_words(food.duration_minutes),
        before=before,
        during=_dishes(food.during.planned, withheld=withheld),
        after=_dishes(food.after.planned, withheld=withheld),
        ask_before="" if before or withheld else _asked(food.before),
        is_planned=is_planned,
    )


def _asked(window: Window) -> str:
    grams = round(window.carbs_g)
    return _("about %(grams)s\u00a0g of carbohydrate") % {"grams": grams} if grams else ""


def _dishes(items: Sequence[Any], *, withheld: bool) -> tuple[str, ...]:
    rows = sorted(items, key=lambda item: item.time)
    return tuple(_dish(item, withheld=withheld) for item in rows)


def _dish(item: Any, *, withheld: bool) -> str:
    carbs_g = item.nutrients.get("carbs_g")
    words = {"time": item.time[:5], "name": dish_name(item.recipe)}
    if withheld or carbs_g is None:
        return _("%(time)s %(name)s") % words
    return _("%(time)s %(name)s (%(grams)s\u00a0g carbohydrate)") % {**words, "grams": round(carbs_g)}
