"""What athletes say about answers, and the queue of those that a person should look at."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advisor import services
from advisor.consents import set_consents
from advisor.models import Feedback, Message, Review
from advisor.reviews import TAKEN_BACK, close_review, give_feedback
from nutrition_site.kernel.errors import Conflict, Forbidden, InvalidInput
from nutrition_site.kernel.models import AuditEntry
from tests.factories import make_user
from tests.markup import faults
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db

QUESTION, NOTE = "What can you do about my knees?", "that is not what I asked"
QUEUE = "/admin/advisor/review/"


@pytest.fixture
def reply(athlete):
    return services.ask_advisor(athlete=athlete, message=QUESTION, by=athlete.user).message


@pytest.fixture
def reviewer(db):
    """Staff with the right to change reviews, and no other."""
    person = make_user("reviewer@example.com", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="change_review"))
    return person


def api_path(athlete, message_id):
    return f"/v1/athletes/{athlete.pk}/advisor/messages/{message_id}/feedback"


def wrong(reply, athlete, note=NOTE):
    give_feedback(message=reply, by=athlete.user, verdict="wrong", note=note)
    return Review.objects.get()


def allow(athlete, allowed=True):
    set_consents(athlete=athlete, by=athlete.user, values={"review": allowed})


# --- saying it ---
def test_the_last_word_about_an_answer_counts(api, alice, athlete, reply):
    client = api(alice)
    answers = [client.call("PUT", api_path(athlete, reply.pk), {"verdict": name}).json() for name in ("up", "down")]
    shown = client.get(f"/v1/athletes/{athlete.pk}/advisor/conversations/{reply.conversation_id}").json()
    assert answers == [{"verdict": "up", "note": ""}, {"verdict": "down", "note": ""}]
    assert [row["feedback"] for row in shown["messages"]] == [None, {"verdict": "down", "note": ""}]


def test_feedback_is_withdrawn(api, alice, athlete, reply):
    client = api(alice)
    client.call("PUT", api_path(athlete, reply.pk), {"verdict": "up"})
    codes = [client.delete(api_path(athlete, reply.pk)).status_code for _ in range(2)]
    assert (codes, Feedback.objects.count()) == ([204, 204], 0)


@pytest.mark.parametrize(
    "body",
    [{}, {"verdict": "great"}, {"verdict": None}, {"verdict": "up", "stars": 5}, {"verdict": "up", "note": "x" * 1001}],
)
def test_other_feedback_is_refused(body, api, alice, athlete, reply):
    answer = api(alice).call("PUT", api_path(athlete, reply.pk), body)
    assert (answer.status_code, Feedback.objects.count()) == (400, 0)


def test_nobody_has_feedback_on_a_question(api, alice, athlete, reply):
    question = reply.conversation.messages.get(role="athlete")
    assert api(alice).call("PUT", api_path(athlete, question.pk), {"verdict": "up"}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("sam", 404), ("carol", 404), ("dan", 404), ("nobody", 401)])
def test_only_the_athlete_says_something(who, status, api, athlete, reply, request):
    client = api(None if who == "nobody" else request.getfixturevalue(who))
    answer = client.call("PUT", api_path(athlete, reply.pk), {"verdict": "wrong"})
    assert (answer.status_code, Review.objects.count()) == (status, 0)


def test_the_service_refuses_a_coach(reply, carol):
    with pytest.raises(Forbidden):
        give_feedback(message=reply, by=carol, verdict="up")


def test_the_page_keeps_feedback_without_script(alice, reply):
    client = sign_in(alice)
    answer = client.post(f"/advisor/messages/{reply.pk}/feedback", {"verdict": "up"})
    page = client.get(answer["Location"]).content.decode()
    assert answer["Location"] == f"/advisor/{reply.conversation_id}#{reply.pk}"
    assert (faults(page), 'value="none" aria-pressed="true">Helpful' in page) == ({}, True)


def test_htmx_gets_the_part_below_the_answer(alice, reply):
    answer = sign_in(alice).post(
        f"/advisor/messages/{reply.pk}/feedback", {"verdict": "wrong", "note": NOTE}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, "Reported as wrong" in page, NOTE in page) == (200, False, True, True)


def test_feedback_is_taken_back_on_the_page(alice, reply):
    client = sign_in(alice)
    client.post(f"/advisor/messages/{reply.pk}/feedback", {"verdict": "up"})
    client.post(f"/advisor/messages/{reply.pk}/feedback", {"verdict": "none"})
    assert Feedback.objects.count() == 0


def test_a_note_that_is_too_long_is_kept_in_the_form(alice, reply):
    answer = sign_in(alice).post(f"/advisor/messages/{reply.pk}/feedback", {"verdict": "wrong", "note": "long " * 201})
    page = answer.content.decode()
    assert (answer.status_code, faults(page), page.count("long ") > 200, Review.objects.count()) == (422, {}, True, 0)


def test_the_page_of_somebody_elses_answer_does_not_exist(sam, reply):
    assert sign_in(sam).post(f"/advisor/messages/{reply.pk}/feedback", {"verdict": "up"}).status_code == 404


def test_a_long_talk_with_feedback_costs_few_queries(api, alice, athlete, reply):
    client, path = api(alice), f"/v1/athletes/{athlete.pk}/advisor/conversations/{reply.conversation_id}"
    client.get(path)
    with CaptureQueriesContext(connection) as short:
        client.get(path)
    for _ in range(5):
        services.ask_advisor(athlete=athlete, message="hello", by=alice, conversation_id=reply.conversation_id)
    with CaptureQueriesContext(connection) as long:
        client.get(path)
    assert len(long) == len(short)


# --- the queue ---
def test_what_is_wrong_is_put_in_front_of_a_person_once(reply, athlete):
    for _ in range(2):
        wrong(reply, athlete)
    assert list(Review.objects.values_list("cause", "state", "message")) == [("wrong", "open", reply.pk)]


def test_another_word_takes_an_open_review_back(reply, athlete):
    wrong(reply, athlete)
    give_feedback(message=reply, by=athlete.user, verdict="up")
    assert list(Review.objects.values_list("state", "outcome")) == [("closed", TAKEN_BACK)]


def test_saying_it_again_opens_the_review_again(reply, athlete, reviewer):
    close_review(review=wrong(reply, athlete), by=reviewer, outcome="Mended.")
    review = wrong(reply, athlete, note="still wrong")
    assert (review.state, review.outcome, review.closed_by) == ("open", "", None)


def test_a_review_that_was_looked_at_is_not_taken_back(reply, athlete, reviewer):
    close_review(review=wrong(reply, athlete), by=reviewer, outcome="Mended.")
    give_feedback(message=reply, by=athlete.user, verdict="up")
    assert Review.objects.get().outcome == "Mended."


def test_a_red_flag_is_reviewed_only_by_consent(athlete):
    for allowed in (False, True):
        allow(athlete, allowed)
        services.ask_advisor(athlete=athlete, message="I make myself throw up after meals", by=athlete.user)
    assert list(Review.objects.values_list("cause", "flag")) == [("safety", "eating_disorder")]


def test_without_consent_the_queue_shows_no_word(reply, athlete, reviewer):
    review = wrong(reply, athlete)
    client = sign_in(reviewer)
    pages = client.get(QUEUE).content + client.get(f"{QUEUE}{review.pk}/change/").content
    told = [words for words in (QUESTION, reply.text[:40], NOTE, "Alice") if words.encode() in pages]
    assert (told, reply.pk.encode() in pages, b"The athlete does not let staff read this." in pages) == ([], True, True)


def test_with_consent_a_reviewer_reads_question_answer_and_note(reply, athlete, reviewer):
    allow(athlete)
    page = sign_in(reviewer).get(f"{QUEUE}{wrong(reply, athlete).pk}/change/").content.decode()
    assert [words in page for words in (QUESTION, reply.text[:40], NOTE)] == [True, True, True]


def test_a_consent_taken_back_closes_the_words_at_once(reply, athlete, reviewer):
    allow(athlete)
    review, client = wrong(reply, athlete), sign_in(reviewer)
    client.get(f"{QUEUE}{review.pk}/change/")
    allow(athlete, False)
    assert QUESTION.encode() not in client.get(f"{QUEUE}{review.pk}/change/").content


def test_reading_words_leaves_a_trace_without_them(reply, athlete, reviewer):
    allow(athlete)
    review = wrong(reply, athlete)
    sign_in(reviewer).get(f"{QUEUE}{review.pk}/change/")
    entry = AuditEntry.objects.get(verb="advisor.review_read")
    assert (entry.actor_id, entry.object_id, entry.athlete_id, entry.details) == (
        reviewer.pk,
        review.pk,
        athlete.pk,
        {},
    )


def test_a_reviewer_closes_with_an_outcome(reply, athlete, reviewer):
    review = wrong(reply, athlete)
    answer = sign_in(reviewer).post(f"{QUEUE}{review.pk}/change/", {"outcome": "The rule was wrong; mended."})
    review.refresh_from_db()
    assert (answer.status_code, review.state, review.outcome, review.closed_by) == (
        302,
        "closed",
        "The rule was wrong; mended.",
        reviewer,
    )


def test_a_review_is_not_closed_without_an_outcome(reply, athlete, reviewer):
    review = wrong(reply, athlete)
    sign_in(reviewer).post(f"{QUEUE}{review.pk}/change/", {"outcome": "  "})
    review.refresh_from_db()
    assert review.state == "open"
    with pytest.raises(InvalidInput):
        close_review(review=review, by=reviewer, outcome=" ")


def test_a_closed_review_stays_as_it_is(reply, athlete, reviewer):
    review = close_review(review=wrong(reply, athlete), by=reviewer, outcome="Mended.")
    code = sign_in(reviewer).post(f"{QUEUE}{review.pk}/change/", {"outcome": "Something else."}).status_code
    review.refresh_from_db()
    assert (code, review.outcome) == (403, "Mended.")
    with pytest.raises(Conflict):
        close_review(review=review, by=reviewer, outcome="Something else.")


def test_nobody_edits_a_message_in_the_queue(reply, athlete, reviewer):
    allow(athlete)
    review = wrong(reply, athlete)
    sign_in(reviewer).post(
        f"{QUEUE}{review.pk}/change/", {"outcome": "Mended.", "text": "Mallory", "question": "Mallory", "state": "open"}
    )
    review.refresh_from_db()
    assert (review.state, Message.objects.filter(text__contains="Mallory").count()) == ("closed", 0)


def test_open_reviews_come_first(athlete, reviewer, reply):
    second = services.ask_advisor(athlete=athlete, message="hello", by=athlete.user).message
    closed = close_review(review=wrong(reply, athlete), by=reviewer, outcome="Mended.")
    give_feedback(message=second, by=athlete.user, verdict="wrong")
    still_open = Review.objects.get(message=second)
    page = sign_in(reviewer).get(QUEUE).content.decode()
    assert 0 < page.index(still_open.pk) < page.index(closed.pk)


def test_a_long_queue_costs_no_more_queries(athlete, reviewer):
    client = sign_in(reviewer)
    counts = []
    for _ in range(2):
        for _ in range(3):
            reply = services.ask_advisor(athlete=athlete, message="hello", by=athlete.user).message
            give_feedback(message=reply, by=athlete.user, verdict="wrong")
        with CaptureQueriesContext(connection) as told:
            client.get(QUEUE)
        counts.append(len(told))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["carol", "dan"])
def test_a_coach_sees_no_queue(who, reply, athlete, request):
    review, client = wrong(reply, athlete), sign_in(request.getfixturevalue(who))
    assert [client.get(path).status_code for path in (QUEUE, f"{QUEUE}{review.pk}/change/")] == [403, 403]


def test_a_coach_closes_no_review(reply, athlete, carol):
    with pytest.raises(Forbidden):
        close_review(review=wrong(reply, athlete), by=carol, outcome="Fine.")


def test_audit_rows_hold_no_words(reply, athlete, reviewer):
    allow(athlete)
    close_review(review=wrong(reply, athlete), by=reviewer, outcome="They asked about knees.")
    told = repr(list(AuditEntry.objects.values_list("verb", "object_id", "details")))
    assert [words for words in (QUESTION, "knees", NOTE, reply.text[:30]) if words in told] == []
