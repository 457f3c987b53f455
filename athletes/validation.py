"""What a profile may say: ranges, vocabulary, and how the fields fit together. Forms, API and commands all ask here.

Ranges: the product's table of valid inputs (13 to 100 years, 30 to 200 kg, 130 to 220 cm, body fat 3 to 60 %, fat-free
mass 25 to 120 kg and below body mass). They keep the equations inside the populations they were made from.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext, gettext_noop

from nutrition_site.kernel.clock import is_zone
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.vocabulary import ALLERGENS, DIETS, read_allergens, read_diets

from .vocabulary import GOALS, SPORTS, read_goal, read_sex, read_sport

MIN_AGE_YEARS, MAX_AGE_YEARS, ADULT_YEARS = 13, 100, 18
RANGES: dict[str, tuple[float, float, str]] = {
    "height_cm": (130, 220, "cm"),
    "weight_kg": (30, 200, "kg"),
    "body_fat_pct": (3, 60, "%"),
    "ffm_kg": (25, 120, "kg"),
    "measured_rmr_kcal": (500, 5000, "kcal"),
    "vo2max": (15, 100, "ml/kg/min"),
    "pal_nonexercise": (1.2, 2.0, ""),
    "rate_pct_per_week": (0, 1.0, gettext_noop("% a week")),
    "surplus_kcal": (0, 500, "kcal"),
    "max_prep_minutes": (5, 300, gettext_noop("minutes")),
}
OVERRIDE_RANGES: dict[str, tuple[float, float, str]] = {
    "protein_g_per_kg": (1.2, 2.5, "g/kg"),
    "carbs_g_per_kg": (3, 12, "g/kg"),
    "fat_min_pct": (20, 35, gettext_noop("% of energy")),
}
USUAL_WEIGHT_KG = (40, 130)
LOW_BODY_FAT_PCT = {"M": 5.0, "F": 12.0}
MAX_WORDS = 50
MAX_JOURNEYS, MAX_DAYS_AWAY = 50, 366
FIRST_TRAVEL_DAY, LAST_TRAVEL_DAY = date(2000, 1, 1), date(2100, 12, 31)
# ISO 4217 codes in circulation.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()  # noqa: SIM905 - a list would take a line for each code
)

Problems = list[dict[str, Any]]


def check_text(value: str, *, limit: int, lines: bool = False) -> str:
    """The text without outer space. Emoji, right-to-left and combining marks are fine; control characters are not.

    Raises ValueError with a sentence for a person.
    """
    allowed = "\n\t\r" if lines else ""
    if any(unicodedata.category(mark) in ("Cc", "Cs") and mark not in allowed for mark in value):
        raise ValueError(gettext("Control characters are not allowed."))
    text = value.strip()
    if not text or not any(unicodedata.category(mark)[0] not in "CZ" for mark in text):
        raise ValueError(gettext("This must not be empty."))
    if len(text) > limit:
        raise ValueError(gettext("At most %(count)s characters.") % {"count": limit})
    return text


def check_number(value: float, low: float, high: float, unit: str = "") -> float:
    """The number when it lies in the closed range. Raises ValueError with the range."""
    if not math.isfinite(value) or not low <= value <= high:
        raise ValueError(
            gettext("Must be from %(low)s to %(high)s.")
            % {"low": _told(low), "high": f"{_told(high)} {gettext(unit)}" if unit else _told(high)}
        )
    return value


def _told(number: float) -> str:
    return f"{number:g}".replace(".", str(get_format("DECIMAL_SEPARATOR")))


def check_birth_date(born: date, *, today: date) -> date:
    """The date when it makes the athlete 13 to 100 years old today. Raises ValueError."""
    if born > today:
        raise ValueError(gettext("This day is still to come."))
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < MIN_AGE_YEARS:
        raise ValueError(gettext("Athletes must be at least %(count)s years old.") % {"count": MIN_AGE_YEARS})
    if age > MAX_AGE_YEARS:
        raise ValueError(gettext("Athletes can be at most %(count)s years old.") % {"count": MAX_AGE_YEARS})
    return born


def clean_profile(values: Mapping[str, Any], *, today: date, current: Any = None) -> dict[str, Any]:
    """Column values for an Athlete from the fields of a request or a form.

    `values` hold already typed fields, only those that were sent; `current` is the athlete being changed. The money
    field `weekly_budget` becomes `weekly_budget_minor` and `currency`. Raises InvalidInput naming every wrong field.
    """
    problems: Problems = []
    cleaned: dict[str, Any] = {}
    for name, value in values.items():
        try:
            cleaned.update(_clean_field(name, value, today))
        except ValueError as error:
            problems.append({"field": name, "message": str(error)})
        except InvalidInput as error:
            problems.extend(dict(row) for row in error.details)
    if not problems:
        problems.extend(_misfits(cleaned, current))
    if problems:
        raise InvalidInput(details=problems)
    return cleaned


def _clean_field(name: str, value: Any, today: date) -> dict[str, Any]:
    if name in _CLEANERS:
        return {name: _CLEANERS[name](value)}
    if name == "weekly_budget":
        return _clean_budget(value)
    if value is None:
        return {name: None}
    if name == "birth_date":
        return {name: check_birth_date(value, today=today)}
    if name in RANGES:
        number = check_number(float(value), *RANGES[name])
        return {name: int(number) if name == "max_prep_minutes" else number}
    return {name: value}


def _misfits(cleaned: Mapping[str, Any], current: Any) -> Problems:
    def known(name: str) -> Any:
        return cleaned[name] if name in cleaned else getattr(current, name, None)

    weight, lean = known("weight_kg"), known("ffm_kg")
    if weight is not None and lean is not None and lean >= weight:
        field = "ffm_kg" if "ffm_kg" in cleaned else "weight_kg"
        return [{"field": field, "message": gettext("Fat-free mass must be below body mass.")}]
    return []


def _clean_name(value: str) -> str:
    return check_text(value, limit=200)


def _clean_sport(value: str) -> str:
    return read_sport(check_text(value, limit=80))[0]


def _clean_sex(value: str | None) -> str | None:
    if value is None:
        return None
    sex = read_sex(value)
    if sex is None:
        raise ValueError(gettext("Must be M, F or null."))
    return sex


def _clean_zone(value: str) -> str:
    if not is_zone(value):
        raise ValueError(gettext("Must be an IANA time zone such as Europe/Belgrade."))
    return value


def _clean_travel(rows: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The journeys in order; none may share a day with another."""
    if len(rows) > MAX_JOURNEYS:
        raise ValueError(gettext("At most %(count)s journeys.") % {"count": MAX_JOURNEYS})
    journeys = sorted((row["first_day"], row["last_day"], _clean_zone(row["timezone"])) for row in rows)
    for first, last, _ in journeys:
        if not FIRST_TRAVEL_DAY <= first <= LAST_TRAVEL_DAY:
            raise ValueError(
                gettext("Must be from %(low)s to %(high)s.")
                % {"low": FIRST_TRAVEL_DAY.year, "high": LAST_TRAVEL_DAY.year}
            )
        if last < first:
            raise ValueError(gettext("A journey cannot end before it begins."))
        if (last - first).days >= MAX_DAYS_AWAY:
            raise ValueError(gettext("A journey of more than a year is a move: please change the time zone itself."))
    for (_, last, _), (first, _, _) in pairwise(journeys):
        if first <= last:
            raise ValueError(gettext("Two journeys share %(day)s.") % {"day": first.isoformat()})
    return [
        {"first_day": first.isoformat(), "last_day": last.isoformat(), "timezone": name}
        for first, last, name in journeys
    ]


