"""Facts about energy: availability of a day with its screening rule, and what was learned about expenditure.

Energy availability is a screening prompt and never a diagnosis (RED-S 2018; IOC 2023).
"""

from __future__ import annotations

from datetime import date

from advisor.facts import Bundle, Fact
from athletes.models import Athlete
from planning import mapping
from planning.models import ExpenditureEstimate
from planning.science.availability import EA_AMBER, EA_RED, amber_threshold, availability_code
from planning.science.constants import number, source
from planning.services.targets import TargetDay

UNIT = "kcal/kg FFM/d"
LEARNED_SOURCE = "learned from your weigh-ins and eaten meals"
STATUS_WORDS = {
    EA_RED: "low: below this, short studies saw hormones disturbed",
    EA_AMBER: "worth a look",
    None: "enough",
}


def availability_bundle(athlete: Athlete, target: TargetDay) -> Bundle:
    """Facts `availability`, `at_balance`, `amber`, `red`, `intake_kcal`, `exercise_net_kcal`, `ffm_kg` of a day.

    `data["status"]` is red, amber or ok: red below 30, amber below the lower of 45 (women) or 40 (men) and 95 % of what
    eating at balance gives. `data["words"]` says it.
    """
    payload, day = target.payload, target.date
    availability, balance = payload["energy_availability"], payload["energy_availability_at_balance"]
    sex = mapping.science_profile(athlete, on=day).sex
    code = availability_code(sex=sex, availability=availability, at_balance=balance)
    rule = source("ea.red")

    def fact(name: str, label: str, value: float | None, unit: str, origin: str) -> Fact:
        rounded = None if value is None else round(value, 2)
        return Fact(f"availability:{day}:{name}", "availability", label, rounded, unit, origin, str(day))

    facts = {
        "availability": fact("availability", "energy availability", availability, UNIT, "targets of the day"),
        "at_balance": fact(
            "at_balance", "energy availability when you eat what you spend", balance, UNIT, "targets of the day"
        ),
        "amber": fact(
            "amber", "worth a look below", amber_threshold(sex=sex, at_balance=balance), UNIT,
            source("ea.amber_share_of_balance"),
        ),
        "red": fact("red", "low below", number("ea.red"), UNIT, rule),
        "intake_kcal": fact("intake_kcal", "energy to eat", payload["energy_kcal"], "kcal", "targets of the day"),
        "exercise_net_kcal": fact(
            "exercise_net_kcal", "energy of the training", payload["exercise_net_kcal"], "kcal", "targets of the day"
        ),
        "ffm_kg": fact("ffm_kg", "fat-free mass", payload["ffm_kg"], "kg", "targets of the day"),
    }  # fmt: skip
    status = {EA_RED: "red", EA_AMBER: "amber"}.get(code or "", "ok")
    data = {
        "status": status,
        "words": STATUS_WORDS[code],
        "date": day.isoformat(),
        "assumed": list(payload["assumed"]),
        "screening_only": True,
    }
    return Bundle("energy availability", facts, data, (day,))


def expenditure_bundle(row: ExpenditureEstimate | None, *, may_follow: bool, today: date) -> Bundle:
    """Facts `offset_kcal`, `sd_kcal`, `applied_kcal`, `windows` of the newest estimate; none while nothing is learned.

    Positive: the athlete spends more than the formula says. `data`: `learned`, `published`, `may_follow`, `as_of`.
    """
    data = {
        "learned": row is not None,
        "published": bool(row and row.published),
        "may_follow": may_follow,
        "as_of": row.as_of.isoformat() if row else None,
        "more": bool(row and row.offset_kcal > 0),
    }
    if row is None:
        return Bundle("learned expenditure", {}, data, (today,))

    def fact(name: str, label: str, value: float, unit: str) -> Fact:
        return Fact(f"expenditure:{row.pk}:{name}", "expenditure", label, value, unit, LEARNED_SOURCE, row.pk)

    way = "more" if row.offset_kcal > 0 else "less"
    facts = {
        "offset_kcal": fact("offset_kcal", f"energy you spend {way} than the formula", abs(row.offset_kcal), "kcal"),
        "sd_kcal": fact("sd_kcal", "uncertainty of it", row.sd_kcal, "kcal"),
        "applied_kcal": fact("applied_kcal", "of it, what your targets follow", abs(row.applied_kcal), "kcal"),
        "windows": fact("windows", "stretches of 14 days it rests on", float(row.windows), ""),
    }
    return Bundle("learned expenditure", facts, data, (row.as_of, today))
