"""English words for the check of deeds: which verbs claim nothing, what a plan consists of, irregular participles."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# What somebody who only reads and proposes may say of themselves. Every other verb after “I” is read as a deed.
HARMLESS = word_set(
    """
    see look check count use find suggest propose recommend think know believe understand mean assume suppose
    guess expect hope feel read round compare consider calculate compute estimate derive weigh leave omit skip
    limit focus base rely draw refer quote cite show list name mention describe explain answer say speak talk
    discuss notice observe spot detect review examine inspect study analyze analyse search browse follow rank
    prefer favor favour aim keep stay stick prioritize prioritise want need like love wish have lack own
    apologize apologise regret thank appreciate welcome agree disagree doubt worry care offer help assist try
    attempt start begin end work warn caution advise encourage point highlight stress emphasize repeat summarize
    summarise outline illustrate clarify distinguish differentiate separate interpret translate measure verify
    recheck trust wonder imagine remain include exclude ignore treat regard view watch hear learn gather see
    require depend lean choose pick avoid decline refuse hesitate wait pause stop sound seem hold identify
    recognize recognise miss misread overlook err fail rule rest judge rate sum total tally realize realise
    recall sense face sympathize match pair sit stand struggle tend
    """
)
# The same in the present only: “I plan no fasts” tells how the product works, “I planned it” what it would have done.
HARMLESS_NOW = frozenset({"plan", "note", "confirm", "remember", "remind", "convert", "come"})
# Verbs that claim nothing with the right words behind them.
MAKERS = word_set("make create prepare draft put do write form word draw set add build produce sketch give")
MADE = word_set(
    """
    proposal proposals suggestion suggestions option options alternative alternatives example examples
    comparison estimate calculation calculations sum math maths summary overview outline assumption assumptions
    mistake error guess
    """
)
TAKEN = word_set(
    """
    number numbers figure figures value values amount amounts account consideration average date day
    """
)
TO_WHOM = frozenset({"you", "no", "for", "about", "because", "which", "whether", "how", "only", "is", "are"})
TOLD = frozenset({"tell", "give", "ask", "show"})
GONE = frozenset({"through", "by", "over", "for", "with", "back", "into", "beyond"})
# Verbs that put something somewhere as soon as a place is named.
PLACING = word_set("leave keep include exclude skip limit fit have hold start begin end work rule avoid match")
# A negation before these is none: “I did not hesitate to swap it”.
REVERSED = word_set("hesitate wait fail forget resist refrain stop neglect help pause miss avoid")
# Past forms that are adjectives of food, bodies and figures as well.
ADJECTIVES = word_set(
    """
    baked boiled cooked dried fried grilled roasted steamed mashed smoked canned tinned chopped sliced diced
    grated peeled toasted salted unsalted sweetened unsweetened flavored poached scrambled stewed braised soaked
    rinsed drained mixed stirred frozen cured pickled marinated fermented cultured strained ground whipped
    melted chilled cooled heated warmed puffed rolled shredded minced crushed stuffed breaded pasteurized
    pasteurised fortified enriched refined processed aged seasoned layered topped filled garnished peppered iced
    tired rested needed varied balanced limited related interested based planned fixed given unsaturated
    saturated hydrated isolated concentrated diluted
    """
)
# Participles that say how something is, also after “has been”.
STATIVES = ADJECTIVES | word_set(
    """
    shown recommended suggested proposed rounded calculated computed estimated measured left recorded eaten used
    meant known found seen told called named made said explained described listed built composed covered spread
    divided split served followed preceded accompanied surrounded located found reached needed required wanted
    allowed permitted excluded included contained stored refilled depleted emptied used loaded trained studied
    proven proved linked associated prepared reported tested tied connected matched expected supposed asked
    intended designed tailored meant aimed grouped ranked weighted derived taken drawn weighed counted absorbed
    burned burnt lost digested spent earned lived become been worn hurt injured stressed offset missed
    interrupted tracked watched supported supplied provided driven governed bounded capped compared influenced
    affected caused explained published reviewed checked understood committed dedicated devoted concerned
    accustomed used backed supervised considered consumed drunk chosen preferred liked disliked kept loved
    favored divided
    """
) - {"delivered", "brought", "lifted", "sorted", "", "finished", "verified"}
# How things of a plan may be at the present without anybody having acted just now.
STANDING = STATIVES | word_set(
    """
    scheduled planned set locked marked finished done sorted verified labeled labelled priced portioned scaled
    split rated due meant open timed stacked bought
    """
)
STANDING_ORDERS = frozenset({"set", "locked", "marked", "done", "sorted", "scheduled", "verified", "finished"})
# After “has been” these have an actor: somebody fixed it, told him, took it out, recorded it.
ENDED = frozenset({"fixed", "told", "given", "taken", "recorded", "processed", "tied", "matched", "called", "divided"})
# How an errand may be without anybody having run it.
ERRAND_STATIVES = word_set(
    """
    planned needed shown based recommended suggested proposed required listed limited meant intended expected
    allowed described explained excluded calculated wanted permitted
    """
)
IRREGULAR = word_set(
    """
    done freed made set put sent told written taken given gone bought brought built cut chosen begun shown known
    seen found left kept held laid led let met paid read run said sold spent spread stood stuck struck swept
    taught thrown torn understood undone redone rewritten withdrawn woken worn drawn driven eaten drunk frozen
    hidden hit hurt lost meant dealt shut split reset rebuilt resent undertaken overwritten gotten got broken
    caught
    """
)
# Past tenses that differ from the base form and from every noun.
PAST = word_set(
    """
    did made sent told wrote took gave went bought brought built chose began kept held laid paid sold spent
    threw tore undid redid rewrote withdrew drew drove froze hid got left rebuilt broke caught swept said
    thought found saw knew came became felt heard led meant met ran sat stood understood
    """
)
BASES = {
    **{"did": "do", "done": "do", "made": "make", "sent": "send", "told": "tell", "wrote": "write", "written": "write"},
    **{"took": "take", "taken": "take", "gave": "give", "given": "give", "went": "go", "gone": "go", "got": "get"},
    **{"gotten": "get", "chose": "choose", "chosen": "choose", "began": "begin", "begun": "begin", "kept": "keep"},
    **{"held": "hold", "said": "say", "thought": "think", "found": "find", "saw": "see", "seen": "see", "knew": "know"},
    **{"known": "know", "felt": "feel", "heard": "hear", "meant": "mean", "stuck": "stick", "left": "leave"},
    **{"drew": "draw", "drawn": "draw", "spoke": "speak", "spoken": "speak", "had": "have", "has": "have"},
    **{"shown": "show", "understood": "understand", "built": "build", "came": "come", "leant": "lean", "ran": "run"},
    **{"sat": "sit", "stood": "stand", "lying": "lie", "forgot": "forget", "forgotten": "forget", "undid": "undo"},
}
NOT_PARTICIPLES = word_set(
    """
    need seed speed feed bread red indeed hundred bed shed weed exceed proceed succeed agreed sped led fed med
    """
)
# What only somebody with hands could do to it: whatever is said to be so of these is a claim.
ERRANDS = (
    r"(?:reminders?|alarms?|notifications?|orders?|groceries|bookings?|appointments?|e-?mails?|mails?|messages?|notes?|"
    r"coach|trainer|dietitian|nutritionist|doctor|requests?|changes?|swaps?|updates?|replacements?|edits?|adjustments?|"
    r"modifications?|tweaks?|switch|exchange|deletion|transfer|delivery|deliveries|account|subscription|reservation|tickets?)"
)
THINGS = (
    r"(?:plans?|lists?|calendars?|weeks?|days?|menus?|meals?|dish|dishes|dinners?|lunch|lunches|breakfasts?|snacks?|"
    r"suppers?|profiles?|targets?|goals?|preferences?|settings?|events?|runs?|rides?|swims?|sessions?|races?|workouts?|"
    r"trainings?|conversations?|portions?|allerg(?:y|ies)|weight|pasta|it|that|this|everything|all|those|these|they|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
PLACES = r"(?:plans?|lists?|calendars?|weeks?|menus?|profiles?|diary|log|cart|basket|settings?|preferences?|agenda)"
