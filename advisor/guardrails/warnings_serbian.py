"""How Serbian says that a food stays off the plate, in the form of `warnings_english`, folded (without accents)."""

from __future__ import annotations

_ANY = (
    r"(?:(?:sv(?:e|u|i|ih|aki|aku)|hran[aeu]|namirnic[aeu]|proizvod[ei]?|jel[ao]|obro[kc]\w*|sto|koj[aieu]|"
    r"sadrzi|sadrze|sa|"
    r"od|u|tragov[aei]|obic\w+|sastoj\w+|bilo|kakv\w+|sos\w*|grickalic\w*) ){0,5}"
)
_VERB = (
    r"(?:jed(?:i|es|ete|emo|ite|u)|pij(?:es|ete|te)?|jesti|piti|koristi(?:s|te|m|ti)?|dodaj(?:em|es|te)?|"
    r"dodajes|dodavati|"
    r"uzmi(?:te)?|uzimaj(?:te)?|uzimas|uzimati|kupuj(?:em|es|te)?|kupovati|(?:ti |vam )?predlo(?:zim|zimo)|"
    r"predlazem|predlaze(?:mo)?|"
    r"preporucuje(?:m|mo)?|planira(?:m|mo|s|ti|n|na|no|ni|ne)?|stavlja(?:m|mo|j|jte|s|ti)?|nudi(?:m|mo)?|"
    r"vol(?:is|ite|i)|podnosi(?:s|te)?|unosi(?:s|te|ti)?|probaj(?:te)?|probas|konzumira(?:j|jte|s|ti))"
)
_NOT = (
    r"(?:ne mogu|ne mozemo|ne sme(?:s|te|mo)?|ne bi trebalo|ne mozes|ne mozete|nikad(?:a)? ne|ne treba|"
    r"nemoj(?:te)?|ne)(?: da)?"
)
_OUT = (
    r"(?:(?:za|tebe|vas|ti|vam|i|dalje|zato|uvek|potpuno|sasvim|strogo) ){0,4}"
    r"(?:iskljucen[aeio]?|zabranjen[aeio]?|izostavljen[aeio]?|izbacen[aeio]?|van jelovnika|alergen(?:i)?|"
    r"opas(?:an|na|no|ni|ne)|nebezbed(?:an|na|no|ni|ne)|tvoj alergen|na listi (?:alergena|iskljucenih))"
)
AVOIDING: tuple[str, ...] = (
    rf"(?:izbegav(?:aj|ajte|as|ate|ati|am|amo|a|aju)|iskljuc(?:i|ite|uje|ujem|ujemo|ujes|io|ila|ili)|"
    rf"izostav(?:i|ite|ljam|ljamo|lja|iti|io|ila)|izbac(?:i|ite|ujem|iti|io|ila)|preskoc(?:i|ite)|"
    rf"kloni(?:te)? se|drzi(?:te)? se podalje od|zaobidji|zaobilazi) {_ANY}X",
    rf"{_NOT} {_VERB} {_ANY}X",
    r"X (?:(?:uvek|strogo|obavezno|ti|vi) )?(?:izbegavaj(?:te)?|izostavi(?:te)?|izostavljam(?:o)?|izbaci(?:te)?|"
    r"izbegavas|izbegavate|iskljucujem(?:o)?)",
    rf"X {_NOT}(?: {_VERB})?",
    r"nemoj(?:te)? X",
)
STATING: tuple[str, ...] = (
    rf"bez (?:ikakv\w+ )?{_ANY}X",
    r"umesto X",
    r"(?:zamena|zamenu|zamene) za X",
    r"zameni(?:te)? X (?:sa )?F",
    rf"alerg(?:ican|icna|icni|ija|iju|ije|iji|ijom) (?:si |ste |je )?na {_ANY}X",
    rf"(?:intolerancij[aeu]|netolerancij[aeu]|osetljivost|preosetljivost) na {_ANY}X",
    r"alerg(?:en|eni|ija|ije)(?: (?:je|su|ti je|ti su))? X",
    rf"nema(?:ju|mo)? (?:ni )?{_ANY}X",
    r"(?:nisam|nismo|necu|ne) (?:predlozi\w*|predlazem|planira\w*|stavi\w*|doda\w*|koristi\w*) (?:nista "
    r")?(?:(?:sa|od) )?X",
    rf"ne sadrz[ie] {_ANY}X",
)
VERDICTS: tuple[str, ...] = (
    rf"X (?:je|su|ti je|ti su|vam je|vam su|ostaje|ostaju|bude) {_OUT}",
    rf"(?:je|su) {_OUT} X",
    r"X (?:nije|nisu|ti nije|ti nisu) (?:\w+ )?(?:dozvoljen[aeio]?|bezbed(?:an|na|no|ni|ne)|za tebe|za vas|u "
    r"planu|na spisku|"
    r"predvidjen[aeio]?|planiran[aeio]?|deo|medju|pogod(?:an|na|no|ni|ne)|u tvom|u jelu)",
    r"X nije (?:dobar|dobra|dobro) (?:izbor|opcija|ideja|resenje)",
    r"X ti (?:smeta|ne odgovara|skodi)",
    r"X ne (?:dolazi|dolaze) u obzir",
    r"X (?:nema|nemaju) mesta",
)
REASONS: tuple[str, ...] = (
    r"ne zna se da li je bez (?:alergena )?X",
    r"(?:sadrzi alergen|moze da sadrzi alergen|sadrz[ie]|ima|imaju|moze (?:da )?sadrzi|jer je|zbog|"
    r"napravljen\w* od|sa|od|tragove|moze sadrzati|je|to je) X",
)
PLAIN = frozenset(
    """
    je su si ste sam smo i ili ni niti a u na za od do sa s se ga ih ti te tebi tebe vam vas mi nam moj tvoj tvoja
    tvoje tvoju tvom tvojoj tvojim vasa vase vasem svaki svaka svako svi sve sva ovo ova ovaj ovom ovoj ove to ta
    taj tom tim zato jer posto dakle uvek strogo potpuno sasvim obavezno takodje molim plan planu plana planovi
    planovima dan dana dani danas sutra veceras dorucak dorucka dorucku rucak rucka rucku vecera vecere veceru
    veceri uzina uzine uzinu uzini obrok obroka obroku obroci obroke jelo jela jelu jelima recept hrana hrane
    hranu hrani namirnica namirnice namirnicu spisak spisku spiska kupovinu dijeta dijete dijetu ishrana ishrane
    ishranu profil profilu profila podesavanja podesavanjima alergija alergije alergiju alergican alergicna
    alergen alergeni deklaracija deklaraciju deklaracije procitaj proveri proveriti kupovine pre sto koji koja
    koje koju iskljucen iskljucena iskljuceno iskljuceni predlog predlozi predlazem biram izbor moze mozes mozete
    treba imas ima sadrzi sadrze zbog upisan upisana upisano navedena naveden navodis naveo navela imajuci vidu
    racuna vodim vodi cuvam drzim plani svakog ponedeljak utorak sredu sreda cetvrtak petak subotu subota nedelju
    nedelja ponovo opet jedno jedan dva tri vise-puta da bude budu ostaje ostaju radi bezbednosti zdravlja
    proteina proteini ugljeni ugljenih hidrata masti energije verzija verziju varijanta varijantu napravi spremi
    skuvaj kuvaj jedi jedite uzmi uz pomfrit salata salatu alergiji dijetom sos sosovi sosova neki neke neka neko
    njega njih nju pronasao nasao pronasla evo proizvod proizvodi proizvode sastojci sastojcima sastojak recepti
    recepta jelovnik jelovniku jelovnika o po sigurno bezbedno kompletno nigde nikad tacno nijedno nijedan nijedna
    nijednom
    """.split()  # noqa: SIM905
)
LIMITING = frozenset(
    """
    danas sutra veceras pre posle do dok dorucak dorucka rucak rucka vecera vecere uzina ponedeljak utorak sredu
    cetvrtak petak subotu nedelju ujutru uvece kasno sirov sirove previse mnogo trening treninga trke svaki svakog
    dan
    """.split()  # noqa: SIM905
)
TURNING = (
    r"ne mora\w*|nemoj(?:te)? da brin\w+|ne brin\w+|bez brige|bez straha|nema potrebe|nema razloga|nije "
    r"potrebno|nepotrebno|"
    r"vise (?:ne|nije|nisi|nemas)|nije vise|nisi vise|nemas vise|prosl[aoe]|prosao|nestal\w*|izlec\w+|"
    r"gotov[ao]|ukinut\w*|"
    r"ipak|osim|sem|samo malo|jednom|slobodno|u redu|nije problem|nema problema|nije zabranj\w*|nije iskljuc\w*|"
    r"nisu zabranj\w*|nisu iskljuc\w*|zasto|sala|salim|zaboravi\w*|uprkos|iako|mada|naprotiv|nije tacno|nije istina|"
    r"netacno|laz|pogresno|greskom|mit|navodno|kazu|nekad(?:a)? si|bio alergican|bila alergicna|bezopas\w*|malo|"
    r"saka|saku|kasik\w+|prstohvat|uzivaj\w*|"
    r"da li stvarno"
)
POINTING = (
    r"(?:ga|ih|je|to|ju)(?: \w+)? (?:jedi\w*|uzmi\w*|probaj\w*|dodaj\w*|koristi\w*|pojedi\w*|kupi\w*)|"
    r"(?:jedi|jedite|uzmi|uzmite|probaj|dodaj|koristi|pojedi|kupi)(?:te)? (?:ga|ih|je|to|ju)|"
    r"(?:to|on|ona|oni|one) (?:je|su) (?:\w+ )?(?:odlic\w*|dobr\w*|super|idealn\w*|savrsen\w*|zdrav\w*|bezbed\w*)"
)
QUESTION = r"(?:da li (?:zelis|zelite|da)|hoces li|hocete li|zelis li|zelite li|treba li da|mogu li)"
LACKING = frozenset(
    """
    ne ni nije nisu nema nista niko nikad nikada tesko teze nemoguce nepotpun nepotpuna nepotpuno slabo slab
    losije lose dosadno tuzno gore bolje boljeg najbolje zivot ziveti moze mozes mozete oporavka oporavak oporavis
    idi ides idite trening treninga treba moras samo manje umorno gladan gladna glad zasto steta
    """.split()  # noqa: SIM905
)
