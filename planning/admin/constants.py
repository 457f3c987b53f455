"""The constants that every number rests on, for those who answer for them: name, value, unit, source and evidence.

Choices of our own are agreed to or changed on their page; both wait in the queue for a second person.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format

from nutrition_site.pages import posted, submit
from planning.science.constants import CODE_VERSION, CONSTANTS, Constant
from planning.science.constants_limits import is_editable, limits_in_words, may_sign, why_fixed
from planning.science.constants_values import as_json, in_words, read_value
from planning.services.constant_changes import FIELD, waiting_changes
from planning.services.curation import fingerprint_of, may_curate, propose_change
from planning.services.curation_constants import (
    CONSTANT,
    Review,
    check_value,
    effects_of,
    history_of,
    panel_of,
    review_of,
    stored_table,
)

EVIDENCE = {
    "V": "Checked with the source",
    "V1": "One transcription",
    "U": "General knowledge",
    "E": "Our own choice",
}
# What can be asked of our own choices.
REVIEWS = {
    "waiting": "Waiting for a decision",
    "changed": "Changed since the release",
    "agreed": "Agreed to",
    "open": "Nobody has agreed yet",
}
# Those with this permission read the catalogue in the admin.
CURATES = "planning.view_food"
TRY, PROPOSE, SIGN = "try", "propose", "sign"


class ConstantForm(forms.Form):
    """A new value with the reason and the source for it. `seen` is what the page was filled with."""

    refusal_fields = {FIELD: "value"}

    value = forms.CharField(
        max_length=500, help_text="Decimals with a point; several numbers in the same order.", label="New value"
    )
    reason = forms.CharField(max_length=1000, label="Why", widget=forms.Textarea(attrs={"rows": 3}))
    source = forms.CharField(max_length=500, label="Source", help_text="A citation, or whose experience it rests on.")
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_value(self) -> Any:
        try:
            return read_value(self.cleaned_data["value"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class SignForm(forms.Form):
    """Agreeing to a value as it is."""

    reason = forms.CharField(
        max_length=1000, label="What you looked at", widget=forms.Textarea(attrs={"rows": 2}), required=True
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


def constants_page(request: HttpRequest) -> HttpResponse:
    """The table as it is in force, narrowed by `?q=`, `?evidence=` and `?review=`. Staff without the catalogue find no
    page."""
    if not request.user.has_perm(CURATES):
        raise Http404
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    evidence, review = request.GET.get("evidence", ""), request.GET.get("review", "")
    table, waiting = stored_table(), waiting_changes()
    reviews = review_of(table)
    states = {name: _states(reviews.get(name), name in waiting, row) for name, row in table.rows.items()}
    rows = [
        row
        for row in table.rows.values()
        if _has(row, words) and evidence in ("", row.tag) and review in ("", *states[row.name])
    ]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Constants",
        "rows": [
            {
                "row": row,
                "value": _in_words(row.value),
                "evidence": EVIDENCE[row.tag],
                "review": _review_words(reviews.get(row.name), states[row.name]),
                "url": reverse("admin:constant", args=[row.name]),
            }
            for row in rows
        ],
        "total": len(table.rows),
        "words": words,
        "chosen": evidence,
        "chosen_review": review,
        "choices": [(tag, told, sum(row.tag == tag for row in table.rows.values())) for tag, told in EVIDENCE.items()],
        "reviews": [(key, told, sum(key in one for one in states.values())) for key, told in REVIEWS.items()],
        "version": table.version,
        "code_version": CODE_VERSION,
    }
    return TemplateResponse(request, "admin/constants.html", context)


def constant_page(request: HttpRequest, name: str) -> HttpResponse:
    """One row: what it is, how far it may go, what became of it, and the forms to agree to it or to change it."""
    if not request.user.has_perm(CURATES) or name not in CONSTANTS:
        raise Http404
    may = may_curate(request.user)
    deed = request.POST.get("deed", "")
    allowed = {TRY: is_editable(name), PROPOSE: is_editable(name), SIGN: may_sign(name)}
    if request.method == "POST" and not (may and allowed.get(deed, False)):
        raise Http404
    table = stored_table()
    row, seen = table.rows[name], fingerprint_of(kind=CONSTANT.name, key=name)
    change_form = ConstantForm(
        posted(request) if deed in (TRY, PROPOSE) else None, initial={"value": in_words(row.value), "seen": seen}
    )
    sign_form = SignForm(posted(request) if deed == SIGN else None, initial={"seen": seen}, auto_id="id_sign_%s")
    effects = None
    if deed == TRY:
        effects = _try(name, change_form)
    elif deed == PROPOSE:
        answer = submit(request, change_form, lambda: _propose(request, name, change_form), done=_WAITS)
        if answer is not None:
            return answer
    elif deed == SIGN:
        answer = submit(request, sign_form, lambda: _sign(request, name, sign_form, row), done=_WAITS)
        if answer is not None:
            return answer
    waits = waiting_changes().get(name)
    review = review_of(table).get(name)
    published = CONSTANTS[name].value
    context = {
        **admin.site.each_context(request),
        "title": "Constant",
        "row": row,
        "scalar": not isinstance(row.value, tuple),
        "value": _in_words(row.value),
        "published": None if published == row.value else _in_words(published),
        "evidence": EVIDENCE[row.tag],
        "limits": limits_in_words(name),
        "fixed": why_fixed(name),
        "review": review,
        "waits": waits,
        "waits_url": _queue_url(waits.id) if waits else "",
        "versions": [(one, _queue_url(one.change.id)) for one in history_of(name)],
        "change_form": change_form if may and is_editable(name) else None,
        "sign_form": sign_form if may and may_sign(name) and not (review and review.is_agreed) else None,
        "panel": None if effects is None else panel_of(effects),
        "back": reverse("admin:constants"),
    }
    wrong = bool(change_form.errors or sign_form.errors)
    return TemplateResponse(request, "admin/constant.html", context, status=422 if wrong else 200)


_WAITS = "Proposed. It waits in the queue until somebody else has agreed to it."


def _try(name: str, form: ConstantForm) -> list[Any] | None:
    """What the value would do; None with the refusal in the form where it may not be proposed. No reason is asked."""
    for unasked in ("reason", "source"):
        form.errors.pop(unasked, None)
    if form.errors:
        return None
    value = form.cleaned_data["value"]
    wrong = check_value(name, value)
    if wrong:
        form.add_error("value", wrong)
        return None
    return effects_of(name, value)


def _propose(request: HttpRequest, name: str, form: ConstantForm) -> str:
    said = form.cleaned_data
    return _wait(request, name, said["value"], reason=said["reason"], source=said["source"], seen=said["seen"])


def _sign(request: HttpRequest, name: str, form: SignForm, row: Constant) -> str:
    said = form.cleaned_data
    return _wait(request, name, row.value, reason=said["reason"], source=row.source, seen=said["seen"])


def _wait(request: HttpRequest, name: str, value: Any, *, reason: str, source: str, seen: str) -> str:
    changes = propose_change(
        by=request.user,  # type: ignore[arg-type]
        kind=CONSTANT.name,
        key=name,
        values={FIELD: as_json(value)},
        reason=reason,
        source=source,
        seen=seen or None,
    )
    return _queue_url(changes[0].pk)


def _queue_url(change_id: str) -> str:
    return reverse("admin:planning_curationchange_change", args=[change_id])


def _states(review: Review | None, waits: bool, row: Constant) -> set[str]:
    """The reviews that a row is found under."""
    found = {"waiting"} if waits else set()
    if row.value != CONSTANTS[row.name].value:
        found.add("changed")
    if may_sign(row.name):
        found.add("agreed" if review and review.is_agreed else "open")
    return found


def _review_words(review: Review | None, states: set[str]) -> str:
    told = []
    if "waiting" in states:
        told.append(REVIEWS["waiting"])
    if review and review.is_agreed:
        told.append(review.in_words)
    return ". ".join(told)


def _has(row: Constant, words: str) -> bool:
    """Whether each word begins one of the row's."""
    told = _split(f"{row.name} {row.unit} {row.source}")
    return all(any(one.startswith(word) for one in told) for word in _split(words))


def _split(text: str) -> list[str]:
    return text.casefold().replace("_", " ").replace(".", " ").split()


def _in_words(value: Any) -> str:
    """A number, coefficients one after the other, or the points of a curve: 0.8; 1.2, 3; (10: 0.5), (20: 0.7)."""
    return in_words(value) if isinstance(value, tuple) else number_format(f"{value:.10g}")
