"""Who may do what to an athlete's data; pages, API and admin all ask here."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from athletes.validation import ADULT_YEARS

if TYPE_CHECKING:
    from .models import Athlete

_AMOUNT = re.compile(r"\d\s*(?:kcal|kJ|kg|lb|m?g)\b")


def owns(user: Any, athlete: Athlete) -> bool:
    """The athlete's own account."""
    return bool(athlete.user_id == user.pk)


def may_change(user: Any, athlete: Athlete) -> bool:
    """Only the athlete changes profile, calendars, events, plans and lists; coaches advise."""
    return owns(user, athlete)


def has_verified_email(user: Any) -> bool:
    """Whether the account has confirmed its present e-mail address; coach links and outgoing mail ask for it."""
    from allauth.account.models import EmailAddress

    return bool(EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists())


def numbers_withheld(athlete: Athlete, *, today: date) -> bool:
    """Whether pages show neither body mass nor energy: for minors, and while an eating problem may ask for care."""
    age = athlete.age_on(today)
    return athlete.needs_care_on(today) or (age is not None and age < ADULT_YEARS)


def tells_an_amount(english: str) -> bool:
    """Whether a sentence of ours, before it is translated, holds an amount of energy, nutrients or body mass."""
    return bool(_AMOUNT.search(english))
