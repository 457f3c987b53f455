"""A recipe pasted as plain text, split into title, servings, ingredients and steps by its headings and its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planning.own.found import FoundRecipe, make_found, read_minutes
from planning.own.structured import from_json_text
from planning.units_data import ALIASES
from planning.units_types import fold_text

MAX_TEXT_LINES = 2_000

INGREDIENT_HEADS = (
    *("ingredients", "ingredient list", "you will need", "you need", "what you need", "for the", "sastojci"),
    *("potrebno je", "potrebni sastojci", "potrebno", "namirnice", "zutaten", "zutatenliste", "man braucht"),
)
STEP_HEADS = (
    *("method", "directions", "instructions", "preparation", "steps", "how to make it", "how to", "procedure"),
    *("priprema", "nacin pripreme", "postupak", "uputstvo", "zubereitung", "anleitung", "so geht's", "so gehts"),
)
END_HEADS = (
    *("nutrition", "nutrition facts", "notes", "tips", "comments", "nutritional information", "napomena", "napomene"),
    *("nutritivne vrednosti", "nahrwerte", "tipp", "tipps", "hinweise"),
)
_SERVINGS = re.compile(
    r"(?:^|\b)(?:serves|servings|makes|yield|yields|portions|for|za|broj porcija|porcija|porcije|fur|portionen|ergibt)"
    r"\b[\s:]*([0-9]+(?:[.,][0-9]+)?|one|two|three|four|five|six|eight|dve|dva|tri|cetiri|zwei|drei|vier)"
    r"|([0-9]+)\s*(?:servings|serving|portions|people|persons|porcija|porcije|osobe|osoba|portionen|personen)\b"
)
_TIME = re.compile(
    r"^(prep(?:aration)?|cook(?:ing)?|total|vreme pripreme|kuvanje|pecenje|vorbereitung|kochzeit)[^:]{0,20}:"
)
_NUMBERED = re.compile(r"^(?:(?:step|korak|schritt) )?[0-9]{1,2} ?[.):]\s+", re.IGNORECASE)
_AMOUNT = re.compile(r"^[-–•*·▢□☐\s]*(?:[0-9]|[½⅓⅔¼¾⅛])")
_BULLET = re.compile(r"^\s*[-–•*·▢□☐]\s+")


def split_text(text: str) -> FoundRecipe:
    """Reads a pasted recipe in English, Serbian or German, or the JSON inside it. Never raises; may find nothing."""
    structured = from_json_text(text)
    if structured is not None:
        return structured
    rows = [row.strip() for row in text.splitlines() if row.strip("`*_# \t")][:MAX_TEXT_LINES]
    rows = [re.sub(r"^[#*_`>\s]+(?=\S)", "", row) if not _BULLET.match(row) else row for row in rows]
    title, lines, steps = "", [], []
    servings: str | None = None
    times: dict[str, int | None] = {}
    part = ""
    for index, row in enumerate(rows):
        head = fold_text(row).strip(" :*_#.-")
        named = _heading(head, row)
        if named:
            part = named
            servings = servings or _said_servings(head)
            continue
        said = _said_servings(head) if part != "steps" and servings is None and len(row) < 80 else None
        if said and (not _AMOUNT.match(row) or re.search(r"servings|portions|porcij|osob|portionen|personen", head)):
            servings = said
            continue
        time = _TIME.match(head)
        if time and part != "steps":
            kind = (
                "total" if time[1] == "total" else "prep" if time[1].startswith(("prep", "vreme", "vorb")) else "cook"
            )
            times[kind] = read_minutes(row)
            continue
        if part == "ingredients":
            lines.append(row)
        elif part == "steps":
            steps.append(_NUMBERED.sub("", _BULLET.sub("", row)))
        elif part == "end":
            continue
        elif not title and index < 3 and not _looks_like_amount(row):
            title = row
        elif _looks_like_amount(row) and not _NUMBERED.match(row):
            lines.append(row)
        elif lines:
            steps.append(_NUMBERED.sub("", row))
    return make_found(
        title=title,
        lines=[line for line in lines if not _is_subheading(line)],
        steps=steps,
        servings=servings,
        prep_minutes=times.get("prep"),
        cook_minutes=times.get("cook"),
        total_minutes=times.get("total"),
    )


def _heading(head: str, row: str) -> str:
    bare = re.sub(r"\(.*?\)", "", head).strip(" :")
    for heads, part in ((INGREDIENT_HEADS, "ingredients"), (STEP_HEADS, "steps"), (END_HEADS, "end")):
        if bare in heads or (len(bare) < 60 and row.rstrip().endswith(":") and _begins(bare, heads)):
            return part
        if _begins(bare, heads) and _said_servings(bare) and len(bare) < 60 and not row[:1].isdigit():
            return part
    return ""


def _begins(bare: str, heads: Sequence[str]) -> bool:
    return any(bare == head or bare.startswith(f"{head} ") for head in heads)


def _said_servings(head: str) -> str | None:
    match = _SERVINGS.search(head)
    return (match[1] or match[2]) if match else None


def _looks_like_amount(row: str) -> bool:
    if _AMOUNT.match(row):
        return True
    words = fold_text(row).split()
    return bool(words) and len(words) > 1 and words[1].strip(".") in ALIASES and len(words) < 12


def _is_subheading(line: str) -> bool:
    return line.endswith(":") and not any(char.isdigit() for char in line)
