"""Words and geometry: no code without a sentence, no bar without its number."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from planning.charts import CourseMeal, CourseSession, course_chart, lap, share, week_strip
from planning.wording import (
    CODES,
    allergens_in_words,
    assumed_in_words,
    check_name,
    input_name,
    remarks_on,
    source_in_words,
)

ROOT = Path(__file__).resolve().parents[2] / "planning"
CODE = re.compile(r"^[A-Z]{2,}(_[A-Z0-9]+)+$")
# Names of the packages' own exports, which are no codes of a day.
EXPORTS = {"CONSTANTS_VERSION", "ENGINE_VERSION", "OBJECTIVE_VERSION"}


def codes_in_the_calculations():
    files = [*(ROOT / "science").glob("*.py"), ROOT / "adjustments.py", ROOT / "services" / "inputs.py"]
    return {
        node.value
        for path in files
        if path.name != "constants_table.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.match(node.value)
    } - EXPORTS


def test_no_code_of_the_calculations_is_without_words():
    found = codes_in_the_calculations()
    assert ("EA_RED" in found, sorted(found - set(CODES))) == (True, [])


def test_no_sentence_shows_a_code_or_says_what_we_never_say():
    never = re.compile(r"[A-Z]{2,}_[A-Z]|\b(cheat|guilty|earned|burned off|slim|clean|bad|punish)\b", re.IGNORECASE)
    assert [code for code, (_, text, _) in CODES.items() if never.search(text)] == []


def test_a_sentence_of_the_planner_is_passed_on_as_it_is():
    assert [r.text for r in remarks_on(["Fiber is 61 g on 2026-11-21."])] == ["Fiber is 61 g on 2026-11-21."]


def test_the_same_code_is_said_once():
    assert len(remarks_on(["EA_RED", "EA_AMBER", "EA_RED"])) == 2


def test_where_numbers_are_withheld_what_is_about_amounts_stays_out():
    codes = ["EA_RED", "CHO_REDUCED_TO_FIT", "RESTRICTED_MODE_MINOR", "Protein is 90 g."]
    assert [r.code for r in remarks_on(codes, withheld=True)] == ["RESTRICTED_MODE_MINOR"]


def test_an_assumed_length_names_its_session():
    found = assumed_in_words(["evt_1.duration_minutes"], {"evt_1": "Swim"}, {"evt_1": 105.0})
    assert found == ["“Swim” has no length: 1 h 45 is assumed."]


def test_an_absent_allergen_counts_as_unknown_and_own_ones_come_first():
    words = allergens_in_words({"milk": "contains", "soy": "free", "eggs": "contains"}, allergies=["milk"])
    assert (words["contains"], "soy" in words["unknown"], "peanut" in words["unknown"]) == (
        ["milk", "egg"],
        False,
        True,
    )


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("weight_kg", ("weight", "kg")),
        ("point_g_per_kg", ("point", "g/kg")),
        ("rmr_kcal", ("rmr", "kcal")),
        ("tss", ("load", "")),
    ],
)
def test_the_unit_of_an_input_is_in_its_name(name, wanted):
    assert input_name(name) == wanted


def test_the_evidence_of_a_source_is_spelled_out():
    assert source_in_words("Boer 1984 [U]") == "Boer 1984 (general knowledge)"


def test_a_limit_on_a_food_group_reads_as_words():
    assert check_name("at_most_red_meat") == ("At most a week: red meat", "times")


def meal(minute, energy, slot="Lunch", *, feed=False):
    return CourseMeal(minute, "Dish", slot, energy, energy / 8, energy / 16, energy / 36, feed=feed)


def test_the_highest_meal_fills_the_chart_and_half_of_it_is_half_as_high():
    chart = course_chart([meal(450, 800.0), meal(750, 400.0)], [])
    heights = [sum(float(part["height"]) + 1 for part in bar["parts"]) for bar in chart["bars"]]
    assert heights == pytest.approx([108.0, 54.0], abs=0.2)


def test_the_parts_of_a_bar_lie_on_each_other_without_overlap():
    parts = course_chart([meal(450, 800.0)], [])["bars"][0]["parts"]
    tops = [float(part["y"]) for part in parts]
    bottoms = [float(part["y"]) + float(part["height"]) for part in parts]
    assert all(below >= above for below, above in zip(tops, bottoms[1:], strict=False))


def test_a_session_is_as_wide_as_it_is_long():
    chart = course_chart([meal(420, 500.0), meal(1140, 500.0)], [CourseSession(600, 180, "Ride", "3:00 h")])
    hours = {hour["label"]: float(hour["x"]) for hour in chart["hours"]}
    block = chart["blocks"][0]
    assert float(block["width"]) == pytest.approx(hours["12"] - hours["09"], abs=0.02)


def test_food_during_a_session_is_dots_and_not_a_bar():
    chart = course_chart([meal(620, 240.0, feed=True), meal(450, 500.0)], [CourseSession(600, 100, "Run", "")])
    block = chart["blocks"][0]
    assert (len(chart["bars"]), len(block["dots"]), block["feed_g"]) == (1, 4, 30.0)


def test_a_meal_of_unknown_energy_draws_nothing_and_breaks_nothing():
    unknown = CourseMeal(450, "Dish", "Lunch", None, None, None, None)
    assert course_chart([unknown], [])["bars"][0]["parts"] == []


def test_a_day_without_anything_has_no_chart():
    assert course_chart([], []) is None


def test_a_late_session_stays_inside_the_clock():
    chart = course_chart([], [CourseSession(1380, 180, "Night run", "")])
    block = chart["blocks"][0]
    assert float(block["x"]) + float(block["width"]) <= 100


def test_the_week_strip_draws_carbohydrate_and_its_target_on_one_scale():
    days = [
        {"tss": 150.0, "carbs_g": 500.0, "target_carbs_g": 250.0},
        {"tss": 0.0, "carbs_g": None, "target_carbs_g": 250.0},
    ]
    first, second = week_strip(days)
    assert (first["carbs"]["height"], first["target"]["height"], second["carbs"]) == ("84.0", "42.0", None)


@pytest.mark.parametrize(
    ("part", "whole", "wanted"), [(50, 200, "25.0"), (300, 200, "100.0"), (None, 200, "0.0"), (5, 0, "0.0")]
)
def test_a_lap_is_the_share_of_the_target_and_never_more_than_one(part, whole, wanted):
    assert lap(part, whole) == wanted


def test_a_share_of_nothing_is_nothing():
    assert share(3, 0) == "0.0"
