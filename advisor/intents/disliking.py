"""What an athlete does not eat: told, taken back, or asked for. Each wish becomes one proposal."""

from __future__ import annotations

import re
from functools import partial

from advisor.backends.protocol import Proposal
from advisor.intents import Intent
from advisor.intents.offers import propose, say_waits
from advisor.proposals.preferences import ADD, REMOVE, is_known_food
from advisor.proposing import preference_proposal
from advisor.question import Question
from advisor.writing import Writer

_DISLIKE = re.compile(
    r"\bi (?:really )?(?:don't|do not|dont|can't|cannot) (?:like|eat|stand)\s+(?P<food>[\w',& -]+)|"
    r"\bi (?:really )?(?:hate|dislike|detest)\s+(?P<second>[\w',& -]+)|"
    r"\b(?:never|stop) (?:plan|give me|planning|giving me)\s+(?P<third>[\w',& -]+)|"
    r"\b(?:don't|do not|dont) (?:ever )?(?:give|serve|plan|offer)(?: me)?\s+(?P<sixth>[\w',& -]+)|"
    r"\b(?:remove|take|leave|keep) (?P<fourth>[\w',& -]+?) (?:out of|from|off) (?:my |the |all )?(?:plans?|meals?)|"
    r"^(?:please )?no more (?P<fifth>[\w',& -]+)"
)
_LIKE_AGAIN = re.compile(
    r"\b(?:remove|take|delete|drop|erase)\s+(?P<first>[\w',& -]+?)\s+(?:from|off|out of)\s+(?:my |the )?(?:list of )?"
    r"(?:dislikes?|dislike list|disliked foods?|what i (?:do not|don't|dont) (?:like|eat))\b|"
    r"\bforget (?:that )?i (?:really )?(?:hate|dislike|detest|can't stand|(?:don't|do not|dont) (?:like|eat))\s+"
    r"(?P<second>[\w',& -]+)|"
    r"\bi (?:no longer|(?:don't|do not|dont)) (?:hate|dislike)\s+(?P<third>[\w',& -]+)|"
    r"\bi (?:like|eat|want) (?P<fourth>[\w',& -]+?) (?:again|after all)\b"
)
_NO_FOOD = re.compile(
    r"^(?:my |the |this |that |it|today's |tomorrow's )?(?:breakfast|lunch|dinner|snacks?|meals?|dish|it|that|this|"
    r"plan|them|these|those)?(?: today| tomorrow| tonight| on \w+| please)*$"
)
# A name of a food holds none of these.
_NO_NAME = re.compile(r"\b(?:i|like|love|hate|that|lock|swap|plan|add|remove|forget|eat|you)\b")
_AROUND = re.compile(
    r"\b(?:any ?more|at all|ever again|again|please|very much|so much|really|to eat|eating|to|now|from now on)\b"
)
_AT_MEAL = re.compile(
    r"\b(?:(?:for|at|with|as|in)(?: my| a| the)? (?:breakfasts?|lunch(?:es)?|dinners?|suppers?|snacks?)|"
    r"in (?:the )?(?:morning|evening)s?)\b"
)
_BETWEEN = re.compile(r"\s*(?:,|&|\band\b|\bor\b|\bnor\b)\s*")
_MOST_WORDS = 3
_ASKS_DISLIKES = re.compile(
    r"\b(?:what|which)(?: \w+){0,2} do i (?:dislike|hate|not like|not eat)$|"
    r"\b(?:what|which)(?: \w+){0,2} (?:don't|dont) i (?:like|eat)$|"
    r"\b(?:what|which)(?: \w+){0,2} (?:did i say )?i (?:dislike|hate|don't like|dont like|do not like|don't eat)$|"
    r"\b(?:what|which|show|list|tell me)\b[\w' ]* my (?:list of )?(?:dislikes|disliked foods?)$"
)
_ASKS_ALLERGIES = re.compile(
    r"\b(?:what|which)(?: \w+){0,2} (?:am i|i am|i'm) allergic to$|\bto what am i allergic$|"
    r"\b(?:what|which) allerg(?:ies|ens) (?:do i|i) have$"
)


def foods_disliked(q: Question) -> list[str]:
    """The foods that the athlete does not want, one by one; empty where none is told."""
    match = _DISLIKE.search(q.text)
    words = next((group for group in match.groups() if group), "") if match else q.asked_food
    return _foods(words)


def _liked_again(q: Question) -> list[str]:
    """The foods that are not disliked any more; empty where that is not said."""
    match = _LIKE_AGAIN.search(q.text)
    return _foods(next((group for group in match.groups() if group), "")) if match else []


def _foods(words: str) -> list[str]:
    """Foods by their names; empty as soon as one part is anything else."""
    plain = _AROUND.sub(" ", _AT_MEAL.sub(" ", words))
    parts = [re.sub(r"\s+", " ", part).strip(" .,'") for part in _BETWEEN.split(plain)]
    foods = list(dict.fromkeys(part for part in parts if part))
    named = [
        food for food in foods if not (_NO_FOOD.match(food) or _NO_NAME.search(food) or len(food.split()) > _MOST_WORDS)
    ]
    return foods if len(named) == len(foods) else []


def _dislike(q: Question, w: Writer) -> bool:
    again = _liked_again(q)
    if again:
        return _like_again(w, again)
    foods = foods_disliked(q)
    if not foods:
        return False
    w.about(food=foods[0])
    known = [food for food in foods if is_known_food(w.tools.athlete, food)]
    if known and propose(w, lambda: _proposal(w, ADD, known)):
        dishes = w.proposals[-1].diff["dishes"]
        if dishes["becomes"] < dishes["was"]:
            w.say("It would be kept out of your plans from the next one on.")
        else:
            w.say("None of the dishes I can plan for you holds it now; it would stay out of any that comes.")
        if _AT_MEAL.search(q.text):
            w.say("That would hold for every meal: I cannot keep a food out of one meal only.")
        say_waits(w)
        w.say("If it is an allergy, set it in your food settings instead: then it is kept out hidden or not.")
    for food in foods:
        if food not in known:
            propose(w, partial(_proposal, w, ADD, [food]))
    return True


def _like_again(w: Writer, foods: list[str]) -> bool:
    w.about(food=foods[0])
    if propose(w, lambda: _proposal(w, REMOVE, foods)):
        w.say("It could be planned for you again.")
        say_waits(w)
    return True


def _proposal(w: Writer, change: str, foods: list[str]) -> Proposal:
    return preference_proposal(w.tools.athlete, field="dislike", change=change, value=", ".join(foods))


def _excluded(q: Question, w: Writer) -> bool:
    """What the profile says that is not eaten, or not tolerated."""
    facts = w.tools.read_profile()
    if _ASKS_ALLERGIES.search(q.text):
        if facts.get("allergies") is not None:
            w.say("Your allergies: {allergies}.", allergies=w.text(facts["allergies"]))
        else:
            w.say("You named no allergies.")
    elif facts.get("dislikes") is not None:
        w.say("What you do not eat: {foods}.", foods=w.quoted(facts["dislikes"]))
    else:
        w.say("You named no food that you do not like.")
    return True


EXCLUDED = Intent(
    "excluded",
    lambda q: bool(_ASKS_DISLIKES.search(q.text) or _ASKS_ALLERGIES.search(q.text)),
    _excluded,
)
DISLIKE = Intent(
    "dislike",
    lambda q: (
        ((bool(foods_disliked(q)) and not q.asked_food) or bool(_liked_again(q)))
        and not q.has(r"instead|swap|what|why|else")
    ),
    _dislike,
)
