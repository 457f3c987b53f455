"""English phrases that raise a flag, as regular expressions over flattened text."""

from __future__ import annotations

from advisor.redflags.rule import Rule
from advisor.redflags.rule import make_rule as _rule

_MEALS = (
    r"(?:food|meals?|breakfast|lunch|dinner|supper|snacks?|dessert|cake|cookies?|pizza|chocolate|"
    r"treats?|calories|carbs|what i (?:ate|eat)|everything i (?:ate|eat))"
)
_SELF = r"(?:my ?self|me)"
# What hard training and a bad gel do to everybody; coaching answers that.
_BY_SPORT = (
    r"(?! (?:on|in|up) (?:the |my )?(?:\w+ )?(?:climbs?|hills?|sprints?|descents?|flats?|bike|swim|run)\b|"
    r" (?:after|in|during|late in|towards? the end of|at the end of) (?:the |my |a |each |every )?(?:\w+ )?"
    r"(?:intervals?|runs?|rides?|swims?|sessions?|workouts?|races?)\b| without (?:my )?(?:coffee|caffeine|breakfast)\b)"
)
_BY_FOOD = (
    r"(?! (?:after|from|with) (?:too many |too much |so many |the |my |a )*(?:gels?|bars?|chews|sports drinks?|milk|"
    r"coffee)\b| when i (?:drink|have|take) (?:\w+ )?(?:gels?|milk|coffee|bars?|sports drinks?)\b)"
)


