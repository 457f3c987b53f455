"""Questions worth asking, from the athlete's next days, in the language the athlete asks in."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import get_language

from advisor.languages import language_of
from advisor.models import Message
from athletes.models import Athlete
from nutrition_site.kernel.clock import now, today, zone
from nutrition_site.kernel.cyrillic import to_cyrillic

SUGGESTIONS = 4
# Dinner is over by then.
LATE_HOUR = 20
TITLE_CHARACTERS = 80
_ENGLISH = {
    "night_before": "What should I eat the night before my {title} on {day}?",
    "today": "What should I eat before my {title} today?",
    "before_tomorrow": "What should I eat before my {title} tomorrow?",
    "carbs": "How much carbohydrate do I need on {day}, and why?",
    "eat": "What do I eat today?",
    "eat_tomorrow": "What do I eat tomorrow?",
    "buy": "What do I still need to buy?",
    "current": "Is my plan up to date?",
}
_SERBIAN = {
    "night_before": "Šta da jedem veče pre treninga „{title}”? Trening je u {day}.",
    "today": "Šta da jedem danas pre treninga „{title}”?",
    "before_tomorrow": "Šta da jedem sutra pre treninga „{title}”?",
    "carbs": "Koliko ugljenih hidrata mi treba u {day} i zašto?",
    "eat": "Šta danas jedem?",
    "eat_tomorrow": "Šta sutra jedem?",
    "buy": "Šta još treba da kupim?",
    "current": "Da li je moj plan ažuran?",
}
# As they stand after "u".
_SERBIAN_DAYS = ("ponedeljak", "utorak", "sredu", "četvrtak", "petak", "subotu", "nedelju")


def language_code(athlete: Athlete) -> str:
    """The language of the athlete's last question; before the first one, of the account."""
    asked = Message.objects.filter(conversation__athlete=athlete, role=Message.Role.ATHLETE)
    last = asked.order_by("-created_at", "-id").values_list("language", flat=True).first()
    return last or athlete.user.language or "en"


def suggested_questions(athlete: Athlete) -> list[str]:
    """Questions that the next days raise: the longest session to come first, then what is always worth asking.

    A session that has begun is over as far as eating before it goes, and late in the day its meals are over, too.
    """
    day, moment = today(athlete.zones), now()
    week = athlete.training_events.counting().filter(local_date__gte=day, local_date__lte=day + timedelta(days=6))
    events = [event for event in week if event.local_date > day or event.all_day or event.starts_at > moment]
    is_late = moment.astimezone(zone(athlete.zones)).hour >= LATE_HOUR
    language = language_of(language_code(athlete))
    serbian = language.code.startswith("sr")
    words = _SERBIAN if serbian else _ENGLISH
    longest = max(events, key=lambda event: event.duration_minutes or 0.0, default=None)
    questions = []
    if longest is not None:
        number = longest.local_date.weekday()
        weekday = _SERBIAN_DAYS[number] if serbian else language.weekday(number)
        kind = "night_before" if longest.local_date > day else "today"
        if is_late and longest.local_date == day + timedelta(days=1):
            kind = "before_tomorrow"
        questions.append(words[kind].format(title=longest.title.strip()[:TITLE_CHARACTERS], day=weekday))
        questions.append(words["carbs"].format(day=weekday))
    questions += [words["eat_tomorrow" if is_late else "eat"], words["buy"], words["current"]]
    questions = questions[:SUGGESTIONS]
    # On a page in Cyrillic; titles stand between quotation marks and stay.
    return [to_cyrillic(question) for question in questions] if serbian and get_language() == "sr" else questions
