"""What was said of energy and weight before they were withheld is told by no face meanwhile, and kept all the same."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisor.actions import confirming
from advisor.actions.kinds import Kind, Moved
from advisor.consents import set_consents
from advisor.memory import recall
from advisor.models import Conversation, ProposedAction
from advisor.search import excerpts_of
from nutrition_site.export import export_account

pytestmark = pytest.mark.django_db

SAID = "Your dinner holds 849 kcal."
HIDDEN = "Weight and energy are not shown here."
SOURCE = {"n": 1, "fact_id": "f", "kind": "plan", "label": "energy of dinner", "value": 849.0, "unit": "kcal",
          "source": "meal plan", "object_id": "", "quote": "849 kcal"}  # fmt: skip
SWAP = {
    "before": {"name": "Soup", "nutrients": {"energy_kcal": 640.0, "carbs_g": 80.0}},
    "after": {"name": "Rice", "nutrients": {"energy_kcal": 702.0, "carbs_g": 96.0}},
    "rows": [
        {"words": "Energy", "before": "640 kcal", "after": "702 kcal"},
        {"words": "Carbohydrate", "before": "80 g", "after": "96 g"},
    ],
}


@pytest.fixture
def talk(athlete):
    """A question, an answer with energy, one without, and a swap that was proposed with the latter."""
    talk = Conversation.objects.create(athlete=athlete, title="Dinner")
    talk.messages.create(role="athlete", text="Does my dinner hold 900 kcal?")
    talk.messages.create(role="advisor", text=SAID, citations=[SOURCE])
    talk.messages.create(role="advisor", text="Your dinner is at 19:00.")
    return talk


@pytest.fixture
def swap(athlete, talk):
    return ProposedAction.objects.create(
        athlete=athlete,
        message=talk.messages.last(),
        kind="swap_meal",
        sentence="Rice instead of soup",
        diff=SWAP,
        expires_at=timezone.now() + timedelta(hours=1),
    )


def withhold(athlete):
    type(athlete).objects.filter(pk=athlete.pk).update(ed_flag=True)
    athlete.refresh_from_db()


def read(api, user, talk):
    answer = api(user).get(f"/v1/athletes/{talk.athlete_id}/advisor/conversations/{talk.pk}")
    return answer.json()["messages"]


def test_an_older_answer_is_hidden_with_its_sources_and_the_others_stay(api, athlete, talk):
    assert [row["text"] for row in read(api, athlete.user, talk)][1] == SAID
    withhold(athlete)
    rows = read(api, athlete.user, talk)
    assert [row["text"] for row in rows] == ["Does my dinner hold 900 kcal?", HIDDEN, "Your dinner is at 19:00."]
    assert rows[1]["citations"] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("You could skip dinner tonight.", HIDDEN),
        ("Smanjite večeru za pola.", HIDDEN),
        ("Смањите вечеру за пола.", HIDDEN),
        ("“Low-carb pizza” is at 19:00.", "“Low-carb pizza” is at 19:00."),
        ("Do not skip dinner tonight.", "Do not skip dinner tonight."),
    ],
)
def test_older_advice_to_have_less_is_hidden_and_warnings_of_it_stay(api, athlete, talk, said, told):
    talk.messages.create(role="advisor", text=said)
    withhold(athlete)
    assert read(api, athlete.user, talk)[-1]["text"] == told


def test_what_is_found_again_is_not_cut_out_of_what_is_hidden(athlete, talk):
    """Cut off before its unit, a number would read as none of energy."""
    said = "Pasta is for dinner, " + "as you had asked me to, " * 3 + "has 912 kcal."
    talk.messages.create(role="advisor", text=said)
    talk.messages.create(role="advisor", text="Pasta is for lunch, too.")
    open_to_all, hidden = (excerpts_of([talk], "Pasta", withheld=withheld)[talk.pk] for withheld in (False, True))
    assert (open_to_all[-9:], hidden) == ("has 912 …", "Pasta is for lunch, too.")


def test_what_was_said_to_a_cry_for_help_stays(api, athlete, talk):
    said = "Please do not try to lose weight alone. A plan to lose weight needs a doctor."
    talk.messages.create(role="advisor", text=said, safety={"flag": "eating", "withholds_numbers": True})
    withhold(athlete)
    assert read(api, athlete.user, talk)[-1]["text"] == said


def test_what_takes_its_place_is_told_in_the_language_that_is_asked_for(api, athlete, talk):
    withhold(athlete)
    path = f"/v1/athletes/{athlete.pk}/advisor/conversations/{talk.pk}"
    told = api(athlete.user).get(path, **{"Accept-Language": "sr-latn"}).json()["messages"][1]["text"]
    assert told == "Težina i energija se ovde ne prikazuju."


def test_a_coach_who_may_read_reads_no_more_than_the_athlete(api, athlete, carol, talk):
    set_consents(athlete=athlete, by=athlete.user, values={"coach": True})
    withhold(athlete)
    browser = Client()
    browser.force_login(carol, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser.get(f"/coaching/talks/{talk.pk}").content.decode()
    assert (read(api, carol, talk)[1]["text"], SAID in page, HIDDEN in page) == (HIDDEN, False, True)


def test_a_proposal_has_no_line_and_no_value_of_energy(api, athlete, talk, swap):
    withhold(athlete)
    diff = read(api, athlete.user, talk)[2]["proposed_actions"][0]["diff"]
    assert diff["rows"] == [SWAP["rows"][1]]
    assert (diff["before"]["nutrients"], diff["after"]["nutrients"]) == ({"carbs_g": 80.0}, {"carbs_g": 96.0})


def test_neither_what_was_applied_nor_what_has_moved_tells_energy(api, athlete, swap, monkeypatch):
    withhold(athlete)
    path = f"/v1/advisor/actions/{swap.pk}/confirm"

    def move(action, by):
        raise Moved(diff={**SWAP, "title": "Rice instead of soup"}, base_version="2")

    monkeypatch.setitem(confirming.KINDS, "swap_meal", Kind(move, frozenset()))
    moved = api(athlete.user).post(path, {})
    monkeypatch.setitem(
        confirming.KINDS,
        "swap_meal",
        Kind(lambda action, by: {"name": "Rice", "nutrients": SWAP["after"]["nutrients"]}, frozenset()),
    )
    applied = api(athlete.user).post(path, {})
    assert (moved.status_code, applied.status_code) == (409, 200)
    assert applied.json()["result"] == {"name": "Rice", "nutrients": {"carbs_g": 96.0}}
    assert [body for body in (moved, applied) if "kcal" in body.content.decode()] == []


def test_an_answer_that_is_given_again_for_the_same_key_is_hidden_too(api, athlete):
    path = f"/v1/athletes/{athlete.pk}/advisor/chat"
    asked = {"message": "how much energy do I need tomorrow?"}
    first = api(athlete.user).post(path, asked, **{"Idempotency-Key": "k1"}).json()
    withhold(athlete)
    again = api(athlete.user).post(path, asked, **{"Idempotency-Key": "k1"}).json()
    assert "kcal" in first["reply"]
    assert (again["message_id"], again["reply"], again["citations"]) == (first["message_id"], HIDDEN, [])


def test_a_stream_that_is_given_again_streams_no_energy(api, athlete):
    path = f"/v1/athletes/{athlete.pk}/advisor/chat"
    asked = {"message": "how much energy do I need tomorrow?"}
    headers = {"Idempotency-Key": "k1", "Accept": "text/event-stream"}
    first = b"".join(api(athlete.user).post(path, asked, **headers).streaming_content).decode()
    withhold(athlete)
    again = b"".join(api(athlete.user).post(path, asked, **headers).streaming_content).decode()
    assert ("kcal" in first, "kcal" in again, json.dumps(HIDDEN) in again) == (True, False, True)


def test_what_a_model_is_told_of_the_talk_has_no_energy(athlete, talk):
    talk.summary = {
        "text": "Asked: Dinner?\nAnswered from: energy of dinner 849 kcal; carbohydrate 96 g",
        "through": "",
    }
    question = talk.messages.create(role="athlete", text="And now?")
    recent, summary = recall(conversation=talk, before=question, withheld=True)
    assert [row.text for row in recent] == ["Does my dinner hold 900 kcal?", HIDDEN, "Your dinner is at 19:00."]
    assert summary == "Asked: Dinner?\nAnswered from: carbohydrate 96 g"


def test_the_athletes_own_copy_has_every_word_as_it_was_said(athlete, talk):
    withhold(athlete)
    texts = [row["text"] for row in export_account(athlete.user)["tables"]["advisor.message"]]
    assert SAID in texts
