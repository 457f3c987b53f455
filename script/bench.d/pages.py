"""What pages cost an athlete: ms of processor and wall, queries, kB and requests of a first visit with an empty cache.

    script/bench pages [--rounds 20] [--only NAME …] [--write]

The built product (gunicorn, static files hashed and compressed) with the demo in it, signed in as the demo athlete.
Fails when a page takes more than 100 kB, more than 60 ms of processor at the median (wall time is told too, and means
as much on a machine that does nothing else), or more queries than `tests/page_queries.txt` says. `--write` writes that
file anew.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from script.support.audit.measured import PROCESSOR_MS, QUERIES, WALL_MS
from script.support.audit.site import Visitor, built_site
from script.support.audit.weight import Scales, Weight
from script.support.console import fail, say
from script.support.environment import ROOT
from script.support.pages import DEMO_EMAIL, SIGNED_IN, Page

MOST_KB, MOST_MS = 100.0, 60.0
BASELINE = ROOT / "tests" / "page_queries.txt"


@dataclass(frozen=True)
class Cost:
    """What one page cost: medians in ms, queries of a visit when caches are warm, and its weight."""

    name: str
    wall_ms: float
    processor_ms: float
    queries: int
    weight: Weight

    def beyond(self, known: dict[str, int]) -> list[str]:
        """What is more than promised, in words."""
        said = []
        if self.weight.page_kb > MOST_KB:
            said.append(f"{self.weight.page_kb:.0f} kB")
        if self.processor_ms > MOST_MS:
            said.append(f"{self.processor_ms:.0f} ms")
        if self.name not in known:
            said.append("no committed number of queries")
        elif self.queries > known[self.name]:
            said.append(f"{self.queries} queries instead of {known[self.name]}")
        return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pages = [page for page in SIGNED_IN if not options.only or page.name in options.only]
    folder = Path(tempfile.mkdtemp(prefix="athleat-pages-"))
    try:
        with built_site(Path(sys.executable), folder) as port:
            visitor, scales = Visitor(port), Scales(Visitor(port))
            visitor.sign_in(DEMO_EMAIL)
            say(f"visiting {len(pages)} pages, {options.rounds} times each …")
            costs = [measure(visitor, scales, page, options.rounds) for page in pages]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    known = read_baseline(BASELINE)
    if options.write:
        known |= {cost.name: cost.queries for cost in costs}
        kept = [page.name for page in SIGNED_IN if page.name in known]
        BASELINE.write_text("".join(f"{name} {known[name]}\n" for name in kept), encoding="utf-8")
    tell(costs, known)
    faults = {cost.name: said for cost in costs if (said := cost.beyond(known))}
    if faults:
        fail("; ".join(f"{name}: {', '.join(said)}" for name, said in faults.items()))
    say(f"all {len(costs)} pages are within {MOST_KB:.0f} kB, {MOST_MS:.0f} ms and their queries")


def read_baseline(path: Path) -> dict[str, int]:
    """Queries by the name of a page."""
    rows = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return {name: int(count) for name, _, count in (row.partition(" ") for row in rows if row)}


def measure(visitor: Visitor, scales: Scales, page: Page, rounds: int) -> Cost:
    """Visits a page until `rounds` visits are counted; the first one, which fills what is kept in memory, is not."""
    first = visitor.find(page)
    if first is None or first.status != page.status:
        fail(f"{page.name}: {'no link leads there' if first is None else first.status}")
    answers = [visitor.ask(first.url) for _ in range(rounds)]
    return Cost(
        page.name,
        statistics.median(float(answer.headers[WALL_MS.lower()]) for answer in answers),
        statistics.median(float(answer.headers[PROCESSOR_MS.lower()]) for answer in answers),
        max(int(answer.headers[QUERIES.lower()]) for answer in answers),
        scales.weigh(first),
    )


def tell(costs: list[Cost], known: dict[str, int]) -> None:
    """The table, the dearest page first."""
    print(f"{'page':18} {'processor':>9} {'wall':>8} {'queries':>8} {'kB':>6} {'requests':>8}  {'kB kept ahead':>13}")
    for cost in sorted(costs, key=lambda cost: -cost.processor_ms):
        print(
            f"{cost.name:18} {cost.processor_ms:6.1f} ms {cost.wall_ms:5.1f} ms {cost.queries:8} "
            f"{cost.weight.page_kb:6.1f} {len(cost.weight.page):8}  {cost.weight.worker_kb:13.1f}"
            f"{'  BEYOND' if cost.beyond(known) else ''}"
        )
    weight = max(cost.weight.page_kb for cost in costs)
    slowest = max(cost.processor_ms for cost in costs)
    print(f"heaviest {weight:.1f} kB, slowest {slowest:.1f} ms of processor")


if __name__ == "__main__":
    main()
