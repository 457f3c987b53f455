"""A coach sees an athlete who said yes, and nothing at all from the moment the athlete ends it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from script.support.pages import COACH_EMAIL, DEMO_PASSWORD
from tests.e2e.conftest import DESK
from tests.e2e.people import confirmation_link, sign_in


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
