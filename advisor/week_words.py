"""The athlete's next seven days in at most five sentences: read only, written from facts, each number with its source.

No sentence holds energy or body mass, so the rule that withholds them has nothing to take away; athletes whose pages
show no numbers get no amounts at all. The text is kept until the plan, the training, the profile or the day changes.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext_noop

from advisor.backends.builtin import BuiltinBackend
from advisor.facts import Bundle, Fact, citation_rows
from advisor.guardrails import check_reply
from advisor.languages import language_of
from advisor.languages.protocol import Language
from advisor.readings.training import event_bundle, target_bundle
from advisor.tools import Toolbox
from advisor.writing import Writer
from athletes.models import Athlete, TrainingEvent
from athletes.rules import numbers_withheld
from nutrition_site.kernel.clock import today
from planning.models import MealPlan
from planning.services.plans import MAX_DAYS
from planning.services.targets import ProfileOutOfRange, TargetDay, calculate_targets

log = logging.getLogger(__name__)

DAYS = 7
KEPT_SECONDS = 6 * 3600
KIND = "week_words"

# Every language writes these, or the whole is in English.
SESSIONS = "From {first} to {last} you have {count} sessions, {length} together."
SESSIONS_COUNTED = "From {first} to {last} you have {count} sessions."
ONE_SESSION = "From {first} to {last} there is one session: {title}."
NO_SESSION = "From {first} to {last} no training is in your calendar."
HARDEST = "The most is asked {day}, with {titles}: {carbs} of carbohydrate."
HARDEST_BARE = "The most is asked {day}, with {titles}."
LIGHTEST = "The least is asked {day}: {carbs} of carbohydrate."
PROTEIN = "Protein stays between {low} and {high} a day."
PROTEIN_SAME = "Protein is {low} every day."
RACE = "{title} is {day}; ask for its race plan."
PLANNED = "Meals are planned for every one of these days."
PLANNED_UNTIL = "Meals are planned until {day}."
UNPLANNED = "No meals are planned for these days yet."
TEMPLATES = (
    *(SESSIONS, SESSIONS_COUNTED, ONE_SESSION, NO_SESSION, HARDEST, HARDEST_BARE, LIGHTEST, PROTEIN, PROTEIN_SAME),
    *(RACE, PLANNED, PLANNED_UNTIL, UNPLANNED),
)


def week_in_words(athlete: Athlete, *, language_code: str = "") -> dict[str, Any] | None:
    """`{text, citations}` for today and the six days after, None where nothing can be said.

    In the language with this code, else in the account's; Serbian in Latin letters.

    One query where the text is known already, three where it has to be written.
    """
    first = today(athlete.zones)
    plans = _plans(athlete, first)
    withheld = numbers_withheld(athlete, today=first)
    language = _language(language_code or athlete.user.language)
    mark = "+".join(f"{plan['id']}:{plan['revision']}" for plan in plans)
    versions = f"{athlete.training_version}:{athlete.profile_version}"
    key = f"advisor:week:{athlete.pk}:{first}:{versions}:{mark}:{int(withheld)}:{language.code}"
    known = cache.get(key)
    if known is not None:
        return dict(known) if known else None
    written = _write(athlete, first, plans, withheld=withheld, language=language)
    cache.set(key, written or {}, KEPT_SECONDS)
    return written


def _plans(athlete: Athlete, first: date) -> list[dict[str, Any]]:
    """The verified plans that may cover these days; their contents are not read."""
    last, earliest = first + timedelta(days=DAYS - 1), first - timedelta(days=MAX_DAYS)
    rows = MealPlan.objects.filter(athlete=athlete, week_start__lte=last, week_start__gt=earliest)
    return list(rows.verified().order_by("pk").values("id", "revision", "week_start", "days"))


def _language(code: str) -> Language:
    language = language_of(code or "en")
    sentences = language.sentences
    whole = sentences is None or all(template in sentences for template in TEMPLATES)
    return language if whole else language_of("en")


def _write(
    athlete: Athlete, first: date, plans: Sequence[dict[str, Any]], *, withheld: bool, language: Language
) -> dict[str, Any] | None:
    try:
        days = calculate_targets(athlete=athlete, first=first, last=first + timedelta(days=DAYS - 1))
    except ProfileOutOfRange:
        return None
    writer = Writer(Toolbox(athlete=athlete, by=athlete.user), withheld=True, language=language)
    events = [(day.date, event) for day in days for event in day.events if event.counts]
    _tell_sessions(writer, days, events)
    _tell_amounts(writer, days, events, bare=withheld)
    race = next((row for row in events if row[1].type == TrainingEvent.Type.RACE), None)
    if race is not None:
        writer.say(RACE, title=_title(writer, race[1]), day=writer.on(race[0]))
    _tell_plans(writer, first, plans)
    draft = writer.draft(kind=KIND, backend=BuiltinBackend.name)
    checked = check_reply(draft.reply, facts=draft.facts, days=draft.days, withheld=True)
    if checked.findings:
        codes = sorted({finding.code for finding in checked.findings})
        log.error("the week in words failed its checks", extra={"checks": codes})
        return None
    return {"text": draft.reply, "citations": citation_rows(draft.citations)}


def _title(writer: Writer, event: TrainingEvent) -> str:
    return writer.quoted(event_bundle(event, writer.tools.athlete.zones)["title"])


def _tell_sessions(writer: Writer, days: Sequence[TargetDay], events: Sequence[tuple[date, TrainingEvent]]) -> None:
    first, last = (writer.day(day.date, near=False) for day in (days[0], days[-1]))
    if not events:
        writer.say(NO_SESSION, first=first, last=last)
        return
    if len(events) == 1:
        writer.say(ONE_SESSION, first=first, last=last, title=_title(writer, events[0][1]))
        return
    source, name = gettext_noop("training of these days"), f"week:{days[0].date}:{days[-1].date}"
    count = writer.count(Fact(f"{name}:sessions", "count", gettext_noop("sessions"), float(len(events)), "", source))
    lengths = [(event.session or event).duration_minutes for _, event in events]
    known = [minutes for minutes in lengths if minutes is not None]
    if len(known) < len(lengths):
        # A sum with a length that nobody stated would be a guess.
        writer.say(SESSIONS_COUNTED, first=first, last=last, count=count)
        return
    total = Fact(f"{name}:hours", "training", gettext_noop("length of all sessions"), sum(known) / 60, "h", source)
    writer.say(SESSIONS, first=first, last=last, count=count, length=writer.num(total))


def _tell_amounts(
    writer: Writer, days: Sequence[TargetDay], events: Sequence[tuple[date, TrainingEvent]], *, bare: bool
) -> None:
    """The day that asks for most, the one that asks for least, and protein; `bare` leaves every amount out."""
    carbs = {day.date: day.payload["carbs_g"] for day in days}
    hardest, lightest = max(days, key=lambda day: carbs[day.date]), min(days, key=lambda day: carbs[day.date])
    titles = writer.join([_title(writer, event) for day, event in events if day == hardest.date])
    if bare:
        if titles:
            writer.say(HARDEST_BARE, day=writer.on(hardest.date), titles=titles)
        return
    if titles and carbs[hardest.date] > carbs[lightest.date]:
        most, least = target_bundle(hardest), target_bundle(lightest)
        writer.say(HARDEST, day=writer.on(hardest.date), titles=titles, carbs=_amount(writer, most, "carbs_g"))
        writer.say(LIGHTEST, day=writer.on(lightest.date), carbs=_amount(writer, least, "carbs_g"))
    low = min(days, key=lambda day: day.payload["protein_g"])
    high = max(days, key=lambda day: day.payload["protein_g"])
    few, many = (_amount(writer, target_bundle(day), "protein_g") for day in (low, high))
    if few == many:
        writer.say(PROTEIN_SAME, low=few)
    else:
        writer.say(PROTEIN, low=few, high=many)


def _amount(writer: Writer, bundle: Bundle, key: str) -> str:
    return writer.num(bundle.get(key))


def _tell_plans(writer: Writer, first: date, plans: Sequence[dict[str, Any]]) -> None:
    """Until when meals are planned, where a sentence is left for it."""
    if len(writer.parts) >= 5:
        return
    planned = {plan["week_start"] + timedelta(days=offset) for plan in plans for offset in range(plan["days"])}
    ahead = 0
    while ahead < DAYS and first + timedelta(days=ahead) in planned:
        ahead += 1
    if ahead == DAYS:
        writer.say(PLANNED)
    elif ahead:
        writer.say(PLANNED_UNTIL, day=writer.day(first + timedelta(days=ahead - 1)))
    else:
        writer.say(UNPLANNED)
