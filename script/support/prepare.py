"""Brings the database to where the code is and fills it: schema, catalogue, demo. Needs the installed environment.

One process for all three, because starting Django costs more than finding that nothing is to be done. Progress goes to
standard error as the commands give it; standard output carries only what the demo command says about signing in.
"""

from __future__ import annotations

import io
import os
import sys
import time


def prepare(*, demo: bool) -> str:
    """Migrates, loads the catalogue and, with `demo`, the demo; returns what the demo command printed."""
    import django
    from django.core.management import call_command

    django.setup()
    steps = [
        ("migrating the database", "migrate", {"verbosity": 0}),
        ("loading the food catalogue", "load_catalogue", {}),
    ]
    for label, command, options in steps:
        started = _begin(label)
        call_command(command, stdout=sys.stderr, **options)
        _end(label, started)
    if not demo:
        return ""
    started = _begin("loading the demo")
    sign_ins = io.StringIO()
    call_command("seed_demo", stdout=sign_ins)
    _end("loading the demo", started)
    return sign_ins.getvalue()


def _begin(label: str) -> float:
    print(f"athleat: {label} …", file=sys.stderr, flush=True)
    return time.monotonic()


def _end(label: str, started: float) -> None:
    print(f"athleat: {label}: done in {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nutrition_site.settings")
    print(prepare(demo="--no-demo" not in sys.argv[1:]), end="", flush=True)


if __name__ == "__main__":
    main()