def _clean_words(values: list[str]) -> list[str]:
    if len(values) > MAX_WORDS:
        raise ValueError(gettext("At most %(count)s entries.") % {"count": MAX_WORDS})
    kept: dict[str, str] = {}
    for value in values:
        text = check_text(value, limit=80)
        kept.setdefault(text.casefold(), text)
    return list(kept.values())


def _clean_allergies(values: list[str]) -> list[str]:
    known, unknown = read_allergens(_clean_words(values))
    if unknown:
        raise ValueError(
            gettext("Not known: %(unknown)s. Known are: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(ALLERGENS)}
        )
    return known


def _clean_diets(values: list[str]) -> list[str]:
    known, unknown = read_diets(_clean_words(values))
    if unknown:
        raise ValueError(
            gettext("Not known: %(unknown)s. Known are: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(DIETS)}
        )
    return known


def _clean_goals(values: list[str]) -> list[str]:
    return list(dict.fromkeys(read_goal(value)[0] for value in _clean_words(values)))


def _clean_overrides(value: Mapping[str, Any]) -> dict[str, float]:
    problems: Problems = []
    kept: dict[str, float] = {}
    for name, number in value.items():
        field = f"macro_overrides.{name}"
        if name not in OVERRIDE_RANGES:
            known = ", ".join(OVERRIDE_RANGES)
            problems.append(
                {
                    "field": field,
                    "message": gettext("This field is not known. Known are: %(known)s.") % {"known": known},
                }
            )
        elif number is None:
            continue
        else:
            try:
                kept[name] = check_number(number, *OVERRIDE_RANGES[name])
            except ValueError as error:
                problems.append({"field": field, "message": str(error)})
    if problems:
        raise InvalidInput(details=problems)
    return kept


def _clean_budget(value: Mapping[str, Any] | None) -> dict[str, Any]:
    if value is None:
        return {"weekly_budget_minor": None, "currency": ""}
    currency = re.sub(r"\s", "", value["currency"]).upper()
    if currency not in CURRENCIES:
        raise InvalidInput.of("weekly_budget.currency", gettext("Must be an ISO 4217 code such as EUR."))
    return {"weekly_budget_minor": value["amount_minor"], "currency": currency}


_CLEANERS: dict[str, Callable[[Any], Any]] = {
    "name": _clean_name,
    "sport": _clean_sport,
    "sex": _clean_sex,
    "timezone": _clean_zone,
    "travel": _clean_travel,
    "allergies": _clean_allergies,
    "dietary_preferences": _clean_diets,
    "goals": _clean_goals,
    "dislikes": _clean_words,
    "cuisines": _clean_words,
    "macro_overrides": _clean_overrides,
}


def profile_warnings(athlete: Any, *, today: date) -> list[dict[str, str]]:
    """What deserves a word about a stored profile: `{code, field, message}` rows, none of them a refusal."""
    rows: list[dict[str, str]] = []

    def warn(code: str, field: str, message: str) -> None:
        rows.append({"code": code, "field": field, "message": message})

    if athlete.sport not in SPORTS:
        words = gettext("“%(sport)s” is not a sport known here; it is planned like “other”.") % {"sport": athlete.sport}
        warn("SPORT_UNKNOWN", "sport", words)
    for goal in athlete.goals:
        if goal not in GOALS:
            words = gettext("“%(goal)s” is not a goal known here; it is planned as keeping weight.") % {"goal": goal}
            warn("GOAL_UNKNOWN", "goals", words)
    if athlete.weight_kg is not None and not USUAL_WEIGHT_KG[0] <= athlete.weight_kg <= USUAL_WEIGHT_KG[1]:
        warn("WEIGHT_UNUSUAL", "weight_kg", gettext("Below 40 kg or above 130 kg the equations are less certain."))
    low = LOW_BODY_FAT_PCT.get(athlete.sex or "")
    if low is not None and athlete.body_fat_pct is not None and athlete.body_fat_pct < low:
        words = gettext("This little body fat is a risk to health; please speak to a doctor.")
        warn("BODY_FAT_LOW", "body_fat_pct", words)
    age = athlete.age_on(today)
    if age is not None and age < ADULT_YEARS:
        warn("MINOR", "birth_date", gettext("Under 18 there is no weight loss, no fasting and no caffeine dose."))
    return rows
