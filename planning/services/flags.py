"""What a coach should know about an athlete today: facts in, flags with their evidence out. No query, no clock.

A missing value is never a flag: what nobody measured, logged or connected raises nothing, except that targets which
stand on an assumed body are named as such, at the lowest urgency.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from athletes.models import Athlete, CalendarConnection, TrainingEvent
from athletes.rules import numbers_withheld
from athletes.validation import ADULT_YEARS
from planning.catalogue.names import dish_name
from planning.models import CoachBound, MealPlan
from planning.phrases import tell
from planning.services.coaching_bounds import bound_words
from planning.services.following import IMPOSSIBLE, WAITS
from planning.services.key_sessions import KeySession
from planning.services.revisions import FOLLOWED
from planning.services.squad import LowAvailability, SquadDay

# How far a coach looks ahead for a race, and for training that has no food yet.
RACE_DAYS = 7
NEXT_DAYS = 3
# A calendar that nobody has read for this long may hide a changed session.
SILENT = timedelta(hours=24)
EA_RED = "EA_RED"
WITHHELD = gettext_noop("Meals are shown without numbers. Speak about food and how training feels, not about weight.")
HEALTH_REASON = gettext_noop("Asked to lose weight. The targets keep energy in balance for a health reason.")
BLOCKED = {
    "DEFICIT_BLOCKED_MINOR": gettext_noop("Asked to lose weight. Under 18 the targets keep energy in balance."),
    "DEFICIT_BLOCKED_ED_RED_FLAG": gettext_noop(
        "Asked to lose weight. The targets keep energy in balance; a clinician can help."
    ),
    "DEFICIT_BLOCKED_UNDERWEIGHT": HEALTH_REASON,
    "DEFICIT_BLOCKED_PREGNANCY_LACTATION": HEALTH_REASON,
}
ASSUMED_WORDS = {
    "age_years": gettext_noop("birth date"),
    "weight_kg": gettext_noop("weight"),
    "height_cm": gettext_noop("height"),
    "sex": gettext_noop("sex"),
}


class Severity(IntEnum):
    """How urgent a flag is; risk to the athlete comes before a plan that is behind."""

    NOTICE = 1
    BEHIND = 2
    ATTENTION = 3
    ACT = 4

    @property
    def words(self) -> str:
        words = {1: _("For information"), 2: _("Plan is behind"), 3: _("Needs attention"), 4: _("Act now")}
        return words[self]


@dataclass(frozen=True, slots=True)
class Flag:
    """One reason to look. `due` is the day it starts to matter; `evidence` holds the values the sentence rests on."""

    code: str
    severity: Severity
    label: str
    icon: str
    sentence: str
    due: date
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the flags of one athlete rest on. `days` run from today; `plans` are newest first."""

    athlete: Athlete
    now: datetime
    today: date
    days: Sequence[SquadDay]
    plans: Sequence[MealPlan] = ()
    stale: Mapping[str, date] = field(default_factory=dict)
    unsafe: Mapping[str, Sequence[str]] = field(default_factory=dict)
    calendars: Sequence[CalendarConnection] = ()
    limits: Sequence[CoachBound] = ()
    key_sessions: Sequence[KeySession] = ()
    low: LowAvailability | None = None
    out_of_range: bool = False

    def plan_on(self, day: date) -> MealPlan | None:
        """The newest verified plan that covers a day."""
        return next(
            (plan for plan in self.plans if is_verified(plan) and plan.week_start <= day <= plan.last_day), None
        )

    def refused_on(self, day: date) -> MealPlan | None:
        """The newest plan for a day that could not be made, where no verified one covers it."""
        refused = (MealPlan.Status.INFEASIBLE, MealPlan.Status.FAILED)
        if self.plan_on(day) is not None:
            return None
        return next((p for p in self.plans if p.status in refused and p.week_start <= day <= p.last_day), None)


