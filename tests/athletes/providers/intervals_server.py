"""Intervals.icu, played on the loopback by its public reference: events and activities of one athlete.

As there: Basic authentication with the user `API_KEY` or a bearer token, `0` for the key's owner, local times without
a zone, midnight for no time of day, intensities in percent, and empty stubs for what came from Strava.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.athletes.providers.loopback import Asked, Loopback, Said

API_KEY = "4f0c9d2a7b1e"
TOKEN = "d842c1fc25f241e5ae440d09756448a9"
ATHLETE = "i4711"
JSON = {"Content-Type": "application/json"}


class IntervalsServer(Loopback):
    """`events` and `activities` by id, as the service keeps them. `with_etag` makes it answer conditionally."""

    def __init__(self, *, with_etag: bool = False) -> None:
        self.events: dict[int, dict[str, Any]] = {}
        self.activities: dict[str, dict[str, Any]] = {}
        self.refused = False
        self.with_etag = with_etag
        # What the service works out anew every day and sends along with each event to come.
        self.fitness = 40.0
        # What it says instead, and what becomes of what it says.
        self.instead: Callable[[Asked], Said | None] = lambda asked: None
        super().__init__(self.respond)

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/v1"

    def add_event(self, number: int, name: str, start_date_local: str, **more: Any) -> None:
        """A planned workout unless `category` says otherwise."""
        begin = datetime.fromisoformat(start_date_local)
        self.events[number] = {
            "id": number,
            "athlete_id": ATHLETE,
            "category": "WORKOUT",
            "name": name,
            "start_date_local": start_date_local,
            "end_date_local": (begin + timedelta(days=1)).isoformat(),
            "type": None,
            "description": None,
            "moving_time": None,
            "distance": None,
            "icu_training_load": None,
            "icu_intensity": None,
            "indoor": False,
            "paired_activity_id": None,
            **more,
        }

    def add_activity(self, identity: str, name: str, start_date: str, **more: Any) -> None:
        """A completed session; `start_date` is UTC."""
        self.activities[identity] = {
            "id": identity,
            "icu_athlete_id": ATHLETE,
            "name": name,
            "type": "Ride",
            "source": "GARMIN_CONNECT",
            "start_date": start_date,
            "start_date_local": start_date.removesuffix("Z"),
            **more,
        }

    def add_strava_stub(self, identity: str, start_date_local: str) -> None:
        """All that the service may pass on of an activity that Strava gave it."""
        self.activities[identity] = {
            "id": identity,
            "icu_athlete_id": ATHLETE,
            "start_date_local": start_date_local,
            "source": "STRAVA",
            "_note": "STRAVA activities are not available via the API",
        }

    def respond(self, asked: Asked) -> Said:
        return self.instead(asked) or self.answer(asked)

    def answer(self, asked: Asked) -> Said:
        """What the service says to a request."""
        parts = urlsplit(asked.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if not self._knows(asked.headers.get("authorization", "")):
            return Said(403, JSON, b'{"status":403,"error":"Access denied"}')
        way = parts.path.split("/")
        if way[:4] != ["", "api", "v1", "athlete"] or len(way) != 6 or way[4] not in ("0", ATHLETE):
            return Said(404, JSON, b'{"status":404,"error":"Not Found"}')
        if way[5] == "events":
            return self._events(query, asked)
        return self._activities(query) if way[5] == "activities" else Said(404, JSON, b"{}")

    def _knows(self, header: str) -> bool:
        if self.refused:
            return False
        pair = base64.b64encode(f"API_KEY:{API_KEY}".encode()).decode()
        return header in (f"Basic {pair}", f"Bearer {TOKEN}")

    def _events(self, query: dict[str, str], asked: Asked) -> Said:
        chosen = [
            {**row, "icu_ctl": self.fitness}
            for row in self.events.values()
            if row["start_date_local"][:10] <= query["newest"]
            and (row["end_date_local"] > query["oldest"] or row["start_date_local"][:10] >= query["oldest"])
        ]
        body = json.dumps(sorted(chosen, key=lambda row: row["start_date_local"])).encode()
        if not self.with_etag:
            return Said(200, JSON, body)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if asked.headers.get("if-none-match") == etag:
            return Said(304, {"ETag": etag})
        return Said(200, {**JSON, "ETag": etag}, body)

    def _activities(self, query: dict[str, str]) -> Said:
        fields = query["fields"].split(",") if "fields" in query else None
        chosen = [
            {name: value for name, value in row.items() if fields is None or name in fields}
            for row in self.activities.values()
            if query["oldest"] <= row["start_date_local"][:10] <= query["newest"]
        ]
        return Said(200, JSON, json.dumps(chosen).encode())
