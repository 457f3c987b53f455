"""html-validate over the pages of the product as the server sends them."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from script.support.audit.site import Visitor
from script.support.console import fail, say
from script.support.pages import COACH_EMAIL, DEMO_EMAIL, SIGNED_IN, SIGNED_OUT, Page
from script.support.supervisor import end_with_parent

ADMIN = [
    Page("admin-index", "/admin/"),
    Page("admin-athletes", "/admin/athletes/athlete/"),
]
SECONDS = 300


def audit_html(node: str, tools: Path, folder: Path, port: int, *, only: list[str]) -> list[str]:
    """Says what html-validate finds; returns what is wrong with pages of our own."""
    faults, own = [], folder / "pages"
    for kind, email, pages in (("", None, SIGNED_OUT), ("", DEMO_EMAIL, SIGNED_IN), ("admin", COACH_EMAIL, ADMIN)):
        visitor = Visitor(port)
        if email:
            visitor.sign_in(email)
        for page in pages:
            if only and page.name not in only:
                continue
            answer = visitor.find(page)
            if answer is None or answer.status != page.status:
                faults.append(f"{page.name}: {'no link leads there' if answer is None else answer.status}")
                continue
            place = own / kind
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{page.name}.html").write_bytes(answer.body)
    pages_seen = sorted(own.glob("*.html"))
    faults += _judge(node, tools, pages_seen)
    say(f"{len(pages_seen)} pages, {len(faults)} findings")
    theirs = _judge(node, tools, sorted((own / "admin").glob("*.html")))
    rules = Counter(row.rpartition(" ")[2] for row in theirs)
    if theirs:
        told = ", ".join(f"{count} {rule}" for rule, count in rules.most_common())
        say(f"the admin theme: {len(theirs)} findings, not counted: {told}")
    return faults


def _judge(node: str, tools: Path, files: list[Path]) -> list[str]:
    """The findings in files, as `page:line: words rule`."""
    if not files:
        return []
    # Written to a file: through a pipe it ends after 64 kB.
    report = files[0].parent / "report.json"
    program = tools / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    done = subprocess.run(
        [node, str(program), "--config", "html-validate.config.mjs", "--formatter", f"json={report}", *map(str, files)],
        cwd=tools,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
        preexec_fn=end_with_parent,
    )
    try:
        results: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        fail(f"{done.stdout}{done.stderr}\nathleat: html-validate did not get to its end (see above).")
    return [
        f"{Path(result['filePath']).stem}:{row['line']}: {row['message']} ({row.get('selector') or ''}) {row['ruleId']}"
        for result in results
        for row in result["messages"]
    ]
