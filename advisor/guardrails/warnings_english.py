"""How English says that a food stays off the plate. `X` stands for the food, `F` for one that may be eaten.

`AVOIDING` are shapes that a time or a kind after them would limit (“avoid it today”); `STATING` say what is or is not
in something; `VERDICTS` that it is ruled out; `REASONS` give why and need a verdict beside them. `PLAIN` are the words
that may stand around a shape, `TURNING` and `POINTING` what takes one back.
"""

from __future__ import annotations

_ANY = (
    r"(?:(?:any|the|a|an|normal|regular|ordinary|every|everything|anything|something|whole|kinds?|forms?|"
    r"types?|sorts?|of|foods?|products?|"
    r"dish(?:es)?|snacks?|meals?|bars?|sauces?|traces?|ingredients?|cooking|made|with|containing|contains?|"
    r"that|from|in|"
    r"your|all|on) ){0,5}"
)
# “Do not eat all X” would leave some of it.
_ONE = (
    r"(?:(?:any|the|a|an|anything|something|of|foods?|products?|dish(?:es)?|snacks?|meals?|traces?|ingredients?|made|"
    r"with|containing|contains?|that|from|your) ){0,4}"
)
_VERB = (
    r"(?:(?:ever|be|to|even|also|going|you) ){0,2}(?:eat(?:en|ing)?|have|had|having|use[ds]?|using|take|drink|buy|try|"
    r"served?|suggest(?:ed)?|recommend(?:ed)?|add(?:ed)?|give|plan(?:ned)?|propose[ds]?|offer(?:ed)?|"
    r"need|put|order|choose|pick|cook with|cook|touch|like|want|tolerate|get|allow|permit|name|hold)"
)
_NOT = (
    r"(?:(?:do|does|did|can|could|must|should|shall|will|would|may|is|are|am|were|was|has|have)(?: you| i)? not|never)"
)
_BE = r"(?:is|are|stays?|remains?|has been|have been|gets?|will be|must be|being|were|was)"
_OUT = (
    r"(?:(?:still|also|always|strictly|therefore|completely|entirely|altogether|clearly|simply|kept|left|on "
    r"your list of|on your|in your|"
    r"both|all|one of|among|listed as|marked as|set as|in your list of|part of) ){0,3}"
    r"(?:excluded|exclusions?|off limits|off (?:the|your) (?:table|menu|plan|plate)|"
    r"out(?! of)|out of (?:your|the|all|this|every|any) (?:\w+ )?(?:plans?|menu|meals?|dish(?:es)?|question)|"
    r"left out|forbidden|unsafe|dangerous|ruled out|"
    r"kept out|avoided|(?:an |your |the |a )?(?:known )?allergens?|your (?:\w+ )?allerg(?:y|ies)|dislikes|list of "
    r"(?:allerg(?:ies|ens)|dislikes|exclusions)|to be avoided|banned|"
    r"what you (?:are allergic to|avoid)|missing|no option|no choice|not (?:\w+ )?(?:allowed|possible|safe|for "
    r"you|in it|(?:in|on|part of|among) (?:your|the|this|any|my|our) (?:\w+ )?(?:plans?|meals?|dish(?:es)?|menu|list|"
    r"recipes?|diet|foods?|week|breakfast|lunch|dinner|snacks?|sauces?)|"
    r"suitable|an option|planned|included|used|offered|suggested|listed|something i suggest|permitted|"
    r"right for you|"
    r"compatible|vegan|vegetarian|halal|kosher|gluten free|dairy free|a good (?:choice|idea|option|fit)|your "
    r"diet|your allergy)|replaced)"
)
AVOIDING: tuple[str, ...] = (
    rf"(?:avoid(?:s|ed|ing)?|exclud(?:e|es|ed|ing)|omit(?:s|ted|ting)?|leav(?:e|es|ing) out|left out|leave off|"
    rf"skip(?:s|ped|ping)?|cut(?:s|ting)? out|rul(?:e|es|ed|ing) out|(?:keep|keeps|kept|stay|stays|steer|"
    rf"keeping|staying) "
    rf"(?:\w+ )?(?:away from|clear of|off|free (?:of|from))|refus(?:e|es|ed)|watch out for|beware of|"
    rf"exclusion of|filter(?:s|ed)? out|tak(?:e|es|ing|en) out|remov(?:e|es|ed|ing)|leave) {_ANY}X(?: out| off|"
    rf" alone)?",
    rf"(?:leav(?:e|es|ing)|left|keep|keeps|kept|keeping|tak(?:e|es|ing|en)|filter|filters) {_ANY}X (?:out|off|away)",
    rf"{_NOT} {_VERB} {_ONE}X",
    r"X (?:(?:can|must|should|will|may|shall|do|does|would) not) (?:(?:ever|also|simply|just) )?(?:be "
    r")?(?:eaten|used|planned|served|"
    r"added|suggested|offered|included|appear|come|go|belong|fit|suit|work|touch|enter|be part|be in|"
    r"be on|be among|recommended|on|in|have|eat|allowed)",
    r"(?:choose|chose|prefer|pick|picked) (?:the |a |some )?F over X",
    r"X never (?:appears?|comes?|goes?|gets?|makes?|belongs?|ends?)",
    r"X must (?:stay|be (?:kept|left)) (?:out|away|off)",
)
STATING: tuple[str, ...] = (
    rf"(?:without|free (?:of|from)|in the absence of) {_ANY}X(?: in (?:it|them))?(?! (?:is|are|was|were|means|"
    rf"feels|makes|"
    r"lacks|costs|brings)(?! (?:planned|ready|possible|easy|available|in|on|what|here|quick|made|served|cooked|"
    r"your|set)))",
    r"X free",
    rf"(?:no|neither|nor|zero) {_ONE}X",
    rf"not {_ONE}X",
    r"(?:none of|neither|nor|no|nothing in|not one of|not a single) (?:[^\WXFAK]+ ){1,6}(?:contains?|includes?|"
    r"has|have|had|"
    r"uses?|holds?|lists?) (?:any |the )?X",
    r"(?:ask|check|find out) (?:[^\WXFAK]+ ){0,5}(?:whether|if) (?:[^\WXFAK]+ ){0,4}(?:contains?|has|have|"
    r"includes?|uses?) X",
    r"(?:replac(?:e|es|ed|ing)|takes the place of|stands? in for|steps? in for) (?:the |your |any )?X",
    rf"(?:(?:do|does|did|will|can|may|is|are) not|never) (?:contain|include|have|hold|list|use|come with|made with|"
    rf"contains|includes|uses) {_ONE}X",
    rf"(?:instead of|in place of|rather than|in lieu of) {_ONE}X",
    r"(?:replac(?:e|es|ed|ing)|swap(?:s|ped|ping)?|substitut(?:e|es|ing)|exchang(?:e|es|ed)) (?:the |your )?X "
    r"(?:with|for|by) (?:(?:some|the|a|an) )?F",
    r"(?:takes?|taking|in) (?:the )?place of (?:the )?X",
    r"(?:replacements?|substitutes?|alternatives?) (?:for|to) (?:the )?X",
    rf"(?:allerg(?:y|ies|ic)|intoleran(?:t|ce)|sensitiv(?:e|ity)|reactions?|react(?:s|ed)?|exclusions?) (?:to|"
    rf"of) {_ANY}X",
    r"(?:lists?|names?|mentions?|notes?|shows?|has|have) (?:a |an |your )?X (?:allerg(?:y|ies)|intolerance)",
    r"X (?:and \w+ )?(?:allerg(?:y|ies)|allergens?|intolerance|exclusion)",
    r"(?:allerg(?:y|ies)|allergens?|exclusions?|excluded|dislikes?)(?: in your profile)?(?: are| is| include| "
    r"includes) X",
    rf"(?:dislikes?|disliked|hates?|detests?) {_ONE}X",
    r"X(?: that| which)?(?: you)? dislikes?",
    r"X stays? (?:out|off|away)",
    r"(?:lists?|listed|names?|named|entered|noted|marked|recorded|mentions?|shows?) (?:(?:the|a|an|your) )?X as "
    r"(?:an |your )?(?:allerg(?:y|en|ies)|excluded|forbidden|disliked)",
    r"plan without X",
    r"(?:label|labels|pack|packs|ingredients|package|wrapper|declaration|list)(?: of ingredients)? for "
    r"(?:traces of )?X",
)
VERDICTS: tuple[str, ...] = (
    r"X (?:is|are|would be|might be|could be) (?:a problem|a risk|risky|dangerous|harmful)",
    rf"X {_BE} {_OUT}",
    r"X (?:breaks?|violates?|(?:is|are|goes?|would be) against|conflicts? with|clash(?:es)? with|triggers?)"
    r"(?: with)? (?:your|the) (?:\w+ )?(?:allerg(?:y|ies)|diet|exclusions?|rules)",
)
REASONS: tuple[str, ...] = (
    r"X (?:contain|have|include|use|hold|come with) (?:the |some |usually |often )?X",
    r"(?:X (?:(?:that )?you (?:asked about|named|mentioned|meant) )?)?(?:contains?|containing|may contain|"
    r"might contain|could contain|includes?|holds?|has|is|are|because of|due to|"
    r"made (?:with|of|from|out of)|is made (?:with|of|from)|are made (?:with|of|from)|not known to be free of|based on|"
    r"comes? with|lists?|names?|usually contains?|traces of|with|not|mentions?|uses?|listed|includes|asked "
    r"(?:about|for|whether you may eat)|"
    r"(?:they|which|these|that|these|some) (?:\w+ )?(?:have|contain|include|use)) "
    r"(?:(?:the|a|an|some|any|traces of|milk of|usually|often|always) )?X",
)
PLAIN = frozenset(
    """
    a an the and or of to in on for from with at by as it its is are am was be been you your yours i my me we our
    us he she his her their this that these those there here also too so therefore thus please always strictly
    completely entirely altogether both each every all any which who since because because-of due given have has
    had do does must should shall will can need needs plan plans planned planning menu day days week weeks weekly
    daily today tomorrow tonight breakfast lunch dinner supper snack snacks meal meals dish dishes recipe recipes
    food foods portion list shopping diet profile settings allergy allergies allergic allergen allergens
    intolerance exclude excluded exclusion exclusions product products ingredient ingredients sauce sauces bar
    bars option options alternative alternatives version kind idea ideas suggestion suggestions suggest suggests
    suggested propose proposes proposed offer offers offered choose chose chosen choice pick picked made make
    makes keep keeps kept safe careful carefully label labels read check pack packs before eating eat cook cooked
    cooking contain contains whole table plate kitchen remember note know knows knowing means mean respect
    respects respected follow follows fits fit suitable suits monday tuesday wednesday thursday friday saturday
    sunday morning evening protein carbohydrate carbohydrates carbs fat fiber energy training run ride session
    race recovery after around milk-free hold holds come comes find found show shows see following one two three
    four five six seven eight nine ten first second next last new other another good well ready quick fresh warm
    cold rich high low source sources plant based profile's allergies' reason athlete filter filters checked
    reviewed noted entered stored set says say named names item items want would like if-not keep-free stay stays
    stick simple everything anything nothing-else strict severe serious known own fully only-with prepared served
    serve use used using add added top topped base sweeten sweetened thicken thickened bound seasoned filled
    coated finished dressed sprinkle sprinkled stir mix mixed bind season spread fill coat bake baked fry fried
    roast roasted grill grilled boil boiled simmer blend blended drizzle toss marinate dress finish works could
    may might go goes along alongside nice tasty dressing filling topping sandwich wrap bowl salad soup curry stew
    porridge smoothie tell ask restaurant waiter staff chef host team order ordered whether many possible possibly
    better safer replaced provide provides lists leave leaves iron calcium looked look looking told asked only
    none some most few against account cover covers get gets give gives afternoon listed listing shelf crunch
    fitting fills instead though kept-out appear appears several question what about something somewhere usual
    usually often main course brand brands maker makers packaged ready-made bought homemade answer answers
    vegetarian vegan halal kosher pescatarian gluten dairy nut eaten eater allow allows allowed respecting mind
    minded ones choosing swap swaps swapped medical certified
    """.split()  # noqa: SIM905
)
# A time or a kind after "avoid X" says that at another time, or of another kind, it would do.
LIMITING = frozenset(
    """
    today tonight tomorrow before after until late raw monday tuesday wednesday thursday friday saturday sunday
    morning evening training race run ride session breakfast lunch dinner supper more much too cold this these
    first last next other another day only some most few often usually
    """.split()  # noqa: SIM905
)
# What takes a warning back, wherever it stands in the sentence.
TURNING = (
    r"no X , no (?![XF]\b)\w+|precaution|only a|just a|merely|no longer|not any ?more|any ?more|any longer|not "
    r"true|untrue|is false|was wrong|is wrong|were wrong|wrongly|"
    r"myths?|rumou?rs?|nonsense|jok(?:e|es|ing)|kidding|lies|hoax|mistake|mistaken|by mistake|ignor(?:e|es|ed|ing)|"
    r"forget|never ?mind|despite|in spite of|regardless|notwithstanding|nevertheless|nonetheless|anyways?|after all|"
    r"(?:is|are|was|has|have|had|been|be) (?:\w+ )?(?:gone|over|cured|outgrown|past|expired|healed|vanished|"
    r"disappeared|lifted|removed|resolved|history)|outgr[eo]w\w*|used to|formerly|in the past|once were|were allergic|"
    r"unless|except(?:ion|ions)?|apart from|until|need not|no need|not need to|not have to|not necessary|unnecessary|"
    r"no reason|not required|needless|who says|some say|they say|people say|claims?|supposedly|allegedly|"
    r"pretend|as if|just this once|just once|this time|once in a while|from time to time|cheat|small amounts?|"
    r"(?:tiny|small|a little|a bit|a few|handful|spoon\w*|a pinch|a taste)(?: of)?(?: (?:X|it|them|those|is|are|will|"
    r"would|can|may|does|do|in|on|now|,|\.)|$)|do not worry|not worry|no worries|without worry|"
    r"no doubt|without doubt|no problem|not a problem|no issue|not matter|overcome|opposite|on the contrary|"
    r"treat yourself|go ahead|feel free|indulge|daily dose|desensiti\w+|build tolerance|far from|anything but|hardly|"
    r"if you (?:were|had) not|not really|not actually|not believe|not think|do not mean|overrated|outdated|so what|"
    r"yes|and yet|even so|"
    r"(?:can|may|could|is|are) still (?!excluded|out|off|left|forbidden|avoid)|still (?:eat|have|enjoy|fine|ok|"
    r"safe|good|try|take)"
)
POINTING = (
    r"(?<!not )(?:eat|have|take|try|add|use|buy|drink|get|grab|choose|pick|order|cook|serve|include|enjoy|roast|"
    r"toast|fry|bake|grill|boil|blend|mix|spread|sprinkle) "
    r"(?:(?:them|it|those|these)(?! out| off| away| dish| dishes| without)|(?:some|one|plenty|lots|extra)"
    r"(?= [.,;:!?]| anyway| now| today| tonight| before| after|$))|(?:they|it|those|these|that|which|he|she) "
    r"(?:(?:is|are|will be|would be|taste|tastes|were|remain|remains) )(?:\w+ ){0,2}"
    r"(?:fine|ok|okay|safe|good|great|perfect|ideal|best|harmless|allowed|welcome|healthy|delicious|tasty|excellent|"
    r"right|permitted|your best|the best)|(?:they|it|those|these) (?:help|helps|work|works|does? (?:well|fine|"
    r"good|wonders|the job|it)|fuel|fuels|power|"
    r"boosts?)"
)
QUESTION = r"(?:do you want|would you like|shall i|should i|may i|can i|could i|want me to|would you prefer)"
# Where words are not all known, these make a lack of what is left out.
LACKING = frozenset(
    """
    not no never nothing nobody none neither nor hardly scarcely barely rarely seldom cannot hard harder difficult
    impossible incomplete poor poorer weak weaker sad boring dull bland sick slow slower slowly lost waste wasted
    lack lacks lacking miss misses missing suffer suffers fail fails worse worst better best than beat beats life
    live lives survive go goes going less lower tired hungry hunger crash bonk recover recovers recovery perform
    performance everyone everybody people champions runners athletes winners imagine why how should-never stop
    refuse refuses quit regret unless without until improve only enough works work help helps must need needs want
    wants wish pity shame mistake wrong
    """.split()  # noqa: SIM905
)
