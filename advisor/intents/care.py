"""What the advisor says about alcohol, supplements, sweat and an upset stomach: general, cautious, without doses."""

from __future__ import annotations

import re

from advisor.intents import Intent
from advisor.intents.around import around_lead, planned_around
from advisor.intents.meals import tell_dish
from advisor.question import Question
from advisor.writing import Writer, event_words

# Classes of the framework of the Australian Institute of Sport: A evidence for some uses, B emerging, C little,
# D banned or at high risk of contamination.
_GROUP_A = (
    r"creatine|beta[- ]?alanine|nitrates?|beet(?:root)? (?:juice|shots?)|bicarb\w*|baking soda|glycerol|"
    r"(?:whey|protein) (?:powder|isolate|shake)s?|whey|probiotics?|multi-?vitamins?|vitamin d|iron (?:tablets?|"
    r"supplements?|pills?)|zinc|electrolyte (?:tablets?|powder)"
)
_GROUP_B = (
    r"collagen|ketones?|fish oil|omega[- ]?3s?|curcumin|turmeric|quercetin|tart cherry(?: juice)?|menthol|pickle juice|"
    r"carnitine|vitamin c|nac"
)
_GROUP_C = r"bcaas?|magnesium|hmb|vitamin e|tyrosine|prebiotics|phosphate|glutamine"
_GROUP_D = (
    r"tribulus|maca|colostrum|dmaa|ephedrine|sarms?|prohormones?|peptides?|pre-?workout (?:powder|booster)s?|"
    r"fat burners?"
)
_ANY = r"supplements?|supplementation|sports supplements?|powders?"
_SUPPLEMENT = f"{_GROUP_A}|{_GROUP_B}|{_GROUP_C}|{_GROUP_D}|{_ANY}"
_ALCOHOL = r"alcohol|beers?|wine|drunk|booze|cocktails?|rakija|whisk(?:e?y)|vodka|a pint|hangover|hung over"


def _alcohol(q: Question, w: Writer) -> bool:
    w.say("I plan no alcohol and set no target for it.")
    w.say(
        "In the day before a session, a race, or in the hours of recovery it costs you fluid, sleep, and the refilling "
        "of your stores; its energy counts like any other."
    )
    event = q.meant.event if q.meant is not None else None
    if event is None:
        day = q.day
        near = [e for e in w.tools.events_on(day, day) if e.counts]
        after = [e for e in w.tools.events if e.counts and e.local_date > day]
        event = next(iter([*near, *after]), None)
    if event is not None:
        w.say("The session to think of is {event}.", event=event_words(w, event))
    w.say("If you drink, have it with food, well away from training, and drink water with it.")
    w.say("If it is hard to leave out, a doctor can help in confidence.")
    return True


def _supplements(q: Question, w: Writer) -> bool:
    if w.tools.is_minor:
        w.say("While you are still growing I advise on no supplements: food first, a doctor or dietitian for the rest.")
        return True
    if q.has(_GROUP_D):
        w.say(
            "That belongs to the class D of the Australian Institute of Sport: banned, or at high risk of holding "
            "something banned. I give no advice on how to use it."
        )
    elif q.has(_GROUP_A):
        w.say(
            "That belongs to the class A of the Australian Institute of Sport: there is good evidence for it in some "
            "situations, used to a protocol."
        )
        w.say("Whether it is one for you is a question for a sports dietitian; it can have side effects.")
    elif q.has(_GROUP_B):
        w.say(
            "That belongs to the class B of the Australian Institute of Sport: the evidence is only emerging, so I do "
            "not recommend it."
        )
    elif q.has(_GROUP_C):
        w.say(
            "That belongs to the class C of the Australian Institute of Sport: little of it is shown to help, so I do "
            "not recommend it."
        )
    else:
        w.say("Food first: your plan is made to meet your targets with food alone.")
        w.say(
            "Supplements come in classes: A with good evidence in some situations, B emerging, C with little, D "
            "banned or risky. Ask me about one by name."
        )
    w.say(
        "You answer for what is found in your body: take only products tested by batch (Informed Sport, NSF Certified "
        "for Sport), and check the present list of the World Anti-Doping Agency."
    )
    return True


def _sweat(q: Question, w: Writer) -> bool:
    w.say("How much you sweat is not known to me; I count with reference values for the length and the effort.")
    w.say(
        "You can measure it: weigh yourself before and after a session, add what you drank, and take the difference "
        "for each hour."
    )
    meant = q.meant
    event = meant.event if meant is not None and meant.event is not None else None
    if event is None:
        event = next((other for other in w.tools.events if other.counts and other.local_date >= q.day), None)
    if event is not None:
        fueling = w.tools.read_fueling(event)
        w.say("For {event} it comes to this.", event=event_words(w, event))
        if fueling.number("during.fluid_high_ml"):
            w.say(
                "Plan to drink about {amount}, by thirst and never more than you sweat.",
                amount=w.num(fueling["during.fluid_high_ml"]),
            )
        if fueling.number("during.sodium_mg_h"):
            w.say("Take {amount} of sodium with it.", amount=w.num(fueling["during.sodium_mg_h"]))
        else:
            w.say("At that length it needs no sodium of its own; your meals bring it.")
    return True


def _gut(q: Question, w: Writer) -> bool:
    """Discomfort around training: what is usually easier to carry, and who can find the cause."""
    w.say("I cannot tell what causes it.")
    w.say(
        "What is usually easier on the stomach before a session: food you know, low in fiber and fat, eaten with more "
        "time ahead; and during it small sips and small bites instead of much at once."
    )
    w.say("Try one change at a time, in training and not on race day.")
    w.say("If it is strong, new or does not go away, please ask a doctor.")
    if q.meant is not None and q.meant.event is not None:
        w.para("The session I see is {event}.", event=event_words(w, q.meant.event))
        for item in planned_around(w, q.meant.event, "before"):
            tell_dish(w, item, ingredients=False, why=False, lead=around_lead(w, item.slot, "before"))
            w.say("Ask me for another dish if that is one you do not carry well.")
    return True


_NUTRIENT = r"magnesium|zinc|vitamin [cde]|omega[- ]?3s?"
_AS_FOOD = (
    r"enough|(?:how much|what) .*(?:get|in|has|have|contains?)|foods?|high|rich|sources?|bring\w*|plan|intake|"
    r"lack\w*|low|lacking|deficien\w*|too little|reference|daily"
)


def names_supplement(q: Question) -> bool:
    """Whether a supplement is named, and not a food that holds the same, nor a nutrient that meals bring."""
    if (
        q.has(_NUTRIENT)
        and q.has(_AS_FOOD)
        and not q.has(r"tablets?|pills?|capsules?|supplement\w*|powder|take|taking")
    ):
        return False
    return q.has(_SUPPLEMENT) and not re.search(r"\b(?:list|buy|recipe|salad)\b", q.text)


INTENTS = (
    Intent("alcohol", lambda q: q.has(_ALCOHOL) and not q.has(r"ginger beer|root beer|vinegar"), _alcohol),
    Intent("supplements", names_supplement, _supplements),
    Intent("sweat", lambda q: q.has(r"sweat\w*|salt loss|sodium loss"), _sweat),
    Intent(
        "gut_comfort",
        lambda q: q.has(r"stomach|tummy|gut|nausea|nauseous|queasy|bloated|bloating|heartburn|reflux|side stitch"),
        _gut,
    ),
)
