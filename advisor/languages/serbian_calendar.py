"""Serbian numbers in words, weekdays and months for reading dates, in the cases that questions use."""

from __future__ import annotations

# Not "sto": without diacritics it is also "što".
NUMBERS: dict[str, int] = {
    **dict.fromkeys(("jedan", "jedna", "jedno", "jednu", "jednog"), 1),
    **dict.fromkeys(("dva", "dve", "dvije"), 2),
    **{"tri": 3, "cetiri": 4, "pet": 5, "sest": 6, "sedam": 7, "osam": 8, "devet": 9, "deset": 10},
    **{"jedanaest": 11, "dvanaest": 12, "trinaest": 13, "cetrnaest": 14, "petnaest": 15, "sesnaest": 16},
    **{"sedamnaest": 17, "osamnaest": 18, "devetnaest": 19, "dvadeset": 20, "trideset": 30, "cetrdeset": 40},
    **{"pedeset": 50, "sezdeset": 60, "sedamdeset": 70, "osamdeset": 80, "devedeset": 90},
}
_FIRST = (
    *("prvog", "drugog", "trećeg", "četvrtog", "petog", "šestog", "sedmog", "osmog", "devetog", "desetog"),
    *("jedanaestog", "dvanaestog", "trinaestog", "četrnaestog", "petnaestog", "šesnaestog", "sedamnaestog"),
    *("osamnaestog", "devetnaestog", "dvadesetog"),
)
ORDINALS: tuple[tuple[str, int], ...] = (
    *((word, number) for number, word in enumerate(_FIRST, start=1)),
    *((f"dvadeset {word}", 20 + number) for number, word in enumerate(_FIRST[:9], start=1)),
    ("tridesetog", 30),
    ("trideset prvog", 31),
)
WEEKDAYS: tuple[tuple[str, str], ...] = (
    ("ponedeljak|ponedeljka|ponedeljku|ponedeljkom|ponedjeljak|ponedjeljka", "monday"),
    ("utorak|utorka|utorku|utorkom", "tuesday"),
    ("sreda|sredu|srede|sredom|srijeda|srijedu|srijede", "wednesday"),
    ("četvrtak|četvrtka|četvrtku|četvrtkom", "thursday"),
    ("petak|petka|petku|petkom", "friday"),
    ("subota|subotu|subote|subotom|suboti", "saturday"),
    ("nedelja|nedelju|nedeljom|nedjelja|nedjelju", "sunday"),
)
MONTHS: tuple[tuple[str, str], ...] = (
    ("januar|januara|januaru", "january"),
    ("februar|februara|februaru", "february"),
    ("mart|marta|martu", "march"),
    ("april|aprila|aprilu", "april"),
    ("maj|maja|maju", "may"),
    ("jun|juna|junu|juni", "june"),
    ("jul|jula|julu|juli", "july"),
    ("avgust|avgusta|avgustu", "august"),
    ("septembar|septembra|septembru", "september"),
    ("oktobar|oktobra|oktobru", "october"),
    ("novembar|novembra|novembru", "november"),
    ("decembar|decembra|decembru", "december"),
)
