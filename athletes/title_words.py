# ruff: noqa: E501 - a list of words is read faster whole than wrapped
"""The words that titles are read by, in plain lists: English first, with the commonest German, French and Serbian ones.

All patterns expect lower-case text with single spaces. A word that is everyday language too ("run", "row", "off")
counts only where `NO_SPORT` has not struck it out first.
"""

from __future__ import annotations

import re
from collections.abc import Callable


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(alternatives) + r")(?![\w])")


NO_SPORT = _any(
    *("dry[- ]run", "test[- ]run", "run[- ]?through", "school run", "run errands?", "errand run", "run payroll"),
    *("run (?:the )?(?:reports?|backups?|numbers|tests)", "trial run", "print run", "bank run", "beer run"),
    *("(?:sprint|life|product|release|billing|cycle) (?:planning|review|retro\\w*|demo|count)", "life ?cycle"),
    *(
        "walk[- ]?throughs?",
        "cat ?walk",
        "walk in",
        "core (?:meeting|team|hours)",
        "bike (?:shop|service|fit\\w*|repair)",
    ),
    *("ski (?:rental|service|tickets?)", "row \\d+ seat\\w*", "spin[- ]off", "lift share", "track (?:order|parcel)"),
    *("weight watchers", "run club (?:meeting|dinner|drinks)", "pool party", "swim suit", "climate", "match ?making"),
    *("gym membership", "running (?:late|costs|shoes)", "ride share", "drive", "game night", "board games?"),
)
STRONG_NOT_TRAINING = _any(
    *("dentist", "doctor", "dr\\.?", "gp appointment", "appointment", "meetings?", "call", "interview", "webinar"),
    *("birthday", "flight", "fly to", "train to", "physio\\w*", "massage", "vet", "haircut", "hairdresser", "expo"),
    *("registration", "bib (?:pick ?up|collection)", "packet pick ?up", "race briefing", "deadline", "invoice"),
    *("stand[- ]?up", "1:1", "one[- ]on[- ]one", "conference", "exam", "lecture", "wedding", "funeral", "anniversary"),
    *("zahnarzt", "arzt", "zubar", "sastanak", "rođendan", "réunion", "dentiste", "besprechung", "blood test"),
)
WEAK_NOT_TRAINING = _any(
    *(
        "lunch",
        "dinner",
        "breakfast",
        "brunch",
        "coffee",
        "work",
        "school",
        "party",
        "travel\\w*",
        "holidays?",
        "drive",
    ),
    *(
        "vacation",
        "shopping",
        "groceries",
        "cinema",
        "movie",
        "concert",
        "church",
        "cleaning",
        "babysit\\w*",
        "date night",
    ),
    *("office", "review", "demo", "workshop", "class parents", "garbage", "bills?", "rent", "delivery", "nap", "sleep"),
    *("ručak", "večera", "put", "pos[ao]o", "mittagessen", "urlaub", "déjeuner", "visit", "dog", "kids", "mum", "mom"),
)
REST = re.compile(
    r"(?:(?:full|complete|total|planned|passive|mandatory)[ -]?)?(?:"
    r"rest(?: ?day)?(?![\w-]| of\b| is\b)|day off(?! work| school)\b|off[ -]day\b|recovery day\b|no training\b"
    r"|off(?=$| ?[-:,;(!.])|(?:ruhetag|repos|odmor|dan odmora|descanso|riposo)\b)(?!.*\b(?:intervals?|tempo)\b)"
)
RACE = _any(
    *("races?", "race day", "(?:half[- ]?)?marathon", "half", "ultra(?:marathon)?", "ironman", "im 70\\.3", "70\\.3"),
    *("(?:sprint|olympic|middle[- ]distance|long[- ]distance) tri(?:athlon)?", "triathlon", "duathlon", "aquathlon"),
    *("gran ?fondo", "criterium", "crit", "championships?", "champs", "regatta", "tournament", "wettkampf", "trka"),
    *("(?:soccer|football|basketball|rugby|hockey|handball|volleyball|tennis) (?:match|game)", "match ?day", "hyrox"),
    *("match (?:vs?|against|at)\\b.*", "game vs?\\b.*", "maraton", "polumaraton", "compétition", "competition"),
)
NO_RACE = re.compile(
    r"\b(?:(?:half[- ]?)?marathon|race|half|ironman|70\.3|ultra|triathlon|im|hm|crit|match|game)[- ]?"
    r"(?:\d*\.?\d* )?(?:pace\w*|effort|prep\w*|sim\w*|training|specific|tempo|plan\w*|block|week|briefing|weight|speed|"
    r"power|fitness|workout|session|build|practice|strategy|rehearsal|recovery|walk|hour|an hour|time off|swim|bike|run)\b"
    r"|\b(?:pre|post|pre-|post-)[ -]?(?:race|marathon|match|game)\b|\bhalf (?:an? )?(?:hour|h|day|mile)\b"
    r"|\bmarathon (?:meeting|of)\b|\bwatch\w* .*|\b(?:first|second|other) half\b|\bcouch to \w+\b"
)
HALF_MARATHON = _any("half[- ]?marathon(?! pace)", "polumaraton", "21\\.1")
MARATHON = _any("marathon", "maraton")
NOT_ITS_LENGTH = _any("ultra\\w*", "half[- ]?marathon", "pace", "training", "prep", "relay", "mtb", "bike")
RACE_SPORTS = [
    ("triathlon", _any("ironman", "70\\.3", ".*tri(?:athlon)?", "aquathlon")),
    ("duathlon", _any("duathlon")),
    ("run", _any("(?:half[- ]?)?marathon", "half", "ultra\\w*", "\\d{1,3} ?k(?:m)?", "maraton", "polumaraton", "trka")),
    ("cycle", _any("gran ?fondo", "crit(?:erium)?")),
    ("row", _any("regatta")),
]
BRICK = _any("bricks?", "koppel\\w*")
JOINED = re.compile(r"\+|&|/|>|→|\bthen\b|\band\b|\boff the bike\b|\binto\b|-")

