"""What a coach writes: notes to self, messages to the athlete, and comments on a meal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from athletes.models import Athlete, CoachLink, Notice, User
from athletes.services.locking import lock_athletes
from athletes.services.notices import tell_athlete
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import zone
from nutrition_site.kernel.errors import InvalidInput, NotFound
from planning.models import CoachNote, MealPlan, PlanItem
from planning.services.coaching_bounds import coach_name, coached_athletes

LONGEST_TEXT = 2000
MOST_SHOWN = 50


@transaction.atomic
def write_coach_note(*, coach: User, athlete: Athlete, kind: str, text: str, item: PlanItem | None = None) -> CoachNote:
    """Writes a note, a message or a comment. A message and a comment are told to the athlete; a note is not.

    `item` is the meal that a comment is about. Raises Forbidden for who is no coach, NotFound without the athlete's
    agreement or for a meal of somebody else, InvalidInput for a text that is empty or too long.
    """
    lock_athletes([athlete.pk])
    athlete = coached_athletes(coach, [athlete])[0]
    if kind not in CoachNote.Kind.values or (kind == CoachNote.Kind.COMMENT) != (item is not None):
        raise InvalidInput.of("kind", "A comment is about a meal, and only a comment is.")
    if item is None:
        note = CoachNote.objects.create(athlete=athlete, coach=coach, kind=kind, text=checked_text(text))
    else:
        note = comment_on_meal(coach=coach, athlete=athlete, item=item, text=text)
    record_audit(verb=f"coach.{kind}", by=coach, object_id=note.pk, athlete_id=athlete.pk)
    if kind != CoachNote.Kind.NOTE:
        said = "wrote to you" if item is None else "wrote about a meal of yours"
        tell_athlete(
            athlete=athlete,
            kind=Notice.Kind.PLAN_CHANGED,
            key=note.pk,
            title=f"{coach_name(coach)}, your coach, {said}",
            body="You find it on the page of your coaches.",
            path=reverse("settings_coaches"),
        )
    return note


@transaction.atomic
def write_coach_messages(*, coach: User, athletes: Iterable[Athlete | str], text: str) -> list[CoachNote]:
    """Writes the same message to each of these athletes, each on their own: nobody reads who else got it. All or none.

    Raises Forbidden for who is no coach, NotFound where one of them has not agreed, InvalidInput for the text.
    """
    wanted = {str(getattr(one, "pk", one)) for one in athletes}
    lock_athletes(wanted)
    message = CoachNote.Kind.MESSAGE
    return [
        write_coach_note(coach=coach, athlete=athlete, kind=message, text=text)
        for athlete in coached_athletes(coach, wanted)
    ]


def comment_on_meal(*, coach: User, athlete: Athlete, item: PlanItem, text: str) -> CoachNote:
    """Keeps a comment on a meal without telling of it. Raises NotFound for a meal of somebody else, InvalidInput."""
    if item.revision.plan.athlete_id != athlete.pk:
        raise NotFound()
    return CoachNote.objects.create(
        athlete=athlete,
        coach=coach,
        kind=CoachNote.Kind.COMMENT,
        text=checked_text(text),
        day=item.date,
        slot=item.slot,
        index=item.index,
        dish=item.recipe.name[:200],
    )


def checked_text(text: str) -> str:
    """What a coach wrote, fit to be kept. Raises InvalidInput for nothing, or too much."""
    try:
        return check_text(text, limit=LONGEST_TEXT, lines=True)
    except ValueError as error:
        raise InvalidInput.of("text", str(error)) from error


@transaction.atomic
def delete_coach_note(*, coach: User, note: CoachNote) -> None:
    """Takes back what a coach wrote. Raises NotFound for what somebody else wrote."""
    if note.coach_id != coach.pk:
        raise NotFound()
    Notice.objects.filter(athlete_id=note.athlete_id, key=note.pk).delete()
    note_id, athlete_id = note.pk, note.athlete_id
    CoachNote.objects.filter(pk=note_id).delete()
    record_audit(verb="coach.note_deleted", by=coach, object_id=note_id, athlete_id=athlete_id)


def notes_for_athlete(athlete: Athlete) -> list[CoachNote]:
    """Messages and comments, newest first; what a coach wrote stays with the athlete when coaching ends."""
    rows = CoachNote.objects.filter(athlete=athlete).exclude(kind=CoachNote.Kind.NOTE)
    return list(rows.select_related("coach")[:MOST_SHOWN])


def notes_on_day(athlete: Athlete, day: date, *, messages_from: date | None = None) -> list[CoachNote]:
    """Comments on meals of a day, and messages written on it where the athlete is, newest first; in one query.

    `messages_from` adds the messages of the days from that one on.
    """
    clock = zone(athlete.zones)
    since = datetime.combine(messages_from or day, time.min, tzinfo=clock)
    until = datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock)
    comment = Q(kind=CoachNote.Kind.COMMENT, day=day)
    message = Q(kind=CoachNote.Kind.MESSAGE, created_at__gte=since, created_at__lt=until)
    return list(CoachNote.objects.filter(comment | message, athlete=athlete).select_related("coach")[:MOST_SHOWN])


def notes_of_coach(coach: User, athlete: Athlete) -> list[CoachNote]:
    """Everything that this coach wrote about an athlete, newest first; nothing without the athlete's agreement."""
    agreed = CoachLink.objects.filter(coach=coach, athlete=athlete, status=CoachLink.Status.ACTIVE)
    if not agreed.exists():
        return []
    return list(CoachNote.objects.filter(coach=coach, athlete=athlete)[:MOST_SHOWN])


def item_of_plan(plan: MealPlan, item_id: str) -> PlanItem | None:
    """A meal of the present state of a plan."""
    rows = PlanItem.objects.filter(revision_id=plan.current_id, pk=item_id)
    found: PlanItem | None = rows.select_related("recipe", "revision__plan").first()
    return found
