"""Conversations: kept as long as wanted, found again, renamed, exported, and really deleted."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from advisor import services
from advisor.consents import set_consents
from advisor.models import Conversation, Feedback, Message, ProposedAction, Review
from advisor.retention import delete_unused_conversations
from advisor.reviews import give_feedback
from advisor.search import excerpts_of, find_conversations, rename_conversation
from advisor.tasks import delete_unused
from nutrition_site.export import export_account
from nutrition_site.kernel.clock import now
from nutrition_site.kernel.errors import Forbidden, InvalidInput
from nutrition_site.kernel.models import AuditEntry, IdempotencyRecord
from tests.markup import faults
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db


def talk(athlete, title="Oats?", *, idle_days=0, said=("How much oats?", "80 g.")):
    conversation = Conversation.objects.create(athlete=athlete, title=title)
    for role, text in zip(("athlete", "advisor"), said, strict=True):
        Message.objects.create(conversation=conversation, role=role, text=text)
    Conversation.objects.filter(pk=conversation.pk).update(updated_at=now() - timedelta(days=idle_days))
    return conversation


def keep(athlete, days):
    set_consents(athlete=athlete, by=athlete.user, values={"retention_days": days})


def titles(athlete, text):
    return [row.title for row in find_conversations(athlete=athlete, text=text)]


# --- retention ---
def test_what_was_not_used_for_as_long_as_the_athlete_wants_goes(athlete):
    keep(athlete, 30)
    talk(athlete, "old", idle_days=31)
    talk(athlete, "young", idle_days=29)
    delete_unused()
    assert list(Conversation.objects.values_list("title", flat=True)) == ["young"]


def test_everything_below_a_deleted_talk_goes_with_it(athlete):
    keep(athlete, 1)
    old = talk(athlete, idle_days=2)
    reply = old.messages.get(role="advisor")
    give_feedback(message=reply, by=athlete.user, verdict="wrong")
    ProposedAction.objects.create(athlete=athlete, message=reply, kind="swap_meal", expires_at=now())
    deleted = delete_unused_conversations()
    assert (deleted, [model.objects.count() for model in (Message, Feedback, Review, ProposedAction)]) == (1, [0] * 4)


def test_talks_are_kept_where_nobody_has_said_anything(athlete):
    talk(athlete, idle_days=4000)
    assert (delete_unused_conversations(), Conversation.objects.count()) == (0, 1)


def test_the_instances_days_hold_for_who_has_said_nothing(athlete, sam, settings):
    settings.AI_RETENTION_DAYS = 100
    keep(sam.athlete, 365)
    talk(athlete, "hers", idle_days=101)
    talk(sam.athlete, "his", idle_days=101)
    assert (delete_unused_conversations(), Conversation.objects.get().title) == (1, "his")


def test_days_of_ones_own_may_be_fewer_than_the_instances(athlete, settings):
    settings.AI_RETENTION_DAYS = 100
    keep(athlete, 7)
    talk(athlete, idle_days=8)
    assert delete_unused_conversations() == 1


def test_deleting_twice_deletes_nothing_more(athlete):
    keep(athlete, 1)
    talk(athlete, idle_days=2)
    assert [delete_unused_conversations() for _ in range(2)] == [1, 0]


def test_more_than_one_batch_is_deleted(athlete, monkeypatch):
    monkeypatch.setattr("advisor.retention.BATCH", 2)
    keep(athlete, 1)
    for _ in range(5):
        talk(athlete, idle_days=2)
    assert delete_unused_conversations() == 5


def test_a_talk_that_is_used_again_stays(athlete):
    keep(athlete, 30)
    old = talk(athlete, idle_days=31)
    services.ask_advisor(athlete=athlete, message="hello", by=athlete.user, conversation_id=old.pk)
    assert delete_unused_conversations() == 0


def test_the_trace_of_a_deletion_holds_no_words(athlete):
    keep(athlete, 1)
    old = talk(athlete, "secret knees", idle_days=2)
    delete_unused_conversations()
    entry = AuditEntry.objects.get(verb="conversation.deleted")
    assert (entry.object_id, entry.actor_id, entry.details) == (old.pk, "", {"retention_days": 1})


def test_a_deleted_talk_leaves_no_answer_for_a_request_that_is_sent_again(api, alice, athlete):
    client, base = api(alice), f"/v1/athletes/{athlete.pk}/advisor"
    kept, gone = (
        client.post(f"{base}/chat", {"message": "hello"}, **{"Idempotency-Key": key}).json() for key in ("k1", "k2")
    )
    client.delete(f"{base}/conversations/{gone['conversation_id']}")
    stored = [json.loads(body)["conversation_id"] for body in IdempotencyRecord.objects.values_list("body", flat=True)]
    assert stored == [kept["conversation_id"]]


# --- finding ---
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("porridge", ["Breakfast"]),
        ("PORRIDGE", ["Breakfast"]),
        ("breakfast", ["Breakfast"]),
        ("porridge banana", ["Breakfast"]),
        ("porridge knees", []),
        ("čorba", ["Dinner"]),
        ("ČORBA", ["Dinner"]),
        ("100%", []),
        ("_", []),
        ("\u200b", ["Dinner", "Breakfast"]),
        ("", ["Dinner", "Breakfast"]),
    ],
)
def test_talks_are_found_by_all_of_their_words(text, found, athlete):
    talk(athlete, "Breakfast", said=("Is porridge fine?", "Yes, with a banana."))
    talk(athlete, "Dinner", said=("Šta je večera?", "Čorba."))
    assert titles(athlete, text) == found


def test_nobody_finds_the_talks_of_others(athlete, sam):
    talk(sam.athlete, said=("My knees hurt", "Rest."))
    assert titles(athlete, "knees") == []


def test_an_excerpt_shows_where_the_words_stand(athlete):
    long = "word " * 60 + "and then a banana " + "word " * 60
    conversation = talk(athlete, said=("What now?", long))
    told = excerpts_of([conversation], "banana")[conversation.pk]
    assert ("and then a banana" in told, told.startswith("… "), told.endswith(" …"), len(told) < 160) == (True,) * 4


def test_the_api_finds_by_words_page_by_page(api, alice, athlete):
    for number in range(3):
        talk(athlete, f"Oats {number}")
    talk(athlete, "Rice", said=("And rice?", "70 g."))
    answer = api(alice).get(f"/v1/athletes/{athlete.pk}/advisor/conversations?q=oats&limit=2").json()
    assert (answer["total"], len(answer["items"])) == (3, 2)


def test_the_api_refuses_an_endless_search(api, alice, athlete):
    assert api(alice).get(f"/v1/athletes/{athlete.pk}/advisor/conversations?q={'x' * 201}").status_code == 400


def test_the_page_shows_what_was_found_and_where(alice, athlete):
    talk(athlete, "Breakfast", said=("Is porridge fine?", "Yes, with a banana."))
    talk(athlete, "Dinner", said=("Is soup fine?", "Yes."))
    page = sign_in(alice).get("/advisor", {"find": "banana"})
    text = page.content.decode()
    assert (faults(text), "Yes, with a banana." in text, "Dinner" in text) == ({}, True, False)


@pytest.mark.parametrize("words", ["nothing of the kind", "<script>", "x" * 201, "\x00"])
def test_odd_searches_have_a_page(words, alice, athlete):
    talk(athlete)
    page = sign_in(alice).get("/advisor", {"find": words})
    assert (page.status_code, faults(page.content.decode())) == (200, {})


# --- renaming ---
def test_a_talk_is_renamed_by_page_and_api(api, alice, athlete):
    conversation = talk(athlete)
    sign_in(alice).post(f"/advisor/{conversation.pk}/rename", {"title": "  Carbs   and me "})
    conversation.refresh_from_db()
    answer = api(alice).patch(
        f"/v1/athletes/{athlete.pk}/advisor/conversations/{conversation.pk}", {"title": "Race week"}
    )
    assert (conversation.title, answer.status_code, answer.json()["title"]) == ("Carbs and me", 200, "Race week")


@pytest.mark.parametrize("title", ["", "  ", "\u200b", "x" * 201])
def test_what_is_no_title_is_refused(title, alice, athlete):
    conversation = talk(athlete)
    answer = sign_in(alice).post(f"/advisor/{conversation.pk}/rename", {"title": title})
    conversation.refresh_from_db()
    assert (answer.status_code, conversation.title, faults(answer.content.decode())) == (422, "Oats?", {})


def test_a_renamed_talk_was_not_used(athlete):
    conversation = talk(athlete, idle_days=40)
    before = Conversation.objects.get().updated_at
    rename_conversation(conversation=conversation, by=athlete.user, title="Another")
    assert Conversation.objects.get().updated_at == before


def test_nobody_else_renames_a_talk(athlete, sam, carol):
    conversation = talk(athlete)
    code = sign_in(sam).post(f"/advisor/{conversation.pk}/rename", {"title": "Mine"}).status_code
    with pytest.raises(Forbidden):
        rename_conversation(conversation=conversation, by=carol, title="Mine")
    assert (code, Conversation.objects.get().title) == (404, "Oats?")


def test_the_service_refuses_an_invisible_title(athlete):
    with pytest.raises(InvalidInput):
        rename_conversation(conversation=talk(athlete), by=athlete.user, title="\u200b \u2060")


# --- taking it along, and leaving ---
def test_the_export_holds_talks_consents_and_feedback(athlete):
    conversation = talk(athlete)
    keep(athlete, 30)
    give_feedback(message=conversation.messages.get(role="advisor"), by=athlete.user, verdict="wrong", note="No.")
    tables = export_account(athlete.user)["tables"]
    assert [row["text"] for row in tables["advisor.message"]] == ["How much oats?", "80 g."]
    assert (
        tables["advisor.conversation"][0]["title"],
        tables["advisor.advisorconsent"][0]["retention_days"],
        tables["advisor.feedback"][0]["note"],
        tables["advisor.review"][0]["cause"],
    ) == ("Oats?", 30, "No.", "wrong")


def test_the_export_names_nobody_of_the_staff(athlete, db):
    from advisor.reviews import close_review
    from tests.factories import make_user

    root = make_user("root@example.com", is_staff=True, is_superuser=True)
    give_feedback(message=talk(athlete).messages.get(role="advisor"), by=athlete.user, verdict="wrong")
    close_review(review=Review.objects.get(), by=root, outcome="Mended.")
    assert root.pk not in repr(export_account(athlete.user))
