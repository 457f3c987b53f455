"""Limits that coaches set for athletes who agreed: set for one or for many, ended by either side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from athletes.models import Athlete, CoachLink, Notice, Squad, User
from athletes.rules import numbers_withheld, owns
from athletes.services.locking import lock_athletes
from athletes.services.notices import settle_notices, tell_athlete
from athletes.services.versions import raise_profile_version
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Forbidden, InvalidInput, NotFound
from planning.bounding import GIVES_WAY
from planning.models import CoachBound
from planning.services.choice import is_disliked, read_catalogue
from planning.services.coaching_limits import limits_in_force, limits_of, with_limits
from planning.services.targets import ProfileOutOfRange, calculate_targets

# What a day of food for one person can sensibly be limited to (g, ml) [engineering choice].
RANGES = {
    CoachBound.Measure.PROTEIN: (20.0, 400.0),
    CoachBound.Measure.CARBS: (50.0, 1500.0),
    CoachBound.Measure.FAT: (15.0, 300.0),
    CoachBound.Measure.FLUID: (1000.0, 15000.0),
}
LONGEST_DAYS, FURTHEST_DAYS = 180, 90
# So many days of the limit are looked at when it is set.
LOOKED_AT_DAYS = 14
MOST_OPEN = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """A limit that is wanted: a measure with a least, a most or both, or a food to be kept out; why, and when."""

    reason: str
    first_day: date
    last_day: date
    measure: str = ""
    minimum: float | None = None
    maximum: float | None = None
    kept_out: str = ""

    def for_athlete(self, athlete: Athlete, *, coach: User, squad: Squad | None = None) -> CoachBound:
        """The row of one athlete, not saved."""
        return CoachBound(
            athlete=athlete,
            coach=coach,
            squad=squad,
            measure=self.measure,
            minimum=self.minimum,
            maximum=self.maximum,
            kept_out=self.kept_out,
            reason=self.reason,
            first_day=self.first_day,
            last_day=self.last_day,
        )


def check_wish(wish: Wish) -> Wish:
    """The wish with its texts cleaned. Raises InvalidInput with every field that cannot be meant."""
    details: list[dict[str, str]] = []

    def refuse(name: str, message: str) -> None:
        details.append({"field": name, "message": message})

    reason, food = wish.reason, wish.kept_out
    try:
        reason = check_text(wish.reason, limit=300)
    except ValueError as error:
        refuse("reason", str(error))
    present = today("UTC")
    if wish.last_day < wish.first_day:
        refuse("last_day", "Must not be before the first day.")
    elif (wish.last_day - wish.first_day).days >= LONGEST_DAYS:
        refuse("last_day", f"At most {LONGEST_DAYS} days; set it again when they are over.")
    elif wish.last_day < present - timedelta(days=1):
        refuse("last_day", "Must not be over already.")
    if wish.first_day > present + timedelta(days=FURTHEST_DAYS):
        refuse("first_day", f"At most {FURTHEST_DAYS} days ahead.")
    if bool(wish.kept_out.strip()) == bool(wish.measure):
        refuse("kept_out", "Either a nutrient with a limit, or a food to keep out.")
    elif wish.measure:
        _check_amounts(wish, refuse)
    else:
        try:
            food = check_text(wish.kept_out, limit=120)
        except ValueError as error:
            refuse("kept_out", str(error))
        else:
            catalogue = read_catalogue()
            if not any(is_disliked(catalogue.named(pk), [food]) for pk in catalogue.recipes):
                refuse("kept_out", "No dish here is or holds that. Try another word for it.")
    if details:
        raise InvalidInput(details=details)
    return Wish(reason, wish.first_day, wish.last_day, wish.measure, wish.minimum, wish.maximum, food)


def _check_amounts(wish: Wish, refuse: Callable[[str, str], None]) -> None:
    try:
        low, high = RANGES[CoachBound.Measure(wish.measure)]
    except ValueError:
        refuse("measure", f"Must be one of: {', '.join(CoachBound.Measure.values)}.")
        return
    if wish.minimum is None and wish.maximum is None:
        refuse("minimum", "Give a least, a most, or both.")
    for name, value in (("minimum", wish.minimum), ("maximum", wish.maximum)):
        if value is not None and not low <= value <= high:
            refuse(name, f"Must be from {low:g} to {high:g}.")
    if wish.minimum is not None and wish.maximum is not None and wish.minimum > wish.maximum:
        refuse("maximum", "Must not be less than the least.")


def coached_athletes(coach: User, athletes: Iterable[Athlete | str]) -> list[Athlete]:
    """These athletes, who all agreed to this coach. Raises Forbidden for who is no coach, NotFound for anybody else."""
    if not coach.is_coach or not coach.is_active:
        raise Forbidden("Only coaches set limits.")
    wanted = {getattr(one, "pk", one) for one in athletes}
    links = CoachLink.objects.filter(
        coach=coach, athlete__in=wanted, status=CoachLink.Status.ACTIVE, athlete__user__is_active=True
    )
    found = [link.athlete for link in links.select_related("athlete").order_by("athlete__name", "athlete_id")]
    if not wanted or {athlete.pk for athlete in found} != wanted:
        raise NotFound()
    return found


@transaction.atomic
def set_coach_bounds(
    *, coach: User, athletes: Iterable[Athlete | str], wish: Wish, squad: Squad | None = None
) -> list[CoachBound]:
    """Sets one limit for each of these athletes, tells them, and makes their plans ask for it.

    All or none. Raises Forbidden, NotFound for who has not agreed, InvalidInput for a limit that cannot be meant,
    would not be safe for one of them, or would give way on every day.
    """
    wish = check_wish(wish)
    if squad is not None and squad.coach_id != coach.pk:
        raise NotFound()
    wanted = {str(getattr(one, "pk", one)) for one in athletes}
    lock_athletes(wanted)
    found = coached_athletes(coach, wanted)
    refuse_unsafe(found, wish, coach=coach)
    return [_set(athlete, wish, coach=coach, squad=squad) for athlete in found]


def _set(athlete: Athlete, wish: Wish, *, coach: User, squad: Squad | None) -> CoachBound:
    bound = wish.for_athlete(athlete, coach=coach, squad=squad)
    same = limits_in_force([athlete]).filter(
        coach=coach,
        measure=bound.measure,
        minimum=bound.minimum,
        maximum=bound.maximum,
        kept_out=bound.kept_out,
        first_day=bound.first_day,
        last_day=bound.last_day,
    )
    existing = same.first()
    if existing is not None:
        return existing
    bound.save(force_insert=True)
    raise_profile_version(athlete.pk)
    record_audit(
        verb="coach.bound_set",
        by=coach,
        object_id=bound.pk,
        athlete_id=athlete.pk,
        fields=[name for name in ("measure", "minimum", "maximum", "kept_out") if getattr(bound, name)],
    )
    tell_athlete(
        athlete=athlete,
        kind=Notice.Kind.PLAN_CHANGED,
        key=bound.pk,
        title=f"{coach_name(coach)}, your coach, set a limit for your plans",
        body="You see what, why and until when on the page of your coaches, and can end it there.",
        path=reverse("settings_coaches"),
    )
    return bound


def refuse_unsafe(athletes: Sequence[Athlete], wish: Wish, *, coach: User) -> None:
    """Raises InvalidInput where a limit would take food from somebody who must not eat less, or never hold."""
    for athlete in athletes:
        day = today(athlete.zones)
        limits_food = wish.measure and wish.measure != CoachBound.Measure.FLUID and wish.maximum is not None
        if limits_food and numbers_withheld(athlete, today=day):
            raise InvalidInput.of(
                "maximum", f"No most is set for {athlete.name}: their food is not limited from above."
            )
        if len([bound for bound in limits_of(athlete) if bound.last_day >= day]) >= MOST_OPEN:
            raise InvalidInput.of("", f"{athlete.name} has {MOST_OPEN} limits already. End some of them first.")
        if wish.measure and _never_holds(athlete, wish, coach=coach, present=day):
            name = "minimum" if wish.maximum is None else "maximum"
            raise InvalidInput.of(
                name, f"It would never hold for {athlete.name}: training and what is safe ask for something else."
            )


def _never_holds(athlete: Athlete, wish: Wish, *, coach: User, present: date) -> bool:
    first = max(present, wish.first_day)
    last = min(wish.last_day, first + timedelta(days=LOOKED_AT_DAYS - 1))
    if last < first:
        return False
    alone = with_limits(athlete, [wish.for_athlete(athlete, coach=coach)])
    try:
        days = calculate_targets(athlete=alone, first=first, last=last)
    except ProfileOutOfRange:
        return False
    return all(GIVES_WAY in day.targets.warnings for day in days)


@transaction.atomic
def end_coach_bound(*, by: User, bound: CoachBound) -> CoachBound:
    """Ends a limit at once; the athlete's own right, and the coach's who set it. Ending twice is ending once.

    Raises NotFound for anybody else.
    """
    locked: CoachBound = CoachBound.objects.select_for_update().select_related("athlete").get(pk=bound.pk)
    if by.pk != locked.coach_id and not owns(by, locked.athlete):
        raise NotFound()
    if locked.ended_at is None:
        locked.ended_at, locked.ended_by = now(), by
        locked.save(update_fields=["ended_at", "ended_by"])
        raise_profile_version(locked.athlete_id)
        settle_notices(athlete_id=locked.athlete_id, kind=Notice.Kind.PLAN_CHANGED, key=locked.pk)
        record_audit(verb="coach.bound_ended", by=by, object_id=locked.pk, athlete_id=locked.athlete_id)
    return locked


def bounds_shown(athlete: Athlete) -> list[CoachBound]:
    """The limits that hold now or will, with who set them: what the athlete's page of coaches lists."""
    rows = limits_in_force([athlete]).filter(last_day__gte=today(athlete.zones))
    return list(rows.select_related("coach").order_by("last_day", "pk"))


def coach_name(coach: User) -> str:
    """What an athlete reads as the name of a coach."""
    return coach.name or coach.email


def bound_words(bound: CoachBound) -> str:
    """A limit in words: "Carbohydrate: at least 300 g a day", "Keep out: tuna"."""
    if bound.kept_out:
        return _("Keep out: %(food)s") % {"food": bound.kept_out}
    values = {
        "measure": _(CoachBound.Measure(bound.measure).label).capitalize(),
        "unit": "ml" if bound.measure == CoachBound.Measure.FLUID else "g",
        "low": _whole(bound.minimum),
        "high": _whole(bound.maximum),
    }
    if bound.minimum is None:
        return _("%(measure)s: at most %(high)s %(unit)s a day") % values
    if bound.maximum is None:
        return _("%(measure)s: at least %(low)s %(unit)s a day") % values
    return _("%(measure)s: at least %(low)s %(unit)s and at most %(high)s %(unit)s a day") % values


def _whole(amount: float | None) -> str:
    return "" if amount is None else number_format(f"{amount:.0f}", use_l10n=True, force_grouping=True)
