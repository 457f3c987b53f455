"""Weeks of care after an athlete has told the advisor of something like an eating problem."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from athletes.models import Athlete, User
from athletes.services.versions import raise_profile_version
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import today

CARE_DAYS = 30


@transaction.atomic
def begin_care(*, athlete: Athlete, by: User) -> date:
    """Plans no deficit and shows no energy and no weight for 30 days from today; returns the last of them.

    Plans follow, as after any change of the profile. Another sign within that time makes it longer.
    """
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    until = today(locked.zones) + timedelta(days=CARE_DAYS)
    if locked.care_until != until:
        Athlete.objects.filter(pk=locked.pk).update(care_until=until)
        if not locked.ed_flag:
            raise_profile_version(locked.pk)
        record_audit(verb="athlete.care_began", by=by, object_id=locked.pk, athlete_id=locked.pk)
    athlete.care_until = until
    return until


@transaction.atomic
def end_care(*, athlete: Athlete, by: User) -> None:
    """Ends it at the athlete's own word, because signs are read from words and may be read wrongly."""
    locked = Athlete.objects.select_for_update().get(pk=athlete.pk)
    if locked.care_until is None:
        return
    Athlete.objects.filter(pk=locked.pk).update(care_until=None)
    if not locked.ed_flag:
        raise_profile_version(locked.pk)
    record_audit(verb="athlete.care_ended", by=by, object_id=locked.pk, athlete_id=locked.pk)
    athlete.care_until = None
