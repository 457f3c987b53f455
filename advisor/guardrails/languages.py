"""Whether a reply is in a language that the checks can read: a claim in another one would pass unseen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from advisor.guardrails.reading import folded, split_sentences

_READ_WORDS = """
the a an and or of to in on for with your you is are it that this as at be from have not can i we do if by so
one more before after day eat food meal plan carbohydrate protein water what when how why je su u i na za sa
se da ne od do ti vam tvoj vas si ili ako kao sto koji ima mogu moze treba pre posle dan obrok rucak vecera
dorucak trening grama nije sam smo danas sutra
"""
_READ = frozenset(_READ_WORDS.split())
_OTHER_WORDS = """
der die das und ist nicht ich du dein deine dir dich ein eine einen mit fur auf zu den dem wurde habe hat sie
heute morgen abendessen iss deinen le la les et est pas je tu ton ta tes un une des du avec pour sur vous
votre vos ai avez ete dans que qui el los las y es no tu tus una con para por he ha sido en que su lo del se
al il gli e non un una con per sono stato ho hai del della nel o os as e nao seu sua um uma com para foi em
que do da de het een en niet jouw je met voor op is zijn och att det som inte din ditt med till har i nie jest
twoj twoja z na do sie to ve bir icin ile bu
"""
_OTHER = frozenset(_OTHER_WORDS.split()) - {
    "i",
    "to",
    "do",
    "no",
    "la",
    "per",
    "is",
    "met",
    "as",
    "a",
    "on",
    "die",
    "he",
    "ai",
    "in",
    "un",
}
_FEW = 3


def unread_words(reply: str) -> Iterator[str]:
    """The beginning of each sentence that is in neither English nor Serbian, as far as its letters and words tell."""
    for sentence in split_sentences(reply):
        letters = [mark for mark in sentence if mark.isalpha()]
        strange = sum(
            not unicodedata.name(mark, "").startswith(("LATIN", "CYRILLIC", "GREEK", "MICRO")) for mark in letters
        )
        if strange > _FEW and strange * 4 > len(letters):
            yield sentence.strip()[:40]
            continue
        words = re.findall(r"[a-z]+", folded(sentence))
        read = sum(word in _READ for word in words)
        other = sum(word in _OTHER for word in words)
        if other >= _FEW and other > read + 1:
            yield sentence.strip()[:40]
