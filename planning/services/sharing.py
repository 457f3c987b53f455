"""Secret links to one shopping list, readable without an account until they are revoked.

A link is worth its token: 256 random bits. The table is searched by hash; the token itself is stored encrypted, only
to be shown to the athlete again.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from athletes.models import User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.models import ShoppingList, ShoppingShare

TOKEN_BYTES = 32
MAX_SHARES = 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def hash_token(token: str) -> str:
    """What a token is found by. It has 256 random bits, so a plain hash cannot be reversed by guessing."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_share(*, shopping_list: ShoppingList, may_check: bool, by: User) -> ShoppingShare:
    """A new link; with `may_check` whoever has it may tick. Raises InvalidInput when there are too many."""
    locked = ShoppingList.objects.select_for_update().filter(pk=shopping_list.pk).first()
    if locked is None:
        raise NotFound()
    if locked.shares.filter(revoked_at=None).count() >= MAX_SHARES:
        raise InvalidInput.of(
            "may_check", gettext("At most %(count)s links to one list. Revoke one first.") % {"count": MAX_SHARES}
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    share = ShoppingShare.objects.create(
        shopping_list=locked, token_hash=hash_token(token), token={"token": token}, may_check=may_check
    )
    record_audit(
        verb="shopping_list.shared",
        by=by,
        object_id=share.pk,
        athlete_id=locked.athlete_id,
        list=locked.pk,
        may_check=may_check,
    )
    return share


@transaction.atomic
def revoke_share(*, shopping_list: ShoppingList, share_id: str, by: User) -> None:
    """The link stops working at once. Raises NotFound for a link that is not one of this list, or was revoked."""
    changed = ShoppingShare.objects.filter(shopping_list=shopping_list, pk=share_id, revoked_at=None).update(
        revoked_at=now()
    )
    if not changed:
        raise NotFound()
    record_audit(verb="shopping_list.unshared", by=by, object_id=share_id, athlete_id=shopping_list.athlete_id)


def live_shares(shopping_list: ShoppingList) -> Any:
    """The links of a list that work, oldest first."""
    return ShoppingShare.objects.filter(shopping_list=shopping_list, revoked_at=None).order_by("created_at", "pk")


def find_shared(token: str) -> ShoppingShare:
    """The link behind a token, with its list. Raises NotFound for an unknown or revoked one."""
    if not _TOKEN.fullmatch(token):
        raise NotFound()
    rows = ShoppingShare.objects.filter(token_hash=hash_token(token), revoked_at=None)
    share = rows.select_related("shopping_list__athlete__kitchen").first()
    if share is None:
        raise NotFound()
    return share


def share_path(share: ShoppingShare) -> str | None:
    """The path of a link; None where the key that sealed its token is gone."""
    token = (share.token or {}).get("token")
    return f"/shared/lists/{token}" if token else None


def share_document(share: ShoppingShare, *, origin: str = "", show: bool = True) -> dict[str, Any]:
    """One link. Its address is told to the athlete only (`show`)."""
    path = share_path(share) if show else None
    return {
        "id": share.pk,
        "url": f"{origin}{path}" if path else None,
        "may_check": share.may_check,
        "created_at": share.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
