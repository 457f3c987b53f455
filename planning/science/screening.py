"""What an intake form may ask about low energy availability, and what follows from the answers.

Paraphrased from IOC REDs CAT2 (Stellingwerff 2023, doi 10.1136/bjsports-2023-106914). A prompt to see somebody, never a
diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterable

from planning.science.constants import number

# Indicator ids and the question each stands for.
INDICATORS: dict[str, str] = {
    "missed_periods": "Periods that never came or stopped, or 3 to 11 missed cycles",
    "low_testosterone": "A low testosterone in a blood test",
    "low_t3": "A low T3 in a blood test",
    "bone_stress_injuries": "One bone stress injury at a high-risk site, or two others, within two years",
    "low_bone_density": "A bone density Z-score below -1",
    "off_growth_curve": "Growth that left the usual curve",
    "eating_disorder_score": "A raised score of an eating disorder questionnaire, or a diagnosis",
}

# Signs of too much water in the blood during or after exercise: emergency help, and no plain water.
HYPONATREMIA_SIGNS: tuple[str, ...] = ("headache", "vomiting", "confusion", "swelling", "seizure")


def _count(indicators: Iterable[str]) -> int:
    return len(set(indicators) & set(INDICATORS))


def should_see_physician(indicators: Iterable[str]) -> bool:
    """Whether to show "see a sports physician": any one indicator. Unknown ids count for nothing."""
    return _count(indicators) >= number("screening.physician_from")


def deficit_is_locked(indicators: Iterable[str]) -> bool:
    """Whether weight-loss goals are locked: two indicators or more."""
    return _count(indicators) >= number("screening.lock_from")
