"""Foods and dishes that a reply names: allowed for this athlete, or only named to warn of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from advisor.guardrails.food_search import Disguises, Named, Names
from advisor.guardrails.lexicon import read_lexicon
from advisor.guardrails.offers import unknown_offers
from advisor.guardrails.reading import folded, split_sentences
from advisor.guardrails.warnings import ALLOWED, EXCLUDED, PLAIN, QUOTED, is_kept_away
from nutrition_site.kernel.vocabulary import ALLERGEN_ALIASES

_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"\n]{3,90})[”“»\"]")
# Letters of other scripts that look like Latin ones, and letters without a look of their own.
_LOOKALIKES = str.maketrans(
    {**dict(zip("аеорсухіјѕԁһӏɡɑοαεριυνκτ", "aeopcyxijsdhlgaoaepiuvkt", strict=True)), "ᅟ": "", "ᅠ": "", "ㅤ": "", "ﾠ": ""}
)
_MIXED = re.compile(r"(?=\w*[A-Za-z])(?=\w*[Ͱ-ϿЀ-ӿԀ-ԯɑɡᅟᅠㅤﾠ])\w+")
# What makes another food of the one behind it.
_FREEING = re.compile(
    r"(?P<word>vegan|vegansk\w+|plant[- ]based|bilj\w+|vegetarian\w*|vegetarijansk\w+|bezglutensk\w+|bezalkoholn\w+|"
    r"alcohol[- ]free|non[- ]alcoholic|(?P<what>gluten|wheat|dairy|milk|egg|nut|peanut|soya?|sesame|fish|meat)[- ]free)"
    r"(?:[- ](?:certified|white|brown|wholegrain|fresh|toasted|small|plain|warm|rolled|fortified)){0,2}[- ]$"
)
_FREE = re.compile(r"[\s-]*free\b(?! (?:to|of|from|day|time|choice|will))")
_NON = re.compile(r"\bnon[\s-]+$")
# Names that are also what a cook does to something.
_VERBS = frozenset({"toast", "mince", "butter", "cream", "skim", "poke", "batter", "scramble", "bread", "flour"})
_DONE_TO = re.compile(r" (?:the|it|them|both|your)\b")
FREEING_WORDS = (
    *("gluten", "wheat", "dairy", "milk", "egg", "nut", "peanut", "soy", "sesame", "fish", "meat"),
    *("vegan", "vegetarian", "alcohol"),
)


@dataclass(frozen=True)
class FoodBook:
    """What foods and dishes are called, for one athlete; all names as `folded` writes them.

    `excluded` are names that allergies, diets or dislikes rule out, `allowed` other names, which may hold an excluded
    one (oat milk). `dishes` are the names of all dishes that could be planned for anybody. `freed` has the excluded
    names that a word of `FREEING_WORDS` before them makes edible (gluten-free bread). `words` are all words of foods
    and dishes; with none, what a reply offers is not looked up.
    """

    excluded: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    dishes: frozenset[str] = frozenset()
    freed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    @cached_property
    def foods(self) -> Names:
        """All names of foods; the longest counts at each place."""
        return Names(self.excluded | self.allowed)

    @cached_property
    def disguises(self) -> Disguises:
        """The excluded names in disguised spelling."""
        return Disguises(self.excluded, known=self.words | self.allowed)

    @cached_property
    def dish_names(self) -> Names:
        # One word (“Banana”) names a food as well.
        return Names(name for name in self.dishes if " " in name)


def allergen_words(allergies: Iterable[str]) -> set[str]:
    """The words for allergens themselves."""
    return {
        folded(word)
        for allergen in allergies
        for word in (allergen.replace("_", " "), *ALLERGEN_ALIASES.get(allergen, ()))
    }


def book_of_allergies(allergies: Iterable[str]) -> FoodBook:
    """What the lists of names alone say about allergies, where no catalogue is at hand."""
    kept = set(allergies)
    excluded = allergen_words(kept)
    allowed: set[str] = set()
    for name, meaning in read_lexicon().items():
        (excluded if meaning.allergens & kept else allowed).add(name)
    return FoodBook(frozenset(excluded), frozenset(allowed - excluded)) if kept else FoodBook()


def excluded_foods(
    reply: str, *, allergies: Iterable[str] = (), quoted: Collection[str] = (), book: FoodBook | None = None
) -> list[str]:
    """Names of excluded foods that a reply puts on the table: their sentence does not keep them away.

    Names in `quoted`, those of checked dishes and their ingredients, may hold an excluded word, unless the book
    excludes them whole.
    """
    words = allergen_words(allergies)
    if book is None:
        book = book_of_allergies(allergies)
    elif not words <= book.excluded:
        book = FoodBook(book.excluded | words, book.allowed - words, book.dishes, book.freed, book.words)
    if not book.excluded:
        return []
    names = sorted({folded(name) for name in quoted} - book.excluded - {""}, key=len, reverse=True)
    # “Toast the bread” speaks of the gluten-free bread of a checked dish; an allergen itself is never meant by that.
    backed = {form for name in names for word in _WORD.findall(name) for form in (word, word + "s")} - words
    found = []
    for sentence in split_sentences(reply):
        text = folded(_MIXED.sub(lambda match: match.group().translate(_LOOKALIKES), sentence))
        named = _names_excluded(text, book)
        if not named:
            continue
        written = text
        for name in names:
            if name in text:
                text = text.replace(name, _blank(name))
        named = [
            one
            for one in (named if text == written else _names_excluded(text, book))
            if not _is_of_dish(text, one, backed)
        ]
        if named and not is_kept_away(_masked(text, named, book), known=book.words):
            found += [one.name for one in named]
    return found


def _blank(name: str) -> str:
    """A stand-in of the same length that reads as the name of something checked."""
    return " " + QUOTED + " " * (len(name) - 2) if len(name) > 2 else QUOTED * len(name)


def _names_excluded(text: str, book: FoodBook) -> list[Named]:
    """The excluded names in a text, without those that a word beside them makes another food of."""
    plain = list(book.foods.find(text))
    named = [*plain, *book.disguises.find(text, plain)]
    return [
        one
        for one in named
        if one.name in book.excluded
        and not _is_freed(text, one, book)
        and not (one.name in _VERBS and _DONE_TO.match(text, one.end))
    ]


def _is_freed(text: str, named: Named, book: FoodBook) -> bool:
    if _FREE.match(text, named.end) or _NON.search(text, max(0, named.start - 6), named.start):
        return True
    before = _FREEING.search(text, max(0, named.start - 40), named.start)
    if before is None:
        return False
    word = before["what"] or before["word"]
    key = next((key for key in FREEING_WORDS if word.startswith(key)), _SERBIAN_FREEING.get(word[:6], ""))
    return named.name in book.freed.get({"plant-": "vegan", "plant ": "vegan"}.get(word[:6], key), ())


_SERBIAN_FREEING = {
    "vegans": "vegan",
    "plant-": "vegan",
    "plant ": "vegan",
    "bezglu": "gluten",
    "bezalk": "alcohol",
    "non-al": "alcohol",
    "non al": "alcohol",
    "vegeta": "vegetarian",
} | {f"bilj{ending}": "vegan" for ending in ("na", "ni", "ne", "no", "nu", "nj")}


def _is_of_dish(text: str, named: Named, backed: Collection[str]) -> bool:
    return named.name in backed and text.endswith("the ", 0, named.start)


def _masked(text: str, named: Iterable[Named], book: FoodBook) -> str:
    """The text with a sign for each food."""
    marks = {one.start: (one.end, EXCLUDED) for one in named}
    taken = sorted((start, end) for start, (end, _) in marks.items())
    for one in book.foods.find(text):
        if one.start not in marks and not any(start < one.end and one.start < end for start, end in taken[:50]):
            marks[one.start] = (one.end, ALLOWED)
    pieces, place = [], 0
    for start in sorted(marks):
        end, mark = marks[start]
        if start >= place:
            pieces += [text[place:start], f" {mark} "]
            place = end
    return "".join([*pieces, text[place:]])


def invented_names(reply: str, *, known: Collection[str], book: FoodBook, said: Collection[str] = ()) -> Iterator[str]:
    """Dishes of the catalogue that no tool returned for this reply, quotations of nothing that was returned, and foods
    offered to be eaten that nobody knows.

    `known` are the texts of facts; `said` is what the athlete wrote, which may be quoted too.
    """
    texts = [folded(text) for text in (*known, *said)]
    joined = "\n".join(texts)
    text = folded(reply)
    for dish in dict.fromkeys(named.name for named in book.dish_names.find(text)):
        # Its foods alone are no proof of a dish: a text that was returned must hold the whole name, and stand here.
        if not any(dish in known_text and known_text in text for known_text in texts):
            yield dish
    for match in _QUOTED.finditer(reply):
        words = folded(match[1]).strip(" .,!?;:")
        if len(words.split()) > 1 and words not in joined and words not in book.dishes:
            yield match[1]
    if book.words:
        returned = frozenset(re.findall(r"[^\W_]+", joined))
        for sentence in split_sentences(reply):
            yield from unknown_offers(sentence, is_known=lambda word: _is_known(word, returned, book))


def _is_known(word: str, returned: Collection[str], book: FoodBook) -> bool:
    forms = {
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word + "s",
        word[:-3] + "y" if word.endswith("ies") else word,
    }
    return any(form in returned or form in book.words or form in PLAIN for form in forms) or (
        book.foods.known([word]) is not None
    )
