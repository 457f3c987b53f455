"""Self-harm and eating disorders in German, Spanish and French, over flattened text."""

from __future__ import annotations

from advisor.redflags.rule import Rule
from advisor.redflags.rule import make_rule as _rule

OTHERS: tuple[Rule, ...] = (
    _rule(
        "self_harm",
        # German
        r"\b(?:mich|selber|selbst) (?:selbst |selber )?(?:umbringen|umzubringen|toten|verletzen|ritzen|verletze|"
        r"ritze)\b|"
        r"\bbringe? mich (?:\w+ )?um\b|\britze mich\b|\bverletze mich selbst\b|\bselbstmord\w*|\bsuizid\w*|"
        r"\bselbstverletz\w*",
        r"\b(?:nicht|nimmer) mehr (?:leben|da sein|aufwachen|weiterleben)\b|\b(?:will|mochte) (?:nur noch |"
        r"einfach )?sterben\b|"
        r"\bmein(?:em)? leben (?:ein ende|beenden|nehmen)\b|\bmir das leben nehmen\b|\bkeinen? (?:grund|"
        r"sinn)(?: \w+)? (?:zu )?leb\w*",
        # Spanish
        r"\b(?:matarme|suicidarme|suicid\w+|me quiero morir|quiero morir(?:me)?|hacerme dano|me hago dano|"
        r"cortarme las venas|"
        r"me corto|autolesi\w+|quitarme la vida|acabar con mi vida)\b|\bno quiero (?:seguir viviendo|vivir|"
        r"despertar)\b|"
        r"\bno (?:tengo|hay) (?:ganas|razon\w*)(?: \w+)? (?:de|para) vivir\b|\bme quiero matar\b",
        # French
        r"\bme (?:tuer|suicider|faire du mal|faire mal expres|scarifier|pendre)\b|\bme scarifie\b|"
        r"\bje me fais du mal\b|\bsuicid\w+|"
        r"\b(?:veux|envie de) mourir\b|\b(?:ne )?(?:veux|ai) (?:plus|pas) (?:envie de )?vivre\b|\bm ?oter la vie\b|"
        r"\bmettre fin a (?:mes jours|ma vie)\b|\bautomutil\w+|\ben finir avec (?:la|ma) vie\b",
    ),
    _rule(
        "eating_disorder",
        # German
        r"\b(?:mager|ess|brech)sucht\b|\bessstorung\w*|\bmagersucht\w*|\bbulimi\w*|\banorexi\w*|\babfuhrmittel\w*|"
        r"\bentwasserungs\w*|"
        r"\b(?:ubergebe|erbreche|kotze) (?:mich )?(?:\w+ )?(?:absichtlich|nach (?:dem|jedem|jeder) (?:essen|mahlzeit|"
        r"\w+essen))\b|"
        r"\bnach (?:dem|jedem|jeder) (?:essen|mahlzeit)\b.*\b(?:ubergeb\w*|erbrech\w*|kotz\w*)\b|"
        r"\bfinger in den hals\b|\bfressattack\w*|"
        r"\b(?:angst|panik)(?: \w+){0,2} (?:zuzunehmen|dick|vor (?:dem )?(?:zunehmen|essen|kalorien))\b|"
        r"\bhasse meinen korper\b|"
        r"\bmich (?:zu tode )?(?:hungern|aushungern)\b|\bhungere mich\b|\bnichts mehr essen\b|"
        r"\bschuldig\b(?: \w+){0,4} (?:gegessen|esse|essen)\b|"
        r"\bperiode (?:ist )?(?:\w+ )?(?:weg|ausgeblieben)\b|\bessen (?:erst )?verdienen\b",
        # Spanish
        r"\b(?:vomit\w*|devuelv\w*)\b.*\b(?:despues de (?:comer|cada comida|cenar)|para (?:adelgazar|no engordar|"
        r"perder peso))\b|"
        r"\bdespues de (?:comer|cada comida|cenar)\b.*\bvomit\w*|\bprovoc\w+ el vomito\b|"
        r"\bme provoco (?:el )?vomito\b|\blaxantes?\b|"
        r"\batracon\w*|\btrastorno (?:alimentario|de la conducta alimentaria|alimenticio)\b|\bmiedo (?:a|"
        r"de) (?:engordar|comer|ganar peso)\b|"
        r"\bodio mi cuerpo\b|\bculp\w+\b(?: \w+){0,3} (?:comer|como|comido)\b|\bdejar de comer(?: (?:por completo|"
        r"del todo|nada))?$|"
        r"\bme mato de hambre\b|\bpasar hambre para\b|\bse me (?:fue|retiro|quito) la regla\b|"
        r"\bpastillas para adelgazar\b",
        # French
        r"\bculpabilis\w+\b(?: \w+){0,3} (?:mange|manger|repas)\b",
        r"\b(?:vomis|vomir|vomissement\w*)\b.*\b(?:apres (?:manger|chaque repas|les? repas|avoir mange)|"
        r"pour (?:maigrir|ne pas grossir))\b|"
        r"\bapres (?:manger|chaque repas|les? repas)\b.*\bvomi\w*|\bme fai(?:s|re) vomir\b|\blaxatifs?\b|"
        r"\bcrises? de boulimie\b|\bboulimi\w*|"
        r"\banorexi\w*|\btroubles? (?:du comportement )?alimentaires?\b|\bpeur de (?:grossir|manger|"
        r"prendre du poids)\b|\bdeteste mon corps\b|"
        r"\bcoupable\b(?: \w+){0,4} (?:mange|manger)\b|\b(?:arreter|"
        r"ne plus) (?:completement )?(?:de )?manger (?:completement|du tout|rien)\b|"
        r"\bm ?affame\w*\b|\bme priver de (?:nourriture|manger)\b|\bplus mes regles\b|\bmeriter (?:mon|ce) (?:repas|"
        r"diner|dessert)\b",
    ),
)
