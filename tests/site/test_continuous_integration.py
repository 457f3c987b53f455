"""What continuous integration runs, what it says last, and what of the suite it alone runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from script.support import test_suite

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("check", "test", "e2e", "soak samples")
# What `script/test` leaves to `script/soak samples`: samples of what a soak does in the thousands, and nothing else.
SAMPLES = {
    "advisor/test_evaluation_sample.py",
    "planning/optimizer/test_hopeless_weeks.py",
    "planning/test_soak_sample.py",
    "planning/test_thirty_athletes.py",
}
MOST_SAMPLES = 5


def test_nothing_but_the_samples_of_soaks_is_left_out_of_the_suite():
    tests = ROOT / "tests"
    marked = [path for path in tests.rglob("*.py") if test_suite.LONG_MARK in path.read_text(encoding="utf-8")]
    assert {path.relative_to(tests).as_posix() for path in marked} == SAMPLES
    assert len(SAMPLES) <= MOST_SAMPLES


def test_a_run_of_the_samples_finds_every_one_of_them():
    found = test_suite.files_with(test_suite.LONG_MARK, ROOT / "tests")
    assert found == sorted(str(ROOT / "tests" / name) for name in SAMPLES)


@pytest.mark.parametrize(
    ("failing", "code", "last"),
    [
        ({}, 0, "test"),
        ({"check": 3}, 3, "test"),
        ({"test": 4}, 4, "test"),
        ({"e2e": 5}, 5, "e2e"),
        ({"soak samples": 6}, 6, "soak samples"),
        ({"check": 3, "e2e": 5, "soak samples": 6}, 5, "e2e"),
        ({"test": 4, "e2e": 5, "soak samples": 6}, 4, "test"),
    ],
)
def test_every_step_is_run_and_the_first_that_failed_has_the_last_word(tmp_path, failing, code, last):
    (tmp_path / ".ci").mkdir()
    (tmp_path / "script").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    ends = "\n".join(f'"{step}") exit {failing.get(step, 0)};;' for step in STEPS)
    for name in ("check", "test", "e2e", "soak"):
        step = tmp_path / "script" / name
        step.write_text(f'#!/bin/sh\nset -- "{name}${{1:+ $1}}"\necho "end of $1"\ncase "$1" in\n{ends}\nesac\n')
        step.chmod(0o755)
    # Any program there is stands for the browser, so that none is installed.
    done = subprocess.run(
        [tmp_path / ".ci" / "run"], env={"PATH": os.environ["PATH"], "CHROMIUM": "sh"}, capture_output=True, text=True
    )
    told = done.stdout.splitlines()
    assert (done.returncode, told[-1]) == (code, f"end of {last}"), done.stderr
    assert told[: len(STEPS)] == [f"end of {step}" for step in STEPS]
