"""Illness and injury in English and Serbian, over flattened text: what no food answers.

Soreness of muscles after hard training and a stomach upset by gels are everyday; coaching answers those.
"""

from __future__ import annotations

from advisor.redflags.rule import Rule
from advisor.redflags.rule import make_rule as _rule

# Said in general or of another day, which is no report of how the athlete is.
_NOT_IF = r"(?<!when )(?<!whenever )(?<!if )(?<!once )(?<!coach that )"
_NOT_THEIRS = (
    r"(?<!cat )(?<!dog )(?<!son )(?<!kid )(?<!baby )(?<!daughter )(?<!child )(?<!toddler )(?<!he )(?<!husband )"
    r"(?<!wife )"
)
# A stomach that a gel or a drink has upset is a question of fueling.
_BY_FOOD = (
    r"(?!(?: \w+){0,8}? (?:because of|due to|after|from|with|when i (?:drink|have|take|use)|on)(?: \w+){0,3}? "
    r"(?:gels?|bars?|chews|sports? drinks?|milk|coffee|caffeine|bicarb\w*)\b)"
)
_OF_RACING = (
    r"(?!(?: \w+){0,3}? (?:during|in|on|at)(?: \w+){0,2}? (?:races?|runs?|rides?|swims?|climbs?|km \d+|the bike)\b)"
)
_SITE = (
    r"(?:knees?|kneecaps?|ankles?|hips?|shins?|achilles(?: tendon)?|foot|feet|heels?|it band|(?:lower |upper )?back|"
    r"shoulders?|neck|groin|elbows?|wrists?|tendons?|hamstrings?|ribs?|toes?|joints?)"
)
_JOINT = r"(?:knees?|kneecaps?|ankles?|hips?|shins?|achilles|heels?)"
_BREAKS = rf"(?:{_SITE}|calf|calves|quad|leg|arm|hand|finger|collarbone|muscle|ligaments?|meniscus|acl)"
_YES = r"(?:(?!not\b|no\b|never\b|hardly\b|doesn|don|isn|aren|didn|won|stopped\b|anymore\b)\w+ ){0,3}?"
# How to eat while an injury heals is a question for food.
_NOT_HEALING = r"(?!.*\b(?:recover\w*|heal\w*|rehab\w*)\b)"

_SITE_SR = (
    r"(?:kolen\w+|clan(?:ak|k\w+)|zglob\w*|kuk(?:a|u|ovi|ove)?|potkolenic\w*|cevanic\w*|ahil\w*|tetiv\w*|stopal\w*|"
    r"pet(?:a|e|u)|ledj\w*|krst(?:a|ima)|rame(?:na|nu)?|vrat(?:u)?|prepon\w*|lakat|laktu|rebr\w*|skocni zglob)"
)
_HURT_SR = r"(?:povredi(?:o|la)|uganu(?:o|la)|slomi(?:o|la)|iscasi(?:o|la)|istegnu(?:o|la)|polomi(?:o|la))"
_NOT_HEALING_SR = r"(?!.*\b(?:oporav\w*|zacel\w*|zaras\w*)\b)"
_BY_FOOD_SR = (
    r"(?!(?: \w+){0,6}? (?:od|zbog|posle|nakon|kad|kada|uz)(?: \w+){0,2}? "
    r"(?:gel\w*|mlek\w*|kaf\w*|plocic\w*|izotonik\w*|kofein\w*)\b)"
)
# What may follow “nije mi dobro” when it is a whole sentence rather than “nije mi dobro vreme”.
_ENDS_SR = (
    r"(?=$| (?:danas|jutros|sinoc|nocas|juce|vec|sad|sada|posle|nakon|na|sta|i|pa|mogu|smem|ali|u|tokom|treba|"
    r"trebalo|otkad|odjutros|od (?:jutros|juce|sinoc)|zbog|da li|tri|dva|kako|sme)\b)"
)

