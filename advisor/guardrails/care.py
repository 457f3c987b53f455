"""Advice that no draft may give: what calls for a hand-over in a question calls for silence in an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.reading import folded, split_sentences
from advisor.redflags import red_flags

_GRAVE = frozenset(
    {
        "self_harm",
        "eating_disorder",
        "long_fast",
        "very_low_energy",
        "fast_loss",
        "doping",
        "medication",
        "minor_deficit",
    }
)
# What an answer might order or make light of, and no message would say in these words.
_ORDERS = re.compile(
    r"\b(?:"
    # Purging, starving, hurting oneself, and contempt.
    r"vomit|throw (?:it |them |your food |the food )?(?:back )?up|bring (?:it|them|the food|your food) (?:back )?up|"
    r"purge|finger down|stick (?:a|your) finger|laxatives?|diuretics?|starv\w+|hunger is|enjoy the hunger|eat nothing|"
    r"nothing (?:until|before|but water)|skip (?:breakfast|lunch|dinner|a meal|meals|the meal|food|eating)|"
    r"(?:breakfast|lunch|dinner|food|eating|a meal) is optional|water is (?:breakfast|lunch|dinner|a meal|enough|food)|"
    r"hurt yourself|harm yourself|kill yourself|nobody would miss|no one would miss|weigh yourself|"
    r"(?:too|so) (?:fat|heavy|big|large)|"
    # Signs that belong to a doctor made light of.
    r"(?:fainting|passing out|chest pain|blood|losing your period|no period|dizziness) (?:is|are) (?:normal|fine|good|"
    r"ok|okay|harmless|part)|run (?:on|through) (?:it|the pain)|"
    # Amounts that harm by how they are taken, and what only doctors give.
    r"sea ?water|as much (?:caffeine|water|salt) as|(?:in|at) one (?:go|gulp|sitting)|at once|steroids?|insulin|"
    r"thyroid|medicines?|medication|pills?|inject\w*|"
    # Somebody that an answer is not, and what nobody may ask for.
    r"i am (?:a|your) (?:doctor|dietitian|physician|coach)|your doctor (?:agrees|says|said|approved)|password|"
    r"credit card|type your|nobody else reads|"
    r"povrati|izbaci hranu|prst u grlo|gladuj|gladovanj\w*|previse si (?:debel|tesk)\w*|meri se|"
    r"preskoci (?:dorucak|rucak|veceru|obrok)|ne jedi nista|morsk\w+ vod\w+|lozink\w+|insulin\w*|lek(?:ove|ova|a)?"
    r")\b"
)
# A sentence that declines or sends to somebody who may advise.
_DECLINES = re.compile(
    r"\b(?:cannot|can't|can not|do not|don't|not able|never|no advice|unable|won't|should not|must not|please (?:ask|"
    r"talk|see)|"
    r"ask (?:a|your)|talk (?:to|with)|see (?:a|your)|ne mogu|nemoj\w*|ne preporucujem|pitaj\w*|porazgovaraj\w*|"
    r"obrati\w*)\b"
)
# These look like declining and are none.
_HOLLOW = re.compile(
    r"\b(?:(?:cannot|can't|can not) (?:go wrong|hurt|harm|be wrong|beat)|(?:do not|don't|never) (?:worry|hesitate|"
    r"forget|mind|be afraid|fear)|ne (?:brini|oklevaj|zaboravi)\w*|nemoj (?:da )?(?:brine|okleva|zaboravi)\w*)\b"
)
_BUT = re.compile(r"\b(?:but|however|though|though,|still|ali|medjutim)\b")


def unsafe_advice(reply: str) -> Iterator[str]:
    """The beginning of each sentence about doping, medicines, purging or extreme loss that does not decline."""
    for sentence in split_sentences(reply):
        text = _HOLLOW.sub(" ", folded(sentence))
        if not _ORDERS.search(text) and not _GRAVE & set(red_flags(sentence)):
            continue
        if not _DECLINES.search(text) or _BUT.search(text):
            yield sentence.strip()[:60]
