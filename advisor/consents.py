"""What an athlete allows the advisor to do with conversations. Only the athlete can, and takes it back at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from advisor.models import AdvisorConsent, Conversation
from athletes.models import Athlete, CoachLink, User
from athletes.rules import owns
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Forbidden, InvalidInput

# What may be allowed, and the column that holds when it was.
MOMENTS = {"outside_model": "outside_model_at", "coach": "coach_at", "review": "review_at"}
MAX_RETENTION_DAYS = 3650


def consent_of(athlete: Athlete) -> AdvisorConsent:
    """The athlete's consents; all of them no until something was said."""
    return AdvisorConsent.objects.filter(athlete=athlete).first() or AdvisorConsent(athlete=athlete)


def may_ask_outside(athlete: Athlete) -> bool:
    """Whether this athlete's questions may go to the model that is set up.

    A model on the operator's own machine is not outside: nothing leaves it (`AI_CONSENT_REQUIRED`).
    """
    return not settings.AI_CONSENT_REQUIRED or consent_of(athlete).outside_model_at is not None


def may_read(user: Any, athlete: Athlete) -> bool:
    """Whether a user may read the athlete's conversations: the athlete, and a coach of theirs who was allowed to."""
    return owns(user, athlete) or _reading_coaches(user).filter(athlete=athlete).exists()


def readable_by_coach(user: Any) -> QuerySet[Conversation]:
    """The conversations of every athlete who lets this account coach them and read these; staff rights open none."""
    rows: QuerySet[Conversation] = Conversation.objects.filter(athlete__in=_reading_coaches(user).values("athlete"))
    return rows


def _reading_coaches(user: Any) -> QuerySet[CoachLink]:
    return CoachLink.objects.filter(
        coach=user, status=CoachLink.Status.ACTIVE, athlete__advisor_consent__coach_at__isnull=False
    )


@transaction.atomic
def set_consents(*, athlete: Athlete, by: User, values: Mapping[str, Any]) -> AdvisorConsent:
    """Allows and takes back what `values` names: `outside_model`, `coach`, `review` (True, False), `retention_days`.

    `retention_days` is 1 to 3,650 or None. What is allowed already keeps its moment. Raises Forbidden for anybody but
    the athlete, InvalidInput for other names and values.
    """
    if not owns(by, athlete):
        raise Forbidden(gettext("Only the athlete may allow this."))
    for name, value in values.items():
        _check(name, value)
    AdvisorConsent.objects.get_or_create(athlete=athlete)
    consent = AdvisorConsent.objects.select_for_update().get(athlete=athlete)
    changed: dict[str, str] = {}
    for name, value in values.items():
        if name == "retention_days":
            if consent.retention_days != value:
                consent.retention_days, changed[name] = value, "none" if value is None else str(value)
        elif bool(getattr(consent, MOMENTS[name])) != value:
            setattr(consent, MOMENTS[name], now() if value else None)
            changed[name] = "allowed" if value else "taken back"
    if changed:
        consent.save()
        record_audit(verb="advisor.consent_changed", by=by, athlete_id=athlete.pk, **changed)
    return consent


def _check(name: str, value: Any) -> None:
    if name in MOMENTS:
        if not isinstance(value, bool):
            raise InvalidInput.of(name, gettext("Must be true or false."))
    elif name != "retention_days":
        raise InvalidInput.of(name, gettext("This field is not known."))
    elif value is not None and (
        isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_RETENTION_DAYS
    ):
        raise InvalidInput.of(
            name,
            gettext("Must be a whole number of days from 1 to %(most)s, or nothing.")
            % {"most": f"{MAX_RETENTION_DAYS:,}"},
        )
