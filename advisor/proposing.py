"""Changes that the advisor proposes: built from what pages show, under the same rules, never applied here.

Every builder raises a DomainError with words for the athlete where the change is impossible or would change nothing.
"""

from __future__ import annotations

from advisor.proposals.event_changes import cancel_proposal, change_proposal
from advisor.proposals.events import event_proposal
from advisor.proposals.list_changes import check_proposal, remove_proposal
from advisor.proposals.meals import base_version_of, lock_proposal, swap_diff, swap_proposal
from advisor.proposals.preferences import preference_proposal
from advisor.proposals.replans import replan_proposal
from advisor.proposals.shopping import list_proposal, wished_item

__all__ = [
    "base_version_of",
    "cancel_proposal",
    "change_proposal",
    "check_proposal",
    "event_proposal",
    "list_proposal",
    "lock_proposal",
    "preference_proposal",
    "remove_proposal",
    "replan_proposal",
    "swap_diff",
    "swap_proposal",
    "wished_item",
]
