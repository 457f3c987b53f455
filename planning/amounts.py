"""Amounts in the words of the reader's language. They are worked out, and some stored, in English.

`2 × 400g can`, `about 3 cups` and `1½ tbsp olive oil, chopped` are sentences of ours with few forms, so they are read
back. In English they stay as they are.
"""

from __future__ import annotations

import re

from django.utils.formats import get_format
from django.utils.translation import gettext, gettext_noop, ngettext_lazy, pgettext_lazy

from nutrition_site.kernel.sentences import in_english
from planning.quantities import plural
from planning.units_types import fold_text

FRACTIONS = "¼½¾⅓⅔⅛"
PIECE = ngettext_lazy("%(amount)s piece", "%(amount)s pieces", "count")
# What a food has parts or packs of. What is counted by its own name, such as apples, is so many pieces of it.
NOUNS = {
    "ball": ngettext_lazy("%(amount)s ball", "%(amount)s balls", "count"),
    "bar": ngettext_lazy("%(amount)s bar", "%(amount)s bars", "count"),
    "bulb": ngettext_lazy("%(amount)s bulb", "%(amount)s bulbs", "count"),
    "can": ngettext_lazy("%(amount)s can", "%(amount)s cans", "count"),
    "clove": ngettext_lazy("%(amount)s clove", "%(amount)s cloves", "count"),
    "cube": ngettext_lazy("%(amount)s cube", "%(amount)s cubes", "count"),
    "cup": ngettext_lazy("%(amount)s cup", "%(amount)s cups", "count"),
    "egg": ngettext_lazy("%(amount)s egg", "%(amount)s eggs", "count"),
    "fillet": ngettext_lazy("%(amount)s fillet", "%(amount)s fillets", "count"),
    "gel": ngettext_lazy("%(amount)s gel", "%(amount)s gels", "count"),
    "half": ngettext_lazy("%(amount)s half", "%(amount)s halves", "count"),
    "head": ngettext_lazy("%(amount)s head", "%(amount)s heads", "count"),
    "leaf": ngettext_lazy("%(amount)s leaf", "%(amount)s leaves", "count"),
    "packet": ngettext_lazy("%(amount)s packet", "%(amount)s packets", "count"),
    "pod": ngettext_lazy("%(amount)s pod", "%(amount)s pods", "count"),
    "ring": ngettext_lazy("%(amount)s ring", "%(amount)s rings", "count"),
    "roll": ngettext_lazy("%(amount)s roll", "%(amount)s rolls", "count"),
    "scoop": ngettext_lazy("%(amount)s scoop", "%(amount)s scoops", "count"),
    "serving": ngettext_lazy("%(amount)s serving", "%(amount)s servings", "count"),
    "slice": ngettext_lazy("%(amount)s slice", "%(amount)s slices", "count"),
    "stalk": ngettext_lazy("%(amount)s stalk", "%(amount)s stalks", "count"),
    "tablespoon": ngettext_lazy("%(amount)s tablespoon", "%(amount)s tablespoons", "count"),
    "teaspoon": ngettext_lazy("%(amount)s teaspoon", "%(amount)s teaspoons", "count"),
}
NOUNS |= {"tbsp": NOUNS["tablespoon"], "tsp": NOUNS["teaspoon"]}
# What the catalogue counts by its own name.
_OWN_NAMES = (
    "almond anchovy apple apricot artichoke avocado bagel banana bean beet biscuit breast bun cake carrot "
    "cherry chew chop clementine cracker croissant cucumber date drumstick ear eggplant envelope falafel fig "
    "fruit grape grapefruit kiwi leek leg lemon lime link mango marshmallow melon muffin mushroom mussel "
    "nectarine nut olive onion orange parsnip peach pear pepper pickle piece pineapple pita plantain plum "
    "potato prune quince radish sardine scallop shallot sheet shot shrimp spear sprout square steak stick "
    "strawberry tangerine thigh tomatillo tomato tortilla white yolk zucchini "
)
_SINGULAR = {plural(noun, count): noun for noun in [*NOUNS, *_OWN_NAMES.split()] for count in (1, 2)}
# What the list says to look for on a pack, and where a measure comes from; both are stored with the line.
NOTES = (
    gettext_noop("buy a pack labeled gluten-free"),
    gettext_noop("buy one made with microbial rennet"),
    gettext_noop("buy halal-certified meat"),
    gettext_noop("buy kosher-certified meat"),
    gettext_noop("buy kosher-certified dairy"),
)
SOURCES = (gettext_noop("your own measure"), gettext_noop("catalogue"), gettext_noop("estimate"), gettext_noop("label"))
LITTLE = {
    "a pinch of": gettext_noop("a pinch"),
    "a few drops of": gettext_noop("a few drops"),
    "a little": gettext_noop("a little"),
}
# How a line of a dish says that its food is prepared; another way is left out where the line is told.
PREPARED = {
    "boneless": pgettext_lazy("preparation", "boneless"),
    "chopped": pgettext_lazy("preparation", "chopped"),
    "crumbled": pgettext_lazy("preparation", "crumbled"),
    "cubed": pgettext_lazy("preparation", "cubed"),
    "cut in wedges": pgettext_lazy("preparation", "cut in wedges"),
    "diced": pgettext_lazy("preparation", "diced"),
    "diced small": pgettext_lazy("preparation", "diced small"),
    "drained": pgettext_lazy("preparation", "drained"),
    "drained and rinsed": pgettext_lazy("preparation", "drained and rinsed"),
    "finely chopped": pgettext_lazy("preparation", "finely chopped"),
    "finely diced": pgettext_lazy("preparation", "finely diced"),
    "finely grated": pgettext_lazy("preparation", "finely grated"),
    "grated": pgettext_lazy("preparation", "grated"),
    "ground": pgettext_lazy("preparation", "ground"),
    "halved": pgettext_lazy("preparation", "halved"),
    "in chunks": pgettext_lazy("preparation", "in chunks"),
    "in flakes": pgettext_lazy("preparation", "in flakes"),
    "in pieces": pgettext_lazy("preparation", "in pieces"),
    "in sticks": pgettext_lazy("preparation", "in sticks"),
    "in strips": pgettext_lazy("preparation", "in strips"),
    "mashed": pgettext_lazy("preparation", "mashed"),
    "minced": pgettext_lazy("preparation", "minced"),
    "peeled": pgettext_lazy("preparation", "peeled"),
    "peeled and grated": pgettext_lazy("preparation", "peeled and grated"),
    "pitted": pgettext_lazy("preparation", "pitted"),
    "rinsed": pgettext_lazy("preparation", "rinsed"),
    "shredded": pgettext_lazy("preparation", "shredded"),
    "sliced": pgettext_lazy("preparation", "sliced"),
    "stale and cubed": pgettext_lazy("preparation", "stale and cubed"),
    "thinly sliced": pgettext_lazy("preparation", "thinly sliced"),
    "to serve": pgettext_lazy("preparation", "to serve"),
}
_COUNTED = re.compile(rf"(about )?([\d.]*[{FRACTIONS}]?) (.+)")
# As the dishes' own words have them: `1 1/2 tbsp`.
_SIGNS = {"1/4": "¼", "1/2": "½", "3/4": "¾", "1/3": "⅓", "2/3": "⅔", "1/8": "⅛"}
_FRACTION = re.compile(rf"^(about )?(?:(\d+) )?({'|'.join(_SIGNS)})(?=\s)")
_POUNDS = re.compile(r"(?:about )?\d+ lb \d+ oz(?!\w)")
_PACKED = re.compile(r"(?:(\d+) × )?([\d.]+(?:g|kg|ml|l))( can)?")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_POURED = re.compile(r"(?:ml|l|g|kg|dl|oz|lb|fl oz)(?!\w)")


