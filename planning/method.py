"""A method as its reader gets it: in the language of the page where it is known, for these servings and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nutrition_site.kernel.cyrillic import to_cyrillic
from nutrition_site.kernel.sentences import in_english
from planning.catalogue.names import serbian_alphabet
from planning.catalogue.names.steps import serbian_method
from planning.cooking import in_units
from planning.scaling import keeps_an_amount, scaled_method
from planning.scaling_serbian import measure_in_serbian, scaled_in_serbian

# Units that Serbian text in Cyrillic keeps in Latin letters, besides those that every text knows.
_US_UNITS = ("oz", "lb", "°F")


@dataclass(frozen=True, slots=True)
class ToldMethod:
    """The steps as they are shown; `language` is that of the steps where it is not the page's ("" where it is or
    nobody knows); `keeps_amounts` says that the amounts stand for the dish as written, whatever was asked."""

    steps: list[str]
    language: str
    keeps_amounts: bool


def tell_method(method: Sequence[str], *, ratio: float, us: bool, own: bool) -> ToldMethod:
    """The steps of a dish times `ratio`. What somebody wrote (`own`) is never translated; the catalogue's are English,
    and Serbian where all of them are known in it."""
    keeps = any(map(keeps_an_amount, method))
    alphabet = None if own else serbian_alphabet()
    serbian = serbian_method(method) if alphabet else None
    if serbian is None:
        steps = [in_units(step, us=us) for step in scaled_method(method, ratio)]
        return ToldMethod(steps, "" if own or in_english() else "en", keeps)
    scaled = serbian if keeps else [scaled_in_serbian(step, ratio) for step in serbian]
    steps = [in_units(step, us=us, tell=measure_in_serbian) for step in scaled]
    if alphabet == "cyrillic":
        steps = [to_cyrillic(step, names=_US_UNITS) for step in steps]
    return ToldMethod(steps, "", keeps)
