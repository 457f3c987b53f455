"""Misspelled words of a question, put right where they can only be words of the advisor's own: never names of foods.

A word is corrected when it is near one word that questions are made of, begins like it, and is no word of the food
table. What is written between quotation marks stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from planning.services.vocabulary import edit_distance

SHORTEST = 5
TWO_EDITS_FROM = 8
_TARGETS = """
breakfast lunch dinner snack snacks supper tomorrow today tonight yesterday weekend monday tuesday wednesday
thursday friday saturday sunday protein carbs carbohydrate carbohydrates calories hydration hydrate sodium
vitamin enough session sessions training workout workouts recipe ingredients recovery recover interval
intervals marathon shopping leftovers calendar target targets morning evening before during after prepare
allergic allergy allergies hungry should quicker swimming running cycling different instead magnesium calcium
potassium
"""
WORDS = tuple(_TARGETS.split())
# Words that are spelled right and only look like one of those.
_PLAIN = """
skipping stopping shipping chopping dropping popping hopping slack smack stack stacks shack alter aster mourning moaning
difference differences allergen allergens cards cares carts curbs super sinner winner ruining cunning quickest hungary
launch bunch toddy daring sundry sundae potion potions secession receipt receipts recite prepaid shoulder holding hiking
weekday weekdays internal external moving evens seven eleven starter started season aften fasting
"""
PLAIN_WORDS = frozenset(_PLAIN.split())
# Too short, or too far from what they stand for, to be found by their letters.
SHORT_FORMS = {
    **{"waht": "what", "wht": "what", "whta": "what", "hwo": "how", "teh": "the", "hte": "the", "diner": "dinner"},
    **{"shud": "should", "shuld": "should", "shoud": "should", "brekkie": "breakfast", "brekky": "breakfast"},
    **{"brekfast": "breakfast", "2morrow": "tomorrow", "tomoz": "tomorrow", "tmrrw": "tomorrow", "carbos": "carbs"},
    **{"befor": "before", "durring": "during", "sesh": "session", "alot": "a lot", "recepie": "recipe"},
}
_WORD = re.compile(r"[“\"][^”\"]*[”\"]|[^\W_]+(?:'[^\W_]+)?")


def mend_typos(text: str, *, is_food_word: Callable[[str], bool]) -> str:
    """The text with misspelled words of questions put right. `is_food_word` tells which words name or describe foods.

    It is asked only about words that would be changed, so a text without typos costs no look-up.
    """

    def mend(match: re.Match[str]) -> str:
        word = match.group().casefold()
        meant = SHORT_FORMS.get(word) or _nearest(word)
        if not meant or (word not in SHORT_FORMS and is_food_word(word)):
            return match.group()
        return meant

    return _WORD.sub(mend, text)


def _nearest(word: str) -> str:
    """The one word of questions that this one may be a misspelling of; empty for none, or for several."""
    if len(word) < SHORTEST or not word.isascii() or not word.isalpha() or word in WORDS or word in PLAIN_WORDS:
        return ""
    # "Recovered" and "hydrated" are no typos, only longer; "calorie" is one of many.
    if any(word.startswith(known) or known == word + "s" for known in WORDS):
        return ""
    allowed = 2 if len(word) >= TWO_EDITS_FROM else 1
    near = [
        known
        for known in WORDS
        if known[0] == word[0] and abs(len(known) - len(word)) <= allowed and edit_distance(word, known) <= allowed
    ]
    if len(near) > 1:
        fewest = min(edit_distance(word, known) for known in near)
        near = [known for known in near if edit_distance(word, known) == fewest]
    return near[0] if len(near) == 1 else ""
