"""People who use the product: an account, a browser, and the steps that are not what a story is about.

What leads up to a story is sent as forms, the way a browser without scripts sends them, because that is fast.
"""

from __future__ import annotations

import email as mails
import email.policy
import itertools
import os
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from playwright.sync_api import APIResponse, BrowserContext, Page

PASSWORD = "long-run-saturday"
MORNING_HOUR = 6
# The worker sends them.
MAIL_SECONDS = 45
BETWEEN_MAILS = b"\n" + b"-" * 79 + b"\n"
# Places without daylight saving time, one for each full hour from UTC.
PLACES = {
    -11: "Pacific/Pago_Pago",
    -10: "Pacific/Honolulu",
    -9: "Pacific/Gambier",
    -8: "Pacific/Pitcairn",
    -7: "America/Phoenix",
    -6: "America/Costa_Rica",
    -5: "America/Panama",
    -4: "America/Puerto_Rico",
    -3: "America/Sao_Paulo",
    -2: "Atlantic/South_Georgia",
    -1: "Atlantic/Cape_Verde",
    0: "Africa/Abidjan",
    1: "Africa/Lagos",
    2: "Africa/Maputo",
    3: "Africa/Nairobi",
    4: "Asia/Dubai",
    5: "Asia/Karachi",
    6: "Asia/Dhaka",
    7: "Asia/Bangkok",
    8: "Asia/Manila",
    9: "Asia/Tokyo",
    10: "Australia/Brisbane",
    11: "Pacific/Guadalcanal",
    12: "Pacific/Tarawa",
}
_addresses = itertools.count(1)
_numbers = itertools.count(1)
_run = f"{int(time.time()):x}"


def morning_offset_hours() -> int:
    """How far from UTC it is six in the morning now, so that every story has the whole day before it."""
    offset = (MORNING_HOUR - datetime.now(UTC).hour) % 24
    return offset - 24 if offset > 12 else offset


@dataclass
class Person:
    """Somebody in a browser. `page` is its first tab; `today` is the day where they live."""

    context: BrowserContext
    email: str
    password: str = PASSWORD
    offset_hours: int = field(default_factory=morning_offset_hours)
    # Where a proxy would say that this person is: signing up is limited by address.
    address: str = field(default_factory=lambda: f"10.0.{next(_addresses)}.1")
    _page: Page | None = None

    @property
    def page(self) -> Page:
        if self._page is None:
            self._page = self.context.new_page()
        return self._page

    @property
    def zone(self) -> str:
        return PLACES[self.offset_hours]

    @property
    def today(self) -> date:
        return datetime.now(timezone(timedelta(hours=self.offset_hours))).date()

    def day(self, ahead: int) -> str:
        """The day so many days from today, as addresses write it."""
        return (self.today + timedelta(days=ahead)).isoformat()

    def send(self, path: str, **fields: str) -> APIResponse:
        """Sends a form without a page. Asserts that it was taken."""
        token = next((one["value"] for one in self.context.cookies() if one["name"] == "csrftoken"), None)
        if token is None:
            self.context.request.get("/account/login/")
            token = next(one["value"] for one in self.context.cookies() if one["name"] == "csrftoken")
        given = {"csrfmiddlewaretoken": token, **fields}
        answer = self.context.request.post(path, form=given, headers={"X-Forwarded-For": self.address}, timeout=60_000)
        assert answer.ok, f"{path} answered {answer.status}: {_errors(answer.text())}"
        return answer

    def make_profile(self, **fields: str) -> None:
        """A runner of 30 who gave everything that changes the numbers."""
        asked = {
            **{"shown_units": "metric", "name": "Nora Lind", "sport": "run", "aim": "maintain", "sex": "F"},
            **{"birth_date": "1996-04-02", "weight_kg": "58", "height_cm": "168", "activity": "1.4"},
            "timezone": self.zone,
        }
        self.send("/start/profile", **{**asked, **fields})

    def make_plan(self, *, days: int, ahead: int = 0) -> None:
        """A plan from today on, or from so many days ahead."""
        answer = self.send("/start/plan", first=self.day(ahead), days=str(days), back="week")
        assert "/week/" in answer.url, answer.url

    def add_session(self, *, ahead: int, hour: str, minutes: str, title: str, kind: str) -> None:
        """A session entered by hand, `ahead` days from today."""
        fields = {"title": title, "date": self.day(ahead), "time": hour, "duration_minutes": minutes, "type": kind}
        self.send("/training/add", **fields)

    def make_list(self, *, days: int) -> str:
        """A shopping list from today on; the path of its page."""
        answer = self.send("/shopping", first=self.day(0), last=self.day(days - 1))
        found = re.search(r"/shopping/shl_\w+", answer.url)
        assert found, answer.url
        return found[0]

    def lose_session(self) -> None:
        """What happens when a session ends: the browser still has the page, the server knows nobody."""
        self.context.clear_cookies(name="sessionid")


def sign_up(context: BrowserContext) -> Person:
    """A fresh account in this browser."""
    person = Person(context, f"athlete-{_run}-{next(_numbers)}@example.com")
    answer = person.send("/account/signup/", email=person.email, password1=PASSWORD)
    assert answer.url.endswith("/start/profile"), answer.url
    return person


def sign_in(context: BrowserContext, email: str, password: str) -> Person:
    """An account that exists, in another browser."""
    person = Person(context, email, password)
    answer = person.send("/account/login/", login=email, password=password)
    assert "/account/login" not in answer.url, answer.url
    return person


def confirmation_link(address: str) -> str:
    """The path of the link in the mail that asks this address to be confirmed. The product writes mails to files."""
    folder, until = Path(os.environ["E2E_MAIL_FOLDER"]), time.monotonic() + MAIL_SECONDS
    while time.monotonic() < until:
        found = _link_in(folder, address)
        if found:
            return found
        time.sleep(0.25)
    raise AssertionError(f"no mail asks {address} to confirm the address")


def _link_in(folder: Path, address: str) -> str | None:
    for path in sorted(folder.glob("*"), reverse=True):
        # Two mails of one second may share a file.
        for written in path.read_bytes().split(BETWEEN_MAILS):
            message = mails.message_from_bytes(written, policy=email.policy.default)
            body = message.get_body(("plain",))
            if address in str(message["To"]) and body is not None:
                found = re.search(r"/account/confirm-email/[^\s>)]+", body.get_content())
                if found:
                    return found[0]
    return None


def _errors(html: str) -> str:
    return " ".join(re.findall(r'class="err">(?:<svg.*?</svg>)?\s*(.*?)</p>', html))
