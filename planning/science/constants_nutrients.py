"""Rows of the constants table for micronutrients: US/Canada Dietary Reference Intakes per day, by group.

A row `dri.<sex>.<ages>` lists iron mg, calcium mg, vitamin D ug, vitamin B12 ug, sodium mg (AI) and fiber g (AI), in
that order. Data only; `micronutrients` reads it.
"""

from __future__ import annotations

from planning.science.constants_rows import HOUSE, Row

_DRI = "US/Canada Dietary Reference Intakes (NCBI summary tables)"
_DRI_PLANT = "US/Canada Dietary Reference Intakes 2001, iron for vegetarians"
_SODIUM = "US/Canada Dietary Reference Intakes 2019, sodium"
_ORDER = "per day: iron mg, calcium mg, vitamin D ug, vitamin B12 ug, sodium mg, fiber g"

NUTRIENT_ROWS: tuple[Row, ...] = (
    ("dri.M.14-18", (11, 1300, 15, 2.4, 1500, 38), _ORDER, _DRI, "V"),
    ("dri.M.19-50", (8, 1000, 15, 2.4, 1500, 38), _ORDER, _DRI, "V"),
    ("dri.M.51-70", (8, 1000, 15, 2.4, 1500, 30), _ORDER, _DRI, "V"),
    ("dri.M.71+", (8, 1200, 20, 2.4, 1500, 30), _ORDER, _DRI, "V"),
    ("dri.F.14-18", (15, 1300, 15, 2.4, 1500, 26), _ORDER, _DRI, "V"),
    ("dri.F.19-50", (18, 1000, 15, 2.4, 1500, 25), _ORDER, _DRI, "V"),
    ("dri.F.51-70", (8, 1200, 15, 2.4, 1500, 21), _ORDER, _DRI, "V"),
    ("dri.F.71+", (8, 1200, 20, 2.4, 1500, 21), _ORDER, _DRI, "V"),
    ("dri.pregnant.19-50", (27, 1000, 15, 2.6, 1500, 28), _ORDER, _DRI, "V"),
    ("dri.lactating.19-50", (9, 1000, 15, 2.8, 1500, 29), _ORDER, _DRI, "V"),
    ("dri.age_edges", (19, 51, 71), "years at which the next row begins", _DRI, "V"),
    ("dri.table_ages_from", 14, "years", _DRI, "V"),
    ("dri.childbearing_ages", (19, 51), "years (from, below) of the pregnancy and lactation rows", _DRI, "V"),
    ("ul.iron_mg", 45, "mg/d", _DRI, "U"),
    ("ul.vitamin_d_ug", 100, "ug/d", _DRI, "U"),
    ("ul.calcium_mg", (2500, 2000), "mg/d: to 50 years, from 51", _DRI, "U"),
    ("cdrr.sodium_mg", 2300, "mg/d, general population; sodium of exercise is not judged", _SODIUM, "V"),
    ("micro.plant_iron_factor", 1.8, "x RDA", _DRI_PLANT, "U"),
    ("micro.flag_below_share", 0.70, "of RDA or AI", HOUSE, "E"),
    ("micro.assessed_days", 7, "d", HOUSE, "E"),
    ("micro.known_days_min", 5, "d of 7", HOUSE, "E"),
    ("micro.coverage_min", 0.70, "of the eaten mass whose nutrient is known", HOUSE, "E"),
)
