"""The tools as an outside model sees them: names, what each is for, and the shape of its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from advisor.proposals.events import INTENSITIES, TYPES
from advisor.proposals.preferences import ADD, FIELDS, REMOVE, SET
from advisor.readings.what_if import KINDS

SLOTS = ("breakfast", "lunch", "dinner", "snack", "pre", "during", "post")
ID_CHARACTERS, DAY_CHARACTERS, TIME_CHARACTERS, WORDS_CHARACTERS = 40, 10, 5, 80
_DAY = {"type": "string", "description": "Local day, YYYY-MM-DD", "maxLength": DAY_CHARACTERS}
_TIME = {"type": "string", "description": "Local time, HH:MM", "maxLength": TIME_CHARACTERS}
_ID = {"type": "string", "description": "Identifier from an earlier tool result", "maxLength": ID_CHARACTERS}
_INDEX = {"type": "integer", "minimum": 0, "maximum": 9}
_PLACE = {"date": _DAY, "slot": {"type": "string", "enum": list(SLOTS)}, "index": _INDEX}
_FOOD = {"type": "string", "description": "Name of one food, in English", "maxLength": WORDS_CHARACTERS}
_GRAMS = {"type": "number", "minimum": 0.1, "maximum": 20000}
_MINUTES = {"type": "number", "minimum": 1, "maximum": 1440}
_SPORT = {"type": "string", "description": "run, cycle, swim, strength, …", "maxLength": WORDS_CHARACTERS}
_EFFORT = {"type": "string", "enum": list(INTENSITIES)}
_SPAN = {"from": _DAY, "to": _DAY}
_CHANGE = {
    "change": {
        "type": "string",
        "enum": list(KINDS),
        "description": "add (date, sport, duration_minutes), remove (event_id), length (event_id, duration_minutes of "
        "the whole session), effort (event_id, intensity), move (event_id, date, time)",
    },
    "event_id": _ID,
    "date": _DAY,
    "time": _TIME,
    "sport": _SPORT,
    "duration_minutes": _MINUTES,
    "intensity": _EFFORT,
}
_WAITS = "Changes nothing until the athlete confirms."


def _tool(name: str, description: str, properties: Mapping[str, Any] | None = None, *required: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": dict(properties or {}), "required": list(required)}
    return {"name": name, "description": description, "input_schema": {**schema, "additionalProperties": False}}


READS = (
    _tool("read_profile", "Body, diets, allergies and goals as stated."),
    _tool("list_events", "Training and races of several days, at most 31.", _SPAN, "from", "to"),
    _tool("read_completed", "Sessions that were really done, at most 31 days.", _SPAN, "from", "to"),
    _tool(
        "read_load", "Fitness, fatigue and form of a day, load of its week and the one before.", {"date": _DAY}, "date"
    ),
    _tool(
        "read_targets",
        "Energy, macronutrients, water and sodium a day asks for, with formula and source of each.",
        {"date": _DAY},
        "date",
    ),
    _tool(
        "read_availability",
        "Energy availability of a day and what the screening rule says: a prompt, never a diagnosis.",
        {"date": _DAY},
        "date",
    ),
    _tool("read_expenditure", "What was learned about the energy the athlete spends, from weigh-ins and eaten meals."),
    _tool(
        "read_week",
        "Overview of at most 14 days: targets, planned totals, main dishes. Makes no plan.",
        _SPAN,
        "from",
        "to",
    ),
    _tool(
        "read_day",
        "The planned dishes of a day with their totals. Makes the plan when there is none.",
        {"date": _DAY},
        "date",
    ),
    _tool("read_dish", "One planned dish: amounts, ingredients in grams, steps.", _PLACE, "date", "slot"),
    _tool(
        "read_recipe",
        "One serving of a recipe by recipe_id or by words of its name, and whether the athlete may have it.",
        {"recipe_id": _ID, "words": {**_FOOD, "description": "Words of the recipe's name"}},
    ),
    _tool("read_fueling", "What to take before, during and after one session.", {"event_id": _ID}, "event_id"),
    _tool("read_race_plan", "Race-day calculation for one race.", {"event_id": _ID}, "event_id"),
    _tool("read_shopping", "What is still to buy for several days, at most 31.", _SPAN, "from", "to"),
    _tool("read_pantry", "What is at home."),
    _tool(
        "read_plan_state",
        "Whether the plan of a day still follows the training, and how fresh the calendars are.",
        {"date": _DAY},
        "date",
    ),
    _tool(
        "look_up_food",
        "Nutrients of an amount of a food, 100 g without one.",
        {"words": _FOOD, "grams": _GRAMS},
        "words",
    ),
    _tool("check_food", "Whether this athlete may eat a food: allergies, diets, dislikes.", {"words": _FOOD}, "words"),
    _tool(
        "find_swaps",
        "Dishes that could stand in one place of the plan with the day still within its limits.",
        _PLACE,
        "date",
        "slot",
    ),
    _tool(
        "what_if_session",
        "Targets of a day with a session added, left out, of another length or effort, beside those of now. A dry run.",
        _CHANGE,
        "change",
    ),
    _tool(
        "what_if_plan",
        "Whether the plan could be made with that session changed, and which meals would differ. A dry run, slow.",
        _CHANGE,
        "change",
    ),
    _tool(
        "what_if_without_food",
        "Whether the plan of a day could be made without a food, and which meals would differ. A dry run, slow.",
        {"words": _FOOD, "date": _DAY},
        "words",
        "date",
    ),
)
PROPOSALS = (
    _tool(
        "propose_swap",
        f"Proposes one dish of find_swaps to the athlete. {_WAITS}",
        {**_PLACE, "recipe_id": _ID},
        "date",
        "slot",
        "recipe_id",
    ),
    _tool(
        "propose_lock",
        f"Proposes to keep a planned meal when the plan is made again, or (locked false) to let it change. {_WAITS}",
        {**_PLACE, "locked": {"type": "boolean"}},
        "date",
        "slot",
        "locked",
    ),
    _tool(
        "propose_event",
        f"Proposes to enter a training session or race; no time means all day. {_WAITS}",
        {
            "title": {"type": "string", "maxLength": 120},
            "date": _DAY,
            "time": _TIME,
            "sport": _SPORT,
            "duration_minutes": _MINUTES,
            "intensity": _EFFORT,
            "type": {"type": "string", "enum": list(TYPES)},
        },
        "title",
        "date",
        "sport",
        "duration_minutes",
    ),
    _tool(
        "propose_event_change",
        "Proposes to move a session that the athlete entered to a day or time, or to give it another length; what is "
        f"left out stays. Sessions of a connected calendar are changed there. {_WAITS}",
        {"event_id": _ID, "date": _DAY, "time": _TIME, "duration_minutes": _MINUTES},
        "event_id",
    ),
    _tool(
        "propose_event_removal",
        f"Proposes to take out a session that the athlete entered. {_WAITS}",
        {"event_id": _ID},
        "event_id",
    ),
    _tool(
        "propose_preference",
        "Proposes to add or remove a dislike, cuisine or diet, or to set prep_minutes (by minutes, none for no limit). "
        f"Allergies, goals and weight cannot be changed here. {_WAITS}",
        {
            "field": {"type": "string", "enum": list(FIELDS)},
            "change": {"type": "string", "enum": [ADD, REMOVE, SET]},
            "value": {"type": "string", "maxLength": WORDS_CHARACTERS},
            "minutes": {"type": "number", "minimum": 0, "maximum": 1440},
        },
        "field",
        "change",
    ),
    _tool(
        "propose_replan",
        f"Proposes to plan again from a day on, from today without one. Slow. {_WAITS}",
        {"date": _DAY},
    ),
    _tool(
        "propose_list_item",
        f"Proposes to put something on the shopping list: words as they are, or a food with grams. {_WAITS}",
        {
            "name": {"type": "string", "maxLength": 120},
            "quantity": {"type": "string", "maxLength": 80},
            "grams": _GRAMS,
        },
        "name",
    ),
    _tool(
        "propose_list_settlement",
        "Proposes to check what is on the shopping list off as bought, or (bought false) to take it off the list. "
        f"{_WAITS}",
        {"name": {"type": "string", "maxLength": 120}, "bought": {"type": "boolean"}},
        "name",
        "bought",
    ),
)
DEFINITIONS: tuple[dict[str, Any], ...] = (*READS, *PROPOSALS)
SCHEMAS: dict[str, dict[str, Any]] = {row["name"]: row["input_schema"] for row in DEFINITIONS}
