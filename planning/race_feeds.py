"""What a race asks for every twenty minutes, as gels, bananas and mouthfuls of drink. Pure and deterministic.

Each feed takes the whole pieces and the drink that keep what was eaten so far nearest to what was asked for so far.
Never more in any 60 minutes than the stomach is said to bear, never more to drink than the feed asks for, and nothing
that is not carried or served there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product as combinations

WATER, DRINK, GEL, CHEW, SOLID = "water", "drink", "gel", "chew", "solid"
# A place where something is served belongs to the feed that it is nearest to, within half the time between feeds.
NEAR_MINUTES = 10.0
# Grams of carbohydrate that a feed may miss its mark by before it is worth [engineering choice]: to carry a bottle past
# a table, to fill scarce bottles with plain water, to chew the same thing twice, to open one more wrapper.
CARRIED_PAST, WATER_CARRIED, SAME_AGAIN, ONE_MORE = 3.0, 10.0, 1.5, 0.5
# The same where room in bottles is counted, since what is left must last to the next table; and to halve a drink.
CARRIED_PAST_SCARCE, HALF_DRINK = 12.0, 6.0
# Shares of what is asked for that are tried where supplies are short, and how near to the most counts as the most.
PACES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
ENOUGH = 0.95
MOST_STEPS = 4
MOST_TIMES = 2.0
ROUNDING_G = 0.5


@dataclass(frozen=True, slots=True)
class Product:
    """Something to eat or drink on the way. Amounts are of one serving, `step` is the least part of it that is taken.

    `ml` is the volume of a serving of a drink, None for what is chewed. Unknown sodium is None.
    """

    key: str
    name: str
    kind: str
    carbs_g: float
    sodium_mg: float | None
    step: float = 1.0
    ml: float | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What one feed asks for: grams, ml, and the most carbohydrate that any 60 minutes up to it may hold."""

    minute: float
    carbs_g: float
    fluid_ml: float
    most_g_h: float
    solids: bool = False
    leg: str = ""


