"""Finding foods by words: core foods first, names that begin with the words before names that merely hold them."""

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
    phrase = " ".join(terms)
    rank = Case(
        When(name__iexact=phrase, then=Value(0)),
        When(core=True, name__istartswith=phrase, then=Value(1)),
        When(core=True, then=Value(2)),
        When(name__istartswith=phrase, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    return Food.objects.filter(holds).annotate(rank=rank).order_by("rank", Length("name"), "name", "id")
