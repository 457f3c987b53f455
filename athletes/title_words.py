"""What titles say besides a sport: effort, rest, races, and everything that is not training.

All words are lower case and without accents, as `titles.plain` leaves them: "Läufe" is "laufe", "трчање" is "trcanje".
They are grouped by language (English, Serbian, German, Spanish, French), since one word may mean two things: "rad" is
a bicycle in German and work in Serbian. Such words count only where `NO_SPORT` has not struck them out first.
"""

from __future__ import annotations

import re


def any_of(phrases: str) -> re.Pattern[str]:
    """Finds any of the phrases as whole words. They stand on lines or between ` | `; each may be a small expression."""
    listed = [phrase.strip() for phrase in re.split(r" \| |\n", phrases) if phrase.strip()]
    return re.compile(r"(?<![\w-])(?:" + "|".join(listed) + r")(?!\w)")


# Struck out before a sport, an effort or a race is looked for: these phrases only sound like one.
NO_SPORT = any_of(
    r"""
    dry[- ]run | (?<!lactate )test[- ]run | run[- ]?through | school run | run (?:some |a few )?errands?
    errand run
    run (?:the |a )?(?:reports?|backups?|numbers|tests?|deploy\w*|script\w*|payroll|migration\w*|bath|update\w*)
    (?:(?<!time )trial|print|bank|beer|coffee|grocery|food|ikea|supply|dump) run
    running (?:late|costs?|shoes|water|order)
    (?:sprint|life|product|release|billing|cycle|code|design|peer) (?:planning|review|retro\w*|demo|count|time)
    life ?cycle\w* | run rate | run[- ](?:off|down|up)(?! the bike) | runway | off the bike
    (?:70\.3|ironman)(?= (?:bike|run|swim)) | in the long run | walk[- ]?throughs? | cat ?walk | walk[- ]in\b.*
    walk through .* | (?:take|walk|walking) (?:the |our )?dogs? | dog ?walk\w* | core (?:meeting|team|hours)
    (?:ride|bike|train|taxi|lift|carpool|car ?pool)\b.* to (?:the )?(?:airport|station|hotel|wedding) | ride share
    bike (?:shop|service|fit\w*|repair|insurance|rental|box|mechanic) | (?:bike|car|swimming) lesson for
    ski (?:rental|service|tickets?|trip|pass) | row \d+ seat\w* | spin[- ](?:off|up) | lift (?:share|main\w*|rep\w*)
    elevator lift | track (?:order|parcel|package|expenses) | press release | weight watchers
    weights? (?:&|and) meas\w*
    (?:run|running|tri|triathlon|cycling|bike|swim|rowing|tennis) club (?:meeting|dinner|drinks|party|agm|quiz)
    pool (?:party|main\w*|clean\w*|table|repair) | swimming pool (?:main\w*|clean\w*|repair|built?|construction)
    car ?pool\w* | swim ?suit | climate | match ?making | (?:gym|club) (?:membership|fees?|contract|waiver)
    game night | board games? | video games? | boxing (?:day|up)\b.* | squash (?:soup|harvest|recipe|puree)
    strength[- ]?based | strengths? ?finder | ftp (?:server|upload|access|site)\b.* | load (?:test|balanc)\w*
    stress test\w* | interval (?:fund|timer|scan) | base(?:ball| layer) | data ?base | bench (?:delivery|meeting)
    threshold alert\w* | power (?:outage|point) | race condition\w* | human race | arms race | cycle path
    (?:rad|radni|radno) (?:od|na|vreme|dan|sastanak)\b.* | radionica | trcim po gradu | setnja (?:sa |s )?ps[aou]m?
    \w*(?:lebens|ver|ab|an|auf|kreis|um|zu)lauf\w* | laufzeit\w* | laufend\w* | laufwerk\w* | rolle? im
    schwimm(?:bad)?reinigung | hund\b.* (?:gassi|laufen|gehen) | gassi(?:gehen| gehen)?
    carrera (?:universitaria|profesional)
    pasear (?:al |el )?perro | paseo (?:del |con el )?perro | promener (?:le |la )?chien\w* | (?:faire )?les courses
    courses? (?:au|a la|chez|de noel|alimentaires|hebdo\w*)\b.* | en cours | watch(?:ing)? .*
    """
)
# Whatever sport or time stands beside them, the athlete does not train.
NEVER_TRAINING = any_of(
    r"""
    cancel+ed | called off | otkazan\w* | abgesagt | (?:fallt|entfallt) ?(?:aus)? | cancelad[oa] | suspendid[oa]
    annule\w*
    hire | rental | hiring | on (?:the )?tell?y | viewing | returns? | renewal | refund | sale | for sale | sell
    mieten | verleih | umtausch | zuruckgeben | alquiler | devolver | devolucion | vender | location de | vendre
    vratiti | prodaja | prodati | najam | iznajmljivanje
    (?:pool|lift|bike|server|system|car|house|boiler|scheduled) maintenance | maintenance (?:visit|window)
    repairs? | delivery | booking | tickets? | shopping | buy | order new | pick up | drop off
    expo | packet pick ?up | bib (?:pick ?up|collection) | number collection | race briefing | registration
    membership | insurance | invoice | payment | contract | compliance | gdpr | sales | excel | onboarding
    first aid | leadership | webinar | workshop | seminar | training course | course at | safety training
    agm | airport
    kids?'?s? | children'?s? | on tv | retreat | recipe | fly to | drive (?:to|home|back) | driving lesson
    (?:lunch|dinner|breakfast|brunch|drinks|coffee|beers?) (?:with|w/|at|after|and|for|meeting)\b.* | meetings?
    (?:sa|za|na|vodi|voditi)\b.*\b(?:decu|decom|deca|klince) | dec(?:a|u|e|om|ji) | preuzimanje | servis | popravka
    kupiti | kupovina | clanarina | obuka | seminar | radionica | uplata | prijava | registracija | gledanje
    gledati | karte za | put u | put za | let za | voz za | \w*sastanak | sastanci
    werkstatt | reparatur | startunterlagen\w* | startnummer\w* | abholen | \w*schulung\w* | fortbildung | kaufen
    einkauf\w* | fahrt nach | flug nach | reise nach | kinder\w* | tickets | anmeldung | vertrag\w* | rechnung
    (?:abend|mittag)essen | seminar | schauen | anschauen | im fernsehen | besprechung | mitgliedschaft | inspektion
    taller | reparacion | recoger | dorsal\w* | feria | curso | formacion | comprar | compras? | ninos | ninas
    viaje a | vuelo a | (?:en|por) la tele\w* | ver (?:el |la )?(?:partido|carrera|tour|final) | entradas
    matricula
    inscripcion\w* | cuota | cena (?:con|de) | comida (?:con|de|familiar)
    reparation | revision velo | retrait | dossards? | formation | enfants? | a la tele\w* | regarder | billets?
    achats? | acheter | supermarche | train pour | vol pour | voyage a | abonnement | inscriptions?
    (?:diner|dejeuner|repas|soiree) (?:avec|de|du|chez)
    """
)
# These fill a time of their own; only a sport with a length beside them ("birthday run 10k") is training.
STRONG_NOT_TRAINING = any_of(
    r"""
    shoes | trunks | goggles | wetsuit | helmet | jersey | tyres? | patike | kaciga | schuhe | helm | zapatillas
    casco
    chaussures | maillot | car service | mot | plumber | electrician | passport | accountant | lawyer | notary
    bank
    stag (?:do|night) | hen (?:do|night) | christening | graduation | ceremony | annual leave | zoom | skype
    teams call
    majstor | vodoinstalater | pasos | opstina | banka | knjigovodja | proslava\w* | kontrola | ortoped\w*
    psiholog | porodicn\w*
    klempner | handwerker | autowerkstatt | tuv | steuerberater | notar | bank | klassentreffen | nachhilfe
    \w*feier
    fontanero | gestoria | notario | banco | itv | bautizo | comunion | despedida | psicologo
    clases? de \w+ (?:ninos|ninas)
    plombier | comptable | notaire | banque | controle technique | bapteme | pot de depart | psy | passeport
    dentist | doctor'?s? | dr\.? | gp | appointments? | call | interview | birthdays? | flight | train to
    physio\w* | massages? | vet | haircut | hairdresser | deadline | stand[- ]?up | all[- ]hands | 1:1
    one[- ]on[- ]one
    conference | exams? | lecture | wedding | funeral | anniversary | blood test | nutritionist | chiropractor
    osteopath\w* | orthodontist | optician | hospital | clinic | surgery | mri | x-ray | therap(?:y|ist)
    tax(?:es)?
    zubar\w* | lekar\w* | doktor\w* | pregled | rodjendan\w* | masaz\w* | fizioterap\w* | frizer\w* | ispit\w*
    svadba | slava | vencanje | krstenje | veterinar | vadjenje krvi | termin | rok za | predavanje | bolnica
    zahnarzt\w* | \w*arzt\w* | \w*termin | geburtstag\w* | physiotherapie | krankengymnastik | friseur\w*
    elternabend | hochzeit | prufung | klausur | vorlesung | beerdigung | jubilaum | konferenz | krankenhaus
    steuer\w*
    dentista | medico | reunion(?:es)? | cumple(?:anos)? | fisio\w* | masaje | peluqueria | boda | examen\w* | cita
    entrevista | veterinario | llamada | hospital | analisis de sangre | vuelo | clase de (?:ingles|conducir|musica)
    dentiste | medecin | reunions? | anniversaire | kine\w* | rdv | rendez[- ]vous | coiffeu\w* | mariage
    entretien
    veterinaire | ophtalmo\w* | prise de sang | vol | appel | hopital | osteo
    """
)
# Everyday things that may stand beside a session ("lunch run", "ride to work"): alone they are no training.
WEAK_NOT_TRAINING = any_of(
    r"""
    lunch | dinner | breakfast | brunch | coffee | work | school | party | travel\w* | holidays? | drive
    vacation | groceries | cinema | movies? | concert | church | cleaning | babysit\w* | date night
    office | review | demo | class parents | garbage | bills? | rent | nap | sleep | visit | dog | mum | mom
    theat(?:er|re) | museum | bbq | barbecue | laundry | moving | off[- ]?site | day off (?:work|school) | project
    rucak | vecera | dorucak | put | pos[ao]o | godisnji\w* | kafa | zurka | koncert | bioskop | skola | pijaca
    obaveze | ciscenje | poseta | deda | baba | babe
    mittagessen | abendessen | fruhstuck | urlaub | ferien | arbeit | buro | feier | konzert | kino | putzen
    besuch
    umzug | hund | schule | messe | oma | opa | weihnacht\w*
    cena | comida | desayuno | almuerzo | vacaciones | trabajo | oficina | fiesta | concierto | cine | colegio
    viaje | cole | mudanza | limpieza | perro
    diner | dejeuner | petit[- ]dejeuner | vacances | travail | bureau | fete | ecole | cine(?:ma)? | menage
    voyage | demenagement | chien | apero | soiree
    """
)

