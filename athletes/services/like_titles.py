"""What athletes have said about titles, applied to every event that is called alike.

The athlete's word beats the title and what a calendar states in fields: it is their session. Only a length that the
calendar states stays, since it differs from week to week. For a session entered by hand a field that the athlete has
filled in is the nearer word, so that only what was read from the title is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from athletes.models import Athlete, TitleCorrection, TrainingEvent
from athletes.title_numbers import read_distance_km, read_minutes
from athletes.title_words import any_of
from athletes.titles import plain
from athletes.vocabulary import SPORTS

CORRECTED = ("type", "sport", "intensity", "duration_minutes")
MAX_KEY_CHARACTERS = 300
_COUNTING = (TrainingEvent.Type.WORKOUT, TrainingEvent.Type.RACE)
_UNIT = (
    r"(?:kms?|k|mi(?:les?)?|m(?:in\w*|et\w*)?|h(?:ours?|rs?|m)?|std|stunden?|heures?|horas?|sat[ai]?|s(?:ec)?|yds?|x|tss|w|bpm"
    r"|th|st|nd|rd|d\+|'+|\"|%|am|pm|uhr|reps?)"
)
# Numbers with their units, but not the 2 of "z2" or of "ga2", which says what a session is.
_AMOUNTS = re.compile(rf"(?<![^\W\d_])(?:\d{{1,2}} ?h ?[0-5]?\d|\d[\d.,:/x-]*)(?: ?{_UNIT}(?![^\W_]))?")
_DATES = any_of(
    r"""
    mon(?:day)? | tue(?:s|sday)? | wed(?:nesday)? | thu(?:r|rs|rsday)? | fri(?:day)? | sat(?:urday)? | sun(?:day)?
    jan(?:uary)? | feb(?:ruary)? | march | apr(?:il)? | june? | july? | aug(?:ust)? | sept?(?:ember)? | oct(?:ober)?
    nov(?:ember)? | dec(?:ember)? | ponedeljak | utorak | sreda | cetvrtak | petak | subota | nedelja | januar\w*
    februar\w* | mart | april\w* | juni? | juli? | avgust\w* | septemb\w* | oktob\w* | novemb\w* | decemb\w*
    montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag | marz | mai | dezember
    lunes | martes | miercoles | jueves | viernes | sabado | domingo | enero | febrero | marzo | abril | mayo | junio
    julio | agosto | octubre | noviembre | diciembre | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche
    janvier | fevrier | mars | avril | juin | juillet | aout | octobre
    """
)


def title_key(title: str) -> str:
    """What stays of a title from week to week: its words without accents, numbers, units, days and punctuation.

    "Long run 18 km (Sat)" and "LONG RUN: 22km" are alike. A title of numbers alone is its own key.
    """
    text = plain(title)
    words = _DATES.sub(" ", _AMOUNTS.sub(" ", text))
    # Symbols count as words: many titles are a picture of a runner.
    kept = re.findall(r"\w+|[^\w\s!-/:-@\[-`{-~\u2000-\u206f\ufe0f]", words)
    return (" ".join(kept) or text)[:MAX_KEY_CHARACTERS]


def corrections_of(athlete: Athlete) -> dict[str, TitleCorrection]:
    """The athlete's corrections by the key of their titles: one query, for any number of events."""
    return {row.key: row for row in TitleCorrection.objects.filter(athlete=athlete)}


def apply_corrections(
    columns: Mapping[str, Any], corrections: Mapping[str, TitleCorrection], *, main_sport: str, by_hand: bool = False
) -> dict[str, Any]:
    """The columns of an event as its athlete understands it, with `corrected` naming what they have said.

    `columns` hold at least `title`, `type`, `sport` ("" for unknown), `intensity`, `duration_minutes` and `estimated`.
    `main_sport` stands in for a session whose sport nobody names. `by_hand`: fields that are not estimated were filled
    in by the athlete, and stay.
    """
    correction = corrections.get(title_key(str(columns["title"]))) if corrections else None
    read: dict[str, Any] = {**columns, "estimated": list(columns["estimated"]), "corrected": []}
    if correction is None:
        return read

    def correct(name: str, *, unless_stated: bool) -> None:
        said = getattr(correction, name)
        open_to_it = name in read["estimated"] or read[name] in (None, "")
        if said is not None and (open_to_it or not unless_stated):
            read[name] = said
            read["corrected"].append(name)

    before = read["type"]
    correct("type", unless_stated=by_hand)
    if read["type"] in _COUNTING:
        correct("sport", unless_stated=by_hand)
        correct("intensity", unless_stated=by_hand)
        correct("duration_minutes", unless_stated=True)
        _complete(read, main_sport, became=before != read["type"])
    elif before in _COUNTING:
        read |= {"sport": "", "intensity": None}
        read["estimated"] = [name for name in read["estimated"] if name not in ("sport", "intensity")]
    read["estimated"] = [name for name in read["estimated"] if name not in read["corrected"]]
    return read


def _complete(read: dict[str, Any], main_sport: str, *, became: bool) -> None:
    """What a session has because it is one: its amounts, a race's effort, the athlete's own sport if none is named."""
    if became and "intensity" not in read["corrected"]:
        if read["type"] == TrainingEvent.Type.RACE:
            read["intensity"] = "race"
            read["estimated"] = list(dict.fromkeys([*read["estimated"], "intensity"]))
        elif read["intensity"] == "race":
            # It was the effort of the race that this is not.
            read["intensity"] = None
            read["estimated"] = [name for name in read["estimated"] if name != "intensity"]
    if became:
        text = plain(str(read["title"]))
        for name, amount in (("duration_minutes", read_minutes(text)), ("distance_km", read_distance_km(text))):
            if read.get(name) is None and amount is not None:
                read[name] = amount
                read["estimated"] = [*read["estimated"], name]
    if not read["sport"] and main_sport in SPORTS and main_sport not in ("triathlon", "duathlon", "other"):
        read["sport"] = main_sport
        read["estimated"] = [*read["estimated"], "sport"]
