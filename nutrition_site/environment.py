"""Reading the environment before Django exists: refusing to start with one clear line, and durations."""

from __future__ import annotations

import json
import re
import sys
from typing import NoReturn

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def refuse_to_start(message: str) -> NoReturn:
    """One JSON log line on standard error, exit code 1."""
    sys.stderr.write(json.dumps({"level": "error", "message": message}) + "\n")
    sys.stderr.flush()
    raise SystemExit(1)


def require(**values: str) -> None:
    """Refuses to start and names every variable that has no value."""
    missing = [name for name, value in values.items() if not value]
    if missing:
        refuse_to_start("missing required environment variable: " + ", ".join(missing))


def parse_duration(text: str, *, name: str) -> int:
    """Seconds of `900`, `15m`, `1h`, `7d`."""
    match = re.fullmatch(r"\s*(\d+)\s*([smhd]?)\s*", text)
    if not match or int(match[1]) == 0:
        refuse_to_start(f"{name} must be a duration such as 900, 15m, 1h or 7d")
    return int(match[1]) * _UNITS[match[2] or "s"]
