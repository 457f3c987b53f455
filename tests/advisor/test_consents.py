"""What an athlete allows the advisor: by page and API, for nobody else, taken back at once, and what would be sent."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from advisor import services
from advisor.backends.builtin import BuiltinBackend
from advisor.consents import consent_of, set_consents
from advisor.models import AdvisorConsent, Conversation, Message
from athletes.models import CoachLink
from nutrition_site.kernel.errors import Forbidden, InvalidInput
from nutrition_site.kernel.models import AuditEntry
from tests.advisor.protocol_server import text_answer, tool_answer
from tests.markup import faults
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db

NOTHING = {"outside_model": False, "coach": False, "review": False, "retention_days": None}


def path_of(athlete):
    return f"/v1/athletes/{athlete.pk}/advisor/consent"


def allow(athlete, **values):
    return set_consents(athlete=athlete, by=athlete.user, values=values)


def talk(athlete, text="What can you do?"):
    return services.ask_advisor(athlete=athlete, message=text, by=athlete.user).conversation


def test_nothing_is_allowed_until_the_athlete_says_so(api, alice, athlete):
    answer = api(alice).get(path_of(athlete)).json()
    assert {name: answer[name] for name in NOTHING} == NOTHING
    assert AdvisorConsent.objects.count() == 0


def test_what_is_allowed_over_the_api_has_its_moment_and_the_rest_stays(api, alice, athlete):
    answer = api(alice).patch(path_of(athlete), {"coach": True, "retention_days": 30}).json()
    assert (answer["coach"], answer["coach_at"] is not None, answer["review"], answer["retention_days"]) == (
        True,
        True,
        False,
        30,
    )


def test_what_is_taken_back_is_no_longer_allowed(api, alice, athlete):
    client = api(alice)
    client.patch(path_of(athlete), {"outside_model": True})
    answer = client.patch(path_of(athlete), {"outside_model": False}).json()
    assert (answer["outside_model"], answer["outside_model_at"]) == (False, None)


def test_allowing_again_what_is_allowed_keeps_its_moment(athlete):
    first = allow(athlete, review=True).review_at
    assert allow(athlete, review=True).review_at == first


@pytest.mark.parametrize(
    "body",
    [
        {"coach": "yes"},
        {"coach": 1},
        {"coach": None},
        {"retention_days": 0},
        {"retention_days": 3651},
        {"retention_days": "soon"},
        {"retention_days": "7"},
        {"retention_days": 7.0},
        {"staff": True},
        {"coach_at": "2020-01-01T00:00:00Z"},
    ],
)
def test_another_value_or_name_is_refused_and_changes_nothing(body, api, alice, athlete):
    assert (api(alice).patch(path_of(athlete), body).status_code, AdvisorConsent.objects.count()) == (400, 0)


def test_the_service_refuses_a_truth_value_as_a_number_of_days(athlete):
    with pytest.raises(InvalidInput):
        allow(athlete, retention_days=True)


@pytest.mark.parametrize(
    ("who", "codes"), [("sam", (404, 404)), ("dan", (404, 404)), ("carol", (404, 404)), ("nobody", (401, 401))]
)
def test_only_the_athlete_sees_and_changes_consents(who, codes, api, athlete, request):
    client = api(None if who == "nobody" else request.getfixturevalue(who))
    assert (client.get(path_of(athlete)).status_code, client.patch(path_of(athlete), {}).status_code) == codes


def test_a_coach_cannot_allow_herself_to_read(athlete, carol):
    with pytest.raises(Forbidden):
        set_consents(athlete=athlete, by=carol, values={"coach": True})


def test_the_audit_row_of_a_consent_names_what_changed(athlete):
    allow(athlete, coach=True, review=False)
    entry = AuditEntry.objects.get(verb="advisor.consent_changed")
    assert (entry.athlete_id, entry.details) == (athlete.pk, {"coach": "allowed"})


def test_the_page_saves_and_takes_back(alice, athlete):
    client = sign_in(alice)
    client.post("/settings/advisor", {"outside_model": "on", "coach": "on", "retention_days": "90"})
    first = consent_of(athlete)
    assert (first.outside_model_at is None, first.coach_at is None, first.review_at, first.retention_days) == (
        False,
        False,
        None,
        90,
    )
    client.post("/settings/advisor", {"coach": "on", "retention_days": ""})
    then = consent_of(athlete)
    assert (then.outside_model_at, then.coach_at, then.retention_days) == (None, first.coach_at, None)


def test_the_page_keeps_what_was_typed_when_the_days_are_wrong(alice, athlete):
    answer = sign_in(alice).post("/settings/advisor", {"coach": "on", "retention_days": "0"})
    assert (answer.status_code, AdvisorConsent.objects.count()) == (422, 0)
    assert faults(answer.content.decode()) == {}


@pytest.mark.parametrize("path", ["/settings/advisor", "/settings/advisor/sent", "/coaching/talks"])
def test_the_pages_are_sound(path, alice, athlete):
    answer = sign_in(alice).get(path)
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})


def test_the_account_leads_to_the_settings_of_the_advisor(alice, athlete):
    assert b'href="/settings/advisor"' in sign_in(alice).get("/me").content


# --- a coach ---
def read_codes(api, coach, athlete, conversation):
    base = f"/v1/athletes/{athlete.pk}/advisor/conversations"
    client = api(coach)
    return (client.get(base).status_code, client.get(f"{base}/{conversation.pk}").status_code)


def page_codes(coach, conversation):
    client = sign_in(coach)
    listing = client.get("/coaching/talks")
    return (conversation.pk.encode() in listing.content, client.get(f"/coaching/talks/{conversation.pk}").status_code)


def test_a_coach_reads_talks_once_the_athlete_allows_it(api, athlete, carol):
    conversation = talk(athlete)
    before = (read_codes(api, carol, athlete, conversation), page_codes(carol, conversation))
    allow(athlete, coach=True)
    after = (read_codes(api, carol, athlete, conversation), page_codes(carol, conversation))
    assert (before, after) == (((404, 404), (False, 404)), ((200, 200), (True, 200)))


def test_a_coach_reads_nothing_more_once_the_consent_is_taken_back(api, athlete, carol):
    conversation = talk(athlete)
    allow(athlete, coach=True)
    allow(athlete, coach=False)
    assert (read_codes(api, carol, athlete, conversation), page_codes(carol, conversation)) == (
        (404, 404),
        (False, 404),
    )


def test_a_coach_reads_nothing_more_once_the_coaching_has_ended(api, athlete, carol):
    conversation = talk(athlete)
    allow(athlete, coach=True)
    CoachLink.objects.filter(coach=carol).update(status="ended")
    assert (read_codes(api, carol, athlete, conversation), page_codes(carol, conversation)) == (
        (404, 404),
        (False, 404),
    )


@pytest.mark.parametrize("who", ["dan", "sam"])
def test_the_consent_opens_nothing_to_who_does_not_coach(who, api, athlete, request):
    conversation, stranger = talk(athlete), request.getfixturevalue(who)
    allow(athlete, coach=True)
    assert (read_codes(api, stranger, athlete, conversation), page_codes(stranger, conversation)) == (
        (404, 404),
        (False, 404),
    )


def test_a_superuser_who_coaches_nobody_reads_no_talk(api, athlete, db):
    from tests.factories import make_user

    conversation, root = talk(athlete), make_user("root@example.com", is_staff=True, is_superuser=True)
    allow(athlete, coach=True)
    assert (read_codes(api, root, athlete, conversation), page_codes(root, conversation)) == ((404, 404), (False, 404))


def test_a_coach_who_may_read_asks_renames_and_deletes_nothing(api, athlete, carol):
    conversation = talk(athlete)
    allow(athlete, coach=True)
    client, base = api(carol), f"/v1/athletes/{athlete.pk}/advisor"
    codes = (
        client.post(f"{base}/chat", {"message": "hello", "conversation_id": conversation.pk}).status_code,
        client.patch(f"{base}/conversations/{conversation.pk}", {"title": "Mine"}).status_code,
        client.delete(f"{base}/conversations/{conversation.pk}").status_code,
    )
    assert (codes, Message.objects.count(), Conversation.objects.get().title) == (
        (403, 403, 403),
        2,
        conversation.title,
    )


def test_a_coach_does_not_see_what_the_athlete_said_about_an_answer(api, athlete, carol):
    from advisor.reviews import give_feedback

    conversation = talk(athlete)
    reply = conversation.messages.get(role="advisor")
    give_feedback(message=reply, by=athlete.user, verdict="wrong", note="my coach would not like this")
    allow(athlete, coach=True)
    answer = api(carol).get(f"/v1/athletes/{athlete.pk}/advisor/conversations/{conversation.pk}").json()
    page = sign_in(carol).get(f"/coaching/talks/{conversation.pk}").content
    assert ([row["feedback"] for row in answer["messages"]], b"would not like" in page) == ([None, None], False)


def test_the_coachs_page_is_sound_and_shows_what_was_said(athlete, carol):
    conversation = talk(athlete, "<b>What can you do?</b>")
    allow(athlete, coach=True)
    page = sign_in(carol).get(f"/coaching/talks/{conversation.pk}").content.decode()
    assert (faults(page), "&lt;b&gt;What can you do?&lt;/b&gt;" in page) == ({}, True)


# --- the outside model ---
def test_a_model_is_not_asked_without_consent_and_is_with_it(athlete, play, settings):
    server = play(text_answer("Eat what is in your plan."))
    settings.AI_CONSENT_REQUIRED = True
    first = talk(athlete).messages.get(role="advisor").backend
    asked_before = len(server.requests)
    allow(athlete, outside_model=True)
    second = talk(athlete).messages.get(role="advisor").backend
    assert (first, asked_before, second, len(server.requests)) == (BuiltinBackend.name, 0, "anthropic", 1)


def test_what_is_shown_as_sent_is_what_is_sent(athlete, alice, play):
    server = play(text_answer("Eat what is in your plan."))
    question = "What can you do for me?"
    shown = sign_in(alice).get("/settings/advisor/sent", {"q": question})
    sent_by_looking = len(server.requests)
    services.ask_advisor(athlete=athlete, message=question, by=alice)
    body = server.requests[0]["body"]
    sent = {name: value for name, value in body.items() if name not in ("tools", "stream")}
    assert (sent_by_looking, json.loads(shown.context["body"])) == (0, sent)
    assert [name for name, _ in shown.context["shown"].lookups] == [tool["name"] for tool in body["tools"]]


def test_what_is_sent_holds_no_name_and_no_address(athlete, alice, play):
    play(text_answer("Eat what is in your plan."))
    shown = sign_in(alice).get("/settings/advisor/sent", {"q": "What do I eat today?"}).context["body"]
    assert [word for word in (athlete.name, "Alice", alice.email, alice.pk, athlete.pk) if word in shown] == []


def test_what_the_model_looks_up_holds_no_name_either(athlete, alice, play):
    server = play(tool_answer("read_profile", {}), text_answer("That is in your profile."))
    services.ask_advisor(athlete=athlete, message="What do you know about me?", by=alice)
    sent = json.dumps(server.requests[1]["body"], ensure_ascii=False)
    assert ("body mass" in sent, [word for word in (athlete.name, alice.email) if word in sent]) == (True, [])


def test_looking_at_what_would_be_sent_stores_nothing(athlete, alice, play):
    play(text_answer("Eat."))
    sign_in(alice).get("/settings/advisor/sent", {"q": "What do I eat today?"})
    assert (Conversation.objects.count(), AuditEntry.objects.filter(athlete_id=athlete.pk).count()) == (0, 0)


def test_without_a_model_nothing_is_shown_as_sent(athlete, alice):
    page = sign_in(alice).get("/settings/advisor/sent", {"q": "What do I eat today?"})
    assert (page.context["shown"].body, b"so nothing is sent" in page.content) == (None, True)


def test_a_cry_for_help_is_not_sent_to_a_model(athlete, alice, play):
    play(text_answer("Eat."))
    page = sign_in(alice).get("/settings/advisor/sent", {"q": "I make myself throw up after meals"})
    assert page.context["shown"].body is None


@pytest.mark.parametrize("text", ["", "\u200b", "x" * 4001])
def test_what_is_no_question_shows_nothing(text, athlete, alice, play):
    play(text_answer("Eat."))
    answer = sign_in(alice).get("/settings/advisor/sent", {"q": text})
    assert (answer.status_code, answer.context["shown"], faults(answer.content.decode())) == (422, None, {})


def test_the_settings_are_for_signed_in_athletes():
    assert Client().get("/settings/advisor")["Location"].startswith("/account/login/")
