"""What every page shares: who may open it, forms that count once, and refusals shown beside the fields.

A page that belongs to an athlete:

    @athlete_page
    def shopping(request): ... request.athlete ...

A form that makes or changes something, safe against double submits and the back button:

    form = EventForm(request.POST, athlete=request.athlete)
    answer = submit(request, form, lambda: reverse("day", args=[create(...).date]))
    return answer or render(request, "….html", {"form": form}, status=422)

and in the template `{% csrf_token %}{% form_key %}` inside the `<form>`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control
from django.utils.encoding import iri_to_uri

from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.idempotency import answer_once
from nutrition_site.kernel.ids import is_id

KEY_FIELD = "form_key"
# Tells the service worker that a device may keep a copy of a page for when it has no connection, and whose it is.
COPY_HEADER = "X-Offline-Copy"
SHARED_COPY = "link"
OFFLINE_PAGES = frozenset({"today", "recipe", "cook", "shopping_list"})
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def url_or_none(name: str, *args: Any) -> str | None:
    """The address of a page, None where this installation has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


def first_url(*names: str) -> str:
    """The address of the first of these pages that exists; the landing page when none does."""
    return next((url for url in map(url_or_none, names) if url), "/")


def home_of(user: Any) -> str:
    """Where a signed-in person starts: today's food, the first question, or a coach's desk."""
    if hasattr(user, "athlete"):
        return first_url("today", "training")
    return reverse("admin:index") if user.is_coach and user.is_staff else reverse("start_profile")


def go_to(request: Any, url: str) -> HttpResponse:
    """A redirect that a page and an htmx request both follow as a whole page."""
    if getattr(request, "htmx", False):
        # As the other redirect does: a line break or a letter that no header can hold is written with percent signs.
        return HttpResponse(status=204, headers={"HX-Redirect": iri_to_uri(url)})
    return HttpResponseRedirect(url, status=303 if request.method == "POST" else 302)


def signed_in_page(view: View) -> View:
    """For people with an account; others sign in first and come back. Nothing of it is kept in shared caches."""

    @wraps(view)
    def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if getattr(request, "htmx", False):
                # The page that asked, as far as it is one of ours; the part of it that was asked for is no page.
                return go_to(request, redirect_to_login(request.htmx.current_url_abs_path or "/").url)
            # A form sent after the session ended comes back to its page, not to the address that only takes forms.
            back = request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", "")
            return redirect_to_login(back if back.startswith("/") else _own_path(request, back))
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return checked  # type: ignore[return-value]


def athlete_page(view: View) -> View:
    """For athletes: sets `request.athlete`. Who has no profile yet is asked for it first; a coach goes to the desk.

    An address that names one thing (`…_id`) does not exist for who has no profile: it can only be somebody else's.
    """

    @wraps(view)
    def checked(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        athlete = getattr(request.user, "athlete", None)
        if athlete is None and any(name.endswith("_id") for name in kwargs):
            raise Http404
        if athlete is None:
            return go_to(request, home_of(request.user))
        request.athlete = athlete
        response = view(request, *args, **kwargs)
        match = request.resolver_match
        if request.method == "GET" and response.status_code == 200 and match and match.url_name in OFFLINE_PAGES:
            response.headers[COPY_HEADER] = request.user.pk
        return response

    return signed_in_page(checked)  # type: ignore[return-value]


def _own_path(request: Any, address: str) -> str:
    origin = f"{request.scheme}://{request.get_host()}"
    return address.removeprefix(origin) if address.startswith(origin + "/") else "/"


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Has the browser forget the pages that it holds, for going back to them too: whoever was signed in has left."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def find_or_404(queryset: Any, object_id: str, prefix: str) -> Any:
    """One object of a queryset that is scoped already. Raises Http404; a wrong prefix asks no database."""
    found = queryset.filter(pk=object_id).first() if is_id(object_id, prefix) else None
    if found is None:
        raise Http404
    return found


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: the data of a POST, even an empty one, else None."""
    return request.POST if request.method == "POST" else None


def once(request: HttpRequest, produce: Callable[[], str]) -> str:
    """Runs `produce` (the writes; returns where to go next) once for a form that was sent twice.

    The same form with the same content within 24 hours leads to the same place without a second effect. The same form
    with other content is a new wish: somebody went back and changed it. Raises what `produce` raises; then nothing is
    remembered and the form may be sent again.
    """
    key = request.POST.get(KEY_FIELD, "")
    if not is_id(key, "frm"):
        return produce()
    sent = sorted(
        (name, values) for name, values in request.POST.lists() if name not in (KEY_FIELD, "csrfmiddlewaretoken")
    )
    mark = hashlib.sha256(repr(sent).encode(errors="replace")).hexdigest()
    who = getattr(request.user, "pk", None) or "anonymous"
    _, answer, _ = answer_once(
        # PostgreSQL keeps no text with a null byte, and an address may hold one.
        scope=f"{who} FORM {quote(request.path)}",
        key=f"{key}:{mark[:40]}",
        body=mark,
        produce=lambda: (303, {"next": produce()}, {}),
    )
    return str(answer["next"])


def submit(
    request: HttpRequest, form: forms.BaseForm, produce: Callable[[], str], *, done: str = ""
) -> HttpResponse | None:
    """Redirects after a valid form has had its effect (once); None when the form is to be shown with its errors.

    A refusal of the service becomes errors beside the fields it names. `done` is the sentence shown on the next page.
    """
    if not form.is_valid():
        return None
    try:
        url = once(request, produce)
    except DomainError as error:
        if error.status >= 500:
            raise
        show_refusal(form, error)
        return None
    if done:
        messages.success(request, done)
    return go_to(request, url)


def show_refusal(form: forms.BaseForm, error: DomainError) -> None:
    """Puts a refusal of a service beside the fields it names, or above the form.

    A form may have `refusal_fields`, a map from the names of the service to its own.
    """
    aliases: dict[str, str] = getattr(form, "refusal_fields", {})
    placed = False
    for row in error.details:
        name = str(row.get("field", ""))
        field = aliases.get(name, name.split(".")[0])
        if field in form.fields:
            form.add_error(field, str(row.get("message", error.message)))
            placed = True
    if not placed:
        form.add_error(None, error.message)