def plural_count(amount: float) -> int:
    """The whole number whose plural fits an amount. Slavic languages say one and a half like two; English says half a
    serving like one."""
    if amount == int(amount):
        return int(amount)
    return 1 if amount < 1 and in_english() else 2


def name_order(name: str) -> str:
    """What a name is put in order by: in English as it is written, elsewhere without accents (š stands beside s)."""
    return name if in_english() else fold_text(name)


def told_number(text: str) -> str:
    """A text with the decimal marks of its numbers as the language writes them: `1.25 kg`, `1,25 kg`."""
    return text if in_english() else _DECIMAL.sub(str(get_format("DECIMAL_SEPARATOR")), text)


def told_amount(text: str) -> str:
    """What to buy, or what is at home: `8 eggs`, `2 × 400g can + 240g can`, `about 2 cups`; what is none stays."""
    if in_english():
        return text
    return " + ".join(_told_part(part) for part in text.split(" + "))


def told_measure(text: str, *, piece_name: str = "", beside: str = "") -> str:
    """What a cook measures beside the grams, and how the food is prepared: of `1½ tbsp almonds, chopped` the spoons
    and `chopped`; empty where neither is known in the language.

    The name of the food stands beside it in the reader's language and is left out, and so is an amount that stands
    there too (`beside`: a weight as it is in English).
    """
    if in_english():
        return text
    amount = "" if beside and text.startswith(f"{beside} ") else _measure(text, piece_name)
    way = text.partition(", ")[2]
    prepared = str(PREPARED.get(way, ""))
    return ", ".join(part for part in (amount, "" if prepared == way else prepared) if part)


def _measure(text: str, piece_name: str) -> str:
    text = _FRACTION.sub(lambda found: (found[1] or "") + (found[2] or "") + _SIGNS[found[3]], text)
    for start, words in LITTLE.items():
        if text.startswith(start + " "):
            return gettext(words)
    counted = _COUNTED.fullmatch(text)
    if not counted or not counted[2]:
        return ""
    about, number, rest = counted.groups()
    if pounds := _POUNDS.match(text):
        return _about(pounds[0].removeprefix("about "), about)
    if _POURED.match(rest):
        return _about(told_number(f"{number} {rest.split(' ', 1)[0]}"), about)
    noun = next((_SINGULAR[word] for word in re.findall(r"\w+", rest.partition(",")[0]) if word in _SINGULAR), "")
    if not noun and not piece_name:
        return ""
    return _about(_counted(number, noun or piece_name), about)


def _told_part(text: str) -> str:
    packed = _PACKED.fullmatch(text)
    if packed:
        times, size, can = packed.groups()
        size = told_number(size)
        told = gettext("%(size)s can") % {"size": size} if can else size
        return f"{times} × {told}" if times else told
    counted = _COUNTED.fullmatch(text)
    if not counted or not counted[2]:
        return text
    about, number, noun = counted.groups()
    if noun not in _SINGULAR:
        return told_number(text) if _POURED.fullmatch(noun) else text
    return _about(_counted(number, _SINGULAR[noun]), about)


def _counted(number: str, noun: str) -> str:
    count = int(number) if number.isdigit() else 2
    return str(NOUNS.get(noun, PIECE) % {"count": count, "amount": told_number(number)})


def _about(amount: str, about: str | None) -> str:
    return gettext("about %(amount)s") % {"amount": amount} if about else amount
