"""Around a list: own items, links, print, files, and the order of aisles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nutrition_site.kernel.errors import Conflict
from nutrition_site.kernel.ids import is_id
from nutrition_site.pages import athlete_page, find_or_404, go_to, once, posted, submit
from planning.catalogue.names import dish_name
from planning.forms_shopping import AisleForm, OwnItemForm, ShareForm
from planning.models import Kitchen, ShoppingItem, ShoppingShare
from planning.services.sharing import create_share, live_shares, revoke_share, share_document
from planning.services.shopping import add_own_item, list_document, move_aisle, remove_own_item
from planning.services.shopping_documents import aisle_order
from planning.services.shopping_export import export
from planning.services.shopping_told import told_item
from planning.views.shopping import list_page, own_list, read_aisles


@athlete_page
@require_POST
def add(request: Any, list_id: str) -> HttpResponse:
    """Puts a line of the athlete's own on a list."""
    found = own_list(request, list_id)
    form = OwnItemForm(request.POST)

    def produce() -> str:
        add_own_item(
            shopping_list=found,
            name=form.cleaned_data["name"],
            quantity=form.cleaned_data["quantity"],
            category=form.cleaned_data["category"],
            by=request.user,
        )
        return reverse("shopping_list", args=[found.pk])

    answer = submit(request, form, produce)
    if answer is not None:
        return answer
    return render(request, "planning/shopping_list.html", list_page(found, form), status=422)


@athlete_page
@require_POST
def remove(request: Any, list_id: str, item_id: str) -> HttpResponse:
    """Takes an own line off a list. A second click finds it gone already."""
    found = own_list(request, list_id)
    back = reverse("shopping_list", args=[found.pk])
    if not is_id(item_id, "sli"):
        raise Http404
    item = ShoppingItem.objects.filter(shopping_list=found, pk=item_id).first()
    if item is not None:
        try:
            remove_own_item(shopping_list=found, item_id=item.pk, by=request.user)
        except Conflict as refusal:
            messages.warning(request, refusal.message)
    return go_to(request, back)


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Any, list_id: str) -> HttpResponse:
    """The links of a list, and a new one."""
    found = own_list(request, list_id)
    form = ShareForm(posted(request))

    def produce() -> str:
        create_share(shopping_list=found, may_check=form.cleaned_data["may_check"], by=request.user)
        return reverse("shopping_share", args=[found.pk])

    if request.method == "POST":
        answer = submit(request, form, produce)
        if answer is not None:
            return answer
    origin = request.build_absolute_uri("/")[:-1]
    shares = [{**share_document(row, origin=origin), "made": row.created_at} for row in live_shares(found)]
    page = {"list": found, "shares": shares, "form": form}
    return render(request, "planning/shopping_share.html", page, status=422 if form.errors else 200)


@athlete_page
@require_POST
def revoke(request: Any, list_id: str, share_id: str) -> HttpResponse:
    """Ends a link at once."""
    found = own_list(request, list_id)

    def produce() -> str:
        row = find_or_404(ShoppingShare.objects.filter(shopping_list=found), share_id, "shs")
        if row.revoked_at is None:
            revoke_share(shopping_list=found, share_id=row.pk, by=request.user)
        return reverse("shopping_share", args=[found.pk])

    return go_to(request, once(request, produce))


@athlete_page
@require_safe
def print_page(request: Any, list_id: str) -> HttpResponse:
    """The list on paper: plain boxes by aisle, nothing to press."""
    found = own_list(request, list_id)
    document = list_document(found)
    to_buy = [item for item in document["items"] if not item["at_home"]]
    page = {
        "list": found,
        "aisles": read_aisles(to_buy),
        "at_home": [told_item(item) for item in document["items"] if item["at_home"]],
        "excluded": [dish_name(name) for name in document["excluded_dishes"]],
        "out_of_date": document["out_of_date"],
        "disclaimers": [gettext(sentence) for sentence in document["disclaimers"]],
    }
    return render(request, "planning/shopping_print.html", page)


@athlete_page
@require_safe
def download(request: Any, list_id: str, extension: str) -> HttpResponse:
    """The list as a text or CSV file."""
    found = own_list(request, list_id)
    if extension not in ("txt", "csv"):
        raise Http404
    content, kind, name = export(list_document(found), extension)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@athlete_page
@require_http_methods(["GET", "HEAD", "POST"])
def aisles(request: Any) -> HttpResponse:
    """The order of aisles in the athlete's store; each moves up or down by one."""
    form = AisleForm(posted(request))

    def produce() -> str:
        move_aisle(
            athlete=request.athlete, aisle=form.cleaned_data["aisle"], step=form.cleaned_data["step"], by=request.user
        )
        return reverse("shopping_aisles")

    if request.method == "POST":
        answer = submit(request, form, produce)
        if answer is not None:
            return answer
    order = aisle_order(Kitchen.objects.filter(athlete=request.athlete).first())
    page = {"order": order, "form": form}
    return render(request, "planning/shopping_aisles.html", page, status=422 if form.errors else 200)
