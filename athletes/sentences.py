"""Sentences that are kept in English, and what they are in the reader's language.

A calendar's last failure and a notice are stored as they were said, by whatever process came upon them; a reader of
files is a process without Django. All of them speak English, and only who shows a sentence knows the language: it is
found again here, with the values that stand in it. What is not found stays as it is.
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from nutrition_site.kernel.sentences import SentenceTable, in_english

# What the providers of calendars, the client for addresses and the polling say.
CALENDARS = (
    N_("The stored connection can no longer be opened. Please connect the calendar again."),
    N_("The calendar could not be read because of a fault on our side. We keep trying."),
    N_("The calendar's server does not answer well at the moment, so we ask it less often for now."),
    N_("The calendar no longer accepts this connection. Please connect it again."),
    N_("The calendar cannot be read."),
    N_("The calendar's server could not be reached."),
    N_("The calendar's address is no longer open to us. Please connect it again."),
    N_("There is no calendar at this address any more."),
    N_("The calendar's server has trouble (status %(status)s)."),
    N_("The calendar's server answers with status %(status)s."),
    N_("The calendar's server says that nothing changed, but we have not read it yet."),
    N_("The calendar takes too long to read."),
    N_("The calendar takes too much time or memory to read."),
    N_("The calendar is too large or too deeply nested to be read."),
    N_("The calendar has a part that cannot be read (%(kind)s)."),
    N_("The calendar has more than %(count)s events in its window."),
    N_("The file is not a valid calendar (%(problem)s)."),
    N_("The calendar has an event that repeats every second or minute."),
    N_("The address answers with a web page, not a calendar. Is it the secret address?"),
    N_("The address does not answer with a calendar."),
    N_("The calendar file is empty."),
    N_("The calendar file is cut off."),
    N_("The calendar has more than %(count)s entries."),
    N_("The calendar is nested too deeply."),
    N_("The calendar has more than %(count)s MB."),
    N_("The server"),
    N_("%(name)s takes too long to answer."),
    N_("%(name)s has trouble (status %(status)s)."),
    N_("The calendars that were chosen are no longer there. Please choose again."),
    N_("The server names an address that is none."),
    N_("The account lives on another server. Please connect with its address there."),
    N_("There is no calendar with events at this address."),
    N_("The account has more than %(count)s calendars: connect one by its address."),
    N_("There is no CalDAV calendar at this address."),
    N_("The server names events that it does not give."),
    N_("The server does not take a user name and a password in the way we send them."),
    N_("The server refuses this user name and password. Please connect it again."),
    N_("The server does not let this user read the calendar. Please connect it again."),
    N_("The server does not answer as a CalDAV server does."),
    N_("The server's answer is too large or too deeply nested to be read."),
    N_("The calendar has too many events to read."),
    N_("The calendar has too many changes to read."),
    N_("Google Calendar does not show one of the chosen calendars for now."),
    N_("The chosen calendars are no longer in this Google account. Please choose others."),
    N_("Google Calendar answered in a way that is not understood."),
    N_("Google Calendar has trouble (status %(status)s)."),
    N_("Google Calendar asks us to wait (status %(status)s)."),
    N_("Google Calendar took too long to answer."),
    N_("Google no longer accepts this connection. Please connect the calendar again."),
    N_("Google refuses this installation of AthlEAT for now."),
    N_("Google's sign-in has trouble (status %(status)s)."),
    N_("Google answered in a way that is not understood."),
    N_("Intervals.icu no longer accepts this connection. Please connect it again."),
    N_("Intervals.icu does not know this athlete."),
    N_("Intervals.icu answers with status %(status)s."),
    N_("Intervals.icu answered in a way that is not understood."),
    N_("Intervals.icu names more than %(count)s entries."),
    N_("This is not a web address."),
    N_("The address must start with http:// or https://."),
    N_("The address must not contain a user name or password."),
    N_("Only the usual web ports are allowed."),
    N_("This address is not on the public internet."),
    N_("%(host)s redirects too often."),
    N_("%(host)s redirects to something that is no address."),
    N_("%(host)s sends us around in a circle."),
    N_("%(host)s sends more than %(size)s MB."),
    N_("%(host)s sends damaged data."),
    N_("%(host)s answers in an encoding that was not asked for."),
    N_("%(host)s broke off its answer."),
    N_("%(host)s could not be found."),
    N_("%(host)s could not be looked up in time."),
    N_("%(host)s could not be reached."),
    N_("%(host)s took too long to answer."),
    N_("%(host)s is not on the public internet."),
)
# What the reader of session files says.
FILES = (
    N_("The file is too large or too deeply nested to be read."),
    N_("It takes too much time or memory to read."),
    N_("The file takes too long to read."),
    N_("The file has a part that cannot be read (%(kind)s)."),
    N_("The file is empty."),
    N_("The file is larger than %(size)s MB."),
    N_("The file is neither FIT nor TCX nor GPX."),
    N_("An archive inside of an archive is not opened."),
    N_("The compressed file is damaged."),
    N_("The compressed file is far larger than any session."),
    N_("The compressed file is cut off."),
    N_("The archive holds more than %(size)s MB."),
    N_("The archive holds more than %(count)s files."),
    N_("The archive is damaged or cut off."),
    N_("The archive is empty."),
    N_("The file is protected by a password."),
    N_("The file is far larger than any session."),
    N_("The file is packed in a way that cannot be read here."),
    N_("The file is damaged inside of the archive."),
    N_("The file is damaged or cut off, and its summary with it."),
    N_("The file is damaged or cut off (line %(line)s)."),
    N_("The file is not well-formed XML."),
    N_("The file has a document type or entities, which no training program writes."),
    N_("The file is nested too deeply."),
    N_("The file is nested in a way that no training program writes."),
    N_("The file holds no session."),
    N_("The file holds no session; is it a course or a planned workout?"),
    N_("The file has no times: it is a planned route."),
    N_("The file holds no recorded track."),
    N_("The file holds settings, not a session."),
    N_("The file holds a planned workout, not a session."),
    N_("The file holds a course, not a session."),
    N_("The file holds a schedule, not a session."),
    N_("The file holds weights, not a session."),
    N_("The file holds daily activity, not a session."),
    N_("The file holds a segment, not a session."),
    N_("The file holds something else, not a session."),
    N_("The file has more than %(count)s points."),
    N_("The file has more than %(count)s sessions."),
    N_("The file has more than %(count)s activities."),
    N_("The file has more than %(count)s tracks."),
    N_("It has more than %(count)s points."),
    N_("It is no training: flying."),
    N_("It is no training: motorcycling."),
    N_("It is no training: driving."),
    N_("It is no training: hang gliding."),
    N_("It is no training: sky diving."),
    N_("It is no training: snowmobiling."),
    N_("It is no training: meditation."),
    N_("It does not say when the session took place."),
    N_("It says that the session took place in %(year)s: the clock of the device was not set."),
    N_("It says that the session lies in the future: the clock of the device was wrong."),
    N_("It does not say how long the session lasted."),
    N_("The session is shorter than a minute."),
    N_("The session is longer than 24 hours."),
    N_("Part %(number)s: %(reason)s"),
)
# Notices; those about plans name days, and what changed is told where they lead to.
NOTICES = (
    N_("A training calendar"),
    N_("%(name)s must be connected again"),
    N_(
        "%(name)s does not let us read it, so training that moves there is not seen here. Your plans still follow the "
        "sessions known so far. Please connect the calendar again on the page of your calendars."
    ),
    N_("A changed plan for %(days)s waits for your answer"),
    N_("Your plan for %(days)s changed"),
    N_("Your plan for %(days)s cannot follow what moved"),
    N_("%(name)s, your coach, set a limit for your plans"),
    N_("You see what, why and until when on the page of your coaches, and can end it there."),
    N_("%(name)s, your coach, wrote to you"),
    N_("%(name)s, your coach, wrote about a meal of yours"),
    N_("You find it on the page of your coaches."),
    N_("%(name)s, your coach, keeps a meal in your plan"),
    N_("%(name)s, your coach, let go a meal in your plan"),
    N_("%(name)s, your coach, exchanged a meal in your plan"),
    N_("You can undo it on the day. Why stands on the page of your coaches."),
)
_SENTENCES = SentenceTable((*CALENDARS, *FILES, *NOTICES), flags=re.DOTALL)
_DAYS = re.compile(
    r"(?:(?P<first>\d{1,2})(?: (?P<month>[A-Z][a-z]+))? to )?(?P<last>\d{1,2}) (?P<last_month>[A-Z][a-z]+)"
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def in_words(sentence: str) -> str:
    """A stored or reported English sentence in the active language; as it is when it is not known here."""
    if not sentence or in_english():
        return sentence
    words = _SENTENCES.tell(sentence, _value)
    return sentence if words is None else words


def is_known(sentence: str) -> bool:
    """Whether a sentence can be told in other languages."""
    return _SENTENCES.knows(sentence)


def _value(name: str, value: str) -> str:
    return _days_in_words(value) if name == "days" else in_words(value)


def _days_in_words(days: str) -> str:
    """`16 to 22 November`, `28 November to 4 December` or `3 May` as the language has it."""
    found = _DAYS.fullmatch(days)
    if found is None or found["last_month"] not in _MONTHS or (found["month"] or "May") not in _MONTHS:
        return days

    def told(day: str, month: str) -> str:
        # Any leap year: the words name none.
        return date_format(date(2028, _MONTHS.index(month) + 1, int(day)), gettext("j F"))

    last = told(found["last"], found["last_month"])
    if found["first"] is None:
        return last
    first = told(found["first"], found["month"] or found["last_month"])
    return gettext("%(first)s to %(last)s") % {"first": first, "last": last}