ENGLISH: tuple[Rule, ...] = (
    _rule(
        "self_harm",
        r"\b(?:jump|jumping) (?:off|from) (?:a|the) (?:bridge|roof|building|cliff)\b|\bin front of (?:a|the) train\b",
        r"\b(?:been|started|keep|kept|am|was|stop) (?:hurting|harming|burning|hitting|punching) my ?self\b",
        r"\b(?:want|wish|like) (?:to |i could )?(?:just )?(?:disappear|vanish|be gone|sleep) (?:forever|for good|"
        r"for ever|and never wake up)\b",
        r"\b(?:no ?body|no one|noone|nobody) would (?:even )?(?:miss|notice|care)\b(?: \w+){0,3} (?:died|dead|gone|"
        r"was gone|disappeared)\b",
        r"\bif i (?:died|were dead|was dead)\b|\b(?:i am|im|i m) (?:done|tired) (?:with|of) (?:life|living|"
        r"being alive)\b",
        r"\bkill(?:ing)? my ?self\b",
        r"\bsuicid",
        r"\b(?:end|ending|take|taking) (?:my|this)(?: own)? life\b|\bend(?:ing)? it all\b|"
        r"\bwant to end it\b(?! (?:with|on|at|in)\b)",
        r"\bbetter off (?:without me|if i (?:was|were) (?:gone|dead))\b|\bno (?:point|sense) (?:in|to) (?:living|"
        r"life|being alive)\b|"
        r"\b(?:easier|better|nicer) (?:to be|if i (?:was|were)) dead\b|\b(?:do not|dont|don t|can not|cant|"
        r"can t) (?:see|find|have) (?:a|any|the) (?:reason|point) (?:to|in|for) (?:keep )?(?:liv\w+|going on|"
        r"being here)\b|"
        r"\blife (?:is ?n(?:t| t)|is not|isnt) worth\b|\b(?:burn|hit|punch|starve|scratch)(?:ing)? my ?self (?:when|"
        r"after|because|if|as punishment|to feel)\b|"
        r"\bwish i (?:was|were|wasnt|wasn t|had never been) (?:dead|alive|born|not here)\b|\brather be dead\b",
        r"\b(?:started|started with|back to|keep|been|urge to|am) cut(?:ting)?(?: again)?\b(?= (?:again|after|when|"
        r"because|my(?: |$)(?:self|arms?|"
        r"wrists?|legs?|thighs?)))(?! after (?:the|a|my) (?:season|race|bulk))",
        r"\bcut(?:ting)? my (?:arms?|wrists?|thighs?)\b|\bhurt(?:ing)? my ?self (?:on purpose|deliberately|"
        r"intentionally)\b",
        r"\b(?:do not|dont|don t) want to (?:live|be alive|wake up|be here any ?more)\b|\bwant to die\b|"
        r"\bbetter off dead\b",
        r"\b(?:hurt|harm|hurting|harming)(?:ing)? my ?self\b(?! (?:on(?! purpose)|in|at|during|while|by|when)\b)",
        r"\bself[ -]?harm",
        r"\bcut(?:ting)? my ?self\b(?! (?:a|an|some|another|off|down|slack|short)\b)",
        r"\bno reason to live\b",
    ),
    _rule(
        "chest_pain",
        r"\b(?:tight|painful|burning|heavy) chest\b|\b(?:pain|numb\w*|tingling)\b(?: \w+){0,4} (?:left arm|my jaw)\b",
        r"\bshort(?:ness)? of breath\b(?: \w+){0,3} (?:at rest|easy|resting|walking|lying|stairs)\b",
        r"\bchest (?:pains?|tightness|pressure|hurts|discomfort)\b|\b(?:pain|tightness|pressure|tight|"
        r"squeezing|stabbing|burning|ache) (?:in|on|across|behind) (?:my |the )?(?:chest|breastbone|sternum)\b",
        r"\b(?:left )?arm (?:is |goes |went |feels )?numb\b.*\bchest\b|\belephant\b(?: \w+){0,3} (?:on|"
        r"my) (?:my )?chest\b|\b(?:stabbing|crushing|squeezing|burning|sharp)(?: \w+){0,3} (?:in|on) (?:my |"
        r"the )?chest\b",
        r"\bmy chest (?:\w+ ){0,2}(?:hurts|hurting|aches|tight|burns)\b",
        r"\bheart attack\b|\b(?:irregular|skipping) heart ?beat|\bheart (?:keeps |is )?(?:skipping|skips) beats\b",
        r"\b(?:can not|cant|can t|cannot) (?:catch my breath|breathe)\b(?! (?:through|well through))",
    ),
    _rule(
        "fainting",
        r"\b(?:woke up|came to|found my ?self) (?:on|lying on) the (?:ground|floor)\b|\beverything went black\b",
        r"\bfaint(?:ed|ing|s)?\b(?! never)|\b(?:fell|was|went|been|found) unconscious\b",
        r"\b(?:pass|passed|passing|black|blacked|blacking) out\b",
        r"\bcollapsed (?:after|during|at|on|in)\b|\blost consciousness\b",
    ),
    _rule(
        "heat_illness",
        r"\bheat ?stroke\b|\bheat exhaustion\b|\bsun ?stroke\b",
        r"\b(?:stopped|not|dont|don t) sweat(?:ing)?\b.*\b(?:hot|heat|dizzy|confus\w+|sun)\b|\b(?:hot|"
        r"heat|dizzy|confus\w+|sun)\b.*\b(?:stopped|not) sweating\b",
        r"\b(?:confus\w+|disoriented|delirious|vomiting)\b.*\b(?:in the heat|heat|hot day|overheat\w*)\b",
        r"\b(?:in the heat|overheat\w*)\b.*\b(?:confus\w+|disoriented|vomit\w*|staggering)\b",
    ),
    _rule(
        "blood",
        r"\bblood on (?:the |my )?(?:toilet paper|paper|tissue)\b|\b(?:pee|urine)\b(?: \w+){0,4} (?:brown|red|cola|"
        r"coke|tea colou?red|like coke)\b|\b(?:brown|red|dark brown|cola) (?:pee|urine)\b",
        r"\bblood(?:y)? (?:in|on) (?:my |the )?(?:stools?|poo+p?|urine|pee|toilet|vomit|diarr?h\w+)\b",
        r"\bbloody (?:stools?|diarr?h\w+|urine|poo+p?)\b|\b(?:black|tarry) stools?\b",
        r"\b(?:pee|peeing|peed|poop\w*|pass\w*|cough\w*|vomit\w*|throwing up|urinat\w+) (?:up )?blood\b",
        r"\brectal bleeding\b|\b(?:cola|coke|tea) colou?red (?:urine|pee)\b",
    ),
    _rule(
        "unwell",
        rf"\b(?:feel|feeling|felt) (?:really |so |very |a bit |a little |quite )*(?:(?:weak|shaky)\b{_BY_SPORT}|"
        rf"sick\b{_BY_FOOD}|(?:dizzy|light ?headed|faint|ill|unwell|feverish)\b)(?! (?:of|and tired of|with (?:nerves|"
        r"excitement|joy)|prepared|equipped|hope|praise))",
        r"(?<!when )(?<!whenever )(?<!if )(?<!once )(?<!coach that )"
        r"\b(?:i am|i m|im|i get|getting|i got|been) (?:really |so |very |a bit |a little )*(?:dizzy|light ?headed|"
        r"feverish|ill)\b(?! (?:is|fitting|prepared|equipped|at ease|advised|timed))",
        r"\b(?:i have|i ve got|ive got|have|got|running) (?:a )?(?:high )?(?:fever|temperature|the flu|flu)\b"
        r"(?! (?:pitch|oven|check|sensor|control|tent|shot|jab|vaccine|vaccination|game|difference|zone))",
        r"\bheart (?:is )?(?:races|racing|pounds|pounding) (?:at rest|when i rest|lying|in bed|for no reason)\b",
    ),
    _rule(
        "eating_disorder",
        r"\b(?:do not|dont|don t) want to eat (?:any ?more|anything|at all|ever again)\b(?! (?:of|rice|pasta|meat|tofu|"
        r"potatoes|bread|with|that|this|before|after|today))",
        r"\b(?:scared|afraid|terrified|frightened|panic\w*|anxious) (?:to|of|about|when i) (?:eat|eating)\b",
        r"\b(?:cry|cried|crying|shake|panic) (?:after|before|during|when i|at) (?:\w+ )?(?:meals?|eat|eating|food|"
        r"dinner|lunch)\b",
        r"\b(?:ignore|suppress|kill|stop|fight|beat) (?:my |the )?(?:hunger|appetite)\b(?: \w+){0,6} (?:skinny|thin|"
        r"thinner|lighter|lean|weight|slim)\b",
        r"\b(?:less|fewer) i eat (?:the )?(?:better|happier|stronger|prouder)\b|\b(?:get|be|stay|become) (?:so |"
        r"really |super )?skinny\b",
        r"\b(?:make|making|made|force|forcing|forced) "
        + _SELF
        + r" (?:to )?(?:be |feel |get )?(?:sick|throw up|throwing up|vomit|puke)\b",
        r"\b(?:throw|throwing|threw|vomit\w*|puk(?:e|ed|ing))(?: up| it up)? (?:my |all my |after |every |each )+"
        + _MEALS
        + r"\b.*\b(?:weight|fat|calories|slim|skinny|thin|lighter)\b",
        r"\b(?:throw|throwing|threw) up (?:my |all my |what i )(?:food|meals?|dinner|lunch|breakfast|ate)\b",
        r"\b(?:throw|throwing|threw) up (?:after|following) (?:every |each |my |all |big )?(?:meals?|eating|food|"
        r"dinner|lunch|breakfast)\b",
        r"\bvomit\w* (?:after (?:every |each |my )?(?:meals?|eating|food)|to (?:lose|keep|control|stay))\b",
        r"\bpurg(?:e|ed|es|ing)\b(?! (?:the )?(?:fridge|pantry|cupboard|list|data|old|air|brakes?|water|line))",
        r"\bbing(?:e|ed|ing|eing)\b(?! (?:watch|rac\w+ season|read\w*|on (?:a )?(?:series|show|netflix)))",
        r"\blaxatives?\b",
        r"\bdiuretics?\b(?! (?:effect|drink|action|propert\w+|food))|\bwater (?:pills?|tablets?)\b|\bdiet (?:pills?|"
        r"tablets?)\b|\bslimming (?:pills?|tea)\b",
        r"\b(?:anorexi\w*|bulimi\w*|orthorexi\w*|eating disorder|thinspo\w*|pro ana|proana|ed relapse)\b",
        r"\bstarv(?:e|ing) my ?self\b|\bself starv",
        r"\b(?:stop|quit|give up) eating\b(?! (?:\w+ ){0,2}(?:meat|sugar|dairy|gluten|bread|before|at|"
        r"so|too|junk|sweets|fish|eggs|out|late|red|processed|fast|pork|during|in))(?=$| (?:completely|"
        r"entirely|altogether|all|food|anything|for|so i|to|until|any))",
        r"\b(?:earn|earned|earning|deserve|deserved) (?:my |the |a |this |that )?" + _MEALS + r"\b",
        r"\b(?:burn|burning|burned|burnt|work|working|worked|run|running) off (?:my |the |a |this |that "
        r"|all |last night s |yesterday s |all the |all that )*" + _MEALS + r"\b",
        r"\b(?:punish|punishing) my ?self\b.*\b(?:eat|ate|eating|food|run|train|exercise)|\bexercise (?:away|"
        r"to make up for) " + _MEALS,
        r"\b(?:afraid|scared|terrified|fear|frightened|panic|anxious)\b(?: \w+){0,3} (?:gain(?:ing)?(?: "
        r"\w+)? weight|getting fat|becoming fat|weight gain|of (?:food|eating|calories|carbs))\b",
        r"\b(?:hate|disgusted (?:by|with)|disgusting) my (?:body|self|belly|thighs|weight)\b",
        r"\b(?:guilty|ashamed|disgusting|worthless)\b(?: \w+){0,4} (?:eat|eating|ate|eaten|food|meals?)\b",
        r"\bfingers? (?:down|in|into) (?:my|the) throat\b|\bget(?:ting)? rid of (?:the |my |all )?(?:dinner|lunch|"
        r"breakfast|food|meal|cake|what)\b(?: \w+){0,2} (?:ate|eaten|had)\b",
        r"\b(?:make|making|made) up for (?:the |that |a |my |all the |last night s |yesterday s )*(?:cake|pizza|"
        r"cookies?|dessert|dinner|food|chocolate|binge|"
        r"what i ate|eating)\b",
        r"\b(?:count|counting|weigh|weighing) every (?:single )?(?:calorie|gram|bite)\b.*\b(?:panic|afraid|scared|"
        r"anxious|cry|guilty|freak)\b",
        r"\b(?:i|we) chew(?:ing)? and spit|\bchew(?:ing)? (?:and|then) spit",
        r"\bhid(?:e|ing) (?:my |the )?(?:food (?:from|so)|weight loss|how little i eat)\b|\bhid(?:e|"
        r"ing) (?:\w+ ){0,4}(?:not eating|how little)\b",
        r"\b(?:ate|eat|eating|eaten|food|meal|cookie|cake|binge|carbs)\b(?: \w+){0,6} (?:hate|loathe|"
        r"despise) my ?self\b",
        r"\b(?:not|dont|don t|didnt|didn t) deserve (?:to eat|food|dinner|lunch|breakfast|a meal|carbs)\b|\b(?:earn|"
        r"deserve) (?:the right )?to eat\b",
        r"\b(?:only|never) feel (?:\w+ ){0,2}(?:good|ok|okay|safe|clean|in control|calm) when (?:\w+ ){0,4}(?:empty|"
        r"hungry|starving|not eating|eaten nothing)\b",
        r"\b(?:love|like|enjoy|proud of) (?:the )?(?:feeling of )?(?:being empty|an empty stomach|going hungry|"
        r"hunger pangs|starving)\b",
        r"\b(?:lose|losing|skinny|thin|light)\b(?: \w+){0,3} (?:at any cost|no matter what|whatever it takes)\b",
        r"\b(?:miss(?:ed|ing)?|lost|losing|no|stopped|havent had|haven t had|without) (?:my |a |having "
        r"(?:a )?)?(?:last )?(?:two |three |four |several |few |\d )?periods?\b(?! of)",
        r"\bmy periods? (?:has |have )?(?:stopped|disappeared|is gone|are gone|went away)\b|\bamenorrh",
        r"\bbmi (?:of |to |at |under |below |around |down to |is )*(?:1[0-7](?:\.\d+)?|18(?:\.[0-4]\d*)?)\b(?![.,]\d)",
        r"\b(?:skip|skipping|skipped) (?:all |every |most )?(?:meals?|breakfast|lunch|dinner|eating)\b."
        r"*\b(?:lose|losing|weight|lighter|thin|skinny|slim)\b",
        r"\b(?:sauna|sweat suit|sweatsuit|rubber suit|dehydrat\w+|hot baths?|spit(?:ting)?|cut(?:ting)? "
        r"water|water cut|water load\w*)\b.*\b(?:make weight|making weight|lose weight|weigh ?in|cut weight|"
        r"drop weight|weight class|lighter|kg|kilos?|lbs?|pounds?)\b",
        r"\b(?:stop|stopping|quit|without|no) drink(?:ing)?(?: \w+){0,3} (?:make weight|weigh ?in|weight class|"
        r"lighter)\b",
        r"\b(?:make weight|making weight|lose weight|weigh ?in|cut weight|drop weight|drop \d+ ?(?:kg|"
        r"kilos?|lbs?|pounds?))\b.*\b(?:sauna|sweat suit|sweatsuit|dehydrat\w+|water cut|cut(?:ting)? "
        r"water|not drink\w*|stop drinking)\b",
    ),
    _rule(
        "doping",
        r"\bepo\b|\berythropoietin\b|\bblood dop\w+|\bdoping agent|\bmicrodos\w+ (?:epo|testosterone|hormone)",
        r"\b(?:anabolic|anabolics)\b(?! (?:window|response|resistance|effect of protein))|\b(?:take|taking|cycle|"
        r"cycling on|course of|buy|use|using|best|oral|"
        r"inject\w*) (?:of )?steroids\b|\bsteroids? (?:cycle|stack|course|dose|dosage|injections?)\b|\bon steroids\b",
        r"\bclenbuterol\b|\bclen\b|\btrenbolone\b|\btren\b|\bostarine\b|\bligandrol\b|\bsarms?\b|\bcardarine\b|"
        r"\bmeldonium\b|\bdianabol\b|\banavar\b|\bwinstrol\b|\bturinabol\b|\bigf ?1\b",
        r"\btestosterone (?:injections?|shots?|gel|cream|cycle|patch(?:es)?|dose|replacement)\b|\binject\w* "
        r"testosterone\b",
        r"\bhgh\b|\b(?:human )?growth hormone (?:inject\w+|dose|cycle|shots?|use|to)\b|\bpeptides? (?:stack|"
        r"cycle|inject\w+)\b",
        r"\btramadol\b|\bephedr(?:a|ine)\b|\bdmaa\b|\bamphetamines?\b|\bmodafinil\b|\bdnp\b|\bdinitrophenol\b",
        r"\b(?:beat|pass|cheat|evade|avoid|fail) (?:a |the |my )?(?:doping|drug|anti ?doping) (?:test|"
        r"control)s?\b|\bmasking agent",
        r"\b(?:iv|intravenous) (?:drip|infusion|fluids|saline)\b",
    ),
    _rule(
        "medication",
        r"\b(?:take|taking|skip|delay|move|time)(?: \w+){0,3} (?:blood thinners?|warfarin|insulin|antidepressants?|"
        r"thyroxine|levothyroxine|statins?|metformin|beta blockers?)\b(?: \w+){0,2} (?:later|earlier|less|more|"
        r"before|after|without|with)\b",
        r"\b(?:stop|stopping|quit|skip|skipping|come off|coming off|change|changing|double|doubling|halve|"
        r"reduce|reducing|increase|adjust|lower|raise)(?: \w+){0,2} (?:medications?|meds|medicines?|pills|"
        r"tablets|prescription|insulin|metformin|antidepressants?|ssris?|statins?|warfarin|thyroxine|levothyroxine|"
        r"lithium|beta blockers?|blood thinners?|blood pressure (?:tablets|pills|medication)|the pill|"
        r"dose|dosage)\b",
        r"\b(?:still )?need (?:to take )?(?:my|the) (?:medication|meds|medicines?|insulin|metformin|antidepressants?|"
        r"statins?|pills|tablets|prescription)\b(?: if| when| on|$)",
        r"\bhow (?:much|many) (?:units of |)(?:insulin|metformin|ozempic|semaglutide|ibuprofen|painkillers?|"
        r"antidepressants?)\b|\binsulin (?:dose|dosing|units)\b",
        r"\b(?:instead of|replace|without) (?:my |the )?(?:medication|meds|medicine|insulin|antidepressants?|"
        r"prescription)\b",
        r"\bozempic\b|\bsemaglutide\b|\bwegovy\b|\bmounjaro\b",
        r"\b(?:ibuprofen|naproxen|diclofenac|aspirin|paracetamol|acetaminophen|painkillers?|antidepressants?|ssris?|"
        r"antibiotics?|blood thinners?|warfarin|statins?|metformin|thyroxine|levothyroxine|beta blockers?)\b",
        r"\b(?:use|using|take|taking|inject\w*|on|with) insulin\b",
    ),
    _rule(
        "condition",
        r"\b(?:i have|i ve got|ive got|i m|im|i am|with my|having|as a|my) (?:a )?(?:type (?:1|2|one|two|i|ii) )?"
        r"diabet(?:es|ic)\b|\btype (?:1|2|one|two) diabet(?:es|ic)\b",
        r"\b(?:i have|i ve got|ive got|with|my) (?:a |chronic )*(?:kidney (?:disease|failure)|heart (?:failure|disease|"
        r"condition)|cancer|liver disease|phenylketonuria|pku|epilepsy|bariatric surgery|gastric bypass)\b",
    ),
    _rule(
        "pregnancy",
        r"\bwe (?:are|re) expecting\b(?! rain| snow| heat| guests| visitors)|\bpost ?partum\b|\bmorning sickness\b|"
        r"\b(?:and|while|still) (?:breast ?feeding|lactating)\b|\bafter giving birth\b",
        r"\b\d{1,2} (?:weeks?|months?) pregnant\b|\bpregnant (?:with|and|at|athlete|runner|woman)\b|"
        r"\bi (?:just )?(?:got|found out) (?:i am |i m |im )?pregnant\b",
        r"\b(?:i am|im|i m|am i|i might be|i may be|while|being|when|if i am|during|my(?! \w+ sister)) (?:(?!not|"
        r"never|no)\w+ )?(?:pregnant|"
        r"pregnancy|breast ?feeding|lactating|nursing my)\b",
        r"\b(?:first|second|third|my \w+|in the last) trimester\b(?! of the (?:season|year))|\bexpecting a baby\b|"
        r"\bi am expecting\b",
    ),
)
