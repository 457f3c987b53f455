"""Proposals about what an athlete likes: a dislike, a cuisine, a diet, the minutes at the stove.

Allergies, goals and weight are never proposed: who changes them should do it on the profile page, with what it says.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from advisor.backends.protocol import Proposal
from advisor.proposals.base import digest, row, title_of, titled
from advisor.proposals.told import Told, in_words, list_of, refuse
from athletes.models import Athlete
from athletes.validation import MAX_WORDS, RANGES, check_number, check_text
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.vocabulary import DIETS, read_diets
from planning.catalogue.dislikes import Named, kinds_of, meets_dislike, near_names, word_forms
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
    if field == "dislike" and change == ADD:
        for food in split_foods(str(wished)):
            _refuse_unknown(athlete, food)
    diff = preference_diff(athlete, field, after, title=preference_title(field, change, wished))
    return Proposal(
        kind=PREFERENCE,
        arguments={"field": field, "change": change, "value": wished},
        sentence=title_of(diff),
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
    if field == "dislike" and any(
        sum(mark.isalpha() for mark in food) < LEAST_LETTERS for food in split_foods(words) or [""]
    ):
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
            raise refuse("This is what your profile says already.", code="nothing_to_change")
        return wished
    column, _ = LISTS[field]
    present: list[str] = list(getattr(athlete, column))
    entries = split_foods(str(wished)) if field == "dislike" else [str(wished)]
    same = [one for one in present if any(_is_same(field, one, entry) for entry in entries)]
    if change == ADD:
        new = [entry for entry in entries if not any(_is_same(field, one, entry) for one in present)]
        if not new:
            raise refuse("“{word}” is in your profile already.", code="nothing_to_change", word=str(wished))
        if len(present) + len(new) > MAX_WORDS:
            raise refuse("At most {count} entries fit there.", code="too_many", count=str(MAX_WORDS))
        return [*present, *new]
    if not same:
        raise refuse("“{word}” is not in your profile.", code="nothing_to_change", word=str(wished))
    if field == "diet" and wished in CAREFUL_DIETS:
        raise refuse(
            "“{word}” often has a medical reason. Please take it out on your profile page yourself.",
            code="change_on_page",
            word=str(wished),
        )
    return [one for one in present if one not in same]


def _is_same(field: str, one: str, other: str) -> bool:
    if field == "dislike" and word_forms(one) and word_forms(one) == word_forms(other):
        return True
    return one.casefold() == other.casefold()


def is_known_food(athlete: Athlete, words: str) -> bool:
    """Whether a dish or a food that this athlete could meet has such a name, or is of such a kind."""
    catalogue = athlete_catalogue(athlete)
    if any(meets_dislike(catalogue.named(key), words) for key, recipe in catalogue.recipes.items() if recipe.active):
        return True
    return any(
        meets_dislike(Named("", tuple(name for name in (food.name, food.common_name) if name), kinds_of([food])), words)
        for food in catalogue.foods.values()
    )


def _refuse_unknown(athlete: Athlete, words: str) -> None:
    """Raises Conflict, with what is near and may be eaten, where nothing is called so."""
    if is_known_food(athlete, words):
        return
    catalogue = athlete_catalogue(athlete)
    near = near_names((catalogue.named(recipe.pk) for recipe in allowed_recipes(athlete, catalogue)), words)
    if near:
        raise refuse(
            "No food or dish here is called “{word}”. Near to it are: {foods}.",
            code="no_such_food",
            word=words,
            foods=list_of(near),
        )
    raise refuse("No food or dish here is called “{word}”.", code="no_such_food", word=words)


def split_foods(words: str) -> list[str]:
    """The foods of a dislike that names several, between commas."""
    return list(dict.fromkeys(part.strip() for part in words.split(",") if part.strip()))


def preference_version(athlete: Athlete, field: str) -> str:
    """What the proposal rests on: the value that it would change."""
    column = "max_prep_minutes" if field == PREP_MINUTES else LISTS[field][0]
    return f"profile:{field}:{digest(getattr(athlete, column))}"


def preference_diff(athlete: Athlete, field: str, after: Any, *, title: Told) -> dict[str, Any]:
    """The value before and after, and how many dishes are left to plan with. Raises Conflict when none is."""
    if field == PREP_MINUTES:
        old, new = (_time(minutes) for minutes in (athlete.max_prep_minutes, after))
        rows = [row(in_words("Time"), old, new)]
        return titled(title, {"field": field, "was": athlete.max_prep_minutes, "becomes": after, "rows": rows})
    column, words = LISTS[field]
    present: list[str] = list(getattr(athlete, column))
    diff: dict[str, Any] = {"field": field, "was": present, "becomes": list(after)}
    rows = [row(in_words(words), list_of(present), list_of(after))]
    if field != "cuisine":
        catalogue = athlete_catalogue(athlete)
        other = copy(athlete)
        setattr(other, column, list(after))
        old_count, new_count = (len(allowed_recipes(one, catalogue)) for one in (athlete, other))
        if not new_count:
            raise refuse("No dish would be left that you may eat.", code="nothing_left")
        diff["dishes"] = {"was": old_count, "becomes": new_count}
        rows.append(row(in_words("Dishes to plan with"), str(old_count), str(new_count)))
    return titled(title, {**diff, "rows": rows})


def _time(minutes: int | None) -> Told:
    if minutes is None:
        return in_words("no limit")
    return in_words("at most {minutes} min a day", minutes=str(minutes))


def preference_title(field: str, change: str, wished: str | int | None) -> Told:
    """What the proposal is called."""
    if field == PREP_MINUTES:
        if wished is None:
            return in_words("Plan without a limit on hands-on cooking time.")
        return in_words("Plan at most {minutes} minutes of hands-on cooking a day.", minutes=str(wished))
    words = {
        ("dislike", ADD): "Plan without “{word}” from now on.",
        ("dislike", REMOVE): "Allow “{word}” in your plans again.",
        ("cuisine", ADD): "Prefer “{word}” dishes in your plans.",
        ("cuisine", REMOVE): "Do not prefer “{word}” dishes any more.",
        ("diet", ADD): "Plan only “{word}” food from now on.",
        ("diet", REMOVE): "Do not limit your plans to “{word}” food any more.",
    }
    return in_words(words[field, change], word=str(wished))
