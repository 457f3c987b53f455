"""Lighthouse over the pages that an athlete opens most."""

from __future__ import annotations

import json
import statistics
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

from script.support.audit.site import Visitor
from script.support.console import fail, say
from script.support.pages import BROWSER_ARGUMENTS, DEMO_EMAIL, SIGNED_IN
from script.support.supervisor import end_with_parent

PAGES = ("today", "week", "shopping")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 95}
SECONDS_A_RUN = 120


def audit_lighthouse(node: str, tools: Path, port: int, browser: str, *, only: list[str], runs: int) -> list[str]:
    """Says the median scores of each page; returns those that are too low, in words."""
    names = [page.name for page in SIGNED_IN if page.name in (only or PAGES)]
    visitor = Visitor(port)
    visitor.sign_in(DEMO_EMAIL)
    urls = {}
    for page in SIGNED_IN:
        if page.name in names:
            answer = visitor.find(page)
            if answer is None or answer.status != page.status:
                fail(f"{page.name} cannot be reached")
            urls[f"http://127.0.0.1:{port}{answer.url}"] = page.name
    order = {
        "chromium": browser,
        "arguments": list(BROWSER_ARGUMENTS),
        "cookie": "; ".join(f"{name}={value}" for name, value in visitor.cookies.items()),
        "runs": runs,
        "urls": list(urls),
    }
    found = defaultdict(list)
    for row in _run(node, tools, order):
        if row["at"].partition("?")[0] != row["url"].partition("?")[0]:
            fail(f"{row['url']} led to {row['at']}: the session did not hold")
        found[urls[row["url"]]].append(row)
    faults = []
    for name, rows in found.items():
        scores = {kind: statistics.median(row["scores"][kind] for row in rows) for kind in LEAST}
        measures = {kind: statistics.median(row["measures"][kind] for row in rows) for kind in rows[0]["measures"]}
        say(f"{name}: " + ", ".join(f"{kind} {score:.0f}" for kind, score in scores.items()))
        print("  " + ", ".join(f"{kind} {value:.3g}" for kind, value in measures.items()), flush=True)
        for words in sorted({words for row in rows for words in row["found"]}):
            print(f"  {words}", flush=True)
        faults += [
            f"{name}: {kind} {scores[kind]:.0f}, not {least}" for kind, least in LEAST.items() if scores[kind] < least
        ]
    return faults


def _run(node: str, tools: Path, order: dict[str, Any]) -> list[dict[str, Any]]:
    most = SECONDS_A_RUN * order["runs"] * len(order["urls"])
    done = subprocess.run(
        [node, "lighthouse.mjs"],
        cwd=tools,
        input=json.dumps(order) + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=most,
        preexec_fn=end_with_parent,
    )
    if done.returncode != 0:
        fail(f"{done.stderr.strip()}\nathleat: Lighthouse did not get to its end (see above).")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
