"""Shopping: making a list, and ticking it off in the shop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from athletes.models import Athlete
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning.charts import share
from planning.forms import RangeForm, ShoppingItemForm
from planning.models import ShoppingItem, ShoppingList
from planning.services.shopping import (
    create_shopping_list,
    delete_shopping_list,
    excluded_dishes,
    list_document,
    update_shopping_item,
)
from planning.services.solving import PlanInfeasible
from planning.views.plans import told_refusal
from planning.wording import slot_name, spaced

SHOWN_LISTS = 12
DEFAULT_DAYS = 7
MAX_TICKS = 500
# The calendar itself ends; a start that is offered leaves room for the days after it.
LATEST_START = date.max - timedelta(days=DEFAULT_DAYS)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def shopping(request: Any) -> HttpResponse:
    """The lists there are, and a new one for a range of days."""
    athlete: Athlete = request.athlete
    day = today(athlete.timezone)
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
            answer = submit(request, form, _with_reasons(produce))
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


def _with_reasons(produce: Any) -> Any:
    def run() -> str:
        try:
            return str(produce())
        except PlanInfeasible as error:
            raise _Refused(told_refusal(error)) from error

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
    lists = ShoppingList.objects.filter(athlete=request.athlete).select_related("athlete")
    found = find_or_404(lists, list_id, "shl")
    document = list_document(found)
    to_buy = [item for item in document["items"] if not item["at_home"]]
    ticked = sum(item["checked"] for item in to_buy)
    page = {
        "list": found,
        "items": to_buy,
        "aisles": _aisles(to_buy),
        "at_home": [{**item, "quantity": spaced(item["quantity"])} for item in document["items"] if item["at_home"]],
        "ticked": ticked,
        "share": share(ticked, len(to_buy)),
        "out_of_date": document["out_of_date"],
        "excluded": excluded_dishes(found) if document["out_of_date"] else [],
    }
    return render(request, "planning/shopping_list.html", page)


def _aisles(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    aisles: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        shown = {
            **item,
            "days": _days_of(item["for"]),
            "need": _need_of(item),
            "quantity": spaced(item["quantity"]),
        }
        aisles.setdefault(item["category"], []).append(shown)
    return [
        {"name": name, "items": rows, "left": sum(not row["checked"] for row in rows)} for name, rows in aisles.items()
    ]


def _days_of(uses: Iterable[str]) -> list[date]:
    """The days an item is for, each once."""
    return sorted({date.fromisoformat(use.split(" ", 1)[0]) for use in uses})


def _need_of(item: dict[str, Any]) -> float | None:
    """Grams the plan needs, where what is bought is noticeably more."""
    grams, bought = item["grams"], item["purchase_grams"]
    if grams is None or bought is None or bought <= grams * 1.02:
        return None
    return float(grams)


@athlete_page
@require_POST
def shopping_ticks(request: Any, list_id: str) -> HttpResponse:
    """Keeps the ticks of a page. Only what differs from what the page showed changes: two people may tick at once."""
    found = find_or_404(ShoppingList.objects.filter(athlete=request.athlete), list_id, "shl")
    ticked = set(request.POST.getlist("ticked")[:MAX_TICKS])
    shown_open = set(request.POST.getlist("open")[:MAX_TICKS])
    shown_done = set(request.POST.getlist("done")[:MAX_TICKS])
    wishes = dict.fromkeys(ticked & shown_open, True) | dict.fromkeys(shown_done - ticked, False)
    # PostgreSQL refuses the whole query for a text that holds a null byte.
    wishes = {item_id: checked for item_id, checked in wishes.items() if is_id(item_id, "sli")}
    states = ShoppingItem.objects.filter(shopping_list=found, pk__in=wishes).values_list("pk", "checked")
    for item_id, checked in list(states):
        if checked != wishes[item_id]:
            update_shopping_item(shopping_list=found, item_id=item_id, checked=wishes[item_id], by=request.user)
    return HttpResponseRedirect(reverse("shopping_list", args=[found.pk]), status=303)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def shopping_item(request: Any, list_id: str, item_id: str) -> HttpResponse:
    """One line of a list: what it is for, how the amount came about, an own amount, at home."""
    found = find_or_404(ShoppingList.objects.filter(athlete=request.athlete), list_id, "shl")
    item = find_or_404(ShoppingItem.objects.filter(shopping_list=found), item_id, "sli")
    form = ShoppingItemForm(posted(request), initial={"own_quantity": item.own_quantity, "at_home": item.at_home})
    if request.method == "POST":

        def produce() -> str:
            update_shopping_item(
                shopping_list=found,
                item_id=item.pk,
                own_quantity=form.cleaned_data["own_quantity"],
                at_home=form.cleaned_data["at_home"],
                by=request.user,
            )
            return reverse("shopping_list", args=[found.pk])

        answer = submit(request, form, produce)
        if answer is not None:
            return answer
    uses = []
    for use in item.uses:
        day, _, slot = use["for"].partition(" ")
        uses.append({"date": date.fromisoformat(day), "slot": slot_name(slot), "grams": use["grams"]})
    page = {
        "list": found,
        "item": item,
        "quantity": spaced(item.own_quantity or item.quantity),
        "uses": uses,
        "form": form,
        "left_over": item.basis.get("leftover_grams"),
    }
    return render(request, "planning/shopping_item.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def shopping_renew(request: Any, list_id: str) -> HttpResponse:
    """A new list for the same days from the plans as they are now; ticks and what is at home go along."""
    found = find_or_404(ShoppingList.objects.filter(athlete=request.athlete), list_id, "shl")

    def produce() -> str:
        made, _ = create_shopping_list(
            athlete=request.athlete, first=found.first_day, last=found.last_day, by=request.user
        )
        _carry_over(found, made, request.user)
        return reverse("shopping_list", args=[made.pk])

    url = once(request, produce)
    messages.success(request, "This is the new list. What you had ticked is still ticked.")
    return go_to(request, url)


def _carry_over(old: ShoppingList, new: ShoppingList, by: Any) -> None:
    fresh = {item.food_id: item for item in new.items.all()}
    for item in old.items.all():
        twin = fresh.get(item.food_id)
        if twin is None or not (item.checked or item.at_home):
            continue
        # A tick says "this amount is in the basket": it goes along only while nothing more is needed.
        enough = (twin.purchase_grams or 0) <= (item.purchase_grams or 0) * 1.02
        if item.at_home or enough:
            update_shopping_item(
                shopping_list=new, item_id=twin.pk, checked=item.checked and enough, at_home=item.at_home, by=by
            )


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
