"""Words of foods as search sees them: folded, in the singular too, and laid out so that a rank can be read off.

The text of a food is `~ main , rest | other words / translation / translation /`. `main` is the name up to its first
comma or parenthesis and `rest` what follows, both in the singular; `other words` are the forms that differ and the
words of further names; each translation stands between slashes. No food has any of these marks in its own words, so
"is the name", "ends the name" and "is a word of the name" are plain comparisons that any database makes alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_TEXT = 600
MAX_NAME = 300
MAX_QUERY = 200
START, COMMA, BAR, SLASH = "~", ",", "|", "/"

WORD = re.compile(r"[^\W_]+")
NAME_END = re.compile(r"[,(]")
# Letters that do not decompose into a base and a mark, and the Serbian Cyrillic alphabet.
LETTERS = str.maketrans(
    {
        **{"đ": "dj", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"},
        **dict(zip("абвгдезијклмнопрстуфхц", "abvgdezijklmnoprstufhc", strict=True)),
        **{"ђ": "dj", "ж": "z", "љ": "lj", "њ": "nj", "ћ": "c", "ч": "c", "џ": "dz", "ш": "s"},
    }
)
IRREGULAR = {
    "leaves": "leaf",
    "loaves": "loaf",
    "halves": "half",
    "cookies": "cookie",
    "brownies": "brownie",
    "smoothies": "smoothie",
    "quiches": "quiche",
}


def fold(text: str) -> str:
    """The text in lower case, in Latin letters without marks where there are such."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def split_words(text: str) -> list[str]:
    """The words of a text, folded, in order. Whatever is neither letter nor digit only separates."""
    return WORD.findall(fold(text))


def singular(word: str) -> str:
    """The English singular of a folded word, the word itself when it has no plural ending."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("oes", "sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def compose_search_text(*, name: str, others: Iterable[str] = (), translations: Iterable[str] = ()) -> str:
    """What search reads of a food: at most 600 characters, see the top of this module for its layout."""
    main, _, rest = NAME_END.sub("\0", name, count=1).partition("\0")
    main_words, rest_words = split_words(main), split_words(rest)
    head = " ".join(
        [START, *map(singular, main_words), COMMA, *map(singular, rest_words)],
    )[:MAX_NAME]
    more = [*main_words, *rest_words]
    for other in others:
        more.extend(split_words(other))
    shown = set(head.split())
    forms = [form for word in more for form in (word, singular(word))]
    tail = [form for form in dict.fromkeys(forms) if form not in shown]
    phrases = dict.fromkeys(" ".join(split_words(phrase)) for phrase in translations)
    text = " ".join([head, BAR, *tail, *(f"{SLASH} {phrase}" for phrase in phrases if phrase)])
    # The cut may take a word in two, but never the closing mark.
    return text[: MAX_TEXT - 2].rstrip() + f" {SLASH}"


def text_words(search_text: str) -> list[str]:
    """The words in a composed text, without its marks."""
    return WORD.findall(search_text)
