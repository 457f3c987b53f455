"""The command lines of the three roles a running product has: web, worker and beat."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from script.support.preflight import parse_port

ROOT = Path(__file__).resolve().parent.parent.parent
APPLICATION = "nutrition_site.celery:app"
CELERY_LEVELS = {"debug": "DEBUG", "info": "INFO", "warn": "WARNING", "error": "ERROR"}
# Carries host and port to the gunicorn configuration, which gunicorn runs in a process of its own.
BIND = "ATHLEAT_BIND"


def web(python: str, *, host: str, port: int, environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Command line and environment of the web server."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    configuration = ROOT / "script" / "support" / "gunicorn_conf.py"
    argv = [python, "-m", "gunicorn", "-c", str(configuration), "nutrition_site.wsgi:application"]
    return argv, {**environ, BIND: address}


def worker(python: str, *, environ: Mapping[str, str], with_beat: bool = False) -> list[str]:
    """Command line of a Celery worker. Its messages only wake it up, so it needs to know nothing of other workers."""
    argv = [python, "-m", "celery", "--quiet", "-A", APPLICATION, "worker", "--loglevel", _level(environ)]
    argv += ["--without-gossip", "--without-mingle"]
    if has_redis(environ):
        argv += ["--concurrency", "2"]
    else:
        # One process keeps the embedded default small, and SQLite has one writer at a time anyway.
        argv += ["--pool", "threads", "--concurrency", "2", "--without-heartbeat"]
    return [*argv, "--beat"] if with_beat else argv


def beat(python: str, *, environ: Mapping[str, str]) -> list[str]:
    """Command line of the clock that hands out due work."""
    return [python, "-m", "celery", "--quiet", "-A", APPLICATION, "beat", "--loglevel", _level(environ), "--pidfile="]


def has_redis(environ: Mapping[str, str]) -> bool:
    """Whether processes share a cache and a broker; if not, there may be only one web process."""
    return bool(environ.get("REDIS_URL") or environ.get("REDIS_URL_FILE"))


def _level(environ: Mapping[str, str]) -> str:
    return CELERY_LEVELS.get(environ.get("LOG_LEVEL", "info").lower(), "INFO")


def port_of(environ: Mapping[str, str]) -> int:
    """`PORT`, 8080 by default. Raises `Refusal` when it is no port."""
    return parse_port(environ.get("PORT") or "8080")


def say_json(message: str) -> None:
    """One log line in the format of the application's own logs."""
    sys.stdout.write(
        json.dumps({"level": "info", "logger": "supervisor", "message": message, "pid": os.getpid()}) + "\n"
    )
    sys.stdout.flush()
