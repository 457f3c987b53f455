"""A coach's groups: renaming, filling and dissolving them. Making one stands with the coaches."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from athletes.models import CoachLink, Squad, User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, InvalidInput, NotFound


def _own(coach: User, squad: Squad) -> Squad:
    locked = Squad.objects.select_for_update().filter(pk=squad.pk, coach=coach).first()
    if locked is None:
        raise NotFound()
    return locked


@transaction.atomic
def rename_squad(*, coach: User, squad: Squad, name: str) -> Squad:
    """Raises NotFound for somebody else's squad, InvalidInput, and Conflict for a name that is taken."""
    locked = _own(coach, squad)
    try:
        text = check_text(name, limit=120)
    except ValueError as error:
        raise InvalidInput.of("name", str(error))
    if text == locked.name:
        return locked
    locked.name = text
    try:
        with transaction.atomic():
            locked.save(update_fields=["name"])
    except IntegrityError:
        raise Conflict(gettext("You have a squad of this name already."), code="squad_exists")
    record_audit(verb="squad.renamed", by=coach, object_id=locked.pk)
    return locked


@transaction.atomic
def set_squad_members(*, coach: User, squad: Squad, links: Iterable[CoachLink]) -> int:
    """Makes these links the squad's whole membership; returns how many links changed their squad.

    Raises NotFound for a squad or an active link that is not the coach's; then nothing changes.
    """
    locked = _own(coach, squad)
    wanted = {link.pk for link in links}
    own = CoachLink.objects.select_for_update().filter(coach=coach, status=CoachLink.Status.ACTIVE)
    rows = {link.pk: link for link in own}
    if not wanted <= set(rows):
        raise NotFound()
    changed = 0
    for link in rows.values():
        belongs, is_in = link.pk in wanted, link.squad_id == locked.pk
        if belongs == is_in:
            continue
        link.squad = locked if belongs else None
        link.save(update_fields=["squad"])
        record_audit(verb="squad.assigned", by=coach, object_id=link.pk, athlete_id=link.athlete_id)
        changed += 1
    return changed


@transaction.atomic
def delete_squad(*, coach: User, squad: Squad) -> None:
    """Dissolves a squad; its athletes stay linked to the coach. Raises NotFound for somebody else's."""
    locked = _own(coach, squad)
    squad_id = locked.pk
    locked.delete()
    record_audit(verb="squad.deleted", by=coach, object_id=squad_id)