SPORTS = [
    ("triathlon", _any("triathlon", "triathlete", "ironman", "70\\.3", "aquathlon", "tri")),
    ("duathlon", _any("duathlon")),
    (
        "run",
        re.compile(
            "(?<![\\w-])(?:runs?|running|runner|jog(?:ging)?|lr|treadmill|fartlek|parkrun|trail ?run\\w*|lauf\\w*|dauerlauf|"
            "langer lauf|trčanje|trcanje|course à pied|footing|couch to 5k|strides|track (?:session|workout|intervals)|"
            "hill (?:sprints|repeats|reps))(?!\\w)|🏃"
        ),
    ),
    (
        "cycle",
        re.compile(
            "(?<![\\w-])(?:rides?|riding|bikes?|biking|cycling|cycle|spin(?:ning)?(?: class)?|zwift|turbo|trainerroad|peloton|"
            "gravel|velo|vélo|rad(?:fahren|tour)?|bicikl\\w*|vožnja|voznja|ftp|sweet ?spot|sst|commute ride|gran ?fondo|"
            "crit(?:erium)?)(?!\\w)|🚴|🚲"
        ),
    ),
    ("mountain_bike", re.compile(r"(?<!\w)(?:mtb|mountain[- ]?bik\w*|xc bike|enduro)(?!\w)|🚵")),
    (
        "swim",
        re.compile(
            "(?<!\\w)(?:swims?|swimming|open water|ows|pool|freestyle|css|plivanje|schwimmen|natation|masters swim)(?!\\w)|🏊"
        ),
    ),
    (
        "row_erg",
        _any("row(?:ing)? erg", "erg", "ergo", "concept ?2", "c2", "indoor row\\w*", "rowing machine", "skierg"),
    ),
    ("row", re.compile(r"(?<![\w-])(?:row|rows|rowing|sculling|sculls|rudern|veslanje)(?!\w)|🚣")),
    ("kayak", _any("kayak\\w*", "canoe\\w*", "paddl(?:e|ing)", "sup")),
    ("hike", re.compile(r"(?<![\w-])(?:hikes?|hiking|trekking|rucking|ruck|planinarenje|wandern)(?!\w)|🥾")),
    ("walk", re.compile(r"(?<![\w-])(?:walks?|walking|šetnja)(?!\w)|🚶")),
    (
        "ski",
        re.compile(r"(?<![\w-])(?:xc[- ]?ski\w*|nordic ski\w*|cross[- ]country ski\w*|ski|skiing|skate ski)(?!\w)|⛷"),
    ),
    ("orienteering", _any("orienteering")),
    (
        "strength",
        re.compile(
            "(?<![\\w-])(?:strength|gym|weights?|weight ?lifting|lifting|lift|s&c|core|squats?|deadlifts?|bench(?: press)?|"
            "upper body|lower body|full body|leg day|push day|pull day|kettlebells?|pt session|personal trainer|teretana|"
            "krafttraining|plyo\\w*|powerlifting)(?!\\w)|🏋|💪"
        ),
    ),
    ("circuit", _any("circuits?", "circuit training", "bootcamp", "hyrox", "spartan")),
    ("hiit", _any("hiit", "tabata", "crossfit", "wod", "metcon")),
    ("elliptical", _any("elliptical", "cross[- ]?trainer")),
    ("yoga", re.compile(r"(?<![\w-])(?:yoga|vinyasa|yin|ashtanga|joga)(?!\w)|🧘")),
    ("pilates", _any("pilates", "reformer")),
    ("mobility", _any("mobility", "stretch(?:ing)?", "foam roll\\w*", "rehab exercises", "prehab")),
    ("soccer", re.compile(r"(?<![\w-])(?:soccer|football|futsal|fudbal|fußball)(?!\w)|⚽")),
    ("basketball", re.compile(r"(?<![\w-])(?:basketball|košarka)(?!\w)|🏀")),
    ("rugby", _any("rugby")),
    ("handball", _any("handball", "rukomet")),
    ("ice_hockey", _any("ice hockey", "hokej")),
    ("hockey", _any("hockey")),
    ("beach_volleyball", _any("beach volley(?:ball)?")),
    ("volleyball", _any("volleyball", "odbojka")),
    ("ultimate", _any("ultimate(?: frisbee)?", "frisbee")),
    ("water_polo", _any("water ?polo", "vaterpolo")),
    ("tennis", re.compile(r"(?<![\w-])(?<!table )(?:tennis|tenis|padel)(?!\w)|🎾")),
    ("badminton", _any("badminton")),
    ("squash", _any("squash")),
    (
        "martial_arts",
        _any("boxing", "kickboxing", "muay thai", "judo", "karate", "bjj", "jiu[- ]?jitsu", "mma", "taekwondo"),
    ),
    ("climbing", re.compile(r"(?<![\w-])(?:climbing|bouldering|boulder|indoor climb|penjanje)(?!\w)|🧗")),
]
# Where both are found, the narrower one is meant.
NARROWER = [
    ("cycle", "mountain_bike"),
    ("row", "row_erg"),
    ("hockey", "ice_hockey"),
    ("volleyball", "beach_volleyball"),
    ("run", "orienteering"),
    ("strength", "circuit"),
]
IMPLIED_SPORTS = [("run", _any("lr", "tempo \\d+ ?km?", "\\d+ ?km? tempo", "progression", "cutdown", "mp", "hmp"))]

