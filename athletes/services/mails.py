"""Every mail about an account or an athlete, by the kind of its row."""

from __future__ import annotations

from athletes.mail.deliveries import Compose, deliver_mail
from athletes.mail.letters import Letter
from athletes.models import MailDelivery, Notice
from athletes.services import account_mail
from athletes.services.coaches import INVITATION, write_invitation
from athletes.services.notices import NOTICE, write_notice
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import WorkItem

WRITERS: dict[str, Compose] = {
    account_mail.VERIFICATION: account_mail.write_verification,
    account_mail.PASSWORD_RESET: account_mail.write_password_reset,
    account_mail.ACCOUNT_EXISTS: account_mail.write_account_exists,
    NOTICE: write_notice,
    INVITATION: write_invitation,
}


def send_mail(item: WorkItem) -> bool:
    """Sends the mail of a piece of work; says whether the mail server took it. Raises what `deliver_mail` raises."""
    sent = deliver_mail(item, compose=_write)
    if sent:
        told = MailDelivery.objects.filter(pk=item.key, kind=NOTICE).values("key")
        Notice.objects.filter(pk__in=told, mailed_at=None).update(mailed_at=now())
    return sent


def _write(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    writer = WRITERS.get(delivery.kind)
    return None if writer is None else writer(delivery, item)
