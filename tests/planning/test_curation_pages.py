"""The pages on which dietitians curate and decide, with everything that a hand-made form may try."""

from __future__ import annotations

import pytest
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Permission
from django.urls import reverse

from planning.admin.curation_forms import FoodForm, RecipeForm
from planning.models import CatalogueRelease, CurationChange, Food, Recipe
from planning.services.curation import fingerprint_of, propose_change
from planning.services.curation_kinds import kind_of
from tests.factories import make_athlete, make_user
from tests.markup import Page
from tests.planning.admin_kit import browser_of
from tests.planning.curation_kit import MILK, OATS, PORRIDGE, dina, food, vera

__all__ = ["dina", "vera"]
pytestmark = pytest.mark.django_db


def page_of(row, page="change"):
    return reverse(f"admin:planning_{row._meta.model_name}_{page}", args=[quote(row.pk)])


def filled(row, **changes):
    """What the form of a food or dish would send, with some fields changed; `__` stands for the dot of a name."""
    made, key = (FoodForm, row.code) if isinstance(row, Food) else (RecipeForm, row.slug)
    seen = fingerprint_of(kind=made.kind, key=key)
    form = made(current=kind_of(made.kind).read_current(key), seen=seen)
    known = {name: form[name].value() for name in form.fields}
    return {**{name: "" if value is None else value for name, value in known.items()}, "reason": "So.", **changes}


def send(person, row, **changes):
    return browser_of(person).post(page_of(row), filled(row, **changes), follow=True)


def waiting(by, **values):
    values = values or {"refuse_pct": 2.0}
    return propose_change(by=by, kind="food", key=MILK, values=values, reason="Peel.", source="Weighed")[0]


def decide(person, change, deed, *, note="Seen.", confirmed="on"):
    return browser_of(person).post(page_of(change), {"deed": deed, "note": note, "confirmed": confirmed})


def told(answer):
    return Page(answer.content.decode()).text


def test_a_form_without_changes_is_no_change_and_every_value_comes_back_as_it_was(dina):
    for row in (food(OATS), food(MILK), Recipe.objects.get(slug=PORRIDGE)):
        answer = send(dina, row, source="Label")
        assert (answer.status_code, "Nothing differs from what it is now." in told(answer)) == (422, True)
    assert CurationChange.objects.count() == 0


def test_one_form_with_a_stricter_allergen_says_what_holds_now_and_what_waits(dina):
    answer = send(dina, food(OATS), allergens__milk="contains", nutrients__sodium_mg="7", source="Label")
    words = told(answer)
    assert "In force now as version 1: Allergen: milk." in words
    assert "Waits for a second pair of eyes: Sodium, mg." in words
    assert "Sodium, mg: 6 → 7" in words
    assert (food(OATS).allergens["milk"], food(OATS).sodium_mg) == ("contains", 6.0)


def test_a_dish_is_taken_out_with_its_form(dina):
    dish = Recipe.objects.get(slug=PORRIDGE)
    assert "In force now as version 1: Served." in told(send(dina, dish, active="no"))
    assert Recipe.objects.get(pk=dish.pk).active is False


def test_a_food_is_opened_from_the_list_whatever_its_id_begins_with(dina):
    """The admin writes an underscore as _5F, and would read _22 as a quotation mark."""
    browser = browser_of(dina)
    made = Food.objects.create(id="fod_22" + "0" * 24, code="zz", name="Zzz root")
    listed = Page(browser.get(f"{reverse('admin:planning_food_changelist')}?q=Zzz").content.decode())
    links = [link["href"] for link in listed.all("a") if "/change/" in link.get("href", "")]
    answers = [browser.get(links[0])]
    answers += [browser.get(answers[0].context["history_url"]), browser.get(kind_of("food").page(made.code))]
    assert [answer.status_code for answer in answers] == [200, 200, 200]


def test_wrong_values_keep_what_was_typed_and_say_why(dina):
    answer = send(dina, food(MILK), nutrients__energy_kcal="500", source="", reason="Because of \u05d0")
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {"nutrients__energy_kcal", "source"})
    assert form["nutrients__energy_kcal"].value() == "500"
    assert "Because of \u05d0" in answer.content.decode()


