"""Constants that are changed while the program runs: who reads what, how far a value may go, and what never moves."""

import json
import math
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from planning.science import constants, day
from planning.science.constants import CONSTANTS, PUBLISHED, Revision, hold_table, number, table_of, use_revision
from planning.science.constants_limits import (
    is_editable,
    limits_in_words,
    may_sign,
    problems_of,
    spans_of,
    why_fixed,
)
from planning.science.constants_rules import FIXED, ORDERED, RULES
from planning.science.constants_values import as_json, flat, in_words, read_value, value_of
from planning.science.types import Profile, Session

ROOT = Path(constants.__file__).parents[2]
OLDER = Profile(sex="F", age_years=70, weight_kg=60, height_cm=165, pal_nonexercise=1.8)
# Floors and blocks go up only, what lowers energy or raises doses goes down only. By name, so that no rule is lost.
ONLY_UP = {
    "adaptive.min_food_days", "adaptive.min_weigh_ins", "block.bmi_below", "block.body_fat_below.F",
    "block.body_fat_below.M", "caffeine.cutoff_hours", "deficit.race_week_days", "ea.amber.F", "ea.amber.M",
    "ea.amber_share_of_balance", "ea.red", "fat.floor_g_per_kg", "fat.loading_floor_share", "floor.kcal.F",
    "floor.kcal.M", "fluid.small_body_kg",
}  # fmt: skip
ONLY_DOWN = {
    "adaptive.publish_sd_kcal", "caffeine.late_mg", "day.carbs_tolerance", "day.energy_tolerance",
    "day.protein_most_factor", "day.sodium_high", "deficit.max_kcal", "deficit.max_share", "deficit.prefill_max_kcal",
    "deficit.weeks_max", "during.long", "during.product_carbs_max_g", "ea.logged_days_min", "ea.logged_red_days",
    "protein.cap_per_kg", "race.gut_gi_score_max", "race.gut_step", "race.triathlon_run_gut_factor",
    "screening.lock_from", "sodium.salty_tested_mg_h", "train_low.max_minutes", "train_low.max_per_week",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _published():
    yield
    use_revision(None)


def rebuilt(value, numbers):
    """A value of the same shape from other numbers."""
    left = iter(numbers)
    if not isinstance(value, tuple):
        return next(left)
    return tuple(tuple(next(left) for _ in one) if isinstance(one, tuple) else next(left) for one in value)


def test_without_a_revision_the_table_and_its_version_are_the_published_ones():
    assert (constants.table_in_force(), constants.engine_version()) == (PUBLISHED, constants.ENGINE_VERSION)
    assert use_revision(Revision(9, {"protein.older_point": 1.6})) is PUBLISHED
    published = f"{constants.CODE_VERSION}+c{constants.CONSTANTS_VERSION}.{constants._digest()}"
    assert published == constants.ENGINE_VERSION


def test_a_revision_changes_what_is_read_and_names_itself_in_the_version_and_the_targets():
    before = day.calculate_day_targets(OLDER, ())
    table = use_revision(Revision(7, {"protein.older_point": 1.8, "meal.share.lunch": (0.2, 0.4)}))
    after = day.calculate_day_targets(OLDER, ())
    assert (number("protein.older_point"), constants.bounds("meal.share.lunch")) == (1.8, (0.2, 0.4))
    # 0.2 g/kg more for 60 kg.
    assert after.protein_g - before.protein_g == pytest.approx(12.0)
    assert (after.engine_version, after.constants_version) == (table.engine_version, f"{constants.CONSTANTS_VERSION}r7")
    assert table.engine_version.startswith(f"{constants.CODE_VERSION}+c{constants.CONSTANTS_VERSION}r7.")
    use_revision(None)
    assert day.calculate_day_targets(OLDER, ()) == before


def test_the_digest_covers_every_changed_value():
    versions = {table_of(Revision(1, {"during.spread": value})).engine_version for value in (0.1, 0.11, 0.12)}
    assert len(versions) == 3


def test_a_name_that_the_table_does_not_have_is_refused_and_nothing_changes():
    with pytest.raises(KeyError):
        use_revision(Revision(1, {"protein.older_pint": 1.8}))
    assert constants.table_in_force() is PUBLISHED


def test_what_is_held_stays_while_another_table_comes_into_force():
    with hold_table():
        use_revision(Revision(2, {"protein.older_point": 1.9}))
        assert number("protein.older_point") == 1.6
    assert number("protein.older_point") == 1.9


def test_a_trial_is_read_by_nobody_else():
    with hold_table(table_of(Revision(3, {"protein.older_point": 1.9}))):
        seen = []
        other = threading.Thread(target=lambda: seen.append(number("protein.older_point")))
        other.start()
        other.join()
        assert (number("protein.older_point"), seen) == (1.9, [1.6])


def test_what_is_built_of_constants_is_built_once_for_each_table():
    from planning.placing import placing

    first = placing()
    use_revision(Revision(4, {"meal.minute.lunch": 780}))
    assert (placing().default_minutes["lunch"], placing() is placing(), first.default_minutes["lunch"]) == (
        780,
        True,
        750,
    )
    use_revision(None)
    assert placing() is first


def test_threads_never_calculate_half_under_one_table_and_half_under_another():
    """Each thread holds a table while another one swaps it as fast as it can; each answer is one of the two."""
    run = (Session("run", 60, intensity="hard"),)
    changed = Revision(5, {"protein.older_point": 1.9, "carbs.half_width": ((0, 0.8), (67.5, 0.8), (145, 1.5))})
    whole = set()
    for revision in (None, changed):
        use_revision(revision)
        whole.add(told(run))
    stop, seen, broken = threading.Event(), set(), []

    def calculate():
        try:
            while not stop.is_set():
                with hold_table():
                    seen.add(told(run))
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=calculate) for _ in range(3)]
    for thread in threads:
        thread.start()
    for step in range(24):
        use_revision(changed if step % 2 else None)
        stop.wait(0.0005)
    stop.set()
    for thread in threads:
        thread.join()
    assert (broken, len(whole), seen <= whole) == ([], 2, True)


