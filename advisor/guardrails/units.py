"""Units that replies and facts are written with, in English and Serbian, by what they measure."""

from __future__ import annotations

from functools import lru_cache

_MASS = {"g": 1.0, "gr": 1.0, "gram": 1.0, "grams": 1.0, "gramme": 1.0, "grammes": 1.0, "grama": 1.0, "grami": 1.0}
UNITS: dict[str, tuple[str, float]] = {
    **{name: ("mass", factor) for name, factor in _MASS.items()},
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), ("mass", 1000.0)),
    **dict.fromkeys(("kilograma", "kilogrami", "kila", "kile", "kilu"), ("mass", 1000.0)),
    **dict.fromkeys(("mg", "milligram", "milligrams", "miligram", "miligrama", "miligrami"), ("mass", 0.001)),
    **dict.fromkeys(("µg", "μg", "mcg", "microgram", "micrograms", "mikrograma"), ("mass", 1e-06)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "funta", "funte", "funti"), ("mass", 453.592)),
    **dict.fromkeys(("oz", "ounce", "ounces", "unci", "unce"), ("mass", 28.3495)),
    **dict.fromkeys(("stone", "stones"), ("mass", 6350.29)),
    **dict.fromkeys(("ton", "tons", "tonne", "tonnes"), ("mass", 1e6)),
    **dict.fromkeys(("kcal", "kcals", "kkal", "cal", "cals", "calorie", "calories"), ("energy", 1.0)),
    **dict.fromkeys(
        ("kalorija", "kalorije", "kaloriju", "kalorijama", "kilokalorija", "kilokalorije"), ("energy", 1.0)
    ),
    **dict.fromkeys(("kilocalorie", "kilocalories"), ("energy", 1.0)),
    **dict.fromkeys(("kj", "kilojoule", "kilojoules", "kilodžula"), ("energy", 1 / 4.184)),
    **dict.fromkeys(("ml", "milliliter", "milliliters", "millilitres", "mililitar", "mililitara"), ("volume", 1.0)),
    **dict.fromkeys(("cl", "centiliters", "centilitres"), ("volume", 10.0)),
    **dict.fromkeys(("dl", "deciliters", "decilitres", "deci", "decilitra", "decilitara"), ("volume", 100.0)),
    **dict.fromkeys(
        ("l", "liter", "liters", "litre", "litres", "litar", "litra", "litara", "litru"), ("volume", 1000.0)
    ),
    **dict.fromkeys(("floz", "fl oz", "fluid ounces"), ("volume", 29.5735)),
    **dict.fromkeys(("pint", "pints"), ("volume", 473.176)),
    **dict.fromkeys(("gallon", "gallons"), ("volume", 3785.41)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minut", "minuta", "minuti"), ("time", 1.0)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "sat", "sata", "sati"), ("time", 60.0)),
    **dict.fromkeys(("km", "kilometers", "kilometres", "kilometara", "kilometra", "k"), ("distance", 1.0)),
    **dict.fromkeys(("mile", "miles", "mi", "milja", "milje"), ("distance", 1.609)),
    **dict.fromkeys(("%", "percent", "per cent", "posto", "odsto", "procenata"), ("share", 1.0)),
    **dict.fromkeys(("w", "watt", "watts", "vati", "vata"), ("power", 1.0)),
    "tss": ("load", 1.0),
    "cm": ("length", 1.0),
    **dict.fromkeys(("serving", "servings", "portion", "portions"), ("servings", 1.0)),
    **dict.fromkeys(("porcija", "porcije", "porciju"), ("servings", 1.0)),
}
# Amounts of food by the piece or by a kitchen measure; no fact counts in them unless its unit says so.
_PIECE_WORDS = """
egg eggs banana bananas gel gels bar bars slice slices cup cups glass glasses tablespoon tablespoons tbsp
teaspoon teaspoons tsp spoon spoons spoonful spoonfuls scoop scoops bottle bottles handful handfuls piece
pieces date dates apple apples orange oranges potato potatoes tomato tomatoes cookie cookies biscuit biscuits
sandwich sandwiches bagel bagels tortilla tortillas wrap wraps pancake pancakes coffees espresso espressos can
cans packet packets sachet sachets tablet tablets capsule capsules pill pills almonds walnuts nuts figs
sausages steaks chews shakes toasts drinks jaje jaja jajeta banane gela gelova kašika kašike kašiku kašičica
kašičice šolja šolje šolju čaša čaše čašu kriška kriške krišku komad komada flaša flaše flašu jabuka jabuke
šaka šake tableta tablete kapsula kapsule
"""
PIECES = frozenset(_PIECE_WORDS.split())
_PER = {
    **dict.fromkeys(("h", "hr", "hour", "hours", "hourly", "sat", "sata", "satu"), "/h"),
    **dict.fromkeys(("kg", "kilo", "kilogram", "kilogramu", "kilograma"), "/kg"),
    **dict.fromkeys(("week", "weekly", "nedelji", "nedeljno", "sedmici", "sedmicno", "sedmično"), "/week"),
    **dict.fromkeys(("min", "minute", "minutu", "minuti"), "/min"),
    **dict.fromkeys(("day", "d", "daily", "dan", "danu", "dnevno", "serving", "porciji"), ""),
}
_FACT_UNITS = {"kcal/kg FFM/d": ("energy/kg", 1.0), "kcal/kg FFM": ("energy/kg", 1.0)}


@lru_cache(maxsize=512)
def fact_unit(unit: str) -> tuple[str, float] | None:
    """Dimension and factor of a fact's unit (`g/d` is a mass a day means, `g/h` a rate); None for a bare number."""
    if unit in _FACT_UNITS:
        return _FACT_UNITS[unit]
    base, _, per = unit.lower().partition("/")
    if base in PIECES:
        return ("pieces", 1.0)
    known = UNITS.get(base)
    if known is None:
        return None
    return known[0] + (per_suffix(per) if per else ""), known[1]


def per_suffix(word: str) -> str:
    """What `per hour` or `na sat` makes of a dimension; amounts a day are plain amounts."""
    return _PER.get(word, "/" + word)
