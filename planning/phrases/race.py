"""What the calculation of a race says in English: its steps, their formulas and inputs. Words only."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

FIXED = (
    _("Carbohydrate of the last meal"),
    _("hours before (1 to 4) x weight; 1 g/kg for races under an hour"),
    _("Carbohydrate per hour of the race"),
    _("upper end for the duration, at most what your stomach takes"),
    _("Drinking per hour, never above sweating"),
    _("sweat - 2 % of weight / hours; at least 0.4, at most sweat, at most 0.8 where sweat is estimated"),
    _("Body mass lost at the end"),
    _("(sweat - drinking) x hours / weight"),
    _("Sodium per hour beyond two hours or 1.2 L/h of sweat"),
    _("600 for every liter drunk, 300 to 600 an hour"),
    _("Caffeine, adults who tested it"),
    _("amount per kilogram x weight, at most 6 mg/kg and 400 mg a day"),
    _("Carbohydrate over four hours after"),
    _("1.2 g/kg/h x 4 h"),
    _("Protein within two hours"),
    _("0.3 g/kg"),
    _("weight"),
    _("duration"),
    _("meal hours before"),
    _("low g h"),
    _("high g h"),
    _("gut cap g h"),
    _("sweat rate"),
    _("fluid"),
)
