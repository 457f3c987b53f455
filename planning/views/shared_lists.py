"""A shopping list behind a secret link: readable without an account, found by nobody else."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nutrition_site.kernel.api import limits
from nutrition_site.kernel.errors import NotFound
from nutrition_site.pages import COPY_HEADER, SHARED_COPY
from planning.models import ShoppingShare
from planning.services.sharing import find_shared, share_path
from planning.services.shopping import check_items, list_document
from planning.views.shopping import answer_changes, read_aisles, read_wishes

REQUESTS_PER_MINUTE = 60
PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


# The address itself is what authorizes: no cookie is used, so there is nothing that another site could borrow. (With
# `no-referrer` browsers send `Origin: null`, which the check of forms would refuse.)
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared_list(request: Any, token: str) -> HttpResponse:
    """Items, amounts and ticks; no meals, no targets, no name beyond the first. Unknown or revoked is 404."""
    limits.hit(limits.per_minute(REQUESTS_PER_MINUTE), "shared-list", limits.client_address(request))
    try:
        share = find_shared(token)
    except NotFound as missing:
        raise Http404 from missing
    if request.method == "POST" and request.content_type == "application/json":
        response: HttpResponse = _merge(request, share)
    elif request.method == "POST":
        response = _tick(request, share)
    else:
        response = render(request, "planning/shared_list.html", _page_of(share))
        if share.may_check:
            response.headers[COPY_HEADER] = SHARED_COPY
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def _tick(request: Any, share: ShoppingShare) -> HttpResponse:
    if share.may_check:
        check_items(shopping_list=share.shopping_list, wishes=read_wishes(request), by=None)
    return HttpResponseRedirect(share_path(share) or request.path, status=303)


def _merge(request: Any, share: ShoppingShare) -> HttpResponse:
    if not share.may_check:
        return JsonResponse({"message": _("This link lets you read the list, not tick it.")}, status=403)
    return answer_changes(request, share.shopping_list, by=None, only_ticks=True)


def _page_of(share: ShoppingShare) -> dict[str, Any]:
    document = list_document(share.shopping_list)
    # What the page does not get it cannot give away.
    shown = [{**item, "for": [], "sources": [], "price": None} for item in document["items"] if not item["at_home"]]
    return {
        "list": share.shopping_list,
        "share_id": share.pk,
        "path": share_path(share),
        "may_check": share.may_check,
        "whose": document["for_name"].split(" ")[0],
        "aisles": read_aisles(shown),
        "ticked": sum(item["checked"] for item in shown),
        "count": len(shown),
        "disclaimers": [_(sentence) for sentence in document["disclaimers"]],
        # Why a dish is excluded is the athlete's business; that it should not be bought is the buyer's.
        "excluded": bool(document["excluded_dishes"]),
        "out_of_date": document["out_of_date"],
    }
