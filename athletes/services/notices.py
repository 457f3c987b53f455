"""Telling an athlete something that they did not ask for, once: in the product, and by mail where that is wanted."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from athletes.models import Athlete, Notice
from athletes.rules import has_verified_email
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import ProviderError
from nutrition_site.kernel.work import enqueue_work

MAIL_KIND = "notice.mail"
# What a mail says in place of a notice whose text may name amounts of food or what somebody does not eat.
MAIL_TEXTS = {Notice.Kind.PLAN_IMPOSSIBLE: "The plan stays as it is. What stands in the way is shown in the product."}


def tell_athlete(
    *, athlete: Athlete, kind: str, key: str, title: str, body: str = "", path: str = "", renew: bool = False
) -> Notice | None:
    """Leaves a notice about `key` (an id), None when the same is told and still open.

    `path` is the page where something can be done about it. Texts hold no health data: they may be sent by mail, which
    happens once for each notice that is left. With `renew` an open notice takes the new words and counts as unseen.
    """
    try:
        with transaction.atomic():
            notice = Notice.objects.create(athlete=athlete, kind=kind, key=key, title=title, body=body, path=path)
            if athlete.notify_by_mail:
                enqueue_work(kind=MAIL_KIND, key=notice.pk)
            return notice
    except IntegrityError:
        if renew:
            found = Notice.objects.filter(athlete=athlete, kind=kind, key=key, resolved_at=None)
            words = {"title": title, "body": body, "path": path}
            found.exclude(**words).update(**words, seen_at=None)
        return None


def settle_notices(*, athlete_id: str, kind: str, key: str) -> int:
    """Closes what was told about `key`: it is over. Returns how many notices were open."""
    return Notice.objects.filter(athlete_id=athlete_id, kind=kind, key=key, resolved_at=None).update(resolved_at=now())


@transaction.atomic
def mark_notice_seen(*, notice: Notice) -> Notice:
    """The athlete has seen it; the first time is kept. What only reports something is over with that."""
    locked: Notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.seen_at is None:
        locked.seen_at = now()
    if locked.kind == Notice.Kind.PLAN_CHANGED and locked.resolved_at is None:
        locked.resolved_at = locked.seen_at
    locked.save(update_fields=["seen_at", "resolved_at"])
    return locked


def unseen_count(athlete: Athlete) -> int:
    """How many notices are open and unseen. One indexed query."""
    return Notice.objects.filter(athlete=athlete, seen_at=None, resolved_at=None).count()


def mail_notice(*, notice_id: str) -> bool:
    """Sends a notice by mail, if it still matters and the athlete wants it; says whether it was sent.

    Only to a confirmed address. Safe to repeat: it is sent once, save that a worker which dies between handing the mail
    over and noting it leaves a second one with the same Message-ID. Raises ProviderError while the mail server is away.
    """
    notice = Notice.objects.filter(pk=notice_id).select_related("athlete__user").first()
    if notice is None or notice.mailed_at is not None or notice.resolved_at is not None:
        return False
    athlete = notice.athlete
    if not athlete.notify_by_mail or not has_verified_email(athlete.user):
        return False
    try:
        _message(notice).send()
    except OSError as error:
        # Also what the library for SMTP raises: its errors are OSErrors.
        raise ProviderError("The mail server did not take the message.", code="mail_not_sent") from error
    Notice.objects.filter(pk=notice.pk).update(mailed_at=now())
    return True


def _message(notice: Notice) -> EmailMultiAlternatives:
    athlete = notice.athlete
    words: dict[str, Any] = {
        "name": athlete.name,
        "title": notice.title,
        "text": MAIL_TEXTS.get(Notice.Kind(notice.kind), notice.body),
        "url": absolute_url(notice.path or "/notices"),
        "settings_url": absolute_url("/settings/profile"),
    }
    domain = urlsplit(absolute_url("/")).hostname or "localhost"
    message = EmailMultiAlternatives(
        subject=" ".join(notice.title.split()),
        body=render_to_string("mail/notice.txt", words),
        to=[athlete.user.email],
        headers={"Message-ID": f"<{notice.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("mail/notice.html", words), "text/html")
    return message


def absolute_url(path: str) -> str:
    """The address of a page as a mail names it, from the setting `PUBLIC_URL`."""
    return urljoin(settings.PUBLIC_URL.rstrip("/") + "/", path.lstrip("/"))
