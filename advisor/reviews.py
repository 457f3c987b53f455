"""What athletes say about answers, and the messages that a person should look at."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from advisor.consents import consent_of
from advisor.models import Feedback, Message, Review
from advisor.words import without_hidden
from athletes.models import Athlete, User
from athletes.rules import owns
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Conflict, Forbidden, InvalidInput

MAX_WORDS = 1000
TAKEN_BACK = "Taken back by the athlete."


def flag_for_review(*, message: Message, flag: str) -> Review | None:
    """Puts a message that raised a red flag in front of a person, where its athlete has agreed to that."""
    if consent_of(message.conversation.athlete).review_at is None:
        return None
    review, _ = Review.objects.get_or_create(message=message, cause=Review.Cause.SAFETY, defaults={"flag": flag[:40]})
    return review


def answers_of(athlete: Athlete) -> QuerySet[Message]:
    """The advisor's messages to an athlete: what feedback can be given on."""
    return Message.objects.filter(conversation__athlete=athlete, role=Message.Role.ADVISOR)


@transaction.atomic
def give_feedback(*, message: Message, by: User, verdict: str, note: str = "") -> Feedback:
    """Keeps what the athlete says about an answer; the last word counts, and saying it twice is saying it once.

    `wrong` puts the answer in front of a person; another verdict later takes an open review back. Raises Forbidden for
    anybody but the athlete, InvalidInput for an unknown verdict or a note of more than 1,000 characters.
    """
    _need_owner(message, by)
    if verdict not in Feedback.Verdict.values:
        raise InvalidInput.of("verdict", f"Must be one of {', '.join(Feedback.Verdict.values)}.")
    words = _clean(note, "note")
    # Two presses at once would otherwise both find no review.
    Message.objects.select_for_update().get(pk=message.pk)
    before = Feedback.objects.filter(message=message).first()
    if before is not None and (before.verdict, before.note) == (verdict, words):
        return before
    feedback, _ = Feedback.objects.update_or_create(message=message, defaults={"verdict": verdict, "note": words})
    if verdict == Feedback.Verdict.WRONG:
        _open_review(message)
    else:
        _take_back_review(message)
    record_audit(
        verb="advisor.feedback_given", by=by, object_id=message.pk, athlete_id=message.conversation.athlete_id,
        verdict=verdict,
    )  # fmt: skip
    return feedback


@transaction.atomic
def withdraw_feedback(*, message: Message, by: User) -> None:
    """Forgets what the athlete said about an answer. Raises Forbidden for anybody else."""
    _need_owner(message, by)
    deleted, _ = Feedback.objects.filter(message=message).delete()
    if deleted:
        _take_back_review(message)
        record_audit(
            verb="advisor.feedback_withdrawn", by=by, object_id=message.pk, athlete_id=message.conversation.athlete_id
        )


def _open_review(message: Message) -> None:
    review, made = Review.objects.get_or_create(message=message, cause=Review.Cause.WRONG)
    if not made and review.state == Review.State.CLOSED:
        review.state, review.outcome, review.closed_by, review.closed_at = Review.State.OPEN, "", None, None
        review.save()


def _take_back_review(message: Message) -> None:
    Review.objects.filter(message=message, cause=Review.Cause.WRONG, state=Review.State.OPEN).update(
        state=Review.State.CLOSED, outcome=TAKEN_BACK, closed_at=now()
    )


def may_work_on_reviews(user: User) -> bool:
    """Whether the queue is open to this account: superusers, and staff who were given the right to change reviews."""
    return bool(user.is_active and user.is_staff and user.has_perm("advisor.change_review"))


def is_readable(review: Review) -> bool:
    """Whether the words of the message may be shown to who reviews it: while the athlete's consent stands."""
    consent = getattr(review.message.conversation.athlete, "advisor_consent", None)
    return consent is not None and consent.review_at is not None


@transaction.atomic
def close_review(*, review: Review, by: User, outcome: str) -> Review:
    """Closes an open review with what came of it, in words.

    Raises Forbidden without the right to, InvalidInput for an empty or too long outcome, Conflict `review_closed`.
    """
    if not may_work_on_reviews(by):
        raise Forbidden("Only staff who look after reviews may close one.")
    words = _clean(outcome, "outcome")
    if not words:
        raise InvalidInput.of("outcome", gettext("Please say what came of it."))
    locked = Review.objects.select_for_update().select_related("message__conversation").get(pk=review.pk)
    if locked.state == Review.State.CLOSED:
        raise Conflict(gettext("This review is closed already."), code="review_closed")
    locked.state, locked.outcome, locked.closed_by, locked.closed_at = Review.State.CLOSED, words, by, now()
    locked.save(update_fields=["state", "outcome", "closed_by", "closed_at"])
    record_audit(
        verb="advisor.review_closed", by=by, object_id=locked.pk, athlete_id=locked.message.conversation.athlete_id
    )
    return locked


def note_reading(*, review: Review, by: User) -> None:
    """Leaves a trace that somebody of the staff read a message."""
    record_audit(
        verb="advisor.review_read", by=by, object_id=review.pk, athlete_id=review.message.conversation.athlete_id
    )


def _need_owner(message: Message, by: User) -> None:
    if not owns(by, message.conversation.athlete):
        raise Forbidden(gettext("Only the athlete may say this."))


def _clean(text: str, field: str) -> str:
    if "\x00" in text:
        raise InvalidInput.of(field, gettext("Must not contain null characters."))
    words = without_hidden(text).strip()
    if len(words) > MAX_WORDS:
        raise InvalidInput.of(field, gettext("Must have at most %(count)s characters.") % {"count": f"{MAX_WORDS:,}"})
    return words
