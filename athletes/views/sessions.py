"""Completed sessions: what was done, where each value comes from, files to read, and what may be deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from athletes.forms.sessions import DoneForm, UploadForm
from athletes.models import CompletedSession, SessionRecord
from athletes.models.sessions import SessionValues
from athletes.services.matching import energy_rank
from athletes.services.sessions import delete_record, delete_session
from athletes.services.twins import is_own_event
from athletes.services.uploads import (
    MAX_UPLOAD_BYTES,
    Refusal,
    Upload,
    UploadResult,
    record_by_hand,
    upload_files,
)
from athletes.words import PROVIDER_NAMES
from nutrition_site.kernel.api.file_parts import take_files
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import DomainError
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, show_refusal, submit
from nutrition_site.templatetags.athleat import clock_time, duration, plain_number, sport_name, whole

DAYS_SHOWN = 28
REFUSALS_SAID = 10
SOURCE_NAMES = {
    "fit": _("FIT file"),
    "tcx": _("TCX file"),
    "gpx": _("GPX file"),
    "manual": _("entered by hand"),
    "intervals_icu": _("intervals.icu"),
    **PROVIDER_NAMES,
}
# What a session's page shows: column, name, unit; in this order.
SHOWN = (
    ("sport", _("Sport"), ""),
    ("starts_at", _("Start"), ""),
    ("duration_minutes", _("Time in motion"), ""),
    ("elapsed_minutes", _("Time with pauses"), ""),
    ("distance_km", _("Distance"), "km"),
    ("ascent_m", _("Ascent"), "m"),
    ("avg_power_w", _("Average power"), "W"),
    ("normalized_power_w", _("Normalized power"), "W"),
    ("avg_hr", _("Average heart rate"), "bpm"),
    ("max_hr", _("Highest heart rate"), "bpm"),
    ("work_kj", _("Work"), "kJ"),
    ("device_kcal", _("Energy by the device"), "kcal"),
    ("tss", _("Training load (TSS)"), ""),
    ("intensity_factor", _("Intensity factor"), ""),
    ("rpe", _("Effort from 1 to 10"), ""),
)


# What energy is worked out from, by `energy_rank`, where it goes before heart rate and the device's own number.
SUREST = {2: _("power"), 3: _("distance"), 4: _("pace")}


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value of a session, the source it was taken from, and what the others say of it."""

    name: str
    text: str
    source: str
    others: tuple[tuple[str, str], ...]


@athlete_page
@require_safe
def sessions(request: Any) -> HttpResponse:
    """What was done in the last four weeks, newest first."""
    last = today(request.athlete.zones)
    first = last - timedelta(days=DAYS_SHOWN - 1)
    rows = (
        CompletedSession.objects.filter(athlete=request.athlete)
        .on_days(first, last + timedelta(days=1))
        .select_related("event")
        .prefetch_related("records")
        .order_by("-starts_at", "-id")
    )
    found = list(rows)
    for row in found:
        row.source_words = ", ".join(dict.fromkeys(source_name(record) for record in row.records.all()))
        row.planned = not is_own_event(row.event)
    return render(request, "athletes/sessions.html", {"done": found, "back_url": reverse("training")})


@csrf_exempt
@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def session_upload(request: Any) -> HttpResponse:
    """Takes files, which has to be said before anything is read: the check of the form's token reads all of it."""
    take_files(request, max_bytes=MAX_UPLOAD_BYTES)
    return _session_upload(request)


@csrf_protect
def _session_upload(request: Any) -> HttpResponse:
    by_hand = request.method == "POST" and "by_hand" in request.POST
    day = today(request.athlete.zones)
    files = UploadForm(*((request.POST, request.FILES) if request.method == "POST" and not by_hand else ()))
    done = DoneForm(posted(request) if by_hand else None, initial={"date": day, "sport": request.athlete.sport})
    if by_hand:

        def save() -> str:
            result = record_by_hand(by=request.user, athlete=request.athlete, values=done.values())
            return _next_page(result)

        answer = submit(request, done, save, done=gettext("The session is in your training."))
    else:
        answer = _read_files(request, files) if files.is_bound and files.is_valid() else None
    if answer is not None:
        return answer
    page = {"files": files, "form": done, "by_hand": by_hand, "back_url": reverse("sessions")}
    failed = files.errors or done.errors
    return render(request, "athletes/session_upload.html", page, status=422 if failed else 200)


def _read_files(request: Any, form: UploadForm) -> HttpResponse | None:
    """Reads what was sent; no form key is needed, because a file counts once by its content."""
    uploads = [Upload(part.name or "", part.read()) for part in form.cleaned_data["file"]]
    try:
        result = upload_files(by=request.user, athlete=request.athlete, uploads=uploads)
    except DomainError as error:
        if error.status >= 500:
            raise
        show_refusal(form, error)
        return None
    messages.success(request, result_words(result))
    for sentence in refusal_sentences(result.refused):
        messages.warning(request, sentence)
    return go_to(request, _next_page(result))


def _next_page(result: UploadResult) -> str:
    one = len(result.session_ids) == 1
    return reverse("session", args=[result.session_ids[0]]) if one else reverse("sessions")


