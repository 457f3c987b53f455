"""What is checked before a message is answered and before a reply is sent. Pure: no database, no clock, no network.

Before: `screen_message` hands over what belongs to a person. After: `check_reply` on a whole draft, or `check_part` on
the sentences that `whole_sentences` says are complete, so that a draft can be told while it is written.
"""

from advisor.guardrails.foods import FoodBook, excluded_foods
from advisor.guardrails.hand_over import DISCLAIMER, HAND_OVER, WITHHOLDING_FLAGS, Hand, screen_message, told_care
from advisor.guardrails.numbers import Checked, Finding, check_numbers
from advisor.guardrails.reading import whole_sentences
from advisor.guardrails.replies import WITHHELD_NUMBER, check_part, check_reply
from advisor.guardrails.units import fact_unit

__all__ = [
    "DISCLAIMER",
    "HAND_OVER",
    "WITHHELD_NUMBER",
    "WITHHOLDING_FLAGS",
    "Checked",
    "Finding",
    "FoodBook",
    "Hand",
    "check_numbers",
    "check_part",
    "check_reply",
    "excluded_foods",
    "fact_unit",
    "screen_message",
    "told_care",
    "whole_sentences",
]
