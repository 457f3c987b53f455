"""Five hundred damaged calendars of the soak: none of them is a crash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_five_hundred_damaged_feeds_are_read_or_refused(tmp_path):
    """Runs apart: the soak forks, which a process with threads must not."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path)}
    program = [sys.executable, "script/soak.d/feeds.py", "--count", "500", "--seed", "4", "--processes", "1"]
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert "500 inputs, 0 crashes" in done.stdout, done.stdout + done.stderr
    outcomes = {words: int(count) for count, words in re.findall(r"^ +(\d+)  (.+)$", done.stdout, re.MULTILINE)}
    assert outcomes["read, with events"] > 150
    assert sum(count for words, count in outcomes.items() if words.startswith("refused")) > 50
