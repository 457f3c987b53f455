"""What an account may do to itself."""

from __future__ import annotations

from django.db import transaction

from athletes.models import Athlete, User
from athletes.services.locking import lock_athletes
from nutrition_site.kernel.audit import record_audit


@transaction.atomic
def change_language(*, by: User, language: str) -> User:
    """Sets the language of the account's pages and messages; the caller knows that it exists."""
    by.language = language
    by.save(update_fields=["language"])
    record_audit(verb="account.language", by=by, object_id=by.pk)
    return by


@transaction.atomic
def delete_account(*, user: User) -> None:
    """Deletes an account with its profile, plans, lists, conversations, calendars and tokens.

    The audit trail keeps that it happened, with the id and nothing else. The caller has asked for the password.
    """
    user_id = user.pk
    # Before the plans go: whoever writes for the athlete holds the athlete first.
    lock_athletes(Athlete.objects.filter(user=user).values_list("pk", flat=True))
    User.objects.get(pk=user_id).delete()
    record_audit(verb="account.deleted", by=None, object_id=user_id)
