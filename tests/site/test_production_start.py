"""Production refuses to start half-configured and says what is missing, all of it, in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = {
    "NUTRITION_AI_API_KEY": "key-for-a-test",
    "NUTRITION_AI_API_SECRET": "secret-for-a-test",
    "DATABASE_URL": "postgres://somebody:word@127.0.0.1:1/athleat",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "JWT_SECRET": "Zk3-a-long-and-random-looking-value-of-58-characters-9fQ7xB",
}


@pytest.fixture
def run(tmp_path):
    """Runs `manage.py` in production with nothing but the given variables, away from any `.env`."""

    def start(*arguments, drop=(), program=(str(ROOT / "manage.py"),), **extra):
        values = {name: value for name, value in REQUIRED.items() if name not in drop}
        environ = {
            "PATH": os.environ["PATH"],
            "ENVIRONMENT": "production",
            "DATA_DIR": str(tmp_path),
            **values,
            **extra,
        }
        return subprocess.run(
            [sys.executable, *program, *(arguments or ("check",))],
            env=environ,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return start


@pytest.fixture
def read(run):
    """Settings by name, of a production that starts; what stops a start stops it here, seconds before all is loaded."""

    def settings(*names, **how):
        lines = (
            "import json, sys, nutrition_site.settings as s; print(json.dumps([getattr(s, n) for n in sys.argv[1:]]))"
        )
        done = run(*names, program=("-c", lines), PYTHONPATH=str(ROOT), **how)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return settings


def last_line(done):
    return json.loads(done.stderr.strip().splitlines()[-1])["message"]


@pytest.mark.parametrize("name", REQUIRED)
def test_one_missing_variable_stops_the_start_and_is_named(run, name):
    done = run(drop=[name])
    assert (done.returncode, last_line(done)) == (1, f"missing required environment variable: {name}")


def test_all_missing_variables_are_named_at_once(run):
    done = run(drop=list(REQUIRED))
    assert (done.returncode, last_line(done)) == (
        1,
        "missing required environment variable: " + ", ".join(REQUIRED),
    )


def test_an_empty_variable_is_a_missing_one(run):
    done = run(JWT_SECRET="")
    assert (done.returncode, last_line(done)) == (1, "missing required environment variable: JWT_SECRET")


def test_a_complete_production_passes_the_deployment_check_without_a_word(run):
    done = run("check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, "no issues (0 silenced)" in done.stdout or "no issues" in done.stdout) == (0, True), (
        done.stdout + done.stderr
    )


def test_every_mounted_secret_counts(read, tmp_path):
    for name, value in REQUIRED.items():
        (tmp_path / name).write_text(value + "\n")
    mounted = {f"{name}_FILE": str(tmp_path / name) for name in REQUIRED}
    assert read(*REQUIRED, drop=list(REQUIRED), **mounted) == list(REQUIRED.values())


def test_a_short_secret_stops_the_start(run):
    done = run(JWT_SECRET="x" * 31)
    assert (done.returncode, last_line(done)) == (1, "JWT_SECRET must have at least 32 characters")


def test_another_database_stops_the_start(run):
    done = run(DATABASE_URL="sqlite:///x.sqlite3")
    assert (done.returncode, last_line(done)) == (1, "DATABASE_URL must name a PostgreSQL database in production")


def test_debug_logs_stop_the_start(run):
    assert run(LOG_LEVEL="debug").returncode == 1


@pytest.mark.parametrize(("cert", "key"), [("/c", ""), ("", "/k")])
def test_a_certificate_without_its_key_or_a_key_alone_stops_the_start(run, cert, key):
    assert run(TLS_CERT_PATH=cert, TLS_KEY_PATH=key).returncode == 1


def test_the_makers_name_of_the_key_insisted_debug_logs_and_a_certificate_with_its_key_are_accepted(read):
    """Each alone would stop the start and be named."""
    accepted = read(
        "NUTRITION_AI_API_KEY",
        "LOG_LEVEL",
        "TLS_HERE",
        drop=["NUTRITION_AI_API_KEY"],
        ANTHROPIC_API_KEY="key",
        LOG_LEVEL="debug",
        LOG_LEVEL_DEBUG_OK="1",
        TLS_CERT_PATH="/c",
        TLS_KEY_PATH="/k",
    )
    assert accepted == ["key", "debug", True]


@pytest.mark.parametrize("text", ["soon", "0", "-1h"])
def test_a_lifetime_that_is_none_stops_the_start(run, text):
    assert run(JWT_EXPIRES_IN=text).returncode == 1


def test_open_settings_are_warned_about_and_do_not_stop_the_start(run):
    done = subprocess.run(
        [sys.executable, "-c", "import nutrition_site.wsgi"],
        env={"PATH": os.environ["PATH"], "ENVIRONMENT": "production", "PYTHONPATH": str(ROOT), **REQUIRED},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if '"setting"' in line]
    assert (done.returncode, {row["setting"] for row in rows}, {row["level"] for row in rows}) == (
        0,
        {"ALLOWED_ORIGINS", "ALLOWED_HOSTS", "FIELD_ENCRYPTION_KEYS"},
        {"warning"},
    ), done.stderr
