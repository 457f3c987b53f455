"""Connected calendars: how they are, read now, connect, remove."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.calendars.protocol import CalendarTokenExpired
from athletes.forms.calendars import ChooseCalendarsForm
from athletes.forms.training import CaldavForm, GoogleForm, IcalForm, IntervalsForm
from athletes.models import CalendarConnection
from athletes.services.calendars import (
    choices_of,
    choose_calendars,
    connect_calendar,
    disconnect_calendar,
    look_alike,
    main_choice,
    withdraw_unread,
)
from athletes.services.google_connect import google_options
from athletes.services.merging import SyncResult
from athletes.services.sync import SyncRunning, sync_calendar
from nutrition_site.kernel.entitlements import entitlements_of
from nutrition_site.kernel.errors import InvalidInput, NotFound, ProviderError
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit

WAIT_SECONDS = 20.0
FORMS = {
    "ical": (IcalForm, "ical"),
    "google_calendar": (GoogleForm, "google"),
    "caldav": (CaldavForm, "caldav"),
    "intervals_icu": (IntervalsForm, "intervals"),
}
# Where a first reading that was refused is told, and what may help.
_REFUSED = {
    "ical": ("url", _("The server does not let us read this address. Copy the calendar’s private address once more.")),
    "google_calendar": ("oauth_token", _("Google does not accept this token, or it does not allow reading.")),
    "caldav": ("password", _("The server does not accept this user name and password.")),
    "intervals_icu": ("api_key", _("Intervals.icu does not accept this key.")),
}
# What may be shown again of credentials; a feed's address is its key.
_SHOWN = {"caldav": ("url", "username")}


@athlete_page
@require_safe
def calendars(request: Any) -> HttpResponse:
    """Every calendar with its status in words, and the ways to connect one."""
    again = _broken(request, request.GET.get("again", ""))
    return _show(request, blank_forms(again=again), again=again)


@athlete_page
@require_POST
def calendar_connect(request: Any) -> HttpResponse:
    """Connects a calendar and reads it at once."""
    again = _broken(request, request.POST.get("again", ""))
    answer, forms = connect_from(request, next_url=reverse("calendars"), again=again)
    return answer or _show(request, forms, again=again)


@athlete_page
@require_POST
def calendar_sync(request: Any, calendar_id: str) -> HttpResponse:
    """Reads a calendar now."""
    calendar = _mine(request, calendar_id)

    def read() -> str:
        read_now(request, calendar)
        return reverse("start_calendar" if request.POST.get("from") == "start" else "calendars")

    return go_to(request, once(request, read))


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_remove(request: Any, calendar_id: str) -> HttpResponse:
    """Asks, then forgets a calendar and its sessions from today on."""
    if request.method == "POST":

        def remove() -> str:
            removed = disconnect_calendar(by=request.user, calendar=_mine(request, calendar_id))
            words = ngettext(
                "The calendar is removed, with %(count)s session from today on.",
                "The calendar is removed, with %(count)s sessions from today on.",
                removed,
            )
            messages.success(request, words % {"count": removed})
            return reverse("calendars")

        return go_to(request, once(request, remove))
    calendar = _mine(request, calendar_id)
    alike = look_alike(CalendarConnection.objects.filter(athlete=request.athlete).only("label"))
    page = {"calendar": calendar, "back_url": reverse("calendars"), "alike": alike}
    return render(request, "athletes/calendar_remove.html", page)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_choose(request: Any, calendar_id: str) -> HttpResponse:
    """Which of the calendars behind a connection are read."""
    calendar = _mine(request, calendar_id)
    form = ChooseCalendarsForm(posted(request), choices=choices_of(calendar), chosen=calendar.selection)

    def choose() -> str:
        read_now(request, choose_calendars(by=request.user, calendar=calendar, selection=form.values()))
        return reverse("calendars")

    answer = submit(request, form, choose) if request.method == "POST" else None
    page = {"calendar": calendar, "form": form, "main": main_choice(calendar)}
    return answer or render(request, "athletes/calendar_choose.html", page, status=422 if form.errors else 200)


def blank_forms(*, again: CalendarConnection | None = None) -> dict[str, Any]:
    """The forms to connect a calendar, by provider; that of `again` holds what is known and no secret."""
    held = again.credentials or {} if again is not None else {}
    known = {name: held[name] for name in _SHOWN.get(again.provider if again else "", ()) if held.get(name)}
    return {
        name: cls(prefix=prefix, initial=known if again is not None and name == again.provider else None)
        for name, (cls, prefix) in FORMS.items()
    }


def forms_by_name(forms: Mapping[str, Any]) -> dict[str, Any]:
    """The same forms by the names that the template knows: `ical_form`, `google_form` and so on.

    `google_offered` says whether Google can be connected by consent.
    """
    named: dict[str, Any] = {f"{prefix}_form": forms[name] for name, (_cls, prefix) in FORMS.items()}
    return {**named, "google_offered": google_options() is not None}


def connect_from(
    request: Any, *, next_url: str, again: CalendarConnection | None = None
) -> tuple[HttpResponse | None, dict[str, Any]]:
    """Connects what a form asks for: (redirect or None, the forms by provider, one of them with its errors).

    `again` is the connection that gets the new credentials, instead of a further one. A further one whose very first
    reading is refused is taken away again, and its form says so.
    """
    chosen = request.POST.get("provider", "")
    forms: dict[str, Any] = {
        name: cls(request.POST if name == chosen else None, prefix=prefix) for name, (cls, prefix) in FORMS.items()
    }
    form = forms.get(chosen)
    if form is None:
        forms["ical"] = IcalForm({}, prefix="ical")
        return None, forms

    def connect() -> str:
        known = connected_ids(request)
        calendar = connect_calendar(
            by=request.user,
            athlete=request.athlete,
            provider=chosen,
            fields=form.cleaned_data,
            entitlements=entitlements_of(request.user),
            again=again,
        )
        try:
            read_now(request, calendar, is_new=calendar.pk not in known)
        except CalendarTokenExpired as error:
            field, words = _REFUSED.get(chosen, ("provider", error.message))
            raise InvalidInput.of(field, str(words))
        return next_url

    return submit(request, form, connect), forms


def _mine(request: Any, calendar_id: str) -> CalendarConnection:
    found: CalendarConnection = find_or_404(
        CalendarConnection.objects.filter(athlete=request.athlete), calendar_id, "cal"
    )
    return found


def _broken(request: Any, calendar_id: str) -> CalendarConnection | None:
    """The athlete's calendar that cannot be read and is to get new credentials."""
    broken = (CalendarConnection.Status.RECONNECT, CalendarConnection.Status.ERROR)
    mine = CalendarConnection.objects.filter(athlete=request.athlete, status__in=broken)
    return mine.filter(pk=calendar_id[:40]).first()


