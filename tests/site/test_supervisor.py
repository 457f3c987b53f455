"""Running several processes as one program: how they start, how they stop, what outlives what."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 20
SUPERVISE = """
import sys
from script.support.supervisor import Child, Supervisor
children = [Child(name, [sys.executable, "-c", code], essential=name != "helper") for name, code in CHILDREN.items()]
sys.exit(Supervisor(children, say=lambda text: print(text, flush=True), grace_seconds=GRACE).run())
"""
SLEEPER = "import pathlib, time; pathlib.Path({ready!r}).touch(); time.sleep(60)"
FINISHER = (
    "import pathlib, signal, sys, time\n"
    "def finish(*_): pathlib.Path({done!r}).touch(); sys.exit(0)\n"
    "signal.signal(signal.SIGTERM, finish); pathlib.Path({ready!r}).touch(); time.sleep(60)"
)
STUBBORN = (
    "import pathlib, signal, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN); pathlib.Path({ready!r}).touch(); time.sleep(60)"
)


def start_supervisor(children: dict[str, str], *, grace_seconds: float = 10) -> subprocess.Popen[str]:
    code = f"CHILDREN = {children!r}\nGRACE = {grace_seconds!r}\n{SUPERVISE}"
    argv = [sys.executable, "-c", code]
    return subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_for(happened) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_reaches_every_child_as_term_and_is_waited_for(tmp_path, number):
    paths = {name: (str(tmp_path / f"{name}-ready"), str(tmp_path / f"{name}-done")) for name in ("web", "worker")}
    children = {name: FINISHER.format(ready=ready, done=done) for name, (ready, done) in paths.items()}
    supervisor = start_supervisor(children)
    wait_for(lambda: all(Path(ready).exists() for ready, _ in paths.values()))
    supervisor.send_signal(number)
    assert supervisor.wait(PATIENCE_SECONDS) == 0
    assert all(Path(done).exists() for _, done in paths.values())


def test_the_death_of_one_child_stops_the_other_and_is_named(tmp_path):
    done = tmp_path / "done"
    ready = tmp_path / "ready"
    dying = f"import pathlib, sys, time\nwhile not pathlib.Path({str(ready)!r}).exists(): time.sleep(0.02)\nsys.exit(3)"
    finisher = FINISHER.format(ready=str(ready), done=str(done))
    supervisor = start_supervisor({"the worker": dying, "the web server": finisher})
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert output == "the worker ended unexpectedly (exit code 3); stopping the others.\n"
    assert supervisor.returncode == 3
    assert done.exists()


def test_a_child_that_ends_without_an_error_still_ends_the_whole_with_one():
    supervisor = start_supervisor({"web": "pass"})
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert (supervisor.returncode, output) == (1, "web ended unexpectedly (exit code 0); stopping.\n")


def test_a_child_that_ignores_term_is_killed_after_the_grace_time(tmp_path):
    ready = tmp_path / "ready"
    supervisor = start_supervisor({"web": STUBBORN.format(ready=str(ready))}, grace_seconds=0.3)
    wait_for(ready.exists)
    supervisor.terminate()
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert output == "killing web\n"


def test_a_second_signal_does_not_wait_for_the_grace_time(tmp_path):
    ready = tmp_path / "ready"
    supervisor = start_supervisor({"web": STUBBORN.format(ready=str(ready))}, grace_seconds=600)
    wait_for(ready.exists)
    supervisor.terminate()
    time.sleep(0.5)
    supervisor.terminate()
    assert supervisor.communicate(timeout=PATIENCE_SECONDS)[0] == "killing web\n"


def test_a_child_that_is_not_essential_is_started_again(tmp_path):
    starts = tmp_path / "starts"
    helper = f"import sys; open({str(starts)!r}, 'a').write('x'); sys.exit(1)"
    supervisor = start_supervisor({"web": SLEEPER.format(ready=str(tmp_path / "ready")), "helper": helper})
    wait_for(lambda: starts.exists() and len(starts.read_text()) >= 2)
    supervisor.terminate()
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert output.splitlines()[0] == "helper ended (exit code 1); starting it again in 1 s"
    assert supervisor.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_a_killed_child_had_started_does_not_outlive_it(tmp_path):
    pids = tmp_path / "pids"
    parent = (
        "import os, subprocess, sys, time\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{inner.pid}}\\n')\n"
        "time.sleep(60)"
    )
    supervisor = start_supervisor({"worker": parent})
    wait_for(lambda: pids.exists() and pids.read_text().endswith("\n"))
    outer, inner = (int(word) for word in pids.read_text().split())
    os.kill(outer, signal.SIGKILL)
    output, _ = supervisor.communicate(timeout=PATIENCE_SECONDS)
    assert output == "worker ended unexpectedly (killed by SIGKILL); stopping.\n"
    wait_for(lambda: not is_alive(inner))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux tells the children")
def test_children_end_even_when_the_supervisor_is_killed(tmp_path):
    ready, done = tmp_path / "ready", tmp_path / "done"
    supervisor = start_supervisor({"web": FINISHER.format(ready=str(ready), done=str(done))})
    wait_for(ready.exists)
    supervisor.kill()
    supervisor.wait(PATIENCE_SECONDS)
    wait_for(done.exists)
