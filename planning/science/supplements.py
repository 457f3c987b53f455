"""Supplements and alcohol as classed facts: what group, what published range, what to know. Never a recommendation.

Groups follow the AIS sports supplement framework; ranges the consensus statements named with each row. A fact is what
may be told when somebody asks: groups B, C and D are never proposed, D has no range, and nobody under 18 is advised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planning.science.availability import is_minor
from planning.science.constants import CONSTANTS, bounds, number, source
from planning.science.constants_supplements import CLASSES_SOURCE, SUPPLEMENT_CLASSES, Group
from planning.science.types import Profile

GROUP_WORDS: dict[Group, str] = {
    "A": "Good evidence for some uses",
    "B": "Emerging evidence; still being studied",
    "C": "Little evidence of a benefit",
    "D": "Banned, or at high risk of contamination: do not use",
}
STRICT_LIABILITY = (
    "An athlete answers for everything found in a sample. Check the current WADA list, which changes every 1 January, "
    "Global DRO and your national anti-doping organization, and use only batch-tested products (Informed Sport, NSF "
    "Certified for Sport)."
)
CAUTION_FOODS: tuple[str, ...] = ("hemp and CBD", "poppy seed", "meat abroad where clenbuterol is used")


@dataclass(frozen=True, slots=True)
class SupplementFact:
    """One classed fact. `low`/`high` are the published range in `unit`, None where there is none to tell.

    `proposable` is False for everything an advisor must not bring up by itself; `low_for_body` and `high_for_body` are
    the range for a known body mass where it is per kg.
    """

    id: str
    name: str
    group: Group
    kind: str
    words: str
    low: float | None
    high: float | None
    unit: str
    source: str
    proposable: bool
    low_for_body: float | None = None
    high_for_body: float | None = None


_CLASSES = f"{CLASSES_SOURCE} [V]"


def supplement_facts(
    profile: Profile | None = None, *, groups: Sequence[Group] = ("A", "B", "C", "D")
) -> tuple[SupplementFact, ...]:
    """Return the classed facts, in the order of the groups; what is per kg is also given for a known body mass.

    Under 18, in pregnancy and breastfeeding there are names and classes but no ranges, and nothing is proposable.
    """
    withheld = profile is not None and (is_minor(profile) or bool(profile.pregnant) or bool(profile.lactating))
    facts = []
    for name, (words, group, kind, remark) in SUPPLEMENT_CLASSES.items():
        if group not in groups:
            continue
        row = f"supplement.{name}"
        has_range = row in CONSTANTS and group != "D" and not withheld
        low, high = bounds(row) if has_range else (None, None)
        unit = CONSTANTS[row].unit.removesuffix(" (low, high)") if has_range else ""
        facts.append(
            SupplementFact(
                id=name,
                name=words,
                group=group,
                kind=kind,
                words=remark,
                low=low,
                high=high,
                unit=unit,
                source=source(row) if has_range else _CLASSES,
                proposable=group == "A" and kind == "sports food" and not withheld,
                low_for_body=_for_body(name, low, unit, profile),
                high_for_body=_for_body(name, high, unit, profile),
            )
        )
    return tuple(facts)


def _for_body(name: str, value: float | None, unit: str, profile: Profile | None) -> float | None:
    """The amount for a known body mass; caffeine never above its daily limit."""
    if value is None or "/kg" not in unit or profile is None or profile.weight_kg is None:
        return None
    if "weight_kg" in profile.assumed:
        return None
    amount = value * profile.weight_kg
    return min(amount, number("caffeine.cap_mg_day")) if name == "caffeine" else amount


def alcohol_kcal(*, alcohol_g: float) -> float:
    """Energy of pure alcohol, kcal. It counts; there is no target for it."""
    return number("atwater.alcohol") * alcohol_g


def alcohol_harms_session(*, hours_to_session: float | None, hours_since_session: float | None) -> bool:
    """Whether drinking now falls into the day before a session or into the recovery after one."""
    soon = hours_to_session is not None and 0 <= hours_to_session <= number("alcohol.before_hours")
    recovering = hours_since_session is not None and 0 <= hours_since_session <= number("alcohol.after_hours")
    return soon or recovering
