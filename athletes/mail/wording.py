"""What a mail was about and what became of it, in the words of the settings page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from athletes.models import MailDelivery

# What planning sends is named here too: the rows are the account's, whoever writes the mail.
KINDS: dict[str, Any] = {
    "verification": gettext_lazy("Confirm your address"),
    "password_reset": gettext_lazy("A new password"),
    "account_exists": gettext_lazy("You have an account already"),
    "notice": gettext_lazy("About your plan or calendar"),
    "coach_invitation": gettext_lazy("A coach’s invitation"),
    "digest": gettext_lazy("Your week"),
    "coach_digest": gettext_lazy("Your athletes"),
    "reminder": gettext_lazy("The evening before"),
}
NO_MAILBOX = frozenset({550, 551, 553})
FULL = frozenset({452, 552})


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One mail as a row: `tone` is "ok", "warn" or "" (nothing to do about it)."""

    name: str
    at: datetime
    words: str
    tone: str


def delivery_line(delivery: MailDelivery) -> DeliveryLine:
    """What became of a mail, with the mail server's own code where it refused."""
    words, tone = _outcome(delivery)
    name = str(KINDS.get(delivery.kind, delivery.kind))
    return DeliveryLine(name, delivery.settled_at or delivery.created_at, words, tone)


def _outcome(delivery: MailDelivery) -> tuple[str, str]:
    code = delivery.reply_code
    if delivery.state == MailDelivery.State.SENT:
        return _("Sent"), "ok"
    if delivery.state == MailDelivery.State.DROPPED:
        return _("Not sent: no longer needed, switched off, or the address is not confirmed"), ""
    if delivery.state == MailDelivery.State.WAITING:
        if code is None:
            return _("Waits to be sent"), ""
        return _("Your mail server said “later” (%(code)s). We try again.") % {"code": code}, "warn"
    if code in NO_MAILBOX:
        return _("Refused (%(code)s): there is no such mailbox, or it takes no mail from us.") % {"code": code}, "warn"
    if code in FULL:
        return _("Refused (%(code)s): the mailbox is full.") % {"code": code}, "warn"
    if code is None:
        return _("Not sent: no mail server answered for a day"), "warn"
    return _("Refused by the mail server (%(code)s)") % {"code": code}, "warn"
