"""What the container image runs.

No argument: web, worker and beat in this one container. `web`, `worker` or `beat`: that one; what follows is added to
its command line. Anything else is a management command: `docker run IMAGE migrate` is `nutrition-ai migrate`.

Nothing here migrates: the web server answers `/health` from the start, worker and beat wait for the migrations.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from script.support import roles  # noqa: E402
from script.support.preflight import Refusal  # noqa: E402
from script.support.supervisor import Child, Supervisor  # noqa: E402

ROLES = ("web", "worker", "beat")
ANY_ADDRESS = "0.0.0.0"  # noqa: S104 - inside a container only published ports are reachable
# Below the 30 seconds that Kubernetes waits before it kills.
GRACE_SECONDS = 25


def children_for(role: str | None, extra: Sequence[str]) -> list[Child]:
    """The processes of `role`, or of all three. Raises `Refusal` for a PORT that is none."""
    environ = os.environ
    python = sys.executable
    web_argv, web_env = roles.web(python, host=ANY_ADDRESS, port=roles.port_of(environ), environ=environ)
    wait = [python, "-m", "script.support.after_migrations"]
    worker = [*wait, "--load-catalogue", *roles.worker(python, environ=environ)]
    beat = [*wait, *roles.beat(python, environ=environ)]
    alone = role is not None
    every = {
        "web": Child("web", [*web_argv, *extra], web_env),
        # Beside the web server these two are started again: a database that is away for a while must not end it.
        "worker": Child("worker", [*worker, *extra], essential=alone),
        "beat": Child("beat", [*beat, *extra], essential=alone),
    }
    return [every[role]] if role is not None else list(every.values())


def settings_refuse() -> int:
    """Exit code of reading the settings alone: their refusal is one log line here instead of one in each process."""
    return subprocess.run([sys.executable, "-c", "import nutrition_site.settings"], check=False).returncode


def main() -> int:
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    if arguments[:1] == ["nutrition-ai"]:
        arguments = arguments[1:] or ["help"]
    role = arguments[0] if arguments and arguments[0] in ROLES else None
    if arguments and role is None:
        os.execv(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments])  # noqa: S606
    refused = settings_refuse()
    if refused:
        return refused
    try:
        children = children_for(role, arguments[1:])
    except Refusal as refusal:
        roles.say_json(str(refusal))
        return 1
    return Supervisor(children, say=roles.say_json, grace_seconds=GRACE_SECONDS).run()


if __name__ == "__main__":
    sys.exit(main())
