"""Foods that a reply tells to eat and that nobody knows: a product of no table cannot be checked for allergens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from advisor.guardrails.reading import folded

# Who is told to eat or drink. “Have” and “take” go with much else, so they count only where they begin, and only with
# a sign that food is meant.
_EATEN = re.compile(
    r"(?<!\w)(?:eat|eating|drink|drinking|sip|nibble|munch|gobble|devour|snack on|feast on|chew|swallow|munch on|"
    r"nibble on|pojedi|pojedite|jedi|jedite|popij|popijte|pij|pijte|gricni|gricnite|grickaj|zasladi se) "
)
_TAKEN = re.compile(
    r"(?:^|[.,;:!] ?|(?<!\w)(?:and|or|then|should|could|can|may|might|must|please|so|just|also|to|i|ili|pa|onda) )"
    r"(?:have|try|take|get|buy|add|order|choose|enjoy|grab|uzmi|uzmite|probaj|probajte|dodaj|dodajte|kupi|kupite) "
)
_AMOUNT = re.compile(
    r"(?:(?:an?|the|some|one|two|three|four|half|another|more|any|your|this|that|these|those|of|few|little|bit|couple|"
    r"handful|bowl|cup|glass|slice|slices|piece|pieces|portion|portions|serving|servings|plate|spoon|spoonful|"
    r"tablespoon|teaspoon|bottle|can|pack|packet|bar|scoop|\d+[.,]?\d*|g|kg|ml|l|grams?|jedan|jednu|jedno|dva|dve|tri|"
    r"malo|pola|saku|sake|casu|case|kasiku|parce|porciju|neki|neku|neko|nesto|komad|konzervu|pakovanje|jos|svoj|svoju|"
    r"svoje|taj|tu|to|ovu|ovaj) ){0,6}"
)
_MEASURED = re.compile(
    r"\b(?:some|bowl|cup|glass|slices?|pieces?|portions?|servings?|plate|spoon(?:ful)?|tablespoon|teaspoon|bottle|can|packet|"
    r"scoop|handful|g|kg|ml|l|grams?|saku|casu|case|kasiku|parce|porciju|konzervu|malo)\b"
)
_PHRASE = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+){0,5}")
# A capital letter that begins no sentence.
_PROPER = re.compile(r"(?<=\s)[“\"(]?([^\W\d_a-zčćžšđ][^\W\d_]+)")
_STOPS = frozenset(
    """
    dobro zdravo lagano brzo umereno raznovrsno normalno obilno kasnije ranije pazljivo ispravno like polako
    redovno sporo cesto thirst kao obicno odmora dan with and or but for to in on at as before after during from
    of if when while because so than then without until into over about around within every each per by right
    instead daily regularly slowly quickly soon later early often well enough is are was will would can could
    should may that which who what how why not too also both either more less a an the your my it them this these
    those now today tomorrow tonight again first next last up down out off once twice i ili sa uz za u na pre
    posle tokom od do kad kada ako jer da pa te ali ne bez svaki svakih po pri oko danas sutra veceras
    """.split()  # noqa: SIM905
)
_GENERIC = frozenset(
    """
    meal meals snack snacks breakfast lunch dinner supper brunch dessert food foods something anything everything
    nothing plenty lots much many enough less more little portion portions serving servings water fluid fluids
    drink drinks carbohydrate carbohydrates carbs protein proteins fat fats fiber energy calories kcal gram grams
    sodium salt electrolytes caffeine vitamin vitamins mineral minerals iron calcium magnesium sugar starch bite
    bites sip sips gel gels bar bars half rest recovery alternative alternatives version option options dish
    dishes recipe recipes plate bowl side starter main course thing things one ones item items leftovers leftover
    product products vegetable vegetables fruit fruits grain grains legume legumes nuts seeds berries greens roots
    herbs spices break nap day look note advantage care time moment pill supplement step steps photo picture place
    weight kilo kilos kilogram kilograms amount amounts target targets session race run ride calendar event plan
    list doctor help advice label labels meds medication breath breaths stroll walk shower turn turns part chance
    sleep fun weekend week evening morning afternoon hour hours minute minutes regular normal usual balanced good
    great nice small big large light hearty quick easy simple healthy warm hot cold cool fresh varied proper
    complete planned same similar other different new favorite whole full double extra familiar digestible
    carbohydrate-rich protein-rich rich low high dry liquid solid soft sweet savory salty plain sports sport
    isotonic home homemade cooked raw ripe lean steady mixed colorful seasonal local frozen canned steamed roasted
    grilled boiled baked filling nourishing daily wholesome pre-race post-race bedtime late early mid-morning
    weekly next tiny moderate generous slow fast tall cup glass bottle mug obrok obroka obroke obroku uzina uzinu
    uzine dorucak rucak veceru vecera desert hrana hranu hrane nesto sve nista vode vodu voda tecnost tecnosti
    napitak napitka pice pica ugljene hidrate hidrata hidrati ugljenih proteine proteina masti so soli kalorija
    energije vlakna vlakana vitamine gelove porciju porcije porcija jelo jela voce voca vocku povrce povrca salatu
    supu zalogaj lekar pauzu odmor dan predah vremena lek grama ml lagan lagani lagano laganu mali malu malo
    veliki veliku topao toplu topli svez svezu sveze kuvan kuvano kuvanu ceo celu celo drugo drugu drugi dovoljno
    vise manje dosta
    """.split()  # noqa: SIM905
)
# Heads that say only of what make something is: the word before them must be known too.
_MAKES = frozenset(
    """
    bar bars shake shakes drink drinks gel gels snack snacks cookie cookies cracker crackers spread spreads cereal
    powder yogurt butter cream sauce mix bites chews balls chips crisps candy candies sweets treat treats pudding
    soup salad stew sandwich wrap cake paste meal meals plocica plocicu napitak stangla stanglicu keks krem namaz
    cokoladicu cokolada
    """.split()  # noqa: SIM905
)


def unknown_offers(sentence: str, *, is_known: Callable[[str], bool]) -> Iterator[str]:
    """What a sentence tells to eat and nobody knows; `is_known` says whether a folded word is one of the tables or of
    what tools returned.

    Unknown is a phrase whose head is, or whose head is a mere make (“bar”) of an unknown name.
    """
    text = folded(sentence)
    proper = {folded(word) for word in _PROPER.findall(sentence)}
    for match in (*_EATEN.finditer(text), *_TAKEN.finditer(text)):
        start = match.end()
        amount = _AMOUNT.match(text, start)
        start = amount.end() if amount else start
        phrase = _PHRASE.match(text, start)
        words = _until_stop(phrase.group()) if phrase else []
        strange = [word for word in words if word not in _GENERIC and not is_known(word)]
        if not strange:
            continue
        is_make = words[-1] in _MAKES and words[-1] not in strange
        if match.re is _TAKEN and not (
            is_make or not proper.isdisjoint(strange) or (amount and _MEASURED.search(amount.group()))
        ):
            continue
        if is_make or words[-1] in strange or len(strange) == len(words) or not proper.isdisjoint(strange):
            yield " ".join(words)


def _until_stop(phrase: str) -> list[str]:
    words: list[str] = []
    for word in re.split(r"[ -]", phrase):
        if word in _STOPS or (word.endswith("ly") and word not in ("jelly",)):
            break
        words.append(word)
    return words
