"""The planned dishes around a session, for every kind of question that speaks of one."""

from __future__ import annotations

from typing import Any

from advisor.writing import Writer

_SLOTS_OF = {"before": ("pre",), "during": ("during",), "after": ("post",)}


def starts_minute(w: Writer, event: Any) -> str | None:
    """When an event starts by the clock on the wall (`09:00`); None for a whole day."""
    start = w.tools.read_event(event).get("starts")
    return None if start is None else str(start.value)


def tell_planned_during(w: Writer, event: Any) -> None:
    """What the plan has to be taken during a session, where there is a plan."""
    if w.tools.planned_plan(event.local_date) is None:
        return
    for item in planned_around(w, event, "during"):
        facts = w.tools.read_item(item)
        w.say(
            "Your plan has {dish} for it, {servings} with {amount}: have the one or the other, or share.",
            dish=w.quoted(facts["name"]),
            servings=w.num(facts["servings"]),
            amount=w.amounts(facts, ("carbs_g",)),
        )


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def planned_around(w: Writer, event: Any, relation: str) -> list[Any]:
    """The planned dishes that belong to the window: their own slot, else the nearest meal in time."""
    items = w.tools.items_on(event.local_date)
    own = [item for item in items if item.slot in _SLOTS_OF[relation]]
    start = w.tools.read_event(event).get("starts")
    if start is None or relation == "during":
        return own
    begins = _minute(str(start.value))
    ends = begins + round(event.duration_minutes or 60)
    if relation == "before":
        near = [item for item in items if item.slot != "during" and _minute(item.time) < begins]
        return near[-1:] or own[:1]
    near = [item for item in items if item.slot != "during" and _minute(item.time) >= ends]
    return near[:1] or own[:1]


def around_lead(w: Writer, slot: str, relation: str) -> str:
    if slot not in ("breakfast", "lunch", "dinner"):
        return w.part("In your plan, {slot}", slot=w.slot(slot))
    if relation == "before":
        return w.part("In your plan, {slot} before it", slot=w.slot(slot))
    return w.part("In your plan, {slot} after it", slot=w.slot(slot))
