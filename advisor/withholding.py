"""What was answered before energy, body mass and advice to have less were withheld is not told meanwhile.

Pages, the API and repeated answers ask here, so that each of them hides the same. What the athlete wrote stays, and so
does what is stored: the athlete's own copy of the data has it as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_noop

from advisor.guardrails import WITHHELD_NUMBER
from advisor.guardrails.withheld import advice_to_have_less, withheld_amounts
from advisor.models import Message
from advisor.tool_results import without_withheld

Document = dict[str, Any]
NOT_SHOWN = gettext_noop("Weight and energy are not shown here.")
# What a dish or a session is called advises nothing.
_NAME = re.compile(r"“[^“”]*”")


def conceal_message(document: Document) -> Document:
    """A message (`message_document`) as it may be told while numbers are withheld."""
    return document if document["role"] == Message.Role.ATHLETE else _conceal(document, "text")


def conceal_turn(document: Document) -> Document:
    """An answer (`turn_document`) as it may be told while numbers are withheld: one that is given again may be old."""
    return _conceal(document, "reply")


def conceal_action(document: Document) -> Document:
    """A proposal (`action_document`) without the lines and values of energy and body mass."""
    return {**document, "diff": without_amounts(document["diff"]), "result": without_amounts(document["result"])}


def without_amounts(value: Any) -> Any:
    """What a proposal would change or has changed, without energy and body mass."""
    if not isinstance(value, Mapping):
        return value
    rows = value.get("rows")
    kept = {**value, "rows": [row for row in rows if not is_amount(row)]} if rows else dict(value)
    return without_withheld(kept)


def holds_withheld(text: str) -> bool:
    """Whether a text tells an amount of energy or body mass, or advises to have less."""
    return bool(withheld_amounts(text)) or any(advice_to_have_less(_NAME.sub(" ", text)))


def is_amount(row: Mapping[str, Any]) -> bool:
    """Whether a line of a proposal is about such an amount, before or after."""
    return any(WITHHELD_NUMBER.search(str(row.get(side) or "")) for side in ("before", "after"))


def _conceal(document: Document, words: str) -> Document:
    # What is said to a cry for help is of fixed words, which may speak of eating less to warn of it.
    shown = {**document, "proposed_actions": [conceal_action(action) for action in document["proposed_actions"]]}
    sources = (f"{row.get('value')} {row.get('unit') or ''}" for row in document["citations"])
    told = not document["safety"] and holds_withheld(document[words])
    if told or any(WITHHELD_NUMBER.search(source) for source in sources):
        shown |= {words: gettext(NOT_SHOWN), "citations": []}
    return shown