ODD = [
    ("reason", "x" * 10_000),
    ("reason", "a\x00b"),
    ("reason", ""),
    ("source", "x" * 501),
    ("nutrients__protein_g", "nan"),
    ("nutrients__protein_g", "1e999"),
    ("nutrients__protein_g", "three"),
    ("allergens__milk", "perhaps"),
    ("tags", ["dairy", "poison"]),
    ("aisle", "Nowhere"),
    ("seen", ""),
]


def test_what_no_form_of_ours_sends_is_refused_beside_its_field(dina):
    browser, row = browser_of(dina), food(MILK)
    form = filled(row, price_minor_per_kg="1", source="Label")
    answers = [browser.post(page_of(row), {**form, field: value}) for field, value in ODD]
    assert [answer.status_code for answer in answers] == [422] * len(ODD)
    blamed = [set(answer.context["form"].errors) for answer in answers]
    assert blamed == [{field} for field, _ in ODD]
    assert CurationChange.objects.count() == 0


def test_fields_that_a_form_does_not_have_are_not_read(dina):
    owner = make_athlete("cook@example.com")
    send(dina, food(MILK), aisle="Drinks", owner=owner.pk, name="Poison", core="", code="x", nutrients="{}", id="fod_1")
    row = food(MILK)
    assert (row.owner, row.core, row.name != "Poison", row.aisle) == (None, True, True, "Drinks")


def test_the_same_form_sent_twice_counts_once(dina):
    browser, row = browser_of(dina), food(MILK)
    form = filled(row, aisle="Drinks") | {"form_key": "frm_" + "0" * 26}
    answers = [browser.post(page_of(row), form).status_code for _ in range(2)]
    assert (answers, CurationChange.objects.count()) == ([303, 303], 1)


def test_a_form_that_was_open_while_somebody_else_changed_the_food_is_told_so_and_undoes_nothing(dina, vera):
    browser, row = browser_of(dina), food(MILK)
    form = filled(row, aisle="Drinks")
    send(vera, row, price_minor_per_kg="999")
    answer = browser.post(page_of(row), form)
    assert (answer.status_code, "Somebody has changed this meanwhile." in told(answer)) == (409, True)
    assert (food(MILK).price_minor_per_kg, food(MILK).aisle) == (999, "Dairy")


def test_an_own_food_of_an_athlete_has_no_page_here(dina):
    owner = make_athlete("cook@example.com")
    own = Food.objects.create(code="own:x", name="Secret ajvar", owner=owner)
    browser = browser_of(dina)
    missing = page_of(Food(pk="fod_" + "0" * 26))
    for send_form in (browser.get, browser.post):
        answers = [send_form(path) for path in (page_of(own), page_of(own, "history"), missing)]
        assert [answer.status_code for answer in answers] == [302, 302, 302]
        assert {answer["Location"] for answer in answers} == {"/admin/"}


def test_staff_who_only_look_see_values_and_history_and_change_nothing(dina, vera):
    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(
        Permission.objects.filter(codename__in=["view_food", "view_recipe", "view_curationchange"])
    )
    change, row, browser = waiting(dina), food(MILK), browser_of(clerk)
    looked = [browser.get(path) for path in (page_of(row), page_of(row, "history"), page_of(change))]
    assert [answer.status_code for answer in looked] == [200, 200, 200]
    assert b"Send the change" not in looked[0].content
    assert b'name="deed"' not in looked[2].content
    form = {"aisle": "Drinks", "reason": "x", "deed": "approve", "confirmed": "on"}
    assert [browser.post(path, form).status_code for path in (page_of(row), page_of(change))] == [403, 403]
    assert (food(MILK).aisle, CurationChange.objects.get().state) == ("Dairy", "waiting")


def test_the_right_to_curate_opens_nothing_without_the_right_to_look(catalogue):
    person = make_user("half@example.com", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename="curate_catalogue"))
    browser = browser_of(person)
    paths = [page_of(food(MILK)), page_of(food(MILK), "history"), reverse("admin:planning_curationchange_changelist")]
    assert [browser.get(path).status_code for path in paths] == [403] * 3


