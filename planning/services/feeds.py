"""The secret iCalendar address under which an athlete's own calendar reads meals and fueling.

An address is worth its token: 256 random bits. The table is searched by hash; the token itself is stored encrypted,
only to be shown to the athlete again. What the feed says is in `feed_content`.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from django.db import transaction

from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import NotFound
from planning.models import OutgoingFeed
from planning.services.sharing import TOKEN_BYTES, hash_token

SCOPES = ("meals", "fueling", "shopping")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@transaction.atomic
def open_feed(*, athlete: Athlete, scopes: dict[str, bool], by: User) -> OutgoingFeed:
    """The athlete's feed with these scopes (`meals`, `fueling`, `shopping`); its address is made the first time.

    What is not named keeps its setting. An address that is there already stays as it is.
    """
    Athlete.objects.select_for_update().get(pk=athlete.pk)
    feed = OutgoingFeed.objects.filter(athlete=athlete).first()
    made = feed is None
    if feed is None:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        feed = OutgoingFeed(athlete=athlete, token_hash=hash_token(token), token={"token": token})
    for name in SCOPES:
        if name in scopes:
            setattr(feed, name, scopes[name])
    feed.save()
    record_audit(
        verb="feed.opened" if made else "feed.changed",
        by=by,
        object_id=feed.pk,
        athlete_id=athlete.pk,
        scopes=[name for name in SCOPES if getattr(feed, name)],
    )
    return feed


@transaction.atomic
def revoke_feed(*, athlete: Athlete, by: User) -> None:
    """The address stops working at once. Raises NotFound when there is none."""
    feed = OutgoingFeed.objects.select_for_update().filter(athlete=athlete).first()
    if feed is None:
        raise NotFound()
    record_audit(verb="feed.revoked", by=by, object_id=feed.pk, athlete_id=athlete.pk)
    feed.delete()


def find_feed(token: str) -> OutgoingFeed:
    """The feed behind a token, with its athlete. Raises NotFound for an unknown or revoked one."""
    if not _TOKEN.fullmatch(token):
        raise NotFound()
    feed = OutgoingFeed.objects.filter(token_hash=hash_token(token)).select_related("athlete__user").first()
    if feed is None or not feed.athlete.user.is_active:
        raise NotFound()
    return feed


def feed_path(feed: OutgoingFeed) -> str | None:
    """The path of the address; None where the key that sealed its token is gone."""
    token = (feed.token or {}).get("token")
    return f"/feeds/{token}.ics" if token else None


def feed_document(feed: OutgoingFeed, *, origin: str = "", show: bool = True) -> dict[str, Any]:
    """The feed for API and page. Its address is told to the athlete only (`show`)."""
    path = feed_path(feed) if show else None
    return {
        "url": f"{origin}{path}" if path else None,
        **{name: getattr(feed, name) for name in SCOPES},
        "created_at": feed.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
