"""Every page of the product that a person can open, for pictures and for the checks in a browser. One list for both."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """A page by `name`: where it begins, the links to follow from there (selectors), and the status it answers with."""

    name: str
    path: str
    links: tuple[str, ...] = ()
    status: int = 200


LIST = "main a[href^='/shopping/shl_']"

SIGNED_OUT = [
    Page("landing", "/"),
    Page("sign-in", "/account/login/"),
    Page("sign-up", "/account/signup/"),
    Page("password-forgotten", "/account/password/reset/"),
    Page("offline", "/offline"),
    Page("not-found", "/no-such-page", status=404),
]
SIGNED_IN = [
    Page("today", "/today"),
    Page("week", "/week"),
    Page("week-checked", "/week", ("main a[href$='/checked']",)),
    Page("day", "/week", ("main a[href^='/day/']",)),
    Page("swap", "/today", ("main a[href$='/swap']",)),
    Page("move", "/week", ("main a[href$='/move']",)),
    Page("log", "/today", ("main a[href$='/log']",)),
    Page("shopping", "/shopping"),
    Page("shopping-list", "/shopping", (LIST,)),
    Page("shopping-item", "/shopping", (LIST, "main a[href*='/sli_']")),
    Page("shopping-share", "/shopping", (LIST, "main a[href$='/share']")),
    Page("shopping-print", "/shopping", (LIST, "main a[href$='/print']")),
    Page("shopping-delete", "/shopping", (LIST, "main a[href$='/delete']")),
    Page("aisles", "/shopping/aisles"),
    Page("pantry", "/pantry"),
    Page("advisor", "/advisor"),
    Page("conversation", "/advisor", ("main a[href^='/advisor/']",)),
    Page("recipes", "/recipes"),
    Page("recipe", "/recipes", ("main a[href^='/recipes/']",)),
    Page("cook", "/recipes", ("main a[href^='/recipes/']", "main a[href*='/cook']")),
    Page("recipe-print", "/recipes", ("main a[href^='/recipes/']", "main a[href*='/print']")),
    Page("own-recipes", "/own/recipes"),
    Page("own-recipe-add", "/own/recipes/add"),
    Page("recipe-import", "/own/recipes/import"),
    Page("own-foods", "/own/foods"),
    Page("own-food-add", "/own/foods/add"),
    Page("training", "/training"),
    Page("session-add", "/training/add"),
    Page("races", "/races"),
    Page("race", "/races", ("main a[href^='/races/evt_']",)),
    Page("race-strip", "/races", ("main a[href^='/races/evt_']", "main a[href$='/strip']")),
    Page("load", "/training/load"),
    Page("progress", "/progress"),
    Page("weight", "/progress/weight"),
    Page("done", "/training/done"),
    Page("upload", "/training/done/add"),
    Page("calendars", "/training/calendars"),
    Page("calendar-remove", "/training/calendars", ("main a[href$='/remove']",)),
    Page("feed", "/settings/feed"),
    Page("notices", "/notices"),
    Page("more", "/more"),
    Page("account", "/me"),
    Page("profile", "/settings/profile"),
    Page("profile-us", "/settings/profile?units=us"),
    Page("food", "/settings/food"),
    Page("rules", "/settings/rules"),
    Page("notifications", "/settings/notifications"),
    Page("coaches", "/settings/coaches"),
    Page("travel", "/settings/travel"),
    Page("advisor-settings", "/settings/advisor"),
    Page("advisor-sent", "/settings/advisor/sent"),
    Page("subscription", "/subscription"),
    Page("email", "/account/email/"),
    Page("password", "/account/password/change/"),
    Page("sign-out", "/account/logout/"),
    Page("delete-account", "/me/delete"),
    Page("start-profile", "/start/profile"),
    Page("start-food", "/start/food"),
    Page("start-calendar", "/start/calendar"),
    Page("start-plan", "/start/plan"),
]
FIRST_ROW = "#result_list a[href*='/change/']"
COACH_PAGES = [
    Page("admin", "/admin/"),
    Page("roster", "/admin/roster/"),
    Page("squad-week", "/admin/roster/week/"),
    Page("coached-athlete", "/admin/roster/", (".triage h3 a",)),
    Page("coach-swap", "/admin/roster/", (".triage li:has(.act a[href*='/mealplan/']) h3 a", "a[href*='/swap/']")),
    Page("limit", "/admin/roster/limit/"),
    Page("message", "/admin/roster/message/"),
    Page("invitation", "/admin/athletes/coachlink/add/"),
    Page("agreements", "/admin/athletes/coachlink/"),
    Page("squads", "/admin/athletes/squad/"),
    Page("squad", "/admin/athletes/squad/", (FIRST_ROW,)),
    Page("squad-add", "/admin/athletes/squad/add/"),
    Page("squad-history", "/admin/athletes/squad/", (FIRST_ROW, "a[href$='/history/']")),
    Page("squad-delete", "/admin/athletes/squad/", (FIRST_ROW, "a[href$='/delete/']")),
    Page("athletes", "/admin/athletes/athlete/"),
    Page("athlete", "/admin/athletes/athlete/", (FIRST_ROW,)),
    Page("sessions", "/admin/athletes/trainingevent/"),
    Page("session", "/admin/athletes/trainingevent/", (FIRST_ROW,)),
    Page("calendars-of-athletes", "/admin/athletes/calendarconnection/"),
    Page("plans", "/admin/planning/mealplan/"),
    Page("plan", "/admin/planning/mealplan/", (FIRST_ROW,)),
    Page("revision", "/admin/planning/planrevision/", (FIRST_ROW,)),
    Page("shopping-of-athlete", "/admin/planning/shoppinglist/", (FIRST_ROW,)),
]
STAFF_PAGES = [
    Page("catalogue", "/admin/planning/"),
    Page("constants", "/admin/constants/?q=carbs"),
    Page("constant", "/admin/constants/carbs.point/"),
    Page("foods", "/admin/planning/food/"),
    Page("catalogue-food", "/admin/planning/food/", (FIRST_ROW,)),
    Page("food-history", "/admin/planning/food/?q=Rolled+oats", (FIRST_ROW, "main a[href$='/history/']")),
    Page("dishes", "/admin/planning/recipe/"),
    Page("dish", "/admin/planning/recipe/", (FIRST_ROW,)),
    Page("changes", "/admin/planning/curationchange/"),
    Page("change-to-decide", "/admin/planning/curationchange/", (FIRST_ROW,)),
    Page("releases", "/admin/planning/cataloguerelease/"),
]
OPERATOR_PAGES = [
    Page("reviews", "/admin/advisor/review/"),
    Page("accounts", "/admin/athletes/user/"),
    Page("account-of-somebody", "/admin/athletes/user/", (FIRST_ROW,)),
    Page("tier", "/admin/billing/tier/", (FIRST_ROW,)),
    Page("groups", "/admin/auth/group/add/"),
    Page("audit-trail", "/admin/kernel/auditentry/"),
    Page("work", "/admin/kernel/workitem/"),
]
WIDTHS = (390, 1280)
HEIGHT = 844
THEMES = ("light", "dark")
BROWSER_ARGUMENTS = ("--no-sandbox", "--disable-quic", "--disable-background-networking")
DEMO_EMAIL, DEMO_PASSWORD = "maja@example.com", "demo-athleat-2026"
COACH_EMAIL = "coach@example.com"
# Who is there only for the stories in a browser (tests/e2e/seed.py); they have the password of the demo.
LONELY_COACH_EMAIL, CROWDED_COACH_EMAIL = "coach-alone@example.com", "coach-crowd@example.com"
NEW_COACH_EMAIL = "coach-new@example.com"
DIETITIAN_EMAIL, OPERATOR_EMAIL = "dietitian@example.com", "operator@example.com"
CROWD_SIZE = 200
