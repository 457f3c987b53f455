"""The hand-labeled titles, and how far a reader of titles agrees with them.

Every label in `corpus.csv` is what a coach would mean by the title (and the description, where there is one), written
before any reader saw it; an empty field is unknown. The rules of the labels:

- Effort follows the product's words: easy, recovery, Z1 are easy; endurance, long, steady, Z2 are moderate; tempo,
  threshold, intervals, VO2, race pace are hard, also inside an easier session. A kind of session alone ("jog",
  "footing", "rodaje", "strength") says no effort. A race is raced.
- Duration and distance are those of the whole session. Repeats are its inside and add up only when warm-up and
  cool-down frame them, and in the pool. A range is its middle. A marathon is 42.195 km.
- Walking the dog, errands and rides to the airport are daily life, which the day's base already holds: not training.
  So are courses at work, other people's games, and everything that is only near sport (expo, bike shop, physio).
  Riding to work is exercise.
- A camp, a taper week or "TBD" says nothing about one day: unclassified.

The first 809 titles were labeled before the reader learned other languages than a little German, French and Serbian.
Whoever wrote the word lists knew these titles, so the rest came later to see the reader meet strangers, each labeled
first and read once before anything was changed: of 142 titles made to mislead, the sport of 87 %, the length of 97 %
and the effort of 93 % were right and 10 counted as training wrongly; of 70 plain ones 96 %, 100 %, 96 % and 1.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from athletes.titles import ParsedTitle, parse_title

FIELDS = ("type", "sport", "duration_minutes", "distance_km", "intensity", "tss")
TOLERANCE = 0.1
TRAINING = ("workout", "race")


@dataclass(frozen=True, slots=True)
class Labeled:
    """A title with what it means. None is unknown."""

    title: str
    description: str
    language: str
    labels: Mapping[str, str | float | None]

    @property
    def held_back(self) -> bool:
        """A third of the titles, by a hash of the title: the reader was never fitted to these."""
        return int(hashlib.sha256(self.title.encode()).hexdigest(), 16) % 3 == 0


@dataclass(slots=True)
class Score:
    """Of `asked` titles `right` were read as labeled; `wrong` holds (title, label, read)."""

    asked: int = 0
    right: int = 0
    wrong: list[tuple[str, object, object]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 1.0


def load_corpus() -> list[Labeled]:
    with (Path(__file__).parent / "corpus.csv").open(encoding="utf-8", newline="") as file:
        return [_labeled(row) for row in csv.DictReader(file)]


def _labeled(row: dict[str, str]) -> Labeled:
    words = {name: row[name] or None for name in ("type", "sport", "intensity")}
    numbers = {name: float(row[name]) if row[name] else None for name in ("duration_minutes", "distance_km", "tss")}
    return Labeled(row["title"], row["description"], row["language"], {**words, **numbers})


def agrees(label: str | float | None, read: str | float | None) -> bool:
    """Words and unknowns exactly, numbers within a tenth."""
    if isinstance(label, float) and isinstance(read, float):
        return abs(read - label) <= TOLERANCE * label
    return label == read


def score(rows: Iterable[Labeled], name: str, *, spoken_only: bool) -> Score:
    """How often the field `name` is read as labeled.

    With `spoken_only`, titles count only where the label or the reader states something: two unknowns that agree
    would flatter the reader.
    """
    result = Score()
    for row in rows:
        label, read = row.labels[name], getattr(read_row(row), name)
        if spoken_only and label is None and read is None:
            continue
        result.asked += 1
        if agrees(label, read):
            result.right += 1
        else:
            result.wrong.append((row.title, label, read))
    return result


def read_row(row: Labeled) -> ParsedTitle:
    return parse_title(row.title, row.description)


def false_training(rows: Iterable[Labeled]) -> list[str]:
    """The titles that are no training and were counted as training."""
    return [row.title for row in rows if row.labels["type"] not in TRAINING and read_row(row).type in TRAINING]


def report(rows: Iterable[Labeled], *, mistakes: bool = False) -> str:
    """Accuracy by field, by type and by language, for people; with `mistakes` also each disagreement."""
    kept = list(rows)
    lines = [f"{len(kept)} titles"]
    for name in FIELDS:
        all_of, spoken = score(kept, name, spoken_only=False), score(kept, name, spoken_only=True)
        lines.append(
            f"{name:18} {all_of.share:7.1%} of all, {spoken.share:7.1%} of the {spoken.asked} that speak of it"
        )
    for kind in ("type", "language"):
        groups: dict[object, list[Labeled]] = defaultdict(list)
        for row in kept:
            groups[row.language if kind == "language" else row.labels["type"]].append(row)
        for group, members in sorted(groups.items(), key=lambda pair: str(pair[0])):
            shares = (f"{name} {score(members, name, spoken_only=False).share:.1%}" for name in FIELDS)
            lines.append(f"{kind} {group} ({len(members)}): {', '.join(shares)}")
    lines.append(f"counted as training and is none: {false_training(kept)}")
    if mistakes:
        for name in FIELDS:
            lines += [
                f"{name}: {title!r} means {label}, read {read}"
                for title, label, read in score(kept, name, spoken_only=False).wrong
            ]
    return "\n".join(lines)
