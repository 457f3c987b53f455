"""The calls of an outside model: arguments read strictly, results as bounded JSON, changes only proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.list_lines import lines_like
from advisor.proposals.preferences import PREP_MINUTES
from advisor.proposing import (
    cancel_proposal,
    change_proposal,
    check_proposal,
    event_proposal,
    lock_proposal,
    preference_proposal,
    remove_proposal,
    replan_proposal,
    swap_proposal,
    wished_item,
)
from advisor.readings.what_if import SessionChange
from advisor.tool_arguments import read_arguments, read_day, read_minute
from advisor.tool_definitions import DEFINITIONS, SCHEMAS, SLOTS
from advisor.tool_results import bounded, without_withheld
from advisor.tools import MAX_RANGE_DAYS, Toolbox, fact_rows
from advisor.words import days_between
from athletes.vocabulary import SPORTS, read_sport
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound
from nutrition_site.kernel.ids import is_id
from planning.models import MealPlan, PlanItem
from planning.services.solving import PlanInfeasible

__all__ = ["DEFINITIONS", "SLOTS", "ToolCalls"]

MOST_EVENTS = 60
MOST_PROPOSALS = 3
# A model may have a plan made for what is asked about, not plan the year.
MOST_PLANS_MADE, MOST_DAYS_AHEAD = 2, 27
MOST_SLOW_CALLS = 3
MANY = 40
WAITS = "waits for the athlete to confirm; nothing has changed"


def _is_telling(fact_id: str) -> bool:
    """Whether a model needs this part of a step: its words and formula, and what the evening eats for the morning.

    Every fact names its source anyway, and what else went into a step stands in its words.
    """
    return fact_id.endswith((":words", ":formula", ":evening_extra_g"))


class ToolCalls:
    """Runs the calls of one answer; proposals collect in `proposals`. `withheld` keeps energy and body mass back."""

    def __init__(self, tools: Toolbox, *, withheld: bool = False) -> None:
        self.tools = tools
        self.withheld = withheld
        self.proposals: list[Proposal] = []
        self._slow_calls = 0

    def run(self, name: str, arguments: Any) -> dict[str, Any]:
        """The result of one call as JSON of at most some 24,000 characters.

        Raises InvalidInput or NotFound for arguments that are wrong, foreign or out of range, whatever the model
        sends, and whatever DomainError the services raise.
        """
        schema = SCHEMAS.get(name) if isinstance(name, str) else None
        if schema is None:
            raise NotFound("There is no such tool.")
        handler: Callable[[dict[str, Any]], dict[str, Any]] = getattr(self, f"_{name}")
        result = handler(read_arguments(schema, arguments))
        return bounded(without_withheld(result) if self.withheld else result)

    # --- arguments ---
    def _day(self, arguments: Mapping[str, Any], key: str = "date") -> date:
        return read_day(arguments, key, today=self.tools.today)

    def _span(self, arguments: Mapping[str, Any]) -> tuple[date, date]:
        first, last = self._day(arguments, "from"), self._day(arguments, "to")
        if not first <= last < first + timedelta(days=MAX_RANGE_DAYS):
            raise InvalidInput.of("to", f"to must not be before from, and at most {MAX_RANGE_DAYS} days in all.")
        return first, last

    def _items_on(self, day: date) -> list[PlanItem]:
        self._allow_planning(day, day)
        return self.tools.items_on(day)

    def _allow_planning(self, first: date, last: date) -> None:
        """Raises Conflict where answering would make more plans than a question may."""
        missing = self.tools.unplanned_days(first, last)
        if not missing:
            return
        horizon = self.tools.today + timedelta(days=MOST_DAYS_AHEAD)
        too_many = len(self.tools.made_plan_ids) >= MOST_PLANS_MADE
        if too_many or missing[0] < self.tools.today or missing[-1] > horizon:
            raise Conflict("There is no plan for these days. Tell the athlete to make one.", code="no_plan")

    def _item(self, arguments: Mapping[str, Any]) -> PlanItem:
        day, slot, index = self._day(arguments), arguments["slot"], arguments.get("index", 0)
        for item in self._items_on(day):
            if item.slot == slot and item.index == index:
                return item
        raise NotFound("The plan has no such meal.")

    def _plan_of(self, day: date) -> MealPlan:
        plan = self.tools.planned_plan(day)
        if plan is None:
            raise Conflict("There is no plan for this day.", code="no_plan")
        return plan

    def _change(self, arguments: Mapping[str, Any]) -> SessionChange:
        event_id, sport = arguments.get("event_id", ""), arguments.get("sport", "")
        kind = arguments["change"]
        if kind == "add":
            if "date" not in arguments or not sport:
                raise InvalidInput.of("date", "add needs date, sport and duration_minutes.")
            sport, known = read_sport(sport)
            if not known:
                raise InvalidInput.of("sport", f"sport must be one of: {', '.join(SPORTS)}.")
        elif not is_id(event_id, "evt"):
            raise InvalidInput.of("event_id", f"{kind} needs the event_id of list_events.")
        return SessionChange(
            kind=kind,
            event_id="" if kind == "add" else event_id,
            day=self._day(arguments) if kind in ("add", "move") and "date" in arguments else None,
            sport=sport if kind == "add" else "",
            duration_minutes=arguments.get("duration_minutes"),
            intensity=arguments.get("intensity"),
            starts_at_minute=read_minute(arguments, "time"),
        )

    def _spend_slow_call(self) -> None:
        if self._slow_calls >= MOST_SLOW_CALLS:
            raise Conflict(f"At most {MOST_SLOW_CALLS} dry runs of the planner for one answer.", code="too_many")
        self._slow_calls += 1

    # --- reads ---
    def _read_profile(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_profile())

    def _list_events(self, arguments: dict[str, Any]) -> dict[str, Any]:
        first, last = self._span(arguments)
        self.tools.days.update(days_between(first, last))
        events = [event for event in self.tools.events_on(first, last) if event.counts]
        return {"events": [fact_rows(self.tools.read_event(event)) for event in events[:MOST_EVENTS]]}

    def _read_completed(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_completed(*self._span(arguments)))

    def _read_load(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_load(self._day(arguments)))

    def _read_targets(self, arguments: dict[str, Any]) -> dict[str, Any]:
        result = fact_rows(self.tools.read_targets(self._day(arguments)))
        result["facts"] = [row for row in result["facts"] if row["kind"] != "trace" or _is_telling(row["id"])]
        return result

    def _read_availability(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_availability(self._day(arguments)))

    def _read_expenditure(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_expenditure())

    def _read_week(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_week(*self._span(arguments)))

    def _read_day(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = self._day(arguments)
        dishes = [fact_rows(self.tools.read_item(item)) for item in self._items_on(day)]
        for dish in dishes:
            dish["facts"] = [row for row in dish["facts"] if row["kind"] in ("dish", "plan")]
        return {**fact_rows(self.tools.read_day(day)), "dishes": dishes}

    def _read_dish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_item(self._item(arguments)))

    def _read_recipe(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if ("recipe_id" in arguments) == ("words" in arguments):
            raise InvalidInput.of("words", "Either recipe_id or words.")
        if "recipe_id" in arguments:
            return fact_rows(self.tools.read_recipe(self.tools.recipe_by_id(arguments["recipe_id"])))
        recipe = self.tools.find_recipe(arguments["words"])
        if recipe is None:
            raise NotFound("No recipe has these words in its name.")
        return fact_rows(self.tools.read_recipe(recipe))

    def _read_fueling(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_fueling(self.tools.event_by_id(arguments["event_id"])))

    def _read_race_plan(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_race_plan(self.tools.event_by_id(arguments["event_id"])))

    def _read_shopping(self, arguments: dict[str, Any]) -> dict[str, Any]:
        first, last = self._span(arguments)
        if self.tools.shopping_list() is None:
            self._allow_planning(first, last)
        return fact_rows(self.tools.read_shopping(first, last))

    def _read_pantry(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_pantry())

    def _read_plan_state(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_plan_state(self._day(arguments)))

    def _look_up_food(self, arguments: dict[str, Any]) -> dict[str, Any]:
        food = self.tools.find_food(arguments["words"])
        if food is None:
            raise NotFound("No food has this name.")
        return fact_rows(self.tools.read_food(food, grams=float(arguments.get("grams", 100))))

    def _check_food(self, arguments: dict[str, Any]) -> dict[str, Any]:
        food = self.tools.find_food(arguments["words"])
        if food is None:
            raise NotFound("No food has this name; say that it cannot be checked.")
        return fact_rows(self.tools.check_food(food))

    def _find_swaps(self, arguments: dict[str, Any]) -> dict[str, Any]:
        item = self._item(arguments)
        return fact_rows(self.tools.read_alternatives(item, self.tools.alternatives(item)))

    # --- what if ---
    def _what_if_session(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.what_if(self._change(arguments)))

    def _what_if_plan(self, arguments: dict[str, Any]) -> dict[str, Any]:
        change = self._change(arguments)
        self._spend_slow_call()
        return fact_rows(self.tools.what_if_planned(change))

    def _what_if_without_food(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = self._day(arguments)
        self._spend_slow_call()
        return fact_rows(self.tools.what_if_without(arguments["words"], day))

    # --- proposals ---
    def _proposed(self, proposal: Proposal) -> dict[str, Any]:
        known = [(one.kind, dict(one.arguments)) for one in self.proposals]
        if (proposal.kind, dict(proposal.arguments)) not in known:
            if len(self.proposals) >= MOST_PROPOSALS:
                raise Conflict(f"At most {MOST_PROPOSALS} proposals in one answer.", code="too_many")
            self.proposals.append(proposal)
        return {"proposed": proposal.sentence, "status": WAITS}

    def _propose_swap(self, arguments: dict[str, Any]) -> dict[str, Any]:
        item = self._item(arguments)
        rows = self.tools.alternatives(item, limit=MANY)
        row = next((row for row in rows if row["recipe_id"] == arguments["recipe_id"]), None)
        if row is None:
            raise NotFound("This dish is not among the alternatives of find_swaps.")
        self.tools.read_alternatives(item, [row])
        return self._proposed(swap_proposal(self.tools.plan_of(item.date), item, row))

    def _propose_lock(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = self._day(arguments)
        plan, item = self._plan_of(day), self._item(arguments)
        self.tools.read_item(item)
        return self._proposed(lock_proposal(plan, item, locked=arguments["locked"]))

    def _propose_event(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._proposed(event_proposal(self.tools.athlete, {**arguments, "date": self._day(arguments)}))

    def _propose_event_change(self, arguments: dict[str, Any]) -> dict[str, Any]:
        event = self.tools.event_by_id(arguments["event_id"])
        day = self._day(arguments) if "date" in arguments else None
        minutes = arguments.get("duration_minutes")
        return self._proposed(change_proposal(event, day=day, clock=arguments.get("time"), duration_minutes=minutes))

    def _propose_event_removal(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._proposed(cancel_proposal(self.tools.event_by_id(arguments["event_id"])))

    def _propose_preference(self, arguments: dict[str, Any]) -> dict[str, Any]:
        field = arguments["field"]
        value = arguments.get("minutes") if field == PREP_MINUTES else arguments.get("value")
        if ("value" if field == PREP_MINUTES else "minutes") in arguments:
            raise InvalidInput.of("value", "prep_minutes takes minutes, everything else takes value.")
        return self._proposed(
            preference_proposal(self.tools.athlete, field=field, change=arguments["change"], value=value)
        )

    def _propose_replan(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = self._day(arguments) if "date" in arguments else self.tools.today
        plan = self._plan_of(day)
        self._spend_slow_call()
        try:
            proposal = replan_proposal(plan, from_day=day)
        except PlanInfeasible as refusal:
            # It is an answer for the model, not the end of the athlete's question.
            raise Conflict(f"It cannot be planned that way. {refusal.message}", code="not_possible") from None
        return self._proposed(proposal)

    def _propose_list_item(self, arguments: dict[str, Any]) -> dict[str, Any]:
        quantity, grams = arguments.get("quantity", ""), arguments.get("grams")
        if quantity and grams is not None:
            raise InvalidInput.of("grams", "Either grams or quantity.")
        return self._proposed(wished_item(self.tools, arguments["name"], quantity=quantity, grams=grams))

    def _propose_list_settlement(self, arguments: dict[str, Any]) -> dict[str, Any]:
        stored = self.tools.shopping_list()
        lines = [] if stored is None else lines_like(stored, arguments["name"])
        line = next((item for item in lines if not item.checked and not item.at_home), None)
        if line is None:
            raise NotFound("There is no such line to buy on the shopping list.")
        return self._proposed(check_proposal(line) if arguments["bought"] else remove_proposal(line))