# A rest day, by how its title begins. The words of the last lines rest only where nothing else is said of them.
REST = any_of(
    r"""
    (?:(?:full|complete|total|planned|passive|mandatory) )?rest[ -]?days? | rest(?!-| of\b| is\b)
    (?:full|complete|total|planned|passive|mandatory) rest | day off(?! work| school) | off[ -]day | recovery day
    no training | (?:potpuni )?dan (?:za )?odmora? | slobodan dan | bez treninga | trainingsfrei\w* | kein training
    (?:dia de )?descanso (?:total|completo|pasivo) | dia (?:de descanso(?! activo)|libre|de recuperacion) | sin entrenar
    sin entrenamiento | (?:jour|journee) (?:de repos|off) | repos (?:complet|total) | pas d'entrainement
    (?:ruhetag|odmor|descanso|repos|riposo) (?:oder|ili|o|ou) .*
    (?:off|frei|ruhe|ruhetag|pausen?|pauza|odmor|slobodno|libre|descanso|repos|riposo|conge)$
    (?:off|frei|ruhe|ruhetag|pausen?|pauza|odmor|slobodno|libre|descanso|repos|riposo|conge) ?[:,;(!./].*
    (?:off|frei|ruhe|ruhetag|pausen?|pauza|odmor|slobodno|libre|descanso|repos|riposo|conge)(?: -|- ).*
    """
)

