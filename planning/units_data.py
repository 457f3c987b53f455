"""Names of kitchen measures in English, Serbian and German, and what each measures.

US customary measures: NIST Handbook 44, appendix C (1 gal = 3785.411784 ml, 1 lb = 453.59237 g). A metric cup holds
250 ml, a metric tablespoon 15 ml, a metric teaspoon 5 ml. Names are matched without case and diacritics.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MASS, VOLUME, COUNT, TRACE = "mass", "volume", "count", "trace"


@dataclass(frozen=True, slots=True)
class Unit:
    """One measure: `size` is grams (mass) or milliliters (volume) of one; `container` holds a pack of a stated size."""

    name: str
    kind: str
    size: Decimal | None = None
    metric_size: Decimal | None = None
    container: bool = False


def _mass(name: str, grams: str) -> Unit:
    return Unit(name, MASS, Decimal(grams))


def _volume(name: str, ml: str, metric_ml: str | None = None) -> Unit:
    return Unit(name, VOLUME, Decimal(ml), Decimal(metric_ml) if metric_ml else None)


# Two names for one measure are one unit; a cup that was named in Serbian or German is metric whatever the setting.
_NAMED: list[tuple[Unit, str]] = [
    (_mass("g", "1"), "g|gr|gram|grams|gramme|grammes|gms|gm|gramm|grama|grami"),
    (_mass("kg", "1000"), "kg|kgs|kilo|kilos|kilogram|kilograms|kilogramm|kilograma|kila"),
    (_mass("mg", "0.001"), "mg|milligram|milligrams|miligrama"),
    (_mass("dag", "10"), "dag|dkg|deka|dekagram|dekagrama|dekagramm"),
    (_mass("oz", "28.349523125"), "oz|ozs|ounce|ounces|unce|unca|unzen|unze"),
    (_mass("lb", "453.59237"), "lb|lbs|pound|pounds|#"),
    # The German Pfund is half a kilogram.
    (_mass("pfund", "500"), "pfund|pfd"),
    (_volume("ml", "1"), "ml|mls|milliliter|milliliters|millilitre|millilitres|mililitar|mililitra|cc"),
    (_volume("cl", "10"), "cl|centiliter|centiliters|centilitre|centilitres|centilitar|centilitra"),
    (_volume("dl", "100"), "dl|deciliter|deciliters|decilitre|decilitres|decilitar|decilitra|deci"),
    (_volume("l", "1000"), "l|lt|ltr|liter|liters|litre|litres|litar|litra|litre"),
    (_volume("cup", "236.5882365", "250"), "cup|cups|c"),
    (_volume("cup", "250"), "tasse|tassen|solja|solje|solju|soljica|soljice|soljicu"),
    (_volume("glass", "200"), "casa|case|casu"),
    (_volume("tbsp", "14.78676478125", "15"), "tbsp|tbsps|tbs|tbl|tablespoon|tablespoons|tablespoonful|tablespoonfuls"),
    (
        _volume("tbsp", "15"),
        "el|essloffel|esslofel|eßloffel|kasika|kasike|kasiku|kas|supena kasika|supene kasike|supenu kasiku"
        "|velika kasika|velike kasike|veliku kasiku",
    ),
    (_volume("tsp", "4.92892159375", "5"), "tsp|tsps|teaspoon|teaspoons|teaspoonful|teaspoonfuls"),
    (
        _volume("tsp", "5"),
        "tl|teeloffel|teelofel|kasicica|kasicice|kasicicu|mala kasika|male kasike|malu kasiku|kafena kasicica"
        "|kafene kasicice|kafenu kasicicu",
    ),
    (_volume("fl oz", "29.5735295625"), "fl oz|fl. oz|fluid ounce|fluid ounces|floz"),
    (_volume("pint", "473.176473"), "pint|pints|pt"),
    (_volume("quart", "946.352946"), "quart|quarts|qt|qts"),
    (_volume("gallon", "3785.411784"), "gallon|gallons|gal"),
    (
        Unit("pinch", TRACE),
        "pinch|pinches|prise|prisen|prstohvat|prstohvata|messerspitze|msp|dash|dashes|grind|grinds|splash|drizzle"
        "|malo|etwas",
    ),
    (Unit("handful", COUNT), "handful|handfuls|saka|sake|saku|handvoll"),
    (Unit("can", COUNT, container=True), "can|cans|tin|tins|konzerva|konzerve|konzervu|konzervi|dose|dosen"),
    (Unit("jar", COUNT, container=True), "jar|jars|tegla|tegle|teglu|glas|glaser"),
    (Unit("bottle", COUNT, container=True), "bottle|bottles|flasa|flase|flasu|flasche|flaschen"),
    (
        Unit("pack", COUNT, container=True),
        "pack|packs|package|packages|packet|packets|pkg|pkt|pouch|pouches|bag|bags|box|boxes|carton|cartons|sachet"
        "|sachets|kesica|kesice|kesicu|pakovanje|pakovanja|paket|paketa|packung|packungen|packchen|pack.|becher|tub"
        "|tubs|casica|casice",
    ),
    (Unit("clove", COUNT), "clove|cloves|cen|cena|cenova|cesanj|cesnja|zehe|zehen|knoblauchzehe|knoblauchzehen"),
    (Unit("slice", COUNT), "slice|slices|kriska|kriske|krisku|kriski|snita|snite|snitu|scheibe|scheiben"),
    (Unit("head", COUNT), "head|heads|glavica|glavice|glavicu|kopf"),
    (Unit("bunch", COUNT), "bunch|bunches|veza|veze|vezu|vezica|vezice|bund"),
    (Unit("stalk", COUNT), "stalk|stalks|stange|stangen|stabljika|stabljike"),
    (Unit("sprig", COUNT), "sprig|sprigs|grancica|grancice|grancicu|zweig|zweige"),
    (Unit("leaf", COUNT), "leaf|leaves|list|lista|listova|blatt|blatter"),
    (Unit("stick", COUNT), "stick|sticks"),
    (Unit("piece", COUNT), "piece|pieces|pc|pcs|komad|komada|kom|stuck|st"),
    (Unit("fillet", COUNT), "fillet|fillets|filet|filets|filea"),
    (Unit("breast", COUNT), "breast|breasts"),
    (Unit("thigh", COUNT), "thigh|thighs"),
    (Unit("drumstick", COUNT), "drumstick|drumsticks"),
    (Unit("steak", COUNT), "steak|steaks"),
    (Unit("strip", COUNT), "strip|strips"),
    (Unit("ear", COUNT), "ear|ears"),
    (Unit("wedge", COUNT), "wedge|wedges"),
    (Unit("cube", COUNT), "cube|cubes|kocka|kocke|wurfel"),
    (Unit("scoop", COUNT), "scoop|scoops|merica|merice"),
    (Unit("serving", COUNT), "serving|servings|porcija|porcije|portion|portionen"),
    (Unit("loaf", COUNT), "loaf|loaves|vekna|vekne"),
    (Unit("sheet", COUNT), "sheet|sheets"),
]

ALIASES: dict[str, Unit] = {alias: unit for unit, aliases in _NAMED for alias in aliases.split("|")}
US_VOLUMES: dict[str, Decimal] = {}
for _unit, _ in _NAMED:
    if _unit.kind == VOLUME and _unit.size is not None:
        US_VOLUMES.setdefault(_unit.name, _unit.size)

SIZES: dict[str, str] = {
    alias: size
    for size, aliases in {
        "extra large": "extra large|extra-large|xl|jumbo",
        "large": "large|lg|big|veliki|velika|veliko|velike|velikih|velika jaja|groß|große|großer|großes|gros|grose",
        "medium": "medium|medium-size|medium-sized|med|srednji|srednja|srednje|srednjih|srednju|mittel|mittlere"
        "|mittelgroße|mittelgroßer|mittelgrose",
        "small": "small|mali|mala|malo jaje|male|malih|klein|kleine|kleiner|kleines",
        "extra small": "extra small|extra-small|mini",
    }.items()
    for alias in aliases.split("|")
}

NUMBER_WORDS: dict[str, str] = {
    word: number
    for number, words in {
        "1": "a|an|one|jedan|jedna|jedno|jednu|ein|eine|einen|einer",
        "2": "two|dva|dve|dvije|zwei|a couple of|couple of|a couple",
        "3": "three|tri|drei",
        "4": "four|cetiri|vier",
        "5": "five|pet|funf",
        "6": "six|sest|sechs",
        "7": "seven|sedam|sieben",
        "8": "eight|osam|acht",
        "9": "nine|devet|neun",
        "10": "ten|deset|zehn",
        "11": "eleven|jedanaest|elf",
        "12": "twelve|dvanaest|zwolf|a dozen|dozen|tuce|dutzend",
        "0.5": "half a|half an|half|one half|pola|pol|halbe|halber|halbes|eine halbe|ein halber",
        "0.25": "a quarter|quarter|one quarter|cetvrt|viertel",
        "0.75": "three quarters|three-quarters",
        "1.5": "one and a half|jedan i po|jedna i po|anderthalb",
        "2.5": "two and a half|dva i po|dve i po|zweieinhalb",
    }.items()
    for word in words.split("|")
}

# A level spoon is the measure itself; the others are more or less than it, so the amount is an estimate.
LOOSE_WORDS = (
    *("heaped", "heaping", "rounded", "scant", "generous", "packed", "lightly packed", "firmly packed", "puna", "pune"),
    *("punu", "gehaufter", "gehaufte", "vrhom", "ravna", "ravne"),
)
LEVEL_WORDS = ("level", "leveled", "levelled", "gestrichener", "gestrichene", "ravna", "ravne", "ravnu", "packed")
ABOUT_WORDS = ("about", "approximately", "approx.", "approx", "around", "roughly", "circa", "ca.", "ca", "oko", "etwa")
TO_TASTE = (
    *("to taste", "as needed", "as required", "for frying", "for serving", "for garnish", "to garnish", "to serve"),
    *("for greasing", "for dusting", "po ukusu", "po zelji", "po potrebi", "nach geschmack", "nach belieben"),
    *("nach bedarf", "zum braten", "za przenje", "za posipanje"),
)
OF_WORDS = ("of", "od", "von")
# What is done to a food before it goes in, without making it another food: dried, cooked or canned are other foods.
PREPARED = frozenset(
    {
        *("chopped", "diced", "sliced", "minced", "grated", "shredded", "crushed", "peeled", "cubed"),
        *("halved", "quartered", "torn", "trimmed", "rinsed", "beaten", "melted", "softened", "finely"),
        *("coarsely", "roughly", "thinly", "freshly", "cored", "pitted", "deseeded", "seeded", "mashed"),
        *("sifted", "washed", "seckan", "seckana", "seckano", "seckani", "naseckan", "naseckana", "rendan"),
        *("rendana", "rendano", "oljusten", "oljustena", "gehackt", "gehackte", "gehackter"),
        *("gewurfelt", "geschnitten", "gerieben", "geriebener", "gepresst"),
    }
)
# Measures that are also the names of foods: a line that begins with one and has no number names the food.
PARTS_OF_FOODS = ("leaf", "fillet", "breast", "thigh", "drumstick", "steak", "strip", "ear", "stick", "cube", "sheet")
