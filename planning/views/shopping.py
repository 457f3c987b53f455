"""Shopping: making a list, and ticking it off in the shop."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.errors import InvalidInput
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning.amounts import name_order, told_amount, told_number
from planning.catalogue.names import aisle_name, dish_name
from planning.charts import share
from planning.forms import RangeForm
from planning.forms_shopping import MeasureForm, OwnItemForm, ShoppingItemForm
from planning.models import ShoppingItem, ShoppingList
from planning.prices import told_price
from planning.quantities import grams_text
from planning.services.list_changes import read_changes
from planning.services.measures import clear_measure, measure_document, measures_of, set_measure
from planning.services.shopping import (
    check_items,
    create_shopping_list,
    delete_shopping_list,
    item_document,
    list_document,
    renew_shopping_list,
    update_shopping_item,
)
from planning.services.shopping_merge import merge_changes
from planning.services.shopping_told import piece_of, source_of, told_delta, told_item
from planning.services.solving import PlanInfeasible
from planning.views.plans import differing_lines, told_refusal
from planning.views.reading import is_withheld
from planning.wording import slot_name, spaced

SHOWN_LISTS = 12
DEFAULT_DAYS = 7
# All lines of a long list and all own items fit.
MAX_TICKS = 1500
# The calendar itself ends; a start that is offered leaves room for the days after it.
LATEST_START = date.max - timedelta(days=DEFAULT_DAYS)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def shopping(request: Any) -> HttpResponse:
    """The lists there are, and a new one for a range of days."""
    athlete: Athlete = request.athlete
    day = today(athlete.zones)
    first = _asked_day(request.GET.get("first"), day)
    last = _asked_day(request.GET.get("last"), min(first, LATEST_START) + timedelta(days=DEFAULT_DAYS - 1))
    form = RangeForm(posted(request), today=day, initial={"first": first, "last": last})
    refusal = None
    if request.method == "POST":

        def produce() -> str:
            made, _ = create_shopping_list(
                athlete=athlete, first=form.cleaned_data["first"], last=form.cleaned_data["last"], by=request.user
            )
            return reverse("shopping_list", args=[made.pk])

        try:
            answer = submit(request, form, _with_reasons(produce, athlete))
        except _Refused as refused:
            answer, refusal = None, refused.told
        if answer is not None:
            return answer
    lists = ShoppingList.objects.filter(athlete=athlete).annotate(
        item_count=Count("items", filter=Q(items__at_home=False)),
        ticked_count=Count("items", filter=Q(items__at_home=False, items__checked=True)),
    )
    page = {"form": form, "lists": list(lists[:SHOWN_LISTS]), "refusal": refusal, "today": day}
    return render(request, "planning/shopping.html", page, status=422 if form.errors or refusal else 200)


class _Refused(Exception):
    """Days that cannot be planned, with the reasons that a form field cannot hold."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.told = told
        super().__init__(told["message"])


def _with_reasons(produce: Any, athlete: Athlete) -> Any:
    def run() -> str:
        try:
            return str(produce())
        except PlanInfeasible as error:
            raise _Refused(told_refusal(error, withheld=is_withheld(athlete))) from error

    return run


