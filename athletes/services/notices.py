"""Telling an athlete something that they did not ask for, once: in the product, and by mail where that is wanted."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from athletes.mail.deliveries import queue_mail
from athletes.mail.letters import Letter, absolute_url
from athletes.mail.stopping import NOTICES
from athletes.models import Athlete, MailDelivery, Notice
from athletes.sentences import in_words
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.models import WorkItem
from nutrition_site.kernel.sentences import in_english

# The kind of a notice's mail among an account's mails.
NOTICE = "notice"
# What a mail says in place of a notice whose text may name amounts of food or what somebody does not eat.
MAIL_TEXTS = {
    str(Notice.Kind.PLAN_IMPOSSIBLE): _("The plan stays as it is. What stands in the way is shown in the product.")
}
# Title and text of a mail in a language in which the notice itself is not written.
KIND_WORDS: dict[str, tuple[str, str]] = {
    str(Notice.Kind.CALENDAR_RECONNECT): (
        gettext_noop("A calendar must be connected again"),
        gettext_noop("It no longer lets us read your training. Until you connect it again, changes do not reach us."),
    ),
    str(Notice.Kind.PLAN_PROPOSED): (
        gettext_noop("A changed plan waits for your answer"),
        gettext_noop("Your training or profile changed. Nothing in your plan changes until you say so."),
    ),
    str(Notice.Kind.PLAN_CHANGED): (
        gettext_noop("Your plan changed"),
        gettext_noop("What is different, and why, is shown in the product."),
    ),
    str(Notice.Kind.PLAN_IMPOSSIBLE): (
        gettext_noop("Your plan cannot follow what moved"),
        gettext_noop("The plan stays as it is. What stands in the way is shown in the product."),
    ),
}


def tell_athlete(
    *, athlete: Athlete, kind: str, key: str, title: str, body: str = "", path: str = "", renew: bool = False
) -> Notice | None:
    """Leaves a notice about `key` (an id), None when the same is told and still open.

    `path` is the page where something can be done about it. Texts hold no health data: they may be sent by mail, which
    happens once for each notice that is left. With `renew` an open notice takes the new words and counts as unseen.
    """
    try:
        with transaction.atomic():
            notice = Notice.objects.create(athlete=athlete, kind=kind, key=key, title=title, body=body, path=path)
            if athlete.notify_by_mail:
                queue_mail(user=athlete.user, kind=NOTICE, key=notice.pk)
            return notice
    except IntegrityError:
        if renew:
            found = Notice.objects.filter(athlete=athlete, kind=kind, key=key, resolved_at=None)
            words = {"title": title, "body": body, "path": path}
            found.exclude(**words).update(**words, seen_at=None)
        return None


def settle_notices(*, athlete_id: str, kind: str, key: str) -> int:
    """Closes what was told about `key`: it is over. Returns how many notices were open."""
    return Notice.objects.filter(athlete_id=athlete_id, kind=kind, key=key, resolved_at=None).update(resolved_at=now())


@transaction.atomic
def mark_notice_seen(*, notice: Notice) -> Notice:
    """The athlete has seen it; the first time is kept. What only reports something is over with that."""
    locked: Notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.seen_at is None:
        locked.seen_at = now()
    if locked.kind == Notice.Kind.PLAN_CHANGED and locked.resolved_at is None:
        locked.resolved_at = locked.seen_at
    locked.save(update_fields=["seen_at", "resolved_at"])
    return locked


def unseen_count(athlete: Athlete) -> int:
    """How many notices are open and unseen. One indexed query."""
    return Notice.objects.filter(athlete=athlete, seen_at=None, resolved_at=None).count()


def notice_words(notice: Notice) -> tuple[str, str]:
    """Title and text of a notice in the active language; they are stored in English.

    Where the stored words cannot be told again, those of the kind of notice stand in for them.
    """
    title, body = in_words(notice.title), in_words(notice.body)
    if in_english() or notice.kind not in KIND_WORDS or not notice.key.startswith(("mpl_", "cal_")):
        return title, body
    # A plan's text says what moved, which is told where the notice leads to.
    kind_title, kind_body = (gettext(words) for words in KIND_WORDS[notice.kind])
    return (title if title != notice.title else kind_title), (body if body != notice.body else kind_body)


def write_notice(delivery: MailDelivery, item: WorkItem) -> Letter | None:
    """A notice as a mail, None when it is over or the athlete wants no mails.

    English mails use the words of the notice. Notices are stored in English, so in other languages the mail says as
    much as can be told again and leads to the page that tells the rest.
    """
    notice = Notice.objects.filter(pk=delivery.key).select_related("athlete").first()
    if notice is None or notice.mailed_at is not None or notice.resolved_at is not None:
        return None
    if not notice.athlete.notify_by_mail:
        return None
    title, text = notice_words(notice)
    return Letter(
        subject=title,
        template="notice",
        words={
            "name": notice.athlete.name,
            "title": " ".join(title.split()),
            "text": str(MAIL_TEXTS.get(notice.kind, text)),
            "url": absolute_url(notice.path or "/notices"),
        },
        stops=NOTICES,
    )
