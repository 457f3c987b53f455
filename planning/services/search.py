"""Finding foods by words: what a cook means first, words that begin so before words that merely hold the letters."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from planning.models import Food


def search_foods(words: str) -> QuerySet[Food]:
    """Foods whose text holds every word, best first; all core foods without words."""
    terms = [term for term in words.lower().split() if term]
    if not terms:
        return Food.objects.filter(core=True).order_by("name", "id")
    holds = reduce(and_, (Q(search_text__contains=term) for term in terms))
    begins = reduce(and_, (Q(search_text__startswith=term) | Q(search_text__contains=f" {term}") for term in terms))
    phrase = " ".join(terms)
    rank = Case(
        When(core=True, name__iexact=phrase, then=Value(0)),
        When(core=True, name__istartswith=phrase, then=Value(1)),
        When(begins, core=True, then=Value(2)),
        When(name__iexact=phrase, then=Value(3)),
        When(name__istartswith=phrase, then=Value(4)),
        When(core=True, then=Value(5)),
        When(begins, then=Value(6)),
        default=Value(7),
        output_field=IntegerField(),
    )
    return Food.objects.filter(holds).annotate(rank=rank).order_by("rank", Length("name"), "name", "id")
