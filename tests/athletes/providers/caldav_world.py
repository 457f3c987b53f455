"""A calendar on a real Radicale, behind a proxy that can fail."""

from __future__ import annotations

import atexit
import base64
import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import icalendar

from tests.athletes.providers.loopback import Asked, Loopback, Said

PASSWORD = "long wörd"


class Radicale:
    """One Radicale for the whole run, with as many users as are asked for; everything is in a temporary folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="radicale-"))
        self.users: dict[str, str] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (self.folder / "users").write_text("", encoding="utf-8")
        (self.folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {self.folder / 'users'}\n"
            "htpasswd_encryption = plain\ndelay = 0\n[rights]\ntype = owner_only\n"
            f"[storage]\nfilesystem_folder = {self.folder / 'data'}\n"
            "[web]\ntype = none\n[logging]\nlevel = critical\n",
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "radicale", "--config", str(self.folder / "config")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(self.close)
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def add_user(self) -> str:
        name = f"alice{len(self.users)}"
        self.users[name] = PASSWORD
        self._write_users()
        return name

    def change_password(self, name: str) -> None:
        self.users[name] = "another"
        self._write_users()

    def _write_users(self) -> None:
        text = "".join(f"{name}:{word}\n" for name, word in self.users.items())
        (self.folder / "users").write_text(text, encoding="utf-8")

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


@lru_cache(maxsize=1)
def radicale() -> Radicale:
    return Radicale()


class Proxy(Loopback):
    """Passes everything on to a Radicale, but what `instead` answers; `after` may change what Radicale said."""

    def __init__(self, port: int) -> None:
        self.target = port
        self.instead: Callable[[Asked], Said | None] = lambda asked: None
        self.after: Callable[[Said], Said] = lambda said: said
        super().__init__(self.pass_on)

    def pass_on(self, asked: Asked) -> Said:
        other = self.instead(asked)
        if other is not None:
            return other
        # Without a coding, so that `after` sees the text.
        skipped = ("connection", "host", "accept-encoding")
        connection = http.client.HTTPConnection("127.0.0.1", self.target, timeout=15)
        try:
            kept = {name: value for name, value in asked.headers.items() if name not in skipped}
            connection.request(asked.method, asked.path, asked.body or None, kept)
            answer = connection.getresponse()
            dropped = ("connection", "transfer-encoding", "content-length", "date", "server")
            named = {name: value for name, value in answer.getheaders() if name.lower() not in dropped}
            return self.after(Said(answer.status, named, answer.read()))
        finally:
            connection.close()


class CaldavWorld:
    """An account with one calendar, `/<user>/training/`."""

    provider = "caldav"

    def __init__(self) -> None:
        self.radicale = radicale()
        self.user = self.radicale.add_user()
        self.proxy = Proxy(self.radicale.port)
        self.path = f"/{self.user}/training/"
        self.events: dict[str, icalendar.Event] = {}
        self.make_calendar(self.path, "Training")

    def credentials(self) -> dict[str, Any]:
        return {"url": self.proxy.url + self.path, "username": self.user, "password": PASSWORD}

    def options(self) -> dict[str, str]:
        return {}

    def put(
        self, key: str, title: str, starts_at: datetime | date, minutes: float = 60, *, description: str = ""
    ) -> None:
        self.events[key] = self._event(key, title, starts_at, minutes, description)
        self._write(key, [self.events[key]])

    def put_weekly(self, key: str, title: str, starts_at: datetime, minutes: float, count: int) -> None:
        event = self._event(key, title, starts_at, minutes, "")
        event.add("rrule", {"freq": "weekly", "count": count})
        self.events[key] = event
        self._write(key, [event])

    def move_occurrence(self, key: str, number: int, to: datetime) -> None:
        series = self.events[key]
        length = series.end - series.start
        moved = icalendar.Event()
        for name in ("uid", "summary", "dtstamp"):
            moved.add(name, series[name])
        moved.add("recurrence-id", series.start + timedelta(weeks=number))
        moved.add("dtstart", to)
        moved.add("dtend", to + length)
        self._write(key, [series, moved])

    def remove(self, key: str) -> None:
        self.events.pop(key)
        self.ask("DELETE", f"{self.path}{key}.ics")

    def refuse_token(self) -> None:
        self.radicale.change_password(self.user)

    def fail(self, how: str) -> None:
        self.proxy.fail(how)

    def calls(self) -> int:
        return len(self.proxy.requests)

    def close(self) -> None:
        self.proxy.close()

    def make_calendar(self, path: str, name: str, parts: str = "VEVENT") -> None:
        body = (
            '<c:mkcalendar xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
            f"<d:displayname>{name}</d:displayname><c:supported-calendar-component-set>"
            f'<c:comp name="{parts}"/></c:supported-calendar-component-set></d:prop></d:set></c:mkcalendar>'
        )
        self.ask("MKCALENDAR", path, body.encode())

    def put_text(self, name: str, text: str, path: str = "") -> None:
        """A resource as it is written."""
        self.ask("PUT", (path or self.path) + name, text.replace("\n", "\r\n").encode())

    def ask(self, method: str, path: str, body: bytes = b"") -> None:
        """Straight to Radicale, as another program of the athlete would."""
        pair = base64.b64encode(f"{self.user}:{self.radicale.users[self.user]}".encode()).decode()
        request = Request(f"http://127.0.0.1:{self.radicale.port}{quote(path)}", body or None, method=method)
        request.add_header("authorization", f"Basic {pair}")
        request.add_header("content-type", "text/calendar; charset=utf-8" if method == "PUT" else "application/xml")
        with urlopen(request, timeout=10) as answer:
            answer.read()

    def _event(
        self, key: str, title: str, starts_at: datetime | date, minutes: float, description: str
    ) -> icalendar.Event:
        event = icalendar.Event()
        event.add("uid", f"{key}@world")
        event.add("dtstamp", datetime(2026, 1, 1, tzinfo=UTC))
        event.add("summary", title)
        if description:
            event.add("description", description)
        event.add("dtstart", starts_at)
        timed = isinstance(starts_at, datetime)
        event.add("dtend", starts_at + (timedelta(minutes=minutes) if timed else timedelta(days=1)))
        return event

    def _write(self, key: str, events: list[icalendar.Event]) -> None:
        calendar = icalendar.Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", "-//world//EN")
        for event in events:
            calendar.add_component(event)
        calendar.add_missing_timezones()
        self.ask("PUT", f"{self.path}{key}.ics", calendar.to_ical())
