"""Finding foods by words: what a cook means first, the same foods in the same order on every database.

Every word of a query must be in a food's text, as a whole word, in singular or plural, or as the beginning of one; the
order of words is free. The better the words fit the name, the earlier the food: it is the name, ends it (“milk” in
“Whole milk” is a milk, in “Milk chocolate” it is not), begins it, is inside it, stands elsewhere in the text. Reviewed
foods and the searcher's own are a few of these steps ahead of the reference table, short names go before long ones.
Only when nothing fits are words taken for misspelled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from django.db import connections
from django.db.models import BooleanField, F, IntegerField, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate, Length

from planning.catalogue.words import BAR, COMMA, MAX_QUERY, SLASH, START, singular, split_words
from planning.models import Food
from planning.search_index import match_condition
from planning.services.vocabulary import Speller

MAX_PHRASES = 8
# A step is worth 2; reviewed and own foods start four and a half steps ahead.
REFERENCE_PENALTY = 9
LIKE = "planning_food.search_text LIKE %s"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a query: the words that would do whole, and the beginning that would do, if any."""

    whole: tuple[str, ...]
    beginning: str | None

    @property
    def group(self) -> list[tuple[str, bool]]:
        begins = [] if self.beginning is None else [(self.beginning, True)]
        return begins + [(word, False) for word in self.whole if word != self.beginning]


def search_foods(words: str, *, among: QuerySet[Food] | None = None) -> QuerySet[Food]:
    """Foods that fit the words, best first; the reviewed ones by name when there are no words.

    `among` limits the search, by default to the built-in catalogue: pass `Food.objects.visible_to(user)` to have that
    user's own foods found too. Words without a letter or digit find nothing.
    """
    foods = Food.objects.filter(owner=None) if among is None else among
    return next((rows for rows in _attempts(words, foods) if rows.exists()), foods.none())


def page_of_foods(words: str, *, among: QuerySet[Food], start: int, count: int) -> tuple[list[Food], int]:
    """(foods, total): one page of `search_foods` and the number of all foods found, in as few queries as possible.

    The foods come without `nutrients` and `search_text`, which a list does not show.
    """
    for rows in _attempts(words, among):
        # Sorting keys alone spares the database from carrying whole rows through the sort.
        keyed = rows.annotate(total=RawSQL("COUNT(*) OVER ()", (), output_field=IntegerField()))
        page = list(keyed.values_list("pk", "total")[start : start + count])
        total = page[0][1] if page else rows.count() if start else 0
        if total:
            foods = among.model.objects.defer("nutrients", "search_text").in_bulk([pk for pk, _ in page])
            return [foods[pk] for pk, _ in page if pk in foods], total
    return [], 0


def read_terms(words: str) -> list[Term]:
    """The words of a query, each once; what is neither letter nor digit only separates them."""
    return [Term(whole=_forms(word), beginning=word) for word in dict.fromkeys(split_words(words[:MAX_QUERY]))]


def _forms(word: str) -> tuple[str, ...]:
    """The words that are as good as this one. With an s, a half-typed plural (“potatoe”) shows where it comes from."""
    half_typed = [singular(word + "s")] if word.endswith("e") else []
    return tuple(dict.fromkeys((singular(word), word, *half_typed)))


def _attempts(words: str, foods: QuerySet[Food]) -> Iterator[QuerySet[Food]]:
    """What to look for, one after the other until something is found."""
    terms = read_terms(words)
    if terms:
        yield _matching(foods, terms)
        yield from _corrected(foods, terms)
    elif not words.strip():
        yield foods.filter(core=True).order_by(_by_name(foods), "id")


def _corrected(foods: QuerySet[Food], terms: Sequence[Term]) -> Iterator[QuerySet[Food]]:
    """With the unknown words corrected; then, when all words are known but never meet, with any of them corrected."""
    speller = Speller(foods.exclude(owner=None).values_list("search_text", flat=True))
    known = [speller.knows(term.beginning or "", term.whole[0]) for term in terms]
    if not all(known):
        corrected = [term if known_ else _near(speller, term) for term, known_ in zip(terms, known, strict=True)]
        if not all(term.whole for term in corrected):
            return
        yield _matching(foods, corrected)
        terms = corrected
    widened = [
        Term(whole=tuple(dict.fromkeys((*term.whole, *_near(speller, term).whole))), beginning=term.beginning)
        if known_
        else term
        for term, known_ in zip(terms, known, strict=True)
    ]
    if len(terms) > 1 and widened != list(terms):
        yield _matching(foods, widened)


def _near(speller: Speller, term: Term) -> Term:
    """The words that a word may have meant, whole."""
    near = speller.near(term.beginning) if term.beginning else ()
    return Term(whole=tuple(dict.fromkeys(form for word in near for form in (singular(word), word))), beginning=None)


def _matching(foods: QuerySet[Food], terms: Sequence[Term]) -> QuerySet[Food]:
    vendor = connections[foods.db].vendor
    condition, parameters = match_condition(vendor, [term.group for term in terms])
    rank, rank_parameters = _rank(terms)
    return (
        foods.filter(RawSQL(condition, parameters, output_field=BooleanField()))  # noqa: S611 - words only
        .annotate(rank=RawSQL(rank, rank_parameters, output_field=IntegerField()))  # noqa: S611 - constants and LIKE
        .order_by("rank", Length("name"), _by_name(foods), "id")
    )


def _by_name(foods: QuerySet[Food]) -> Collate:
    """The name byte by byte: a database's own collation would order the same names differently elsewhere."""
    collation = "C" if connections[foods.db].vendor == "postgresql" else "BINARY"
    return Collate(F("name"), collation)


def _rank(terms: Sequence[Term]) -> tuple[str, list[str]]:
    """(SQL, parameters) of a number, small for a good fit. The patterns hold letters, digits, spaces and marks only."""
    phrases = [" ".join(words) for words in islice(product(*(term.whole for term in terms)), MAX_PHRASES)]
    begun = [*(term.whole[0] for term in terms[:-1]), terms[-1].beginning]
    beginnings = [" ".join(word for word in begun if word)] if begun[-1] else []
    steps: list[list[list[str]]] = [
        [[f"{START} {phrase} {COMMA} {BAR}%" for phrase in phrases]],
        [[f"{START} {phrase} {COMMA}%" for phrase in phrases] + [f"%{SLASH} {phrase} {SLASH}%" for phrase in phrases]],
        [[f"% {phrase} {COMMA} %" for phrase in phrases]],
        [[f"{START} {phrase} %" for phrase in phrases] + [f"{START} {beginning}%" for beginning in beginnings]],
        [[f"% {word} %{BAR}%" for word in term.whole] for term in terms],
        [[f"% {word} %" for word in term.whole] for term in terms],
    ]
    cases, parameters = [], []
    for step, groups in enumerate(steps):
        cases.append(
            f"WHEN {' AND '.join('(' + ' OR '.join([LIKE] * len(group)) + ')' for group in groups)} THEN {2 * step}"
        )
        parameters += [pattern for group in groups for pattern in group]
    favor = f"CASE WHEN planning_food.core OR planning_food.owner_id IS NOT NULL THEN 0 ELSE {REFERENCE_PENALTY} END"
    return f"CASE {' '.join(cases)} ELSE {2 * len(steps)} END + {favor}", parameters
