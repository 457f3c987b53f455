"""What an account wants by mail, and when nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from athletes.mail.stopping import DIGEST, NOTICES, REMINDERS
from athletes.models import Athlete, NotificationSetting, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import InvalidInput

FIELDS = ("digest", "digest_weekday", "reminders", "quiet_from", "quiet_until")


def read_notifications(user: User) -> NotificationSetting:
    """The account's choices; a row that is not stored yet where it never made any."""
    found = NotificationSetting.objects.filter(user=user).first()
    return found if found is not None else NotificationSetting(user=user)


@transaction.atomic
def change_notifications(*, by: User, values: Mapping[str, Any]) -> NotificationSetting:
    """Changes the choices that were sent: the fields of the setting, and `notices` for an account with a profile.

    Raises InvalidInput when quiet hours have one end only, or no length.
    """
    setting, _ = NotificationSetting.objects.select_for_update().get_or_create(user=by)
    changed = [name for name in FIELDS if name in values and getattr(setting, name) != values[name]]
    for name in changed:
        setattr(setting, name, values[name])
    _check_quiet(setting.quiet_from, setting.quiet_until)
    if changed:
        setting.save(update_fields=[*changed, "updated_at"])
    if "notices" in values:
        wanted = bool(values["notices"])
        if Athlete.objects.filter(user=by).exclude(notify_by_mail=wanted).update(notify_by_mail=wanted):
            changed.append("notify_by_mail")
    if changed:
        record_audit(verb="account.notifications", by=by, object_id=by.pk, fields=sorted(changed))
    return setting


def stop_mails(*, user: User, what: str) -> NotificationSetting:
    """Ends the mails of a kind (`mail.stopping.KINDS`), as the link in them asks. Twice is once."""
    choices = {NOTICES: {"notices": False}, DIGEST: {"digest": False}, REMINDERS: {"reminders": False}}
    return change_notifications(by=user, values=choices[what])


def _check_quiet(start: time | None, end: time | None) -> None:
    if (start is None) != (end is None):
        raise InvalidInput.of(
            "quiet_until" if end is None else "quiet_from", gettext("Quiet hours need both times, or none.")
        )
    if start is not None and start == end:
        raise InvalidInput.of("quiet_until", gettext("Quiet hours must end at another time than they begin."))
