"""Who needs the coach today: every consenting athlete, ranked by risk first, then by how soon it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from athletes.models import Athlete, CalendarConnection, CoachLink, Squad, TrainingEvent, User
from nutrition_site.kernel import clock
from planning.models import MealPlan, PlanItem, PlanRevision
from planning.services.choice import Catalogue, read_catalogue
from planning.services.coaching_history import BACK_DAYS, past_key_sessions, read_squad_eaten
from planning.services.coaching_limits import limits_of, unwanted
from planning.services.eaten import EatenDay
from planning.services.flags import RACE_DAYS, Facts, Flag, Severity, day_words, is_verified, raise_flags
from planning.services.plans import MAX_DAYS, holds_disliked, needs_fingerprint, unsafe_items
from planning.services.squad import Range, SquadDay, SquadDays, calculate_squad_targets, low_availability

TRAINING_DAYS = 14
# Large columns that only a plan behind its athlete is compared by.
HEAVY = ("days", "certificate", "engine", "optimality", "diff")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One athlete: the flags with the most urgent first, what comes next in training, and the plan of today."""

    athlete: Athlete
    squad: Squad | None
    flags: tuple[Flag, ...]
    today: date
    next_event: TrainingEvent | None
    plan: MealPlan | None

    @property
    def severity(self) -> Severity | None:
        return self.flags[0].severity if self.flags else None

    @property
    def due(self) -> date | None:
        """The day from which the most urgent flag matters."""
        return self.flags[0].due if self.flags else None

    @property
    def training_from(self) -> date:
        """From where a coach reads this athlete's sessions: two weeks back, to two weeks ahead (`training_until`)."""
        return self.today - timedelta(days=TRAINING_DAYS)

    @property
    def training_until(self) -> date:
        return self.today + timedelta(days=TRAINING_DAYS)

    @property
    def next_day_words(self) -> str:
        return "" if self.next_event is None else day_words(self.next_event.local_date, self.today)

    @property
    def reason(self) -> str:
        """Why the athlete stands at this place: how urgent, and from when."""
        if not self.flags:
            return _("On plan")
        first = self.flags[0]
        start = _("today")
        if first.due > self.today:
            start = _("from %(day)s") % {"day": day_words(first.due, self.today)}
        return f"{first.severity.words}, {start}"

    @property
    def order(self) -> tuple[int, date, int, str, str]:
        same = [flag for flag in self.flags if flag.severity == self.severity]
        return (-(self.severity or 0), self.due or date.max, -len(same), self.athlete.name.casefold(), self.athlete.pk)


def rank_roster(coach: User, *, only: Athlete | None = None) -> list[RosterRow]:
    """The athletes who agreed to be coached by this account, the most urgent first; or one of them alone.

    A fixed number of queries, whatever the size of the squad. An ended link is gone at once.
    """
    agreed = CoachLink.objects.filter(coach=coach, status=CoachLink.Status.ACTIVE, athlete__user__is_active=True)
    if only is not None:
        agreed = agreed.filter(athlete=only)
    links = list(agreed.select_related("athlete", "squad").order_by("athlete_id"))
    athletes = {link.athlete_id: link.athlete for link in links}
    days = {pk: clock.today(athlete.zones) for pk, athlete in athletes.items()}
    plans = _plans(days)
    behind = {pk: [plan for plan in rows if _is_behind(athletes[pk], plan)] for pk, rows in plans.items()}
    _read_contents([plan for rows in behind.values() for plan in rows])
    eaten = read_squad_eaten(days)
    targets = calculate_squad_targets(
        ranges={
            pk: (athlete, _range(days[pk], behind.get(pk, ()), back=pk in eaten)) for pk, athlete in athletes.items()
        },
        compared={pk for pk, rows in behind.items() if rows},
    )
    calendars = _calendars(athletes)
    shared = _catalogue_for(athletes, behind)
    rows = [
        _row(
            link,
            days[pk],
            targets[pk],
            plans.get(pk, []),
            behind.get(pk, []),
            calendars.get(pk, []),
            eaten.get(pk, {}),
            shared,
        )
        for link in links
        if (pk := link.athlete_id)
    ]
    return sorted(rows, key=lambda row: row.order)


