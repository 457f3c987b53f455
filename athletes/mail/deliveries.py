"""Every mail is a row: written before the mail is handed over, handed over once, and kept with what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import translation

from athletes.mail.handover import AnswerLost, NotTaken, hand_over
from athletes.mail.letters import Letter, build_message, language_of
from athletes.mail.quiet import quiet_until
from athletes.models import MailDelivery, User
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import ProviderError
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.work import MAX_ATTEMPTS, enqueue_work, postpone_work

log = logging.getLogger(__name__)

# The work of every mail that is about an account or an athlete; planning has its own.
MAIL_WORK = "notice.mail"
# What somebody waits for in front of a screen comes at any hour.
URGENT = frozenset({"verification", "password_reset", "account_exists"})
# A mail server that is away is asked for a day (RFC 5321, 4.5.4.1 asks for four to five; what these mails say does not
# keep that long), soon at first and then every hour.
GIVE_UP_AFTER = timedelta(hours=24)
HOURLY = timedelta(hours=1)
KEPT = timedelta(days=90)

Compose = Callable[[MailDelivery, WorkItem], Letter | None]


def queue_mail(
    *, user: User, kind: str, key: str, work: str = MAIL_WORK, payload: dict[str, Any] | None = None
) -> MailDelivery | None:
    """Leaves a mail to be sent, None when the same was left before.

    `kind` and `key` name it for the account; `work` is the kind of work whose handler writes it when its time comes;
    `payload` goes to that handler and holds nothing that the mail says.
    """
    try:
        with transaction.atomic():
            delivery = MailDelivery.objects.create(user=user, kind=kind, key=key)
            enqueue_work(kind=work, key=delivery.pk, payload=payload)
    except IntegrityError:
        return None
    return delivery


def deliver_mail(item: WorkItem, *, compose: Compose) -> bool:
    """Sends the mail that the item's key names; says whether the mail server took it now.

    `compose` writes it from what holds now, or returns None when it is no longer wanted or needed. The row says "sent"
    before the mail is handed over and is taken back when the server refuses for the moment, so a worker that dies in
    between sends nothing twice. Raises ProviderError `mail_not_sent` for a try that comes soon.
    """
    found = MailDelivery.objects.filter(pk=item.key, state=MailDelivery.State.WAITING)
    delivery = found.select_related("user__athlete", "user__notification_setting").first()
    if delivery is None:
        return False
    user: User = delivery.user
    until = None if delivery.kind in URGENT else quiet_until(user, now())
    if until is not None:
        postpone_work(item, run_after=until, payload=item.payload)
        return False
    try:
        with translation.override(language_of(user, asked_in=str(item.payload.get("language", "")))):
            letter = compose(delivery, item) if user.is_active else None
            message = None if letter is None else build_message(letter=letter, delivery=delivery, user=user)
    except Exception:
        if item.attempts >= MAX_ATTEMPTS:
            settle_delivery(delivery.pk, state=MailDelivery.State.DROPPED)
        raise
    if message is None:
        settle_delivery(delivery.pk, state=MailDelivery.State.DROPPED)
        return False
    if not settle_delivery(delivery.pk, state=MailDelivery.State.SENT):
        return False
    return _hand_over(delivery, item, message)


def settle_delivery(delivery_id: str, *, state: str) -> bool:
    """Ends a mail that waits; False when it does not wait any more."""
    waiting = MailDelivery.objects.filter(pk=delivery_id, state=MailDelivery.State.WAITING)
    return bool(waiting.update(state=state, settled_at=now()))


def abandon_mail(item: WorkItem) -> None:
    """Ends a mail whose every worker was lost before it got to the server."""
    settle_delivery(item.key, state=MailDelivery.State.DROPPED)


def forget_old_deliveries() -> int:
    """Deletes what became of mails older than 90 days; returns how many rows went."""
    old = MailDelivery.objects.filter(created_at__lt=now() - KEPT).exclude(state=MailDelivery.State.WAITING)
    return int(old.delete()[0])


def _hand_over(delivery: MailDelivery, item: WorkItem, message: Any) -> bool:
    row = MailDelivery.objects.filter(pk=delivery.pk)
    try:
        reply_code = hand_over(message)
    except AnswerLost:
        log.warning("answer of the mail server lost", extra={"delivery_id": delivery.pk})
        return False
    except NotTaken as refusal:
        late = now() - delivery.created_at > GIVE_UP_AFTER
        if refusal.permanent or late:
            row.update(state=MailDelivery.State.REFUSED, reply_code=refusal.reply_code, settled_at=now())
            return False
        row.update(state=MailDelivery.State.WAITING, reply_code=refusal.reply_code, settled_at=None)
        if item.attempts >= MAX_ATTEMPTS:
            postpone_work(item, run_after=now() + HOURLY, payload=item.payload)
            return False
        raise ProviderError("The mail server did not take the message.", code="mail_not_sent") from refusal
    except Exception:
        row.update(state=MailDelivery.State.WAITING, settled_at=None)
        raise
    row.update(reply_code=reply_code, settled_at=now())
    return True