def test_a_change_is_looked_at_with_all_that_it_rests_on_and_approved_by_somebody_else(dina, vera):
    change = waiting(dina)
    browser = browser_of(vera)
    words = told(browser.get(page_of(change)))
    for part in ("Refuse, % of what is bought", "Peel.", "Weighed", "Dina Kovač", "Dishes of the catalogue with it:"):
        assert part in words
    assert decide(vera, change, "approve")["Location"] == reverse("admin:planning_curationchange_changelist")
    history = told(browser.get(page_of(food(MILK), "history")))
    assert "Version 1" in history
    assert "Proposed by Dina Kovač; applied by Vera Ilić" in history
    assert food(MILK).refuse_pct == 2.0


def test_looking_decides_nothing(dina, vera):
    change = waiting(dina)
    assert browser_of(vera).get(f"{page_of(change)}?deed=approve&confirmed=on&note=x").status_code == 200
    assert CurationChange.objects.get().state == "waiting"


def test_nothing_is_decided_without_confirming_and_nothing_of_ones_own_approved(dina, vera):
    change = waiting(dina)
    answers = [
        decide(vera, change, "approve", confirmed=""),
        decide(vera, change, "decline", note=""),
        decide(vera, change, "withdraw"),
        decide(dina, change, "approve"),
        decide(dina, change, "decline"),
    ]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert CurationChange.objects.get().state == "waiting"
    assert decide(dina, change, "withdraw").status_code == 303


def test_a_decision_that_comes_too_late_or_about_other_values_is_a_conflict_that_is_told(dina, vera):
    late, stale = waiting(dina), waiting(dina, **{"allergens.milk": "may_contain"})
    assert decide(vera, late, "approve").status_code == 303
    again = decide(vera, late, "decline")
    assert (again.status_code, "This has been decided already." in told(again)) == (409, True)
    Food.objects.filter(code=MILK).update(allergens={**food(MILK).allergens, "milk": "unknown"})
    assert "It cannot be approved any more" in told(browser_of(vera).get(page_of(stale)))
    assert decide(vera, stale, "approve").status_code == 409


def test_the_queue_shows_what_waits_first_and_narrows_by_kind_and_state(dina, vera):
    first = waiting(dina)
    propose_change(by=dina, kind="food", key=OATS, values={"aisle": "Bread"}, reason="x")
    browser, queue = browser_of(vera), reverse("admin:planning_curationchange_changelist")
    rows = list(browser.get(queue).context["cl"].result_list)
    assert [row.state for row in rows] == ["waiting", "applied"]
    assert list(browser.get(f"{queue}?state__exact=waiting&kind__exact=food").context["cl"].result_list) == [first]
    assert browser.get(f"{queue}?proposed_by__email__startswith=d").status_code == 400


def test_the_first_page_counts_what_waits_and_what_is_to_be_reviewed(dina, vera):
    waiting(dina)
    Food.objects.filter(code=MILK).update(price_minor_per_kg=None)
    words = told(browser_of(dina).get("/admin/"))
    assert "1 change waits for a decision, 1 of them proposed by you." in words
    assert "Price unknown: 1" in words


def test_what_the_files_say_otherwise_by_now_is_told_on_every_page_of_it(dina, vera):
    change = waiting(dina)
    assert decide(vera, change, "approve").status_code == 303
    other = propose_change(by=dina, kind="food", key=OATS, values={"aisle": "Bread"}, reason="x")[0]
    release = CatalogueRelease.objects.get(name="curated")
    release.counts["files"][f"food:{MILK}"]["refuse_pct"]["now"] = 7.0
    release.save()
    browser, queue = browser_of(vera), reverse("admin:planning_curationchange_changelist")
    shown = [told(browser.get(path)) for path in (page_of(change), page_of(food(MILK)))]
    assert ["Refuse, % of what is bought: 0 → 7" in words for words in shown] == [True, True]
    assert "the files say something else by now: 1." in told(browser.get("/admin/"))
    moved = list(browser.get(f"{queue}?files=moved").context["cl"].result_list)
    assert (change in moved, other in moved) == (True, False)


def test_names_and_reasons_of_others_are_shown_as_text_and_never_as_markup(dina, vera):
    dina.name = "<script>alert(1)</script>"
    dina.save()
    change = propose_change(
        by=dina, kind="food", key=MILK, values={"refuse_pct": 2.0}, reason="<img src=x onerror=y>", source="<b>"
    )[0]
    content = browser_of(vera).get(page_of(change)).content
    assert [mark in content for mark in (b"<script>alert", b"<img src=x", b"<dd><bdi><b>")] == [False] * 3