BODY: tuple[Rule, ...] = (
    _rule(
        "unwell",
        # Fever
        _NOT_IF
        + r"\b(?:with|despite|have|having|had|got|running|through|caught) (?:a |the |this |my |some )?(?:\w+ )?"
        + r"(?<!hay )(?<!race )(?<!gold )(?<!marathon )(?<!cabin )(?<!spring )fever\b(?! pitch)",
        r"\b(?:with|despite) a (?:high |slight |mild |raised )?temperature\b(?! (?:of|above|below|around|control|"
        r"sensor|range|difference|drop|near|over|under))",
        r"\bmy (?:body )?temperature (?:is|was|has been) (?:\w+ )?(?:3[789]|40|10[0-4])\b|\b(?:3[89]|40)(?:[.]\d)? ?"
        r"(?:c |degrees )?(?:of )?fever\b|\bfever (?:of|is) \d",
        r"\b(?:with|have|got|caught) (?:the |a )?(?:flu|influenza|covid|corona|pneumonia|bronchitis|norovirus|"
        r"gastroenteritis|food poisoning|(?:stomach|tummy) (?:bug|flu|virus))\b"
        r"(?! (?:shot|jab|vaccin\w*|season|game|test))",
        r"\b(?:have|got|caught|with) a (?:bad |nasty |slight |terrible |head |heavy )?cold(?=$| (?:can|should|and|do|"
        r"what|is|so|but|today|since|now)\b)",
        # Vomiting that is not meant; what is meant to purge is a sign of an eating problem.
        _NOT_THEIRS
        + r"\b(?:threw|thrown) up\b(?! (?:my|your|his|her|our|their|his|the) (?:hands?|arms?)\b| (?:a|an|some|dust|"
        r"sand|gravel|mud|another)\b)" + _BY_FOOD,
        _NOT_THEIRS + r"\b(?:vomited|puked)\b" + _BY_FOOD,
        _NOT_IF
        + r"\b(?:am|was|im|i m|been|keep|kept|started|cant stop|can t stop|cannot stop) "
        + r"(?:throwing up|vomiting|puking)\b"
        + _BY_FOOD,
        r"\bi (?:always |often |sometimes |usually |keep )?(?:throw up|vomit|puke) (?:after|during|in|at the end of|"
        r"following) (?:\w+ ){0,2}(?:races?|runs?|rides?|swims?|sessions?|training|workouts?|intervals?|efforts?)\b"
        + _BY_FOOD,
        # Diarrhea
        _NOT_IF
        + r"\b(?:have|ive got|i ve got|had|having|with|got|suffer\w* from) (?:\w+ ){0,2}?diarr?h(?:o?ea)\b"
        + _BY_FOOD,
        _NOT_IF
        + r"\bdiarr?h(?:o?ea) (?:since|today|this (?:morning|week)|all (?:day|night)|last night|for (?:two|three|\d))\b"
        + _BY_FOOD,
        # Not well
        r"\bi was (?:\w+ )?sick (?:after|during|in|all|this|last|twice|on)\b"
        + _BY_FOOD
        + r"(?! (?:after|with) nerves)",
        r"\bfeverish\b(?! (?:pace|race|tempo|work|season))",
        r"\b(?:do not|dont|don t|am not|im not|i m not) (?:feel|feeling) (?:very |so |really |too |that |at all )?well"
        r"\b(?! (?:prepared|rested|fueled|fed|trained|slept|enough trained))" + _BY_FOOD,
        r"\b(?:do not|dont|don t|am not|im not|i m not) (?:feel|feeling) (?:very |so |too )?good(?=$| (?:today|since|"
        r"can|should|what|and (?:have|ache|shiver)\w*)\b)",
        _NOT_IF + r"\b(?:i am|im|i m) (?:really |so |very |still |a bit )*(?:unwell\b|sick(?=$| (?:today|since|can|"
        r"should|what|with (?:the |a )|now|this|at home|in bed)\b))",
        r"\b(?:i have|i ve got|ive got|with) (?:a |an )(?:\w+ )?(?:headache|migraine|sore throat|chest infection)\b"
        + _OF_RACING,
        # Serbian
        r"\b(?:s|sa|pod|uz) (?:povisen\w+ |blag\w+ |visok\w+ |malo )?(?:temperatur(?:om|u)|groznic(?:om|u)|gripom|"
        r"prehladom|koronom|kovidom)\b(?! (?:vode|vazduha|rerne|napolju|iznad|ispod|preko|od (?:oko )?(?!3[789]|40)))",
        r"\b(?:temperatura mi je|mi je temperatura) (?:\w+ )?(?:3[789]|40|skocila|povisena|visoka)\b|"
        r"\bimam (?:\w+ )?(?:3[789]|40)(?:[. ]\d)? (?:temperatur\w*\b|stepen\w*$)|"
        r"\bimam (?:\w+ ){0,2}(?:povisenu |blagu )?temperaturu\b(?! (?:vode|rerne|vazduha))",
        r"\bprehladjen\w* sam\b|\bsam (?:se )?(?:\w+ )?prehladjen\w*\b|\bprehladi(?:o|la) sam se\b|"
        r"\bsam se (?:\w+ )?prehladi(?:o|la)\b|\bimam (?:\w+ )?(?:prehladu|upalu grla|koronu|kovid|stomacni (?:virus|"
        r"grip))\b|\brazbole(?:o|la) sam se\b|\bsam se (?:\w+ )?razbole(?:o|la)\b|"
        r"(?<!kad )(?<!kada )(?<!ako )\bsam (?:\w+ )?(?:bolestan|bolesna)\b(?! od)|\botrova(?:o|la) sam se\b|"
        r"\bsam se (?:\w+ )?otrova(?:o|la)\b",
        r"\bpovrac(?:am|ao|ala)\b" + _BY_FOOD_SR,
        r"\b(?:povrati(?:o|la) sam|sam (?:se )?(?:\w+ ){0,2}(?:is)?povrati(?:o|la)|ispovraca(?:o|la))\b"
        r"(?!(?: \w+){0,2}? (?:snag\w*|energij\w*|form\w*|glikogen\w*|kil\w*|tezin\w*|kondicij\w*|izgublj\w*|"
        r"volj\w*|samopouz\w*))" + _BY_FOOD_SR,
        r"\bpovraca mi se\b" + _BY_FOOD_SR,
        r"\b(?:imam|imala sam|imao sam|sam imala|sam imao|dobila sam|dobio sam|muci me|uhvatio me|uhvatila me|uz|sa) "
        r"(?:\w+ ){0,2}?(?:proliv\w*|dijarej\w*|povracanj\w*|trovanj\w*|"
        r"mucnin\w*(?= (?:od (?:jutros|juce)|danas|jutros|vec)|$))\b" + _BY_FOOD_SR,
        r"\bnije mi (?:bas |nesto |vise |uopste )?dobro" + _ENDS_SR + _BY_FOOD_SR,
        r"\bmi (?:\w+ )?nije dobro" + _ENDS_SR + _BY_FOOD_SR,
        r"\bproliv me (?:\w+ )?(?:muci|uhvatio|drzi)\b" + _BY_FOOD_SR,
        r"\b(?:lose|slabo) se osecam\b(?! (?:u|na|zbog|jer|kad|kada|sto) )" + _BY_FOOD_SR,
        r"\b(?:lose|slabo|zlo|muka|mucno) mi je" + _ENDS_SR + _BY_FOOD_SR,
        r"\bmi je (?:\w+ )?(?:lose|zlo|muka|mucno|pozlilo)$|\bpozlilo mi je\b|\bmi je pozlilo\b",
        r"\bne osecam se (?:\w+ )?dobro\b(?! (?:u|na|sa|s) )" + _BY_FOOD_SR,
        r"\bboli me (?:\w+ )?(?:glava|grlo|uvo)\b|\bme (?!ne )(?:\w+ )?boli (?:glava|grlo|uvo)\b|\bglava me boli\b",
    ),
    _rule(
        "injury",
        rf"\bmy (?:\w+ )?{_SITE} {_YES}(?:hurts?|hurting|aches?|aching|painful|swollen|swelled|killing me)\b",
        rf"\b{_JOINT} {_YES}(?:hurts?|hurting|aches?|aching|swollen|painful)\b",
        rf"\b(?:pain|ache|swelling) (?:in|on|at|behind|around|under|below|along) (?:my |the |one |both )?(?:\w+ )?"
        rf"{_SITE}\b|\b{_SITE} pain\b",
        r"\bpain (?:\w+ ){0,3}?(?:when|while|whenever|every time) i (?:run|walk|ride|train|swim|jump|step|land)\b",
        r"\bsharp pains?\b(?! (?:of|au)\b)",
        rf"\b(?:i|ive|i ve|i have|and|just) (?:\w+ )?(?:sprained|twisted|rolled|tore|torn|pulled|strained|broke|broken|"
        rf"fractured|dislocated|injured|hurt) (?:my|a|an) (?:\w+ )?{_BREAKS}\b{_NOT_HEALING}",
        _NOT_IF
        + r"\b(?:i am|im|i m|i got|have been|ive been|i ve been) (?:badly |now |currently |still )?injured\b"
        + _NOT_HEALING,
        r"\b(?:i have|i ve got|ive got|have|with|my|got|developed)(?: \w+){0,2}? (?:stress fractures?|tend[io]n[io]tis|"
        r"plantar fasciitis|shin splints|runner s knee|runners knee|torn meniscus|tennis elbow|(?:knee|ankle|hip|"
        rf"shoulder|back|foot|achilles|hamstring) injury)\b{_NOT_HEALING}",
        # Serbian
        rf"\bbol[ei] me (?:(?!ne\b)\w+ ){{0,2}}?{_SITE_SR}\b|\bme (?!ne )(?:\w+ )?bol[ei] (?:\w+ )?{_SITE_SR}\b|"
        rf"\b{_SITE_SR} (?:me|mi) (?!ne )(?:(?!ne\b)\w+ )?(?:bol[ei]|otic\w*|otek\w*)\b|"
        r"\b(?:kolen[oa]|kuk|kukovi|zglob|zglobovi|rame|ramena|ahilova tetiva|clanak|potkolenica|stopalo) bol[ei]\b",
        rf"\b(?:bol|bolov[ei]|bolova|probadanje|otok)(?: \w+)? (?:u|na|ispod|iza|oko) (?:\w+ )?{_SITE_SR}\b|"
        rf"\b(?:natecen\w*|otecen\w*|otekl\w+) (?:\w+ )?{_SITE_SR}\b",
        rf"\b{_HURT_SR} sam\b{_NOT_HEALING_SR}|\bsam (?:se )?(?:\w+ )?{_HURT_SR}\b{_NOT_HEALING_SR}|"
        rf"\bpovredjen\w* sam\b{_NOT_HEALING_SR}|\bsam povredjen\w*\b{_NOT_HEALING_SR}|"
        rf"\bimam (?:\w+ )?povred[ue]\b{_NOT_HEALING_SR}",
        rf"\b(?:imam|muci me|sa|zbog)(?: \w+)? upal[aeuo]m? (?:\w+ )?(?:tetiv\w*|kolen\w*|zglob\w*|ahil\w*)\b"
        rf"{_NOT_HEALING_SR}",
    ),
)
