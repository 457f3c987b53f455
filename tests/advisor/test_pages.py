"""The advisor in the browser: asking, sources, proposals, deleting; and the demo that shows it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from advisor.models import Conversation, Message, ProposedAction
from athletes.models import Athlete
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import new_id
from tests.advisor.protocol_server import Silent, text_answer
from tests.markup import Page, faults
from tests.planning.pages import plan_week, sign_in, train

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(athlete, catalogue):
    train(athlete)
    return plan_week(athlete)


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


def ask(client, text, path="/advisor", **fields):
    return client.post(path, {"message": text, **fields})


def test_a_question_gets_a_page_with_an_answer_and_its_sources(alice, planned):
    client = sign_in(alice)
    answer = ask(client, "What do I eat today?")
    reply = Message.objects.get(role="advisor")
    page = client.get(answer["Location"])
    assert (answer.status_code, answer["Location"]) == (303, f"/advisor/{reply.conversation_id}#{reply.pk}")
    assert faults(page.content.decode()) == {}
    assert f"Where this comes from ({len(reply.citations)})" in text_of(page)


def test_a_question_that_is_sent_twice_is_asked_once(alice, planned):
    client, key = sign_in(alice), new_id("frm")
    answers = {ask(client, "What do I eat today?", form_key=key)["Location"] for _ in range(2)}
    assert (len(answers), Message.objects.filter(role="athlete").count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "x" * 4001])
def test_what_is_no_question_is_refused_and_nothing_is_stored(text, alice):
    answer = ask(sign_in(alice), text)
    assert (answer.status_code, Conversation.objects.count()) == (422, 0)
    assert faults(answer.content.decode()) == {}


@pytest.mark.parametrize("text", ["🍝🍌 \u202eright to left", "<script>alert(1)</script>", "Č" * 4000])
def test_an_odd_question_is_kept_as_text(text, alice, planned):
    client = sign_in(alice)
    page = client.get(ask(client, text)["Location"])
    assert Message.objects.get(role="athlete").text == text
    assert b"<script>alert" not in page.content


def test_a_question_that_cannot_be_answered_now_stays_in_the_form(alice, planned, monkeypatch):
    def busy(**kwargs):
        raise DomainError("The advisor is busy.", code="ai_busy", status=503)

    monkeypatch.setattr("advisor.views.talks.ask_advisor", busy)
    answer = ask(sign_in(alice), "What do I eat today?")
    assert answer.status_code == 503
    assert "The advisor is busy." in text_of(answer)
    assert b"What do I eat today?</textarea>" in answer.content


def test_a_cry_for_help_is_answered_without_numbers_and_without_a_quota(alice, planned, settings):
    settings.RATE_LIMIT_ADVISOR_PER_DAY = 0
    client = sign_in(alice)
    page = client.get(ask(client, "I make myself throw up after meals")["Location"])
    assert Message.objects.get(role="advisor").safety["coaching_stopped"] is True
    assert "findahelpline.com" in text_of(page)


def test_used_up_questions_say_so_and_keep_the_text(alice, planned, settings):
    settings.RATE_LIMIT_ADVISOR_PER_DAY = 1
    client = sign_in(alice)
    answers = [ask(client, "What do I eat today?").status_code for _ in range(2)]
    assert (answers, Message.objects.filter(role="advisor").count()) == ([303, 429], 1)


def proposal(client):
    """The first proposal that the advisor makes for one of the next meals: what fits depends on the day."""
    for meal in ("snack tomorrow", "lunch tomorrow", "breakfast tomorrow", "dinner today", "lunch today"):
        ask(client, f"Swap my {meal} for something else")
        action = ProposedAction.objects.filter(status="open").first()
        if action is not None:
            return action
    raise AssertionError("no meal of two days can be swapped")


def test_a_confirmed_proposal_changes_the_plan_once(alice, planned):
    client = sign_in(alice)
    action = proposal(client)
    answers = [client.post(f"/advisor/actions/{action.pk}/confirm")["Location"] for _ in range(2)]
    planned.refresh_from_db()
    action.refresh_from_db()
    item = planned.current.items.get(
        date=action.arguments["date"], slot=action.arguments["slot"], index=action.arguments["index"]
    )
    assert set(answers) == {f"/advisor/{action.message.conversation_id}#{action.message_id}"}
    assert (planned.revision, item.recipe_id) == (2, action.arguments["recipe_id"])


def test_what_was_done_is_quoted_on_the_page(alice, planned):
    client = sign_in(alice)
    action = proposal(client)
    page = client.get(client.post(f"/advisor/actions/{action.pk}/confirm")["Location"])
    action.refresh_from_db()
    # Once as the message after the deed, once with the proposal for good.
    assert text_of(page).count(action.result["words"]) == 2
    assert faults(page.content.decode()) == {}


def test_a_declined_proposal_changes_nothing_and_is_closed(alice, planned):
    client = sign_in(alice)
    action = proposal(client)
    client.post(f"/advisor/actions/{action.pk}/decline")
    client.post(f"/advisor/actions/{action.pk}/confirm")
    planned.refresh_from_db()
    action.refresh_from_db()
    assert (planned.revision, action.status) == (1, "declined")


def test_somebody_elses_talk_and_proposal_do_not_exist(alice, sam, planned):
    action = proposal(sign_in(alice))
    client, talk = sign_in(sam), action.message.conversation_id
    gets = [client.get(path).status_code for path in (f"/advisor/{talk}", f"/advisor/{talk}/delete")]
    posts = [
        client.post(path, {"message": "hello"}).status_code
        for path in (
            f"/advisor/{talk}",
            f"/advisor/{talk}/delete",
            f"/advisor/actions/{action.pk}/confirm",
            f"/advisor/actions/{action.pk}/decline",
        )
    ]
    action.refresh_from_db()
    assert (gets, posts, action.status) == ([404] * 2, [404] * 4, "open")


def test_a_coach_reads_no_talk_of_her_athlete(alice, carol, planned):
    ask(sign_in(alice), "What do I eat today?")
    talk = Conversation.objects.get()
    assert sign_in(carol).get(f"/advisor/{talk.pk}").status_code == 404


def test_an_anonymous_reader_signs_in_first():
    assert Client().get("/advisor")["Location"].startswith("/account/login/")


def test_deleting_a_talk_asks_first(alice, planned):
    client = sign_in(alice)
    ask(client, "What do I eat today?")
    talk = Conversation.objects.get()
    page = client.get(f"/advisor/{talk.pk}/delete")
    assert (faults(page.content.decode()), Conversation.objects.count()) == ({}, 1)
    client.post(f"/advisor/{talk.pk}/delete", {"form_key": new_id("frm")})
    assert (Conversation.objects.count(), Message.objects.count()) == (0, 0)


def stream(client, text, path="/advisor", **fields):
    return client.post(path, {"message": text, **fields}, headers={"Accept": "text/event-stream"})


def events_of(answer):
    blocks = b"".join(answer.streaming_content).decode().strip().split("\n\n")
    pairs = [block.split("\n") for block in blocks]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in pairs]


def test_a_streamed_question_is_told_in_words_and_ends_at_its_page(alice, planned):
    answer = stream(sign_in(alice), "What do I eat today?")
    rows, reply = events_of(answer), Message.objects.get(role="advisor")
    assert (rows[0], rows[-1]) == (
        ("accepted", {"conversation_id": reply.conversation_id}),
        ("done", {"url": f"/advisor/{reply.conversation_id}#{reply.pk}"}),
    )
    assert "".join(data["text"] for name, data in rows if name == "token") == reply.text


def test_a_streamed_question_goes_on_with_its_talk(alice, planned):
    client = sign_in(alice)
    talk = ask(client, "What do I eat today?")["Location"].partition("#")[0]
    rows = events_of(stream(client, "And tomorrow?", talk))
    assert (rows[-1][1]["url"].partition("#")[0], Conversation.objects.count()) == (talk, 1)


def test_a_streamed_question_that_is_sent_twice_is_asked_once(alice, planned):
    client, key = sign_in(alice), new_id("frm")
    places = {events_of(stream(client, "What do I eat today?", form_key=key))[-1][1]["url"] for _ in range(2)}
    assert (len(places), Message.objects.filter(role="athlete").count()) == (1, 1)


@pytest.mark.parametrize("text", ["", "\u200b", "x" * 4001])
def test_a_streamed_text_that_is_no_question_is_refused_in_words(text, alice):
    answer = stream(sign_in(alice), text)
    assert (answer.status_code, answer.json()["error"]["code"], Conversation.objects.count()) == (400, "invalid", 0)


def test_a_streamed_question_beyond_the_days_limit_is_refused_with_a_time(alice, planned, settings):
    settings.RATE_LIMIT_ADVISOR_PER_DAY = 0
    answer = stream(sign_in(alice), "What do I eat today?")
    assert (answer.status_code, int(answer["Retry-After"]) > 0, Conversation.objects.count()) == (429, True, 0)


@pytest.mark.django_db(transaction=True)
def test_the_words_of_a_model_are_streamed_to_the_page(alice, play):
    play(text_answer("I can look that up. Please ask me about a day."))
    answer = stream(sign_in(alice), "What do you think?")
    rows, reply = events_of(answer), Message.objects.get(role="advisor")
    assert (rows[0][0], rows[-1], reply.backend) == (
        "accepted",
        ("done", {"url": f"/advisor/{reply.conversation_id}#{reply.pk}"}),
        "anthropic",
    )
    assert "".join(data["text"] for name, data in rows if name == "token") == reply.text


@pytest.mark.django_db(transaction=True)
def test_a_model_that_never_answers_is_told_in_words_and_the_question_is_kept(alice, play):
    play(Silent(3), timeout_ms=300)
    answer = stream(sign_in(alice), "What do you think?")
    assert (answer.status_code, answer.json()["error"]["code"]) == (504, "ai_timeout")
    assert Message.objects.get().text == "What do you think?"


def test_a_form_that_may_be_streamed_says_so_and_works_without(alice):
    page = Page(sign_in(alice).get("/advisor").content.decode())
    forms = [form for form in page.all("form") if "data-stream" in form]
    assert (len(forms) > 1, {form["method"] for form in forms}) == (True, {"post"})


def test_the_first_page_suggests_questions_about_the_next_sessions(alice, planned, morning):
    page = sign_in(alice).get("/advisor")
    questions = page.context["suggestions"]
    assert faults(page.content.decode()) == {}
    assert questions[0].startswith("What should I eat the night before my Long run on ")


def test_questions_are_suggested_in_the_language_of_the_last_one(alice, planned, morning):
    talk = Conversation.objects.create(athlete=alice.athlete)
    Message.objects.create(conversation=talk, role="athlete", text="Šta jedem?", language="sr")
    assert "Šta danas jedem?" in sign_in(alice).get("/advisor").context["suggestions"]


def test_the_page_of_another_proposal_shows_its_rows(alice):
    talk = Conversation.objects.create(athlete=alice.athlete)
    reply = Message.objects.create(conversation=talk, role="advisor", text="I can lock it.")
    ProposedAction.objects.create(
        athlete=alice.athlete,
        message=reply,
        kind="lock_meal",
        sentence="Keep the lunch",
        diff={"rows": [{"words": "lunch", "before": "free", "after": "kept, 700 kcal"}]},
        expires_at=now() + timedelta(hours=1),
    )
    client = sign_in(alice)
    shown = text_of(client.get(f"/advisor/{talk.pk}"))
    Athlete.objects.update(ed_flag=True)
    hidden = text_of(client.get(f"/advisor/{talk.pk}"))
    assert ("kept, 700 kcal" in shown, "700 kcal" in hidden) == (True, False)


def test_a_proposal_shows_until_when_it_stands_and_then_that_it_is_over(alice, planned):
    client = sign_in(alice)
    action = proposal(client)
    place = f"/advisor/{action.message.conversation_id}"
    standing = text_of(client.get(place))
    ProposedAction.objects.update(expires_at=now() - timedelta(seconds=1))
    over = text_of(client.get(place))
    assert ("You can confirm it until" in standing, "The time to confirm this is over." in over) == (True, True)
    assert "Make this change" not in over


def test_a_proposal_that_moved_shows_why_it_is_over(alice, planned):
    client = sign_in(alice)
    action = proposal(client)
    planned.delete()
    page = client.get(client.post(f"/advisor/actions/{action.pk}/confirm")["Location"])
    # As the message after the attempt, and with the proposal for good.
    assert text_of(page).count("The plan is not there any more.") == 2
    assert faults(page.content.decode()) == {}
