"""Athletes, their training and their calendars, for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from athletes import rules
from athletes.admin.scope import ScopedAdmin
from athletes.models import Athlete, CalendarConnection, TrainingEvent
from athletes.words import sport_name
from nutrition_site.kernel import clock


def _listed(words: Iterable[str]) -> str:
    """Ids as words: tree_nuts becomes "tree nuts". An empty list stays the admin's dash."""
    return ", ".join(str(word).replace("_", " ") for word in words)


def list_link(name: str, athlete: Athlete, label: str) -> SafeString:
    """A link to a list of the admin, narrowed to one athlete."""
    return format_html('<a href="{}?athlete__id__exact={}">{}</a>', reverse(name), athlete.pk, label)


def _measure(name: str, words: str, unit: str) -> Callable[[Any], str]:
    """A column of a number with its unit. Unknown stays empty, which the admin shows as a dash."""

    @admin.display(description=words, ordering=name)
    def shown(row: Any) -> str:
        value = getattr(row, name)
        return "" if value is None else f"{value:g} {unit}".rstrip()

    return shown


@admin.display(description="Sport", ordering="sport")
def _sport(row: Any) -> str:
    return sport_name(row.sport) if row.sport else ""


@admin.register(Athlete)
class AthleteAdmin(ScopedAdmin):
    """The profile that targets and plans follow. Body and energy numbers are withheld where they could harm."""

    athlete_path = ""
    list_display = ("name", _sport, "goal_words", "diet_words", "timezone")
    list_filter = ("sport",)
    search_fields = ("name", "user__email")
    ordering = ("name", "pk")
    who = ("name", "email", _sport, "age", "timezone", "go_to")
    food = (
        "diet_words",
        "allergy_words",
        "dislike_words",
        "cuisine_words",
        _measure("max_prep_minutes", "Time to cook", "min a day"),
    )
    goal = ("goal_words", _measure("rate_pct_per_week", "Rate of loss asked for", "% a week"), "replan_policy")
    body = (
        "sex",
        _measure("height_cm", "Height", "cm"),
        _measure("weight_kg", "Weight", "kg"),
        _measure("body_fat_pct", "Body fat", "%"),
        _measure("ffm_kg", "Fat-free mass", "kg"),
        _measure("measured_rmr_kcal", "Measured resting rate", "kcal a day"),
        _measure("vo2max", "VO₂max", "ml/kg/min"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user")

    def get_fieldsets(self, request: HttpRequest, obj: Athlete | None = None) -> Any:
        sets: list[Any] = [
            (None, {"fields": self.who}),
            ("Food", {"fields": self.food}),
            ("Goal", {"fields": self.goal}),
        ]
        if obj is not None and rules.numbers_withheld(obj, today=clock.today(obj.zones)):
            note = "Numbers of the body are not shown here. Speak about food and training; a clinician can help."
            return [*sets[:2], ("Goal", {"fields": ("goal_words",), "description": note})]
        return [*sets, ("Body", {"fields": self.body})]

    @admin.display(description="E-mail address")
    def email(self, athlete: Athlete) -> str:
        return athlete.user.email

    @admin.display(description="Age")
    def age(self, athlete: Athlete) -> int | None:
        return athlete.age_on(clock.today(athlete.zones))

    @admin.display(description="Goals")
    def goal_words(self, athlete: Athlete) -> str:
        return _listed(athlete.goals)

    @admin.display(description="Diets")
    def diet_words(self, athlete: Athlete) -> str:
        return _listed(athlete.dietary_preferences)

    @admin.display(description="Allergies")
    def allergy_words(self, athlete: Athlete) -> str:
        return _listed(athlete.allergies)

    @admin.display(description="Dislikes")
    def dislike_words(self, athlete: Athlete) -> str:
        return _listed(athlete.dislikes)

    @admin.display(description="Cuisines")
    def cuisine_words(self, athlete: Athlete) -> str:
        return _listed(athlete.cuisines)

    @admin.display(description="Open")
    def go_to(self, athlete: Athlete) -> SafeString:
        pages = (
            ("admin:athletes_trainingevent_changelist", "Training"),
            ("admin:planning_mealplan_changelist", "Meal plans"),
            ("admin:planning_shoppinglist_changelist", "Shopping lists"),
        )
        return format_html_join(", ", "{}", ((list_link(name, athlete, label),) for name, label in pages))


@admin.register(TrainingEvent)
class TrainingEventAdmin(ScopedAdmin):
    """Training and races, from calendars and entered by hand."""

    duration = _measure("duration_minutes", "Duration", "min")
    list_display = ("title", "athlete", "local_date", "type", _sport, duration, "intensity")
    list_filter = (("athlete", admin.RelatedOnlyFieldListFilter), "type", "intensity")
    list_select_related = ("athlete",)
    search_fields = ("title", "athlete__name")
    date_hierarchy = "local_date"
    ordering = ("-local_date", "-starts_at", "-id")
    fields = (
        "athlete",
        "title",
        "description",
        "type",
        _sport,
        "local_date",
        "starts_at",
        "all_day",
        duration,
        _measure("distance_km", "Distance", "km"),
        "intensity",
        _measure("avg_power_w", "Mean power", "W"),
        _measure("avg_hr", "Mean heart rate", "bpm"),
        _measure("rpe", "Effort (RPE)", "of 10"),
        _measure("tss", "Load (TSS)", ""),
        _measure("intensity_factor", "Intensity factor", ""),
        "source",
        "read_from_title",
    )

    @admin.display(description="Read from the title or assumed")
    def read_from_title(self, event: TrainingEvent) -> str:
        return _listed(event.estimated)


@admin.register(CalendarConnection)
class CalendarAdmin(ScopedAdmin):
    """Whether a calendar is read, and why not. Addresses and credentials are nobody's to see."""

    list_display = ("provider", "athlete", "status", "status_reason", "last_synced_at")
    list_filter = (("athlete", admin.RelatedOnlyFieldListFilter), "status", "provider")
    list_select_related = ("athlete",)
    search_fields = ("athlete__name",)
    ordering = ("athlete__name", "created_at")
    fields = ("athlete", "provider", "status", "status_reason", "last_attempt_at", "last_synced_at", "next_sync_at")
