"""`python -m tests.nursery MODULE…`: sets Django up once, then forks a process for each piece of code that it reads.

Orders are lines of JSON on the standard input: `{"code": …, "output": path}` answers with the number of the new
process, which writes both its outputs into that file; `{"wait": number}` answers with the exit code once it has ended;
`{"learn": code}` runs the code right here, so that every later process begins with what it left in memory.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import traceback


def main() -> None:
    import django

    django.setup()
    for name in sys.argv[1:]:
        importlib.import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        if "learn" in order:
            learn(order["learn"])
            print(0, flush=True)
            continue
        if "wait" in order:
            print(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]), flush=True)
            continue
        number = os.fork()
        if number == 0:
            live(order["code"], order["output"])
        print(number, flush=True)


def learn(code: str) -> None:
    """Ends with no connection open, for two processes cannot share one."""
    from tests.first_database import disconnect

    exec(code, {"__name__": "__main__"})
    disconnect()


def live(code: str, output: str) -> None:
    """What the new process does instead of reading orders; it ends here."""
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(written, stream)
    failed = 0
    try:
        exec(code, {"__name__": "__main__"})
    except BaseException:
        traceback.print_exc()
        failed = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(failed)


if __name__ == "__main__":
    main()
