"""METs of the 2024 Adult Compendium of Physical Activities, and which of them a sport and intensity pick.

Source: Herrmann et al. 2024 J Sport Health Sci 13:6-12 (adults 19-59 y); values are used unmodified. Rows whose
`transcriptions` is 1 come from a single transcription. Descriptions are shortened in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass

from planning.science.constants import number
from planning.science.types import Intensity

SOURCE = "Herrmann 2024 J Sport Health Sci 13:6, 2024 Adult Compendium"


@dataclass(frozen=True, slots=True)
class Activity:
    """One Compendium row: five-digit code, gross METs, short description."""

    code: str
    met: float
    words: str
    single_transcription: bool = False


_ROWS = """
12020 7.5 jogging at own pace|12028 6.5 run 4-4.2 mph|12029 7.8 run 4.3-4.8 mph|12030 8.5 run 5-5.2 mph
12045 9.0 run 5.5-5.8 mph|12050 9.3 run 6-6.3 mph|12060 10.5 run 6.7 mph|12070 11.0 run 7 mph|12080 11.8 run 7.5 mph
12090 12.0 run 8 mph|12100 12.5 run 8.6 mph|12110 13.0 run 9 mph|12120 14.8 run 10 mph|12130 16.8 run 11 mph
12132 18.5 run 12 mph|12140* 9.3 cross-country run|12200* 13.3 marathon|12260* 13.3 run 6 mph at 5 percent
18366* 9.8 water jogging|01010 4.0 cycle under 10 mph|01014 7.0 cycle general|01020 6.8 cycle 10-11.9 mph
01030 8.0 cycle 12-13.9 mph|01040 10.0 cycle 14-15.9 mph|01050 12.0 cycle 16-19 mph|01011* 6.8 cycle commute
01009* 8.5 mountain bike|01003* 14.0 mountain bike uphill|01200 6.8 indoor cycle general|01214 4.0 indoor cycle 50 W
01216 5.0 indoor cycle 60 W|01220 6.0 indoor cycle 90-100 W|01228 8.0 indoor cycle 126-150 W
01236 10.8 indoor cycle 200-229 W|01240 12.5 indoor cycle 230-250 W|01248 16.3 indoor cycle above 325 W
01270 9.0 spin class|01305 8.8 indoor cycle intervals|18240 5.8 freestyle easy|18290 8.0 crawl about 50 yd/min
18230 9.8 freestyle hard|18280 10.5 crawl about 75 yd/min|18255 4.8 backstroke easy|18250 9.5 backstroke training
18265 5.3 breaststroke easy|18260 10.3 breaststroke training|18270 13.8 butterfly|18310 6.0 leisure swim
18360* 10.0 water polo|18355 5.5 aqua fitness|02070 7.3 rowing ergometer general|02071 5.0 ergometer under 100 W
02072 7.5 ergometer 100-149 W|02073 11.0 ergometer 150-199 W|02074 14.0 ergometer 200 W and more
18050* 5.8 rowing boat moderate|18080* 12.0 crew or competition|18100* 5.0 kayak|02054 3.5 resistance 8-15 reps
02056 3.0 body-weight resistance|02052 5.0 squat and deadlift|02055 5.8 circuit supersets|02050 6.0 vigorous lifting
02040 7.5 circuit with kettlebells|02022 3.8 calisthenics moderate|02020 7.5 calisthenics vigorous
02210* 7.0 intervals moderate|02214* 11.0 burpee intervals|02048 5.0 elliptical moderate|02049 9.0 elliptical vigorous
02065 9.3 stair machine|15551 11.8 rope moderate|15550 12.3 rope fast|15605 9.5 soccer match|15610 7.0 soccer casual
15040 8.0 basketball game|15560* 8.3 rugby union|15562* 6.3 rugby touch|15330* 8.0 handball|15350* 7.8 field hockey
15362* 10.0 ice hockey competitive|15360* 8.0 ice hockey general|15711* 6.0 volleyball competitive
15710 4.0 volleyball|15725* 8.0 beach volleyball|15250* 8.0 ultimate|15690 8.0 tennis singles|15680 6.0 tennis doubles
15030 5.5 badminton|15652* 7.3 squash|15120 7.8 sparring|15430 10.3 martial arts|15537 5.8 climbing
02150 2.3 hatha yoga|02175 2.3 yoga general|02155* 3.0 hot yoga|02160 4.0 power yoga|02105 2.8 pilates
02101 2.3 stretching|17190 3.8 walk|17200 4.8 brisk walk|17220 5.5 very brisk walk|17080 6.0 hike
17012* 7.8 hike with day-pack|15480* 9.0 orienteering|19080* 6.8 cross-country ski easy
19090* 8.5 cross-country ski moderate|19100* 11.3 cross-country ski hard
"""


def _parse_rows() -> dict[str, Activity]:
    table: dict[str, Activity] = {}
    for entry in _ROWS.replace("\n", "|").split("|"):
        if not entry.strip():
            continue
        code, met, words = entry.strip().split(" ", 2)
        table[code.rstrip("*")] = Activity(code.rstrip("*"), float(met), words, code.endswith("*"))
    return table


ACTIVITIES: dict[str, Activity] = _parse_rows()

# Easy, moderate, hard. Where the Compendium has only a casual and a game code, the game code is the hard one.
PICKS: dict[str, tuple[str, str, str]] = {
    "run": ("12020", "12050", "12080"),
    "cycle": ("01010", "01014", "01040"),
    "mountain_bike": ("01009", "01009", "01003"),
    "swim": ("18240", "18290", "18230"),
    "row": ("02071", "02072", "02073"),
    "row_erg": ("02071", "02072", "02073"),
    "kayak": ("18100", "18100", "18100"),
    "strength": ("02054", "02052", "02050"),
    "circuit": ("02055", "02055", "02040"),
    "hiit": ("02210", "02210", "02214"),
    "elliptical": ("02048", "02048", "02049"),
    "soccer": ("15610", "15610", "15605"),
    "basketball": ("15040", "15040", "15040"),
    "rugby": ("15562", "15562", "15560"),
    "handball": ("15330", "15330", "15330"),
    "hockey": ("15350", "15350", "15350"),
    "ice_hockey": ("15360", "15360", "15362"),
    "volleyball": ("15710", "15710", "15711"),
    "beach_volleyball": ("15725", "15725", "15725"),
    "ultimate": ("15250", "15250", "15250"),
    "water_polo": ("18360", "18360", "18360"),
    "tennis": ("15680", "15690", "15690"),
    "badminton": ("15030", "15030", "15030"),
    "squash": ("15652", "15652", "15652"),
    "martial_arts": ("15120", "15120", "15430"),
    "climbing": ("15537", "15537", "15537"),
    "yoga": ("02150", "02155", "02160"),
    "pilates": ("02105", "02105", "02105"),
    "mobility": ("02101", "02101", "02101"),
    "walk": ("17190", "17200", "17220"),
    "hike": ("17080", "17080", "17012"),
    "ski": ("19080", "19090", "19100"),
    "orienteering": ("15480", "15480", "15480"),
    "other": ("02022", "02055", "02020"),
}
COMBINED_SPORTS: dict[str, tuple[str, ...]] = {
    "triathlon": ("swim", "cycle", "run"),
    "duathlon": ("cycle", "run"),
}
SPORTS: tuple[str, ...] = tuple(sorted({*PICKS, *COMBINED_SPORTS}))

ALIASES: dict[str, str] = {
    "running": "run", "jog": "run", "jogging": "run", "trail_run": "run", "trail_running": "run", "treadmill": "run",
    "cycling": "cycle", "bike": "cycle", "biking": "cycle", "ride": "cycle", "spinning": "cycle", "bicycle": "cycle",
    "mtb": "mountain_bike", "mountain_biking": "mountain_bike", "swimming": "swim", "rowing": "row", "erg": "row_erg",
    "indoor_rowing": "row_erg", "ergometer": "row_erg", "walking": "walk", "hiking": "hike", "skiing": "ski",
    "xc_ski": "ski", "cross_country_skiing": "ski", "nordic_ski": "ski", "tri": "triathlon", "weights": "strength",
    "gym": "strength", "lifting": "strength", "weightlifting": "strength", "strength_training": "strength",
    "football": "soccer", "field_hockey": "hockey", "boxing": "martial_arts", "judo": "martial_arts",
    "karate": "martial_arts", "bouldering": "climbing", "stretching": "mobility", "kayaking": "kayak",
    "canoe": "kayak", "canoeing": "kayak", "frisbee": "ultimate",
}  # fmt: skip

# Heart rate says little about energy where effort stops and starts or muscle tension raises it.
INTERMITTENT_SPORTS: frozenset[str] = frozenset(
    {"strength", "circuit", "hiit", "soccer", "basketball", "rugby", "handball", "hockey", "ice_hockey", "volleyball",
     "beach_volleyball", "ultimate", "water_polo", "tennis", "badminton", "squash", "martial_arts", "climbing", "yoga",
     "pilates", "mobility"}
)  # fmt: skip
STRENGTH_SPORTS: frozenset[str] = frozenset({"strength"})

_CYCLE_BY_MPH = ((10.0, "01010"), (12.0, "01020"), (14.0, "01030"), (16.0, "01040"), (float("inf"), "01050"))
_SWIM_BY_YARDS_PER_MINUTE = ((50.0, "18240"), (75.0, "18290"), (float("inf"), "18280"))


def canonical_sport(name: str) -> tuple[str, bool]:
    """Return (sport id, known). Any case, space, `-` or `_` is accepted; an unknown name becomes ("other", False)."""
    key = "_".join(name.replace("-", " ").replace("_", " ").lower().split())
    key = ALIASES.get(key, key)
    if key in PICKS or key in COMBINED_SPORTS:
        return key, True
    return "other", False


def pick_activity(sport: str, intensity: Intensity) -> Activity:
    """Return the Compendium row of a canonical single sport at an intensity; race counts as hard."""
    easy, moderate, hard = PICKS[sport]
    return ACTIVITIES[{"easy": easy, "moderate": moderate, "hard": hard, "race": hard}[intensity]]


def activity_by_speed(sport: str, speed_m_min: float) -> Activity | None:
    """Return the row that matches a mean speed, for sports the Compendium grades by speed (cycle, swim); else None."""
    if speed_m_min <= 0:
        return None
    steps: tuple[tuple[float, str], ...]
    if sport == "cycle":
        value, steps = speed_m_min * 60 / number("unit.m_per_mile"), _CYCLE_BY_MPH
    elif sport == "swim":
        value, steps = speed_m_min / number("unit.m_per_yard"), _SWIM_BY_YARDS_PER_MINUTE
    else:
        return None
    return next(ACTIVITIES[code] for below, code in steps if value < below)
