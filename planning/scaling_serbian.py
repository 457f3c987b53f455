"""Amounts of a step in Serbian for another number of servings, and in cups and spoons. Pure, in Latin letters.

The amounts are those that `planning.scaling` gives the English step; here nouns agree with them. Steps name what is
poured or shaped in the accusative: `čašu vode`, `dve čaše vode`, `pet čvrstih loptica`.
"""

from __future__ import annotations

import re

from planning.scaling import poured_amount, scaled_measures, shaped_count

# One of it in the accusative, two to four, and five.
_POURED_FORMS = {
    "glass": ("čašu", "čaše", "čaša"),
    "cup": ("šolju", "šolje", "šolja"),
    "tablespoon": ("kašiku", "kašike", "kašika"),
    "teaspoon": ("kašičicu", "kašičice", "kašičica"),
    "ladle": ("kutlaču", "kutlače", "kutlača"),
}
# The same of what a step makes several of, with its gender.
_SHAPED_FORMS = {
    "f": [
        ("pljeskavicu", "pljeskavice", "pljeskavica"),
        ("lopticu", "loptice", "loptica"),
        ("kuglicu", "kuglice", "kuglica"),
        ("pločicu", "pločice", "pločica"),
        ("krišku", "kriške", "kriški"),
    ],
    "m": [
        ("omlet", "omleta", "omleta"),
        ("kvadrat", "kvadrata", "kvadrata"),
        ("kalup za mafine", "kalupa za mafine", "kalupa za mafine"),
    ],
    "n": [("udubljenje", "udubljenja", "udubljenja")],
}
# Stems of what such pieces are, and the form for one masculine piece.
_QUALITIES = {"tank": "tanak", "čvrst": "čvrst"}
_ENDINGS = {"f": ("u", "e", "ih"), "m": ("", "a", "ih"), "n": ("o", "a", "ih")}
_ONE = {"f": "jednu", "m": "jedan", "n": "jedno"}
_TWO = {"f": "dve", "m": "dva", "n": "dva"}
_WORDS = ["tri", "četiri", "pet", "šest", "sedam", "osam", "devet", "deset", "jedanaest", "dvanaest"]
_SEVERAL = {word: number for number, word in enumerate(_WORDS, start=3)} | {"dva": 2, "dve": 2}
_FORMS = {form: forms for forms in _POURED_FORMS.values() for form in forms}
_PIECES = {form: (gender, forms) for gender, rows in _SHAPED_FORMS.items() for forms in rows for form in forms[1:]}
_NUMBER = "|".join(_SEVERAL)
_POURED = re.compile(rf"\b(?:({_NUMBER})\s)?({'|'.join(sorted(_FORMS, key=len, reverse=True))})\b(?=\s(?!po\b)\w)")
_SHAPED = re.compile(
    rf"\b({_NUMBER})\s(?:({'|'.join(_QUALITIES)})(?:e|a|ih)\s)?({'|'.join(sorted(_PIECES, key=len, reverse=True))})\b"
)
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_KITCHEN = re.compile(r"(\S+) (cup|tbsp)s?")


def scaled_in_serbian(step: str, ratio: float) -> str:
    """The step with its amounts times `ratio`, rounded as those of the English one."""
    if abs(ratio - 1) < 0.005 or ratio <= 0:
        return step
    step = _DECIMAL.sub(",", scaled_measures(step, ratio))
    step = _POURED.sub(lambda found: _poured(found, ratio), step)
    return _SHAPED.sub(lambda found: _shaped(found, ratio), step)


def measure_in_serbian(measure: str) -> str:
    """A measure of an American kitchen, `2½ cups` or `4.2 oz`, as a Serbian step names it: `2½ šolje`, `4,2 oz`."""
    found = _KITCHEN.fullmatch(measure)
    if not found:
        return _DECIMAL.sub(",", measure)
    forms = _POURED_FORMS["tablespoon" if found[2] == "tbsp" else found[2]]
    return f"{found[1]} {forms[_form(int(found[1]) if found[1].isdigit() else 2)]}"


def _form(count: int) -> int:
    """Which of three forms a noun has after a number: 1, 21; 2 to 4, 22; all others."""
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2


def _poured(found: re.Match[str], ratio: float) -> str:
    one, some, _ = forms = _FORMS[found[2]]
    if not found[1] and found[2] != one:
        return found[0]
    text, amount = poured_amount(_SEVERAL[found[1]] if found[1] else 1, ratio)
    if amount == 1:
        return one
    if amount < 1:
        return f"pola {some}"
    return f"{text} {forms[_form(int(amount)) if amount == int(amount) else 1]}"


def _shaped(found: re.Match[str], ratio: float) -> str:
    gender, forms = _PIECES[found[3]]
    count = shaped_count(_SEVERAL[found[1]], ratio)
    form = _form(count)
    number = {1: _ONE[gender], 2: _TWO[gender]}.get(count) or _counted(count)
    quality = ""
    if found[2]:
        quality = (_QUALITIES[found[2]] if gender == "m" and form == 0 else found[2] + _ENDINGS[gender][form]) + " "
    return f"{number} {quality}{forms[form]}"


def _counted(count: int) -> str:
    return _WORDS[count - 3] if count - 3 < len(_WORDS) else str(count)
