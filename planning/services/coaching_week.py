"""The week of a squad: athletes by days, with load, target, and what was eaten of the plan, in seven queries."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from athletes.models import Athlete, CoachLink, Squad, User
from athletes.rules import numbers_withheld
from athletes.services.known_days import known_since
from nutrition_site.kernel.clock import today
from planning.models import LogEntry, MealPlan, PlanItem
from planning.services.plans import MAX_DAYS
from planning.services.shopping_export import FORMULA_MARKS
from planning.services.squad import SquadDay, calculate_squad_targets

# Load (TSS) from which a day is light, moderate, hard and very hard [engineering choice].
LOAD_STEPS = (1.0, 50.0, 90.0, 150.0)
# Less of the plan than this share is shown as little.
LITTLE_SHARE = 0.85
FIELDS = (
    "athlete",
    "squad",
    "date",
    "sessions",
    "load_tss",
    "energy_target_kcal",
    "carbs_target_g",
    "protein_target_g",
    "fat_target_g",
    "energy_planned_kcal",
    "energy_eaten_kcal",
    "eaten_of_plan_pct",
    "every_meal_marked",
)


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One athlete on one day. None is unknown: no targets, a day before the athlete came here, no plan, nothing logged,
    or numbers that are withheld.

    `eaten_share` is energy of meals marked eaten, and of what was logged beside them, of the energy planned; None on
    days on which nothing was marked or logged. `at_least` says that more may have been eaten: a planned meal that
    nobody marked, or something logged whose energy is not known.
    """

    date: date
    sessions: int
    load_tss: float | None
    energy_kcal: float | None
    carbs_g: float | None
    protein_g: float | None
    fat_g: float | None
    planned_kcal: float | None
    eaten_kcal: float | None
    eaten_share: float | None
    at_least: bool
    ahead: bool

    @property
    def step(self) -> int:
        """0 (rest) to 4 (very hard); 0 where the load is unknown."""
        return sum(1 for limit in LOAD_STEPS if (self.load_tss or 0.0) >= limit)

    @property
    def is_little(self) -> bool:
        """Whether little of the plan was eaten, on a day that is over and of which all that was eaten is known."""
        return self.eaten_share is not None and self.eaten_share < LITTLE_SHARE and not self.ahead and not self.at_least


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One athlete with the days of the week. With `withheld` there is load and nothing else."""

    athlete: Athlete
    squad: Squad | None
    cells: tuple[WeekCell, ...]
    withheld: bool

    @property
    def load_tss(self) -> float | None:
        """Load of the whole week; None where no day has any known."""
        known = [cell.load_tss for cell in self.cells if cell.load_tss is not None]
        return sum(known) if known else None


def squad_week(coach: User, monday: date, *, squad: Squad | None = None) -> list[WeekRow]:
    """The seven days from a Monday of everybody who agreed to this coach, or of one squad, by name."""
    rows = CoachLink.objects.filter(coach=coach, status=CoachLink.Status.ACTIVE, athlete__user__is_active=True)
    if squad is not None:
        rows = rows.filter(squad=squad, squad__coach=coach)
    links = list(rows.select_related("athlete", "squad").order_by("athlete__name", "athlete_id"))
    athletes = {link.athlete_id: link.athlete for link in links}
    sunday = monday + timedelta(days=6)
    targets = calculate_squad_targets(ranges={pk: (athlete, (monday, sunday)) for pk, athlete in athletes.items()})
    food = _food(athletes, monday, sunday)
    logged = _logged(athletes, monday, sunday)
    since = known_since(athletes.values(), shown_from=monday)
    return [
        _row(
            link,
            monday,
            {day: row for day, row in targets.get(link.athlete_id, {}).items() if day >= since[link.athlete_id]},
            food[link.athlete_id],
            logged[link.athlete_id],
        )
        for link in links
    ]


def _row(
    link: CoachLink,
    monday: date,
    targets: Mapping[date, SquadDay],
    food: Mapping[date, Sequence[PlanItem]],
    logged: Mapping[date, Sequence[LogEntry]],
) -> WeekRow:
    present = today(link.athlete.zones)
    withheld = numbers_withheld(link.athlete, today=present)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    cells = tuple(
        _cell(day, targets.get(day), food.get(day, ()), logged.get(day, ()), withheld=withheld, present=present)
        for day in days
    )
    return WeekRow(link.athlete, link.squad, cells, withheld)


def _cell(
    day: date,
    target: SquadDay | None,
    items: Sequence[PlanItem],
    logged: Sequence[LogEntry],
    *,
    withheld: bool,
    present: date,
) -> WeekCell:
    planned = _sum([item.nutrients.get("energy_kcal") for item in items])
    marked = [item for item in items if item.status != PlanItem.Status.PLANNED]
    eaten = [item.nutrients.get("energy_kcal") for item in marked if item.status == PlanItem.Status.EATEN]
    beside = [entry.nutrients.get("energy_kcal") for entry in logged]
    known = bool(marked or logged)
    kcal = sum(value for value in [*eaten, *beside] if value is not None) if known else None
    share = kcal / planned if kcal is not None and planned else None
    named = target.targets if target is not None and not withheld else None
    return WeekCell(
        date=day,
        sessions=len([event for event in target.events if event.counts]) if target else 0,
        load_tss=target.targets.tss if target else None,
        energy_kcal=named.energy_kcal if named else None,
        carbs_g=named.carbs_g if named else None,
        protein_g=named.protein_g if named else None,
        fat_g=named.fat_g if named else None,
        planned_kcal=None if withheld else planned,
        eaten_kcal=None if withheld else kcal,
        eaten_share=None if withheld else share,
        at_least=known and (len(marked) < len(items) or not items or any(value is None for value in [*eaten, *beside])),
        ahead=day >= present,
    )


def _sum(values: Sequence[float | None]) -> float | None:
    """The sum; None for nothing, and where any part is unknown."""
    known = [value for value in values if value is not None]
    return sum(known) if values and len(known) == len(values) else None


def _food(athletes: Mapping[str, Athlete], first: date, last: date) -> dict[str, dict[date, list[PlanItem]]]:
    """The meals of the newest verified plan of each day, by athlete and day; two queries."""
    plans = (
        MealPlan.objects.verified()
        .filter(athlete__in=list(athletes), week_start__lte=last, week_start__gt=first - timedelta(days=MAX_DAYS))
        .only("athlete_id", "week_start", "days", "current_id", "created_at")
        .order_by("created_at", "id")
    )
    owner: dict[tuple[str, date], str] = {}
    for plan in plans:
        for offset in range(plan.days):
            day = plan.week_start + timedelta(days=offset)
            if first <= day <= last and plan.current_id is not None:
                owner[plan.athlete_id, day] = plan.current_id
    holders: dict[tuple[str, date], str] = {(revision, day): pk for (pk, day), revision in owner.items()}
    found: dict[str, dict[date, list[PlanItem]]] = defaultdict(lambda: defaultdict(list))
    items = PlanItem.objects.filter(revision__in=set(owner.values()), date__gte=first, date__lte=last)
    for item in items.only("revision_id", "date", "status", "nutrients"):
        athlete_id = holders.get((item.revision_id, item.date))
        if athlete_id is not None:
            found[athlete_id][item.date].append(item)
    return found


def _logged(athletes: Mapping[str, Athlete], first: date, last: date) -> dict[str, dict[date, list[LogEntry]]]:
    found: dict[str, dict[date, list[LogEntry]]] = defaultdict(lambda: defaultdict(list))
    rows = LogEntry.objects.filter(athlete__in=list(athletes), day__gte=first, day__lte=last)
    for entry in rows.only("athlete_id", "day", "nutrients"):
        found[entry.athlete_id][entry.day].append(entry)
    return found


def week_csv(rows: Sequence[WeekRow]) -> bytes:
    """The week as CSV (UTF-8 with a byte order mark): one line for each athlete and day; unknown is empty.

    No cell begins with what a spreadsheet takes for a formula.
    """
    text = io.StringIO()
    # Texts in quotation marks: where a spreadsheet splits at semicolons, the one in a name would begin a cell.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(FIELDS)
    for row in rows:
        for cell in row.cells:
            writer.writerow(
                [
                    _safe(row.athlete.name),
                    _safe(row.squad.name if row.squad else ""),
                    cell.date.isoformat(),
                    "" if cell.load_tss is None else cell.sessions,
                    *(
                        _number(value)
                        for value in (
                            cell.load_tss,
                            cell.energy_kcal,
                            cell.carbs_g,
                            cell.protein_g,
                            cell.fat_g,
                            cell.planned_kcal,
                            cell.eaten_kcal,
                            None if cell.eaten_share is None else 100 * cell.eaten_share,
                        )
                    ),
                    "" if cell.eaten_kcal is None else "no" if cell.at_least else "yes",
                ]
            )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _number(value: float | None) -> int | str:
    return "" if value is None else round(value)


def _safe(text: str) -> str:
    """A text no program runs: what begins like a formula, also behind unseen marks, gets an apostrophe before it."""
    seen = text.lstrip("\ufeff\u200b\u200c\u200d\u2060 \u00a0")
    return f"'{text}" if text.startswith(FORMULA_MARKS) or seen.lstrip().startswith(FORMULA_MARKS) else text
