"""Rows of the constants table: (name, value, unit, source, evidence tag). Data only; read it through `constants`.

Raise CONSTANTS_VERSION with every change of a value.
"""

from __future__ import annotations

from typing import Literal

CONSTANTS_VERSION = "1"

_Value = float | tuple[float, ...] | tuple[tuple[float, float], ...]
_Row = tuple[str, _Value, str, str, Literal["V", "V1", "U", "E"]]

_HOUSE = "Engineering choice of this product"
_MIFFLIN = "Mifflin 1990 AJCN 51:241, doi 10.1093/ajcn/51.2.241"
_CUNN80 = "Cunningham 1980 AJCN 33:2372, doi 10.1093/ajcn/33.11.2372"
_CUNN91 = "Cunningham 1991 AJCN 54:963, doi 10.1093/ajcn/54.6.963"
_HB84 = "Roza & Shizgal 1984 AJCN 40:168, doi 10.1093/ajcn/40.1.168"
_HAAF = "ten Haaf & Weijs 2014 PLoS ONE 9:e108460, doi 10.1371/journal.pone.0108460"
_SCHOFIELD = "Schofield 1985 Hum Nutr Clin Nutr 39C:5"
_BOER = "Boer 1984 Am J Physiol 247:F632"
_IOM = "IOM 2005 Dietary Reference Intakes for Energy, doi 10.17226/10490"
_ACSM = "ACSM metabolic equations (GETP; Bushman 2020 ACSM HFJ)"
_KEYTEL = "Keytel 2005 J Sports Sci 23:289"
_COMPENDIUM = "Herrmann 2024 J Sport Health Sci 13:6, 2024 Adult Compendium"
_CONCEPT2 = "Concept2 ergometer monitor calories"
_FRIEL = "Friel RPE to TSS table"
_BANISTER = "Banister TRIMP"
_BURKE = "Burke 2011 J Sports Sci 29:S17, doi 10.1080/02640414.2011.585473"
_THOMAS = "Thomas, Erdman & Burke 2016 MSSE 48:543, doi 10.1249/MSS.0000000000000852"
_BT = f"{_BURKE}; {_THOMAS}"
_MORTON = "Morton 2018 Br J Sports Med, doi 10.1136/bjsports-2017-097608"
_HECTOR = "Hector & Phillips 2018 IJSNEM, doi 10.1123/ijsnem.2017-0273"
_HELMS = "Helms 2014 IJSNEM, doi 10.1123/ijsnem.2013-0054"
_DEUTZ = "Deutz 2014 ESPEN, doi 10.1016/j.clnu.2014.04.007"
_EFSA_WATER = "EFSA 2010 dietary reference values for water"
_SAWKA = "Sawka 2007 ACSM fluid replacement, doi 10.1249/mss.0b013e31802ca597"
_HEW = "Hew-Butler 2015 exercise-associated hyponatremia, doi 10.1097/JSM.0000000000000221"
_REDS = "Mountjoy 2018 RED-S; 2023 doi 10.1136/bjsports-2023-106994"
_GARTHE = "Garthe 2011 IJSNEM 21:97, doi 10.1123/ijsnem.21.2.97"
_DRI = "US/Canada Dietary Reference Intakes"
_GUEST = "Guest 2021 ISSN caffeine, doi 10.1186/s12970-020-00383-4"
_EFSA_CAF = "EFSA 2015 safety of caffeine, doi 10.2903/j.efsa.2015.4102"
_HALL = "Hall 2008 Int J Obes 32:573, doi 10.1038/sj.ijo.0803720; Forbes 1987"
_COGGAN = "Allen & Coggan training stress score"

