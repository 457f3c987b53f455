"""Greetings, thanks, help, what the advisor is and is not, and the honest answer to what is not known."""

from __future__ import annotations

import re

from advisor.intents import Intent
from advisor.question import Question
from advisor.writing import Writer


def _tell_abilities(w: Writer) -> None:
    w.line("what to eat at a meal or on a day, and around a session or a race")
    w.line("your targets and why they are what they are")
    w.line("your training, your week, and whether your plan still follows your calendar")
    w.line("recipes with their grams, your shopping list, and what is in a food")
    w.line("whether a food fits your allergies and diet, and other dishes in place of one you do not want")
    w.line("what would change if you left out, lengthened or added a session")


_TERM = (
    r"what (?:is|are) (?:an? )?(?:tss|ctl|atl|tsb|glycogen|macros|deficit|calorie deficit|macronutrients|training "
    r"stress score)"
)


_YES_OR_NO = r"yes|yep|yeah|ok|okay|sure|no|nope|do it|go ahead|confirm|please do|yes,? please|no,? thanks"


def _is_only(q: Question, words: str) -> bool:
    return (
        re.fullmatch(
            rf"(?:{words})(?: there| again| advisor| everyone| you| so much| a lot| very much)*[ .,:)]*", q.text
        )
        is not None
    )


def _greet(q: Question, w: Writer) -> bool:
    w.say("Hello. Ask me what to eat around your training, why your targets are what they are, or what to buy.")
    return True


def _keep_topic(q: Question, w: Writer) -> None:
    """What is asked next may still lean on the answer before this one, which told of nothing."""
    w.about(**q.topic)


def _thank(q: Question, w: Writer) -> bool:
    _keep_topic(q, w)
    w.say("You are welcome. Eat well, and ask when something changes.")
    return True


def _confirmation(q: Question, w: Writer) -> bool:
    _keep_topic(q, w)
    w.say("I change nothing by a word: confirm or decline a proposal where it stands, or ask me something else.")
    return True


def _help(q: Question, w: Writer) -> bool:
    w.say("I answer from your own plan and calendar. You can ask me about:")
    _tell_abilities(w)
    w.para("I explain and propose; you decide. I do not treat illness, medication or eating problems.")
    return True


def _identity(q: Question, w: Writer) -> bool:
    w.say("I am the advisor of AthlEAT, a program and not a person.")
    w.say("I answer from your own plan, calendar and profile, and show where each number comes from.")
    w.say("I change nothing by myself: I propose, and you confirm.")
    return True


def _medical(q: Question, w: Writer) -> bool:
    w.say("No, this is not medical advice.")
    w.say("It is general information for healthy adults, from estimates that can be off.")
    w.say(
        "Please ask a doctor or a registered sports dietitian about illness, pregnancy, medication, being under "
        "age or an eating problem, and check labels yourself if you have an allergy."
    )
    return True


def _delete_data(q: Question, w: Writer) -> bool:
    w.say("You can delete a conversation from its own page; it is really gone then, with everything it said.")
    w.say("Your whole account with all its data is exported or deleted from your account page, under “More”.")
    w.say("I cannot delete anything for you from here.")
    return True


def _privacy(q: Question, w: Writer) -> bool:
    w.say("What you write here belongs to you.")
    w.say("A coach sees your training and plan once you have agreed to the link, and these talks only if you allow it.")
    w.say("Nothing goes to a model outside this service unless you have agreed to that, and you can take it back.")
    w.say("You find all of it in your settings.")
    return True


def _term(q: Question, w: Writer) -> bool:
    if q.has(r"tss|training stress score|training load"):
        w.say(
            "TSS, the training stress score, says what a session asks of you: its length and its effort in one figure."
        )
    elif q.has(r"ctl|fitness"):
        w.say("Fitness, or CTL, is your training load of about six weeks, the recent days counting most.")
    elif q.has(r"atl|fatigue"):
        w.say("Fatigue, or ATL, is your training load of about one week, the recent days counting most.")
    elif q.has(r"tsb|form"):
        w.say("Form, or TSB, is fitness less fatigue: below zero you carry fatigue, above it you are rested.")
    elif q.has(r"glycogen"):
        w.say(
            "Glycogen is carbohydrate stored in muscle and liver; it is the fuel of hard effort, and meals refill it."
        )
    elif q.has(r"deficit"):
        w.say("A deficit is eating less than you spend; I plan one only for a goal you set, and never a steep one.")
    elif q.has(r"macros?|macronutrients?"):
        w.say("Macronutrients are carbohydrate, protein and fat, the parts of food that bring energy.")
    else:
        return False
    return True


