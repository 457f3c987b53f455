"""Meal plans with their meals and certificates, and shopping lists: for reading, by consent."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from athletes.admin.scope import ScopedAdmin
from athletes.models import Athlete
from athletes.rules import numbers_withheld
from nutrition_site.kernel import clock
from planning.models import MealPlan, PlanItem, PlanRevision, ShoppingList
from planning.wording import slot_name

# Why a plan was refused names amounts of energy and nutrients.
NO_NUMBERS = "The limits contradict each other. Their numbers are not shown here."


def _withheld(athlete: Athlete) -> bool:
    return numbers_withheld(athlete, today=clock.today(athlete.zones))


def meals_table(revision: PlanRevision, athlete: Athlete) -> SafeString:
    """The dishes of a revision by day, in time order; without numbers where they could harm."""
    items = (
        PlanItem.objects.filter(revision=revision).select_related("recipe").order_by("date", "time", "slot", "index")
    )
    days = [(day, [_served(row) for row in rows]) for day, rows in groupby(items, key=lambda item: item.date)]
    context = {"days": days, "withheld": _withheld(athlete)}
    return SafeString(render_to_string("admin/planning/meals.html", context))


def _served(item: PlanItem) -> dict[str, Any]:
    """A dish with its servings; a nutrient that is unknown stays None and is shown as nothing."""
    names = ("energy_kcal", "carbs_g", "protein_g", "fat_g")
    return {
        "item": item,
        "slot": slot_name(item.slot),
        "servings": item.quarters / 4,
        "numbers": [item.nutrients.get(name) for name in names],
    }


def certificate_table(revision: PlanRevision, athlete: Athlete) -> SafeString:
    """What the independent check measured: each limit with its value and what is left."""
    certificate = revision.certificate or {}
    context = {
        "ok": certificate.get("ok"),
        "rows": [
            {**row, "name": row["name"].replace("_", " "), "day": parse_date(row.get("day") or "")}
            for row in certificate.get("rows", [])
        ],
        "violations": certificate.get("violations", []),
        "withheld": _withheld(athlete),
    }
    return SafeString(render_to_string("admin/planning/certificate.html", context))


@admin.register(MealPlan)
class MealPlanAdmin(ScopedAdmin):
    """A plan as the athlete has it now."""

    list_display = ("week_start", "athlete", "days", "status", "revision", "verified_at")
    list_filter = (("athlete", admin.RelatedOnlyFieldListFilter), "status")
    list_select_related = ("athlete",)
    search_fields = ("id", "athlete__name")
    date_hierarchy = "week_start"
    ordering = ("-week_start", "-created_at", "-id")
    fields = ("athlete", "week_start", "days", "status", "refused", "verified_at", "past", "meals", "certificate")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("athlete")
        heavy = ("days", "certificate", "engine", "optimality", "diff")
        return rows.select_related("current").defer(*(f"current__{name}" for name in heavy))

    @admin.display(description="Why not")
    def refused(self, plan: MealPlan) -> str:
        if plan.refusal and _withheld(plan.athlete):
            return NO_NUMBERS
        return (plan.refusal or {}).get("message", "")

    @admin.display(description="Revisions")
    def past(self, plan: MealPlan) -> SafeString:
        rows = plan.revisions.order_by("-number").only("pk", "number", "state", "plan_id")
        links = ((reverse("admin:planning_planrevision_change", args=[row.pk]), row.number, row.state) for row in rows)
        return format_html_join(", ", '<a href="{}">{} {}</a>', links)

    @admin.display(description="Meals")
    def meals(self, plan: MealPlan) -> str | SafeString:
        return "" if plan.current is None else meals_table(plan.current, plan.athlete)

    @admin.display(description="Certificate")
    def certificate(self, plan: MealPlan) -> str | SafeString:
        return "" if plan.current is None else certificate_table(plan.current, plan.athlete)


@admin.register(PlanRevision)
class PlanRevisionAdmin(ScopedAdmin):
    """An immutable state of a plan, with the inputs it was made from."""

    athlete_path = "plan__athlete__"
    list_display = ("whose", "week", "number", "state", "reason", "created_at")
    list_filter = (("plan__athlete", admin.RelatedOnlyFieldListFilter), "state", "reason")
    search_fields = ("id", "plan__id", "plan__athlete__name", "inputs_hash")
    ordering = ("-created_at", "-id")
    fields = (
        "whose",
        "week",
        "number",
        "state",
        "reason",
        "created_at",
        "training_data_as_of",
        "catalogue_version",
        "inputs_hash",
        "meals",
        "certificate_rows",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super().get_queryset(request).select_related("plan__athlete").defer("days", "engine", "optimality", "diff")
        )

    @admin.display(description="Athlete", ordering="plan__athlete__name")
    def whose(self, revision: PlanRevision) -> str:
        return revision.plan.athlete.name

    @admin.display(description="Plan", ordering="plan__week_start")
    def week(self, revision: PlanRevision) -> SafeString:
        url = reverse("admin:planning_mealplan_change", args=[revision.plan_id])
        first = date_format(revision.plan.week_start, "j M Y")
        return format_html('<a href="{}">{}, {} days</a>', url, first, revision.plan.days)

    @admin.display(description="Meals")
    def meals(self, revision: PlanRevision) -> SafeString:
        return meals_table(revision, revision.plan.athlete)

    @admin.display(description="Certificate")
    def certificate_rows(self, revision: PlanRevision) -> SafeString:
        return certificate_table(revision, revision.plan.athlete)


@admin.register(ShoppingList)
class ShoppingListAdmin(ScopedAdmin):
    """What is to be bought, and what is in the basket."""

    list_display = ("first_day", "last_day", "athlete", "bought", "generated_at")
    list_filter = (("athlete", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("athlete",)
    search_fields = ("id", "athlete__name")
    date_hierarchy = "first_day"
    ordering = ("-first_day", "-id")
    fields = ("athlete", "first_day", "last_day", "generated_at", "bought", "items")

    def get_queryset(self, request: HttpRequest) -> Any:
        counted = {"total": Count("items"), "ticked": Count("items", filter=Q(items__checked=True))}
        return super().get_queryset(request).annotate(**counted)

    @admin.display(description="Bought")
    def bought(self, shopping: Any) -> str:
        return f"{shopping.ticked} of {shopping.total}"

    @admin.display(description="Items")
    def items(self, shopping: ShoppingList) -> SafeString:
        rows = shopping.items.order_by("position", "name")
        aisles = [(aisle, list(found)) for aisle, found in groupby(rows, key=lambda row: row.category)]
        return SafeString(render_to_string("admin/planning/shopping.html", {"aisles": aisles}))
