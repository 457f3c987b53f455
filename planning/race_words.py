"""A race plan as an athlete reads it: lines with their times, sentences about what is assumed and what may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.catalogue.names import dish_name
from planning.forms_race import ML_PER_FL_OZ
from planning.race_course import KM_PER_MILE
from planning.race_feeds import DRINK, Feed, Taken
from planning.science.constants import numbers
from planning.science.fluids import salt_g
from planning.science.types import RaceStep
from planning.services.race_foods import short_name
from planning.services.races import RaceSheet
from planning.wording import Remark, length_in_words, remarks_on

NBSP = "\u00a0"
# What is taken or bought falls short of what is asked for by more than a rounding to whole pieces.
SHORT_SHARE = 0.9
HOT_C = 28.0
# Salt that one still likes to drink [engineering choice].
SALTIEST_G_L = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline. `clock` is empty without a start time; `kind` is an action of the calculation."""

    kind: str
    clock: str
    distance: str
    when: str
    what: str
    why: str = ""


class Words:
    """Sentences about one race in the athlete's units, without amounts where numbers are withheld."""

    def __init__(self, sheet: RaceSheet, *, us: bool, withheld: bool) -> None:
        self.sheet, self.us, self.withheld = sheet, us, withheld

    # --- amounts ---

    def volume(self, ml: float) -> str:
        if self.us:
            return f"{_number(ml / ML_PER_FL_OZ)}{NBSP}fl{NBSP}oz"
        return f"{_number(round(ml, -1))}{NBSP}ml" if ml < 1000 else f"{_number(ml / 1000, 1)}{NBSP}l"

    def rate(self, liters_h: float) -> str:
        if self.us:
            return f"{_number(1000 * liters_h / ML_PER_FL_OZ)}{NBSP}fl{NBSP}oz/h"
        return f"{_number(liters_h, 2)}{NBSP}l/h"

    def distance(self, km: float | None) -> str:
        if km is None:
            return ""
        value = km / KM_PER_MILE if self.us else km
        return f"{_number(value, 1).removesuffix('.0').removesuffix(',0')}{NBSP}{'mi' if self.us else 'km'}"

    def temperature(self, celsius: float) -> str:
        return f"{_number(celsius * 1.8 + 32)}{NBSP}°F" if self.us else f"{_number(celsius)}{NBSP}°C"

    def mass(self, kg: float) -> str:
        return f"{_number(kg / 0.45359237)}{NBSP}lb" if self.us else f"{_number(kg)}{NBSP}kg"

    def clock(self, minute: float) -> str:
        # Whole minutes, as `race_clock` has them: both stand side by side.
        moment = self.sheet.clock(round(minute))
        return "" if moment is None else moment.strftime("%H:%M")

    def taken(self, part: Taken) -> str:
        """One thing taken: 1 gel, 200 ml water, 180 ml Isotonic sports drink from the table."""
        if part.product is None:
            words = _("%(volume)s water") % {"volume": self.volume(part.ml)}
        elif part.product.kind == DRINK:
            words = f"{self.volume(part.ml)} {short_name(part.product)}"
        else:
            words = self.sheet.foods.words(part.product, part.servings)
        return _("%(what)s from the table") % {"what": words} if part.on_course else words

    def feed(self, feed: Feed) -> str:
        parts = [self.taken(part) for part in feed.taken]
        return ", ".join(parts) if parts else _("nothing: there is nothing left to drink")

    # --- the timeline ---

    def before(self) -> list[Line]:
        steps = [step for step in self.sheet.numbers.timeline if step.minute < 0]
        return [line for step in steps if (line := self._step(step)) is not None]

    def during(self, *, skip_empty: bool = False) -> list[Line]:
        """The feeds; one with a table is told by where the table stands."""
        lines = []
        for feed in self.sheet.feeds:
            if skip_empty and not feed.taken:
                continue
            minute = (
                feed.station.minute if feed.station and any(part.on_course for part in feed.taken) else feed.ask.minute
            )
            km = self._km_at(minute, feed)
            leg = {"cycle": _("bike"), "run": _("run")}.get(feed.ask.leg, "")
            when = race_clock(minute) + (f" {leg}" if leg else "")
            lines.append(Line("feed", self.clock(minute), self.distance(km), when, self.feed(feed)))
        return lines

    def middle(self) -> list[Line]:
        """What else is taken between start and finish: the second half of the caffeine."""
        length = self.sheet.duration_minutes
        steps = [step for step in self.sheet.numbers.timeline if 0 < step.minute < length and step.action != "feed"]
        return [line for step in steps if (line := self._step(step)) is not None]

    def after(self) -> list[Line]:
        steps = [step for step in self.sheet.numbers.timeline if step.action == "recovery"]
        return [line for step in steps if (line := self._step(step)) is not None]

    def _km_at(self, minute: float, feed: Feed) -> float | None:
        """How far along: for one sport at an even pace; the legs of a triathlon have paces of their own."""
        if self.sheet.distance_km is None or self.sheet.is_triathlon:
            return None
        return self.sheet.distance_km * minute / self.sheet.duration_minutes

    def _step(self, step: RaceStep) -> Line | None:
        sheet, hours = self.sheet, -step.minute / 60
        when = _("%(time)s before") % {"time": length_in_words(-step.minute)} if step.minute < 0 else ""
        clock = self.clock(step.minute)
        grams = (
            ""
            if self.withheld or not step.carbs_g
            else _("%(grams)s g carbohydrate") % {"grams": _number(step.carbs_g)}
        )
        if step.action in ("load", "fuel"):
            return self._day_before(step, grams)
        if step.action == "meal":
            what = (
                _("Last meal: %(grams)s, familiar, low in fiber and fat") % {"grams": grams}
                if grams
                else _("Last meal: familiar, low in fiber and fat")
            )
            why = _(
                "A gram for each kilogram of you and hour before the start, at most four; one for races under an hour."
            )
            return Line("meal", clock, "", when, what, "" if self.withheld else why)
        if step.action == "drink":
            low, high = sheet.numbers.pre_fluid_ml
            span = f"{self.volume(low)} – {self.volume(high)}"
            what = (
                _("Have drunk enough by now, in small amounts")
                if self.withheld
                else _("Have drunk %(span)s by now, in small amounts") % {"span": span}
            )
            return Line("drink", clock, "", when, what, _("Early enough that what is too much is gone by the start."))
        if step.action == "caffeine":
            what = _("%(mg)s mg caffeine") % {"mg": _number(step.caffeine_mg or 0.0)}
            second = step.minute > 0
            why = (
                _("The second half, for the last part of a long race.")
                if second
                else _("It works best about an hour later. Only what you tested in training.")
            )
            return Line("caffeine", clock, "", race_clock(step.minute) if second else when, what, why)
        if step.action == "topup":
            what = _("A small bite or gel: %(grams)s") % {"grams": grams} if grams else _("A small bite or gel")
            return Line("topup", clock, "", when, what, _("So near to the start it counts as the first feed."))
        if step.action == "recovery":
            return Line(
                "recovery",
                clock,
                "",
                race_clock(step.minute),
                self._recovery(step),
                _("Hurry only if another session follows within eight hours; else eat as planned."),
            )
        return Line(step.action, clock, "", when or f"{hours:g}", step.words)

    def _day_before(self, step: RaceStep, grams: str) -> Line | None:
        """Loading, or just enough the day before; a match or a minor is not loaded for."""
        sheet = self.sheet
        first = step.minute <= -numbers("race.day_before_minutes")[0]
        if first and not sheet.loading:
            return None
        moment = sheet.clock(step.minute)
        when = (
            date_format(moment, "l")
            if moment
            else ngettext("%(days)s day before", "%(days)s days before", 2 if first else 1)
            % {"days": 2 if first else 1}
        )
        if sheet.loading:
            what = (
                _("Loading: %(grams)s on this day") % {"grams": grams}
                if first and grams
                else _("Carbohydrate loading begins")
            )
            if not first:
                what = _("Loading: %(grams)s again, little fiber and fat, nothing new") % {"grams": grams}
            why = _("Full stores last longer in a race of more than 90 minutes; they take two days to fill.")
            return Line("load", "", "", when, what, why)
        what = _("Eat enough, little fiber and fat, nothing new")
        return Line("fuel", "", "", when, what, _("A calm stomach is half the race."))

    def _recovery(self, step: RaceStep) -> str:
        low, high = self.sheet.recovery_l
        drink = "" if high < 0.1 else f"{self.volume(1000 * low)} – {self.volume(1000 * high)}"
        if self.withheld:
            return _("Eat something with carbohydrate and protein within two hours, and drink")
        words = _("%(carbs)s g carbohydrate over four hours, %(protein)s g protein within two") % {
            "carbs": _number(step.carbs_g or 0.0),
            "protein": _number(step.protein_g or 0.0),
        }
        return f"{words}; " + _("drink %(drink)s over the hours after") % {"drink": drink} if drink else words

    # --- what to know ---

    def assumed(self) -> list[tuple[str, str]]:
        """What nobody has said and what stands in for it, each with the field that answers it."""
        sheet = self.sheet
        said = {
            "finish": (
                "finish_minutes",
                _("No finish time is known: %(time)s is assumed.") % {"time": length_in_words(sheet.duration_minutes)},
            ),
            "legs": ("swim_minutes", _("Swim, bike and run are split by their usual shares of the time.")),
        }
        if not self.withheld:
            said |= {
                "weight_kg": ("", _("Your weight is unknown: %(weight)s is used.") % {"weight": self.mass(70)}),
                "gut": (
                    "gut_cap_g_h",
                    _("You have not said what your stomach takes: the least for this length is planned, %(rate)s g/h.")
                    % {"rate": _number(sheet.numbers.carbs_g_h)},
                ),
                "sweat": (
                    "sweat_rate_l_h",
                    _("Your sweat rate is an estimate: %(rate)s, %(from)s.")
                    % {"rate": self.rate(sheet.numbers.sweat_rate_l_h), "from": self._sweat_from()},
                ),
            }
        return [said[name] for name in sheet.assumed if name in said]

    def _sweat_from(self) -> str:
        celsius = self.sheet.options.temperature_c
        if celsius is None:
            return _("for %(low)s to %(high)s") % {"low": self.temperature(10), "high": self.temperature(20)}
        return _("for %(temperature)s") % {"temperature": self.temperature(celsius)}

    def caffeine(self) -> str:
        """Why no caffeine is planned; empty where it is."""
        return {
            "minor": _("No caffeine: under 18 none is planned."),
            "care": _("No caffeine is planned for you; your doctor or dietitian can tell you more."),
            "profile": _("No caffeine: it is planned only when age, sex, height and weight are known."),
            "untested": _("No caffeine: say below whether you tried it in training."),
            "unwanted": _("No caffeine, as you said."),
            "enough": _("No more caffeine: what you have that day is the limit already."),
        }.get(self.sheet.no_caffeine, "")

    def remarks(self) -> list[Remark]:
        """What may go wrong, what asks for action first."""
        sheet = self.sheet
        codes = [code for code in sheet.numbers.warnings if code != "SWEAT_RATE_ESTIMATED"]
        found = [*self._short(), *remarks_on(codes, withheld=self.withheld)]
        for name, words in (
            (
                "drink_at",
                _("Sports drink on the course is not counted on: its brand is unknown, or it is nothing you eat."),
            ),
            (
                "gel_at",
                _("Gels on the course are not counted on: their brand is unknown, or they are nothing you eat."),
            ),
            ("banana_at", _("Bananas on the course are not counted on: they are nothing you eat.")),
        ):
            if name in sheet.uncounted:
                found.append(Remark(name, "warn", words))
        if sheet.foods.gone:
            found.append(
                Remark(
                    "GONE",
                    "warn",
                    _("Something you chose for this race is nothing you may eat any more; it was left out."),
                )
            )
        if sheet.numbers.multiple_transportable and not self.withheld:
            found.append(
                Remark(
                    "MTC",
                    "info",
                    _(
                        "Above 60 g an hour take products with both glucose (or maltodextrin) and fructose: "
                        "each has a way of its own into the blood."
                    ),
                )
            )
        celsius = sheet.options.temperature_c
        if celsius is not None and celsius >= HOT_C:
            found.append(
                Remark(
                    "HOT",
                    "warn",
                    _("In such heat start slower, cool head and neck, and do not try to drink back all you sweat."),
                )
            )
        found.append(Remark("WATER", "warn", self._water()))
        return sorted(found, key=lambda remark: remark.tone != "warn")

    def _water(self) -> str:
        danger = _(
            "Never drink more than you sweat: bloating, headache, swollen hands or confusion mean too much water. "
            "Then stop drinking and get help."
        )
        if self.withheld:
            return danger
        known = _("You will sweat about %(loss)s and this plan holds %(drink)s.") % {
            "loss": self.volume(self.sheet.sweat_loss_ml),
            "drink": self.volume(self.sheet.fluid_ml),
        }
        return f"{known} {danger}"

    def _short(self) -> list[Remark]:
        sheet = self.sheet
        found = []
        dry = sheet.dry_from_minute
        if dry is not None:
            words = _(
                "From %(time)s on there is less to drink than you will want: "
                "carry more, or name the tables of the course below."
            )
            found.append(Remark("DRY", "warn", words % {"time": race_clock(dry)}))
        asked = sum(feed.ask.carbs_g for feed in sheet.feeds)
        if asked > 0 and sheet.carbs_g < SHORT_SHARE * asked:
            words = _(
                "What you can carry and what is served holds less than the race asks for. "
                "More room in pockets or bottles, or tables on the course, would close the gap."
            )
            if not self.withheld:
                words = (
                    _("%(taken)s of %(asked)s g carbohydrate:")
                    % {"taken": _number(sheet.carbs_g), "asked": _number(asked)}
                    + " "
                    + words
                )
            found.append(Remark("SHORT", "warn", words))
        salt = self._salt()
        if salt:
            found.append(Remark("SALT", "info", salt))
        return found

    def _salt(self) -> str:
        sheet = self.sheet
        if self.withheld or not sheet.feeds or not sheet.numbers.sodium_mg_h:
            return ""
        asked = sheet.numbers.sodium_mg_h * sheet.duration_minutes / 60
        if sheet.sodium_mg is None:
            return _("How much sodium your food holds is not fully known; the race asks for %(asked)s mg.") % {
                "asked": _number(asked)
            }
        missing = asked - sheet.sodium_mg
        if missing < (1 - SHORT_SHARE) * asked:
            return ""
        words = _("Your food holds %(taken)s of %(asked)s mg sodium.") % {
            "taken": _number(sheet.sodium_mg),
            "asked": _number(asked),
        }
        grams = salt_g(sodium_mg=missing)
        carried_l = sum(need.ml for need in sheet.needed if not need.on_course) / 1000
        if grams <= SALTIEST_G_L * carried_l:
            more = _("%(salt)s g table salt, shared out over your bottles, makes it whole.")
            return f"{words} {more % {'salt': _number(grams, 1)}}"
        return f"{words} " + _("Saltier food, or salt capsules that you tested in training, would make it whole.")

    def needed(self) -> list[dict[str, Any]]:
        """What to bring and what to find on the course, each with its amount."""
        rows = []
        for need in self.sheet.needed:
            if need.product is None:
                name, amount = _("Water"), self.volume(need.ml)
            elif need.product.kind == DRINK:
                name, amount = short_name(need.product), self.volume(need.ml)
            else:
                name, amount = dish_name(need.product.name), self.sheet.foods.words(need.product, need.servings)
            rows.append({"name": name, "amount": amount, "on_course": need.on_course, "product": need.product})
        return rows


def race_clock(minute: float) -> str:
    """Time since the start as a watch shows it: 0:20, 1:40."""
    whole = round(minute)
    return f"{whole // 60}:{whole % 60:02d}"


def _number(value: float, decimals: int = 0) -> str:
    return number_format(round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True)
