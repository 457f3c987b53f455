"""Meal plans over HTTP: the shapes of the guide, dates, refusals, quotas, keys, and who may do what."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from nutrition_site.kernel.clock import today
from planning.models import MealPlan, PlanItem
from planning.services import plans, solving
from tests import factories
from tests.planning.people import MONDAY, make_event

pytestmark = pytest.mark.django_db


def path_of(athlete, rest=""):
    return f"/v1/athletes/{athlete.pk}/meal-plans{rest}"


@pytest.fixture
def make(api, athlete, catalogue):
    """`make(week_start=…)` posts a plan of one day for Alice."""

    def post(**body):
        headers = body.pop("headers", {})
        whole = {"week_start": MONDAY.isoformat(), "days": 1, **body}
        return api(athlete.user).post(path_of(athlete), whole, **headers)

    return post


def test_the_walkthrough_of_the_guide_gives_its_shapes(api, catalogue):
    """A rider who said only name, sport, diet and goal asks for a week long past."""
    user = factories.make_user("marcus@example.com")
    from athletes.services.profile import create_athlete

    athlete = create_athlete(
        by=user,
        values={
            "name": "Marcus Webb",
            "sport": "cycling",
            "dietary_preferences": ["vegetarian"],
            "goals": ["performance"],
        },
    )
    answer = api(user).post(path_of(athlete), {"week_start": "2025-01-27"})
    plan = answer.json()
    assert answer.status_code == 201
    assert re.fullmatch(r"mpl_[0-9a-z]{26}", plan["id"])
    assert (plan["athlete_id"], plan["week_start"], plan["status"]) == (athlete.pk, "2025-01-27", "verified")
    assert [day["date"] for day in plan["days"]] == [f"2025-01-{n}" for n in (27, 28, 29, 30, 31)] + [
        "2025-02-01",
        "2025-02-02",
    ]
    assert {day["training_event"] for day in plan["days"]} == {"Rest day"}


def test_a_day_holds_every_key_of_the_contract(make):
    (day,) = make().json()["days"]
    assert {"date", "training_event", "meals", "total_calories", "macros", "items", "target", "warnings"} <= set(day)
    assert set(day["meals"]) == {"breakfast", "lunch", "dinner", "snacks"}
    assert [type(day["meals"][name]) for name in ("breakfast", "lunch", "dinner", "snacks")] == [str, str, str, list]
    assert type(day["total_calories"]) is int
    assert set(day["macros"]) == {"carbs_g", "protein_g", "fat_g"}


def test_a_plan_holds_every_key_of_the_contract(make):
    plan = make().json()
    assert {
        "id",
        "athlete_id",
        "week_start",
        "status",
        "days",
        "inputs_hash",
        "engine",
        "optimality",
        "training_data_as_of",
    } <= set(plan)
    assert plan["inputs_hash"].startswith("sha256:")
    assert {"version", "seed"} <= set(plan["engine"])
    assert {"objective", "lp_bound", "gap"} <= set(plan["optimality"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", plan["training_data_as_of"])


def test_an_item_holds_every_key_of_the_contract(make):
    for item in make().json()["days"][0]["items"]:
        assert {"slot", "time", "recipe_id", "servings", "nutrients", "locked"} <= set(item)


def test_snacks_are_listed_in_time_order_with_what_is_eaten_around_training(make, athlete):
    make_event(athlete, MONDAY, 480, 180, sport="cycle", title="3h endurance ride")
    (day,) = make().json()["days"]
    around = [item for item in day["items"] if item["slot"] in ("snack", "pre", "during", "post")]
    assert [item["time"] for item in around] == sorted(item["time"] for item in around)
    assert day["meals"]["snacks"] == [item["name"] for item in around]
    assert day["training_event"] == "3h endurance ride"


def test_two_sessions_of_a_day_are_both_named(make, athlete):
    make_event(athlete, MONDAY, 420, 45, title="Easy run")
    make_event(athlete, MONDAY, 1080, 60, title="Swim")
    assert make().json()["days"][0]["training_event"] == "Easy run + Swim"


def test_the_target_of_a_day_is_the_one_that_targets_shows(make, api, athlete):
    (day,) = make().json()["days"]
    query = f"?from={MONDAY}&to={MONDAY}"
    (item,) = api(athlete.user).get(f"/v1/athletes/{athlete.pk}/targets{query}").json()["items"]
    assert day["target"] == item


def test_creating_answers_with_a_location_that_can_be_read(make, api, athlete):
    answer = make()
    assert answer.headers["Location"] == path_of(athlete, f"/{answer.json()['id']}")
    read = api(athlete.user).get(answer.headers["Location"])
    assert (read.status_code, read.json()["days"]) == (200, answer.json()["days"])


def test_a_stored_plan_is_read_the_same_every_time(make, api, athlete):
    place = make().headers["Location"]
    assert api(athlete.user).get(place).content == api(athlete.user).get(place).content


def test_a_dry_run_answers_200_and_stores_nothing(make):
    answer = make(dry_run=True)
    assert (answer.status_code, answer.json()["status"], len(answer.json()["days"])) == (200, "verified", 1)
    assert not MealPlan.objects.exists()


def test_nothing_of_a_dry_run_has_an_identifier(make):
    preview = make(dry_run=True).json()
    assert {preview["id"], *(item["id"] for item in preview["days"][0]["items"])} == {None}


def test_a_dry_run_is_what_the_plan_will_be(make):
    preview, plan = make(dry_run=True, seed=3).json(), make(seed=3).json()

    def dishes(document):
        return [(item["slot"], item["recipe_id"], item["servings"]) for item in document["days"][0]["items"]]

    assert (preview["inputs_hash"], dishes(preview)) == (plan["inputs_hash"], dishes(plan))


@pytest.mark.parametrize("count", [1, 14])
def test_one_to_fourteen_days_are_planned(make, count):
    assert len(make(days=count).json()["days"]) == count


def test_a_week_may_begin_on_any_weekday(make):
    assert make(week_start="2026-10-08", days=2).json()["days"][1]["date"] == "2026-10-09"


@pytest.mark.parametrize("start", ["2000-01-01", "2025-01-27", "2024-02-29"])
def test_weeks_of_the_past_are_planned(make, start):
    assert make(week_start=start).status_code == 201


def test_four_hundred_days_ahead_are_planned_and_one_more_is_not(make, athlete):
    latest = today(athlete.timezone) + timedelta(days=400)
    assert make(week_start=latest.isoformat()).status_code == 201
    answer = make(week_start=(latest + timedelta(days=1)).isoformat())
    assert (answer.status_code, answer.json()["error"]["details"][0]["field"]) == (400, "week_start")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"week_start": "1999-12-31"}, "week_start"),
        ({"week_start": "2026-02-30"}, "week_start"),
        ({"week_start": "9999-12-31"}, "week_start"),
        ({"week_start": 20261005}, "week_start"),
        ({"week_start": None}, "week_start"),
        ({"week_start": ["2026-10-05"]}, "week_start"),
        ({"week_start": "2026-10-05T00:00:00Z"}, "week_start"),
        ({"days": 0}, "days"),
        ({"days": 15}, "days"),
        ({"days": "7"}, "days"),
        ({"days": 1.5}, "days"),
        ({"days": True}, "days"),
        ({"seed": -1}, "seed"),
        ({"seed": "x"}, "seed"),
        ({"dry_run": "yes"}, "dry_run"),
        ({"dry_run": None}, "dry_run"),
        ({"weekstart": "2026-10-05"}, "weekstart"),
    ],
)
def test_a_wrong_body_is_400_names_the_field_and_stores_nothing(make, body, field):
    answer = make(**body)
    assert answer.status_code == 400, answer.content
    assert answer.json()["error"]["details"][0]["field"] == field
    assert not MealPlan.objects.exists()


def test_an_unknown_field_has_its_own_code(make):
    assert make(weeks=2).json()["error"]["code"] == "unknown_field"


def test_an_infeasible_week_is_422_with_conflicts_and_relaxations_inside_the_error(api, catalogue):
    athlete = factories.make_athlete(
        "stuck@example.com", sex="F", weight_kg=110.0, height_cm=160.0, birth_date="1956-01-01", goals=["weight_loss"]
    )
    answer = api(athlete.user).post(path_of(athlete), {"week_start": MONDAY.isoformat(), "days": 1})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "plan_infeasible")
    assert error["conflicts"][0]["sentence"]
    assert error["relaxations"][0]["sentence"]
    assert error["request_id"]


def test_dishes_nobody_may_eat_are_named_as_the_conflict(api, catalogue):
    """Dislikes of whole groups leave no breakfast."""
    dislikes = ["fruit", "vegetables", "soy"]
    athlete = factories.make_athlete("picky@example.com", dietary_preferences=["vegan"], dislikes=dislikes)
    answer = api(athlete.user).post(path_of(athlete), {"week_start": MONDAY.isoformat(), "days": 2})
    assert answer.status_code == 422
    assert answer.json()["error"]["conflicts"] != []


def test_a_solve_without_enough_time_is_202_with_a_place_to_look(make, monkeypatch):
    def out_of_time(*args, **kwargs):
        raise solving.OutOfTime

    monkeypatch.setattr(plans, "find_solution", out_of_time)
    answer = make()
    assert (answer.status_code, answer.json()["status"]) == (202, "solving")
    assert answer.headers["Location"].endswith(answer.json()["id"])
    assert set(answer.json()) == {"id", "status", "progress"}


def test_a_plan_that_is_still_being_solved_can_be_read_but_not_changed(make, api, athlete, monkeypatch):
    def out_of_time(*args, **kwargs):
        raise solving.OutOfTime

    monkeypatch.setattr(plans, "find_solution", out_of_time)
    place = make().headers["Location"]
    read = api(athlete.user).get(place).json()
    assert (read["status"], read["days"]) == ("solving", [])
    answers = [
        api(athlete.user).post(f"{place}/resolve"),
        api(athlete.user).get(f"{place}/certificate"),
        api(athlete.user).get(f"{place}/diff"),
    ]
    assert [(answer.status_code, answer.json()["error"]["code"]) for answer in answers] == [(409, "plan_not_ready")] * 3


# Keys and quotas.


def test_the_same_key_and_body_make_one_plan(make):
    first = make(headers={"Idempotency-Key": "k1"})
    again = make(headers={"Idempotency-Key": "k1"})
    assert (again.status_code, again.json(), again.headers["Location"]) == (
        201,
        first.json(),
        first.headers["Location"],
    )
    assert MealPlan.objects.count() == 1


def test_the_same_key_with_another_body_is_409(make):
    make(headers={"Idempotency-Key": "k1"})
    assert make(days=2, headers={"Idempotency-Key": "k1"}).status_code == 409


def test_the_twenty_first_plan_of_a_week_is_429_with_retry_after(make, athlete, monkeypatch):
    monkeypatch.setattr(plans, "solve_plan", store_empty)
    assert {make().status_code for _ in range(20)} == {201}
    answer = make()
    assert (answer.status_code, answer.json()["error"]["code"]) == (429, "quota_used_up")
    assert int(answer.headers["Retry-After"]) > 0
    assert MealPlan.objects.count() == 20


def store_empty(plan, **kwargs):
    plan.status = MealPlan.Status.VERIFIED
    plan.save(update_fields=["status"])
    return plan


def test_refused_requests_use_no_quota(make, monkeypatch):
    for body in ({"week_start": "1999-01-01"}, {"days": 99}, {"dry_run": True}):
        for _ in range(8):
            make(**body)
    monkeypatch.setattr(plans, "solve_plan", store_empty)
    assert {make().status_code for _ in range(20)} == {201}


def test_the_quota_is_told_before_the_body_is_read(make, monkeypatch):
    monkeypatch.setattr(plans, "solve_plan", store_empty)
    for _ in range(20):
        make()
    assert make(days="many").status_code == 429


# Reading, solving again, deleting.


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_offer_that_nobody_made_is_refused_in_a_trial_too(make, api, athlete, dry_run):
    place = make().headers["Location"]
    answer = api(athlete.user).post(f"{place}/resolve", {"dry_run": dry_run, "relaxations": [{"kind": "miracle"}]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid")


def test_a_trial_gives_way_in_what_is_offered(make, api, athlete):
    place = make().headers["Location"]
    offer = {"kind": "energy", "amount": 2, "day": None, "subject": None}
    answers = [
        api(athlete.user).post(f"{place}/resolve", {"dry_run": True, "full": True, "relaxations": offers})
        for offers in ([], [offer])
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["inputs_hash"] != answers[1].json()["inputs_hash"]


def test_plans_are_listed_newest_first_with_a_total(make, api, athlete):
    ids = [make().json()["id"] for _ in range(3)]
    page = api(athlete.user).get(path_of(athlete, "?limit=2")).json()
    assert ([item["id"] for item in page["items"]], page["total"], page["page"], page["limit"]) == (
        ids[:0:-1],
        3,
        1,
        2,
    )


def test_resolving_gives_the_next_revision_with_its_diff(make, api, athlete):
    place = make().headers["Location"]
    make_event(athlete, MONDAY, 480, 180, sport="cycle")
    answer = api(athlete.user).post(f"{place}/resolve", {})
    body = answer.json()
    assert (answer.status_code, body["revision"], body["diff"]["empty"], body["stale"]) == (200, 2, False, False)


def test_a_diff_is_told_against_any_revision_there_was(make, api, athlete):
    place = make().headers["Location"]
    make_event(athlete, MONDAY, 480, 180, sport="cycle")
    made = api(athlete.user).post(f"{place}/resolve", {}).json()["diff"]
    told = api(athlete.user).get(f"{place}/diff?against=1").json()
    assert (told["from_revision"], told["to_revision"], told["added"]) == (1, 2, made["added"])


@pytest.mark.parametrize("against", ["9", "-1", "x", "1e3", "99999999999"])
def test_a_revision_that_never_was_is_400(make, api, athlete, against):
    place = make().headers["Location"]
    assert api(athlete.user).get(f"{place}/diff?against={against}").status_code == 400


def test_the_certificate_measures_every_day_and_finds_nothing_wrong(make, api, athlete):
    place = make(days=2).headers["Location"]
    certificate = api(athlete.user).get(f"{place}/certificate").json()
    assert (certificate["ok"], certificate["violations"]) == (True, [])
    for name in ("energy_kcal", "carbs_g", "protein_g", "fat_g"):
        assert sorted(row["day"] for row in certificate["rows"] if row["name"] == name) == ["2026-10-05", "2026-10-06"]


def test_marking_a_meal_eaten_is_shown_in_the_plan(make, api, athlete):
    plan = make()
    item = plan.json()["days"][0]["items"][0]
    place = f"{plan.headers['Location']}/items/{item['id']}"
    assert api(athlete.user).patch(place, {"status": "eaten"}).json()["status"] == "eaten"
    shown = api(athlete.user).get(plan.headers["Location"]).json()["days"][0]["items"][0]
    assert (shown["id"], shown["status"]) == (item["id"], "eaten")


def test_a_meal_read_before_the_plan_was_made_again_is_marked_where_it_stands_now(make, api, athlete):
    plan = make()
    home, client = plan.headers["Location"], api(athlete.user)
    item = plan.json()["days"][0]["items"][0]
    assert client.post(f"{home}/resolve", {}).status_code == 200
    marked = client.patch(f"{home}/items/{item['id']}", {"status": "eaten"})
    present = client.get(home).json()["days"][0]["items"][0]
    assert (marked.status_code, present["id"] != item["id"], present["status"]) == (200, True, "eaten")


def test_a_meal_that_is_no_longer_served_is_not_marked_in_place_of_another(make, api, athlete):
    plan = make()
    home, client = plan.headers["Location"], api(athlete.user)
    item = plan.json()["days"][0]["items"][0]
    PlanItem.objects.filter(pk=item["id"]).update(index=7)
    assert client.post(f"{home}/resolve", {}).status_code == 200
    refused = client.patch(f"{home}/items/{item['id']}", {"status": "eaten"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "meal_changed")
    assert not PlanItem.objects.filter(status="eaten").exists()


def test_a_meal_that_is_not_in_the_plan_is_404(make, api, athlete):
    plan = make()
    for item_id in ("itm_00000000000000000000000000", "x", plan.json()["id"]):
        assert (
            api(athlete.user).patch(f"{plan.headers['Location']}/items/{item_id}", {"locked": True}).status_code == 404
        )


def test_a_deleted_plan_is_gone(make, api, athlete):
    place = make().headers["Location"]
    assert [api(athlete.user).delete(place).status_code, api(athlete.user).get(place).status_code] == [204, 404]


@pytest.mark.parametrize(
    "plan_id", ["ath_00000000000000000000000000", "mpl_x", "mpl_00000000000000000000000000", "%00"]
)
def test_a_wrong_id_is_404(api, athlete, plan_id):
    assert api(athlete.user).get(path_of(athlete, f"/{plan_id}")).status_code == 404


def test_a_stranger_gets_404_everywhere_and_nothing_changes(make, api, sam, athlete):
    plan = make()
    place, item = plan.headers["Location"], plan.json()["days"][0]["items"][0]["id"]
    before = api(athlete.user).get(place).content
    stranger = api(sam)
    answers = [
        stranger.get(place),
        stranger.delete(place),
        stranger.post(f"{place}/resolve"),
        stranger.post(f"{place}/swap", {"date": "2026-10-05", "slot": "lunch"}),
        stranger.get(f"{place}/certificate"),
        stranger.patch(f"{place}/items/{item}", {"status": "eaten"}),
        stranger.post(path_of(athlete), {}),
        stranger.get(path_of(athlete)),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert api(athlete.user).get(place).content == before


def test_a_coach_with_consent_reads_but_does_not_change(make, api, carol):
    place = make().headers["Location"]
    assert [api(carol).get(place).status_code, api(carol).delete(place).status_code] == [200, 403]


def test_a_plan_that_became_unsafe_says_so_when_it_is_read(make, api, athlete):
    from athletes.services.profile import update_athlete

    plan = make()
    recipe = plan.json()["days"][0]["items"][0]["recipe_id"]
    shown = api(athlete.user).get(f"/v1/recipes/{recipe}").json()
    allergen = next(name for name, state in shown["allergens"].items() if state == "contains")
    update_athlete(by=athlete.user, athlete=athlete, values={"allergies": [allergen]})
    read = api(athlete.user).get(plan.headers["Location"]).json()
    assert recipe in [row["recipe_id"] for row in read["unsafe"]]
    assert read["stale"] is True
