"""Meals that change places within a plan: what is exchanged, and what is solved again around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from athletes.models import Athlete, User
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import Conflict, NotFound
from planning.catalogue.names import dish_name
from planning.models import MealPlan, PlanItem
from planning.optimizer.servings import quarters_range
from planning.optimizer.types import Dish, Item, Place, SlotNeed
from planning.services.by_hand import as_solution, day_name, meals_as_read, tell_violation
from planning.services.concessions import agreed_offers
from planning.services.fitting import find_fits
from planning.services.inputs import PlanInputs, Standing, gather_inputs
from planning.services.plans import stale_plan_ids
from planning.services.proof import as_items, certify
from planning.services.resolving import clock_at, current_items
from planning.services.rest import follow_rest
from planning.services.revisions import store_revision
from planning.services.settling import DURING
from planning.services.solving import solve_or_refuse
from planning.services.standing import is_lived, standing_of
from planning.services.stored import place_of
from planning.services.swaps import PLAN_STALE, REASONS, refuse_excluded

MOVED = "moved"
SOLVE_SECONDS = 8.0
# How a move is done: the two dishes change places and nothing else does, or their days are planned around it.
EXCHANGE, AROUND = "exchange", "around"


@dataclass(frozen=True, slots=True)
class MovePlace:
    """A place that a meal may move to: what stands there now, and how the move would be done."""

    item: PlanItem
    way: str


@dataclass(frozen=True, slots=True)
class _Board:
    """A plan as it may be moved about: `open` are the meals that may change places, by place."""

    plan: MealPlan
    inputs: PlanInputs
    rows: list[PlanItem]
    items: list[Item]
    open: dict[Place, PlanItem]
    standing: Standing

    @property
    def dishes(self) -> dict[str, Dish]:
        return {dish.key: dish for dish in self.inputs.problem.dishes}

    @property
    def slots(self) -> dict[Place, SlotNeed]:
        return {(day.date, slot.slot, slot.index): slot for day in self.inputs.problem.days for slot in day.slots}

    def at(self, place: Place) -> Item:
        return next(item for item in self.items if item.place == place)

    def eaters(self, place: Place) -> list[Item]:
        return [item for item in self.items if item.leftover_of == place]


def find_move_places(*, plan: MealPlan, item: PlanItem) -> list[MovePlace]:
    """Where a meal may move to within its plan, in the order of days and hours; the way of each.

    An exchange that is offered was verified; what has to be planned around a move may still be refused when it is
    tried. Places that a rule keeps closed are left out.
    Raises Conflict for a meal that stays: eaten, skipped, kept or past.
    """
    board = _read_board(plan, meals_as_read(plan))
    source = _movable(board, item)
    return [
        MovePlace(row, way)
        for place, row in sorted(board.open.items(), key=lambda pair: (pair[0][0], pair[1].time, pair[0]))
        if place != source.place and (way := _way(board, source, board.at(place)))
    ]


def move_meal(*, plan: MealPlan, item: PlanItem, to: Place, by: User | None) -> dict[str, Any]:
    """Moves a meal to another place of its plan, stores the verified result and returns the diff.

    What stands there comes to where the meal was; where both cannot stand as they are, the days of both are planned
    again around the moved meal. Raises NotFound for a place that the plan does not have, FoodExcluded, Conflict with
    the reason in words, PlanInfeasible when no verified plan holds the move.
    """
    board = _read_board(plan, current_items(plan))
    source = _movable(board, item)
    if to not in {place_of(row) for row in board.rows} or to == source.place:
        raise NotFound(_("The plan has no such place."))
    recipe = board.inputs.catalogue.recipes.get(source.dish_key)
    if recipe is not None:
        refuse_excluded(recipe, board.inputs.athlete)
    if to not in board.open:
        raise Conflict(_("That meal stays: it is eaten, skipped, kept or past."), code="meal_stays")
    target = board.at(to)
    _refuse_leftovers(board, source, target)
    exchanged = _exchanged(board, source, target)
    told = ""
    for items in exchanged:
        solved, certificate = as_solution(plan, board.inputs, items)
        if certificate["ok"]:
            return _store(board, board.inputs, solved, certificate, by)
        told = told or tell_violation(certificate["violations"][0])
    if not _may_solve_around(board, source, target):
        raise Conflict(told or _("The two meals cannot change places."), code="move_does_not_fit")
    return _solve_around(board, source, target, by)


def _read_board(plan: MealPlan, rows: list[PlanItem]) -> _Board:
    standing = standing_of(plan, rows, full=False, hold_bought=False)
    inputs = _gather(plan, standing)
    inputs = follow_rest(inputs, revision=plan.current, items=as_items(rows))
    out = {place_of(row) for row in standing.left_out}
    kept = {row.pk for row in standing.kept}
    places = {(day.date, slot.slot, slot.index) for day in inputs.problem.days for slot in day.slots}
    present = today(plan.athlete.zones)
    clock = clock_at(plan.athlete, present)
    free = {
        place_of(row): row
        for row in rows
        if row.status == PlanItem.Status.PLANNED
        and row.slot != DURING
        and row.pk not in kept
        and place_of(row) in places
        and not is_lived(plan, row.date, present=present)
        and (row.date != present or row.time >= clock)
    }
    return _Board(plan, inputs, rows, [item for item in as_items(rows) if item.place not in out], free, standing)


def _gather(plan: MealPlan, standing: Standing) -> PlanInputs:
    return gather_inputs(
        athlete=Athlete.objects.get(pk=plan.athlete_id),
        first=plan.week_start,
        count=plan.days,
        seed=plan.request.get("seed"),
        standing=standing,
        relaxations=agreed_offers(plan.request),
    )


def _movable(board: _Board, item: PlanItem) -> Item:
    place = place_of(item)
    if item.slot == DURING:
        raise Conflict(_("What is eaten during a session stays with the session."), code="meal_stays")
    if place not in board.open:
        raise Conflict(_("This meal stays where it is: it is eaten, skipped, kept or past."), code="meal_stays")
    if board.plan.pk in stale_plan_ids(board.inputs.athlete, [board.plan]):
        raise Conflict(REASONS[PLAN_STALE], code=PLAN_STALE)
    return board.at(place)


def _way(board: _Board, source: Item, target: Item) -> str:
    """How a move could be done; empty where a rule forbids it."""
    try:
        _refuse_leftovers(board, source, target)
    except Conflict:
        return ""
    if any(as_solution(board.plan, board.inputs, items)[1]["ok"] for items in _exchanged(board, source, target)):
        return EXCHANGE
    return AROUND if _may_solve_around(board, source, target) else ""


def _refuse_leftovers(board: _Board, source: Item, target: Item) -> None:
    """Raises Conflict where a leftover would be eaten before it is cooked, or after it has kept for too long."""
    if target.place == source.leftover_of or source.place == target.leftover_of:
        raise Conflict(_("A leftover cannot change places with the meal it is cooked at."), code="leftover")
    for moved, place in ((source, target.place), (target, source.place)):
        dish = board.dishes.get(moved.dish_key)
        pairs = [(place, eater) for eater in board.eaters(moved.place)]
        if moved.leftover_of:
            pairs.append((moved.leftover_of, replace(moved, date=place[0], slot=place[1], index=place[2])))
        for cooked, eaten in pairs:
            days = (date.fromisoformat(eaten.date) - date.fromisoformat(cooked[0])).days
            name = dish_name(board.inputs.catalogue.recipes[moved.dish_key])
            if days < 1:
                message = _("%(dish)s would be eaten as a leftover on %(day)s, before it is cooked.")
                raise Conflict(message % {"dish": name, "day": day_name(eaten.date)}, code="leftover")
            if dish is not None and days > dish.keeps_days:
                message = _("%(dish)s would be eaten %(days)d days after it is cooked; it keeps for %(keeps)d.")
                told = message % {"dish": name, "days": days, "keeps": dish.keeps_days}
                raise Conflict(told, code="leftover")


def _exchanged(board: _Board, source: Item, target: Item) -> list[tuple[Item, ...]]:
    """The plans in which the two dishes have changed places and fit both meals, best first; empty without any."""
    if source.dish_key == target.dish_key:
        return []
    bare = [item for item in board.items if item.place not in (source.place, target.place)]
    if source.date == target.date:
        # The day eats the same in another order; only the windows of the two meals decide.
        if not (_fits_window(board, source, target.place) and _fits_window(board, target, source.place)):
            return []
        return [_placed(board, source, target, source.quarters, target.quarters)]
    there = _servings(board, bare, source, target.place)
    here = _servings(board, bare, target, source.place)
    return [_placed(board, source, target, there, here)] if there and here else []


def _servings(board: _Board, bare: Sequence[Item], moved: Item, place: Place) -> int | None:
    """The serving, in quarters, that suits a dish in a place with the rest of the day as it is; None without any."""
    dish = board.dishes.get(moved.dish_key)
    if dish is None:
        return None
    before = replace(moved, dish_key="")
    fits = find_fits(board.inputs, bare, place, before, only=dish, leftover=moved.leftover_of is not None)
    return fits[0].quarters if fits else None


def _fits_window(board: _Board, moved: Item, place: Place) -> bool:
    dish, slot = board.dishes.get(moved.dish_key), board.slots.get(place)
    if dish is None or slot is None or (moved.leftover_of is None and place[1] not in dish.slots):
        return False
    low, high = quarters_range(dish, slot)
    return low <= moved.quarters <= high


def _placed(board: _Board, source: Item, target: Item, there: int, here: int) -> tuple[Item, ...]:
    """All meals with the two dishes exchanged; what is left of a moved dinner is left of it at its new place."""
    moves = {source.place: target.place, target.place: source.place}
    made = []
    for item in board.items:
        if item.place == source.place:
            item = replace(item, dish_key=target.dish_key, quarters=here, leftover_of=target.leftover_of)
        elif item.place == target.place:
            item = replace(item, dish_key=source.dish_key, quarters=there, leftover_of=source.leftover_of)
        elif item.leftover_of in moves:
            item = replace(item, leftover_of=moves[item.leftover_of])
        made.append(item)
    return tuple(made)


def _may_solve_around(board: _Board, source: Item, target: Item) -> bool:
    """Whether two days may be planned around a moved dish: it suits the meal, and nobody else eats of what goes."""
    dish, slot = board.dishes.get(source.dish_key), board.slots.get(target.place)
    if dish is None or slot is None or source.leftover_of or source.dish_key == target.dish_key:
        return False
    if board.eaters(source.place) or board.eaters(target.place) or target.slot not in dish.slots:
        return False
    low, high = quarters_range(dish, slot)
    return low <= high


def _solve_around(board: _Board, source: Item, target: Item, by: User | None) -> dict[str, Any]:
    """Plans the two days again with the dish held in its new place; every other day stays as it is."""
    plan, days = board.plan, {source.date, target.date}
    row = board.open[target.place]
    low, high = quarters_range(board.dishes[source.dish_key], board.slots[target.place])
    held = PlanItem(
        date=row.date,
        slot=row.slot,
        index=row.index,
        time=row.time,
        recipe_id=source.dish_key,
        quarters=min(max(source.quarters, low), high),
        locked=True,
    )
    # A dinner that other days eat of has to stay on its day.
    sources = {item.leftover_of for item in board.items if item.date not in days}
    standing = board.standing
    stay = {kept.pk for kept in standing.kept}
    kept = [
        other
        for other in board.rows
        if other.pk in stay
        or (
            place_of(other) != target.place
            and other.status != PlanItem.Status.SKIPPED
            and (
                other.date.isoformat() not in days
                or place_of(other) in sources
                or (place_of(other) not in board.open and other.status == PlanItem.Status.PLANNED)
            )
        )
    ]
    before = [other for other in board.rows if other.pk != row.pk]
    gathered = _gather(plan, replace(standing, kept=[*kept, held], previous=before))
    inputs = follow_rest(gathered, revision=plan.current, items=as_items(board.rows))
    inputs = _without_family(inputs, board.dishes[source.dish_key].family)
    solved = solve_or_refuse(inputs, seconds=SOLVE_SECONDS)
    return _store(board, inputs, solved, certify(inputs, solved), by)


def _without_family(inputs: PlanInputs, family: str) -> PlanInputs:
    """The inputs in which nobody chooses a dish of this family anew: what is moved away shall not stay as well."""
    dishes = tuple(
        replace(dish, slots=frozenset(), batchable=False) if dish.family == family else dish
        for dish in inputs.problem.dishes
    )
    gone = {dish.key for dish in dishes if not dish.slots}
    previous = tuple(meal for meal in inputs.problem.previous if meal.dish_key not in gone)
    return replace(inputs, problem=replace(inputs.problem, dishes=dishes, previous=previous))


def _store(
    board: _Board, inputs: PlanInputs, solved: Any, certificate: dict[str, Any], by: User | None
) -> dict[str, Any]:
    stored = store_revision(
        board.plan, inputs=inputs, solved=solved, certificate=certificate, reason=MOVED, by=by, old=board.rows
    )
    return (stored.current.diff or {}) if stored.current else {}
