"""Coach and athlete: invited by the coach, opened by the athlete, ended by either."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from athletes import rules
from athletes.mail.deliveries import queue_mail
from athletes.mail.letters import Letter, absolute_url
from athletes.mail.stopping import NOTICES
from athletes.models import Athlete, CoachLink, MailDelivery, Squad, User
from athletes.services.versions import raise_profile_version
from athletes.validation import check_text
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now, today, zone_name_now
from nutrition_site.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from nutrition_site.kernel.models import WorkItem

# The kind of an invitation among an account's mails.
INVITATION = "coach_invitation"


def coach_zone(coach: User) -> str:
    """The zone by whose clock a coach reads times now, an IANA name: the one of the coach's own profile, else the one
    in which most of the athletes are, else UTC."""
    coached = CoachLink.objects.filter(coach=coach, status=CoachLink.Status.ACTIVE).values("athlete_id")
    rows = Athlete.objects.filter(Q(user=coach) | Q(pk__in=coached)).only("user_id", "timezone", "travel")
    found = list(rows.order_by("pk"))
    own = [row for row in found if row.user_id == coach.pk]
    zones = Counter(zone_name_now(row.zones) for row in own or found)
    return zones.most_common(1)[0][0] if zones else "UTC"


def coach_day(coach: User) -> date:
    """The day it is for a coach."""
    return today(coach_zone(coach))


@transaction.atomic
def invite_athlete(*, coach: User, email: str, squad: Squad | None = None) -> CoachLink | None:
    """Invites the athlete with this e-mail address; nothing becomes visible before the athlete consents.

    Returns None where no athlete has the address: a face must say the same in both cases, or it tells who has an
    account. An open invitation or link is returned as it is. Raises Forbidden for who is no coach or has not verified
    the own address, InvalidInput for the own address, NotFound for somebody else's squad.
    """
    if not coach.is_coach:
        raise Forbidden(gettext("Only coaches invite athletes."))
    _need_verified(coach)
    if squad is not None and squad.coach_id != coach.pk:
        raise NotFound()
    athlete = Athlete.objects.filter(user__email__iexact=email.strip(), user__is_active=True).first()
    if athlete is None:
        return None
    if athlete.user_id == coach.pk:
        raise InvalidInput.of("email", gettext("You cannot coach yourself."))
    open_links = CoachLink.objects.filter(coach=coach, athlete=athlete).exclude(status=CoachLink.Status.ENDED)
    existing = open_links.first()
    if existing is not None:
        return existing
    try:
        with transaction.atomic():
            link = CoachLink.objects.create(coach=coach, athlete=athlete, squad=squad)
    except IntegrityError:
        return open_links.get()
    record_audit(verb="coach.invited", by=coach, object_id=link.pk, athlete_id=athlete.pk)
    if athlete.notify_by_mail:
        queue_mail(user=athlete.user, kind=INVITATION, key=link.pk)
    return link


def write_invitation(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    """Who asks to coach the athlete; None when it is answered or taken back, or the athlete wants no mails."""
    link = CoachLink.objects.filter(pk=delivery.key).select_related("coach", "athlete").first()
    if link is None or link.status != CoachLink.Status.INVITED or not link.coach.is_active:
        return None
    if not link.athlete.notify_by_mail:
        return None
    return Letter(
        subject=_("A coach asks to see your plan"),
        template="coach_invitation",
        words={
            "name": link.athlete.name,
            "coach_name": link.coach.name or link.coach.email,
            "coach_email": link.coach.email,
            "url": absolute_url("/settings/coaches"),
        },
        stops=NOTICES,
    )


@transaction.atomic
def consent_to_coach(*, by: User, link: CoachLink) -> CoachLink:
    """Lets the coach see everything of the athlete until either ends it. Consenting twice is consenting once.

    Raises Forbidden for anybody but the athlete and for an unverified address, Conflict for an ended link.
    """
    locked = CoachLink.objects.select_for_update().select_related("athlete").get(pk=link.pk)
    if not rules.owns(by, locked.athlete):
        raise Forbidden(gettext("Only the athlete may consent."))
    _need_verified(by)
    if locked.status == CoachLink.Status.ENDED:
        raise Conflict(gettext("This invitation has ended."), code="coach_link_ended")
    if locked.status == CoachLink.Status.INVITED:
        locked.status = CoachLink.Status.ACTIVE
        locked.consented_at = now()
        locked.save(update_fields=["status", "consented_at"])
        record_audit(verb="coach.consented", by=by, object_id=locked.pk, athlete_id=locked.athlete_id)
    return locked


@transaction.atomic
def end_coach_link(*, by: User, link: CoachLink) -> CoachLink:
    """Ends an invitation or a link, from either side, at once. Ending twice is ending once. Raises Forbidden."""
    locked = CoachLink.objects.select_for_update().select_related("athlete").get(pk=link.pk)
    if by.pk != locked.coach_id and not rules.owns(by, locked.athlete):
        raise Forbidden(gettext("Only the coach and the athlete may end this."))
    if locked.status != CoachLink.Status.ENDED:
        if locked.status == CoachLink.Status.ACTIVE:
            # What the coach set for plans is over with the link.
            raise_profile_version(locked.athlete_id)
        locked.status = CoachLink.Status.ENDED
        locked.ended_at = now()
        locked.squad = None
        locked.save(update_fields=["status", "ended_at", "squad"])
        record_audit(verb="coach.ended", by=by, object_id=locked.pk, athlete_id=locked.athlete_id)
    return locked


@transaction.atomic
def create_squad(*, coach: User, name: str) -> Squad:
    """A group of the coach's athletes. Raises Forbidden, InvalidInput, and Conflict for a name that is taken."""
    if not coach.is_coach:
        raise Forbidden(gettext("Only coaches have squads."))
    try:
        text = check_text(name, limit=120)
    except ValueError as error:
        raise InvalidInput.of("name", str(error))
    try:
        with transaction.atomic():
            squad = Squad.objects.create(coach=coach, name=text)
    except IntegrityError:
        raise Conflict(gettext("You have a squad of this name already."), code="squad_exists")
    record_audit(verb="squad.created", by=coach, object_id=squad.pk)
    return squad


@transaction.atomic
def assign_squad(*, coach: User, link: CoachLink, squad: Squad | None) -> CoachLink:
    """Puts a linked athlete into a squad, or into none. Raises NotFound for what is not the coach's, or has ended."""
    locked = CoachLink.objects.select_for_update().filter(pk=link.pk, coach=coach).first()
    if locked is None or locked.status == CoachLink.Status.ENDED or (squad and squad.coach_id != coach.pk):
        raise NotFound()
    locked.squad = squad
    locked.save(update_fields=["squad"])
    record_audit(verb="squad.assigned", by=coach, object_id=locked.pk, athlete_id=locked.athlete_id)
    return locked


def _need_verified(user: User) -> None:
    if not rules.has_verified_email(user):
        raise Forbidden(gettext("Please confirm your e-mail address first."), code="email_unverified")
