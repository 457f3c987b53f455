"""`script/bootstrap [--dev]`: the environment, filled; prints the Python to use."""

from __future__ import annotations

import argparse

from script.support.console import end_on_terminate, say
from script.support.environment import ensure_environment


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bootstrap", description="Installs what the project needs.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    arguments = parser.parse_args()
    end_on_terminate()
    say(f"ready: {ensure_environment(development=arguments.dev)}")


if __name__ == "__main__":
    main()
