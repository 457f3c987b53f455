"""What the advisor says in Serbian when it hands over to a person, by red flag, and its disclaimer."""

from __future__ import annotations

DISCLAIMER = (
    "Opšte informacije za zdrave odrasle osobe, iz procena koje mogu da odstupaju 10 do 20 %. To nije zdravstvena nega "
    "ni dijagnoza. Za bolest, trudnoću, lekove, uzrast ispod 18 godina ili problem sa ishranom pitaj lekara ili "
    "sportskog nutricionistu, a ako imaš alergiju, proveri deklaracije namirnica."
)
_HELP = (
    "Ako ti sada preti opasnost, pozovi hitnu pomoć (u Srbiji 194, u Evropi 112). Na findahelpline.com su besplatne i "
    "poverljive linije u tvojoj zemlji."
)
_DOCTOR = "Porazgovaraj o tome sa lekarom pre nego što treniraš ili menjaš ishranu."
HAND_OVER: dict[str, str] = {
    "self_harm": (
        "Dobro je što to govoriš. O tome zaslužuješ da sada porazgovaraš sa čovekom, a ne sa planom ishrane. "
        f"{_HELP} Ako možeš, reci danas nekome ko ti je blizu. Plan može da sačeka."
    ),
    "chest_pain": (
        "Prekini trening i neka te neko pregleda odmah. Bol ili pritisak u grudima ili otežano disanje traži lekara "
        "još danas; ako traje u ovom trenutku, pozovi hitnu pomoć (u Srbiji 194, u Evropi 112). Hranu ostavljam po "
        "strani dok te lekar ne pregleda."
    ),
    "fainting": (
        "Ne treniraj dok te lekar ne pregleda: nesvestica može imati uzroke koje hrana ne rešava. Ako se desi tokom "
        "napora ili uz povredu glave, pozovi hitnu pomoć."
    ),
    "heat_illness": (
        "Ovo može biti toplotni udar, a on se brzo pogoršava. Stani, skloni se u hlad, hladi kožu vodom i neka neko "
        "ostane sa tobom. Uz zbunjenost, povraćanje ili prestanak znojenja odmah pozovi hitnu pomoć."
    ),
    "blood": (
        "Krv tamo gde je ne bi trebalo biti razlog je da uskoro odeš lekaru, a još danas ako je ima mnogo ili osećaš "
        "slabost. Odmori od treninga dok se ne zna uzrok. Savete o hrani ovde ostavljam po strani."
    ),
    "unwell": (
        "Žao mi je što se ne osećaš dobro. Ostavi trening za sada, sedi ili lezi i popij nešto. Ako ti se vrti ili "
        "imaš slabost, nešto slatko može odmah da pomogne. Ako bude gore, ne prođe uskoro ili se vrati, ili srce "
        "radi čudno, idi kod lekara; ako se onesvestiš, neka neko pozove hitnu pomoć. Planove ostavljam dok ne "
        "bude dobro."
    ),
    "eating_disorder": (
        "Hvala ti što to govoriš. Ono što opisuješ zaslužuje brigu čoveka i ne želim da tome dodajem brojeve. Mogu da "
        "pomognu lekar ili nutricionista koji se bavi problemima sa ishranom, kao i neko kome veruješ. "
        f"{_HELP} Tvoji obroci ostaju u planu, bez brojeva, kad god ih poželiš."
    ),
    "long_fast": (
        "Ne planiram post duži od jednog dana: sportistu košta mišića, kostiju i zdravlja. Ako je jelo postalo teško "
        f"ili te plaši, porazgovaraj sa lekarom ili nutricionistom. {_HELP}"
    ),
    "very_low_energy": (
        "Ne planiram dane sa tako malo energije: ispod toga telo ne može da pokrije sopstvene potrebe, sa treningom "
        f"ili bez njega. {_DOCTOR} Sportski nutricionista može da nađe način koji je za tebe bezbedan. Ako ti se čini "
        f"da moraš sve manje da jedeš, nisi u tome bez podrške. {_HELP}"
    ),
    "fast_loss": (
        "Ne planiram tako brzo mršavljenje: ono odnosi mišiće i zdravlje. Sportski nutricionista ili lekar može da "
        f"odredi tempo koji je za tebe bezbedan. {_HELP}"
    ),
    "doping": (
        "Ne dajem savete o zabranjenim ili rizičnim supstancama i metodama, ni o dozama ni o vremenu. Za ono što se "
        "nađe u tvom telu odgovaraš ti, bez obzira na razlog. Šta je dozvoljeno, mogu da ti kažu Antidoping agencija "
        "Srbije i baza Global DRO, a timski lekar može da razgovara sa tobom u poverenju."
    ),
    "medication": (
        "O lekovima ne mogu da savetujem. Ne počinji, ne prekidaj i ne menjaj dozu zbog hrane ili treninga dok ne "
        "pitaš lekara ili farmaceuta koji te poznaje. Ponesi mu i svoj plan treninga."
    ),
    "condition": (
        "Uz takvu bolest količine mora da odredi lekar ili nutricionista koji te poznaje: što drugima prija, tebi "
        "može da naškodi, najviše oko treninga. Pokaži im plan pre nego što ga slediš. O tome do tada ne dajem "
        "količine."
    ),
    "pregnancy": (
        "U trudnoći i tokom dojenja ciljeve mora da odredi neko ko može da te pregleda. Pitaj babicu, lekara ili "
        "nutricionistu i pokaži im plan pre nego što slediš njegove količine. Do tada ne planiram deficit i ne "
        "navodim ni energiju ni težinu."
    ),
    "injury": (
        "Žao mi je što te boli. Takav bol je za lekara ili fizioterapeuta: hrana ga ne rešava i ne mogu da kažem da "
        "li je trening sa njim bezbedan. Poštedi to mesto dok ga neko ne pregleda, i to uskoro ako je otečeno, "
        "utrnulo ili ne može da te nosi, ili ako za nekoliko dana ne bude bolje. Plan ostaje kakav jeste; ako se "
        "treninzi menjaju, izmeni ih, a ciljevi idu za njima."
    ),
    "minor_deficit": (
        "Još rasteš, zato ne planiram mršavljenje i ne postavljam cilj za težinu ni za masno tkivo. Porazgovaraj o "
        "tome sa roditeljem ili starateljem i sa lekarom ili sportskim nutricionistom. Dovoljno hrane je ono što "
        "treningu daje smisao."
    ),
}
CARE = (
    "Do {day} plan nema deficit, a ni stranice ni odgovori ne prikazuju energiju i težinu. Ako je ovo nesporazum, "
    "isključi to u profilu."
)
SAY_PREGNANCY = (
    "Ako je tako, unesi to i u profil, pod “Pregnant or breastfeeding?” (trudnoća ili dojenje): od tada ti ništa ovde "
    "ne smanjuje energiju."
)
NO_CHECKED_ANSWER = (
    "Na ovo nemam odgovor koji mogu da dokažem iz tvojih podataka, pa radije ne kažem ništa pogrešno. "
    "Pitaj me o obroku, danu, ciljevima ili treninzima."
)
# Before a reply that names what has become excluded since the plan was made.
EXCLUDED_DISH = "Ne jedi “{dish}”: to je sada za tebe isključeno ({reasons})."
EXCLUDED_ON_LIST = "Ne kupuj po ovom spisku: na njemu ima hrane koja je sada za tebe isključena."
PLAN_AGAIN_FIRST = "Prvo ponovo isplaniraj te dane."
