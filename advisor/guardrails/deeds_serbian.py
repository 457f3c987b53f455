"""Claims of deeds in Serbian, read without diacritics: of the speaker, and of what is said to have become of things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from advisor.guardrails.deed_words import word_set

# Stems of verbs that claim nothing when a speaker says them, in any form.
_HARMLESS_STEMS = tuple(
    sorted(
        word_set(
            """
    vide vidi gleda pogleda nasao nasl nadj nalaz nade prover uporedi uporedju racuna izracuna koristi uzeo uzel
    uzima prebroja broji procenj proceni pretpostav zaokruz procita cita izostav ostavi ostavlja predloz predlaz
    preporuc misli mislim zna znam vide saznaj razume shvati mog moga moc mozem smem smeo zele zeli hte hoc
    volim vole nema imao imal imam navod nave pomen pomin objasn objasnj opis reci reka rekl kaz kaza govor
    odgovor pitao pitam napominj napomen upozor upozorav zakljucuj izdvoj izdvaj naglas istak podsec oslanja
    oslonil drza drzi polaz posa poslo krenu krec trazi trazim posmatra analizira prati pratil sabra sabir cuje
    cuo cula tumac vodil vodim zasniva pokusa pokusav trudi gresi pogresi greska izvinj izvini zaboravi propusti
    siguran sigurna nisam ogranic usredsred nada nadam veruj verova pomogn pomoc pomaz savetuj savetova slaz
    slozi cekao ceka sazim sazel sazet preved rado biram odabir treba morao moral moram jesam bio bila bih budem
    postuj postova oseca cini ostaj ostaj ostal ostao brinem brinu zalim zahvalj stoj dao dajem daj prikaz pokaz
    pokaza nabroj nabraj racunam dobi dobij mera
    """
        )
    )
)
# `zakljucujem` and `podsecam` claim nothing; these, which begin alike, do.
_HARMFUL = re.compile(r"^(?:uzmi|dodao|dodal|dobavi|postav|posla|pobrin|ostavicu podset|javi|zakljuca|posalj)")
_DEED_STEMS = (
    r"(?:zameni|zamenj|promeni|menja|izmeni|doda|dopuni|ukloni|uklanja|skloni|skinu|izbrisa|obrisa|brise|sacuva|cuva|"
    r"pomeri|pomera|premesti|premest|zakljuca|otkljuca|azurira|upisa|upisu|unese|unos|uneo|unel|naruci|narucuj|"
    r"zakaza|"
    r"zakazuj|otkaza|otkazuj|podesi|podesava|prilagodi|prilagodj|prebaci|prebacuj|ubaci|ubacuj|izbaci|izbacuj|stavi|"
    r"stavlja|sredi|uradi|radi|obavi|resi|resava|zavrsi|snimi|zabelez|belez|zapis|zapamti|posla|salj|posalj|pisa|"
    r"pise|"
    r"potvrdi|potvrdju|isplanira|poveca|smanj|smanji|kupi|javi|javlja|obavest|kontaktira|rezervis|odloz|odlaz|dupli|"
    r"podig|podiz|spust|pobrin|preuredi|prepravi|doradi|optimiz|presloz|preprav|preracuna|napisa|resetova|napravi|"
    r"postavi|postavlja|pokrenu|prijavi|odjavi|osvezi|preokrenu|sklopi|spremi)"
)
_DEED = re.compile(_DEED_STEMS)
_NO_VERBS = word_set(
    """
    deo ceo beo veseo topao kiseo debeo zreo mio posao radio video studio skala hvala cela bela topla mala skola
    kola pola pila ili ali mali celi beli li dale posle bolje dalje ovde samo zelo dobro ovo to malo mnogo zato
    kako tako koliko toliko jako lako meso mleko ulje vanila rukola granola nutela zdela sala bilo ala bila bio
    prila fali neko niko vrlo cesto brzo sveze kilo jelo telo odelo selo delo celo belo vrelo vreli kiselo
    kiseli jela jelo
    """
)
_CLITICS = r"(?:(?:ti|vam|ga|je|ih|se|to|vec|upravo|sada|sad|mu|joj|sve|sam|i|odmah) ){0,3}"
_SPOKE = (
    re.compile(rf"\b(?P<verb>\w+(?:[aeiu]o|la|li|le|lo)) {_CLITICS}(?:sam|smo)\b"),
    re.compile(
        r"\b(?:sam|smo) (?:(?!da\b|je\b|su\b|koji\b|koja\b|koje\b|ako\b|jer\b|ali\b|ili\b|i\b|nego\b)\w+ ){0,4}?"
        r"(?P<verb>\w{2,}(?:[aeiu]o|la|li|le))\b"
    ),
)
_JOINED = re.compile(rf"\b(?:i|pa|te|nego|vec|onda|zatim|,) (?:\w+ )?(?P<verb>{_DEED_STEMS}\w*?(?:o|la|li))\b")
_SELF = re.compile(r"\b(?:sam|smo|nisam|nismo)\b")
_WILL = re.compile(
    r"\b(?:cu|cemo) (?:(?!da\b)\w+ ){0,3}?(?P<verb>\w{3,}(?:ti|ci))\b"
    r"|\b(?:cu|cemo) (?:\w+ ){0,2}?da (?:\w+ )?(?P<other>\w+mo?)\b"
)
_WILL_WORD = re.compile(r"\b(?P<verb>\w{3,}[aieu])(?:cu|cemo)\b")
_WILL_NOUNS = re.compile(r"(?:juc|vec|srec|sledec|domac|kuc|voc|pov?rc|vruc|noc|moc|pic|tekuc|moguc|bic|cvec|svec)u$")
_IN_COURSE = re.compile(
    rf"\b(?:odmah|upravo|sada|sad|evo|ja|vec) (?:ti |vam |to |ga |je )*(?P<verb>{_DEED_STEMS}\w*mo?)\b"
)
_PRESENT = re.compile(
    r"(?<!da )(?<!da ti )(?<!da vam )(?<!ne )\b(?:zamenjuje|menja|dodaje|uklanja|sklanja|brise|pomera|premesta|"
    r"azurira|zakljucava|upisuje|narucuje|zakazuje|otkazuje|podesava|prilagodjava|prebacuje|ubacuje|izbacuje|stavlja|"
    r"sredjuje|"
    r"obavlja|resava|zavrsava|zapisuje|salje|javlja|obavestava|rezervise|odlaze|preuredjuje|preracunava|resetuje|"
    r"postavlja|pokrece|optimizuje|povecava|smanjuje|pamti|snima)mo?\b"
)
_PROPOSED = re.compile(r"\b(?:predlo\w+|pregled\w*|poredj\w+|opcij\w+|procen\w+|primer\w*|racunic\w+)\b")
_MAKERS = ("priprem", "napravi", "sastavi", "izradi", "slozi", "napisa", "izlozi")
_THING = (
    r"(?:plan\w{0,3}|spisak|spisku|list[aeu]|kalendar\w?|podsetni\w+|alarm\w?|trener\w?|profil\w?|poruk[aeu]|mejl\w?|"
    r"imejl\w?|porudzbin[aeu]|narudzbin[aeu]|trening\w?|trcanj\w+|voznj[aeiu]|trk[aeiu]|promen[aeiu]|izmen[aeiu]|"
    r"zamen[aeiu]|azuriranj\w|zahtev\w?|veceri?|vecer[aeiu]|rucak|ruckovi|doruc\w+|uzin[aeiu]|obro\w+|jel[oau]|dan|"
    r"nedelj[aeiu]|jelovni\w+|cilj\w{0,3}|podesavanj\w|tezin[aeu]|alergij[aeu]|past[aeu]|porcij[aeu]|termin\w?|"
    r"beleska|beleske|namirnic[ae]|raspored\w?|unos|sto|rezervacij[ae]|podac\w+|nalog\w?|nutricionist\w+|lekar\w?|"
    r"kupovin[aeu]|orasi|pirinac|riba|ribe|losos|to|sve|ovo)"
)
_GAP = (
    r"(?: (?:ti|vam|za|u|na|i|od|tvoj\w*|vas\w*|taj|ta|te|to|ovaj|ova|petak|subotu|nedelju|ponedeljak|utorak|sredu|"
    r"cetvrtak|sutra|danas|veceras|dan|rucak|veceru|dorucak|kupovinu|dug\w*|novi|nova|nove|lak\w*|spisku?))"
)
_HOW = r"(?:(?:sada|sad|upravo|vec|uspesno|odmah|konacno|takodje|sve|ti|vam|oba|svi) )*"
_IS_THING = re.compile(_THING)
_NAMED_THING = _THING.replace("|to|sve|ovo)", ")")
_DONE = (
    r"(?:zamenj|promenj|izmenj|doda|dopunj|uklonj|sklonj|skinu|izbrisa|obrisa|sacuva|pomer|premest|premes|zakljuca|"
    r"otkljuca|azurira|upisa|une|naruc|zakaza|otkaza|podes|prilagodj|prebac|ubac|izbac|stavlj|sredj|uradj|obavlj|res|"
    r"zavrs|snimlj|zabelez|zapisa|zapamc|posla|potvrdj|isplanira|poveca|smanj|kuplj|javlj|obavest|kontaktira|"
    r"rezervis|"
    r"odloz|dupl|podig|spust|preuredj|prepravlj|doradj|optimiz|presloz|resetova|napravlj|postavlj|pokrenu|prijavlj|"
    r"odjavlj|osvez|sprovede|primenj|unapredj|dotera|skrac|produz)\w*?"
)
_ENDED = r"(?:jen|cen|ven|sen|zen|nen|len|ren|den|pen|ten|men|ran|van|sat|dat|net|unut|at|et|ut|an|jan|sen|en)"
_STATE = re.compile(rf"\b{_THING}{_GAP}{{0,4}} (?P<be>je|su|bice|ce biti) {_HOW}(?P<word>\w{{2,}}{_ENDED}[aoie]?)\b")
_BEEN = re.compile(rf"(?:^|[.!?:;,\n(-]\s*){_HOW}(?P<word>{_DONE}[nt][aoie]?) (?:ti |vam )?(?:je|su)\b")
_FRAGMENT = re.compile(
    rf"(?:^|[.!?:;,\n(-]\s*)(?:(?:tvoj[ae]?|novi|nova|sve|ceo|cela|dug|dugi|evo|ok)[, ]+)*{_THING}{_GAP}{{0,2}} "
    rf"{_HOW}(?P<word>\w{{2,}}{_ENDED}[aoie]?)(?=\s*(?:$|[^\w\s'“\"]|(?:u|na|za|sa|iz|po|ti)\b))"
)
_BARE = re.compile(
    r"(?:^|[.!?:;,\n(-]\s*)(?:(?:u redu|vazi|evo|sve|to|je|ok|vec|odmah|naravno)[,! ]+)*"
    rf"(?P<word>gotovo|{_DONE}[nt]o)(?=\s*(?:$|[^\w\s'“\"]|(?:u|na|iz|ti)\b))"
)
# Adjectives and participles that say how something is, by their beginnings.
_STATIVE_STEMS = tuple(
    sorted(
        word_set(
            """
    planiran isplaniran zasnovan baziran napravljen spremljen pripremljen skuvan kuvan pecen przen dinstan susen
    mlevan izracunat racunat procenjen zaokruzen prikazan naveden opisan preporucen predlozen predvidjen
    namenjen odredjen rasporedjen podeljen razdeljen sastavljen sadrzan pojeden popijen potrosen iskoriscen
    koriscen potopljen snimljen izmeren izmereno iskljucen zabranjen dozvoljen potreban vazan lagan naporan
    intenzivan slobodan bogat hladan slan sladak slatk kratak kratk obilan jednostavan ukusan kremast dovoljan
    pun puna odlican dobar dan jedan zdrav svez najlaksi najtezi zanimljiv prirodan normalan nuzan neophodan
    povezan vezan poznat zelen crven sluzen posluzen uravnotezen izbalansiran hranljiv zasicen obogacen sazet
    objasnjen dobijen uzet ogranicen izabran odabran pokriven istrazivanj jasan siguran precizan priblizan
    trpezarijsk dostupan prisutan odsutan ostavljen cudan umoran gladan zedan zdravstven osetljiv vredan visok
    veran oprezan uobicajen poseban dodatan dodatn ukupan ukupn prosecan osnovan glavan osnoven koncentrisan
    umeren zimsk iznenadjen zasladjen otvoren zatvoren zastupljen izostavljen obelezen sortiran
    razlicit isti
    """
        )
    )
)
_STATIVE_EXACT = re.compile(
    r"^(?:pet|sat|minut|dijet|nedelj|kvalitet|sport|vezba|test|salat\w?|tost|biti|svet|momenat|trenut\w*|rezultat\w?|"
    r"kolaci|gramat|karbonat\w?|element\w?|deset|dvadeset|trideset|hidrat\w?|biskvit\w?|start\w?|pot|put|rast|"
    r"fat|ret|san|stan|van|pre|kad|rast|most|ostat\w*|sadrzi|prosut\w*|litar\w*|tek|suv\w*|losos)$"
)
_STANDING_AS = re.compile(r"\s+(?:za|u|na|kao|do)\b")
_LOOK_BACK, _LOOK_ON = 80, 10
_STANDING = ("zakazan", "zakljucan", "oznacen", "izabran", "odabran", "sortiran")
_NOW = re.compile(
    rf"\b{_NAMED_THING}{_GAP}{{0,4}} (?:je|su) (?:ti |vam )?(?:sada|sad|od sada)\b(?! (?:vreme|naj\w+|proslo|"
    rf"prosao|prosla|iza))"
    rf"|\b{_THING}{_GAP}{{0,4}} (?:sada|sad) (?:je|su|ima|sadrzi|pocinje)\b"
    r"|\b(?:sada|sad|od sada) (?:ti |vam )?(?:je|su) (?:u|na) (?:tvom|vasem|tvojem|planu|spisku|kalendaru|"
    r"jelovniku)\b"
    r"|\b(?:je|su) (?:sada|sad|vec) (?:u|na) (?:tvom|vasem|tvojem|planu|spisku|kalendaru|jelovniku)\b"
    r"|\b(?:sada|sad|od sada|ubuduce) (?:imas|imate|jedes|jedete|dobijas|dobijate)\b"
    r"|\b(?:imas|imate|jedes|dobices|imaces|jesces)\b[^.;:?!]{0,40}\bumesto\b"
)
_UNDERWAY = re.compile(
    rf"\b(?:plan\w{{0,3}}|spisak|list[ae]|jelovnik|podsetni\w+|poruk[ae]|porudzbin[ae]|sve|to|raspored\w?|zahtev)"
    rf"{_GAP}{{0,3}} (?:je|su) {_HOW}(?:gotov|gotovo|gotova|spreman|spremna|spremno)\b(?! za (?:jelo|start|trk))"
    rf"|\b{_THING}{_GAP}{{0,3}} (?:je|su) {_HOW}(?:na snazi|na putu|"
    rf"uspel[aoe]?|uspeo|aktivan|aktivna|aktivne|pri kraju|u toku)\b(?! za (?:jelo|start|trk))"
    r"|\b(?:moj\w{1,2}|nas\w{1,2}) (?:izmen|promen|zamen|prepravk|azuriranj)\w*\b|\bzelj[ae] (?:ti )?je ispunjen\w\b"
    r"|\bproblem (?:je )?resen\b|\bprimljeno na znanje\b"
    rf"|\b(?:nov[iae]|izmenjen[iae]?|azuriran[iae]?|promenjen[iae]?) (?:plan|jelovnik|spisak|raspored|vecera|rucak|"
    r"dorucak|uzina|jelo|obrok) (?:te|vas|je|ti je|ceka)\b(?![^.]*\b(?:potvrd|predlo|bi)\w*)"
    r"|\b(?:promen|izmen|zamen|azuriranj|zahtev|porudzbin)\w* (?:je|su) (?:prosl[aoe]|prosao|stupil\w)\b"
    r"|\b(?:trener|nutricionista|nutricionistkinja|lekar)\w? (?:vec |sada )*(?:ce (?:dobiti|videti|biti|znati|"
    r"saznati)|zna|je (?:dobio|dobila|video|upoznat\w?|saznao|obavesten\w?|primio))\b"
    r"|\b(?:podsetnik|alarm|poruka|mejl|obavestenje) (?:ce|stize|ide|krece)\b|\bdobices (?:podsetnik|poruku|mejl|"
    r"obavestenje)\b"
    rf"|\b(?:sistem|aplikacij[ae]|planer|server|program|alat|softver|tim|kolega|athleat) (?:ti |vam )?(?:je|su|ce|"
    rf"upravo) "
    rf"(?:\w+ ){{0,2}}?{_DEED_STEMS}\w*"
    rf"|\b{_THING}{_GAP}{{0,3}} se (?:\w+ )?(?:promeni|pomeri|zameni|premesti|pretvori|prebaci)\w+ (?:u|na|za)\b"
    r"|\b(?:uspesno|pobrinuto)\b|\bsmatraj (?:to )?(?:uradjenim|gotovim|resenim|sredjenim)\b"
    r"|\b(?:premestih|zamenih|promenih|dodah|uklonih|sacuvah|izbrisah|pomerih|azurirah|poslah|javih|izmenih)\b"
)
_NONE = re.compile(
    r"\b(?:nista|nisam|nismo|nije|nisu|ne|nece|necu|neces|necemo|nijed\w+|nikad\w*|nikakv\w*|niko|nema|bez)\b"
)
# A sentence may begin with one of these and still claim everything.
_HOLLOW = re.compile(
    r"\b(?:nema problema|nije (?:bilo )?(?:problem|tesko|strasno)|nista lakse|bez brige|bez problema|ne brini)\b"
)


def _is_harmless(verb: str) -> bool:
    return (verb.startswith(_HARMLESS_STEMS) and not _HARMFUL.match(verb)) or verb in _NO_VERBS


def own_deeds(text: str) -> Iterator[tuple[str, bool]]:
    """What a speaker claims in folded Serbian text, and whether a condition (`ako potvrdis`) takes it back."""
    told = _HOLLOW.sub(",", text)
    for pattern in _SPOKE:
        for match in pattern.finditer(told):
            if match["verb"].startswith(_MAKERS) and _PROPOSED.search(told[match.end() : match.end() + 50]):
                continue
            if not _is_harmless(match["verb"]) and not _denies(told, match.start()):
                yield match.group().strip(), False
    if _SELF.search(told):
        for match in _JOINED.finditer(told):
            if not _is_harmless(match["verb"]):
                yield match.group().strip(" ,"), False
    for match in _WILL.finditer(told):
        verb = match["verb"] or match["other"]
        if not _is_harmless(verb) and verb not in ("biti", "vam", "nam", "sam"):
            yield match.group().strip(), True
    for match in _WILL_WORD.finditer(told):
        is_deed = _DEED.match(match["verb"]) is not None or match.group().endswith("cemo")
        if is_deed and not _is_harmless(match["verb"]) and not _WILL_NOUNS.search(match.group()):
            yield match.group(), True
    for match in _PRESENT.finditer(told):
        if not _denies(told, match.start()):
            yield match.group(), True
    for match in _IN_COURSE.finditer(told):
        if not _is_harmless(match["verb"]) and not _denies(told, match.start()):
            yield match.group().strip(), True


def told_deeds(text: str) -> Iterator[tuple[str, bool]]:
    """Claims about things in folded Serbian text, and whether a condition takes them back."""
    told = _HOLLOW.sub(",", text)
    for pattern in (_STATE, _BEEN, _FRAGMENT, _BARE):
        for match in pattern.finditer(told):
            if _IS_THING.fullmatch(match["word"]) or _is_stative(
                match["word"], told[match.end() : match.end() + _LOOK_ON]
            ):
                continue
            if _denies(told, match.start(), match.end()):
                continue
            yield match.group().strip(" .,:;-\n"), pattern is _STATE
    for pattern in (_NOW, _UNDERWAY):
        for match in pattern.finditer(told):
            if not _denies(told, match.start(), match.end()):
                yield match.group().strip(), True


def _is_stative(word: str, rest: str) -> bool:
    if word == "gotovo":
        return False
    if _STANDING_AS.match(rest) and word.startswith(_STANDING):
        return True
    return (
        word.startswith(_STATIVE_STEMS)
        or _STATIVE_EXACT.match(word) is not None
        or (word.startswith(("zakljucan", "zakazan")) and "," in rest[:3])
    )


def _denies(text: str, start: int, end: int | None = None) -> bool:
    before = re.split(r"[:;.!?,]|\b(?:ali|i|nego|vec|pa)\b", text[max(0, start - _LOOK_BACK) : start])[-1]
    return _NONE.search(before + " " + (text[start:end] if end else "")) is not None