HARD = _any(
    *(
        "tempo",
        "threshold",
        "thresh",
        "lt",
        "ltp",
        "lthr",
        "intervals?",
        "intervalle",
        "intervali",
        "vo2(?: ?max)?",
        "ftp",
    ),
    *("sweet ?spot", "sst", "hiit", "tabata", "sprints?", "hill (?:reps|repeats|sprints)", "hills", "fartlek", "speed"),
    *(
        "speedwork",
        "hard",
        "max",
        "all out",
        "race[- ]?pace",
        "tt",
        "time trial",
        "anaerobic",
        "over[- ]?unders?",
        "css",
    ),
    *("\\d{1,2} ?km? pace", "marathon pace", "mp", "hmp", "track session", "critical power", "parkrun", "cruise"),
    *("brutal", "reps", "repeats", "metcon", "wod"),
)
EASY = _any(
    "easy", "recovery", "recover", "regen\\w*", "gentle", "light", "shake ?out", "lagano", "locker", "spin easy"
)
MODERATE = _any(
    "endurance", "long", "steady", "aerobic", "base", "moderate", "lr", "lsd", "foundation", "lang\\w*", "dugo"
)
ZONE = re.compile(r"(?<![a-z0-9])(?:z|zone ?)(?P<low>[1-7])(?: ?[-/] ?(?:z|zone ?)?(?P<high>[1-7])(?!\d))?(?![a-z0-9])")
WORKOUT = _any(
    *("workout", "wod", "intervals?", "tempo", "threshold", "vo2(?: ?max)?", "fartlek", "training session", "bricks?"),
    *(
        "time trial",
        "sweet ?spot",
        "speedwork",
        "hill (?:reps|repeats)",
        "hills",
        "long (?:one|session)",
        "lsd",
        "trening",
    ),
    *(
        "training",
        "\\d{1,3} ?x ?\\d{2,4} ?(?:m|k|km|')?",
        "active (?:rest|recovery)",
        "warm[- ]?up",
        "cardio",
        "shake ?out",
    ),
    *("race[- ]?pace", "marathon pace", "progression", "over[- ]?unders?", "aerobic", "endurance", "recovery spin"),
)
ONLY_DISTANCE = re.compile(r"\d{1,3}(?:[.,]\d)? ?(?:km?|mi|miles?)")


