"""What an athlete said about a race, as it is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.db import transaction

from athletes.models import Athlete, TrainingEvent, User
from nutrition_site.kernel.audit import record_audit
from planning.models import RacePlan


@dataclass(frozen=True, slots=True)
class RaceOptions:
    """What the athlete said about one race; None is unknown. Places are texts as `race_course` reads them."""

    finish_minutes: float | None = None
    start_minute: int | None = None
    distance_km: float | None = None
    temperature_c: float | None = None
    sweat_rate_l_h: float | None = None
    sweat_is_measured: bool | None = None
    sweat_tested_at_c: float | None = None
    sweat_sodium_mg_l: float | None = None
    gut_cap_g_h: float | None = None
    uses_caffeine: bool | None = None
    caffeine_mg_per_kg: float | None = None
    other_caffeine_mg: float | None = None
    meal_hours_before: float | None = None
    takes_painkillers: bool | None = None
    salt_is_medical: bool | None = None
    swim_minutes: float | None = None
    bike_minutes: float | None = None
    run_minutes: float | None = None
    bottle_ml: float | None = None
    bottles: int | None = None
    pockets: int | None = None
    foods: tuple[str, ...] = ()
    water_at: str | None = None
    drink_at: str | None = None
    gel_at: str | None = None
    banana_at: str | None = None


def races_of(athlete: Athlete) -> Any:
    """The athlete's races that count, soonest first."""
    return (
        TrainingEvent.objects.filter(athlete=athlete, type=TrainingEvent.Type.RACE, duplicate_of=None)
        .select_related("race_plan", "completed")
        .order_by("local_date", "starts_at", "pk")
    )


def options_of(event: TrainingEvent) -> RaceOptions:
    """What was said about a race; nothing of a race nobody was asked about."""
    stored = getattr(event, "race_plan", None)
    known = {field.name for field in fields(RaceOptions)}
    values = {name: value for name, value in (stored.options if stored else {}).items() if name in known}
    return RaceOptions(**{**values, "foods": tuple(values.get("foods", ()))})


@transaction.atomic
def store_options(*, event: TrainingEvent, options: RaceOptions, by: User) -> None:
    """Keeps these options in place of whatever was kept; they have been planned with."""
    said = {name: value for name, value in asdict(options).items() if value is not None and value != ()}
    if "foods" in said:
        said["foods"] = list(said["foods"])
    RacePlan.objects.update_or_create(event=event, defaults={"options": said})
    record_audit(verb="race.planned", by=by, object_id=event.pk, athlete_id=event.athlete_id, fields=sorted(said))
