"""The constants that every number rests on, for those who answer for them: name, value, unit, source and evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import number_format

from planning.science.constants import CODE_VERSION, CONSTANTS, CONSTANTS_VERSION, Constant

EVIDENCE = {
    "V": "Checked with the source",
    "V1": "One transcription",
    "U": "General knowledge",
    "E": "Our own choice",
}
# Those with this permission curate the catalogue.
CURATES = "planning.view_food"


def constants_page(request: HttpRequest) -> HttpResponse:
    """The table as it is in use, narrowed by `?q=` and `?evidence=`. Staff without the catalogue find no page."""
    if not request.user.has_perm(CURATES):
        raise Http404
    words = " ".join(request.GET.get("q", "").split())[:80]
    evidence = request.GET.get("evidence", "")
    rows = [row for row in CONSTANTS.values() if _has(row, words) and evidence in ("", row.tag)]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Constants",
        "rows": [{"row": row, "value": _in_words(row.value), "evidence": EVIDENCE[row.tag]} for row in rows],
        "total": len(CONSTANTS),
        "words": words,
        "chosen": evidence,
        "choices": [(tag, told, sum(row.tag == tag for row in CONSTANTS.values())) for tag, told in EVIDENCE.items()],
        "version": CONSTANTS_VERSION,
        "code_version": CODE_VERSION,
    }
    return TemplateResponse(request, "admin/constants.html", context)


def _has(row: Constant, words: str) -> bool:
    """Whether each word begins one of the row's."""
    told = _split(f"{row.name} {row.unit} {row.source}")
    return all(any(one.startswith(word) for one in told) for word in _split(words))


def _split(text: str) -> list[str]:
    return text.casefold().replace("_", " ").replace(".", " ").split()


def _in_words(value: Any) -> str:
    """A number, coefficients one after the other, or the points of a curve: 0.8; 1.2, 3; (10: 0.5), (20: 0.7)."""
    if not isinstance(value, tuple):
        return number_format(f"{value:.10g}")
    parts = [
        f"({_in_words(one[0])}: {_in_words(one[1])})" if isinstance(one, tuple) else _in_words(one) for one in value
    ]
    return ", ".join(parts)