def _sources(q: Question, w: Writer) -> bool:
    day = q.day
    target = w.tools.read_targets(day)
    w.say("Every number I give is a fact from your plan, your calendar, your profile or the calculation of your day.")
    w.say(
        "For {day} your carbohydrate rests on {source}.", day=w.day(day), source=w.source(target.get("source:carbs_g"))
    )
    w.say("Your protein rests on {source}.", source=w.source(target.get("source:protein_g")))
    w.say("The sources stand below each answer; ask me why for one target to see how it came about.")
    return True


def _unknown(q: Question, w: Writer) -> bool:
    _keep_topic(q, w)
    w.say("I cannot answer that, but here is what I can tell you about:")
    _tell_abilities(w)
    return True


OPENING = (
    Intent(
        "greeting",
        lambda q: _is_only(q, r"hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|howdy|yo|zdravo|cao"),
        _greet,
    ),
    Intent(
        "thanks",
        lambda q: _is_only(
            q,
            r"(?:many )?thanks|thank you|thx|ty|cheers|great,? thanks|ok,? thanks|perfect,? thank you|hvala|"
            r"got it,? thanks|that(?:'s| is) (?:great|perfect|helpful),? thanks?",
        ),
        _thank,
    ),
    Intent(
        "confirmation",
        lambda q: _is_only(q, _YES_OR_NO),
        _confirmation,
    ),
    Intent(
        "identity",
        lambda q: q.has(r"who are you|what are you|are you (?:a |an )?(?:human|person|real|robot|bot|ai|machine|"
                        r"program)"),
        _identity,
    ),
    Intent(
        "help",
        lambda q: (
            _is_only(
                q, r"help|help me|what (?:can|do) you (?:do|know|answer)|what can i ask|how does this work|"
                r"how do you work",
            )
            or q.has(r"what can you (?:do|help|tell)(?: me)?(?: with| for me)?|what can i ask you|what do you do")
        ),
        _help,
    ),
    Intent(
        "medical_advice",
        lambda q: (
            q.has(r"medical|doctor'?s? advice|diagnos\w*|are you a (?:doctor|dietitian|nutritionist)|"
                  r"replace (?:a|my) doctor")
            and not q.has(r"eat|meal")
        ),
        _medical,
    ),
    Intent(
        "delete_data",
        lambda q: q.has(r"delete|erase|remove|export|download") and q.has(
            r"(?:my |all )?(?:data|account|conversations?|chats?|messages|history|everything)"
        ) and not q.has(r"from (?:my|the) (?:list|plan)"),
        _delete_data,
    ),
    Intent(
        "privacy",
        lambda q: q.has(
            r"who (?:can |else )?sees? (?:my|this|these|what)|who can (?:see|read)|is (?:my data|this|it) "
            r"(?:private|secret|safe "
            r"with you)|privacy|(?:what )?(?:does|can) my coach (?:see|read|know)|do you share"
        ),
        _privacy,
    ),
    Intent(
        "term",
        lambda q: q.has(r"what (?:is|are|does)|meaning of|explain|define")
        and (q.has(r"mean|means|meaning|define|term|stand for") or q.has(_TERM))
        and not q.days and not q.has("my"),
        _term,
    ),
    Intent(
        "sources",
        lambda q: not q.nutrients and q.has(
            r"sources?|stud(?:y|ies)|evidence|which paper|research|where do(?:es)? (?:this|these|that|your|the) \w* ?"
            r"(?:numbers?|figures?|values?)? ?come from|how do you know"
        ),
        _sources,
    ),
)  # fmt: skip
CLOSING = (Intent("unknown", lambda q: True, _unknown),)
