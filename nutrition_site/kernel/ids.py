"""Prefixed, time-ordered identifiers: `ath_01h…`, a prefix and 26 Crockford characters (TypeID, UUIDv7)."""

from __future__ import annotations

import os
import re
import time
import uuid

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_SHAPE = re.compile(r"^[0-7][0-9abcdefghjkmnpqrstvwxyz]{25}$")

# One prefix for each model; a test holds that no two models share one.
PREFIXES = {
    "usr": "athletes.User",
    "rft": "athletes.RefreshToken",
    "ath": "athletes.Athlete",
    "bms": "athletes.BodyMeasurement",
    "lnk": "athletes.CoachLink",
    "sqd": "athletes.Squad",
    "cal": "athletes.CalendarConnection",
    "evt": "athletes.TrainingEvent",
    "tcr": "athletes.TitleCorrection",
    "ses": "athletes.CompletedSession",
    "srd": "athletes.SessionRecord",
    "ntc": "athletes.Notice",
    "nst": "athletes.NotificationSetting",
    "mld": "athletes.MailDelivery",
    "dsr": "athletes.DismissedRecord",
    "fod": "planning.Food",
    "rcp": "planning.Recipe",
    "mpl": "planning.MealPlan",
    "rev": "planning.PlanRevision",
    "itm": "planning.PlanItem",
    "shl": "planning.ShoppingList",
    "sli": "planning.ShoppingItem",
    "shs": "planning.ShoppingShare",
    "pty": "planning.PantryItem",
    "ptm": "planning.PantryMove",
    "kit": "planning.Kitchen",
    "msr": "planning.FoodMeasure",
    "rul": "planning.PlanningRules",
    "opn": "planning.DishOpinion",
    "exp": "planning.ExpenditureEstimate",
    "fed": "planning.OutgoingFeed",
    "fee": "planning.FeedEntry",
    "cbd": "planning.CoachBound",
    "cnt": "planning.CoachNote",
    "ctp": "planning.CoachTemplate",
    "rpl": "planning.RacePlan",
    "log": "planning.LogEntry",
    "cur": "planning.CurationChange",
    "cnv": "advisor.Conversation",
    "msg": "advisor.Message",
    "act": "advisor.ProposedAction",
    "rvw": "advisor.Review",
    "mdl": "advisor.ModelSpend",
    "sub": "billing.Subscription",
    "aud": "kernel.AuditEntry",
    "idk": "kernel.IdempotencyRecord",
    "wrk": "kernel.WorkItem",
}


def encode(value: int) -> str:
    """The 26 Crockford characters of a 128-bit number."""
    characters = []
    for _ in range(26):
        value, rest = divmod(value, 32)
        characters.append(ALPHABET[rest])
    return "".join(reversed(characters))


def new_id(prefix: str) -> str:
    """A fresh identifier; identifiers made later sort after those of an earlier millisecond."""
    milliseconds = time.time_ns() // 1_000_000
    random_bits = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= ((random_bits >> 62) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random_bits & ((1 << 62) - 1)
    return f"{prefix}_{encode(value)}"


def stable_id(prefix: str, name: str) -> str:
    """The same identifier for the same name on every installation (catalogue rows)."""
    return f"{prefix}_{encode(uuid.uuid5(uuid.NAMESPACE_URL, f'athleat:{prefix}:{name}').int)}"


def is_id(value: object, prefix: str) -> bool:
    """Whether a value has the shape of an identifier with this prefix; says nothing about existence."""
    if not isinstance(value, str) or not value.startswith(prefix + "_"):
        return False
    return bool(_SHAPE.fullmatch(value[len(prefix) + 1 :]))
