"""The house: which package may know which, and where things may be written."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import signals
from django.utils.module_loading import import_string

from nutrition_site.kernel.fields import IdField
from nutrition_site.kernel.ids import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
OURS = ("kernel", "athletes", "planning", "advisor", "billing")
PACKAGES = ("nutrition_site", "athletes", "planning", "advisor", "billing")
# An app may point at itself and at what stands below it.
MAY_POINT_AT = {
    "kernel": {"kernel"},
    "athletes": {"athletes", "kernel", "auth", "contenttypes"},
    "planning": {"planning", "athletes", "kernel"},
    "advisor": {"advisor", "planning", "athletes", "kernel"},
}


def sources(*packages, skip=("migrations",)):
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not set(skip) & set(path.relative_to(ROOT).parts):
                yield path


@cache
def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(node):
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def place(path, node):
    return f"{path.relative_to(ROOT)}:{node.lineno}"


@cache
def imports_of(path):
    return list(_imports_in(parse(path)))


def _imports_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


def our_models():
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def test_the_arrows_between_packages_point_one_way():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--config", str(ROOT / ".importlinter"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def test_relations_between_models_point_one_way_also_where_a_string_names_the_other():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in our_models()
        if model._meta.app_label in MAY_POINT_AT
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and field.related_model._meta.app_label not in MAY_POINT_AT[model._meta.app_label]
    ]
    assert wrong == []


def test_billing_knows_people_only_as_the_user_model():
    pointed_at = {
        field.related_model._meta.label
        for model in apps.get_app_config("billing").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
    }
    assert pointed_at <= {settings.AUTH_USER_MODEL, "billing.Tier", "billing.Subscription"}


def test_each_prefix_belongs_to_one_model():
    used = {model._meta.pk.prefix: model._meta.label for model in our_models() if isinstance(model._meta.pk, IdField)}
    assert used == PREFIXES


def test_no_prefix_is_used_twice():
    prefixes = [model._meta.pk.prefix for model in our_models() if isinstance(model._meta.pk, IdField)]
    assert len(prefixes) == len(set(prefixes))


def test_our_apps_listen_to_no_signal():
    found = [
        place(path, node)
        for path in sources()
        for node in ast.walk(parse(path))
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "connect"
            and name_of(node.value).startswith(("signals", "post_", "pre_"))
        )
        or (isinstance(node, ast.Name) and node.id == "receiver")
    ]
    assert found == []


def test_no_receiver_of_a_model_signal_is_ours():
    receivers = [
        entry[1]() if callable(entry[1]) and not hasattr(entry[1], "__wrapped__") else entry[1]
        for signal in (signals.pre_save, signals.post_save, signals.pre_delete, signals.post_delete)
        for entry in signal.receivers
    ]
    ours = [r for r in receivers if getattr(r, "__module__", "").split(".")[0] in PACKAGES]
    assert ours == []


def test_serializers_and_forms_do_not_write():
    found = [
        place(path, node)
        for path in sources()
        if re.search(r"(serializers|forms)", "/".join(path.relative_to(ROOT).parts))
        for cls in ast.walk(parse(path))
        if isinstance(cls, ast.ClassDef)
        for node in cls.body
        if isinstance(node, ast.FunctionDef) and node.name in ("create", "update", "save", "delete")
    ]
    assert found == []


def test_models_do_not_override_save_or_delete():
    found = [
        f"{model._meta.label}.{name}"
        for model in our_models()
        for name in ("save", "delete")
        if getattr(model, name).__module__.split(".")[0] in PACKAGES
    ]
    assert found == []


def test_migrations_are_named_by_hand():
    named = re.compile(r"^\d{4}_[a-z][a-z0-9_]+$")
    automatic = re.compile(r"^\d{4}_(auto_|alter_|add_|remove_|rename_)?.*(\d{8}_\d{4}|_and_more)$")
    names = [
        path.stem for label in OURS for path in (Path(apps.get_app_config(label).path) / "migrations").glob("[0-9]*.py")
    ]
    assert [name for name in names if not named.match(name) or automatic.match(name)] == []


def test_every_app_has_one_first_migration_and_no_gap():
    for label in OURS:
        folder = Path(apps.get_app_config(label).path) / "migrations"
        numbers = sorted(int(path.stem[:4]) for path in folder.glob("[0-9]*.py"))
        assert numbers == list(range(1, len(numbers) + 1)), label


def read_by_settings():
    """The names that settings ask the environment for."""
    return {
        node.args[0].value
        for node in ast.walk(parse(ROOT / "nutrition_site" / "settings.py"))
        if isinstance(node, ast.Call)
        and (name_of(node.func) == "env" or name_of(node.func).startswith("env."))
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_example_environment_lists_exactly_what_settings_read():
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    listed = {match[1] for line in lines if (match := re.match(r"^#?\s?([A-Z][A-Z0-9_]+)=", line))}
    assert listed == read_by_settings()


@pytest.mark.parametrize("name", ["ROOT_URLCONF", "WSGI_APPLICATION", "ENTITLEMENTS_RESOLVER", "ACCOUNT_ADAPTER"])
def test_a_path_named_in_the_settings_exists(name):
    path = getattr(settings, name)
    assert import_string(path) if name != "ROOT_URLCONF" else __import__(path)


@pytest.mark.parametrize("name", ["WORK_HANDLERS", "CALENDAR_PROVIDERS", "PAYMENT_GATEWAYS"])
def test_every_path_of_a_registry_in_the_settings_exists(name):
    assert all(callable(import_string(path)) for path in getattr(settings, name).values())


def test_every_task_that_beat_wakes_exists():
    from nutrition_site.celery import app

    app.loader.import_default_modules()
    missing = [row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values() if row["task"] not in app.tasks]
    assert missing == []


CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "time.time",
}
# Seconds since 1970 that are no day of anybody: identifiers and windows of limits.
MAY_READ_THE_CLOCK = {
    "nutrition_site/kernel/clock.py",
    "nutrition_site/kernel/ids.py",
    "nutrition_site/kernel/api/limits.py",
}


def test_only_the_clock_says_what_day_it_is():
    found = [
        place(path, node)
        for path in sources()
        if str(path.relative_to(ROOT)) not in MAY_READ_THE_CLOCK
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and name_of(node.func) in CLOCKS
    ]
    assert found == []


def test_the_science_and_the_optimizer_are_pure():
    forbidden = ("django", "rest_framework", "celery", "athletes", "advisor", "billing", "nutrition_site")
    pure = [*sources("planning/science"), *sources("planning/optimizer"), *sources("planning/checker")]
    found = [
        f"{place(path, node)} {name}"
        for path in pure
        for name, node in imports_of(path)
        if name.split(".")[0] in forbidden
    ]
    assert (len(pure) > 2, found) == (True, [])


def test_only_the_mapping_knows_rows_and_science_types():
    both = []
    for path in sources("planning"):
        names = {name for name, _ in imports_of(path)}
        rows = any(name.startswith("planning.models") for name in names)
        science = any(name.startswith("planning.science") for name in names)
        if rows and science:
            both.append(str(path.relative_to(ROOT)))
    # What is learned from logs, and what meals hold, is read and reckoned in one place each.
    learners = {"planning/services/expenditure.py", "planning/services/micronutrients.py"}
    assert set(both) <= {"planning/mapping.py", *learners}


@pytest.mark.parametrize(
    ("library", "home"),
    [("anthropic", "advisor/backends/anthropic.py"), ("stripe", "billing/gateways/stripe.py")],
)
def test_an_sdk_is_imported_in_one_file(library, home):
    users = {
        str(path.relative_to(ROOT))
        for path in sources()
        for name, _ in imports_of(path)
        if name.split(".")[0] == library
    }
    assert users <= {home}


def test_heavy_libraries_wait_until_they_are_needed(tmp_path):
    code = (
        "import django, sys; django.setup(); import nutrition_site.urls;"
        "print([n for n in ('highspy', 'anthropic', 'stripe', 'sentry_sdk', 'ortools') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"DJANGO_SETTINGS_MODULE": "nutrition_site.settings", "PATH": "", "DATA_DIR": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr[-1500:]


def test_nothing_of_the_repository_names_a_place_of_one_machine():
    wanted = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]
    assert found == []
