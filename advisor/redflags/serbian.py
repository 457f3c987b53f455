"""Serbian phrases that raise a flag, over flattened text: Latin letters without diacritics (`đ` is `dj`)."""

from __future__ import annotations

from advisor.redflags.rule import Rule
from advisor.redflags.rule import make_rule as _rule

SERBIAN: tuple[Rule, ...] = (
    _rule(
        "self_harm",
        r"\bub(?:iti|icu|ijem|ijam) (?:se|sebe)\b|\b(?:se|sebe) ub(?:iti|icu|ijem|ijam)\b|\bsamoubi\w*|\bsuicid\w*",
        r"\b(?:ne zelim|necu|ne mogu) (?:vise )?(?:da )?(?:ziv\w+|postoj\w+)\b|\bne zivi mi se\b|"
        r"\bne da mi se ziveti\b",
        r"\b(?:hocu|zelim|volela? bih|volio bih|voleo bih|najradije bih) (?:da )?(?:umrem|umreti|umrijeti|nestanem|"
        r"me nema|umrla|umro)\b|\bbolje (?:da|bi bilo da) me nema\b|\bzivot (?:mi )?(?:vise )?nema smisla\b|"
        r"\b(?:ne vidim|nema|nemam)(?: \w+){0,2} (?:smis\w+ zivota|razlog\w* (?:za zivot|da zivim)|"
        r"smis\w+ da zivim)\b",
        r"\b(?:secem|sijecem|povredjujem|ozledjujem|rezem) (?:se|sebe)\b(?! na (?:papir|noz))|\b(?:se|sebe) (?:secem|"
        r"povredjujem|ozledjujem|rezem)\b|\bsamopovredj\w*|\bsamoozledj\w*",
        r"\b(?:okoncam|oduzmem|da oduzmem|oduzeti) (?:\w+ )?(?:zivot|sebi zivot)\b|\bdici ruku na sebe\b|"
        r"\bdignem ruku na sebe\b",
    ),
    _rule(
        "chest_pain",
        r"\b(?:bol|pritisak|stezanje|probadanje) u grudno[mj] (?:kosu|koski)\b",
        r"\bbol\w* (?:me )?(?:\w+ )?u grudima\b|\bgrudi (?:me )?(?:\w+ )?(?:bole|stezu)\b|\bbole me grudi\b",
        r"\b(?:stez\w+|pritis\w+|stegnu\w*|probad\w*) (?:me |mi |\w+ )?u grud\w*|\bu grudima (?:me |mi )?(?:stez\w+|"
        r"boli|bol|probada)",
        r"\bne mogu da (?:disem|dodjem do daha|udahnem)\b|\bsrcani udar\b|\binfarkt\b|\bsrce (?:mi )?(?:preskac\w+|"
        r"lupa nepravilno)",
    ),
    _rule(
        "fainting",
        r"\bonesve\w*|\bpa(?:o|la) (?:sam )?u nesvest\b|\b(?:pala|pao) sam u nesvest\b|\bizgubi(?:o|"
        r"la) (?:sam )?svest\b|"
        r"\bsrusi(?:o|la) (?:sam )?se\b|\bnesvestic\w*|\bsvest (?:sam )?(?:izgubi\w+|gubim)\b|\bzacrnilo mi se\b|"
        r"\bgubim svest\b",
    ),
    _rule(
        "heat_illness",
        r"\btoplotn\w+ udar\w*|\bsuncanic\w*|\btoplotna iscrpljenost\b",
        r"\b(?:prestala?|prestao) (?:sam )?da se znoj\w*|\bne znojim se\b.*\b(?:vruc\w*|vrtoglav\w*|zbunjen\w*)",
        r"\b(?:zbunjen\w*|povrac\w*|dezorijentisan\w*)\b.*\b(?:po vrucini|vrucin\w*|na suncu)\b",
    ),
    _rule(
        "blood",
        r"\bkrv (?:mi )?(?:\w+ )?u (?:stolici|mokraci|urinu|ispljuvku)\b|\bkrvav\w+ (?:stolic\w*|mokrac\w*|proliv|"
        r"urin)\b|"
        r"\b(?:stolic\w*|urin|mokrac\w*) (?:mi )?(?:je |su )?(?:krvav\w*|crn\w*)\b|\b(?:mokrim|kasljem|povracam|"
        r"pisam) krv\b|"
        r"\bu (?:stolici|mokraci|urinu) (?:\w+ )?krv\b",
    ),
    _rule(
        "unwell",
        r"\bvrti mi se\b|\bvrtoglavic\w*|\bmuti mi se\b|\bnesvestic\w*",
        r"\bosecam se (?:\w+ )?(?:slabo|lose|osamuceno|bolesno|iscrpljeno i drhtavo)\b|\b(?:imam|dobio sam|dobila sam) "
        r"(?:visoku )?(?:temperaturu|groznicu|grip)\b|\b(?:bolestan|bolesna) sam\b|\bsrce mi (?:lupa|preskace)\b",
    ),
    _rule(
        "eating_disorder",
        r"\b(?:nisam dobila|nemam|ne dobijam|nije mi dosl[ao])(?: \w+){0,3} (?:menstruacij\w*|ciklus\w*|"
        r"mesecnic\w*)\b|\bbojim se (?:hrane|jela|da jedem)\b|\bplacem (?:posle|pre) (?:jela|obroka|svakog)\b",
        r"\bpovra[ct]\w*\b.*\b(?:posle|nakon) (?:\w+ )?(?:jela|obroka|hrane|rucka|vecere|dorucka|jedenja|svakog)\b|"
        r"\b(?:posle|nakon) (?:\w+ )?(?:jela|obroka|hrane|rucka|vecere|dorucka|jedenja)\b.*\bpovra[ct]\w*|"
        r"\bpovra[ct]\w* (?:hranu|da (?:bih )?(?:smrsam|smrsala|smrsao|ne bih))|\bnateram (?:sebe|se) da povrat\w*|"
        r"\bizaz(?:ivam|ovem|vati) povracanj\w*",
        r"\bprejeda\w* (?:se )?|\bprejela? sam se i\b|\bnapad(?:i|e)? prejedanj\w*",
        r"\blaksativ\w*|\bdiuretik\w*|\b(?:pilul\w*|tablet\w*) za (?:mrsavljenj\w*|izbacivanje vode)|"
        r"\bcaj za mrsavljenj\w*",
        r"\banoreksij\w*|\bbulimij\w*|\bortoreksij\w*|\bporemecaj\w* ishrane\b|\banoreksic\w*|\bbulimic\w*",
        r"\bizgladnj\w*|\bgladujem\b|\bprestanem da jedem\b|\bprestala? sam da jedem\b|\bprestao sam da jedem\b|"
        r"\bne jedem (?:skoro )?nista\b|\bnecu (?:vise )?da jedem\b|\bne zelim (?:vise )?da jedem\b",
        r"\b(?:zasluz\w+|odradi\w+|istrc\w+|potros\w+|sagore\w+) (?:\w+ )?(?:taj |tu |tu |onaj |onu |ovaj |ovu |"
        r"svoj\w* |sinocn\w+ )?"
        r"(?:rucak|veceru|dorucak|kolac|tortu|picu|cokoladu|sve sto sam (?:pojela?|pojeo|jela|jeo))\b",
        r"\b(?:plasim|bojim) se (?:\w+ )?(?:da (?:cu |se ne |ne )?(?:\w+ )?(?:ugoj\w+|debel\w+)|gojenj\w*|kilaz\w*|"
        r"hrane|kalorij\w*)|"
        r"\bstrah (?:me je )?od (?:gojenj\w*|debljanj\w*|hrane|jela|kalorij\w*|kilograma)",
        r"\bmrzim svoje telo\b|\bmrzim (?:svoj\w* )?(?:izgled|stomak|butine|telo)\b|\bgadim se sebi\b|"
        r"\bgadi mi se (?:moje telo|hrana)\b",
        r"\b(?:kriv\w*|krivic\w*|sram\w*|stid\w*|griza savesti)\b(?: \w+){0,4} (?:jedem|jela|jeo|pojedem|pojela|"
        r"pojeo|jelo|obrok\w*|hran\w*)\b|"
        r"\b(?:kad|kada|posle|nakon|jer) (?:\w+ ){0,2}(?:jedem|jela|pojedem|pojela|pojeo|jelo|"
        r"obroka)\b(?: \w+){0,4} (?:kriv\w*|krivic\w*|stid\w*|griza)",
        r"\b(?:izgubila|nemam|nestala|izostala|preskoc\w+)(?: \w+){0,2} (?:menstruacij\w*|ciklus)\b|"
        r"\bmenstruacij\w*(?: \w+){0,2} (?:nema|izostal\w*|nestal\w*|prestal\w*|kasni mesec\w*)\b|\bamenorej\w*",
        r"\bbmi (?:od |na |ispod |oko |je )*(?:1[0-7](?:[.,]\d+)?|18(?:[.,][0-4]\d*)?)\b(?![.,]\d)",
        r"\bpreskac\w+ (?:sve |svaki )?(?:obrok\w*|dorucak|rucak|veceru|jelo)\b.*\b(?:smrsa\w*|mrsav\w*|laksa|laksi|"
        r"kilaz\w*)\b",
        r"\b(?:saun\w*|dehidri\w*|znojenj\w*|bez vode)\b.*\b(?:kategorij\w*|merenj\w*|vag\w*|kilaz\w*|kg|kila|"
        r"kilogram\w*)\b",
        r"\bsto manje jedem\b(?: \w+){0,3} (?:bolje|lepse|srecnij\w*|zadovoljnij\w*)|\bprst\w* u grlo\b|"
        r"\bresim (?:se )?(?:vecere|rucka|hrane|onog sto sam (?:pojela|pojeo))\b|"
        r"\bkaznjavam (?:se|sebe)\b|\bkrijem (?:hranu|koliko (?:malo )?jedem)\b|\bzvacem i pljujem\b",
    ),
    _rule(
        "doping",
        r"\bepo\b|\beritropoetin\w*|\bdoping\w* (?:sredst\w*|test\w* (?:da )?(?:prodj\w*|prevar\w*))|\b(?:prevar\w+|"
        r"izbegn\w+|prodjem) "
        r"(?:na )?doping\b|\bdopinguj\w*|\bdopovan\w*",
        r"\b(?:anabolic\w*|anabolik\w*|steroid(?:i|e|a|ima)?)\b|\bklenbuterol\w*|\btestosteron\w* (?:injekcij\w*|gel|"
        r"kur\w*|u injekcij\w*)|"
        r"\binjekcij\w* testosteron\w*|\bhormon\w* rasta\b|\bmeldonijum\w*|\bmildronat\w*|\befedrin\w*|\btramadol\w*|"
        r"\binfuzij\w* (?:posle|pre|pred|nakon)\b",
    ),
    _rule(
        "medication",
        r"\b(?:prestanem|prestati|prekinem|prekinuti|preskocim|preskociti|smanjim|smanjiti|povecam|povecati|dupliram|"
        r"promenim|ostavim|udvostrucim)(?: \w+){0,3} (?:lek\w*|terapij\w*|tablet\w*|insulin\w*|inzulin\w*|"
        r"antidepresiv\w*|doz\w*|"
        r"metformin\w*|pilul\w*)\b",
        r"\bkoliko (?:\w+ ){0,2}(?:insulin\w*|inzulin\w*|metformin\w*|ibuprofen\w*|brufen\w*|antidepresiv\w*|"
        r"lek\w* (?:da|treba|smem))\b|"
        r"\bdoz\w* (?:insulin\w*|inzulin\w*|lek\w*)\b|\bumesto (?:\w+ )?(?:lek\w*|terapij\w*|insulin\w*)\b|"
        r"\bozempik\w*|\bozempic\w*",
        r"\b(?:ibuprofen|brufen|aspirin|paracetamol|diklofenak|antibiotik|antidepresiv)\w*|"
        r"\b(?:uzimam|koristim|primam|na) (?:insulin|inzulin)\w*",
    ),
    _rule(
        "condition",
        r"\b(?:imam|sa|moj) (?:tip (?:1|2) )?(?:dijabetes\w*|secernu bolest)\b|\bdijabeticar\w*|\bimam secer\b",
        r"\bimam (?:\w+ )?(?:bolest bubrega|srcanu (?:manu|slabost)|bolest srca|epilepsiju|rak)\b",
    ),
    _rule(
        "pregnancy",
        r"\btrudn(?:a|oj|u|ice|ica)\b(?! (?:sestr|zen|drugaric))|\btrudnoc\w+|\bdojim\b|\bdojilj\w*|\bdojenj\w*|"
        r"\btrimest(?:ar|ru|ra)\b(?! sezone)",
    ),
)
