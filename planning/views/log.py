"""The quick log: what was eaten besides or instead of the plan, in as few taps as possible."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import DomainError
from nutrition_site.kernel.ids import is_id
from nutrition_site.kernel.sentences import in_english
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning.amounts import told_amount, told_number
from planning.barcodes import BarcodeError
from planning.catalogue.names import name_of
from planning.forms_log import AmountForm, PlaceForm, TapForm, WordsForm
from planning.models import Food, LogEntry, PlanItem, Recipe
from planning.phrases import tell
from planning.services.log import (
    Place,
    entries_by_day,
    favorite_dishes,
    find_by_barcode,
    log_again,
    log_dish,
    log_food,
    log_words,
    reasons_against,
    reasons_against_entry,
    recent_entries,
    search_dishes,
    undo_log,
)
from planning.services.plans import set_item_status
from planning.services.search import page_of_foods
from planning.units import facts_of, parse_quantity, to_grams
from planning.views.meals import Meal, find_item, logged_row
from planning.views.reading import day_or_404, is_withheld, minute_now

MAX_FOUND = 8
MAX_DISHES = 4
BEST_FOODS = 2
MAX_WORDS = 80
# The digits of any barcode: EAN-8 to GTIN-14, as typed.
BARCODE = re.compile(r"[0-9](?:[ -]?[0-9]){7,13}")
MAX_PORTIONS = 3


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: Any, day: str) -> HttpResponse:
    """One tap for what was eaten lately, a search, a barcode, or one's own words."""
    athlete: Athlete = request.athlete
    wanted = _lived_day_or_404(athlete, day)
    instead = _instead(request, athlete)
    form = WordsForm(posted(request), initial=_place_now(athlete, wanted, instead))

    def write(how: dict[str, Any]) -> LogEntry:
        return log_words(words=form.cleaned_data["name"], source=LogEntry.Source.WORDS, **how)

    answer = _logged(request, form, write, wanted, instead)
    if answer is not None:
        return answer
    page = {
        **_shown(request, athlete, wanted, instead),
        **_found_by_words(request, athlete),
        **_found_by_barcode(request, athlete, wanted),
        "form": form,
        "recent": [logged_row(entry) for entry in recent_entries(athlete)],
        "favorites": favorite_dishes(athlete),
        "rows": [logged_row(entry) for entry in entries_by_day(athlete, wanted, wanted).get(wanted, [])],
    }
    known = {row["logged"].recipe_id for row in page["recent"]}
    page["favorites"] = [recipe for recipe in page["favorites"] if recipe.pk not in known]
    return render(request, "planning/log.html", page, status=422 if form.errors else 200)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def log_add(request: Any, day: str) -> HttpResponse:
    """How much it was of the food (`?food=`) or dish (`?recipe=`) that was chosen."""
    athlete: Athlete = request.athlete
    wanted = _lived_day_or_404(athlete, day)
    instead = _instead(request, athlete)
    thing = _thing_or_404(request)
    is_us = athlete.units == "us"
    initial = {"amount": _usual_amount(athlete, thing), **_place_now(athlete, wanted, instead)}
    form = AmountForm(posted(request), initial=initial, hint=_amount_hint(thing, us=is_us))
    by_barcode = request.POST.get("by") == LogEntry.Source.BARCODE
    source = LogEntry.Source.BARCODE if by_barcode else LogEntry.Source.SEARCH

    def write(how: dict[str, Any]) -> LogEntry:
        amount = form.cleaned_data["amount"]
        if isinstance(thing, Food):
            return log_food(food=thing, amount=amount, source=source, **how)
        return log_dish(recipe=thing, amount=amount, source=source, **how)

    answer = _logged(request, form, write, wanted, instead)
    if answer is not None:
        return answer
    page = {
        **_shown(request, athlete, wanted, instead),
        "form": form,
        "name": name_of(thing),
        "food": thing if isinstance(thing, Food) else None,
        "recipe": None if isinstance(thing, Food) else thing,
        "against": [tell(reason) for reason in reasons_against(thing, athlete)],
        "by": request.GET.get("by", "") or request.POST.get("by", ""),
    }
    return render(request, "planning/log_add.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def log_tap(request: Any, day: str) -> HttpResponse:
    """Logs an earlier entry once more, or a serving of a favorite dish. A double tap counts once."""
    athlete: Athlete = request.athlete
    wanted = _lived_day_or_404(athlete, day)
    instead = _instead(request, athlete)
    form = TapForm(request.POST)
    if not form.is_valid():
        raise Http404
    where = _place_now(athlete, wanted, instead)
    place = Place(wanted, where["slot"], where["time"])

    def save() -> str:
        if form.cleaned_data["recipe"]:
            dishes = Recipe.objects.visible_to(request.user).plannable()
            recipe = find_or_404(dishes, form.cleaned_data["recipe"], "rcp")
            entry = log_dish(
                athlete=athlete, recipe=recipe, place=place, source=LogEntry.Source.AGAIN, by=request.user, servings=1.0
            )
        else:
            mine = LogEntry.objects.filter(athlete=athlete).select_related("food", "recipe")
            earlier = find_or_404(mine, form.cleaned_data["entry"], "log")
            entry = log_again(athlete=athlete, entry=earlier, place=place, by=request.user)
        return _done(request, athlete, entry, instead)

    return _once_or_told(request, save, reverse("log", args=[wanted.isoformat()]))


@athlete_page
@require_POST
def log_undo(request: Any, day: str, entry_id: str) -> HttpResponse:
    """Takes an entry back. The same form sent twice finds it gone already."""
    athlete: Athlete = request.athlete
    wanted = day_or_404(athlete, day)

    def save() -> str:
        entry = find_or_404(LogEntry.objects.filter(athlete=athlete), entry_id, "log")
        undo_log(entry=entry, by=request.user)
        messages.success(request, _("%(name)s is no longer logged.") % {"name": logged_name(entry)})
        return _home_of(athlete, wanted)

    return go_to(request, once(request, save))


def _logged(
    request: Any, form: PlaceForm, write: Callable[[dict[str, Any]], LogEntry], day: date, instead: PlanItem | None
) -> HttpResponse | None:
    """Where to go once a sent form is logged; None while it is to be shown. `write` is told whose, where, by whom."""

    def save() -> str:
        entry = write({"athlete": request.athlete, "place": _place_of(form, day), "by": request.user})
        return _done(request, request.athlete, entry, instead)

    return submit(request, form, save) if form.is_bound else None


def _once_or_told(request: Any, save: Callable[[], str], back: str) -> HttpResponse:
    """What has no form of its own to show a refusal beside tells it on the page that it came from."""
    try:
        return go_to(request, once(request, save))
    except DomainError as error:
        if error.status >= 500:
            raise
        messages.warning(request, error.message)
        return go_to(request, back)


def _done(request: Any, athlete: Athlete, entry: LogEntry, instead: PlanItem | None) -> str:
    """Says what was logged, and plainly when it is something the athlete leaves out; where to go next."""
    if instead is not None and instead.status == PlanItem.Status.PLANNED:
        try:
            set_item_status(
                plan=instead.revision.plan, item_id=instead.pk, status=PlanItem.Status.SKIPPED, locked=None,
                by=request.user,
            )  # fmt: skip
        except DomainError as error:
            messages.warning(request, error.message)
    reasons = reasons_against_entry(entry, athlete)
    if reasons:
        words = _("%(name)s is logged. By your settings it is not for you: %(reasons)s. It is not offered again.")
        messages.warning(request, words % {"name": logged_name(entry), "reasons": "; ".join(map(tell, reasons))})
    else:
        messages.success(request, _("%(name)s is logged.") % {"name": logged_name(entry)})
    return _home_of(athlete, entry.day)


def logged_name(entry: LogEntry) -> str:
    """What was eaten, in the language of the page; the athlete's own words stay."""
    return name_of(entry.name) if entry.food_id or entry.recipe_id else entry.name


def _home_of(athlete: Athlete, day: date) -> str:
    url = reverse("today") if day == today(athlete.zones) else reverse("day", args=[day.isoformat()])
    return f"{url}#meals"


def _lived_day_or_404(athlete: Athlete, text: str) -> date:
    """Today or a day before. Raises Http404: nothing was eaten yet on a day to come."""
    day = day_or_404(athlete, text)
    if day > today(athlete.zones):
        raise Http404
    return day


def _instead(request: Any, athlete: Athlete) -> PlanItem | None:
    """The planned meal in whose place something was eaten. Raises Http404 for somebody else's."""
    wanted = request.POST.get("instead") or request.GET.get("instead", "")
    return find_item(athlete, wanted if is_id(wanted, "itm") else "") if wanted else None


def _place_now(athlete: Athlete, day: date, instead: PlanItem | None) -> dict[str, str]:
    """Slot and time to begin with: those of the meal that was not eaten, else now; nothing on an earlier day."""
    if instead is not None:
        return {"slot": instead.slot, "time": instead.time}
    if day != today(athlete.zones):
        return {"slot": "", "time": ""}
    hour, minute = divmod(minute_now(athlete), 60)
    return {"slot": "", "time": f"{hour:02d}:{minute:02d}"}


def _place_of(form: PlaceForm, day: date) -> Place:
    return Place(day, form.cleaned_data["slot"], form.time_text)


def _shown(request: Any, athlete: Athlete, day: date, instead: PlanItem | None) -> dict[str, Any]:
    """What the pages of the log share; `kept` is what their links carry along."""
    return {
        "day": day,
        "is_today": day == today(athlete.zones),
        "back_url": _home_of(athlete, day),
        "instead": instead,
        "instead_name": "" if instead is None else Meal(instead).name,
        "kept": "" if instead is None else f"&{urlencode({'instead': instead.pk})}",
        "withheld": is_withheld(athlete),
    }


def _found_by_words(request: Any, athlete: Athlete) -> dict[str, Any]:
    words = "".join(mark for mark in request.GET.get("q", "") if mark.isprintable()).strip()[:MAX_WORDS]
    words = "" if BARCODE.fullmatch(words) else words
    foods: list[Food] = []
    if words:
        foods, _total = page_of_foods(words, among=Food.objects.visible_to(request.user), start=0, count=MAX_FOUND)
    rows = [{"way": "food", "row": food, "kcal": food.energy_kcal} for food in foods]
    dishes = search_dishes(athlete, words, limit=MAX_DISHES)
    found = [{"way": "recipe", "row": dish, "kcal": dish.nutrients.get("energy_kcal")} for dish in dishes]
    # Who eats a banana wants the banana first, who ate banana bread finds it below the few best foods.
    return {"words": words, "found": [*rows[:BEST_FOODS], *found, *rows[BEST_FOODS:]]}


def _found_by_barcode(request: Any, athlete: Athlete, day: date) -> dict[str, Any]:
    """The own food with the digits that were typed; for unknown ones, where to enter its label."""
    typed = request.GET.get("barcode", "").strip()[:MAX_WORDS]
    sought = request.GET.get("q", "").strip()
    if not typed and BARCODE.fullmatch(sought):
        # Typed where words are sought: nobody has to know that there is a place of its own.
        typed = sought
    if not typed:
        return {"typed": ""}
    try:
        digits, food = find_by_barcode(athlete, typed)
    except BarcodeError as error:
        return {"typed": typed, "barcode_error": str(error)}
    label_url = f"{reverse('own_food_add')}?{urlencode({'barcode': digits, 'log_day': day.isoformat()})}"
    return {"typed": typed, "digits": digits, "barcode_food": food, "label_url": label_url}


def _thing_or_404(request: Any) -> Food | Recipe:
    """What the address names, of the catalogue or one's own. Raises Http404."""
    if "recipe" in request.GET:
        dish: Recipe = find_or_404(Recipe.objects.visible_to(request.user).plannable(), request.GET["recipe"], "rcp")
        return dish
    food: Food = find_or_404(Food.objects.visible_to(request.user), request.GET.get("food", ""), "fod")
    return food


def _usual_amount(athlete: Athlete, thing: Food | Recipe) -> str:
    """The amount it was the last time, else one piece, one serving, 100 g or 4 oz."""
    what = {"food": thing} if isinstance(thing, Food) else {"recipe": thing}
    amounts = LogEntry.objects.filter(athlete=athlete, **what).exclude(amount="").order_by("-created_at", "-pk")
    last: str | None = amounts.values_list("amount", flat=True).first()
    if last:
        return last
    if isinstance(thing, Recipe):
        return "1"
    if any(row.get("unit") == "serving" for row in thing.portions):
        return "1 serving"
    if thing.shopping.get("piece_grams"):
        return "1"
    return "4 oz" if athlete.units == "us" else "100 g"


def _amount_hint(thing: Food | Recipe, *, us: bool) -> str:
    """What may be written, with the weighed measures of a food."""
    if isinstance(thing, Recipe):
        return _("In servings as the recipe has them, such as 1 or 1.5.")
    units = dict.fromkeys(["piece", *(row["unit"] for row in thing.portions if str(row.get("unit", "")).isalpha())])
    weighed = [(unit, to_grams(parse_quantity(f"1 {unit}"), facts_of(thing)).grams) for unit in units]
    known = [
        (told_amount(f"1 {unit}"), float(grams))
        for unit, grams in weighed
        # A measure without a word in the reader's language tells nothing.
        if grams is not None and (in_english() or told_amount(f"1 {unit}") != f"1 {unit}")
    ]
    parts = [told_number(f"{measure} ({grams:.3g} g)") for measure, grams in known[:MAX_PORTIONS]]
    if not parts:
        return _("Such as 5 oz, 2 cups or 3 pieces.") if us else _("Such as 150 g, 2 cups or 3 pieces.")
    words = (
        _("Such as 5 oz. Known measures: %(measures)s.") if us else _("Such as 150 g. Known measures: %(measures)s.")
    )
    return words % {"measures": ", ".join(parts)}
