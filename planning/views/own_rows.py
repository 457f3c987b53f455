"""The ingredient rows of a recipe page: a line, the food it was taken for, its grams, and what is still to answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from athletes.forms.fields import parse_number
from athletes.models import Athlete
from nutrition_site.kernel.ids import is_id
from planning.catalogue.names import food_name
from planning.models import Food, Recipe
from planning.services.own_recipes import MAX_LINES, batch_of, usable_foods
from planning.services.recipe_import import Draft, DraftLine, draft_line, find_foods

MAX_WORDS = 80


@dataclass
class Row:
    """One row as the page shows it. `settled` rows need no tick; the others need one before they are stored."""

    index: int
    text: str = ""
    food_id: str = ""
    grams: str = ""
    to_taste: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    question: str = ""
    detail: str = ""
    settled: bool = False
    ticked: bool = False
    error: str = ""

    @property
    def food_name(self) -> str:
        """The food that the row stands for; empty while none is chosen."""
        return dict(self.options).get(self.food_id, "")

    @property
    def needs_look(self) -> bool:
        """Whether somebody still has to say that the row is right."""
        return not (self.settled or self.ticked) or bool(self.error)

    def as_ingredient(self) -> dict[str, Any]:
        """The row for the recipe services."""
        grams = None if not self.grams else parse_number(self.grams)
        return {"food_id": self.food_id, "grams": grams, "show": self.text, "to_taste": self.to_taste}


def rows_of_recipe(recipe: Recipe) -> list[Row]:
    """The rows of a stored recipe: everything in them was confirmed once."""
    lines = list(recipe.ingredients.all())
    servings = batch_of(recipe, lines)
    return [
        Row(
            index=index,
            text=line.show,
            food_id=line.food_id,
            grams=number_text(line.grams_per_serving * servings) if line.grams_per_serving else "",
            to_taste=line.to_taste,
            options=[(line.food_id, food_name(line.food))],
            settled=True,
        )
        for index, line in enumerate(lines)
    ]


def rows_of_draft(draft: Draft) -> list[Row]:
    """The rows of a draft, with what every line was taken for."""
    return [_row_of_line(line, index) for index, line in enumerate(draft.lines)]


def read_rows(athlete: Athlete, data: Any, *, demand: bool) -> list[Row]:
    """The rows of a sent form, and a new one for each line in `more_lines`. With `demand` rows say what they lack."""
    texts, foods = data.getlist("line_text"), data.getlist("line_food")
    grams, words = data.getlist("line_grams"), data.getlist("line_words")
    gone, ticked = set(data.getlist("line_gone")), set(data.getlist("line_ok"))
    confirmed = data.getlist("line_was")
    names = {food.pk: food for food in usable_foods(athlete).filter(pk__in=[pk for pk in foods if is_id(pk, "fod")])}
    rows = []
    for number, text in enumerate(texts[:MAX_LINES]):
        if str(number) in gone:
            continue
        row = Row(
            index=len(rows),
            text=_plain(text, 200),
            food_id=_at(foods, number) if _at(foods, number) in names else "",
            grams=_plain(_at(grams, number), 20),
            ticked=str(number) in ticked,
        )
        _settle(athlete, row, names, _plain(_at(words, number), MAX_WORDS), _at(confirmed, number))
        if demand:
            row.error = _lacking(row)
        rows.append(row)
    for text in str(data.get("more_lines", "")).splitlines():
        line = _plain(text, 500)
        if line and len(rows) < MAX_LINES:
            row = _row_of_line(draft_line(athlete, len(rows), line, metric_cups=False), len(rows))
            if demand and not row.settled:
                row.error = row.question or gettext("Confirm this line.")
            rows.append(row)
    return rows


def _settle(athlete: Athlete, row: Row, names: dict[str, Food], words: str, was: str) -> None:
    """Options, question and whether the row stands without a tick."""
    if words:
        # Another search is a new choice to make: the first hit is only a suggestion.
        matches = find_foods(athlete, words)
        row.options = [(match.food.pk, food_name(match.food)) for match in matches]
        row.food_id = matches[0].food.pk if matches else row.food_id
        row.question = (
            gettext("Is it %(food)s?") % {"food": food_name(matches[0].food)}
            if matches
            else gettext("No food is called “%(words)s”.") % {"words": words}
        )
        row.ticked = False
    elif row.text:
        line = _row_of_line(draft_line(athlete, row.index, row.text, metric_cups=False), row.index)
        row.options, row.question, row.detail = line.options, line.question, line.detail
        row.to_taste = line.to_taste and not row.grams
        row.settled = line.settled and (row.food_id, row.grams) == (line.food_id, line.grams)
    if row.food_id and row.food_id not in dict(row.options) and row.food_id in names:
        row.options = [(row.food_id, food_name(names[row.food_id])), *row.options]
    # What was stored as it stands was confirmed then.
    if was and was == f"{row.food_id} {row.grams}":
        row.settled = True
    if not row.settled and not row.question:
        row.question = gettext("Is this right?")


def _lacking(row: Row) -> str:
    if not row.food_id:
        return gettext("Choose the food, or search for it.")
    if not row.grams and not row.to_taste:
        return row.question or gettext("Write the grams.")
    if row.grams:
        try:
            grams = parse_number(row.grams)
        except ValueError:
            return gettext("Write the grams as a number.")
        if not math.isfinite(grams) or not 0 < grams <= 50_000:
            return gettext("From 0 to 50,000 g, more than 0.")
    if not row.settled and not row.ticked:
        return gettext("Confirm this line with its tick.")
    return ""


def _row_of_line(line: DraftLine, index: int) -> Row:
    grams = "" if line.grams is None or line.grams.grams is None else number_text(float(line.grams.grams))
    return Row(
        index=index,
        text=line.text[:200],
        food_id=line.matches[0].food.pk if line.matches else "",
        grams=grams,
        to_taste=bool(line.quantity and line.quantity.to_taste),
        options=[(match.food.pk, food_name(match.food)) for match in line.matches],
        question=line.question,
        detail=line.grams.detail if line.grams else "",
        settled=not line.needs_confirmation,
    )


def number_text(value: float) -> str:
    """Grams as people write them: at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _at(values: Sequence[str], index: int) -> str:
    return str(values[index]) if index < len(values) else ""


def _plain(text: str, limit: int) -> str:
    return "".join(char for char in text if char.isprintable()).strip()[:limit]