def told(sessions):
    targets = day.calculate_day_targets(OLDER, sessions)
    return targets.engine_version, targets.protein_g, targets.carbs_low_g, targets.carbs_high_g


def test_every_choice_of_ours_has_a_rule_or_a_reason_to_wait_for_a_release():
    ours = {name for name, row in CONSTANTS.items() if row.tag == "E"}
    assert (set(RULES) | set(FIXED), set(RULES) & set(FIXED)) == (ours, set())


def test_literature_is_never_changed_while_the_program_runs():
    others = [name for name, row in CONSTANTS.items() if row.tag != "E"]
    assert [name for name in others if is_editable(name) or may_sign(name) or not why_fixed(name)] == []
    assert problems_of("protein.lose", (1.6, 2.0, 2.3)) == (why_fixed("protein.lose"),)


def test_what_guards_athletes_moves_one_way_only():
    assert {name for name, rule in RULES.items() if rule.safe == "up"} == ONLY_UP
    assert {name for name, rule in RULES.items() if rule.safe == "down"} == ONLY_DOWN
    loosened = {
        name: problems_of(name, rebuilt(CONSTANTS[name].value, [one * factor for one in flat(CONSTANTS[name].value)]))
        for names, factor in ((ONLY_UP, 0.99), (ONLY_DOWN, 1.01))
        for name in names
    }
    assert [name for name, problems in loosened.items() if not problems] == []


def test_row_by_row_the_published_value_fits_and_what_lies_beyond_a_bound_does_not():
    wrong = []
    for name in RULES:
        value, spans = CONSTANTS[name].value, spans_of(name)
        if problems_of(name, value):
            wrong.append((name, "published"))
        for place, (low, high) in enumerate(spans):
            for beyond in (low - abs(low) * 0.01 - 0.001, high + abs(high) * 0.01 + 0.001, math.inf, math.nan):
                numbers = list(flat(value))
                numbers[place] = beyond
                if not problems_of(name, rebuilt(value, numbers)):
                    wrong.append((name, place, beyond))
        if not limits_in_words(name):
            wrong.append((name, "words"))
    assert wrong == []


def test_row_by_row_another_shape_is_refused():
    wrong = []
    for name in RULES:
        value = CONSTANTS[name].value
        others = [(*value, value[-1]), value[:-1], flat(value)[0]] if isinstance(value, tuple) else [(value,), ()]
        wrong += [(name, other) for other in others if not problems_of(name, other)]
    assert wrong == []


def test_row_by_row_what_rises_must_not_fall():
    rows = [name for name in RULES if len(flat(CONSTANTS[name].value)) > 1 and RULES[name].rising is None]
    fell = {}
    for name in rows:
        value = CONSTANTS[name].value
        numbers = flat(value)
        if list(numbers) == sorted(numbers) and numbers[0] != numbers[-1]:
            fell[name] = problems_of(name, rebuilt(value, numbers[::-1]))
    assert (len(fell) > 15, [name for name, problems in fell.items() if not problems]) == (True, [])
    assert "must not fall" in problems_of("carbs.point", ((0, 3), (15, 3), (45, 6), (90, 5), (200, 9), (365, 12)))[0]
    assert "must not fall" in problems_of("load.intensity_rpe", (3, 5, 4, 8, 5))[0]