def connected_ids(request: Any) -> set[str]:
    """The ids of the athlete's calendars, to know a new one by."""
    return set(CalendarConnection.objects.filter(athlete=request.athlete).values_list("pk", flat=True))


def read_now(request: Any, calendar: CalendarConnection, *, is_new: bool = False) -> None:
    """Reads now and says what came of it; the calendar's own status says the same for later.

    A new connection that is refused has never worked: it is taken away again, and CalendarTokenExpired raised.
    """
    try:
        result = sync_calendar(calendar_id=calendar.pk, by=request.user, wait_seconds=WAIT_SECONDS)
    except CalendarTokenExpired as error:
        if is_new and withdraw_unread(by=request.user, calendar=calendar):
            raise
        _warn(request, calendar, error)
    except SyncRunning:
        messages.info(request, gettext("This calendar is being read right now. Look again in a moment."))
    except NotFound:
        messages.warning(request, gettext("This calendar was removed meanwhile."))
    except ProviderError as error:
        _warn(request, calendar, error)
    else:
        messages.success(request, _in_words(result))


def _warn(request: Any, calendar: CalendarConnection, error: ProviderError) -> None:
    kept = f" {gettext('Sessions read earlier stay as they are.')}" if calendar.last_synced_at else ""
    messages.warning(request, f"{error.message}{kept}")


def _in_words(result: SyncResult) -> str:
    parts = [
        words % {"count": count}
        for count, words in (
            (result.added, ngettext("%(count)s new", "%(count)s new", result.added)),
            (result.changed, ngettext("%(count)s changed", "%(count)s changed", result.changed)),
            (result.removed, ngettext("%(count)s removed", "%(count)s removed", result.removed)),
        )
        if count
    ]
    if not parts:
        return gettext("Calendar read. Nothing has changed.")
    return gettext("Calendar read: %(changes)s.") % {"changes": ", ".join(parts)}


def _show(request: Any, forms: dict[str, Any], *, again: CalendarConnection | None = None) -> HttpResponse:
    connected = list(CalendarConnection.objects.filter(athlete=request.athlete))
    page = {
        "calendars": connected,
        "alike": look_alike(connected),
        **forms_by_name(forms),
        "again": again,
        "google_open": any(row.provider == "google_calendar" and row.status == "reconnect" for row in connected),
        "allowed": entitlements_of(request.user).calendars,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "athletes/calendars.html", page, status=status)