def result_words(result: UploadResult) -> str:
    """“3 sessions were added, 1 was known already.”"""
    first = (
        (result.added, ngettext("%(count)s session was added", "%(count)s sessions were added", result.added)),
        (
            result.changed,
            ngettext(
                "%(count)s session was brought up to date",
                "%(count)s sessions were brought up to date",
                result.changed,
            ),
        ),
        (
            result.known,
            ngettext("%(count)s session was known already", "%(count)s sessions were known already", result.known),
        ),
    )
    further = (
        (result.added, ngettext("%(count)s was added", "%(count)s were added", result.added)),
        (
            result.changed,
            ngettext("%(count)s was brought up to date", "%(count)s were brought up to date", result.changed),
        ),
        (result.known, ngettext("%(count)s was known already", "%(count)s were known already", result.known)),
    )
    told = [place for place, (count, _words) in enumerate(first) if count]
    parts = [(further if place != told[0] else first)[place] for place in told]
    return ", ".join(words % {"count": count} for count, words in parts) + "."


def refusal_sentences(refused: tuple[Refusal, ...]) -> list[str]:
    """What could not be read, file by file; of very many the first ones."""
    told = [f"{refusal.file}: {refusal.reason}" for refusal in refused[:REFUSALS_SAID]]
    more = len(refused) - len(told)
    if more <= 0:
        return told
    words = ngettext("%(count)s more files could not be read.", "%(count)s more files could not be read.", more)
    return [*told, words % {"count": more}]


@athlete_page
@require_safe
def session(request: Any, session_id: str) -> HttpResponse:
    """One session: its values, where each comes from, and what the other sources say."""
    found = _mine(request, session_id)
    records = list(found.records.all())
    for record in records:
        record.words = source_name(record)
    page = {
        "session": found,
        "records": records,
        "rows": value_rows(found, records, request.athlete.zones),
        "planned": not is_own_event(found.event),
        "energy_from": SUREST.get(energy_rank(found, found.sport), ""),
        "back_url": reverse("sessions"),
    }
    return render(request, "athletes/session.html", page)


def value_rows(session: CompletedSession, records: list[SessionRecord], timezone: str) -> list[ValueRow]:
    """The known values of a session; an alternative is shown where it reads differently."""
    rows = []
    by_id = {record.pk: record for record in records}
    for column, name, unit in SHOWN:
        text = value_text(session, column, unit, timezone)
        if not text:
            continue
        chosen = by_id.get(session.chosen.get(column, ""))
        others = tuple(
            (source_name(record), other)
            for record in records
            if record is not chosen and (other := value_text(record, column, unit, timezone)) not in ("", text)
        )
        rows.append(ValueRow(str(name), text, source_name(chosen) if chosen else "", others))
    return rows


def value_text(row: SessionValues, column: str, unit: str, timezone: str) -> str:
    """A value as the page shows it; empty when unknown."""
    value = getattr(row, column)
    if value is None or value == "":
        return ""
    if column == "sport":
        return sport_name(value)
    if column == "starts_at":
        return clock_time(value, timezone)
    if column.endswith("_minutes"):
        return duration(value)
    text = plain_number(value) if column in ("distance_km", "intensity_factor", "rpe") else whole(value)
    return f"{text}\u00a0{unit}" if unit else text


def source_name(record: SessionRecord) -> str:
    """“FIT file, Garmin Edge 530”."""
    words = str(SOURCE_NAMES.get(record.source, record.source.replace("_", " ")))
    return f"{words}, {record.device}" if record.device else words


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def session_delete(request: Any, session_id: str) -> HttpResponse:
    """Asks, then deletes a session with everything that was recorded of it."""
    if request.method == "POST":

        def delete() -> str:
            delete_session(by=request.user, session=_mine(request, session_id))
            return reverse("sessions")

        return go_to(request, once(request, delete))
    found = _mine(request, session_id)
    page = {"session": found, "planned": not is_own_event(found.event), "back_url": reverse("session", args=[found.pk])}
    return render(request, "athletes/session_delete.html", page)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def session_record_delete(request: Any, session_id: str, record_id: str) -> HttpResponse:
    """Asks, then deletes what one source says; the session lives on by its other records."""

    def find() -> tuple[CompletedSession, SessionRecord]:
        of = _mine(request, session_id)
        return of, find_or_404(SessionRecord.objects.filter(session=of), record_id, "srd")

    if request.method == "POST":

        def delete() -> str:
            of, record = find()
            delete_record(by=request.user, record=record)
            left = CompletedSession.objects.filter(pk=of.pk).exists()
            return reverse("session", args=[of.pk]) if left else reverse("sessions")

        return go_to(request, once(request, delete))
    of, record = find()
    record.words = source_name(record)
    page = {
        "session": of,
        "record": record,
        "is_last": of.records.count() == 1,
        "back_url": reverse("session", args=[of.pk]),
    }
    return render(request, "athletes/session_record_delete.html", page)


def _mine(request: Any, session_id: str) -> CompletedSession:
    records = Prefetch("records", SessionRecord.objects.select_related("calendar"))
    mine = CompletedSession.objects.filter(athlete=request.athlete).select_related("event").prefetch_related(records)
    found: CompletedSession = find_or_404(mine, session_id, "ses")
    return found
