"""What can be curated: for each kind of thing how its present values are read, checked, told and brought into force."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.module_loading import import_string

from nutrition_site.kernel.errors import NotFound
from planning.models import CurationChange

# Where each kind lives: loaded when first asked for, so that a kind may use the service that asks.
KINDS = {
    CurationChange.Kind.FOOD.value: "planning.services.curation_foods.FOOD",
    CurationChange.Kind.RECIPE.value: "planning.services.curation_recipes.RECIPE",
    CurationChange.Kind.CONSTANT.value: "planning.services.curation_constants.CONSTANT",
}


class Weight(StrEnum):
    """How much care a change of one field needs."""

    AT_ONCE = "at_once"
    SECOND = "second"  # somebody else has to agree first; the rest of the same form waits with it
    URGENT = "urgent"  # safety does not wait: in force at once, whatever the rest of the form needs


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the queue's page about one change: a template and what it shows."""

    template: str
    context: Mapping[str, Any]


def no_panel(change: CurationChange) -> Panel | None:
    """For kinds that have nothing to show beyond before and after."""
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of curated thing. Values are plain JSON: numbers, texts, lists; None is unknown.

    - `read_current(key)`: the present value of every field that may be curated; raises NotFound.
    - `title(key)`: what people call it.
    - `check(key, current, after)`: sentences by field for what is wrong with new values; `after` holds only the fields
      that change, `current` all of them as they are.
    - `weigh(field, before, after)`: whether it applies at once.
    - `needs_source(field)`: whether a change of it must name a citation or a label.
    - `apply(change)`: brings the database, and whatever is in memory, to what the applied changes say. Called within
      the transaction, after the row of the change has its version.
    - `label(field)` and `in_words(field, value)`: for people.
    - `touches(change)`: sentences about what it reaches, without names of athletes.
    - `panel(change)`: a part of the page on which it is decided, such as a dry run.
    - `page(key)`: the address of the thing in the admin.
    - `signs_off`: whether the present values may be agreed to as they are; such a change has equal before and after.
    """

    name: str
    read_current: Callable[[str], dict[str, Any]]
    title: Callable[[str], str]
    check: Callable[[str, Mapping[str, Any], Mapping[str, Any]], dict[str, str]]
    weigh: Callable[[str, Any, Any], Weight]
    needs_source: Callable[[str], bool]
    apply: Callable[[CurationChange], None]
    label: Callable[[str], str]
    in_words: Callable[[str, Any], str]
    touches: Callable[[CurationChange], Sequence[str]]
    page: Callable[[str], str]
    panel: Callable[[CurationChange], Panel | None] = no_panel
    signs_off: bool = False


def kind_of(name: str) -> Kind:
    """The kind of this name. Raises NotFound."""
    path = KINDS.get(name)
    if path is None:
        raise NotFound
    found: Kind = import_string(path)
    return found