def _asked_day(text: str | None, otherwise: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return otherwise


@athlete_page
@require_safe
def shopping_list(request: Any, list_id: str) -> HttpResponse:
    """One list by aisle; ticks work one by one with htmx and all at once without."""
    found = own_list(request, list_id)
    return render(request, "planning/shopping_list.html", list_page(found, OwnItemForm()))


def own_list(request: Any, list_id: str) -> ShoppingList:
    """A list of the athlete who asks, with the athlete and their kitchen. Raises Http404."""
    lists = ShoppingList.objects.filter(athlete=request.athlete).select_related("athlete__kitchen")
    found: ShoppingList = find_or_404(lists, list_id, "shl")
    return found


def list_page(found: ShoppingList, form: OwnItemForm) -> dict[str, Any]:
    """What the page of a list shows."""
    document = list_document(found)
    to_buy = [item for item in document["items"] if not item["at_home"]]
    ticked = sum(item["checked"] for item in to_buy)
    return {
        "list": found,
        "items": to_buy,
        "aisles": read_aisles(to_buy),
        "at_home": [told_item(item) for item in document["items"] if item["at_home"]],
        "ticked": ticked,
        "share": share(ticked, len(to_buy)),
        "total": document["total"],
        "cost": told_price(document["total"]["price"]),
        "out_of_date": document["out_of_date"],
        "difference": [
            {**line, "before": told_amount(line["before"]), "after": told_amount(line["after"])}
            for line in differing_lines(document["difference"])
        ],
        "excluded": [dish_name(name) for name in document["excluded_dishes"]],
        "form": form,
    }


def read_aisles(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines by aisle, in the order they come, in the words of a page."""
    aisles: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        shown = {
            **told_item(item),
            "days": _days_of(item["for"]),
            "need": _need_of(item),
            "cost": told_price(item["price"]),
        }
        aisles.setdefault(item["category"], []).append(shown)
    for rows in aisles.values():
        rows.sort(key=lambda row: name_order(str(row["name"])))
    return [
        {"name": aisle_name(name), "items": rows, "left": sum(not row["checked"] for row in rows)}
        for name, rows in aisles.items()
    ]


def _days_of(uses: Iterable[str]) -> list[date]:
    """The days an item is for, each once."""
    return sorted({date.fromisoformat(use.split(" ", 1)[0]) for use in uses})


def _need_of(item: dict[str, Any]) -> str:
    """What the meals need, where what is bought is noticeably more: in pieces where it is bought by the piece."""
    grams, basis = item["grams"], item["basis"]
    by_piece = "piece_grams" in basis
    bought = basis.get("edible_bought_grams" if by_piece else "bought_grams")
    if grams is None or bought is None or bought <= grams * 1.02:
        return ""
    if by_piece and item["kitchen"] and not item["pantry_grams"]:
        return told_amount(str(item["kitchen"]))
    return spaced(told_amount(grams_text(grams)))


@athlete_page
@require_POST
def shopping_ticks(request: Any, list_id: str) -> HttpResponse:
    """Keeps the ticks of a page. Only what differs from what the page showed changes: two people may tick at once."""
    found = own_list(request, list_id)
    for notice in check_items(shopping_list=found, wishes=read_wishes(request), by=request.user):
        messages.warning(request, notice)
    return HttpResponseRedirect(reverse("shopping_list", args=[found.pk]), status=303)


def read_wishes(request: Any) -> dict[str, bool]:
    """By item id, whether it is to be ticked, for every box that differs from what the page showed."""
    ticked = set(request.POST.getlist("ticked")[:MAX_TICKS])
    shown_open = set(request.POST.getlist("open")[:MAX_TICKS])
    shown_done = set(request.POST.getlist("done")[:MAX_TICKS])
    wishes = dict.fromkeys(ticked & shown_open, True) | dict.fromkeys(shown_done - ticked, False)
    # PostgreSQL refuses the whole query for a text that holds a null byte.
    return {item_id: checked for item_id, checked in wishes.items() if is_id(item_id, "sli")}


@athlete_page
@require_POST
def shopping_changes(request: Any, list_id: str) -> HttpResponse:
    """Joins the list with what a device did to it, as JSON; the page goes on without it."""
    found = own_list(request, list_id)
    return answer_changes(request, found, by=request.user)


def answer_changes(request: Any, found: ShoppingList, *, by: Any, only_ticks: bool = False) -> JsonResponse:
    """`{"changes": […]}` with what became of each, and `notices`; 400 where the body is no list of changes."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    try:
        changes, refused = read_changes(body, list_id=found.pk)
    except InvalidInput as error:
        return JsonResponse({"message": error.message}, status=error.status)
    merged = merge_changes(shopping_list=found, changes=changes, only_ticks=only_ticks, by=by)
    answers = [answer.document() for answer in (*merged.answers, *refused)]
    return JsonResponse({"changes": answers, "notices": merged.notices})


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def shopping_item(request: Any, list_id: str, item_id: str) -> HttpResponse:
    """One line of a list: what it is for, how the amount came about, an own amount, at home, own measures."""
    found = own_list(request, list_id)
    item = find_or_404(ShoppingItem.objects.filter(shopping_list=found).select_related("food"), item_id, "sli")
    measuring = request.POST.get("part") == "measure" and item.food is not None
    form = ShoppingItemForm(
        None if measuring else posted(request), initial={"own_quantity": item.own_quantity, "at_home": item.at_home}
    )
    measure = _measure_form(request, found, item, bound=measuring)
    if request.method == "POST":
        produce = _save_measure(request, item, measure) if measuring else _save_item(request, found, item, form)
        answer = submit(request, measure if measuring and measure else form, produce)
        if answer is not None:
            return answer
        item.refresh_from_db()
    line = item_document(item)
    told = told_item(line)
    page = {
        "list": found,
        "item": item,
        "line": line,
        "name": told["name"],
        "quantity": told["quantity"],
        "kitchen": told_amount(line["kitchen"] or ""),
        "piece_name": piece_of(line["basis"]),
        "piece_source": source_of(line["basis"], "piece_source"),
        "density_source": source_of(line["basis"], "density_source"),
        "notes": told["notes"],
        "cost": told_price(line["price"]),
        "per_kg": told_price(line["price_per_kg"]),
        "drained_pct": 100 * line["basis"].get("drained_fraction", 0),
        "uses": _uses_of(item),
        "form": form,
        "measure": measure,
        "left_over": item.basis.get("leftover_grams"),
    }
    wrong = form.errors or (measure and measure.errors)
    return render(request, "planning/shopping_item.html", page, status=422 if wrong else 200)


def _uses_of(item: ShoppingItem) -> list[dict[str, Any]]:
    uses = []
    for use in item.uses:
        day, _, slot = use["for"].partition(" ")
        uses.append(
            {
                "date": date.fromisoformat(day),
                "slot": slot_name(slot),
                "grams": use["grams"],
                "dishes": [dish_name(name) for name in use.get("dishes", [])],
            }
        )
    return uses


def _measure_form(request: Any, found: ShoppingList, item: ShoppingItem, *, bound: bool) -> MeasureForm | None:
    if item.food is None:
        return None
    own = measures_of(found.athlete, [item.food_id or ""]).get(item.food_id or "")
    document = measure_document(item.food, own)
    form = MeasureForm(posted(request) if bound else None, initial=document["own"])
    for name, unit in (("density_g_per_ml", "g/ml"), ("piece_grams", "g")):
        sourced = document["sourced"][name]
        form.fields[name].help_text = (
            gettext("Ours is %(amount)s %(unit)s.") % {"amount": told_number(f"{sourced:g}"), "unit": unit}
            if sourced
            else gettext("We know none.")
        )
    return form


def _save_measure(request: Any, item: ShoppingItem, form: MeasureForm | None) -> Callable[[], str]:
    def produce() -> str:
        values = {name: form.cleaned_data[name] if form else None for name in ("density_g_per_ml", "piece_grams")}
        if any(value is not None for value in values.values()):
            set_measure(athlete=request.athlete, food_id=item.food_id or "", by=request.user, **values)
        elif measures_of(request.athlete, [item.food_id or ""]):
            clear_measure(athlete=request.athlete, food_id=item.food_id or "", by=request.user)
        return reverse("shopping_item", args=[item.shopping_list_id, item.pk])

    return produce


def _save_item(request: Any, found: ShoppingList, item: ShoppingItem, form: ShoppingItemForm) -> Callable[[], str]:
    def produce() -> str:
        change = update_shopping_item(
            shopping_list=found,
            item_id=item.pk,
            own_quantity=form.cleaned_data["own_quantity"],
            at_home=form.cleaned_data["at_home"],
            version=form.cleaned_data["version"],
            by=request.user,
        )
        for notice in change.notices:
            messages.warning(request, notice)
        return reverse("shopping_list", args=[found.pk])

    return produce


@athlete_page
@require_POST
def shopping_renew(request: Any, list_id: str) -> HttpResponse:
    """Works the list out again from the plans as they are now; ticks, own items and own amounts stay."""
    found = own_list(request, list_id)

    def produce() -> str:
        delta = renew_shopping_list(shopping_list=found, by=request.user)
        messages.success(request, told_delta(delta))
        return reverse("shopping_list", args=[found.pk])

    return go_to(request, once(request, produce))


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def shopping_delete(request: Any, list_id: str) -> HttpResponse:
    """Asks, then deletes a list."""
    back_url = reverse("shopping_list", args=[list_id])
    if request.method == "POST":

        def produce() -> str:
            found = find_or_404(ShoppingList.objects.filter(athlete=request.athlete), list_id, "shl")
            delete_shopping_list(shopping_list=found, by=request.user)
            return reverse("shopping")

        return go_to(request, once(request, produce))
    found = find_or_404(ShoppingList.objects.filter(athlete=request.athlete), list_id, "shl")
    return render(request, "planning/shopping_delete.html", {"list": found, "back_url": back_url})