def test_rows_that_bound_each_other_stay_in_order():
    assert [
        row for row in ORDERED if flat(CONSTANTS[row[0]].value)[row[1]] > flat(CONSTANTS[row[2]].value)[row[3]]
    ] == []
    assert problems_of("deficit.max_kcal", 450) == (
        "500 of deficit.prefill_max_kcal would be above 450 of deficit.max_kcal.",
    )
    assert problems_of("deficit.max_kcal", 450, {"deficit.prefill_max_kcal": 400}) == ()
    assert problems_of("ea.red", 40, {"ea.amber.M": 41}) == ()
    assert "41 of ea.red" in problems_of("ea.red", 41, {"ea.amber.M": 40})[-1]


def test_the_shares_of_all_meals_hold_a_day():
    problems = problems_of("meal.share.dinner", (0.18, 0.25))
    assert problems == ("The largest shares of all meals come to 1.19; a day needs at least 1.2.",)


def test_shares_of_a_race_add_up():
    assert problems_of("met.duathlon_shares", (0.55, 0.4)) == ("The numbers must add up to 1; they come to 0.95.",)
    assert problems_of("met.duathlon_shares", (0.55, 0.45)) == ()


def test_whole_numbers_stay_whole():
    assert problems_of("meal.minute.lunch", 745.5) == ("Whole numbers only.",)


def test_every_value_is_read_as_it_is_written_and_stored():
    values = {name: row.value for name, row in CONSTANTS.items()}
    assert {name: read_value(in_words(value)) for name, value in values.items()} == values
    assert {name: value_of(json.loads(json.dumps(as_json(value)))) for name, value in values.items()} == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,,2",
        "1e9",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "(1: 2), 3",
        "(1: 2",
        "((1: 2))",
        "1;2",
        "٣",
        "9" * 600,
        "--1",
    ],
)
def test_what_is_no_value_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"Write|At most"):
        read_value(text)


@pytest.mark.parametrize("stored", [None, True, "1", [], [[]], [[1, 2, 3]], [1, [2, 3]], {"a": 1}])
def test_what_is_stored_and_no_value_is_refused(stored):
    with pytest.raises(ValueError, match="not a value"):
        value_of(stored)


_WATCH = """
import sys, types, json, importlib, pkgutil, os
import planning
package = types.ModuleType("planning.science"); package.__path__ = [os.path.join(planning.__path__[0], "science")]
sys.modules["planning.science"] = package
from planning.science import constants
read = set()
class Watched(dict):
    def __getitem__(self, name):
        read.add(name)
        return dict.__getitem__(self, name)
object.__setattr__(constants.PUBLISHED, "rows", Watched(constants.CONSTANTS))
del sys.modules["planning.science"]
import planning.science
assert sys.modules['planning.science.constants'] is constants
assert planning.science.mets.number is constants.number
import django; django.setup()
for name in ("nutrition_site", "athletes", "planning", "advisor", "billing"):
    for one in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        if ".migrations" not in one.name and not one.name.endswith((".wsgi", ".celery")):
            importlib.import_module(one.name)
print(json.dumps(sorted(read)))
"""


def test_no_row_that_may_be_changed_is_read_while_modules_are_imported(tmp_path):
    """Such a reading would go on under every later table. In an interpreter of its own, which imports everything."""
    environ = {
        "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "nutrition_site.settings", "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", _WATCH], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    read = set(json.loads(done.stdout))
    assert ("met.code.12050" in read, [name for name in read if is_editable(name)]) == (True, [])


def test_every_row_that_may_be_changed_is_read_somewhere():
    """By its name, or by its beginning with the rest put in: else a change would do nothing."""
    named, begun = set(), set()
    for path in [*(ROOT / "planning").rglob("*.py"), *(ROOT / "advisor" / "readings").glob("*.py")]:
        text = path.read_text(encoding="utf-8")
        if "science.constants" in text and not path.name.startswith("constants"):
            named.update(re.findall(r'(?<!f)"([\w.+-]+)"', text))
            begun.update(re.findall(r'f"([\w.-]+\.)\{', text))
    assert [name for name in RULES if name not in named and not name.startswith(tuple(begun))] == []
