"""A coach sees an athlete who said yes, and nothing at all from the moment the athlete ends it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from script.support.pages import COACH_EMAIL, DEMO_PASSWORD, NEW_COACH_EMAIL
from tests.e2e.conftest import DESK
from tests.e2e.people import confirmation_link, sign_in


def agree(athlete, coach, name):
    """The athlete confirms the address, the coach invites, the athlete says yes."""
    athlete.make_profile(name=name)
    athlete.page.goto(confirmation_link(athlete.email))
    athlete.page.get_by_role("button", name="Yes, it is mine").click()
    expect(athlete.page.get_by_role("button", name="Yes, it is mine")).to_have_count(0)
    coach.send("/admin/athletes/coachlink/add/", email=athlete.email)
    athlete.page.goto("/settings/coaches")
    athlete.page.get_by_role("button", name="Say yes to this coach").click()
    expect(athlete.page.get_by_text("Sees your data")).to_be_visible()


def end_coaching(athlete):
    athlete.page.goto("/settings/coaches")
    athlete.page.get_by_role("link", name="End coaching").click()
    athlete.page.get_by_role("button", name="End coaching").click()
    expect(athlete.page.get_by_text("Nobody else sees your data.")).to_be_visible()


def change_meal(page, deed, words):
    """Fills in the form about the first meal of the athlete's page."""
    page.locator("summary", has_text="Comment on a meal, or keep it").click()
    form = page.locator("form").filter(has=page.locator("[name=form][value=meal]"))
    form.locator("[name=deed]").select_option(label=deed)
    form.locator("[name=text]").fill(words)
    form.get_by_role("button", name="Do it").click()
    expect(page.get_by_text("Done. The athlete is told.")).to_be_visible()


def test_a_coach_finds_who_needs_help_adjusts_the_plan_and_the_athlete_has_the_last_word(
    new_person, open_browser, scripts
):
    coach = sign_in(open_browser(viewport=DESK, java_script_enabled=scripts), NEW_COACH_EMAIL, DEMO_PASSWORD)
    racer, calm = new_person(plan_days=2), new_person(plan_days=7)
    racer.add_session(ahead=4, hour="09:00", minutes="225", title="Spring marathon", kind="race")
    agree(calm, coach, "Cara Calm")
    agree(racer, coach, "Rada Racer")

    desk = coach.page
    desk.goto("/admin/roster/")
    first = desk.locator(".triage > li").first
    expect(first.get_by_role("heading", name="Rada Racer")).to_be_visible()
    expect(first.locator(".why")).to_contain_text("Spring marathon")
    expect(first.locator(".reason")).not_to_be_empty()
    first.get_by_role("link", name="Open").click()

    old = desk.locator(".deskdays ul li").filter(has=desk.get_by_role("link", name=re.compile("^Swap"))).first
    desk.goto(old.get_by_role("link", name=re.compile("^Swap")).evaluate("link => link.href"))
    new = desk.locator("label.choice").filter(has=desk.locator("[name=recipe_id]")).first
    dish = new.inner_text().strip()
    new.click()
    desk.get_by_label("Why").fill("Easier on the stomach")
    desk.get_by_role("button", name="Swap", exact=True).click()
    expect(desk.get_by_text("Swapped. The athlete is told.")).to_be_visible()
    expect(desk.locator(".deskdays").get_by_text(dish).first).to_be_visible()
    change_meal(desk, "Keep it as it is", "You slept well after it")
    change_meal(desk, "Comment on it", "Salt it well on hot days")

    desk.get_by_role("link", name="Set a limit").click()
    desk.get_by_label("What", exact=True).select_option(label="Protein, grams a day")
    desk.get_by_label("At least").fill("105")
    desk.get_by_label("Why").fill("Muscles before the race")
    desk.get_by_label("Until").fill(racer.day(6))
    desk.get_by_role("button", name="Try it first").click()
    expect(desk.get_by_role("heading", name="What it would do")).to_be_visible()
    expect(desk.get_by_role("rowheader", name="Rada Racer")).to_be_visible()
    racer.page.goto("/settings/coaches")
    expect(racer.page.get_by_text("Muscles before the race")).to_have_count(0)
    desk.get_by_role("button", name="Set it").click()
    expect(desk.get_by_text("The limit is set. Your athletes are told.")).to_be_visible()

    racer.page.goto("/settings/coaches")
    expect(racer.page.get_by_text("Muscles before the race")).to_be_visible()
    expect(racer.page.get_by_text("Salt it well on hot days")).to_be_visible()
    racer.page.get_by_role("link", name=re.compile("^End this limit")).click()
    racer.page.get_by_role("button", name="End the limit").click()
    expect(racer.page.get_by_text("Muscles before the race")).to_have_count(0)
    desk.goto("/admin/roster/")
    desk.get_by_role("link", name="Rada Racer").first.click()
    athlete_page = desk.url
    expect(desk.get_by_text("None. Plans follow training and profile alone.")).to_be_visible()

    end_coaching(racer)
    end_coaching(calm)
    for address in (
        athlete_page,
        "/admin/roster/",
        "/admin/roster/week/",
        "/admin/roster/limit/",
        "/admin/roster/message/",
    ):
        desk.goto(address)
        assert "Rada Racer" not in desk.locator("body").inner_text(), address


