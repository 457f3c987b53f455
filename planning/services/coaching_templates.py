"""Limits that a coach sets again and again, kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from athletes.models import User
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from planning.models import CoachTemplate
from planning.services.coaching_bounds import LONGEST_DAYS, Wish, check_wish

MOST_TEMPLATES = 50


@transaction.atomic
def save_coach_template(*, coach: User, name: str, wishes: Sequence[Wish], days: int) -> CoachTemplate:
    """Keeps these limits under a name; a name that is taken gets the new content.

    Raises Forbidden for who is no coach, InvalidInput for a wrong name, length or limit, Conflict for too many.
    """
    if not coach.is_coach:
        raise Forbidden("Only coaches keep limits.")
    try:
        text = check_text(name, limit=120)
    except ValueError as error:
        raise InvalidInput.of("name", str(error))
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidInput.of("days", f"Must be from 1 to {LONGEST_DAYS}.")
    if not wishes:
        raise InvalidInput.of("bounds", "Nothing to keep.")
    bounds: list[dict[str, Any]] = [_document(check_wish(wish)) for wish in wishes]
    User.objects.select_for_update().get(pk=coach.pk)
    existing = CoachTemplate.objects.filter(coach=coach)
    if not existing.filter(name=text).exists() and existing.count() >= MOST_TEMPLATES:
        raise Conflict(f"You keep {MOST_TEMPLATES} already. Delete one first.", code="too_many_templates")
    row, _ = CoachTemplate.objects.update_or_create(coach=coach, name=text, defaults={"bounds": bounds, "days": days})
    record_audit(verb="coach.template_saved", by=coach, object_id=row.pk)
    return row


@transaction.atomic
def delete_coach_template(*, coach: User, template: CoachTemplate) -> None:
    """Forgets a template; limits that were set from it stay. Raises NotFound for somebody else's."""
    if template.coach_id != coach.pk:
        raise NotFound()
    template_id = template.pk
    CoachTemplate.objects.filter(pk=template_id).delete()
    record_audit(verb="coach.template_deleted", by=coach, object_id=template_id)


def _document(wish: Wish) -> dict[str, Any]:
    return {
        "measure": wish.measure,
        "minimum": wish.minimum,
        "maximum": wish.maximum,
        "kept_out": wish.kept_out,
        "reason": wish.reason,
    }