def _clock_minutes(match: re.Match[str]) -> float | None:
    hours, minutes = int(match["hours"]), int(match["minutes"])
    total = hours * 60 + minutes + int(match["seconds"] or 0) / 60
    return total if 1 <= total <= 1440 else None


def _kilometers(match: re.Match[str]) -> float | None:
    value = float(match["value"].replace(",", "."))
    factor = {"km": 1.0, "mi": 1.609344, "m": 0.001}[match["unit"]]
    return round(value * factor, 3) if 0 < value * factor <= 1000 else None


def _within(low: float, high: float) -> Callable[[re.Match[str]], float | None]:
    def read(match: re.Match[str]) -> float | None:
        value = float(match["value"].replace(",", "."))
        return value if low < value <= high else None

    return read


# Lines of a description as training platforms write them: "Planned Time: 1:30:00", "Distance: 10 km", "TSS: 80".
STATED = [
    (
        "duration_minutes",
        re.compile(
            r"\b(?:planned |total |moving )?(?:time|duration)\s*[:=]\s*(?P<hours>\d{1,2}):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?"
        ),
        _clock_minutes,
    ),
    (
        "distance_km",
        re.compile(r"\b(?:planned |total )?distance\s*[:=]\s*(?P<value>\d{1,5}(?:[.,]\d{1,3})?)\s*(?P<unit>km|mi|m)\b"),
        _kilometers,
    ),
    ("tss", re.compile(r"\b(?:planned )?(?:tss|load)\s*[:=]\s*(?P<value>\d{1,4}(?:[.,]\d)?)\b"), _within(0, 1000)),
    (
        "intensity_factor",
        re.compile(r"\b(?:if|intensity factor)\s*[:=]\s*(?P<value>[01][.,]\d{1,2})\b"),
        _within(0.2, 1.5),
    ),
]
