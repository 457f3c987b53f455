"""A diary at the example provider; its series are single entries, as diaries write them."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from tests.athletes.providers.loopback import Asked, Loopback, Said

PATH = "/diaries/4d5e6f-secret.json"


class ExampleWorld:
    """See `World`."""

    provider = "example"

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.open = True
        self.server = Loopback(self._answer)

    def credentials(self) -> dict[str, Any]:
        return {"url": self.server.url + PATH}

    def options(self) -> dict[str, str]:
        return {}

    def put(
        self, key: str, title: str, starts_at: datetime | date, minutes: float = 60, *, description: str = ""
    ) -> None:
        row = {"id": key, "title": title, "start": starts_at.isoformat(), "minutes": minutes, "note": description}
        self.rows[key] = row

    def put_weekly(self, key: str, title: str, starts_at: datetime, minutes: float, count: int) -> None:
        for number in range(count):
            self.put(f"{key}.{number}", title, starts_at + timedelta(weeks=number), minutes)

    def move_occurrence(self, key: str, number: int, to: datetime) -> None:
        self.rows[f"{key}.{number}"]["start"] = to.isoformat()

    def remove(self, key: str) -> None:
        self.rows = {name: row for name, row in self.rows.items() if name.partition(".")[0] != key}

    def refuse_token(self) -> None:
        self.open = False

    def fail(self, how: str) -> None:
        self.server.fail(how)

    def calls(self) -> int:
        return len(self.server.requests)

    def close(self) -> None:
        self.server.close()

    def _answer(self, asked: Asked) -> Said:
        if not self.open:
            return Said(403)
        body = json.dumps({"sessions": list(self.rows.values())}).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        return Said(304) if asked.headers.get("if-none-match") == etag else Said(200, {"ETag": etag}, body)
