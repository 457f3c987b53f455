"""The advisor over HTTP: shapes, access, bad input, streaming, idempotency."""

from __future__ import annotations

import json

import pytest

from advisor import services
from advisor.models import Conversation, Message

pytestmark = pytest.mark.django_db


def chat_path(athlete):
    return f"/v1/athletes/{athlete.pk}/advisor/chat"


def list_path(athlete):
    return f"/v1/athletes/{athlete.pk}/advisor/conversations"


def hello(athlete):
    return services.ask_advisor(athlete=athlete, message="hello", by=athlete.user)


def test_the_answer_has_the_shape_of_the_contract(api, alice, athlete):
    answer = api(alice).post(chat_path(athlete), {"message": "what can you do?"})
    assert (answer.status_code, set(answer.json())) == (
        200,
        {
            *("conversation_id", "message_id", "reply", "citations", "proposed_actions", "safety", "backend", "usage"),
            *("meal_plan_ids", "disclaimer"),
        },
    )


def test_a_citation_names_its_fact(api, runner):
    answer = api(runner.user).post(chat_path(runner), {"message": "what are my targets tomorrow?"}).json()
    assert set(answer["citations"][0]) == {
        *("n", "fact_id", "kind", "label", "value", "unit", "source", "object_id", "quote"),
    }


def test_guide_question_names_the_run_and_the_dish_of_the_plan(api, planned, runner):
    message = "What should I eat the night before my long run on Saturday?"
    answer = api(runner.user).post(chat_path(runner), {"message": message}).json()
    dishes = [row["value"] for row in answer["citations"] if row["kind"] == "dish"]
    assert ("“Long run 90min Z2”" in answer["reply"], f"“{dishes[0]}”" in answer["reply"]) == (True, True)


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("sam", 404), ("carol", 403), ("dan", 404), ("nobody", 401)]
)
def test_only_the_athlete_may_chat(api, athlete, request, who, status):
    user = None if who == "nobody" else request.getfixturevalue(who)
    assert api(user).post(chat_path(athlete), {"message": "hello"}).status_code == status


@pytest.mark.parametrize("who", ["sam", "carol", "dan"])
def test_a_refused_chat_stores_nothing(api, athlete, request, who):
    api(request.getfixturevalue(who)).post(chat_path(athlete), {"message": "hello"})
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 200), ("sam", 404), ("carol", 404), ("dan", 404), ("nobody", 401)]
)
def test_only_the_athlete_may_list_conversations(api, athlete, request, who, status):
    user = None if who == "nobody" else request.getfixturevalue(who)
    assert api(user).get(list_path(athlete)).status_code == status


@pytest.mark.parametrize("who", ["sam", "carol", "dan"])
def test_nobody_else_reads_or_deletes_a_conversation(api, athlete, request, who):
    conversation = hello(athlete).conversation
    client, path = api(request.getfixturevalue(who)), f"{list_path(athlete)}/{conversation.pk}"
    codes = (client.get(path).status_code, client.delete(path).status_code, Conversation.objects.count())
    assert codes[0] == 404
    assert codes[1] in (403, 404)
    assert codes[2] == 1


def test_a_conversation_is_listed_read_and_deleted(api, alice, athlete):
    conversation = hello(athlete).conversation
    client = api(alice)
    page = client.get(list_path(athlete)).json()
    path = f"{list_path(athlete)}/{conversation.pk}"
    roles = [row["role"] for row in client.get(path).json()["messages"]]
    codes = (client.delete(path).status_code, client.get(path).status_code)
    assert (page["total"], roles, codes) == (1, ["athlete", "advisor"], (204, 404))


