"""Proposals about what an athlete likes: a dislike, a cuisine, a diet, the minutes at the stove.

Allergies, goals and weight are never proposed: who changes them should do it on the profile page, with what it says.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import MAX_SENTENCE, digest, listed, row
from athletes.models import Athlete
from athletes.validation import MAX_WORDS, RANGES, check_number, check_text
from nutrition_site.kernel.errors import Conflict, InvalidInput
from nutrition_site.kernel.vocabulary import DIETS, read_diets
from planning.services.choice import allowed_recipes, athlete_catalogue

PREFERENCE = "change_preference"
ADD, REMOVE, SET = "add", "remove", "set"
# The name of a preference, the column it is kept in, and the words for it.
LISTS = {
    "dislike": ("dislikes", "What you do not eat"),
    "cuisine": ("cuisines", "Cuisines you like"),
    "diet": ("dietary_preferences", "Your diet"),
}
PREP_MINUTES = "prep_minutes"
FIELDS = (*LISTS, PREP_MINUTES)
# Diets that often stand for an illness: dropping one in a chat is too easily done.
CAREFUL_DIETS = frozenset({"gluten-free", "dairy-free", "nut-free", "low-fodmap"})
# A dislike is looked for inside names: shorter ones are in half of them.
LEAST_LETTERS, MOST_LETTERS = 3, 80


def preference_proposal(athlete: Athlete, *, field: str, change: str, value: str | float | None) -> Proposal:
    """The proposal to add or remove a dislike, cuisine or diet, or to set `prep_minutes` (None: no limit).

    Raises InvalidInput for what is no such preference, Conflict where it would change nothing or leave nothing to eat.
    """
    wished = read_wish(field, change, value)
    after = changed_value(athlete, field, change, wished)
    diff = preference_diff(athlete, field, after)
    return Proposal(
        kind=PREFERENCE,
        arguments={"field": field, "change": change, "value": wished},
        sentence=_sentence(field, change, wished)[:MAX_SENTENCE],
        diff=diff,
        base_version=preference_version(athlete, field),
    )


def read_wish(field: str, change: str, value: Any) -> str | int | None:
    """The value as it would be stored. Raises InvalidInput."""
    if field not in FIELDS:
        raise InvalidInput.of("field", f"Must be one of: {', '.join(FIELDS)}. Anything else is changed in the profile.")
    if change not in ((SET,) if field == PREP_MINUTES else (ADD, REMOVE)):
        raise InvalidInput.of("change", "Must be set for prep_minutes, add or remove for anything else.")
    try:
        if field == PREP_MINUTES:
            return None if value is None else _minutes(value)
        if not isinstance(value, str):
            raise ValueError("Must be a word.")
        words = check_text(value, limit=MOST_LETTERS)
    except ValueError as error:
        raise InvalidInput.of("value", str(error)) from error
    if field == "diet":
        known, unknown = read_diets([words])
        if unknown or len(known) != 1:
            raise InvalidInput.of("value", f"Known diets are: {', '.join(DIETS)}.")
        return known[0]
    if field == "dislike" and sum(mark.isalpha() for mark in words) < LEAST_LETTERS:
        raise InvalidInput.of("value", f"A food you do not eat needs at least {LEAST_LETTERS} letters.")
    return words


def _minutes(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("Must be a number of minutes, or nothing for no limit.")
    return int(check_number(float(value), *RANGES["max_prep_minutes"]))


def changed_value(athlete: Athlete, field: str, change: str, wished: str | int | None) -> Any:
    """What the column would hold. Raises Conflict where that is what it holds, or where it is no matter for a chat."""
    if field == PREP_MINUTES:
        if athlete.max_prep_minutes == wished:
            raise Conflict("This is what your profile says already.", code="nothing_to_change")
        return wished
    column, _ = LISTS[field]
    present: list[str] = list(getattr(athlete, column))
    same = [one for one in present if one.casefold() == str(wished).casefold()]
    if change == ADD:
        if same:
            raise Conflict(f"“{wished}” is in your profile already.", code="nothing_to_change")
        if len(present) >= MAX_WORDS:
            raise Conflict(f"At most {MAX_WORDS} entries fit there.", code="too_many")
        return [*present, str(wished)]
    if not same:
        raise Conflict(f"“{wished}” is not in your profile.", code="nothing_to_change")
    if field == "diet" and wished in CAREFUL_DIETS:
        raise Conflict(
            f"“{wished}” often has a medical reason. Please take it out on your profile page yourself.",
            code="change_on_page",
        )
    return [one for one in present if one not in same]


def preference_version(athlete: Athlete, field: str) -> str:
    """What the proposal rests on: the value that it would change."""
    column = "max_prep_minutes" if field == PREP_MINUTES else LISTS[field][0]
    return f"profile:{field}:{digest(getattr(athlete, column))}"


def preference_diff(athlete: Athlete, field: str, after: Any) -> dict[str, Any]:
    """The value before and after, and how many dishes are left to plan with. Raises Conflict when none is."""
    if field == PREP_MINUTES:
        old, new = (_time(minutes) for minutes in (athlete.max_prep_minutes, after))
        return {"field": field, "was": athlete.max_prep_minutes, "becomes": after, "rows": [row("Time", old, new)]}
    column, words = LISTS[field]
    present: list[str] = list(getattr(athlete, column))
    diff: dict[str, Any] = {"field": field, "was": present, "becomes": list(after)}
    rows = [row(words, listed(present), listed(after))]
    if field != "cuisine":
        catalogue = athlete_catalogue(athlete)
        other = copy(athlete)
        setattr(other, column, list(after))
        old_count, new_count = (len(allowed_recipes(one, catalogue)) for one in (athlete, other))
        if not new_count:
            raise Conflict("No dish would be left that you may eat.", code="nothing_left")
        diff["dishes"] = {"was": old_count, "becomes": new_count}
        rows.append(row("Dishes to plan with", str(old_count), str(new_count)))
    return {**diff, "rows": rows}


def _time(minutes: int | None) -> str:
    return "no limit" if minutes is None else f"at most {minutes} min a day"


def _sentence(field: str, change: str, wished: str | int | None) -> str:
    if field == PREP_MINUTES:
        if wished is None:
            return "Plan without a limit on hands-on cooking time."
        return f"Plan at most {wished} minutes of hands-on cooking a day."
    words = {
        ("dislike", ADD): "Plan without “{}” from now on.",
        ("dislike", REMOVE): "Allow “{}” in your plans again.",
        ("cuisine", ADD): "Prefer “{}” dishes in your plans.",
        ("cuisine", REMOVE): "Do not prefer “{}” dishes any more.",
        ("diet", ADD): "Plan only “{}” food from now on.",
        ("diet", REMOVE): "Do not limit your plans to “{}” food any more.",
    }
    return words[field, change].format(wished)
