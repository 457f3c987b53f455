"""Reading the environment before Django exists: what cannot be meant is refused with one line that names it."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path
from typing import NoReturn, TypeAlias, TypeVar
from urllib.parse import urlsplit

# Inside `Environment` its methods hide the names of these types.
Whole: TypeAlias = int
Flag: TypeAlias = bool
Parts: TypeAlias = list[str]
Fallback = TypeVar("Fallback", Decimal, None)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on", "y", "t"}), frozenset({"0", "false", "no", "off", "n", "f"})
_LARGEST = 2**31 - 1
_LOWEST = {"CONSTANTS_SECONDS": 0, "SHOPPING_LIST_CACHE_TTL_SECONDS": 0}
_HIGHEST = {"PORT": 65535, "SMTP_PORT": 65535}


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


class Environment:
    """The values of variables. `NAME_FILE` names a file that holds the value; empty is the same as not set.

    Every method refuses to start, naming the variable, when the value is not of its kind. A value is never shown: it
    may be a secret in the wrong place.
    """

    def __call__(self, name: str, *, default: str = "") -> str:
        """Text without the space around it, which the last line of a file has and nobody sees."""
        place = os.environ.get(f"{name}_FILE")
        if not place:
            return os.environ.get(name, "").strip() or default
        try:
            return Path(place).read_text(encoding="utf-8").strip() or default
        except (OSError, UnicodeDecodeError) as error:
            refuse_to_start(f"{name}_FILE names a file that cannot be read: {type(error).__name__}")

    def int(self, name: str, *, default: Whole) -> Whole:
        """A whole number: ports up to 65535, limits from 0, all others from 1."""
        text = self(name)
        if not text:
            return default
        low = 0 if name.startswith("RATE_LIMIT_") else _LOWEST.get(name, 1)
        high = _HIGHEST.get(name, _LARGEST)
        if not re.fullmatch(r"[0-9]{1,10}", text) or not low <= int(text) <= high:
            refuse_to_start(f"{name} must be a whole number from {low} to {high}")
        return int(text)

    def decimal(self, name: str, *, default: Fallback) -> Decimal | Fallback:
        """An amount from 0 such as 3 or 0.25."""
        text = self(name)
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text):
            refuse_to_start(f"{name} must be an amount such as 3 or 0.25")
        return Decimal(text)

    def bool(self, name: str, *, default: Flag) -> Flag:
        """1, true, yes, on, or 0, false, no, off, in any case."""
        text = self(name).lower()
        if not text:
            return default
        if text not in _TRUE | _FALSE:
            refuse_to_start(f"{name} must be 1 or 0")
        return text in _TRUE

    def list(self, name: str, *, default: Iterable[str]) -> Parts:
        """Parts between commas, without the space around them."""
        parts = [part.strip() for part in self(name).split(",")]
        return [part for part in parts if part] or [*default]

    def numbers(self, name: str) -> Mapping[str, Whole]:
        """Whole numbers from 1 by name: `a=4,b.example:8080=16`; without a value there are none."""
        found = {}
        for part in self.list(name, default=()):
            key, separator, number = part.rpartition("=")
            if not separator or not key or not re.fullmatch(r"[1-9][0-9]{0,5}", number):
                refuse_to_start(f"{name} must be names with whole numbers, such as host=4,other=8")
            found[key.strip().lower()] = int(number)
        return found


def require_choice(name: str, value: str, choices: Iterable[str]) -> None:
    """Refuses to start when a value is none of those known."""
    known = sorted(choices)
    if value not in known:
        refuse_to_start(f"{name} must be one of {', '.join(known)}")


def require_url(name: str, value: str, schemes: Iterable[str]) -> None:
    """Refuses to start when an address has another scheme, or a port that is none."""
    try:
        parts = urlsplit(value)
        well = parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        well = False
    if not well or not (parts.netloc or parts.path.strip("/")):
        refuse_to_start(f"{name} must be an address such as {next(iter(schemes))}://host:port/name")


def require_networks(name: str, networks: Iterable[str]) -> None:
    """Refuses to start when one of these is no address or network."""
    try:
        for network in networks:
            ip_network(network, strict=False)
    except ValueError:
        refuse_to_start(f"{name} must list addresses or networks such as 10.0.0.0/8")


def require_fernet_keys(name: str, keys: Iterable[str]) -> None:
    """Refuses to start when one of these is no key: found out later, it is a failure of what needs the key."""
    for key in keys:
        if not re.fullmatch(r"[A-Za-z0-9_-]{43}=", key):
            refuse_to_start(f"{name} must list Fernet keys: 32 bytes each, in URL-safe base64")