def is_verified(plan: MealPlan) -> bool:
    return plan.status == MealPlan.Status.VERIFIED and plan.current_id is not None


def raise_flags(facts: Facts) -> list[Flag]:
    """Every flag of an athlete, the most urgent first, then by the day it matters."""
    found = [
        *_low_availability(facts),
        *_out_of_range(facts),
        *_unsafe(facts),
        *_races(facts),
        *_blocked_goal(facts),
        *_care(facts),
        *_short_of_carbs(facts),
        *_refused(facts),
        *_calendars(facts),
        *_stale(facts),
        *_unplanned(facts),
        *_assumed(facts),
    ]
    return sorted(found, key=lambda flag: (-flag.severity, flag.due, flag.code))


def day_words(day: date, today: date) -> str:
    """today, tomorrow, or Saturday 28 March."""
    distance = (day - today).days
    return {0: _("today"), 1: _("tomorrow")}.get(distance) or date_format(day, _("l j F"))


def _low_availability(facts: Facts) -> Iterator[Flag]:
    low = facts.low
    if low is None:
        return
    red = low.code == EA_RED
    when = day_words(low.date, facts.today)
    evidence: dict[str, Any] = {"date": low.date}
    if numbers_withheld(facts.athlete, today=facts.today):
        sentence = _("The target of %(day)s leaves little energy beside training.") % {"day": when}
    else:
        said = {
            "value": number_format(f"{low.kcal_per_kg:g}"),
            "limit": number_format(f"{low.limit_kcal_per_kg:g}"),
            "day": when,
        }
        sentence = (
            _(
                "Energy availability %(value)s kcal per kg lean mass on the target of %(day)s. "
                "Below %(limit)s asks for action."
            )
            if red
            else _(
                "Energy availability %(value)s kcal per kg lean mass on the target of %(day)s. "
                "Below %(limit)s asks for a look."
            )
        ) % said
        evidence |= {"energy_availability": low.kcal_per_kg, "limit": low.limit_kcal_per_kg}
    label = _("Under-fueled") if red else _("Energy is low")
    yield Flag(low.code, Severity.ACT if red else Severity.ATTENTION, label, "alert", sentence, low.date, evidence)


def _out_of_range(facts: Facts) -> Iterator[Flag]:
    if facts.out_of_range:
        sentence = _("The profile holds values that nothing can be calculated from; the athlete must correct them.")
        evidence = {"athlete_id": facts.athlete.pk}
        yield Flag(
            "PROFILE_OUT_OF_RANGE", Severity.ATTENTION, _("No targets"), "alert", sentence, facts.today, evidence
        )


def _unsafe(facts: Facts) -> Iterator[Flag]:
    for plan in facts.plans:
        dishes = facts.unsafe.get(plan.pk)
        if dishes and plan.last_day >= facts.today:
            # A comma may be part of a dish's name.
            named = "; ".join(dish_name(dish) for dish in dishes)
            sentence = _("The plan holds what the athlete may not eat: %(dishes)s.") % {"dishes": named}
            evidence = {"plan_id": plan.pk, "dishes": list(dishes)}
            due = max(facts.today, plan.week_start)
            yield Flag("PLAN_UNSAFE", Severity.ACT, _("Not allowed"), "alert", sentence, due, evidence)
            return


def _races(facts: Facts) -> Iterator[Flag]:
    for day in facts.days:
        distance = (day.date - facts.today).days
        if distance > RACE_DAYS or facts.plan_on(day.date) is not None:
            continue
        for race in day.events:
            if race.type == TrainingEvent.Type.RACE:
                sentence = _no_plan_covers(race, day.date, facts.today)
                evidence = {"event_id": race.pk, "date": day.date, "days_left": distance}
                later = ngettext("Race in %(days)d day", "Race in %(days)d days", distance) % {"days": distance}
                left = {0: _("Race today"), 1: _("Race tomorrow")}.get(distance, later)
                yield Flag("RACE_WITHOUT_PLAN", Severity.ACT, left, "flag", sentence, day.date, evidence)


