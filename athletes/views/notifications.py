"""What comes by mail, what became of it, and the link in each mail that ends it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from athletes.forms.notifications import NotificationForm
from athletes.mail.stopping import read_stop_token
from athletes.mail.wording import delivery_line
from athletes.models import MailDelivery, User
from athletes.rules import has_verified_email
from athletes.services.notifications import change_notifications, read_notifications, stop_mails
from nutrition_site.pages import posted, signed_in_page, submit

SHOWN = 10


@signed_in_page
@require_http_methods(["GET", "HEAD", "POST"])
def settings_notifications(request: Any) -> HttpResponse:
    """The choices of an account, athlete's or coach's, and its last mails."""
    user: User = request.user
    athlete = getattr(user, "athlete", None)
    form = NotificationForm(
        posted(request),
        setting=read_notifications(user),
        notices=None if athlete is None else athlete.notify_by_mail,
        coach=user.is_coach,
    )
    if request.method == "POST":

        def save() -> str:
            change_notifications(by=user, values=form.values())
            return reverse("settings_notifications")

        answer = submit(request, form, save, done=_("Saved."))
        if answer:
            return answer
    rows = MailDelivery.objects.filter(user=user)[:SHOWN]
    page = {
        "form": form,
        "athlete": athlete,
        "verified": has_verified_email(user),
        "mails": [delivery_line(row) for row in rows],
        "zones": "UTC" if athlete is None else athlete.zones,
        "is_sending": bool(settings.SMTP_HOST),
    }
    return render(request, "athletes/settings_notifications.html", page, status=422 if form.errors else 200)


# The token says who asks: a mail program has no cookie, and a foreign page has no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: Any, token: str) -> HttpResponse:
    """Ends mails of a kind without signing in (RFC 8058).

    Reading the page ends nothing: programs that look at every link of a mail come here too.
    """
    read = read_stop_token(token)
    user = None if read is None else User.objects.filter(pk=read[0]).first()
    if read is None or user is None:
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        stop_mails(user=user, what=read[1])
    answer = render(request, "athletes/mail_stop.html", {"what": read[1], "stopped": stopped})
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