def test_what_a_coach_sends_after_the_athlete_ended_coaching_reaches_nobody(new_person, open_browser, scripts):
    athlete = new_person()
    coach = sign_in(open_browser(viewport=DESK, java_script_enabled=scripts), NEW_COACH_EMAIL, DEMO_PASSWORD)
    agree(athlete, coach, "Ida Leaving")
    desk = coach.page
    desk.goto("/admin/roster/")
    desk.get_by_role("link", name="Ida Leaving").first.click()
    desk.get_by_label("Text").fill("See you on Sunday")
    end_coaching(athlete)
    with desk.expect_navigation() as sent:
        desk.get_by_role("button", name="Write", exact=True).click()
    assert sent.value.status == 404
    athlete.page.goto("/settings/coaches")
    expect(athlete.page.get_by_text("See you on Sunday")).to_have_count(0)


def test_a_deep_link_into_the_admin_comes_after_signing_in(open_browser, scripts):
    page = open_browser(viewport=DESK, java_script_enabled=scripts).new_page()
    page.goto("/admin/roster/week/?from=2026-05-04")
    page.get_by_label("Email").fill(COACH_EMAIL)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/admin/roster/week/\?from=2026-05-04$"))


def test_consent_opens_the_athlete_to_the_coach_and_its_end_closes_every_door(new_person, open_browser):
    athlete = new_person(plan_days=1)
    athlete.make_profile(name="Ida Consenting")
    athlete.page.goto(confirmation_link(athlete.email))
    athlete.page.get_by_role("button", name="Yes, it is mine").click()
    expect(athlete.page.get_by_role("button", name="Yes, it is mine")).to_have_count(0)

    coach = sign_in(open_browser(viewport=DESK), COACH_EMAIL, DEMO_PASSWORD).page
    coach.goto("/admin/athletes/coachlink/add/")
    coach.locator("input[name=email]").fill(athlete.email)
    coach.locator("input[name=email]").press("Enter")
    expect(coach).not_to_have_url(re.compile("/coachlink/add/"))
    coach.goto("/admin/athletes/athlete/")
    expect(coach.get_by_text("Ida Consenting")).to_have_count(0)

    athlete.page.goto("/settings/coaches")
    athlete.page.get_by_role("button", name="Say yes to this coach").click()
    expect(athlete.page.get_by_text("Sees your data")).to_be_visible()

    coach.goto("/admin/athletes/athlete/")
    coach.get_by_role("link", name="Ida Consenting").first.click()
    own_page = coach.url
    expect(coach.get_by_text("Ida Consenting").first).to_be_visible()
    coach.goto("/admin/planning/mealplan/?q=Ida+Consenting")
    plan_page = coach.locator("#result_list a[href*='/mealplan/mpl_']").first.get_attribute("href")

    athlete.page.goto("/settings/coaches")
    athlete.page.get_by_role("link", name="End coaching").click()
    athlete.page.get_by_role("button", name="End coaching").click()
    expect(athlete.page.get_by_text("Nobody else sees your data.")).to_be_visible()

    lists = ["/admin/athletes/athlete/?q=Ida", "/admin/planning/mealplan/?q=Ida", "/admin/"]
    for address in (own_page, plan_page, *lists):
        coach.goto(address)
        assert "Ida Consenting" not in coach.locator("body").inner_text(), address
