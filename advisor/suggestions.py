"""Questions worth asking, from the athlete's next days, in the language the athlete asks in."""

from __future__ import annotations

from datetime import timedelta

from advisor.languages import language_of
from advisor.models import Message
from athletes.models import Athlete
from nutrition_site.kernel.clock import today

SUGGESTIONS = 4
TITLE_CHARACTERS = 80
_ENGLISH = {
    "night_before": "What should I eat the night before my {title} on {day}?",
    "today": "What should I eat before my {title} today?",
    "carbs": "How much carbohydrate do I need on {day}, and why?",
    "eat": "What do I eat today?",
    "buy": "What do I still need to buy?",
    "current": "Is my plan up to date?",
}
_SERBIAN = {
    "night_before": "Šta da jedem veče pre treninga „{title}”? Trening je u {day}.",
    "today": "Šta da jedem danas pre treninga „{title}”?",
    "carbs": "Koliko ugljenih hidrata mi treba u {day} i zašto?",
    "eat": "Šta danas jedem?",
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
    """Questions that the next days raise: the longest session first, then what is always worth asking."""
    day = today(athlete.zones)
    events = list(
        athlete.training_events.counting().filter(local_date__gte=day, local_date__lte=day + timedelta(days=6))
    )
    language = language_of(language_code(athlete))
    serbian = language.code.startswith("sr")
    words = _SERBIAN if serbian else _ENGLISH
    longest = max(events, key=lambda event: event.duration_minutes or 0.0, default=None)
    questions = []
    if longest is not None:
        number = longest.local_date.weekday()
        weekday = _SERBIAN_DAYS[number] if serbian else language.weekday(number)
        kind = "night_before" if longest.local_date > day else "today"
        questions.append(words[kind].format(title=longest.title.strip()[:TITLE_CHARACTERS], day=weekday))
        questions.append(words["carbs"].format(day=weekday))
    questions += [words["eat"], words["buy"], words["current"]]
    return questions[:SUGGESTIONS]