@dataclass(frozen=True, slots=True)
class Station:
    """A place on the course: its minute, its kilometer where known, and what it serves (product kinds or keys)."""

    minute: float
    serves: tuple[Product, ...] = ()
    water: bool = False
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Supply:
    """What can be carried: ml in all bottles, pieces in all pockets. None is unknown and counts as enough."""

    bottle_ml: float | None = None
    pieces: float | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One thing taken: a number of servings, or `ml` of a drink or (without a product) of water."""

    product: Product | None
    servings: float = 0.0
    ml: float = 0.0
    on_course: bool = False

    @property
    def carbs_g(self) -> float:
        return 0.0 if self.product is None else self.servings * self.product.carbs_g

    @property
    def sodium_mg(self) -> float | None:
        """Sodium; None where it is unknown of the product."""
        if self.product is None:
            return 0.0
        return None if self.product.sodium_mg is None else self.servings * self.product.sodium_mg


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: what it asked for, what is taken, and the place where it is taken if it is one."""

    ask: Ask
    pieces: tuple[Taken, ...]
    drink: Taken | None
    station: Station | None = None

    @property
    def taken(self) -> tuple[Taken, ...]:
        return self.pieces if self.drink is None else (*self.pieces, self.drink)

    @property
    def carbs_g(self) -> float:
        return sum(part.carbs_g for part in self.taken)

    @property
    def fluid_ml(self) -> float:
        return 0.0 if self.drink is None else self.drink.ml

    @property
    def sodium_mg(self) -> float | None:
        """Sodium of all parts; None where one is unknown."""
        parts = [part.sodium_mg for part in self.taken]
        return None if any(part is None for part in parts) else sum(part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of the race, the last one perhaps shorter: what is taken in it. Unknown sodium is None."""

    first_minute: float
    last_minute: float
    carbs_g: float
    fluid_ml: float
    sodium_mg: float | None


def choose_feeds(
    asks: Sequence[Ask], *, products: Sequence[Product], stations: Sequence[Station] = (), supply: Supply | None = None
) -> tuple[Feed, ...]:
    """What to take at each feed, in the order given (by minute). `products` stand in the order they are preferred.

    Where what is carried and served is too little for all feeds, it is shared out over the whole race: a runner whose
    pockets are empty at half way has not been helped.
    """
    given = supply or Supply()
    full = _choose(asks, products, stations, given, pace=1.0)
    asked = sum(ask.carbs_g for ask in asks)
    if (given.bottle_ml is None and given.pieces is None) or _carbs(full) >= ENOUGH * asked:
        return full
    slower = [_choose(asks, products, stations, given, pace=pace) for pace in PACES]
    most = max(map(_carbs, (full, *slower)))
    # Of those that bring nearly as much as any, the one that shares it out best.
    return min((way for way in (full, *slower) if _carbs(way) >= ENOUGH * most), key=_unevenness)


def _carbs(feeds: Sequence[Feed]) -> float:
    return sum(feed.carbs_g for feed in feeds)


def _unevenness(feeds: Sequence[Feed]) -> float:
    """How far what is eaten by each feed strays from the same share of everything that is eaten."""
    asked, taken = sum(feed.ask.carbs_g for feed in feeds), _carbs(feeds)
    share = taken / asked if asked else 0.0
    by_now = 0.0
    strays = []
    for feed in feeds:
        by_now += feed.carbs_g - share * feed.ask.carbs_g
        strays.append(by_now * by_now)
    return sum(strays)


def _choose(
    asks: Sequence[Ask], products: Sequence[Product], stations: Sequence[Station], supply: Supply, *, pace: float
) -> tuple[Feed, ...]:
    left_ml, left_pieces = supply.bottle_ml, supply.pieces
    near = _by_feed(asks, stations)
    chosen: list[Feed] = []
    asked = given = 0.0
    last_piece = ""
    for ask in asks:
        asked += pace * ask.carbs_g
        station = near.get(ask.minute)
        recent = sum(feed.carbs_g for feed in chosen if feed.ask.minute > ask.minute - 60)
        best: tuple[float, Feed] | None = None
        drinks = list(_drinks(ask, products, station, left_ml))
        for drink, piece in combinations(drinks, _pieces(ask, products, station, left_pieces)):
            feed = Feed(ask, () if piece is None else (piece,), drink, station)
            if recent + feed.carbs_g > ask.most_g_h + ROUNDING_G or _is_heap(feed):
                continue
            cost = abs(asked - given - feed.carbs_g) + _trouble(feed, last_piece, drinks, scarce=left_ml is not None)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, feed)
        if best is not None:
            feed = best[1]
        else:
            plain = next((drink for drink in drinks if drink is None or drink.product is None), None)
            feed = Feed(ask, (), plain, station)
        given += feed.carbs_g
        chosen.append(feed)
        if feed.pieces and feed.pieces[0].product is not None:
            last_piece = feed.pieces[0].product.key
        if left_ml is not None and feed.drink is not None and not feed.drink.on_course:
            left_ml -= feed.drink.ml
        if left_pieces is not None:
            left_pieces -= sum(part.servings for part in feed.pieces if not part.on_course)
    return tuple(chosen)


def _is_heap(feed: Feed) -> bool:
    """Whether more than one piece makes a feed more than twice of what it asks for: nobody catches up at one table."""
    several = any(piece.product is not None and piece.servings > piece.product.step for piece in feed.pieces)
    return several and feed.carbs_g > MOST_TIMES * feed.ask.carbs_g


def _trouble(feed: Feed, last: str, drinks: Sequence[Taken | None], *, scarce: bool) -> float:
    """What speaks against a feed, in grams of carbohydrate. `scarce` is room in bottles that is counted."""
    trouble = 0.0
    if feed.drink is not None and not feed.drink.on_course:
        offered = any(other is not None and other.on_course for other in drinks)
        mixed = any(other is not None and other.product is not None and not other.on_course for other in drinks)
        trouble += (CARRIED_PAST_SCARCE if scarce else CARRIED_PAST) if offered else 0.0
        trouble += HALF_DRINK if feed.drink.ml < feed.ask.fluid_ml - 1 else 0.0
        trouble += WATER_CARRIED if scarce and mixed and feed.drink.product is None else 0.0
    for piece in feed.pieces:
        if piece.product is not None:
            trouble += ONE_MORE * piece.servings / piece.product.step
            trouble += SAME_AGAIN if piece.product.key == last and piece.product.kind == SOLID else 0.0
    return trouble


def _drinks(
    ask: Ask, products: Sequence[Product], station: Station | None, left_ml: float | None
) -> Iterator[Taken | None]:
    """Every way to drink at a feed; None only where there is nothing to drink or nothing is asked for."""
    if ask.fluid_ml <= 0:
        yield None
        return
    found = False
    if station is not None:
        for served in station.serves:
            if served.kind == DRINK and served.ml:
                found = True
                yield Taken(served, ask.fluid_ml / served.ml, ask.fluid_ml, on_course=True)
        if station.water:
            found = True
            yield Taken(None, ml=ask.fluid_ml, on_course=True)
    ml = ask.fluid_ml if left_ml is None else min(ask.fluid_ml, left_ml)
    # A last mouthful that is not worth the bottle.
    if ml >= ask.fluid_ml / 4:
        found = True
        for carried in products:
            if carried.kind == DRINK and carried.ml:
                yield Taken(carried, ml / carried.ml, ml)
                if left_ml is not None:
                    yield Taken(carried, ml / 2 / carried.ml, ml / 2)
        yield Taken(None, ml=ml)
    if not found:
        yield None


def _pieces(
    ask: Ask, products: Sequence[Product], station: Station | None, left: float | None
) -> tuple[Taken | None, ...]:
    """Every number of pieces of one product, none at all among them."""
    found: list[Taken | None] = [None]
    carried = [(item, False) for item in products]
    served = [(item, True) for item in station.serves] if station else []
    for item, on_course in (*served, *carried):
        if item.kind == DRINK or item.carbs_g <= 0 or (item.kind == SOLID and not ask.solids):
            continue
        for count in range(1, MOST_STEPS + 1):
            servings = count * item.step
            if left is not None and not on_course and servings > left + 1e-9:
                break
            found.append(Taken(item, servings, on_course=on_course))
    return tuple(found)


def _by_feed(asks: Sequence[Ask], stations: Sequence[Station]) -> dict[float, Station]:
    """For each feed the place where it is taken: the nearest of those that are near."""
    near: dict[float, Station] = {}
    for station in sorted(stations, key=lambda found: found.minute):
        if not asks:
            break
        ask = min(asks, key=lambda found: (abs(found.minute - station.minute), found.minute))
        if abs(ask.minute - station.minute) > NEAR_MINUTES:
            continue
        other = near.get(ask.minute)
        if other is None or abs(station.minute - ask.minute) < abs(other.minute - ask.minute):
            near[ask.minute] = station
    return near


def merge_stations(stations: Sequence[Station]) -> tuple[Station, ...]:
    """One station for each minute, serving all that is served there."""
    merged: dict[float, Station] = {}
    for station in stations:
        minute = round(station.minute, 1)
        other = merged.get(minute)
        if other is None:
            merged[minute] = station
        else:
            keys = {item.key for item in other.serves}
            more = tuple(item for item in station.serves if item.key not in keys)
            merged[minute] = replace(other, serves=(*other.serves, *more), water=other.water or station.water)
    return tuple(merged[minute] for minute in sorted(merged))


def hours_of(feeds: Sequence[Feed], *, duration_minutes: float) -> tuple[Hour, ...]:
    """What is taken in each hour of the race."""
    hours = []
    first = 0.0
    while first < duration_minutes - 1e-9:
        last = min(first + 60.0, duration_minutes)
        # A feed at the full hour ends the hour that it is of.
        mine = [feed for feed in feeds if first < feed.ask.minute <= last]
        sodium = [feed.sodium_mg for feed in mine]
        known = [amount for amount in sodium if amount is not None]
        hours.append(
            Hour(
                first,
                last,
                sum(feed.carbs_g for feed in mine),
                sum(feed.fluid_ml for feed in mine),
                sum(known) if len(known) == len(sodium) else None,
            )
        )
        first = last
    return tuple(hours)


@dataclass(frozen=True, slots=True)
class Needed:
    """How much of one thing the race needs: servings and (of drinks and water) ml, carried and on the course."""

    product: Product | None
    servings: float
    ml: float
    on_course: bool


def needed_of(feeds: Sequence[Feed]) -> tuple[Needed, ...]:
    """The sums over all feeds, what is carried first, in the order they are first taken."""
    sums: dict[tuple[bool, str], Needed] = {}
    for part in (part for feed in feeds for part in feed.taken):
        key = (part.on_course, part.product.key if part.product else WATER)
        known = sums.get(key, Needed(part.product, 0.0, 0.0, part.on_course))
        sums[key] = replace(known, servings=known.servings + part.servings, ml=known.ml + part.ml)
    return tuple(sorted(sums.values(), key=lambda found: found.on_course))
