"""Today, week, day, certificate and swap: what is shown, to whom, and what a form does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from athletes.services.profile import update_athlete
from athletes.services.versions import raise_training_version
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.ids import new_id
from planning.models import MealPlan, PlanItem
from planning.optimizer.relax import make_relaxation
from planning.services import following, proposals, standing
from planning.services.concessions import stored_offers
from planning.services.plans import create_meal_plan
from planning.services.solving import PlanInfeasible
from planning.views import reading, staleness
from tests import factories
from tests.markup import Page, faults
from tests.planning.pages import plan_week, retitle, sign_in, train
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(athlete, catalogue):
    """Alice with three sessions and a plan from today on."""
    train(athlete)
    return plan_week(athlete)


@pytest.fixture
def paths(athlete, planned):
    day = planned.week_start.isoformat()
    item = planned.current.items.filter(date=planned.week_start, slot="dinner").first()
    return [
        "/today",
        "/week",
        f"/week/{day}",
        f"/day/{day}",
        f"/day/{planned.week_start + timedelta(days=1)}",
        f"/day/{planned.week_start - timedelta(days=1)}",
        f"/day/{day}/{item.pk}/swap",
        f"/plans/{planned.pk}/checked",
        "/start/plan",
    ]


def dinner_of(plan):
    return plan.current.items.select_related("recipe").filter(date=plan.week_start, slot="dinner").first()


def text_of(answer):
    return " ".join(Page(answer.content.decode()).text.split())


def test_every_planning_page_is_sound(alice, paths):
    client = sign_in(alice)
    answers = {path: client.get(path) for path in paths}
    assert {path: (a.status_code, faults(a.content.decode())) for path, a in answers.items()} == dict.fromkeys(
        paths, (200, {})
    )


def test_an_anonymous_reader_is_asked_to_sign_in(paths):
    answers = [Client().get(path) for path in paths]
    assert {(a.status_code, a["Location"].startswith("/account/login/")) for a in answers} == {(302, True)}


def test_somebody_elses_plan_and_meal_do_not_exist(sam, planned):
    client, day, item = sign_in(sam), planned.week_start, dinner_of(planned)
    urls = [f"/plans/{planned.pk}/checked", f"/day/{day}/{item.pk}/swap"]
    posts = [f"/plans/{planned.pk}/again", f"/day/{day}/{item.pk}/mark", f"/day/{day}/{item.pk}/swap"]
    answers = [client.get(url).status_code for url in urls] + [
        client.post(url, {"status": "eaten", "recipe_id": item.recipe_id}).status_code for url in posts
    ]
    item.refresh_from_db()
    assert (answers, item.status, MealPlan.objects.get().revision) == ([404] * 5, "planned", 1)


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "0001-01-01", "9999-12-31", "1999-12-31"])
def test_a_day_that_is_no_day_is_not_found(day, alice):
    client = sign_in(alice)
    assert [client.get(f"/day/{day}").status_code, client.get(f"/week/{day}").status_code] == [404, 404]


def test_today_shows_the_session_and_every_meal(alice, planned):
    text = text_of(sign_in(alice).get("/today"))
    names = [item.recipe.name for item in planned.current.items.filter(date=planned.week_start)]
    assert [name for name in ["Tempo run", *names] if name not in text] == []


def test_without_a_plan_today_offers_one_button_that_makes_it(alice, athlete, catalogue):
    train(athlete)
    client = sign_in(alice)
    page = Page(client.get("/today").content.decode())
    fields = {name: page.value_of(name) for name in ("form_key", "first", "days", "back")}
    answer = client.post("/start/plan", fields)
    plan = MealPlan.objects.get(athlete=athlete)
    assert (answer.status_code, answer["Location"]) == (303, "/today")
    assert (plan.status, plan.days, plan.week_start.isoformat()) == ("verified", 7, fields["first"])


def test_a_plan_that_is_asked_for_twice_is_made_once(alice, athlete, catalogue):
    client, day = sign_in(alice), train(athlete)
    fields = {"form_key": new_id("frm"), "first": day.isoformat(), "days": "3", "back": "week"}
    locations = {client.post("/start/plan", fields)["Location"] for _ in range(2)}
    assert (len(locations), MealPlan.objects.filter(athlete=athlete).count()) == (1, 1)


@pytest.mark.parametrize(
    ("first", "days"), [("x", "7"), ("", ""), ("2026-02-31", "7"), ("1990-01-01", "7"), ("2026-11-21", "99")]
)
def test_days_that_cannot_be_planned_are_refused_and_nothing_is_stored(first, days, alice, athlete):
    answer = sign_in(alice).post("/start/plan", {"first": first, "days": days})
    assert (answer.status_code, MealPlan.objects.count()) == (422, 0)
    assert faults(answer.content.decode()) == {}


def test_a_plan_that_is_impossible_says_why_and_what_would_help(alice, athlete, catalogue):
    day = train(athlete)
    athlete.max_prep_minutes = 1
    athlete.dietary_preferences = ["vegan"]
    athlete.save()
    answer = sign_in(alice).post("/start/plan", {"first": day.isoformat(), "days": "7"})
    text = text_of(answer)
    assert (answer.status_code, MealPlan.objects.count()) == (422, 0)
    assert "No plan" in text
    assert "Allergies and safety limits are never on this list." in text


def test_the_quota_of_plans_holds_on_the_page_too(alice, athlete, catalogue, settings):
    settings.RATE_LIMIT_PLANS_PER_WEEK = 1
    client, day = sign_in(alice), train(athlete)
    answers = [
        client.post("/start/plan", {"first": (day + timedelta(days=n)).isoformat(), "days": "1"}).status_code
        for n in range(2)
    ]
    assert (answers, MealPlan.objects.count()) == ([303, 422], 1)


def test_a_plan_in_the_making_is_looked_at_again_without_a_button_to_make_another(alice, athlete):
    day = train(athlete)
    MealPlan.objects.create(athlete=athlete, week_start=day, days=7, status="solving")
    page = Page(sign_in(alice).get("/today").content.decode())
    assert "Your plan is being made" in page.text
    assert [a["hx-trigger"] for _, a, _ in page.elements if a.get("id") == "waiting"] == ["every 2s"]
    assert "Make this week" not in page.text


def test_a_plan_that_the_worker_refused_shows_its_conflict(alice, athlete):
    day = train(athlete)
    refusal = {
        "code": "plan_infeasible",
        "message": "No plan meets all of these limits.",
        "conflicts": [{"sentence": "Twenty minutes and 375 g do not fit together."}],
        "relaxations": [],
    }
    MealPlan.objects.create(athlete=athlete, week_start=day, days=7, status="infeasible", refusal=refusal)
    assert "Twenty minutes and 375 g do not fit together." in text_of(sign_in(alice).get("/week"))


def test_a_meal_is_marked_eaten_and_the_mark_can_be_taken_back(alice, planned):
    client, item = sign_in(alice), dinner_of(planned)
    url = reverse("day_mark", args=[planned.week_start.isoformat(), item.pk])
    seen = []
    for status in ("eaten", "eaten", "planned", "skipped"):
        answer = client.post(url, {"status": status, "back": "today"})
        item.refresh_from_db()
        seen.append((answer.status_code, answer["Location"], item.status))
    there = "/today#meals"
    assert seen == [(303, there, "eaten"), (303, there, "eaten"), (303, there, "planned"), (303, there, "skipped")]


def test_htmx_follows_the_same_redirect_to_the_page_it_takes_the_meals_from(alice, planned):
    url = reverse("day_mark", args=[planned.week_start.isoformat(), dinner_of(planned).pk])
    answer = sign_in(alice).post(url, {"status": "eaten", "back": "today"}, headers={"HX-Request": "true"}, follow=True)
    page = Page(answer.content.decode())
    assert (answer.status_code, [a["id"] for _, a, _ in page.elements if a.get("id") == "food"]) == (200, ["food"])


def test_what_was_eaten_counts_in_the_track(alice, planned):
    item = dinner_of(planned)
    PlanItem.objects.filter(pk=item.pk).update(status="eaten")
    carbs = round(item.nutrients["carbs_g"])
    assert f"Carbohydrate: {carbs} g eaten" in text_of(sign_in(alice).get("/today"))


@pytest.mark.parametrize("status", ["", "burned", "EATEN", "eaten\x00", "🍝"])
def test_a_mark_that_means_nothing_changes_nothing(status, alice, planned):
    item = dinner_of(planned)
    answer = sign_in(alice).post(
        reverse("day_mark", args=[planned.week_start.isoformat(), item.pk]), {"status": status}
    )
    item.refresh_from_db()
    assert (answer.status_code, item.status) == (303, "planned")


def test_a_mark_from_an_older_page_reaches_the_same_meal_of_the_new_revision(alice, athlete, planned):
    old, client = dinner_of(planned), sign_in(alice)
    client.post(f"/plans/{planned.pk}/again", {"back": "today"})
    planned.refresh_from_db()
    new = dinner_of(planned)
    client.post(reverse("day_mark", args=[planned.week_start.isoformat(), old.pk]), {"status": "eaten"})
    new.refresh_from_db()
    assert (new.pk != old.pk, new.recipe_id == old.recipe_id, new.status) == (True, True, "eaten")


def test_a_moved_session_makes_the_plan_stale_and_says_what_moved(alice, athlete, planned):
    retitle(athlete, 150.0)
    text = text_of(sign_in(alice).get("/today"))
    assert "Your training or profile changed after this plan was made." in text
    assert "17:00, 1 h 30 17:00, 2 h 30" in text


def test_planning_again_shows_what_changed_and_ends_being_stale(alice, athlete, planned):
    retitle(athlete, 150.0)
    client = sign_in(alice)
    answer = client.post(f"/plans/{planned.pk}/again", {"back": "today", "form_key": new_id("frm")})
    text = text_of(client.get(answer["Location"]))
    assert (answer.status_code, answer["Location"]) == (303, f"/today?changes={planned.pk}")
    assert "This is what changed." in text
    assert "changed after this plan was made" not in text


def test_planning_again_sent_twice_makes_one_revision(alice, athlete, planned):
    client, key = sign_in(alice), new_id("frm")
    for _ in range(2):
        client.post(f"/plans/{planned.pk}/again", {"back": "week", "form_key": key})
    assert MealPlan.objects.get().revisions.count() == 2


def test_food_that_became_forbidden_is_marked_and_cannot_be_ticked(alice, athlete, planned):
    dishes = {item.recipe for item in planned.current.items.select_related("recipe").filter(date=planned.week_start)}
    allergen = next(name for dish in dishes for name, status in dish.allergens.items() if status == "contains")
    athlete.allergies = [allergen]
    athlete.profile_version += 1
    athlete.save()
    page = Page(sign_in(alice).get("/today").content.decode())
    assert "Your plan holds food you can no longer eat." in page.text
    forbidden = [d for d in dishes if d.allergens.get(allergen, "unknown") != "free"]
    disabled = [a for a in page.all("button") if a.get("value") == "eaten" and "disabled" in a]
    assert len(disabled) >= len(forbidden) > 0


def test_the_week_shows_every_dish_under_seven_bars(alice, planned):
    page = Page(sign_in(alice).get(f"/week/{planned.week_start}").content.decode())
    bars = [a for a in page.all("svg") if a.get("role") == "img" and str(a.get("aria-labelledby", "")).startswith("w")]
    week = planned.week_start.isocalendar()[:2]
    items = planned.current.items.select_related("recipe")
    dishes = {item.recipe.name for item in items if item.date.isocalendar()[:2] == week}
    assert (len(bars), [name for name in dishes if name not in page.text]) == (7, [])


def test_every_target_of_a_day_unfolds_into_steps_with_a_source(alice, planned):
    answer = sign_in(alice).get(f"/day/{planned.week_start}")
    ledger = answer.context["ledger"]
    assert [entry.name for entry in ledger][:4] == ["Energy", "Carbohydrate", "Protein", "Fat"]
    assert [entry.name for entry in ledger if not entry.steps or not all(step.source for step in entry.steps)] == []


def test_the_last_step_of_a_trace_is_the_number_it_explains(alice, planned):
    ledger = sign_in(alice).get(f"/day/{planned.week_start}").context["ledger"]
    by_name = {entry.name: entry for entry in ledger}
    for name in ("Energy", "Carbohydrate", "Protein"):
        assert by_name[name].steps[-1].value == pytest.approx(by_name[name].value)


def test_the_certificate_lists_every_limit_with_its_room(alice, planned):
    answer = sign_in(alice).get(f"/plans/{planned.pk}/checked")
    page, rows = answer.context, planned.current.certificate["rows"]
    bounded = [row for row in rows if row["low"] is not None or row["high"] is not None]
    assert (page["held"], page["count"], len(page["groups"])) == (len(bounded), len(bounded), 7)


def test_a_swap_offers_what_fits_and_stores_the_choice(alice, planned):
    client = sign_in(alice)
    for item in planned.current.items.filter(slot="snack").order_by("date"):
        url = reverse("swap", args=[item.date.isoformat(), item.pk])
        rows = client.get(url).context["rows"]
        if rows:
            break
    answer = client.post(url, {"recipe_id": rows[0]["recipe_id"], "form_key": new_id("frm")})
    planned.refresh_from_db()
    now = planned.current.items.get(date=item.date, slot=item.slot, index=item.index)
    assert answer["Location"] == f"/day/{item.date}?changes={planned.pk}"
    assert (planned.revision, now.recipe_id) == (2, rows[0]["recipe_id"])


def test_a_swap_in_a_stale_plan_that_fits_nothing_asks_to_plan_again_first(alice, athlete, planned):
    retitle(athlete, 240.0)
    item = dinner_of(planned)
    answer = sign_in(alice).get(reverse("swap", args=[planned.week_start.isoformat(), item.pk]))
    assert (answer.context["rows"], answer.context["stale"], faults(answer.content.decode())) == ([], True, {})
    assert "Plan again first" in text_of(answer)


@pytest.fixture
def cooked_ahead(planned):
    """A dinner and the later meal that eats of it."""
    later = planned.current.items.filter(leftover_of__isnull=False).order_by("date").first()
    day, slot, index = later.leftover_of
    return planned.current.items.get(date=day, slot=slot, index=index), later


def test_a_dish_that_is_cooked_ahead_is_offered_with_what_happens_to_the_later_meal(alice, cooked_ahead):
    dinner, later = cooked_ahead
    answer = sign_in(alice).get(reverse("swap", args=[dinner.date.isoformat(), dinner.pk]))
    row = next(row for row in answer.context["rows"] if row["kind"] == "together")
    assert (row["also"][0] in text_of(answer), faults(answer.content.decode())) == (True, {})
    assert row["also"][0].startswith(f"{later.date:%A}’s {later.slot} eats of it too")


def test_a_dish_whose_later_meal_is_kept_names_that_meal(alice, cooked_ahead):
    dinner, later = cooked_ahead
    PlanItem.objects.filter(pk=later.pk).update(locked=True)
    answer = sign_in(alice).get(reverse("swap", args=[dinner.date.isoformat(), dinner.pk]))
    assert (answer.context["rows"], [meal.item.pk for meal in answer.context["cooked_for"]]) == ([], [later.pk])


def test_a_day_says_how_much_to_cook_and_for_which_meal(alice, cooked_ahead):
    dinner, later = cooked_ahead
    whole = (dinner.quarters + later.quarters) / 4
    answer = sign_in(alice).get(f"/day/{dinner.date}")
    assert f"Cook {whole:g} servings: {later.quarters / 4:g}" in text_of(answer)
    assert f"{reverse('recipe', args=[dinner.recipe_id])}?servings={whole:g}" in answer.content.decode()


def test_the_week_says_where_a_leftover_is_from(alice, cooked_ahead):
    dinner, later = cooked_ahead
    text = text_of(sign_in(alice).get(f"/week/{later.date}"))
    assert f"from {dinner.date:%A}’s dinner, 3 min" in text


def test_what_was_given_way_in_one_after_the_other_is_told_as_one(alice, planned):
    day = planned.week_start.isoformat()
    offers = [make_relaxation("prep", minutes, cost=1.0, day=day) for minutes in (5.0, 30.0)]
    MealPlan.objects.filter(pk=planned.pk).update(request={**planned.request, "relaxations": stored_offers(offers)})
    answer = sign_in(alice).get(f"/plans/{planned.pk}/checked")
    (told,) = answer.context["given_way"]
    assert told.startswith("Allow 35 more minutes in the kitchen on ")


def test_fiber_and_sodium_show_the_range_that_the_plan_is_checked_against(alice, planned):
    day = str(planned.last_day)
    answer = sign_in(alice).get(f"/day/{day}")
    rows = {row["name"]: row for row in planned.current.certificate["rows"] if row["day"] == day}
    checked = {entry.name: entry.checked for entry in answer.context["ledger"] if entry.checked}
    for name, row, unit in (("Fiber", rows["fiber_g"], "g"), ("Sodium", rows["sodium_mg"], "mg")):
        assert f"between {row['low']:,.0f} and {row['high']:,.0f} {unit}" in checked[name]


def test_who_has_a_plan_plans_other_days_without_the_steps_of_the_beginning(alice, planned):
    answer = sign_in(alice).get("/start/plan")
    assert ("Step 4 of 4" in text_of(answer), faults(answer.content.decode())) == (False, {})


def test_the_page_of_a_later_week_lists_the_sessions_of_that_week(alice, athlete, planned, monkeypatch):
    def refuse(**_):
        raise PlanInfeasible

    monkeypatch.setattr("planning.views.plans.create_meal_plan", refuse)
    first = planned.week_start + timedelta(days=14)
    make_event(athlete, first + timedelta(days=1), 9 * 60, 60.0, title="Swim")
    answer = sign_in(alice).post("/start/plan", {"first": first.isoformat(), "days": "7"})
    assert [food.date for food in answer.context["upcoming"]] == [first + timedelta(days=1)]


@pytest.mark.parametrize("recipe_id", ["", "rcp_x", "‮evil", "x" * 400])
def test_a_swap_for_no_dish_of_ours_is_refused_on_the_same_page(recipe_id, alice, planned):
    item = dinner_of(planned)
    answer = sign_in(alice).post(
        reverse("swap", args=[planned.week_start.isoformat(), item.pk]), {"recipe_id": recipe_id}
    )
    assert (answer.status_code, MealPlan.objects.get().revision) == (422, 1)


def test_a_form_without_its_csrf_token_is_turned_away_with_a_page(alice, planned):
    client = sign_in(alice, enforce_csrf_checks=True)
    answer = client.post(f"/plans/{planned.pk}/again", {"back": "week"})
    assert (answer.status_code, MealPlan.objects.get().revision) == (403, 1)
    assert faults(answer.content.decode()) == {}


@pytest.mark.parametrize("kind", ["minor", "flag"])
def test_where_numbers_are_withheld_no_page_shows_energy_or_macronutrients(kind, alice, athlete, paths):
    if kind == "flag":
        athlete.ed_flag = True
    else:
        athlete.birth_date = "2010-01-01"
    athlete.save()
    client = sign_in(alice)
    shown = {path: text_of(client.get(path)) for path in paths if path != "/start/plan"}
    assert {path for path, text in shown.items() if "kcal" in text or " carb" in text or " kg" in text} == set()
    assert "Your plan shows meals without numbers." in shown["/today"]


def test_a_thin_profile_sees_what_was_assumed(db, catalogue):
    thin = factories.make_athlete(
        "thin@example.com", name="T", birth_date=None, sex=None, height_cm=None, weight_kg=None, timezone="UTC"
    )
    answer = sign_in(thin.user).get("/today")
    assert (answer.status_code, faults(answer.content.decode())) == (200, {})
    assert "Your weight is unknown: 70 kg is used." in text_of(answer)


def test_a_name_made_of_markup_stays_text(alice, athlete, planned):
    athlete.training_events.filter(title="Tempo run").update(title="<script>alert(1)</script> 🏃 \u202eright")
    for path in ("/today", "/week", f"/day/{planned.week_start}"):
        assert b"<script>alert" not in sign_in(alice).get(path).content


@pytest.mark.parametrize(("path", "most"), [("/today", 20), ("/week", 20)])
def test_a_page_asks_the_database_few_questions(path, most, alice, planned):
    client = sign_in(alice)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) <= most


def test_a_calendar_in_trouble_is_named_on_today(alice, athlete, planned):
    athlete.calendars.create(provider="ical", status="reconnect", status_reason="Please connect it again.")
    assert "Please connect it again." in text_of(sign_in(alice).get("/today"))


# --- what is out of date, and what nobody stated ---

STAYS, BY_ITSELF = "It stays as it is until you say so.", "The days after today follow by themselves"


@pytest.mark.parametrize(("wish", "said", "unsaid"), [("ask", STAYS, BY_ITSELF), ("automatic", BY_ITSELF, STAYS)])
def test_a_stale_plan_says_who_changes_it(wish, said, unsaid, alice, athlete, planned):
    update_athlete(by=alice, athlete=athlete, values={"replan_policy": wish})
    retitle(athlete, 200.0)
    text = text_of(sign_in(alice).get("/week"))
    assert (said in text, unsaid in text) == (True, False)


def test_by_wish_a_plan_that_cannot_follow_says_so(alice, athlete, planned, monkeypatch):
    def refuse(*_, **__):
        raise PlanInfeasible

    update_athlete(by=alice, athlete=athlete, values={"replan_policy": "automatic"})
    retitle(athlete, 200.0)
    monkeypatch.setattr(following, "first_that_works", refuse)
    following.follow_plan(plan_id=planned.pk)
    text = text_of(sign_in(alice).get("/week"))
    assert ("No plan was found that follows, so it stays as it is." in text, BY_ITSELF in text) == (True, False)


def test_by_wish_what_is_left_of_today_waits_for_an_answer(alice, athlete, planned, monkeypatch):
    update_athlete(by=alice, athlete=athlete, values={"replan_policy": "automatic"})
    for module in (following, proposals):
        monkeypatch.setattr(module, "clock_at", lambda athlete, day: "06:00")
    retitle(athlete, 200.0)
    following.follow_plan(plan_id=planned.pk)
    assert "What could follow by itself has; the rest waits for your answer." in text_of(sign_in(alice).get("/week"))


def test_the_stale_lines_of_a_week_leave_out_the_days_that_are_over(athlete, planned, monkeypatch):
    retitle(athlete, 200.0)
    athlete.training_events.filter(title="City race").update(duration_minutes=160.0)
    athlete.refresh_from_db()
    first = planned.week_start
    lines = {day: _lines_seen_on(athlete, planned, day, monkeypatch) for day in (first, first + timedelta(days=1))}
    assert first in lines[first]
    assert [day for day in lines[first + timedelta(days=1)] if day <= first] == []
    assert first + timedelta(days=2) in lines[first + timedelta(days=1)]


def _lines_seen_on(athlete, plan, day, monkeypatch):
    with monkeypatch.context() as patched:
        for module in (reading, staleness, standing):
            patched.setattr(module, "today", lambda zone_name: day)
        days = reading.read_days(athlete, plan.week_start, plan.last_day)
        return [row["date"] for row in staleness.stale_lines(days)]


@pytest.fixture
def unstated(athlete, catalogue):
    """A run tomorrow whose length nobody has stated."""
    day = today(athlete.timezone) + timedelta(days=1)
    make_event(athlete, day, 17 * 60, None, title="Evening run")
    return day


@pytest.mark.parametrize("path", ["/week/{}", "/day/{}"])
def test_a_length_that_nobody_stated_is_shown_as_assumed(path, alice, unstated):
    assert "1\u00a0h assumed" in text_of(sign_in(alice).get(path.format(unstated))).replace("1 h", "1\u00a0h")


def test_a_stated_length_is_not_shown_as_assumed(alice, athlete, unstated):
    athlete.training_events.update(duration_minutes=60.0)
    client = sign_in(alice)
    assert [path for path in ("/week/", "/day/") if "assumed" in text_of(client.get(f"{path}{unstated}"))] == []


def test_a_stale_line_says_that_a_length_was_assumed(alice, athlete, unstated):
    plan_week(athlete)
    athlete.training_events.update(duration_minutes=120.0)
    raise_training_version(athlete.pk)
    text = text_of(sign_in(alice).get(f"/day/{unstated}"))
    assert "17:00, 1 h, assumed 17:00, 2 h" in text


def test_two_sessions_at_the_same_time_are_asked_about(alice, athlete, unstated):
    make_event(athlete, unstated, 16 * 60 + 30, 90.0, sport="cycle", title="Easy ride")
    text = text_of(sign_in(alice).get(f"/day/{unstated}"))
    assert "“Easy ride” and “Evening run” overlap: is it the same session twice?" in text


def test_a_meal_of_an_older_plan_is_not_called_unsafe_on_a_day_that_a_newer_one_has(alice, athlete, planned):
    day = planned.week_start + timedelta(days=3)
    newer = create_meal_plan(athlete=athlete, first=day, count=2, by=alice)
    older = planned.current.items.get(date=day, slot="dinner")
    older.recipe.allergens = {**older.recipe.allergens, "fish": "contains"}
    older.recipe.save()
    newer.current.items.filter(date=day).exclude(recipe__allergens__fish="free").delete()
    update_athlete(by=alice, athlete=athlete, values={"allergies": ["fish"]})
    athlete.refresh_from_db()
    unsafe = reading.read_days(athlete, planned.week_start, planned.last_day).unsafe
    assert [row for row in unsafe if row["date"] == day] == []
