"""What can be known to be wrong before anything is installed: port, folder, certificate. And reading `.env` files."""

from __future__ import annotations

import errno
import os
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path


class Refusal(Exception):
    """Something the person has to change; the message says what."""


def read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines of an `.env` file; quotes around a value are taken off. An absent file is empty."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    values = {}
    for line in lines:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name.strip()] = value
    return values


def parse_port(text: str) -> int:
    """The port as a number from 1 to 65535, or `Refusal`."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Refusal(f"PORT must be a whole number from 1 to 65535, not {text!r}.")
    return int(text)


def check_port(host: str, port: int) -> None:
    """Raises `Refusal` when `host:port` cannot be listened on."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise Refusal(f"HOST={host} is not an address of this machine.") from None
    local = "127.0.0.1" if host in {"0.0.0.0", ""} else "::1" if host == "::" else host
    try:
        # Some systems let a second program bind under a wildcard listener, so a listener is looked for first.
        with socket.create_connection((local, port), timeout=1):
            raise Refusal(_taken(port))
    except OSError:
        pass
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise Refusal(
                f"port {port} needs more rights than this user has; choose one from 1024 up with PORT=…"
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refusal(_taken(port)) from None
            raise Refusal(f"cannot listen on {host}:{port}: {error.strerror}.") from None


def _taken(port: int) -> str:
    other = port + 1 if port < 65535 else port - 1
    return (
        f"port {port} is taken by another program. Stop that program or choose another port: PORT={other} script/server"
    )


def check_folder(folder: Path, *, name: str) -> None:
    """Makes `folder` where missing; raises `Refusal` when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Refusal(
            f"cannot write to {folder}: {error.strerror}. Set {name} to a folder that you may write to."
        ) from None


def check_tls(environ: Mapping[str, str]) -> None:
    """Raises `Refusal` unless certificate and key are both absent or both readable files."""
    given = {name: environ.get(name, "") for name in ("TLS_CERT_PATH", "TLS_KEY_PATH")}
    if not any(given.values()):
        return
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise Refusal(f"TLS_CERT_PATH and TLS_KEY_PATH go together; {missing[0]} is not set.")
    for name, value in given.items():
        if not os.access(value, os.R_OK) or not Path(value).is_file():
            raise Refusal(f"{name}={value} is not a file that can be read.")
