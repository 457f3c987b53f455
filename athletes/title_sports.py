"""How titles name sports, language by language (English, Serbian, German, Spanish, French), without accents."""

from __future__ import annotations

import re

from .title_words import any_of

BRICK = any_of(r"bricks? | koppel\w* | transicion\w* | enchainement\w* | wechseltraining")
JOINED = re.compile(r"\+|&|/|>|→|\bthen\b|\band\b|\binto\b|-|\by\b|\bund\b|\bet\b|\bi\b")

SPORTS = [
    (
        "triathlon",
        any_of(
            r"""
            triathlon | triathlete | ironman | (?<!\w )im [a-z]{4,} | 70\.3 | aquathlon | tri | triatlon
            mitteldistanz | langdistanz
            """
        ),
    ),
    ("duathlon", any_of(r"duathlon | duatlon")),
    (
        "run",
        any_of(
            r"""
            runs? | running | runner | jog(?:s|ging)? | m?lr | treadmill | fartlek | park ?run | trail ?run\w*
            strides
            couch to 5k | track (?:session|workout|intervals|tuesday|repeats) | track(?= ?(?:$|[:@,+(]|\d))
            on (?:the )?track | hill (?:sprints|repeats|reps) | cross country race
            yasso\w* | mile repeats | (?:half[- ]?)?marathon pace | hm pace | \d{1,2}km? pace | h?mp
            trcanj\w* | trci\w* | trcim | dzoging | polumaraton | maraton | duzin[aeu] | kros | traka za trcanje
            (?:na )?stazi | uzbrdic\w*
            (?!ein|aus)\w*l(?:auf|aufe|aufen) | lauf\w* | longjog | longrun | l?dl | tdl | fahrtspiel | trailrunning
            bergsprints?
            auf (?:der )?bahn | marathon(?:tempo|renntempo)
            correr | carrera\w* | rodajes? | trote | tirada larga | cuestas | pista
            ritmo (?:de )?(?:maraton|media) | cinta
            course a pied | cap(?= ?(?:\d|$|facile|ef\b|recup|seuil|lent|endurance)) | footing | courir
            fractionnes? | vma | cotes | allure (?:specifique|marathon|semi|\d+)\w* | tapis de course
            trail | (?:test )?cooper\w*
            🏃
            """
        ),
    ),
    (
        "cycle",
        any_of(
            r"""
            rides? | riding | bikes? | biking | cycling | cycle | spin(?:ning)?(?: class)? | zwift\w* | turbo
            trainerroad | peloton
            gravel | velo | ftp | sweet ?spot | sst | commute ride | gran ?fondo | crit(?:erium)? | chain ?gang
            over[- ]?unders?
            cadence | power test | rouvy | indoor trainer | watopia | century ride | velodrome
            bicikl\w* | voznj[aeu] | trenazer\w* | spining | rol(?:er|n)\w* | biciklisticka
            rad | radfahren | radtour | rad(?:ausfahrt|training|rennen|einheit|fahrt) | radeln | rennrad\w*
            rollen? | rollentraining
            \w*ausfahrt | ergometer rad | trittfrequenz
            bici\w* | ciclismo | ciclo\w* | rodillo | pedaleo | pedalear | cicloturista
            cyclisme | home[- ]?trainer | ht | pma | cyclosportive | cyclo
            🚴 | 🚲
            """
        ),
    ),
    (
        "mountain_bike",
        any_of(
            r"""
            mtb | mountain[- ]?bik\w* | xc (?:mtb|bike) | enduro | brdski bicikl\w* | mountainbike\w* | btt | vtt
            bici(?:cleta)? de montana
            🚵
            """
        ),
    ),
    (
        "swim",
        any_of(
            r"""
            swims? | swimming | open water | ows | pool | freestyle | css | masters(?= swim| \d|$) | 200m free
            kick set | pull buoy | pull set
            pliva\w* | bazen\w* | kraul\w* | schwimm\w* | freiwasser\w* | kraulen
            natacion | nadar | nado | piscina | aguas abiertas | natation | nage\w* | nager | piscine | eau libre
            🏊
            """
        ),
    ),
    (
        "row_erg",
        any_of(
            r"""
            row(?:ing)? erg | erg | ergo | concept ?2 | c2 | indoor row\w* | rowing machine | skierg | ergometar\w*
            ruderergometer | ruderergo | remoergometro | remo indoor | ergometro | rameur
            """
        ),
    ),
    (
        "row",
        any_of(
            r"""
            row | rows | rowing | sculling | sculls | regatta | rudern? | veslanj\w* | remo | aviron
            🚣
            """
        ),
    ),
    (
        "kayak",
        any_of(
            r"""
            kayak\w* | canoe\w* | paddl(?:e|ing) | sup | kaja[kc]\w* | paddeln | kajak\w* | piragua\w* | piraguismo
            canoa
            """
        ),
    ),
    (
        "hike",
        any_of(
            r"""
            hikes? | hiking | trekking | rucking | ruck | planinar\w* | wander(?:n|ung) | bergtour | bergwandern
            senderismo | excursion a pie | randonnees? | rando
            🥾
            """
        ),
    ),
    (
        "walk",
        any_of(
            r"""
            walks? | walking | setnj\w* | hodanj\w* | pesacenje | spazieren\w* | spaziergang | walken
            caminar | caminatas? | paseo | marche(?= ?(?:\d|nordique|active|rapide)) | marcher | balade a pied
            🚶
            """
        ),
    ),
    (
        "ski",
        any_of(
            r"""
            xc[- ]?ski\w* | nordic ski\w* | cross[- ]country ski\w* | ski | skiing | skate ski\w* | roller ?ski\w*
            backcountry ski\w*
            skijanje | nordijsko skijanje | (?:ski)?langlauf\w* | skitour\w* | skating technik | esqui\w*
            ski de fond
            ⛷
            """
        ),
    ),
    (
        "orienteering",
        any_of(r"orienteering | orijentiring | orientierungslauf | orientacion | course d'orientation"),
    ),
    (
        "strength",
        any_of(
            r"""
            strength | gym | weights? | weight ?(?:lifting|training) | lifting | lift | s ?[&+] ?c | core | squats?
            deadlifts?
            bench(?: press)? | (?:upper|lower|full)(?:[- ]?body) | upper/lower
            (?:leg|push|pull|chest|back|arm) day | legs day | push/pull\S*
            kettlebells? | pt session | personal trainer | plyo\w* | powerlifting | body ?pump | glutes? | abs
            teretan[aeiu] | snag[aeu] | vezbe (?:snage|za \w+) | tegovi | trbusnjaci | pliometrija
            kraft\w* | stabi\w* | rumpf\w* | fitness ?studio | gewichte
            (?:rucken|bauch|oberkorper|unterkorper|ganzkorper|bein)\w*training | hanteltraining | muckibude
            gimnasio | gym | fuerza | pesas | musculacion | tren (?:superior|inferior) | abdominales
            muscu(?:lation)? | renfo(?:rcement)?(?: musculaire)? | ppg | gainage | salle de sport | haltero\w*
            abdos
            🏋 | 💪
            """
        ),
    ),
    (
        "circuit",
        any_of(
            r"""
            circuits? | circuit training | boot ?camp | hyrox | spartan | kruzni | zirkel\w* | circuito
            """
        ),
    ),
    ("hiit", any_of(r"hiit | tabata | crossfit | wod | metcon")),
    (
        "elliptical",
        any_of(
            r"""
            elliptical | cross[- ]?trainer | elipt\w* | elliptique | crosstrainer | ellipsentrainer | eliptica
            """
        ),
    ),
    (
        "yoga",
        any_of(
            r"""
        yoga | vinyasa | yin | ashtanga | joga
        🧘
        """
        ),
    ),
    ("pilates", any_of(r"pilates | reformer")),
    (
        "mobility",
        any_of(
            r"""
            mobility | stretch(?:ing)? | foam roll\w* | rehab exercises | prehab | istezanje | razgibavanje
            mobilnost
            dehn(?:en|ung|programm) | mobilitat | mobilisation | faszien\w* | blackroll | estiramientos | estirar
            movilidad
            etirements? | mobilite
            """
        ),
    ),
    (
        "soccer",
        any_of(
            r"""
            soccer | football | futsal | fudbal\w* | mali fudbal | fussball\w* | futbol
            foot(?=$| \d| avec| en salle)
            ⚽
            """
        ),
    ),
    (
        "basketball",
        any_of(
            r"""
        basketball\w* | kosark\w* | basket(?=$| \d| avec| sa\b) | baloncesto
        🏀
        """
        ),
    ),
    ("rugby", any_of(r"rugby | ragbi")),
    ("handball", any_of(r"handball\w* | rukomet\w* | balonmano")),
    ("ice_hockey", any_of(r"ice hockey | eishockey\w* | hokej | hockey sur glace | hockey hielo")),
    ("hockey", any_of(r"hockey")),
    ("beach_volleyball", any_of(r"beach ?volley(?:ball)?\w* | odbojka na pesku | voley playa | beachen")),
    ("volleyball", any_of(r"volley(?:ball)?\w* | odbojk\w* | voleibol | voley")),
    ("ultimate", any_of(r"ultimate(?: frisbee)? | frisbee | frizbi")),
    ("water_polo", any_of(r"water ?polo | vaterpolo | wasserball\w* | waterpolo")),
    (
        "tennis",
        any_of(
            r"""
        (?<!table )tennis(?: de table)? | tenis | padel | tennistraining
        🎾
        """
        ),
    ),
    ("badminton", any_of(r"badminton | federball")),
    ("squash", any_of(r"squash | skvos")),
    (
        "martial_arts",
        any_of(
            r"""
            boxing | kickboxing | muay thai | judo | karate | bjj | jiu[- ]?jitsu | mma | taekwondo | sparring
            wrestling
            boks | kik ?boks | dzudo | rvanje | boxen | boxtraining | kampfsport | boxeo | artes marciales | boxe
            """
        ),
    ),
    (
        "climbing",
        any_of(
            r"""
            climbing | bouldering | boulder | indoor climb | penjanj\w* | klettern | bouldern | escalada | rocodromo
            escalade
            🧗
            """
        ),
    ),
]
# Where both are found, the narrower one is meant.
NARROWER = [
    ("cycle", "mountain_bike"),
    ("row", "row_erg"),
    ("hockey", "ice_hockey"),
    ("volleyball", "beach_volleyball"),
    ("run", "orienteering"),
    ("run", "ski"),
    ("strength", "circuit"),
    ("rugby", "strength"),
    ("soccer", "strength"),
    ("basketball", "strength"),
    ("swim", "water_polo"),
]
IMPLIED_SPORTS = [
    (
        "run",
        any_of(
            r"""
            lr | tempo \d+ ?km? | \d+ ?km? tempo | progression | cutdown | h?mp
            \d+ ?km? (?:seuil|umbral|prag|schwelle)
            """
        ),
    )
]
RACE_SPORTS = [
    ("triathlon", any_of(r"ironman | 70\.3 | tri | triathlon | aquathlon")),
    ("duathlon", any_of(r"duathlon")),
    (
        "run",
        any_of(
            r"""
            \w*marathon | [a-z]+-marathon | half | ultra\w* | \d{1,3} ?km? | \d{1,3} ?miles? | maratona?
            polumaraton
            trk[aeu] | volkslauf | stadtlauf | san silvestre | course | corrida | cross du
            """
        ),
    ),
    ("cycle", any_of(r"gran ?fondo | crit(?:erium)? | cyclosportive")),
    ("row", any_of(r"regatta")),
]
