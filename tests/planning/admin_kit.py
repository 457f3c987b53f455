"""Every address of the live admin, filled with the ids of one athlete's things, and the people who try them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from athletes.models import CoachLink, Squad, TrainingEvent, User
from nutrition_site.kernel import clock
from planning.models import CoachTemplate
from tests import access_table
from tests.factories import make_coach, make_user
from tests.standing import make_cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Who tries, from nobody to everybody: Eve's consent has ended, Dina curates the catalogue, the clerk has every Django
# permission and no link.
ACTORS = ("anonymous", "sam", "dan", "eve", "dina", "clerk", "carol", "root")
# Whom Alice never agreed to, or agrees to no more.
STRANGERS = ("anonymous", "sam", "dan", "eve", "dina", "clerk")


@dataclass(frozen=True, slots=True)
class Address:
    """A route of the admin, the path it has for Alice's things, and the model it is about (None for other pages)."""

    route: str
    path: str
    model: type[models.Model] | None


def browser_of(user: User | None, **options: Any) -> Client:
    """A browser that is signed in, or not."""
    browser = Client(raise_request_exception=False, **options)
    if user is not None:
        browser.force_login(user, backend=BACKEND)
    return browser


def make_stage() -> tuple[dict[str, str], dict[str, str]]:
    """Alice's world by object id, and the people by name."""
    cast = make_cast()
    ids = access_table.make_world(cast["alice"], cast["carol"]).ids
    cast["eve"] = make_coach("eve@example.com", athlete=cast["alice"].athlete, status="ended")
    cast["alice"].athlete.coach_links.filter(coach=cast["eve"]).update(ended_at=clock.now())
    cast["clerk"] = make_user("clerk@example.com", is_staff=True)
    cast["clerk"].user_permissions.set(Permission.objects.all())
    cast["dina"] = make_user("dina@example.com", name="Dina Kovač", is_staff=True)
    cast["dina"].groups.add(Group.objects.get(name="Dietitians"))
    cast["root"] = make_user("root@example.com", is_staff=True, is_superuser=True)
    squad = Squad.objects.create(coach=cast["carol"], name="Carol squad")
    CoachLink.objects.filter(coach=cast["carol"]).update(squad=squad)
    template = CoachTemplate.objects.create(coach=cast["carol"], name="Carol template", bounds=[], days=7)
    TrainingEvent.objects.filter(pk=ids["event_id"]).update(title="Alice easy run")
    ids |= {"squad_id": squad.pk, "template_id": template.pk}
    return ids, {name: person.pk for name, person in cast.items()}


def shown_models() -> list[type[models.Model]]:
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every route below /admin/ of the running site, with its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from routes(entry, route)
        elif route.startswith("admin/"):
            yield route, entry.name or ""


def addresses(ids: dict[str, str], athlete: Any) -> list[Address]:
    """The path of every route, about Alice where a route names something."""
    by_name = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in shown_models()}
    found = []
    for route, name in routes():
        model = next((by_name[start] for start in (name.rpartition("_")[0],) if start in by_name), None)
        found.append(Address(route, _path(route, ids, athlete, model), model))
    return found


def object_of(model: type[models.Model], athlete: Any) -> str:
    """The key of something of Alice's; of the first row where a model belongs to nobody, 0 without any."""
    path = getattr(admin.site._registry[model], "athlete_path", None)
    rows = model._default_manager.order_by("pk")
    if path is not None and model._meta.model_name != "squad":
        rows = rows.filter(**{f"{path}pk": athlete.pk})
    row = rows.first()
    return "0" if row is None else str(row.pk)


def _path(route: str, ids: dict[str, str], athlete: Any, model: type[models.Model] | None) -> str:
    named = {
        "athlete_id": athlete.pk,
        "item_id": ids["meal-plans/items/item_id"],
        "bound_id": ids["bound_id"],
        "note_id": ids["note_id"],
        "template_id": ids["template_id"],
        "plan_id": ids["plan_id"],
        "content_type_id": str(ContentType.objects.get_for_model(type(athlete)).pk),
        "object_id": object_of(model, athlete) if model else athlete.pk,
    }
    for name, value in named.items():
        for kind in ("str", "path", "int"):
            route = route.replace(f"<{kind}:{name}>", value)
    if "(?P<app_label>" in route:
        return "/admin/athletes/"
    if "(?P<url>" in route:
        return "/admin/nothing/here/"
    return "/" + normalize(route)[0][0] if "(?P" in route else "/" + route
