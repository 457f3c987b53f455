"""Every number of the calculations stands in the table, with its unit, its source and how far it can be trusted."""

import ast
from pathlib import Path

import pytest

from planning.science import constants
from planning.science.constants_activities import ACTIVITY_ROWS
from planning.science.constants_planner import PLANNER_ROWS

FOLDER = Path(constants.__file__).parent
MODULES = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("constants"))
# Arithmetic and units of time and mass: small whole numbers, percent, minutes and days, grams.
PLAIN = {0, 1, 2, 3, 4, 7, 60, 100, 1000, 1440, 3600, 1e-9, 1e-6}


def numbers_of(path):
    """Bare numbers in the code of a module, with their lines; those of default arguments are named by the caller."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    ]


# Defaults of arguments that restate what the specification gives as a default, each also a row of the table.
DEFAULTS = {
    "types.py": {
        1.4: "reference.pal_nonexercise",
        300.0: "reference.surplus_kcal",
        0.5: "reference.rate_pct_per_week",
    },
    "race.py": {90.0: "race.gut_ceiling"},
    "reference.py": {90.0: "race.gut_ceiling", 300: "reference.surplus_kcal", 14: "adaptive.window_days"},
    "load.py": {30: "load.np_window_seconds"},
}
# Algebra: the variance of a slope over n equal steps is 12 / (n (n^2 - 1)); a fourth root.
ALGEBRA = {"adaptive.py": {12}, "load.py": {0.25}}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_coefficient_stands_in_the_code(path):
    known = PLAIN | set(DEFAULTS.get(path.name, {})) | ALGEBRA.get(path.name, set())
    assert [(line, value) for line, value in numbers_of(path) if value not in known] == []


@pytest.mark.parametrize(
    ("value", "row"), sorted({(value, row) for rows in DEFAULTS.values() for value, row in rows.items()})
)
def test_a_default_of_an_argument_is_the_value_of_its_row(value, row):
    assert constants.number(row) == value


def test_the_defaults_of_a_profile_and_a_race_are_those_of_the_table():
    from planning.science.race import calculate_race_plan
    from planning.science.types import Profile

    assert Profile().rate_pct_per_week == constants.number("reference.rate_pct_per_week")
    assert (
        calculate_race_plan.__kwdefaults__["caffeine_mg_per_kg"] == constants.bounds("caffeine.proposed_mg_per_kg")[1]
    )
    assert calculate_race_plan.__kwdefaults__["meal_hours_before"] == constants.number("pre.hours_default")


def test_a_row_has_a_value_a_unit_a_source_and_an_evidence_tag():
    tags = {"V", "V1", "U", "E"}
    assert [
        name
        for name, value, unit, source, tag in constants.ALL_ROWS
        if value is None or not unit or len(source) <= 5 or tag not in tags
    ] == []


def test_no_name_stands_in_the_table_twice():
    names = [row[0] for row in constants.ALL_ROWS]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_row_that_is_read_by_a_literal_name_exists():
    readers = {"number", "numbers", "bounds", "curve", "source"}
    missing = []
    for path in [*MODULES, *FOLDER.parent.glob("*.py"), *(FOLDER.parent / "services").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            name = getattr(called, "id", getattr(called, "attr", None))
            if name in readers and node.args and isinstance(node.args[0], ast.Constant):
                text = node.args[0].value
                if isinstance(text, str) and "." in text and text not in constants.CONSTANTS:
                    missing.append((path.name, text))
    assert missing == []


def test_activities_carry_their_code_and_the_compendium():
    run = constants.CONSTANTS["met.code.12050"]
    assert (run.value, run.tag, "2024 Adult Compendium" in run.source) == (9.3, "V", True)
    assert constants.CONSTANTS["met.code.12200"].tag == "V1"
    assert len(ACTIVITY_ROWS) > 90


def test_the_planners_defaults_are_rows():
    names = {row[0] for row in PLANNER_ROWS}
    assert {"meal.share.lunch", "during.day_carbs_share_max", "day.fiber_low", "session.assumed_minutes"} <= names


def test_the_engine_version_changes_with_any_value(monkeypatch):
    from dataclasses import replace

    before = constants._digest()
    row = constants.CONSTANTS["met.code.12050"]
    monkeypatch.setitem(constants.CONSTANTS, "met.code.12050", replace(row, value=9.4))
    assert (before in constants.ENGINE_VERSION, constants._digest() == before) == (True, False)


def test_a_rule_of_our_own_says_so_and_a_paper_keeps_its_evidence():
    assert constants.source("deficit.max_kcal") == "AthlEAT's own rule"
    assert constants.source("carbs.point").startswith("AthlEAT's own rule, after Burke 2011")
    assert constants.source("rmr.mifflin.M").endswith("[V]")
