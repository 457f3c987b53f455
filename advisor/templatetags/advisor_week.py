"""What the advisor puts on pages of others."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from advisor.languages.finishing import finish_text
from advisor.source_words import tell_citation
from advisor.week_words import week_in_words

register = template.Library()


@register.inclusion_tag("advisor/week_words.html")
def week_words(athlete: Any) -> dict[str, Any]:
    """The next seven days in words, with where each number comes from; nothing where nothing can be said."""
    language = get_language() or ""
    week = week_in_words(athlete, language_code=language)
    if week is None:
        return {"week": None}
    text = finish_text(week["text"], cyrillic=True) if language == "sr" else week["text"]
    rows = [tell_citation(row) for row in week["citations"]]
    return {"week": {**week, "text": text, "citations": rows}}