def _blocked_goal(facts: Facts) -> Iterator[Flag]:
    codes = facts.days[0].targets.warnings if facts.days else ()
    for code in codes:
        if code in BLOCKED:
            evidence = {"warning": code}
            words = _(BLOCKED[code])
            yield Flag(code, Severity.ATTENTION, _("Goal on hold"), "alert", words, facts.today, evidence)


def _care(facts: Facts) -> Iterator[Flag]:
    if facts.athlete.ed_flag:
        sentence = f"{_('A safety flag is set.')} {_(WITHHELD)} {_('A clinician or dietitian can help.')}"
        yield Flag("TAKE_CARE", Severity.ATTENTION, _("Take care"), "alert", sentence, facts.today, {"ed_flag": True})
    age = facts.athlete.age_on(facts.today)
    if age is not None and age < ADULT_YEARS and not facts.athlete.ed_flag:
        years = ngettext("%(age)d year old.", "%(age)d years old.", age) % {"age": age}
        sentence = f"{years} {_(WITHHELD)}"
        yield Flag("UNDER_18", Severity.NOTICE, _("Under 18"), "person", sentence, facts.today, {"age_years": age})


def _short_of_carbs(facts: Facts) -> Iterator[Flag]:
    """The last key session that is known to have got less carbohydrate than it asks for, and how many did."""
    short = [session for session in facts.key_sessions if session.is_reached is False]
    if not short:
        return
    last = short[-1]
    said: dict[str, Any] = {
        "session": last.title or _("a key session"),
        "day": date_format(last.date, _("l j F")),
        "eaten": f"{last.eaten_g or 0:.0f}",
        "low": f"{last.asked_low_g:.0f}",
    }
    evidence: dict[str, Any] = {"date": last.date, "sessions": len(short)}
    if numbers_withheld(facts.athlete, today=facts.today):
        sentence = _("Less was eaten around %(session)s on %(day)s than it asks for.") % said
    else:
        sentence = _("%(eaten)s g of carbohydrate around %(session)s on %(day)s, of at least %(low)s g.") % said
        evidence |= {"eaten_g": last.eaten_g, "asked_low_g": last.asked_low_g}
    if len(short) > 1:
        more = ngettext(
            "%(count)d key session of the last days fell short.",
            "%(count)d key sessions of the last days fell short.",
            len(short),
        )
        sentence += f" {more % {'count': len(short)}}"
    label = _("Under-fueled session")
    yield Flag("CARBS_SHORT", Severity.ATTENTION, label, "alert", sentence, facts.today, evidence)


def _refused(facts: Facts) -> Iterator[Flag]:
    for day in facts.days[:RACE_DAYS]:
        plan = facts.refused_on(day.date)
        if plan is None:
            continue
        refusal = plan.refusal or {}
        hidden = numbers_withheld(facts.athlete, today=facts.today)
        reason = tell(str((None if hidden else refusal.get("message")) or "The limits contradict each other."))
        first = date_format(plan.week_start, _("j F"))
        sentence = _("No plan was found for the week from %(day)s.") % {"day": first}
        sentence += f" {reason}{_limits_of_coaches(facts, plan)}"
        evidence = {"plan_id": plan.pk, "code": refusal.get("code"), "status": plan.status}
        yield Flag("PLAN_REFUSED", Severity.ATTENTION, _("No plan found"), "calx", sentence, day.date, evidence)
        return


