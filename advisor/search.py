"""Finding a conversation again by words of its title, its questions and its answers, in either Serbian alphabet and
without accents; and giving it another title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from advisor.languages.serbian_letters import any_spelling
from advisor.models import Conversation, Message
from advisor.withholding import holds_withheld
from advisor.words import is_blank, without_hidden
from athletes.models import Athlete, User
from athletes.rules import owns
from nutrition_site.kernel.audit import record_audit
from nutrition_site.kernel.errors import Forbidden, InvalidInput

MAX_WORDS = 8
MAX_CHARACTERS = 200
MAX_TITLE = 200
EXCERPT_BEFORE, EXCERPT_AFTER = 40, 100


def words_of(text: str) -> list[str]:
    """The words that are looked for: at most eight, each once."""
    plain = unicodedata.normalize("NFC", text.replace("\x00", " "))[:MAX_CHARACTERS]
    return list(dict.fromkeys(word for word in plain.split() if not is_blank(word)))[:MAX_WORDS]


def find_conversations(*, athlete: Athlete, text: str) -> QuerySet[Conversation]:
    """The athlete's conversations in which every word occurs, in the title or any message; all for no words."""
    found = Conversation.objects.filter(athlete=athlete)
    for word in words_of(text):
        said = Message.objects.filter(_holds("text", word), conversation=OuterRef("pk"))
        found = found.filter(_holds("title", word) | Exists(said))
    return found


def _holds(field: str, word: str) -> Q:
    # `rucak` finds `ručak` and `ручак`; what is written exactly so is found whatever its letters are.
    spellings = {word, word.lower(), word.upper(), word.capitalize()}
    asked = Q(**{f"{field}__iregex": any_spelling(word)})
    for spelling in sorted(spellings):
        asked |= Q(**{f"{field}__icontains": spelling})
    return asked


def excerpts_of(conversations: Sequence[Conversation], text: str, *, withheld: bool = False) -> dict[str, str]:
    """Where a word occurs first in the messages of each conversation, with what stands around it; one query.

    With `withheld` never out of a message that tells energy, body mass or advice to have less.
    """
    words = words_of(text)
    if not words:
        return {}
    asked = Q()
    for word in words:
        asked |= _holds("text", word)
    rows = Message.objects.filter(asked, conversation__in=[row.pk for row in conversations])
    excerpts: dict[str, str] = {}
    for conversation_id, said in rows.order_by("created_at", "id").values_list("conversation_id", "text"):
        # The whole message is judged: cut out of it, a number may have lost its unit.
        if conversation_id not in excerpts and not (withheld and holds_withheld(said)):
            excerpts[conversation_id] = _around(said, words)
    return excerpts


def _around(text: str, words: Sequence[str]) -> str:
    line = " ".join(text.split())
    spellings = (spelling for word in words for spelling in (re.escape(word), any_spelling(word)))
    found = re.search("|".join(spellings), line, re.IGNORECASE)
    middle = found.start() if found else 0
    start, end = max(0, middle - EXCERPT_BEFORE), min(len(line), middle + EXCERPT_AFTER)
    # Whole words, where there is a space to cut at.
    start = max(0, line.find(" ", start, middle)) if start else 0
    end = line.rfind(" ", middle, end + 1) if end < len(line) and " " in line[middle : end + 1] else end
    return ("… " if start else "") + line[start:end].strip() + (" …" if end < len(line) else "")


@transaction.atomic
def rename_conversation(*, conversation: Conversation, by: User, title: str) -> Conversation:
    """Gives a conversation another title; it is not thereby used. The audit row holds no text.

    Raises Forbidden for anybody but the athlete, InvalidInput for an empty title or more than 200 characters.
    """
    if not owns(by, conversation.athlete):
        raise Forbidden("Conversations belong to the athlete.")
    words = " ".join(without_hidden(title.replace("\x00", " ")).split())
    if is_blank(words):
        raise InvalidInput.of("title", "Must not be empty.")
    if len(words) > MAX_TITLE:
        raise InvalidInput.of("title", f"Must have at most {MAX_TITLE} characters.")
    if words != conversation.title:
        Conversation.objects.filter(pk=conversation.pk).update(title=words)
        record_audit(verb="conversation.renamed", by=by, object_id=conversation.pk, athlete_id=conversation.athlete_id)
        conversation.title = words
    return conversation
