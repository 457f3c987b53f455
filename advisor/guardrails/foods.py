"""Foods and dishes that a reply names: allowed for this athlete, or only named to warn of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from advisor.guardrails.reading import folded, split_sentences
from nutrition_site.kernel.vocabulary import ALLERGEN_ALIASES

# What keeps a food away, and what puts it on the table: the last of them before a food decides about it.
_AWAY = (
    r"avoid(?:s|ing)?|without|instead of|in place of|rather than|free (?:of|from)|allerg\w*(?: to)?|"
    r"intoleran\w*(?: to)?|"
    r"leave(?:s|ing)? out|leav\w+ out|skip|exclud\w+|exclusion of|keep\w* away from|stay\w* away from|steer clear of|"
    r"(?:do not|does not|don't|doesn't|did not|never|not|cannot|can't|can not|should not|shouldn't|must not|mustn't|"
    r"no|nor|neither|isn't|aren't|won't)(?: (?:to|be|a|an|any|the|ever|even|eat|have|use|add|take|drink|buy|try|serve|"
    r"served|suggest|recommend|contain|include|contains|includes|with|for|from|made|of|give|you|plan|propose|offer|"
    r"list|"
    r"lists|name|allowed|safe|put|order|get|choose|pick))*|"
    r"izbegav\w*|bez|umesto|alerg\w*(?: na)?|ne(?: (?:jedi|jedite|koristi|koristite|dodaj|dodajte|smes|smete|sme|"
    r"sadrzi|"
    r"uzimaj|uzimajte|pij|pijte|kupuj|preporucujem|predlazem|da))*|nemoj\w*(?: (?:da )?\w+)?|iskljuc\w*|nema"
)
_TOWARD = (
    r"eat|have|add|use|try|take|drink|buy|get|enjoy|spread|include|includes|choose|pick|go for|top|mix|stir|serve|cook|"
    r"grab|snack on|opt for|with|plus|like|such as|suggest|recommend|how about|perfect|great|good|best|but|then|so|"
    r"jedi|jedite|dodaj|dodajte|uzmi|uzmite|probaj|probajte|koristi|koristite|pij|pijte|kupi|kupite|namazi|namazite|"
    r"preporucujem|predlazem|sa|vec|ali|pa"
)
_GOVERNOR = re.compile(rf"\b(?:(?P<away>{_AWAY})|(?P<toward>{_TOWARD}))\b")
# These look like a warning and are none.
_HOLLOW = re.compile(
    r"\b(?:no problem|not a problem|not an issue|no need to (?:avoid|worry|skip)|do not worry|don't worry|no worries|"
    r"do(?: not|n't) (?:forget|skip|miss|avoid|be afraid|leave out)|not only|not just|no longer|nothing wrong with|"
    r"no harm|"
    r"can(?:'t|not) go wrong|cannot beat|can't beat|isn't a problem|is not a problem|never mind|not necessary to avoid|"
    r"no reason to avoid|not really allergic|nije problem|nema problema|ne brini\w*|ne zaboravi\w*|ne samo)\b"
)
_AWAY_AFTER = re.compile(
    r"\b(?:excluded|off limits|not allowed|forbidden|not (?:\w+ )?(?:safe|for you|fit|part|in)|allerg\w*|cannot|can't|"
    r"must not|should (?:not|stay out)|out of (?:the|your)|left out|leave\w* (?:it|them) out|isn't|aren't|unsafe|"
    r"iskljucen\w*|zabranjen\w*|nije dozvoljen\w*|nisu dozvoljen\w*|ne smes|ne smete|alerg\w*|dislike\w*|do not|"
    r"don't|is not|"
    r"are not|-free|free)\b"
)
_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"\n]{3,90})[”“»\"]")


@dataclass(frozen=True)
class FoodBook:
    """What foods and dishes are called, for one athlete; all names as `folded` writes them.

    `excluded` are names that allergies, diets or dislikes rule out, `allowed` other names, which may hold an excluded
    one (oat milk). `dishes` are the names of all dishes that could be planned for anybody.
    """

    excluded: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    dishes: frozenset[str] = frozenset()

    @cached_property
    def foods(self) -> Names:
        """All names of foods; the longest counts at each place."""
        return Names(self.excluded | self.allowed)

    @cached_property
    def dish_names(self) -> Names:
        # One word (“Banana”) names a food as well.
        return Names(name for name in self.dishes if " " in name)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, as the book has it, and where it stands."""

    name: str
    start: int
    end: int