RACE = any_of(
    r"""
    races? | race day | \w*(?:half[- ]?|-)?marathon | half | ultra(?:marathon|trail)? | ironman
    (?<!\w )im [a-z]{4,}
    im 70\.3 | 70\.3 | (?:sprint|olympic|middle[- ]distance|long[- ]distance) tri(?:athlon)? | triathlon | duathlon
    aquathlon | gran ?fondo | criterium | crit | championships? | champs | regatta | tournament | hyrox
    cup (?:final|tie|game|match) | (?:semi-?|quarter-?)?finals? (?:vs?|against|at)\b.* | swim meet | track meet
    relay race | tri(?:athlon)? relay | competition | match ?day | match (?:vs?|against|at|de|protiv)\b.* | game vs?\b.*
    (?:soccer|football|basketball|rugby|hockey|handball|volleyball|tennis|polo) (?:match|game|tournament|final)
    trk[aeu] | maratona? | polumaraton | triatlon | duatlon | utakmic\w* | prvenstv\w* | takmicenj\w* | turnir\w*
    wettkampf\w* | wettbewerb | rennen | \w*marathon | volkslauf | stadtlauf | silvesterlauf | firmenlauf
    \w*meisterschaft\w* | \w*spiel gegen\b.*
    (?:fussball|handball|basketball|volleyball|hockey|liga|heim|auswarts|punkt)spiel | turnier
    mitteldistanz | langdistanz | kurzdistanz | regatten | jedermannrennen | radrennen
    media maraton | partid(?:o|a)
    carrera (?:de (?:la|los|las) \w+|popular|solidaria|nocturna|de montana|de obstaculos) | competicion
    campeonato\w* | torneo | san silvestre | triatlon | cicloturista | travesia | dia de carrera
    semi[- ]?marathon | competition | championnats? | tournoi | cyclosportive | cyclo[- ]?cross race | corrida
    \d{1,3} ?km? (?:de|du|des|of|von) [a-z].* | trail (?:de|des|du|de la) [a-z].* | course (?:de )?\d{1,3} ?km?\b.*
    cross du .* | jour de course | coupe de .*
    """
)
# Struck out before a race is looked for: what is like a race, before it or after it.
_RACE_NAMED = r"(?:marathon|half[- ]?marathon|race|half|ironman|70\.3|ultra|triathlon|im|hm|crit|match|game|wettkampf)"
_PREPARING = (
    r"(?:pace\w*|effort|prep\w*|sim\w*|training|specific|tempo|plan\w*|block|week|briefing|weight|speed|power|fitness"
    r"|workout|session|build|practice|strategy|rehearsal|recovery|walk|swim|bike|run)"
)
NO_RACE = any_of(
    rf"""
    {_RACE_NAMED}[- ]?(?:\d*\.?\d* )?{_PREPARING}
    half (?:an )?hour | (?:race|match|game) (?:hour|time off) | half (?:an? )?(?:hour|h|day|mile)
    (?:pre|post)[ -]{{1,2}}(?:race|marathon|match|game) | marathon (?:meeting|of) | watch\w* .*
    (?:first|second|other) half | couch to \w+ | (?:allure|vitesse|tempo|ritmo|ritmo de) \w*marath?on
    maratonski(?: tempo)? \w*maraton | (?:training fur|prepa\w*|priprem\w*(?: za)?) \w*marath?on\w*
    \w*marathon(?:renntempo|tempo|training|vorbereitung) | triath?lon(?: ?training| trening)
    im (?:freien|park|wald|becken|studio|wasser)
    (?:training|entrenamiento|entrainement|trening|priprema|prep) (?:for|de|para|pour|za|fur)(?: the| el| le)? \w+
    """
)
HALF_MARATHON = any_of(
    r"""
    half[- ]?marathon(?! pace) | polumaraton | 21\.1 | halbmarathon | semi[- ]?marathon | media maraton
    """
)
MARATHON = any_of(r"\w*marathon | [a-z]+-marathon | maraton")
NOT_ITS_LENGTH = any_of(
    r"""
    ultra\w* | half[- ]?marathon | halbmarathon | semi[- ]?marathon | media maraton | pace | training | prep
    relay | staffel | relevos | relais | stafeta | mtb | bike
    """
)