BAD_BODIES = {
    "no message": {},
    "empty": {"message": ""},
    "spaces": {"message": " \n\t "},
    "zero width": {"message": "\u200b\u200c\u2060"},
    "too long": {"message": "x" * 4001},
    "a number": {"message": 7},
    "a list": {"message": ["hello"]},
    "null": {"message": None},
    "null byte": b'{"message": "a\\u0000b"}',
    "unknown field": {"message": "hello", "tone": "rude"},
    "not json": b"message=hello",
    "half json": b'{"message": "hel',
    "an array": b'["hello"]',
    "a lone surrogate": b'{"message": "\\ud800"}',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_bad_body_is_refused_in_the_contracts_shape(api, alice, athlete, body):
    answer = api(alice).post(chat_path(athlete), body)
    assert (answer.status_code, set(answer.json()["error"]) >= {"code", "message", "details", "request_id"}) == (
        400,
        True,
    )


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_bad_body_stores_nothing(api, alice, athlete, body):
    api(alice).post(chat_path(athlete), body)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("identifier", ["cnv_01h", "ath_" + "0" * 26, "cnv_" + "0" * 26, "'; drop table", "../x"])
def test_a_conversation_that_is_not_there_is_404(api, alice, athlete, identifier):
    answer = api(alice).post(chat_path(athlete), {"message": "hello", "conversation_id": identifier})
    assert (answer.status_code, Message.objects.count()) == (404, 0)


def test_a_red_flag_is_answered_with_a_safety_object(api, alice, athlete):
    answer = api(alice).post(chat_path(athlete), {"message": "I make myself throw up after dinner"}).json()
    assert (answer["safety"]["flag"], answer["backend"], answer["citations"]) == ("eating_disorder", "safety", [])


def test_the_same_key_gives_the_same_answer_once(api, alice, athlete):
    client = api(alice)
    answers = [
        client.post(chat_path(athlete), {"message": "hello"}, **{"Idempotency-Key": "k1"}).json()["message_id"]
        for _ in range(2)
    ]
    assert (answers[0] == answers[1], Message.objects.count()) == (True, 2)


def events_of(answer):
    blocks = b"".join(answer.streaming_content).decode().strip().split("\n\n")
    rows = []
    for block in blocks:
        name, data = block.split("\n")
        rows.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return rows


def test_a_stream_gives_the_reply_in_pieces_and_then_the_whole(api, alice, athlete):
    answer = api(alice).post(chat_path(athlete), {"message": "what can you do"}, Accept="text/event-stream")
    rows = events_of(answer)
    told = "".join(data["text"] for name, data in rows if name == "token")
    assert (answer.headers["Content-Type"], rows[-1][0], told) == ("text/event-stream", "done", rows[-1][1]["reply"])


def test_a_refused_stream_is_plain_json(api, alice, athlete):
    answer = api(alice).post(chat_path(athlete), {"message": ""}, Accept="text/event-stream")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()["error"]["code"]) == (
        400,
        "application/json",
        "invalid",
    )


def test_a_used_up_day_is_429_with_a_time_to_come_back(api, alice, athlete, settings):
    from nutrition_site.kernel.quota import quota_standing

    for _ in range(quota_standing(user=alice, name=services.QUOTA).remaining):
        hello(athlete)
    answer = api(alice).post(chat_path(athlete), {"message": "hello"})
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 0) == (429, True)


def test_a_proposal_is_confirmed_once_over_http(api, planned, runner):
    from planning.services.swaps import find_alternatives

    for item in planned.current.items.filter(slot__in=["breakfast", "lunch", "dinner"]).order_by("date", "slot"):
        if find_alternatives(plan=planned, place=(item.date, item.slot, item.index)):
            break
    client = api(runner.user)
    message = f"swap {item.slot} on {item.date.isoformat()}"
    proposal = client.post(chat_path(runner), {"message": message}).json()["proposed_actions"][0]
    path = f"/v1/advisor/actions/{proposal['id']}/confirm"
    first, second = client.post(path), client.post(path)
    assert (first.status_code, first.json()["status"], first.json()["result"]) == (
        200,
        "applied",
        second.json()["result"],
    )


def test_nobody_else_confirms_a_proposal(api, alice, athlete, sam, carol):
    turn = hello(athlete)
    from datetime import timedelta

    from advisor.models import ProposedAction
    from nutrition_site.kernel.clock import now

    action = ProposedAction.objects.create(
        athlete=athlete, message=turn.message, kind="swap_meal", sentence="x", expires_at=now() + timedelta(hours=1)
    )
    path = f"/v1/advisor/actions/{action.pk}/confirm"
    assert [api(user).post(path).status_code for user in (None, sam, carol)] == [401, 404, 404]


def test_a_page_of_conversations_costs_few_queries(api, alice, athlete, django_assert_max_num_queries):
    for _ in range(5):
        hello(athlete)
    client = api(alice)
    with django_assert_max_num_queries(8):
        client.get(list_path(athlete))
