"""Several questions at the same moment, with real transactions."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from advisor.services import ask_advisor

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_questions_at_once_in_one_conversation_lose_nothing(athlete):
    first = ask_advisor(athlete=athlete, message="hello", by=athlete.user)

    def again():
        try:
            ask_advisor(athlete=athlete, message="thanks", by=athlete.user, conversation_id=first.conversation.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=again) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = list(first.conversation.messages.all())
    answered = {row.context["reply_to"] for row in rows if row.role == "advisor"}
    assert (answered, len(rows)) == ({row.pk for row in rows if row.role == "athlete"}, 10)
