"""The tools as an outside model may call them: schemas, strict reading of arguments, results as plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposing import swap_proposal
from advisor.tools import MAX_RANGE_DAYS, Toolbox, fact_rows
from advisor.words import days_between
from nutrition_site.kernel.errors import InvalidInput, NotFound

SLOTS = ("breakfast", "lunch", "dinner", "snack", "pre", "during", "post")
_DAY = {"type": "string", "description": "Local day, YYYY-MM-DD"}
_ID = {"type": "string", "description": "Identifier from an earlier tool result"}
_PLACE = {
    "date": _DAY,
    "slot": {"type": "string", "enum": list(SLOTS)},
    "index": {"type": "integer", "minimum": 0, "maximum": 9},
}
_WORDS = {"type": "string", "description": "Name of one food, in English", "maxLength": 80}


def _schema(properties: Mapping[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(required), "additionalProperties": False}


DEFINITIONS: tuple[dict[str, Any], ...] = (
    {"name": "read_profile", "description": "Body, diets, allergies and goals as stated.", "input_schema": _schema({})},
    {
        "name": "list_events",
        "description": "Training and races of several days, at most 31.",
        "input_schema": _schema({"from": _DAY, "to": _DAY}, "from", "to"),
    },
    {
        "name": "read_targets",
        "description": "Energy, macronutrients, water and sodium a day asks for, with formula and source of each.",
        "input_schema": _schema({"date": _DAY}, "date"),
    },
    {
        "name": "read_day",
        "description": "The planned dishes of a day with their totals. Makes the plan when there is none.",
        "input_schema": _schema({"date": _DAY}, "date"),
    },
    {
        "name": "read_dish",
        "description": "One planned dish: amounts, ingredients in grams, steps.",
        "input_schema": _schema(_PLACE, "date", "slot"),
    },
    {
        "name": "read_fueling",
        "description": "What to take before, during and after one session.",
        "input_schema": _schema({"event_id": _ID}, "event_id"),
    },
    {
        "name": "read_race_plan",
        "description": "Race-day calculation for one race.",
        "input_schema": _schema({"event_id": _ID}, "event_id"),
    },
    {
        "name": "read_shopping",
        "description": "What is still to buy for several days, at most 31.",
        "input_schema": _schema({"from": _DAY, "to": _DAY}, "from", "to"),
    },
    {
        "name": "read_plan_state",
        "description": "Whether the plan of a day still follows the training, and how fresh the calendars are.",
        "input_schema": _schema({"date": _DAY}, "date"),
    },
    {
        "name": "look_up_food",
        "description": "Nutrients of an amount of a food, 100 g without one.",
        "input_schema": _schema({"words": _WORDS, "grams": {"type": "number"}}, "words"),
    },
    {
        "name": "check_food",
        "description": "Whether this athlete may eat a food: allergies, diets, dislikes.",
        "input_schema": _schema({"words": _WORDS}, "words"),
    },
    {
        "name": "find_swaps",
        "description": "Dishes that could stand in one place of the plan with the day still within its limits.",
        "input_schema": _schema(_PLACE, "date", "slot"),
    },
    {
        "name": "propose_swap",
        "description": "Proposes one dish of find_swaps to the athlete. Changes nothing until the athlete confirms.",
        "input_schema": _schema({**_PLACE, "recipe_id": _ID}, "date", "slot", "recipe_id"),
    },
)
_SCHEMAS = {row["name"]: row["input_schema"] for row in DEFINITIONS}


class ToolCalls:
    """Runs the calls of one answer; proposals collect in `proposals`."""

    def __init__(self, tools: Toolbox) -> None:
        self.tools = tools
        self.proposals: list[Proposal] = []

    def run(self, name: str, arguments: Any) -> dict[str, Any]:
        """The result of one call as JSON.

        Raises InvalidInput or NotFound for arguments that are wrong, foreign or out of range, whatever the model
        sends, and whatever DomainError the services raise.
        """
        schema = _SCHEMAS.get(name)
        if schema is None:
            raise NotFound("There is no such tool.")
        if not isinstance(arguments, dict):
            raise InvalidInput("The arguments must be an object.")
        unknown = [key for key in arguments if key not in schema["properties"]]
        missing = [key for key in schema["required"] if key not in arguments]
        if unknown or missing:
            raise InvalidInput(f"Unknown arguments {unknown}, missing arguments {missing}.")
        handler: Callable[[dict[str, Any]], dict[str, Any]] = getattr(self, f"_{name}")
        return handler(arguments)

    # --- arguments ---
    def _day(self, arguments: Mapping[str, Any], key: str = "date") -> date:
        value = arguments[key]
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
        except ValueError:
            day = None
        if day is None or abs((day - self.tools.today).days) > 400:
            raise InvalidInput.of(key, "Must be a day YYYY-MM-DD within 400 days of today.")
        return day

    def _span(self, arguments: Mapping[str, Any]) -> tuple[date, date]:
        first, last = self._day(arguments, "from"), self._day(arguments, "to")
        if not first <= last < first + timedelta(days=MAX_RANGE_DAYS):
            raise InvalidInput.of("to", f"Must not be before 'from', and at most {MAX_RANGE_DAYS} days in all.")
        return first, last

    def _item(self, arguments: Mapping[str, Any]) -> Any:
        day, slot, index = self._day(arguments), arguments["slot"], arguments.get("index", 0)
        for item in self.tools.items_on(day):
            if item.slot == slot and item.index == index:
                return item
        raise NotFound("The plan has no such meal.")

    def _text(self, arguments: Mapping[str, Any], key: str) -> str:
        value = arguments[key]
        if not isinstance(value, str) or not 0 < len(value.strip()) <= 80 or "\x00" in value:
            raise InvalidInput.of(key, "Must be a text of at most 80 characters.")
        return value.strip()

    # --- tools ---
    def _read_profile(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_profile())

    def _list_events(self, arguments: dict[str, Any]) -> dict[str, Any]:
        first, last = self._span(arguments)
        self.tools.days.update(days_between(first, last))
        events = [event for event in self.tools.events_on(first, last) if event.counts]
        return {"events": [fact_rows(self.tools.read_event(event)) for event in events[:60]]}

    def _read_targets(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_targets(self._day(arguments)))

    def _read_day(self, arguments: dict[str, Any]) -> dict[str, Any]:
        day = self._day(arguments)
        dishes = [fact_rows(self.tools.read_item(item)) for item in self.tools.items_on(day)]
        for dish in dishes:
            dish["facts"] = [row for row in dish["facts"] if row["kind"] in ("dish", "plan")]
        return {**fact_rows(self.tools.read_day(day)), "dishes": dishes}

    def _read_dish(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_item(self._item(arguments)))

    def _read_fueling(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_fueling(self.tools.event_by_id(self._text(arguments, "event_id"))))

    def _read_race_plan(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_race_plan(self.tools.event_by_id(self._text(arguments, "event_id"))))

    def _read_shopping(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_shopping(*self._span(arguments)))

    def _read_plan_state(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return fact_rows(self.tools.read_plan_state(self._day(arguments)))

    def _look_up_food(self, arguments: dict[str, Any]) -> dict[str, Any]:
        grams = arguments.get("grams", 100)
        if isinstance(grams, bool) or not isinstance(grams, int | float) or not 0 < grams <= 5000:
            raise InvalidInput.of("grams", "Must be more than 0 and at most 5000.")
        food = self.tools.find_food(self._text(arguments, "words"))
        if food is None:
            raise NotFound("No food has this name.")
        return fact_rows(self.tools.read_food(food, grams=float(grams)))

    def _check_food(self, arguments: dict[str, Any]) -> dict[str, Any]:
        food = self.tools.find_food(self._text(arguments, "words"))
        if food is None:
            raise NotFound("No food has this name; say that it cannot be checked.")
        return fact_rows(self.tools.check_food(food))

    def _find_swaps(self, arguments: dict[str, Any]) -> dict[str, Any]:
        item = self._item(arguments)
        return fact_rows(self.tools.read_alternatives(item, self.tools.alternatives(item)))

    def _propose_swap(self, arguments: dict[str, Any]) -> dict[str, Any]:
        item = self._item(arguments)
        rows = self.tools.alternatives(item, limit=40)
        row = next((row for row in rows if row["recipe_id"] == arguments["recipe_id"]), None)
        if row is None:
            raise NotFound("This dish is not among the alternatives of find_swaps.")
        self.tools.read_alternatives(item, [row])
        proposal = swap_proposal(self.tools.plan_of(item.date), item, row)
        self.proposals.append(proposal)
        return {"proposed": proposal.sentence, "status": "waits for the athlete to confirm; nothing has changed"}
