"""Supplements as data: the group each belongs to, and rows of the constants table with published ranges.

Groups are those of the AIS sports supplement framework (tag V). Data only; `supplements` reads it.
"""

from __future__ import annotations

from typing import Literal

from planning.science.constants_rows import Row

Group = Literal["A", "B", "C", "D"]
CLASSES_SOURCE = "AIS Sports Supplement Framework"

_IOC = "Maughan 2018 IOC consensus, doi 10.1136/bjsports-2018-099027"
_GUEST = "Guest 2021 ISSN caffeine, doi 10.1186/s12970-020-00383-4"

SUPPLEMENT_ROWS: tuple[Row, ...] = (
    ("supplement.caffeine", (3, 6), "mg/kg (low, high)", _GUEST, "V"),
    ("supplement.creatine", (3, 5), "g/d (low, high)", _IOC, "U"),
    ("supplement.nitrate", (6, 8), "mmol (low, high)", _IOC, "U"),
    ("supplement.beta_alanine", (65, 65), "mg/kg/d (low, high)", _IOC, "U"),
    ("supplement.bicarbonate", (0.2, 0.4), "g/kg (low, high)", _IOC, "U"),
)

# id: name, group, kind, what to know
SUPPLEMENT_CLASSES: dict[str, tuple[str, Group, str, str]] = {
    "sports_drink": ("Sports drink", "A", "sports food", "Carbohydrate and fluid in long sessions."),
    "gel": ("Gel", "A", "sports food", "Carbohydrate in long sessions; practice it in training, with water."),
    "confectionery": ("Sports confectionery", "A", "sports food", "Carbohydrate that is easy to carry."),
    "bar": ("Bar", "A", "sports food", "Carbohydrate before or in easy, long sessions."),
    "electrolyte": ("Electrolyte drink", "A", "sports food", "Sodium for long or sweaty sessions."),
    "isolated_protein": ("Isolated protein", "A", "sports food", "Where a meal with protein is out of reach."),
    "mixed_macronutrient": ("Mixed powder or shake", "A", "sports food", "Where a meal is out of reach."),
    "iron": ("Iron", "A", "medical", "Only for a shown lack and by a doctor: ask for a ferritin test first."),
    "calcium": ("Calcium", "A", "medical", "Where food does not bring enough; specialist advice."),
    "multivitamin": ("Multivitamin", "A", "medical", "For travel or a restricted diet; food comes first."),
    "probiotic": ("Probiotic", "A", "medical", "May shorten colds or ease travel; specialist advice."),
    "vitamin_d": ("Vitamin D", "A", "medical", "By a 25(OH)D blood test and a doctor."),
    "zinc": ("Zinc", "A", "medical", "Lozenges at the start of a cold; too much harms."),
    "caffeine": ("Caffeine", "A", "performance", "About an hour before; harms sleep late in the day; never as powder."),
    "beta_alanine": ("Beta-alanine", "A", "performance", "For 10 to 12 weeks in small doses; the skin may tingle."),
    "nitrate": ("Nitrate or beetroot", "A", "performance", "2 to 3 hours before; mouthwash takes the effect away."),
    "bicarbonate": ("Bicarbonate", "A", "performance", "60 to 150 minutes before; the stomach often protests."),
    "creatine": ("Creatine", "A", "performance", "Every day; body mass may rise by a kilogram of water."),
    "glycerol": ("Glycerol", "A", "performance", "Holds water before heat; specialist advice."),
    "polyphenols": ("Fruit polyphenols", "B", "emerging", "May ease soreness."),
    "vitamin_c": ("Vitamin C", "B", "emerging", "High doses may blunt adaptation."),
    "menthol": ("Menthol", "B", "emerging", "Cools the feeling of heat, not the body."),
    "pickle_juice": ("Pickle juice", "B", "emerging", "Cramps; a reflex of the mouth."),
    "quinine": ("Quinine", "B", "emerging", "Bitter taste; not for everybody."),
    "collagen": ("Collagen", "B", "emerging", "Tendons; studied before loading them."),
    "carnitine": ("Carnitine", "B", "emerging", "Slow to act."),
    "ketones": ("Ketones", "B", "emerging", "No clear gain; costly."),
    "fish_oil": ("Fish oil", "B", "emerging", "Omega-3 where no fish is eaten."),
    "curcumin": ("Curcumin", "B", "emerging", "May ease soreness; interacts with medicines."),
    "n_acetylcysteine": ("N-acetylcysteine", "B", "emerging", "Under study; stomach trouble."),
    "magnesium": ("Magnesium", "C", "little benefit", "Food brings it; cramps are not its work."),
    "bcaa": ("BCAA", "C", "little benefit", "Whole protein does more."),
    "hmb": ("HMB", "C", "little benefit", "Little for people who train."),
    "vitamin_e": ("Vitamin E", "C", "little benefit", "May blunt adaptation."),
    "alpha_lipoic_acid": ("Alpha-lipoic acid", "C", "little benefit", "No clear benefit."),
    "tyrosine": ("Tyrosine", "C", "little benefit", "No clear benefit."),
    "prebiotics": ("Prebiotics", "C", "little benefit", "Food brings them."),
    "phosphate": ("Phosphate", "C", "little benefit", "Mixed results; stomach trouble."),
    "stimulants": ("Stimulants", "D", "banned or risky", "Banned or dangerous, among them ephedrine and DMAA."),
    "prohormones": ("Prohormones", "D", "banned or risky", "Banned."),
    "sarms": ("SARMs", "D", "banned or risky", "Banned; no approved use."),
    "peptides": ("Peptides and hormones", "D", "banned or risky", "Banned."),
    "metabolic_modulators": ("Metabolic modulators", "D", "banned or risky", "Banned."),
    "tribulus": ("Tribulus", "D", "banned or risky", "Often contaminated."),
    "maca": ("Maca powder", "D", "banned or risky", "Often contaminated."),
    "colostrum": ("Colostrum", "D", "banned or risky", "May raise hormones that are tested for."),
}