class Names:
    """Finds names in folded text as whole words, also in plural and with Serbian endings."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_words = {tuple(_WORD.findall(name)): name for name in names}
        self._by_words.pop((), None)
        self._longest = max(map(len, self._by_words), default=0)
        self._first = {words[0] for words in self._by_words if len(words) > 1}

    def find(self, text: str) -> Iterator[Named]:
        """Every name, from left to right, the longest at each place."""
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            longest = min(self._longest, len(words) - place) if words[place][0] in self._first else 1
            for count in range(longest, 0, -1):
                name = self._known([word for word, _, _ in words[place : place + count]])
                if name is not None:
                    yield Named(name, words[place][1], words[place + count - 1][2])
                    place += count - 1
                    break
            place += 1

    def _known(self, words: list[str]) -> str | None:
        for last in _forms(words[-1]):
            found = self._by_words.get((*words[:-1], last))
            if found is not None:
                return found
        return None


_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ama", "ima", "om", "em", "a", "e", "i", "o", "u")
_SHORTEST_STEM = 4


def _forms(word: str) -> Iterator[str]:
    """A word, and what it may be an inflected form of."""
    yield word
    if word.endswith("s"):
        yield word[:-1]
    if word.endswith("es"):
        yield word[:-2]
    yield word + "s"
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            yield stem
            yield from (stem + vowel for vowel in "aieo")


def allergen_words(allergies: Iterable[str]) -> set[str]:
    """The words for allergens themselves."""
    return {
        folded(word)
        for allergen in allergies
        for word in (allergen.replace("_", " "), *ALLERGEN_ALIASES.get(allergen, ()))
    }


def excluded_foods(
    reply: str, *, allergies: Iterable[str] = (), quoted: Collection[str] = (), book: FoodBook | None = None
) -> list[str]:
    """Names of excluded foods that a reply puts on the table: no word of the sentence keeps them away.

    Names in `quoted`, those of checked dishes and their ingredients, may hold an excluded word, unless the book
    excludes them whole.
    """
    words = allergen_words(allergies)
    excluded = words | (book.excluded if book else frozenset())
    if not excluded:
        return []
    foods = (
        book.foods
        if book is not None and words <= book.excluded
        else Names(excluded | (book.allowed if book else set()))
    )
    names = sorted({folded(name) for name in quoted} - (book.excluded if book else frozenset()), key=len, reverse=True)
    found = []
    for sentence in split_sentences(reply):
        text = _HOLLOW.sub(lambda match: "." * len(match.group()), folded(sentence))
        for name in names:
            text = text.replace(name, "." * len(name))
        for named in foods.find(text):
            if named.name in excluded and not _is_kept_away(text, named):
                found.append(named.name)
    return found


def _is_kept_away(text: str, named: Named) -> bool:
    governor = next(reversed(list(_GOVERNOR.finditer(text, 0, named.start))), None)
    if governor is not None and governor["away"]:
        return True
    after = text[named.end :]
    if re.match(r"[\s-]*free\b", after):
        return True
    clause = re.split(r"[;,]? (?:but|so|then|and (?:eat|have|add|enjoy)|ali|pa)\b", after)[0]
    return governor is None and _AWAY_AFTER.search(clause) is not None


def invented_names(reply: str, *, known: Collection[str], book: FoodBook, said: Collection[str] = ()) -> Iterator[str]:
    """Dishes of the catalogue that no tool returned for this reply, and quotations of nothing that was returned.

    `known` are the texts of facts; `said` is what the athlete wrote, which may be quoted too.
    """
    texts = [folded(text) for text in (*known, *said)]
    joined = "\n".join(texts)
    text = folded(reply)
    rest = text
    for name in sorted(texts, key=len, reverse=True):
        if name:
            rest = rest.replace(name, "." * len(name))
    yield from (named.name for named in book.dish_names.find(rest))
    for match in _QUOTED.finditer(reply):
        words = folded(match[1]).strip(" .,!?;:")
        if len(words.split()) > 1 and words not in joined and words not in book.dishes:
            yield match[1]