def _row(
    link: CoachLink,
    today: date,
    targets: SquadDays,
    plans: list[MealPlan],
    behind: list[MealPlan],
    calendars: list[CalendarConnection],
    eaten: Mapping[date, EatenDay],
    shared: Catalogue | None,
) -> RosterRow:
    athlete = link.athlete
    ahead = [targets[day] for day in _coming(today) if day in targets]
    unsafe = {plan.pk: dishes for plan in behind if (dishes := _unsafe_dishes(athlete, plan, today))}
    moved = ((plan, _first_difference(athlete, plan, targets, today, shared)) for plan in behind)
    stale = {plan.pk: day for plan, day in moved if day is not None}
    facts = Facts(
        athlete=athlete,
        now=clock.now(),
        today=today,
        days=ahead,
        plans=plans,
        stale=stale,
        unsafe=unsafe,
        calendars=calendars,
        limits=limits_of(athlete),
        key_sessions=past_key_sessions(athlete, targets, eaten, today),
        out_of_range=not targets,
        low=low_availability(ahead, athlete),
    )
    return RosterRow(
        athlete=athlete,
        squad=link.squad,
        flags=tuple(raise_flags(facts)),
        today=today,
        next_event=_next_event(ahead),
        plan=facts.plan_on(today),
    )


def _coming(today: date) -> list[date]:
    return [today + timedelta(days=offset) for offset in range(RACE_DAYS + 1)]


def _range(today: date, behind: Sequence[MealPlan], *, back: bool) -> Range:
    """The coming days and those of the plans that must be compared; with `back` the last days, too."""
    last = max([today + timedelta(days=RACE_DAYS), *(plan.last_day for plan in behind)])
    return today - timedelta(days=BACK_DAYS if back else 0), last


def _next_event(days: Sequence[SquadDay]) -> TrainingEvent | None:
    return next((event for day in days for event in day.events if event.counts), None)


def _plans(days: dict[str, date]) -> dict[str, list[MealPlan]]:
    """Plans that reach into the coming days, newest first, by athlete."""
    if not days:
        return {}
    rows = (
        MealPlan.objects.filter(
            athlete__in=list(days),
            week_start__gte=min(days.values()) - timedelta(days=MAX_DAYS),
            week_start__lte=max(days.values()) + timedelta(days=RACE_DAYS),
        )
        .select_related("current")
        .defer(*(f"current__{name}" for name in HEAVY))
        .order_by("-created_at", "-id")
    )
    by_athlete: dict[str, list[MealPlan]] = defaultdict(list)
    for plan in rows:
        if plan.last_day >= days[plan.athlete_id]:
            by_athlete[plan.athlete_id].append(plan)
    return by_athlete


def _is_behind(athlete: Athlete, plan: MealPlan) -> bool:
    """Whether the plan was made from an older state; only then is it worth comparing."""
    made_from = plan.current
    if made_from is None or not is_verified(plan):
        return False
    versions = (made_from.training_version, made_from.profile_version)
    return versions != (athlete.training_version, athlete.profile_version)


def _read_contents(plans: Sequence[MealPlan]) -> None:
    """Gives the plans their whole current revision and its meals, in two queries for all of them."""
    if not plans:
        return
    whole = PlanRevision.objects.in_bulk([plan.current_id for plan in plans])
    for plan in plans:
        plan.current = whole[plan.current_id]
    meals = Prefetch("items", PlanItem.objects.select_related("recipe"))
    prefetch_related_objects(list(whole.values()), meals)


def _unsafe_dishes(athlete: Athlete, plan: MealPlan, today: date) -> list[str]:
    names = {item.recipe_id: item.recipe.name for item in _items(plan)}
    ahead = [row for row in unsafe_items(athlete, plan) if date.fromisoformat(row["date"]) >= today]
    return sorted({names[row["recipe_id"]] for row in ahead})


def _catalogue_for(athletes: Mapping[str, Athlete], behind: Mapping[str, Sequence[MealPlan]]) -> Catalogue | None:
    """The shared catalogue, where a plan has to be looked through for what its athlete does not want; else None."""
    looked_at = (
        unwanted(athletes[pk], plan.week_start, plan.last_day) for pk, plans in behind.items() for plan in plans
    )
    return read_catalogue() if any(looked_at) else None


def _first_difference(
    athlete: Athlete, plan: MealPlan, targets: SquadDays, today: date, shared: Catalogue | None
) -> date | None:
    """The first day from today on that asks for something else than the plan was made for; None when none does."""
    if plan.current is None:
        return None
    for made in plan.current.days:
        day = date.fromisoformat(made["date"])
        present = targets[day].payload if day >= today and day in targets else None
        if present is not None and needs_fingerprint(dict(present)) != needs_fingerprint(made["target"]):
            return day
    return max(today, plan.week_start) if holds_disliked(athlete, plan, shared=shared) else None


def _items(plan: MealPlan) -> list[PlanItem]:
    return [] if plan.current is None else list(plan.current.items.all())


def _calendars(athletes: dict[str, Athlete]) -> dict[str, list[CalendarConnection]]:
    by_athlete: dict[str, list[CalendarConnection]] = defaultdict(list)
    rows = CalendarConnection.objects.filter(athlete__in=list(athletes)).defer("credentials", "sync_state")
    for calendar in rows.order_by("created_at", "pk"):
        by_athlete[calendar.athlete_id].append(calendar)
    return by_athlete