HARD = any_of(
    r"""
    tempo(?:l\w*|d\w*|int\w*|ein\w*)? | threshold | thresh | lt | ltp | lthr | intervals? | vo2(?: ?max)? | ftp
    sweet ?spot | sst | hiit
    tabata | sprints? | hill (?:reps|repeats|sprints) | hills | fartlek\w* | speed | speedwork | hard
    max(?= (?:effort|strength|sprint|power|out|test)) | fast
    all[- ]?out | race[- ]?pace | tt | time trial | anaerobic | over[- ]?unders? | css | \d{1,2} ?km? pace | cruise
    (?:half[- ]?)?marathon pace | mp | hmp | hm pace | goal pace
    track (?:session|workout|intervals|tuesday|repeats)
    critical power | cp\d* | race sim\w* | brutal | reps | repeats | metcon | wod | chain ?gang | progression
    cutdown
    (?:ramp|step|2k|5k|20 ?min|max|power) test | 2k (?:erg|row) test | yasso\w* | mile repeats | billats?
    norwegian
    intervaln?[iae]? | prag | uzbrdic\w* | brdski intervali | sprintev\w* | jako | kuper\w* | test kuper
    test cooper | cooper\w*
    intervall\w* | schwelle\w* | bergl(?:auf|aufe) | bergsprints? | fahrtspiel | tdl | harte?[sr]? | schnell\w*
    ga2 | eb
    kraftausdauer | ka\d? | spitzen\w* | tempoeinheit | wiederholungslaufe | sprinttraining | wsa | renntempo
    marathontempo
    intervalos | series | umbral | cuestas | rapido | fuerte | ritmo (?:de )?(?:carrera|competicion|maraton|media)
    cambios de ritmo
    fractionnes? | vma | pma | seuil | cotes | vite | rapide | allure (?:specifique|marathon|semi|course|\d+)\w*
    as\d+
    sprints courts | intensif | 30/30 | cadence rapide
    """
)
EASY = any_of(
    r"""
    easy | recovery | recover | regen\w* | gentle | light | shake ?out | relaxed | chill | spin easy | flush
    lagan\w* | oporav\w* | opusten\w* | rastrcavanje
    locker\w* | ruhig\w* | leicht\w* | gemutlich\w* | rekom | kb | erholung\w* | auslaufen
    suaves? | facil | regenerativ[oa] | recuperacion | descarga | tranquil[oa] | soltar
    facile | lente? | recup\w* | souple | tranquille | decrassage | leger
    e(?= \d)
    active (?:recovery|rest) | aktivan odmor | aktive erholung | descanso activo | repos actif
    """
)
MODERATE = any_of(
    r"""
    endurance | long | steady | aerobic | base | moderate | m?lr | lsd | foundation | ut[12] | maf
    dug[oaie]\w* | duzin[aeu] | osnov\w* | bazn?[aei] | izdrzljivost
    lang\w{0,2} | longjog | ldl | grundlage\w* | ga1(?:[-/]2)? | ausdauer\w* | langstrecke
    larg[oa]s? | tirada\w* | (?<!de )(?<!gran )(?<!gran)fondo | aerobico | resistencia | base aerobica
    longues? | longs? | ef | foncier | aerobie | endurance fondamentale
    """
)
ZONE = re.compile(
    r"(?<![a-z0-9])(?:z|zone? ?|zona ?)(?P<low>[1-7])"
    r"(?: ?[-/] ?(?:z|zone? ?|zona ?)?(?P<high>[1-7])(?!\d))?(?![a-z0-9])"
)
# An effort that a description states in a sentence of its own, such as "Very easy." or "Hard effort".
OWN_SENTENCE = re.compile(
    r"(?:(?:very|nice and|keep it|all|effort|intensity) ?:? ?)*(?P<effort>[a-z]+)"
    r"(?: (?:effort|pace|all the way|throughout|intensity))?"
)

