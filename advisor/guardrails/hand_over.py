"""What is checked before a message is answered, and the words that hand it over to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from advisor.languages import serbian_care
from advisor.languages.detect import detect_language
from advisor.languages.serbian import OF_MONTHS
from advisor.redflags import red_flags
from advisor.words import MONTHS

DISCLAIMER = gettext_noop(
    "General information for healthy adults, from estimates that may be 10 to 20 % off. It is not medical care or a "
    "diagnosis. Please ask a doctor or a registered sports dietitian about illness, pregnancy, medication, an age "
    "below 18, or an eating problem, and check the labels of foods yourself if you have an allergy."
)
_HELP = (
    "If you are in danger now, call your local emergency number (112 in Europe, 911 in North America). "
    "findahelpline.com lists free, confidential lines in your country."
)
_DOCTOR = "Please talk to a doctor about this before you train or change what you eat."
HAND_OVER: dict[str, str] = {
    "self_harm": (
        "I am really glad you said this. You deserve to talk with a person about it now, not with a food planner. "
        f"{_HELP} If you can, tell somebody near you today. Your plan can wait."
    ),
    "chest_pain": (
        "Please stop training and get this looked at now. Pain or pressure in the chest, or trouble breathing, needs "
        "a doctor today; if it is there at this moment, call your local emergency number (112 in Europe, 911 in North "
        "America). I leave food aside until a doctor has seen you."
    ),
    "fainting": (
        "Please do not train until a doctor has seen you: fainting can have causes that food does not mend. If it "
        "happens during effort, or you hurt your head, call your local emergency number."
    ),
    "heat_illness": (
        "This can be heat illness, and it gets worse fast. Stop, get into the shade, cool the skin with water, and "
        "have somebody stay with you. With confusion, vomiting or no sweat, call your local emergency number now."
    ),
    "blood": (
        "Blood where there should be none is a reason to see a doctor soon, today if there is a lot of it or you feel "
        "weak. Please rest from training until you know the cause. I leave food advice aside here."
    ),
    "unwell": (
        "I am sorry that you feel unwell. Please leave training for now, sit or lie down, and drink something. If "
        "you are dizzy or weak, something sweet may help at once. If it gets worse, does not pass soon or comes "
        "back, or your heart behaves oddly, see a doctor; if you faint, call your local emergency number. I leave "
        "plans aside until you are well again."
    ),
    "eating_disorder": (
        "Thank you for telling me. What you describe deserves care from a person, and I do not want to add numbers to "
        "it. A doctor, or a dietitian who works with eating problems, can help, and so can somebody you trust. "
        f"{_HELP} Your meals stay in your plan without numbers whenever you want them."
    ),
    "long_fast": (
        "I do not plan fasts longer than a day: for an athlete they cost muscle, bone and health. If eating has become "
        f"difficult or frightening, please talk with a doctor or a dietitian. {_HELP}"
    ),
    "very_low_energy": (
        "I do not plan days with so little energy: below that, your body cannot cover its own needs, with or without "
        f"training. {_DOCTOR} A registered sports dietitian can find a way that is safe for you. If eating less has "
        f"come to feel like something you must do, you are not alone with it. {_HELP}"
    ),
    "fast_loss": (
        "I do not plan weight loss as fast as that: it takes muscle and health with it. A registered sports dietitian "
        f"or a doctor can set a pace that is safe for you. {_HELP}"
    ),
    "doping": (
        "I do not advise on substances or methods that are banned or risky, not even on doses or timing. You answer "
        "for what is found in your body, whatever the reason. Your national anti-doping organization and the Global "
        "DRO data base can tell you what is allowed, and a team doctor can talk with you in confidence."
    ),
    "medication": (
        "I cannot advise on medication. Please do not start, stop or change a dose because of food or training before "
        "you have asked the doctor or the pharmacist who knows you. Take your training plan with you."
    ),
    "condition": (
        "With an illness like this, amounts have to come from the doctor or dietitian who knows you: what suits "
        "others can harm you, around training most of all. Please show them your plan before you follow it. I give "
        "no amounts on this meanwhile."
    ),
    "pregnancy": (
        "In pregnancy and while you breastfeed, targets must come from somebody who can examine you. Please ask your "
        "midwife, your doctor or a registered dietitian, and show them your plan before you follow its amounts. I "
        "plan no deficit and name neither energy nor weight meanwhile."
    ),
    "injury": (
        "I am sorry that it hurts. Pain like this belongs to a doctor or a physiotherapist: food does not answer it, "
        "and I cannot tell you whether it is safe to train on it. Please spare it until somebody has looked at it, "
        "soon if it is swollen, numb or cannot carry you, or if it does not get better within days. Your plan stays "
        "as it is; when your training changes, change the sessions, and your targets follow."
    ),
    "minor_deficit": (
        "You are still growing, so I plan no weight loss and set no goal for weight or body fat. Please talk about it "
        "with a parent or guardian and with a doctor or a sports dietitian. Eating enough is what makes training work."
    ),
}
CARE = (
    "Until {day} I plan no deficit, and neither pages nor answers show energy or weight. If I have misread you, you "
    "can end this in your profile."
)
SAY_PREGNANCY = (
    "If it is so, please say it in your profile too, under “Pregnant or breastfeeding?”: from then on nothing here "
    "lowers your energy."
)
# Once one of these was raised, weeks without energy, weight and deficits follow.
WITHHOLDING_FLAGS = frozenset({"eating_disorder", "long_fast", "very_low_energy", "fast_loss", "minor_deficit"})
# Weeks of care as well, until the profile says it: the profile then keeps deficits away for as long as it does.
UNSAID_FLAG = "pregnancy"


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand-over: the words, and the safety object that goes with the reply."""

    reply: str
    safety: dict[str, Any]
    language: str = "en"


def screen_message(
    text: str,
    *,
    age_years: int | None = None,
    weight_kg: float | None = None,
    pregnant: bool = False,
    language: str | None = None,
) -> Hand | None:
    """The hand-over a message calls for, or None when it may be answered. Never depends on tier or quota.

    Its words are in `language`, or in the one the message is written in.
    """
    flags = red_flags(text, age_years=age_years, weight_kg=weight_kg, pregnant=pregnant)
    if not flags:
        return None
    is_serbian = (language or detect_language(text)) == "sr"
    return Hand(
        reply=(serbian_care.HAND_OVER if is_serbian else HAND_OVER)[flags[0]],
        safety={
            "flag": flags[0],
            "flags": list(flags),
            "action": "hand_over",
            "coaching_stopped": True,
            "withholds_numbers": bool(WITHHOLDING_FLAGS & set(flags)) or (UNSAID_FLAG in flags and not pregnant),
            "disclaimer": serbian_care.DISCLAIMER if is_serbian else DISCLAIMER,
        },
        language="sr" if is_serbian else "en",
    )


def told_care(until: date, *, language: str, unsaid: bool = False) -> str:
    """The sentences that say what happens to plan and numbers after a hand-over that withholds them.

    `unsaid`: a pregnancy was told that the profile does not know; then they also say where to enter it.
    """
    if language == "sr":
        told = serbian_care.CARE.format(day=f"{until.day}. {OF_MONTHS[until.month - 1]}")
        return f"{serbian_care.SAY_PREGNANCY} {told}" if unsaid else told
    told = CARE.format(day=f"{until.day} {MONTHS[until.month - 1]}")
    return f"{SAY_PREGNANCY} {told}" if unsaid else told