ROWS: tuple[_Row, ...] = (
    ("unit.kj_per_kcal", 4.184, "kJ/kcal", "Thermochemical calorie", "V"),
    ("unit.kg_per_lb", 0.45359237, "kg/lb", "International pound", "V"),
    ("unit.m_per_mile", 1609.344, "m/mi", "International mile", "V"),
    ("unit.m_per_yard", 0.9144, "m/yd", "International yard", "V"),
    ("atwater.protein", 4.0, "kcal/g", "Atwater general factors", "V"),
    ("atwater.carbs", 4.0, "kcal/g", "Atwater general factors", "V"),
    ("atwater.fat", 9.0, "kcal/g", "Atwater general factors", "V"),
    ("atwater.alcohol", 7.0, "kcal/g", "Atwater general factors", "V"),
    # accepted inputs
    ("range.age_years", (13, 100), "years (low, high)", _HOUSE, "E"),
    ("range.weight_kg", (30, 200), "kg (low, high)", _HOUSE, "E"),
    ("range.weight_usual_kg", (40, 130), "kg (low, high)", _HOUSE, "E"),
    ("range.height_cm", (130, 220), "cm (low, high)", _HOUSE, "E"),
    ("range.body_fat_pct", (3, 60), "% (low, high)", _HOUSE, "E"),
    ("range.ffm_kg", (25, 120), "kg (low, high)", _HOUSE, "E"),
    ("range.heart_rate_bpm", (30, 230), "bpm (low, high)", _HOUSE, "E"),
    ("range.power_w", (0, 600), "W (low, high)", _HOUSE, "E"),
    ("range.session_minutes", (1, 1440), "min (low, high)", _HOUSE, "E"),
    ("range.session_long_minutes", 480, "min", _HOUSE, "E"),
    ("range.intake_kcal", (0, 10000), "kcal/d (low, high)", _HOUSE, "E"),
    ("range.intake_complete_rmr_share", 0.5, "x RMR", _HOUSE, "E"),
    ("range.weight_jump_share", 0.03, "of body mass per day", _HOUSE, "E"),
    ("range.measured_rmr_kcal", (600, 5000), "kcal/d (low, high)", _HOUSE, "E"),
    ("range.vo2max", (10, 100), "ml/kg/min (low, high)", _HOUSE, "E"),
    ("range.pal_nonexercise", (1.2, 2.0), "x RMR (low, high)", "FAO 2001 Human energy requirements", "E"),
    ("range.rpe", (0, 10), "CR10 (low, high)", "Foster 2001 JSCR 15:109", "E"),
    ("range.intensity_factor", (0, 1.5), "NP/FTP (low, high)", _HOUSE, "E"),
    ("range.tss", (0, 2000), "TSS (low, high)", _HOUSE, "E"),
    ("range.met", (1, 25), "MET (low, high)", _HOUSE, "E"),
    ("range.distance_km", (0, 1000), "km (low, high)", _HOUSE, "E"),
    ("range.grade", (-0.5, 0.5), "fraction (low, high)", _HOUSE, "E"),
    ("range.session_kcal", (0, 20000), "kcal (low, high)", _HOUSE, "E"),
    ("range.temperature_c", (-40, 55), "C (low, high)", _HOUSE, "E"),
    ("range.sweat_rate_l_h", (0, 4), "L/h (low, high)", _HOUSE, "E"),
    ("range.offset_kcal", (-2000, 2000), "kcal/d (low, high)", _HOUSE, "E"),
    # reference profile for what an athlete has not told
    ("reference.weight_kg", 70, "kg", _HOUSE, "E"),
    ("reference.height_cm", 172, "cm", _HOUSE, "E"),
    ("reference.age_years", 30, "years", _HOUSE, "E"),
    ("reference.pal_nonexercise", 1.4, "x RMR", "FAO 2001 Human energy requirements", "E"),
    ("reference.rate_pct_per_week", 0.5, "% body mass/wk", _HOUSE, "E"),
    ("reference.surplus_kcal", 300, "kcal/d", _HOUSE, "E"),
    ("pal.steps", (5000, 8000, 12000), "steps/d, training removed", _HOUSE, "E"),
    ("pal.by_steps", (1.3, 1.4, 1.5, 1.6), "x RMR: <5k, 5-8k, 8-12k, >12k", _HOUSE, "E"),
    # resting metabolic rate
    ("rmr.mifflin.M", (10, 6.25, -5, 5), "per kg, per cm, per year, constant", _MIFFLIN, "V"),
    ("rmr.mifflin.F", (10, 6.25, -5, -161), "per kg, per cm, per year, constant", _MIFFLIN, "V"),
    ("rmr.hb84.M", (13.397, 4.799, -5.677, 88.362), "per kg, per cm, per year, constant", _HB84, "V"),
    ("rmr.hb84.F", (9.247, 3.098, -4.330, 447.593), "per kg, per cm, per year, constant", _HB84, "V"),
    ("rmr.cunningham80", (22, 500), "per kg FFM, constant", _CUNN80, "V"),
    ("rmr.cunningham91", (21.6, 370), "per kg FFM, constant", _CUNN91, "V1"),
    ("rmr.tenhaaf_w", (49.94, 2459.053, -34.014, 799.257, 122.502), "kJ: kg, m, year, male, constant", _HAAF, "V1"),
    ("rmr.tenhaaf_ffm", (95.272, 2026.161), "kJ: per kg FFM, constant", _HAAF, "V1"),
    ("rmr.schofield_10_18.M", (17.686, 658.2), "per kg, constant", _SCHOFIELD, "U"),
    ("rmr.schofield_10_18.F", (13.384, 692.6), "per kg, constant", _SCHOFIELD, "U"),
    ("rmr.measured", 1, "as measured", "Indirect calorimetry given by the athlete", "V"),
    ("rmr.adult_age_years", 18, "years", _HOUSE, "E"),
    ("rmr.tenhaaf_age_years", (18, 35), "years (low, high)", _HAAF, "V"),
    ("rmr.tenhaaf_bmi_below", 30, "kg/m2", _HOUSE, "E"),
    ("rmr.per_ffm_usual", (22, 36), "kcal/kg FFM (low, high)", _HOUSE, "E"),
    ("rmr.sd_share_with_ffm", 0.08, "of RMR", _HOUSE, "E"),
    ("rmr.sd_share_without_ffm", 0.10, "of RMR", _HOUSE, "E"),
    ("ffm.boer.M", (0.407, 0.267, -19.2), "per kg, per cm, constant", _BOER, "U"),
    ("ffm.boer.F", (0.252, 0.473, -48.3), "per kg, per cm, constant", _BOER, "U"),
    ("ffm.share_max", 0.97, "of body mass", _HOUSE, "E"),
    ("eer.M", (662, -9.53, 15.91, 539.6), "constant, per year, per kg, per m", _IOM, "U"),
    ("eer.F", (354, -6.91, 9.36, 726), "constant, per year, per kg, per m", _IOM, "U"),
    # energy of a session
    ("acsm.walk", (3.5, 0.1, 1.8), "ml/kg/min: rest, per m/min, vertical", _ACSM, "V"),
    ("acsm.run", (3.5, 0.2, 0.9), "ml/kg/min: rest, per m/min, vertical", _ACSM, "V"),
    ("acsm.cycle", (7.0, 1.8), "ml/kg/min: constant, per kgm/min/kg", _ACSM, "V"),
    ("acsm.kcal_per_l_o2", 5.0, "kcal/L O2", _ACSM, "V"),
    ("acsm.met_ml", 3.5, "ml/kg/min", _ACSM, "V"),
    ("acsm.walk_speed", (50, 100), "m/min (low, high)", _ACSM, "V"),
    ("acsm.run_speed", (80, 450), "m/min (low, high)", _ACSM, "E"),
    ("acsm.run_speed_certain", 134, "m/min", _ACSM, "V"),
    ("met.kcal_per_kg_h", 1.0, "kcal/kg/h per MET", _COMPENDIUM, "V"),
    ("met.transition", 5.0, "MET", _HOUSE, "E"),
    ("met.transition_minutes", 10, "min", _HOUSE, "E"),
    ("met.transition_share", 0.1, "of the session", _HOUSE, "E"),
    ("met.triathlon_shares", (0.15, 0.50, 0.35), "swim, cycle, run shares of moving time", _HOUSE, "E"),
    ("met.duathlon_shares", (0.60, 0.40), "cycle, run shares of moving time", _HOUSE, "E"),
    ("met.rpe_easy_to", 4, "CR10", _HOUSE, "E"),
    ("met.rpe_moderate_to", 6, "CR10", _HOUSE, "E"),
    ("met.if_easy_below", 0.75, "NP/FTP", _HOUSE, "E"),
    ("met.if_moderate_below", 0.90, "NP/FTP", _HOUSE, "E"),
    ("power.kcal_per_kj", 1.0, "kcal/kJ (gross efficiency 0.239)", "Cycling gross efficiency 0.20-0.25", "E"),
    ("power.meter_trust", (0.95, 1.05), "factor (low, high)", _HOUSE, "E"),
    ("concept2", (4.0, 0.8604, 1.714), "per W, per W, per lb: kcal/h", _CONCEPT2, "U"),
    ("keytel.M", (0.6309, 0.1988, 0.2017, -55.0969), "kJ/min: bpm, kg, year, constant", _KEYTEL, "V"),
    ("keytel.F", (0.4472, -0.1263, 0.0740, -20.4022), "kJ/min: bpm, kg, year, constant", _KEYTEL, "V"),
    ("keytel.vo2max.M", (0.634, 0.394, 0.271, -95.7735, 0.404), "kJ/min: + per VO2max", _KEYTEL, "V"),
    ("keytel.vo2max.F", (0.450, 0.103, 0.274, -59.3954, 0.380), "kJ/min: + per VO2max", _KEYTEL, "V"),
    ("keytel.min_bpm", 90, "bpm", _KEYTEL, "V"),
    ("keytel.max_age_years", 60, "years", _KEYTEL, "V"),
    ("keytel.hr_max", (208, -0.7, 10), "bpm: constant, per year, margin", "Tanaka 2001 JACC 37:153", "E"),
    ("method.disagree_share", 0.25, "of the chosen method", _HOUSE, "E"),
    # training load
    ("load.rpe_tss_per_h", ((0, 0), (1, 20), (2, 30), (3, 40), (4, 50), (5, 60), (6, 70), (7, 80), (8, 100),
                            (9, 120), (10, 140)), "CR10 to TSS/h", _FRIEL, "U"),
    ("load.intensity_rpe", (3, 5, 7, 8, 5), "CR10: easy, moderate, hard, race, unknown", _HOUSE, "E"),
    ("load.strength_if_max", 0.65, "NP/FTP", _HOUSE, "E"),
    ("load.class_from_tss", (15, 45, 90, 200), "TSS: light, moderate, high, very high", f"{_BT} (anchored)", "E"),
    ("load.very_high_minutes", 240, "min", f"{_BT} (anchored)", "E"),
    ("load.very_high_tss_per_h", 25, "TSS/h", _HOUSE, "E"),
    ("load.trimp.M", (0.64, 1.92), "factor, exponent", _BANISTER, "V1"),
    ("load.trimp.F", (0.86, 1.67), "factor, exponent", _BANISTER, "U"),
    ("load.tss_per_h_at_threshold", 100, "TSS/h", _COGGAN, "V"),
    ("load.ctl_days", 42, "d", _COGGAN, "V"),
    ("load.atl_days", 7, "d", _COGGAN, "V"),
    # carbohydrate
    ("carbs.point", ((0, 3), (15, 3), (45, 5), (90, 7), (200, 9), (365, 12)), "TSS to g/kg", _BT, "E"),
    ("carbs.point_lose", ((0, 3), (30, 3), (67.5, 6), (90, 7), (200, 9), (365, 12)), "TSS to g/kg", _BT, "E"),
    ("carbs.half_width", ((0, 1), (67.5, 1), (145, 2)), "TSS to g/kg", _BT, "E"),
    ("carbs.limits", (3, 12), "g/kg (low, high)", _BT, "V"),
    ("carbs.lookahead_today", 0.65, "share", _HOUSE, "E"),
    ("carbs.lookahead_before_minute", 720, "min after midnight", _HOUSE, "E"),
    ("carbs.loading_point", 10, "g/kg", _BT, "V"),
    ("carbs.loading", (10, 12), "g/kg/24 h (low, high)", _BT, "V"),
    ("carbs.loading_race_over_minutes", 90, "min", _BT, "V"),
    ("carbs.loading_days", 2, "d before", _BT, "V"),
    ("during.from_minutes", (45, 75, 150), "min: small, 30-60, up to 90 g/h", _BT, "E"),
    ("during.small", (0, 30), "g/h (low, high)", _BT, "V"),
    ("during.medium", (30, 60), "g/h (low, high)", _BT, "V"),
    ("during.long", (60, 90), "g/h (low, high)", _BT, "E"),
    ("during.multiple_transportable_above", 60, "g/h", _BT, "V"),
    ("during.expert_ceiling", 120, "g/h", "Podlogar & Wallis 2022, doi 10.1007/s40279-022-01757-1", "V1"),
    ("pre.from_minutes", 60, "min of exercise", _BT, "V"),
    ("pre.g_per_kg", (1, 4), "g/kg (low, high)", _BT, "V"),
    ("pre.hours", (1, 4), "h before (low, high)", _BT, "V"),
    ("pre.hours_by_duration", ((90, 1), (150, 2)), "min to h before, 3 beyond", _HOUSE, "E"),
    ("pre.hours_default", 3, "h before", _HOUSE, "E"),
    ("post.speedy_below_hours", 8, "h to the next session", _BT, "V"),
    ("post.speedy_g_per_kg_h", (1.0, 1.2), "g/kg/h (low, high)", _BT, "V"),
    ("post.speedy_hours", 4, "h", _BT, "V"),
    ("post.normal_g_per_kg", (0.5, 1.0), "g/kg in the next meal (low, high)", _HOUSE, "E"),
    ("post.from_minutes", 45, "min of exercise", _HOUSE, "E"),
    ("post.protein_g_per_kg", (0.25, 0.30), "g/kg (low, high)", _THOMAS, "U"),
    ("post.protein_within_hours", 2, "h", _THOMAS, "U"),
    ("train_low.max_minutes", 90, "min", "Impey 2018 Sports Med 48:1031, doi 10.1007/s40279-018-0867-7", "E"),
    ("train_low.max_per_week", 2, "sessions", "Impey 2018 Sports Med 48:1031, doi 10.1007/s40279-018-0867-7", "E"),
    # protein
    ("protein.maintain", (1.2, 1.6, 2.0), "g/kg: low, point, high", _THOMAS, "U"),
    ("protein.gain", (1.6, 1.8, 2.2), "g/kg: low, point, high", _MORTON, "V"),
    ("protein.lose", (1.6, 2.0, 2.4), "g/kg: low, point, high", _HECTOR, "V1"),
    ("protein.lean_deficit", (2.3, 2.7, 3.1), "g/kg FFM: low, point, high", _HELMS, "V"),
    ("protein.older_from_years", 65, "years", _DEUTZ, "V"),
    ("protein.older_point", 1.6, "g/kg", _DEUTZ, "E"),
    ("protein.cap_per_kg", 2.5, "g/kg", _HOUSE, "E"),
    ("protein.cap_per_kg_ffm", 3.1, "g/kg FFM", _HELMS, "V"),
    ("protein.vegan_factor", 1.1, "x point", _HOUSE, "E"),
    ("protein.meal_g_per_kg", (0.25, 0.40), "g/kg a meal (low, high)", _THOMAS, "U"),
    ("protein.meals", (4, 5), "meals a day (low, high)", _THOMAS, "U"),
    # fat and fiber
    ("fat.floor_g_per_kg", 0.8, "g/kg", _HOUSE, "E"),
    ("fat.floor_share", 0.20, "of energy", _THOMAS, "U"),
    ("fat.loading_floor_share", 0.15, "of energy", _HOUSE, "E"),
    ("fat.high_share", 0.35, "of energy", _THOMAS, "U"),
    ("fiber.g_per_1000_kcal", 14, "g/1000 kcal", _DRI, "U"),
    # fluid and sodium
    ("fluid.baseline_l.M", 2.5, "L/d", _EFSA_WATER, "U"),
    ("fluid.baseline_l.F", 2.0, "L/d", _EFSA_WATER, "U"),
    ("fluid.before_ml_per_kg", (5, 10), "ml/kg (low, high)", _THOMAS, "U"),
    ("fluid.before_hours", (2, 4), "h before (low, high)", _THOMAS, "U"),
    ("fluid.sweat_by_temperature", (0.6, 0.9, 1.2, 1.5), "L/h at 70 kg: <10, 10-20, 20-28, >28 C", _HOUSE, "E"),
    ("fluid.sweat_temperatures", (10, 20, 28), "C", _HOUSE, "E"),
    ("fluid.sweat_reference_kg", 70, "kg", _HOUSE, "E"),
    ("fluid.sweat_easy", 0.8, "factor", _HOUSE, "E"),
    ("fluid.sweat_race", 1.2, "factor", _HOUSE, "E"),
    ("fluid.during_l_h", (0.4, 0.8), "L/h (low, high)", _SAWKA, "U"),
    ("fluid.loss_share", 0.02, "of body mass", _SAWKA, "U"),
    ("fluid.slow_event_minutes", 240, "min", _HEW, "V"),
    ("fluid.small_body_kg", 55, "kg", _HEW, "E"),
    ("fluid.after_l_per_kg", (1.25, 1.5), "L/kg lost (low, high)", _THOMAS, "U"),
    ("fluid.after_skip_hours", 24, "h to the next session", "DGE 2020 fluid replacement in sport", "V"),
    ("fluid.after_skip_loss_share", 0.05, "of body mass", "DGE 2020 fluid replacement in sport", "V"),
    ("sodium.over_minutes", 120, "min", _HOUSE, "E"),
    ("sodium.over_sweat_l_h", 1.2, "L/h", _HOUSE, "E"),
    ("sodium.mg_per_l", 600, "mg/L", "DGE drink range 400-1100 mg/L", "E"),
    ("sodium.mg_h", (300, 600), "mg/h (low, high)", _HOUSE, "E"),
    ("sodium.daily_ai_mg", 1500, "mg/d", _DRI, "V"),
    # energy availability, floors, rates
    ("ea.red", 30, "kcal/kg FFM/d", _REDS, "E"),
    ("ea.amber.M", 40, "kcal/kg FFM/d", _REDS, "E"),
    ("ea.amber.F", 45, "kcal/kg FFM/d", _REDS, "E"),
    ("ea.amber_share_of_balance", 0.95, "share", _HOUSE, "E"),
    ("ea.logged_days_min", 5, "complete days of 7", _HOUSE, "E"),
    ("ea.logged_red_days", (5, 14), "days below 30 of days", _HOUSE, "E"),
    ("floor.kcal.M", 1500, "kcal/d", _HOUSE, "E"),
    ("floor.kcal.F", 1200, "kcal/d", _HOUSE, "E"),
    ("deficit.max_share", 0.25, "of TDEE", _HOUSE, "E"),
    ("deficit.max_kcal", 750, "kcal/d", _HOUSE, "E"),
    ("deficit.prefill_max_kcal", 500, "kcal/d", _HOUSE, "E"),
    ("deficit.rate_max_pct", 1.0, "%/wk", _GARTHE, "V"),
    ("deficit.kcal_per_kg", 7700, "kcal/kg", _HALL, "V"),
    ("deficit.race_week_days", 7, "d, race day included", _HOUSE, "E"),
    ("surplus.max_kcal", 500, "kcal/d", _HOUSE, "E"),
    ("block.bmi_below", 18.5, "kg/m2", _REDS, "E"),
    ("block.body_fat_below.M", 5, "%", _REDS, "E"),
    ("block.body_fat_below.F", 12, "%", _REDS, "E"),
    # micronutrients
    ("micro.flag_below_share", 0.70, "of RDA", _HOUSE, "E"),
    ("micro.plant_iron_factor", 1.8, "x RDA", _DRI, "U"),
    ("micro.assessed_days", 7, "d", _HOUSE, "E"),
    ("micro.known_days_min", 5, "d of 7", _HOUSE, "E"),
    # caffeine
    ("caffeine.proposed_mg_per_kg", (1, 3), "mg/kg (low, high)", _GUEST, "E"),
    ("caffeine.cap_mg_per_kg", 6, "mg/kg", _GUEST, "V"),
    ("caffeine.cap_mg_day", 400, "mg/d", _EFSA_CAF, "V"),
    ("caffeine.cap_mg_day_pregnant", 200, "mg/d", _EFSA_CAF, "V"),
    ("caffeine.minutes_before", 60, "min", _GUEST, "V"),
    ("caffeine.split_over_minutes", 180, "min", _HOUSE, "E"),
    ("caffeine.late_mg", 100, "mg", _GUEST, "E"),
    ("caffeine.cutoff_hours", 8, "h before bed", _HOUSE, "E"),
    # race day
    ("race.meal_g_per_kg_short", 1, "g/kg", _HOUSE, "E"),
    ("race.meal_short_minutes", 60, "min", _HOUSE, "E"),
    ("race.meal_protein_g_per_kg", (0.2, 0.3), "g/kg (low, high)", _HOUSE, "E"),
    ("race.topup_g", 25, "g", _HOUSE, "E"),
    ("race.topup_from_minutes", 75, "min", _HOUSE, "E"),
    ("race.topup_before_minutes", 15, "min", _HOUSE, "E"),
    ("race.feed_every_minutes", 20, "min", _HOUSE, "E"),
    ("race.last_feed_before_end", 10, "min", _HOUSE, "E"),
    ("race.liquids_last_minutes", 30, "min", _HOUSE, "E"),
    ("race.gut_ceiling", 90, "g/h", _HOUSE, "E"),
    ("race.gut_step", 10, "g/h per week", _HOUSE, "E"),
    ("race.gut_start", (30, 40), "g/h (low, high)", _HOUSE, "E"),
    ("race.gut_gi_score_max", 3, "of 10", _HOUSE, "E"),
    ("race.recovery_g_per_kg_h", 1.2, "g/kg/h", _BT, "V"),
    ("race.recovery_protein_g_per_kg", 0.3, "g/kg", _THOMAS, "U"),
    ("race.triathlon_bike_share", 0.6, "of the carbohydrate", _HOUSE, "E"),
    ("race.triathlon_run_gut_factor", 0.8, "x bike gut cap", _HOUSE, "E"),
    ("race.triathlon_bike_first_feed", 15, "min into the bike leg", _HOUSE, "E"),
    # adaptive expenditure
    ("adaptive.rho_forbes", (9441, 1816, 10.4), "kcal/kg fat, kcal/kg lean, kg", _HALL, "V1"),
    ("adaptive.ewma_alpha", 0.1, "per day", _HOUSE, "E"),
    ("adaptive.window_days", 14, "d", _HOUSE, "E"),
    ("adaptive.min_food_days", 10, "d", _HOUSE, "E"),
    ("adaptive.min_weigh_ins", 7, "weigh-ins", _HOUSE, "E"),
    ("adaptive.sigma_weight_kg", 0.55, "kg", _HOUSE, "E"),
    ("adaptive.sigma_rho", 800, "kcal/kg", _HOUSE, "E"),
    ("adaptive.sigma_intake_kcal", 300, "kcal/d", _HOUSE, "E"),
    ("adaptive.inflation", 1.6, "factor", _HOUSE, "E"),
    ("adaptive.process_sd_kcal", 40, "kcal/d per 14 d", _HOUSE, "E"),
    ("adaptive.gate_sd", 3, "standard deviations", _HOUSE, "E"),
    ("adaptive.prior_sd_kcal", (300, 350), "kcal/d: known, FFM or PAL unknown", _HOUSE, "E"),
    ("adaptive.reset_sd_kcal", 200, "kcal/d", _HOUSE, "E"),
    ("adaptive.publish_sd_kcal", 220, "kcal/d", _HOUSE, "E"),
    ("adaptive.clamp_share", 0.25, "of model TDEE", _HOUSE, "E"),
    ("adaptive.move_max_kcal_week", 150, "kcal/wk", _HOUSE, "E"),
    ("adaptive.outlier_kg", 1.5, "kg at 70 kg body mass", _HOUSE, "E"),
)  # fmt: skip
