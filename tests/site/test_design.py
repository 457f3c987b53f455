"""The design language is described as it is built: what `docs/design.md` names exists, and every token is named."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/design.md").read_text()
SHEETS = "".join(path.read_text() for path in sorted((ROOT / "static/css").glob("*.css")))
TOKENS = (ROOT / "static/css/athleat.css").read_text().split("@layer tokens {")[1].split("[data-theme")[0]
DEFINED = set(re.findall(r"^\s*(--[a-z0-9-]+):", TOKENS, re.MULTILINE))
NAMED = re.findall(r"`([^`\n]+)`", PAGE)


def test_every_token_that_is_described_is_defined():
    assert [name for name in NAMED if name.startswith("--") and name not in DEFINED] == []


def test_every_token_that_is_defined_is_described():
    heat = {f"--h{step}" for step in range(5)}
    assert sorted(DEFINED - set(NAMED) - heat) == []


def test_every_class_that_is_described_is_in_a_stylesheet():
    classes = [name[1:] for name in NAMED if re.fullmatch(r"\.[a-z][a-z-]*", name)]
    assert len(classes) > 40
    assert [name for name in classes if not re.search(rf"\.{name}\b(?!-)", SHEETS)] == []


def test_every_partial_that_is_described_exists():
    described = {name for name in NAMED if name.endswith(".html")}
    missing = [name for name in described if not (ROOT / "templates/components" / name).is_file()]
    assert missing == []


def test_every_file_that_is_described_exists():
    paths = [name for name in NAMED if "/" in name]
    assert paths
    assert [name for name in paths if not (ROOT / name).exists()] == []


def test_the_layers_are_those_of_the_stylesheet():
    order = re.search(r"@layer ([a-z,\s]+);", SHEETS)
    described = re.search(r"Layers: (.+?)\.", PAGE)
    assert re.findall(r"`([a-z]+)`", described[1]) == [name.strip() for name in order[1].split(",")]