# These words mean training by themselves.
WORKOUT = any_of(
    r"""
    workouts? | wod | intervals? | tempo | threshold | vo2(?: ?max)? | fartlek | training session | bricks?
    time trial | sweet ?spot | speedwork | hill (?:reps|repeats) | hills | long (?:one|session) | lsd | anaerobic
    \d{1,3} ?x ?\d{2,4} ?(?:m|k|km|')? | active (?:rest|recovery) | warm[- ]?up | cardio | shake ?out | yasso\w*
    race[- ]?pace | marathon pace | progression | over[- ]?unders? | aerobic | endurance | recovery spin | [-:] base
    stair ?master | stair ?climber | double threshold
    intervali | kondici\w* | kardio | uzbrdic\w* | zagrevanje | razgibavanje
    intervalle? | intervalltraining | schwelle\w* | grundlage\w* | ga[12] | aktive erholung | koppel\w*
    einheit \d+
    intervalos | series \d+ | umbral | fartlek | recuperacion activa | calentamiento | tirada larga
    fractionnes? | seuil | endurance fondamentale | echauffement | enchainement
    """
)
# These mean training only where nothing unknown stands beside them: "training 60 min", not "sales training 2h".
TRAINING = any_of(
    r"""
    training | practice | trening\w* | treniranje | training | entrenamiento | entreno | sesion | entrainement
    seances? | sorties?
    """
)
BESIDE_TRAINING = any_of(
    r"""
    morning | afternoon | evening | night | am | pm | team | club | group | session | day | week | indoor | outdoor
    solo | with | the | a | an | and | to | from | by | before | after | then | off | my | at | on | of | in | for
    coach | mon\w* | tue\w* | wed\w* | thu\w*
    fri\w* | sat\w* | sun\w* | min\w* | h | hours? | km? | mi\w* | m | x
    jutarnji | vecernji | popodnevni | ekipni | timski | sa | u | i | ekipom | timom | klub\w* | ponedeljak | utorak
    sreda | cetvrtak | petak | subota | nedelja | sat[ai]? | hala | prvi | drugi
    morgen\w* | abend\w* | im | mit | verein | gruppe | einheit | std | stunden? | montag | dienstag | mittwoch
    donnerstag | freitag | samstag | sonntag | halle
    manana | tarde | noche | de | en | el | la | con | grupo | equipo | horas? | lunes | martes | miercoles | jueves
    viernes | sabado | domingo | matin | soir | midi | avec | le | equipe | heures? | lundi | mardi | mercredi
    jeudi | vendredi | samedi | dimanche
    """
)
COMPANY = re.compile(r"\b(?:with|w/|mit|con|avec|sa)(?: (?:the|my|der|dem|el|la|le))? [^\W\d_]+")
# About a stretch of days, not about one.
SPAN = any_of(
    r"""
    (?:training )?camp | (?:recovery|taper|rest|deload|test|race|base|build|peak|training|easy|hard) week
    week \d+(?! run)
    pripreme | kamp | trainingslager | (?:ruhe|entlastungs|regenerations|test)woche | semana | semaine
    stage (?:d'|de |velo|trail|triathlon|natation).*
    """
)
ONLY_DISTANCE = re.compile(r"\d{1,3}(?:[.,]\d)? ?(?:km?|mi|miles?)")