def _calendars(facts: Facts) -> Iterator[Flag]:
    for calendar in facts.calendars:
        read = calendar.last_synced_at
        last = _("never read") if read is None else _("last read %(ago)s ago") % {"ago": _ago(facts.now - read)}
        evidence = {"calendar_id": calendar.pk, "status": calendar.status, "last_synced_at": read}
        name = _(PROVIDERS.get(calendar.provider, calendar.provider))
        if calendar.status == CalendarConnection.Status.RECONNECT:
            sentence = _("%(calendar)s must be connected again by the athlete; %(last)s.") % {
                "calendar": name,
                "last": last,
            }
            yield Flag(
                "CALENDAR_RECONNECT", Severity.ATTENTION, _("Calendar lost"), "calx", sentence, facts.today, evidence
            )
        elif facts.now - (read or calendar.created_at) > SILENT:
            never = _("connected %(ago)s ago and never read") % {"ago": _ago(facts.now - calendar.created_at)}
            sentence = _("%(calendar)s: %(last)s. Sessions may have moved since.") % {
                "calendar": name,
                "last": last if read else never,
            }
            label = _("Calendar silent")
            yield Flag("CALENDAR_SILENT", Severity.BEHIND, label, "calx", sentence, facts.today, evidence)


PROVIDERS = {"ical": gettext_noop("The calendar feed"), "google_calendar": "Google Calendar"}


def _ago(span: timedelta) -> str:
    hours = int(span.total_seconds() // 3600)
    if hours >= 48:
        days = hours // 24
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def _stale(facts: Facts) -> Iterator[Flag]:
    for plan in facts.plans:
        changed = facts.stale.get(plan.pk)
        if changed is None or plan.pk in facts.unsafe:
            continue
        when = day_words(changed, facts.today)
        sentence = _("Training or profile changed after the plan was made; the first day that differs is %(day)s.") % {
            "day": when
        }
        ended = plan.request.get(FOLLOWED, {}).get("answer")
        if ended == IMPOSSIBLE:
            sentence += f" {_('No plan was found that follows.')}{_limits_of_coaches(facts, plan)}"
        elif ended == WAITS:
            sentence += f" {_('A changed plan waits for an answer.')}"
        evidence = {"plan_id": plan.pk, "first_day": changed, "revision": plan.revision}
        yield Flag("PLAN_STALE", Severity.BEHIND, _("Plan is behind"), "sync", sentence, changed, evidence)
        return


def _limits_of_coaches(facts: Facts, plan: MealPlan) -> str:
    """The limits that hold on days of a plan which was not found, by their words: one of them may stand in its way."""
    hidden = numbers_withheld(facts.athlete, today=facts.today)
    held = [row for row in facts.limits if row.first_day <= plan.last_day and row.last_day >= plan.week_start]
    words = [row.get_measure_display().capitalize() if hidden and row.measure else bound_words(row) for row in held]
    return f" {_('Limits of coaches that it had to keep: %(limits)s.') % {'limits': '; '.join(words)}}" if words else ""


def _unplanned(facts: Facts) -> Iterator[Flag]:
    for day in facts.days[:NEXT_DAYS]:
        if facts.plan_on(day.date) is not None or facts.refused_on(day.date) is not None:
            continue
        training = [event for event in day.events if event.type == TrainingEvent.Type.WORKOUT]
        if training:
            sentence = _no_plan_covers(training[0], day.date, facts.today)
            evidence = {"event_id": training[0].pk, "date": day.date}
            yield Flag("NO_PLAN", Severity.BEHIND, _("No plan"), "cal", sentence, day.date, evidence)
            return


def _no_plan_covers(event: TrainingEvent, day: date, today: date) -> str:
    said = {"session": event.title, "day": day_words(day, today)}
    return _("%(session)s is %(day)s, and no plan covers that day.") % said


def _assumed(facts: Facts) -> Iterator[Flag]:
    assumed = [name for name in (facts.days[0].targets.assumed if facts.days else ()) if name in ASSUMED_WORDS]
    if assumed:
        words = ", ".join(_(ASSUMED_WORDS[name]) for name in assumed)
        sentence = _("Not known: %(values)s. The targets use a reference athlete for it.") % {"values": words}
        evidence = {"assumed": assumed}
        label = _("Profile incomplete")
        yield Flag("PROFILE_ASSUMED", Severity.NOTICE, label, "person", sentence, facts.today, evidence)
