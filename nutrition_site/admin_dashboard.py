"""The admin's first page and its navigation: a coach starts at the roster, staff at what they look after."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from athletes.admin.scope import is_coach
from planning.admin.catalogue import review_counts
from planning.admin.constants import CURATES
from planning.admin.curation import overview
from planning.admin.roster import roster_context

COACHING = (
    ("people", "Athletes", "athletes", "athlete"),
    ("directions_run", "Training", "athletes", "trainingevent"),
    ("event_busy", "Calendars", "athletes", "calendarconnection"),
    ("restaurant", "Meal plans", "planning", "mealplan"),
    ("history", "Plan revisions", "planning", "planrevision"),
    ("shopping_cart", "Shopping lists", "planning", "shoppinglist"),
)
SQUAD = (
    ("handshake", "Agreements", "athletes", "coachlink"),
    ("groups", "Squads", "athletes", "squad"),
)
CATALOGUE = (
    ("nutrition", "Foods", "planning", "food"),
    ("menu_book", "Recipes", "planning", "recipe"),
    ("rule", "Changes", "planning", "curationchange"),
    ("inventory_2", "Releases", "planning", "cataloguerelease"),
)
BILLING = (
    ("credit_card", "Subscriptions", "billing", "subscription"),
    ("sell", "Tiers", "billing", "tier"),
)
OPERATORS = (
    ("rate_review", "Reviews", "advisor", "review"),
    ("person", "Accounts", "athletes", "user"),
    ("mail", "Sign-in addresses", "account", "emailaddress"),
    ("key", "Groups", "auth", "group"),
    ("fact_check", "Audit trail", "kernel", "auditentry"),
    ("conveyor_belt", "Work queue", "kernel", "workitem"),
    ("schedule", "Schedules", "django_celery_beat", "periodictask"),
)


def fill_dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Fills the template context of the admin's first page: `roster` for coaches, `curation` for who looks after the
    catalogue."""
    if is_coach(request.user) and request.user.is_coach:
        context["roster"] = roster_context(request)
    context["curation"] = overview(request)
    if context["curation"] and request.user.has_perm("planning.view_food"):
        context["curation"]["to_review"] = review_counts()
    return context


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The groups of the side bar, each with what this account may open; empty groups are left out."""
    groups = (("Squad", SQUAD), ("Athletes", COACHING), ("Catalogue", CATALOGUE), ("Billing", BILLING))
    found = [_group(request, title, rows) for title, rows in (*groups, ("Operators", OPERATORS))]
    if is_coach(request.user):
        found[0]["items"].insert(0, {"title": "Talks", "icon": "forum", "link": reverse("coach_talks")})
        found[0]["items"].insert(
            0, {"title": "Squad week", "icon": "calendar_view_week", "link": reverse("admin:squad_week")}
        )
        roster, week = reverse("admin:roster"), reverse("admin:squad_week")
        # The week lies below the roster's address, yet it has an entry of its own.
        here = request.path.startswith(roster) and not request.path.startswith(week)
        found[0]["items"].insert(0, {"title": "Roster", "icon": "assignment_ind", "link": roster, "active": here})
    if request.user.has_perm(CURATES):
        found[2]["items"].append({"title": "Constants", "icon": "functions", "link": reverse("admin:constants")})
    return [group for group in found if group["items"]]


def style(request: HttpRequest) -> str:
    return static("css/admin-theme.css")


def favicon(request: HttpRequest) -> str:
    return static("img/favicon.svg")


def _group(request: HttpRequest, title: str, rows: tuple[tuple[str, str, str, str], ...]) -> dict[str, Any]:
    items = [
        {"title": words, "icon": icon, "link": reverse(f"admin:{app}_{model}_changelist")}
        for icon, words, app, model in rows
        if _may_open(request, app, model)
    ]
    return {"title": title, "separator": True, "items": items}


def _may_open(request: HttpRequest, app: str, model: str) -> bool:
    found = admin.site._registry.get(apps.get_model(app, model))
    return found is not None and found.has_view_or_change_permission(request)
