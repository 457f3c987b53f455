"""The coach's desk: the squad's week, one athlete's page, limits tried and set, words, and what the athlete sees."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from athletes.models import CoachLink, Notice, Squad, TrainingEvent
from athletes.services.coaches import coach_day
from nutrition_site.kernel import clock
from nutrition_site.kernel.errors import NotFound
from nutrition_site.kernel.models import AuditEntry
from nutrition_site.templatetags.athleat import kcal10, whole
from planning.models import CoachBound, CoachNote, CoachTemplate, PlanItem
from planning.services.coaching_bounds import Wish
from planning.services.coaching_dry_run import Outcome, try_bound
from planning.services.coaching_notes import write_coach_messages
from planning.services.coaching_plan import coach_locks_meal, coach_swaps_meal
from planning.services.coaching_week import squad_week, week_csv
from planning.services.plans import create_meal_plan, with_contents
from planning.services.swaps import find_alternatives
from tests import factories
from tests.markup import Page
from tests.planning.people import make_event

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ZONE = "Europe/Belgrade"


@pytest.fixture
def runner(catalogue):
    return factories.make_athlete("runner@example.com", name="Rena Runner")


@pytest.fixture
def coach(runner):
    return factories.make_coach("coach@example.com", athlete=runner)


@pytest.fixture
def plan(runner):
    made = create_meal_plan(athlete=runner, first=today(), count=2, by=runner.user)
    return with_contents(type(made).objects).get(pk=made.pk)


def today():
    return clock.today(ZONE)


def monday():
    return today() - timedelta(days=today().weekday())


def browser_of(user):
    browser = Client()
    browser.force_login(user, backend=BACKEND)
    return browser


def desk(athlete):
    return reverse("admin:coach_athlete", args=[athlete.pk])


def bound_form(athlete, **values):
    return {
        "whom": athlete.pk,
        "kind": "kept_out",
        "kept_out": "tuna",
        "reason": "Too much mercury",
        "first_day": today().isoformat(),
        "last_day": (today() + timedelta(days=6)).isoformat(),
        "deed": "set",
        **values,
    }


def wish(**values):
    return Wish(reason="Try", first_day=today(), last_day=today() + timedelta(days=6), **values)


def test_a_coach_sees_at_the_meal_that_the_athlete_may_not_eat_it_and_why(runner, coach, plan):
    meal = next(item for item in PlanItem.objects.filter(revision=plan.current) if "contains" in words_of(item))
    allergen = next(name for name, word in meal.recipe.allergens.items() if word == "contains")
    before = browser_of(coach).get(desk(runner)).content.decode()
    type(runner).objects.filter(pk=runner.pk).update(allergies=[allergen])
    page = browser_of(coach).get(desk(runner)).content.decode()
    row = page[page.index(meal.recipe.name, page.index('class="deskdays"')) - 200 :][:400]
    assert ("No allergies given" in before, "No allergies given" in page) == (True, False)
    assert ("Not allowed" in row, "contains " in row) == (True, True)


def words_of(item):
    return item.recipe.allergens.values()


def test_a_day_of_the_athletes_page_holds_the_sessions_with_their_time_and_what_the_plan_gives(runner, coach, plan):
    make_event(runner, today(), 18 * 60 + 30, 75.0, title="Hill repeats")
    page = browser_of(coach).get(desk(runner)).content.decode()
    energy = sum(item.nutrients["energy_kcal"] for item in PlanItem.objects.filter(revision=plan.current, date=today()))
    assert "Hill repeats" in page
    assert "18:30 1 h 15" in " ".join(page.split())
    assert f"Plan {whole(energy)} kcal" in page


def test_the_week_shows_load_and_what_was_eaten_of_the_plan(runner, coach, plan):
    TrainingEvent.objects.create(
        athlete=runner,
        title="Hills",
        type="workout",
        sport="run",
        starts_at=clock.midnight(today(), ZONE) + timedelta(hours=7),
        local_date=today(),
        tss=80,
        duration_minutes=60,
    )
    items = list(PlanItem.objects.filter(revision=plan.current, date=today()))
    PlanItem.objects.filter(pk=items[0].pk).update(status="eaten")
    row = squad_week(coach, monday())[0]
    cell = row.cells[today().weekday()]
    planned = sum(item.nutrients["energy_kcal"] for item in items)
    assert (cell.load_tss, cell.step) == (80.0, 2)
    assert cell.eaten_share == pytest.approx(items[0].nutrients["energy_kcal"] / planned)


@pytest.mark.parametrize(("marked", "told"), [(1, (True, False)), (99, (False, True))])
def test_little_was_eaten_is_said_only_of_days_of_which_every_meal_is_marked(marked, told, runner, coach, plan):
    day = monday() - timedelta(days=7)
    meals = list(PlanItem.objects.filter(revision=plan.current, date=today()).order_by("time"))
    PlanItem.objects.filter(revision=plan.current).exclude(date=today()).delete()
    PlanItem.objects.filter(revision=plan.current).update(date=day)
    type(plan).objects.filter(pk=plan.pk).update(week_start=day, days=1)
    for meal in meals[:marked]:
        PlanItem.objects.filter(pk=meal.pk).update(status="eaten" if meal == meals[0] else "skipped")
    cell = squad_week(coach, day)[0].cells[0]
    assert (cell.at_least, cell.is_little) == told


def test_two_athletes_whose_short_names_are_alike_can_be_told_apart_in_the_picture(runner, coach):
    for number, name in enumerate(("Maja Petrović", "Marko Petrović")):
        other = factories.make_athlete(f"other{number}@example.com", name=name)
        CoachLink.objects.create(coach=coach, athlete=other, status="active", consented_at=clock.now())
    page = browser_of(coach).get(reverse("admin:squad_week")).content.decode()
    assert [name in page for name in (">Maja P.<", ">Marko P.<", ">R. Runner<")] == [True, True, True]


def test_the_week_of_a_coach_is_the_one_that_it_is_where_the_athletes_are(runner, coach, monkeypatch):
    type(runner).objects.filter(pk=runner.pk).update(timezone="Pacific/Auckland")
    sunday_evening = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: sunday_evening)
    assert coach_day(coach) == date(2026, 11, 23)


def test_a_day_on_which_nothing_was_logged_is_unknown_and_not_nought(runner, coach, plan):
    cell = squad_week(coach, monday())[0].cells[today().weekday()]
    assert (cell.planned_kcal is not None, cell.eaten_share, cell.eaten_kcal, cell.is_little) == (
        True,
        None,
        None,
        False,
    )


def test_the_week_of_a_minor_holds_load_and_no_energy(runner, coach, plan):
    type(runner).objects.filter(pk=runner.pk).update(birth_date=today() - timedelta(days=16 * 366))
    row = squad_week(coach, monday())[0]
    cell = row.cells[today().weekday()]
    assert (row.withheld, cell.energy_kcal, cell.planned_kcal, cell.load_tss) == (True, None, None, 0.0)


def test_the_week_of_many_takes_no_more_queries_than_of_one(runner, coach, django_assert_max_num_queries):
    for number in range(12):
        other = factories.make_athlete(f"other{number}@example.com")
        CoachLink.objects.create(coach=coach, athlete=other, status="active", consented_at=clock.now())
    with django_assert_max_num_queries(7):
        assert len(squad_week(coach, monday())) == 13


def test_no_cell_of_the_file_is_a_formula(runner, coach):
    type(runner).objects.filter(pk=runner.pk).update(name='=HYPERLINK("http://x")')
    squad = Squad.objects.create(coach=coach, name="@team")
    CoachLink.objects.update(squad=squad)
    text = week_csv(squad_week(coach, monday())).decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert ',"\'@team",' in text
    assert len(text.splitlines()) == 8


def test_the_file_is_the_coachs_own_squad_and_is_written_down(runner, coach):
    answer = browser_of(coach).get(reverse("admin:squad_week_file"))
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    assert b"Rena Runner" in answer.content
    assert AuditEntry.objects.get(verb="coach.week_exported").details["athletes"] == 1
    stranger = factories.make_coach("dan@example.com")
    assert b"Rena" not in browser_of(stranger).get(reverse("admin:squad_week_file")).content


def test_a_limit_set_on_the_desk_is_seen_and_ended_by_the_athlete(runner, coach):
    answer = browser_of(coach).post(reverse("admin:coach_bound"), bound_form(runner))
    assert (answer.status_code, answer["Location"]) == (303, desk(runner))
    bound = CoachBound.objects.get()
    page = browser_of(runner.user).get(reverse("settings_coaches")).content.decode()
    assert all(words in page for words in ("Keep out: tuna", "Too much mercury", "coach@example.com"))
    ended = browser_of(runner.user).post(reverse("coach_bound_end", args=[bound.pk]))
    bound.refresh_from_db()
    assert (ended.status_code, bound.ended_by_id) == (303, runner.user_id)
    assert "tuna" not in browser_of(coach).get(desk(runner)).content.decode()


def test_a_refused_limit_keeps_what_was_typed(runner, coach):
    form = bound_form(runner, kind="protein_g", maximum="15", kept_out="")
    answer = browser_of(coach).post(reverse("admin:coach_bound"), form)
    assert (answer.status_code, CoachBound.objects.count()) == (422, 0)
    assert all(words in answer.content.decode() for words in ("Must be from 20 to 400.", "Too much mercury"))


def test_trying_a_limit_sets_nothing_and_tells_nobody(runner, coach, plan):
    answer = browser_of(coach).post(reverse("admin:coach_bound"), bound_form(runner, deed="try"))
    assert (answer.status_code, CoachBound.objects.count(), Notice.objects.count()) == (200, 0, 0)
    assert "What it would do" in answer.content.decode()


def test_a_trial_tells_plans_that_change_from_those_that_fit_and_who_has_none(runner, coach, plan):
    other = factories.make_athlete("other@example.com", name="Zoe")
    CoachLink.objects.create(coach=coach, athlete=other, status="active", consented_at=clock.now())
    served = plan.current.items.exclude(slot="during").first()
    family = served.recipe.name
    changing = try_bound(coach=coach, athletes=[runner, other], wish=wish(kept_out=family))
    assert [trial.outcome for trial in changing] == [Outcome.CHANGES, Outcome.NO_PLAN]
    fitting = try_bound(coach=coach, athletes=[runner], wish=wish(measure="fat_g", minimum=20.0))
    assert [trial.outcome for trial in fitting] == [Outcome.FITS]


def test_a_trial_says_for_whom_a_limit_cannot_be_set(runner, coach, plan):
    type(runner).objects.filter(pk=runner.pk).update(birth_date=today() - timedelta(days=16 * 366))
    trial = try_bound(coach=coach, athletes=[runner.pk], wish=wish(measure="carbs_g", maximum=300.0))[0]
    assert (trial.outcome, "not limited from above" in trial.reason) == (Outcome.REFUSED, True)


def test_a_trial_tells_on_how_many_days_the_energy_would_rise(runner, coach):
    within = try_bound(coach=coach, athletes=[runner], wish=wish(measure="protein_g", minimum=90.0))[0]
    beyond = try_bound(coach=coach, athletes=[runner], wish=wish(measure="carbs_g", minimum=600.0))[0]
    assert (within.days_looked_at, within.days_raised, within.most_kcal) == (7, 0, 0.0)
    assert (beyond.days_looked_at, beyond.days_raised) == (7, 7)
    page = browser_of(coach).post(
        reverse("admin:coach_bound"),
        bound_form(runner, deed="try", kind="carbs_g", kept_out="", minimum="600"),
    )
    told = " ".join(Page(page.content.decode()).text.split())
    assert f"up to +{kcal10(beyond.most_kcal)} kcal on 7 of 7 days" in told


def test_a_trial_names_no_energy_where_numbers_are_withheld(runner, coach):
    type(runner).objects.filter(pk=runner.pk).update(ed_flag=True)
    trial = try_bound(coach=coach, athletes=[runner.pk], wish=wish(measure="carbs_g", minimum=600.0))[0]
    assert (trial.days_raised, trial.most_kcal) == (7, None)


def test_a_new_limit_is_for_nobody_until_somebody_is_chosen(runner, coach):
    other = factories.make_athlete("other@example.com", name="Aaron First")
    CoachLink.objects.create(coach=coach, athlete=other, status="active", consented_at=clock.now())
    browser = browser_of(coach)
    answer = browser.post(reverse("admin:coach_bound"), bound_form(runner, whom=""))
    assert (answer.status_code, CoachBound.objects.count()) == (422, 0)
    assert '<option value="" selected' in browser.get(reverse("admin:coach_bound")).content.decode()


@pytest.fixture
def second(coach):
    other = factories.make_athlete("other@example.com", name="Olga Other")
    CoachLink.objects.create(coach=coach, athlete=other, status="active", consented_at=clock.now())
    return other


def message(*athletes, text="Please make your plans today."):
    return {"athletes": [athlete.pk for athlete in athletes], "text": text}


def test_a_message_to_many_reaches_each_of_them_and_tells_them(runner, coach, second):
    third = factories.make_athlete("third@example.com")
    CoachLink.objects.create(coach=coach, athlete=third, status="active", consented_at=clock.now())
    answer = browser_of(coach).post(reverse("admin:coach_message"), message(runner, second))
    assert (answer.status_code, set(CoachNote.objects.values_list("athlete", "kind"))) == (
        303,
        {(runner.pk, "message"), (second.pk, "message")},
    )
    assert set(Notice.objects.values_list("athlete", flat=True)) == {runner.pk, second.pk}


def test_a_message_to_somebody_who_did_not_agree_reaches_nobody(runner, coach, second):
    stranger = factories.make_athlete("stranger@example.com")
    refused = browser_of(coach).post(reverse("admin:coach_message"), message(runner, stranger))
    with pytest.raises(NotFound):
        write_coach_messages(coach=coach, athletes=[runner, stranger.pk], text="Hello")
    assert (refused.status_code, CoachNote.objects.count()) == (422, 0)


def test_those_whom_the_roster_shows_are_ticked_for_a_message(runner, coach, second):
    squad = Squad.objects.create(coach=coach, name="Marathon")
    CoachLink.objects.filter(athlete=second).update(squad=squad)
    page = browser_of(coach).get(reverse("admin:coach_message"), {"squad": squad.pk})
    assert page.context["form"].initial["athletes"] == [second.pk]


def test_who_is_no_coach_writes_to_nobody(runner, coach):
    root = factories.make_user("root@example.com", is_staff=True, is_superuser=True)
    assert browser_of(root).post(reverse("admin:coach_message"), message(runner)).status_code == 404


def test_a_template_fills_the_form_again(runner, coach):
    browser = browser_of(coach)
    browser.post(reverse("admin:coach_bound"), bound_form(runner, template_name="No tuna"))
    row = CoachTemplate.objects.get()
    assert (row.name, row.days, row.bounds[0]["kept_out"]) == ("No tuna", 7, "tuna")
    page = browser.get(reverse("admin:coach_bound"), {"template": row.pk}).content.decode()
    assert 'value="tuna"' in page
    stranger = browser_of(factories.make_coach("dan@example.com"))
    foreign = stranger.get(reverse("admin:coach_bound"), {"template": row.pk}).content.decode()
    assert ('value="tuna"' in foreign, "No tuna" in foreign) == (False, False)
    assert stranger.post(reverse("admin:coach_template_delete", args=[row.pk])).status_code == 404


def test_a_limit_for_a_squad_is_one_for_each_of_its_athletes(runner, coach):
    squad = Squad.objects.create(coach=coach, name="Marathon")
    CoachLink.objects.update(squad=squad)
    outside = factories.make_athlete("outside@example.com")
    CoachLink.objects.create(coach=coach, athlete=outside, status="active", consented_at=clock.now())
    browser_of(coach).post(reverse("admin:coach_bound"), bound_form(runner, whom=squad.pk))
    assert list(CoachBound.objects.values_list("athlete", "squad")) == [(runner.pk, squad.pk)]


def test_a_message_reaches_the_athlete_and_a_note_does_not(runner, coach):
    browser = browser_of(coach)
    browser.post(desk(runner), {"form": "note", "kind": "message", "text": "Eat before the hills"})
    browser.post(desk(runner), {"form": "note", "kind": "note", "text": "Looks tired"})
    page = browser_of(runner.user).get(reverse("settings_coaches")).content.decode()
    assert ("Eat before the hills" in page, "Looks tired" in page, Notice.objects.count()) == (True, False, 1)
    assert "Looks tired" in browser.get(desk(runner)).content.decode()


def test_a_comment_names_its_meal(runner, coach, plan):
    item = plan.current.items.filter(date=today()).first()
    form = {"form": "meal", "deed": "comment", "item": item.pk, "text": "Add salt"}
    assert browser_of(coach).post(desk(runner), form).status_code == 303
    note = CoachNote.objects.get()
    assert (note.day, note.slot, note.index, note.dish) == (item.date, item.slot, item.index, item.recipe.name)
    assert "Add salt" in browser_of(runner.user).get(reverse("settings_coaches")).content.decode()


def test_a_meal_that_the_coach_keeps_is_told_and_can_be_let_go_by_the_athlete(runner, coach, plan, api):
    item = plan.current.items.filter(date=today() + timedelta(days=1)).first()
    coach_locks_meal(coach=coach, plan=plan, item_id=item.pk, locked=True, reason="Big day.")
    item.refresh_from_db()
    assert (item.locked, "Big day." in Notice.objects.get().body) == (True, False)
    assert "Big day." in browser_of(runner.user).get(reverse("settings_coaches")).content.decode()
    path = f"/v1/athletes/{runner.pk}/meal-plans/{plan.pk}/items/{item.pk}"
    assert api(runner.user).patch(path, {"locked": False}).status_code == 200
    item.refresh_from_db()
    assert item.locked is False


def test_a_coach_swaps_a_dish_through_the_same_check(runner, coach, plan):
    item = plan.current.items.get(date=today() + timedelta(days=1), slot="lunch")
    offer = find_alternatives(plan=plan, place=(item.date, item.slot, item.index))[0]
    coach_swaps_meal(coach=coach, plan=plan, item_id=item.pk, recipe_id=offer["recipe_id"], reason="Lighter.")
    plan.refresh_from_db()
    assert (plan.revision, plan.current.certificate["ok"]) == (2, True)
    assert plan.current.items.get(date=item.date, slot="lunch").recipe_id == offer["recipe_id"]
    assert AuditEntry.objects.get(verb="coach.meal_swapped").actor_id == coach.pk
    with pytest.raises(NotFound):
        coach_swaps_meal(
            coach=factories.make_coach("dan@example.com"),
            plan=plan,
            item_id=item.pk,
            recipe_id=offer["recipe_id"],
            reason="",
        )


def test_an_ended_consent_closes_the_desk_at_once(runner, coach):
    browser = browser_of(coach)
    browser.post(desk(runner), {"form": "note", "kind": "message", "text": "Well done"})
    note = CoachNote.objects.get()
    assert browser.get(desk(runner)).status_code == 200
    CoachLink.objects.update(status="ended")
    statuses = [
        browser.get(desk(runner)).status_code,
        browser.post(desk(runner), {"form": "note", "kind": "message", "text": "More"}).status_code,
        browser.post(reverse("admin:coach_note_delete", args=[note.pk])).status_code,
    ]
    assert (statuses, CoachNote.objects.count()) == ([404, 404, 404], 1)
    assert browser.post(reverse("admin:coach_bound"), bound_form(runner)).status_code == 422
    assert b"Rena" not in browser.get(reverse("admin:squad_week")).content
