"""How an athlete shops: the order of aisles in their store."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext

from athletes.models import Athlete, User
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import InvalidInput
from planning.models import Kitchen
from planning.services.pantry import open_kitchen
from planning.services.shopping_documents import aisle_order
from planning.services.shopping_lines import AISLES, OTHER_AISLE


@transaction.atomic
def set_aisle_order(*, athlete: Athlete, order: Sequence[str], by: User | None) -> Kitchen:
    """The order in which the athlete walks their store; aisles left out keep their usual place after it."""
    known = (*AISLES, OTHER_AISLE)
    unknown = [name for name in order if name not in known]
    if unknown:
        raise InvalidInput.of(
            "aisle_order",
            gettext("Not known: %(names)s. Known are: %(known)s.")
            % {"names": ", ".join(unknown[:5]), "known": ", ".join(known)},
        )
    if len(set(order)) != len(order):
        raise InvalidInput.of("aisle_order", gettext("Name each aisle once."))
    kitchen = open_kitchen(athlete.pk)
    kitchen.aisle_order = list(order)
    kitchen.save(update_fields=["aisle_order"])
    record_audit(verb="kitchen.aisles", by=by, object_id=kitchen.pk, athlete_id=athlete.pk)
    return kitchen


@transaction.atomic
def move_aisle(*, athlete: Athlete, aisle: str, step: int, by: User | None) -> Kitchen:
    """Moves an aisle up (-1) or down (1) by one place; at the end it stays. Raises InvalidInput for an unknown one."""
    order = aisle_order(open_kitchen(athlete.pk))
    if aisle not in order:
        raise InvalidInput.of("aisle", gettext("There is no such aisle."))
    place = order.index(aisle)
    target = min(max(place + step, 0), len(order) - 1)
    order.insert(target, order.pop(place))
    return set_aisle_order(athlete=athlete, order=order, by=by)
