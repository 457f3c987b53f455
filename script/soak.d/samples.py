"""The samples of the other soaks in the test suite, which `script/test` leaves out, on PostgreSQL and Redis.

    script/soak samples [ARGUMENTS OF PYTEST]

They are the tests marked `long`. Ends with the closing line of pytest and its exit code.
"""

from __future__ import annotations

import sys
from pathlib import Path

from script.support.console import end_on_terminate, fail
from script.support.services import ServiceError
from script.support.test_suite import run_samples, summarize


def main() -> None:
    end_on_terminate()
    try:
        outcome = run_samples(Path(sys.executable), sys.argv[1:])
    except ServiceError as error:
        fail(str(error))
    print(summarize([outcome]), flush=True)
    sys.exit(outcome.code)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        fail("stopped.", code=130)
