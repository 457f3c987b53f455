"""Who may call what: one row for every URL. A URL without a row fails the suite, so write the row with the URL.

- Everything under `/v1/athletes/{athlete_id}` is built from one rule (`UNDER_ATHLETE`); exceptions go to `EXCEPTIONS`.
- An object named in a path needs its id in `World.ids`.
- Other URLs are listed in `PUBLIC`, `ACCOUNT`, `OWNED`, `PAGES_PUBLIC`, `PAGES_ACCOUNT`, `PAGES_OWNED` or `STAFF`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

ACTORS = ("anonymous", "sam", "dan", "carol", "alice")
UNDER_ATHLETE = "v1/athletes/<str:athlete_id>"
# Statuses that say "you may", whatever the empty body of the probe was worth.
ALLOWED = frozenset({200, 201, 202, 204, 302, 400, 409, 415, 422, 429, 502})

# Open to everybody, no account asked for.
PUBLIC = {
    "v1/openapi.json",
    "v1/docs",
    "v1/accounts",
    "v1/auth/token",
    "v1/auth/token/refresh",
    "v1/auth/token/revoke",
    "v1/plans",
    "api/auth/login",
}
# Any account, about itself or about the catalogue.
ACCOUNT = {
    "v1/accounts/me",
    "v1/athletes",
    "v1/foods",
    "v1/foods/<str:food_id>",
    "v1/recipes",
    "v1/recipes/<str:recipe_id>",
    "v1/calculate/targets",
    "v1/calculate/race",
    "v1/quantities/parse",
    "v1/subscription",
    "v1/subscription/portal",
    "api/profile",
}
# One athlete's object whose path does not name the athlete: the same rule as under the athlete.
OWNED = {
    "v1/advisor/actions/<str:action_id>/confirm",
}
# Pages: open, for any account (others go to the sign-in page), and of one athlete (others get 404).
PAGES_PUBLIC: set[str] = {
    "",
    "shared/lists/<str:token>",
    "feeds/<str:token>.ics",
    "manifest.webmanifest",
    "service-worker.js",
    "offline",
    "mail/stop/<str:token>",
}
PAGES_ACCOUNT: set[str] = {
    "more",
    "start",
    "start/profile",
    "start/food",
    "start/calendar",
    "training",
    "training/add",
    "training/calendars",
    "training/load",
    "races",
    "progress",
    "progress/weight",
    "training/done",
    "training/done/add",
    "training/calendars/connect",
    "training/calendars/google",
    "training/calendars/google/return",
    "settings/profile",
    "settings/profile/care",
    "notices",
    "settings/food",
    "settings/travel",
    "settings/travel/remove",
    "settings/rules",
    "settings/feed",
    "settings/feed/revoke",
    "plans/offer",
    "recipes/<str:recipe_id>/opinion",
    "settings/coaches",
    "settings/notifications",
    "coaching/talks",
    "settings/advisor",
    "settings/advisor/sent",
    "me",
    "me/language",
    "me/export",
    "me/delete",
    "today",
    "week",
    "week/<str:day>",
    "day/<str:day>",
    "start/plan",
    "recipes",
    "recipes/<str:recipe_id>",
    "recipes/<str:recipe_id>/cook",
    "recipes/<str:recipe_id>/print",
    "own/foods",
    "own/foods/add",
    "own/recipes",
    "own/recipes/add",
    "own/recipes/import",
    "day/<str:day>/log",
    "day/<str:day>/log/add",
    "day/<str:day>/log/again",
    "shopping",
    "shopping/aisles",
    "pantry",
    "pantry/past",
    "offline/pages",
    "advisor",
    "subscription",
    "subscription/cancel",
    "subscription/end",
}
PAGES_OWNED: set[str] = {
    "own/foods/<str:food_id>/edit",
    "own/foods/<str:food_id>/delete",
    "own/recipes/<str:recipe_id>/edit",
    "own/recipes/<str:recipe_id>/delete",
    "races/<str:event_id>",
    "races/<str:event_id>/strip",
    "races/<str:event_id>/shopping",
    "training/<str:event_id>/edit",
    "training/<str:event_id>/correct",
    "training/<str:event_id>/delete",
    "training/calendars/<str:calendar_id>/choose",
    "training/calendars/<str:calendar_id>/reconnect",
    "training/calendars/<str:calendar_id>/sync",
    "training/done/<str:session_id>",
    "training/done/<str:session_id>/delete",
    "training/done/<str:session_id>/records/<str:record_id>/delete",
    "training/calendars/<str:calendar_id>/remove",
    "settings/coaches/limits/<str:bound_id>/end",
    "settings/coaches/<str:link_id>/consent",
    "settings/coaches/<str:link_id>/end",
    "day/<str:day>/<str:item_id>/mark",
    "day/<str:day>/log/<str:entry_id>/undo",
    "day/<str:day>/<str:item_id>/swap",
    "day/<str:day>/<str:item_id>/move",
    "plans/<str:plan_id>/undo",
    "plans/<str:plan_id>/again",
    "plans/<str:plan_id>/rest",
    "plans/<str:plan_id>/checked",
    "plans/<str:plan_id>/proposal",
    "plans/<str:plan_id>/proposal/accept",
    "plans/<str:plan_id>/proposal/decline",
    "plans/<str:plan_id>/coach-answer",
    "notices/<str:notice_id>/seen",
    "progress/weight/<str:measurement_id>",
    "progress/weight/<str:measurement_id>/delete",
    "shopping/<str:list_id>",
    "shopping/<str:list_id>/ticks",
    "shopping/<str:list_id>/changes",
    "shopping/<str:list_id>/renew",
    "shopping/<str:list_id>/delete",
    "shopping/<str:list_id>/add",
    "shopping/<str:list_id>/share",
    "shopping/<str:list_id>/share/<str:share_id>/revoke",
    "shopping/<str:list_id>/print",
    "shopping/<str:list_id>/file.<str:extension>",
    "shopping/<str:list_id>/<str:item_id>",
    "shopping/<str:list_id>/<str:item_id>/remove",
    "pantry/<str:pantry_id>",
    "pantry/<str:pantry_id>/remove",
    "advisor/<str:conversation_id>",
    "coaching/talks/<str:conversation_id>",
    "advisor/<str:conversation_id>/delete",
    "advisor/<str:conversation_id>/rename",
    "advisor/messages/<str:message_id>/feedback",
    "advisor/actions/<str:action_id>/confirm",
    "advisor/actions/<str:action_id>/decline",
}
# Pages for staff only; everybody else goes to a sign-in page.
STAFF = {"admin/"}
# URLs of libraries with access rules and tests of their own.
LIBRARIES = ("account/", "admin/")

# What differs from the rule under an athlete: (route, method, actor) → statuses.
EXCEPTIONS: dict[tuple[str, str, str], frozenset[int]] = {
    # Either side of a coaching link may end it.
    (f"{UNDER_ATHLETE}/coaches/<str:link_id>", "DELETE", "carol"): frozenset({204, 200, 403}),
    # What an athlete tells the advisor needs a consent of its own: for a coach it does not exist.
    (f"{UNDER_ATHLETE}/advisor/conversations", "GET", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/conversations/<str:conversation_id>", "GET", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/conversations/<str:conversation_id>", "DELETE", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/conversations/<str:conversation_id>", "PATCH", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/messages/<str:message_id>/feedback", "PUT", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/messages/<str:message_id>/feedback", "DELETE", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/consent", "GET", "carol"): frozenset({404}),
    (f"{UNDER_ATHLETE}/advisor/consent", "PATCH", "carol"): frozenset({404}),
    ("v1/advisor/actions/<str:action_id>/confirm", "POST", "carol"): frozenset({404}),
}
# Bodies with which the owner's call is meant to succeed; without one an empty object is sent.
BODIES: dict[tuple[str, str], dict[str, Any]] = {}
# Query strings that a read needs.
QUERIES: dict[str, str] = {"v1/foods": "?search=oat", f"{UNDER_ATHLETE}/meal-plans/<str:plan_id>/diff": "?against=1"}


@dataclass
class World:
    """Alice's things, one of each kind that a path can name. `ids`: parameter, or `segment/parameter`, to id."""

    athlete: Any
    ids: dict[str, str] = field(default_factory=dict)

    def fill(self, route: str) -> str:
        """The path of a route with this world's ids. KeyError names the parameter that has no id yet."""
        before = [""]

        def replace(match: re.Match[str]) -> str:
            segments = route[: match.start()].rstrip("/").split("/")
            before[0] = segments[-1] if segments else ""
            named = match["name"]
            # `items/<item_id>` means another thing under a plan than under a list: the longest key wins.
            for start in range(len(segments)):
                key = "/".join([*[s for s in segments[start:] if not s.startswith("<")], named])
                if key in self.ids:
                    return self.ids[key]
            return self.ids[named]

        return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", replace, route)


def make_world(alice: Any, carol: Any) -> World:
    """Alice's profile with a calendar, an event, a plan, a list, and a conversation that proposes something."""
    from allauth.account.models import EmailAddress

    from advisor.models import Conversation, Message, ProposedAction
    from athletes.models import (
        BodyMeasurement,
        CalendarConnection,
        CoachLink,
        CompletedSession,
        Notice,
        SessionRecord,
        TrainingEvent,
    )
    from planning.models import (
        CoachBound,
        CoachNote,
        DishOpinion,
        Food,
        LogEntry,
        MealPlan,
        PantryItem,
        PlanItem,
        PlanRevision,
        Recipe,
        RecipeIngredient,
        ShoppingItem,
        ShoppingList,
    )
    from planning.services.choice import read_catalogue
    from planning.services.feeds import feed_path, open_feed
    from planning.services.sharing import create_share, share_path

    athlete, day = alice.athlete, date(2026, 5, 4)
    EmailAddress.objects.create(user=alice, email=alice.email, primary=True, verified=True)
    calendar = CalendarConnection.objects.create(
        athlete=athlete, provider="ical", credentials={"url": "http://127.0.0.1:1/feed.ics"}
    )
    event = TrainingEvent.objects.create(
        athlete=athlete, title="Easy run", type="workout", sport="run", starts_at=timezone.now(), local_date=day
    )
    race = TrainingEvent.objects.create(
        athlete=athlete, title="City race", type="race", sport="run", starts_at=timezone.now(),
        local_date=day + timedelta(days=2), duration_minutes=100.0,
    )  # fmt: skip
    done = {"athlete": athlete, "sport": "run", "starts_at": event.starts_at, "duration_minutes": 40.0}
    session = CompletedSession.objects.create(event=event, local_date=day, **done)
    record = SessionRecord.objects.create(session=session, source="fit", external_id="0" * 64, **done)
    food = Food.objects.create(code="oats", name="Oats", core=True)
    nutrients = {
        "energy_kcal": 311.0,
        "protein_g": 13.5,
        "carbs_g": 53.0,
        "fat_g": 5.5,
        "fiber_g": 8.5,
        "sodium_mg": 5.0,
    }
    # Kept in memory for all tests of this process: read before a dish of one test is in it.
    read_catalogue()
    recipe = Recipe.objects.create(
        slug="porridge", family="porridge", name="Porridge", slots=["breakfast"], nutrients=nutrients
    )
    DishOpinion.objects.create(athlete=athlete, family="porridge", rating=5)
    plan = MealPlan.objects.create(athlete=athlete, week_start=day, days=1, status="verified", revision=1)
    revision = PlanRevision.objects.create(
        plan=plan,
        number=1,
        days=[],
        inputs_hash="sha256:0",
        training_version=1,
        profile_version=1,
        catalogue_version="0",
        training_data_as_of=timezone.now(),
    )
    MealPlan.objects.filter(pk=plan.pk).update(current=revision)
    dish = PlanItem.objects.create(
        revision=revision, date=day, slot="breakfast", time="07:00", recipe=recipe, quarters=4
    )
    shopping = ShoppingList.objects.create(
        athlete=athlete, first_day=day, last_day=day, generated_at=timezone.now(), plan_revisions={plan.pk: 1}
    )
    row = ShoppingItem.objects.create(shopping_list=shopping, food=food, name="Oats", category="Grains", grams=80)
    share = create_share(shopping_list=shopping, may_check=True, by=alice)
    feed = open_feed(athlete=athlete, scopes={}, by=alice)
    stock = PantryItem.objects.create(athlete=athlete, food=food, grams=500)
    own_food = Food.objects.create(code="own:oats", name="Alice's oats", owner=athlete)
    own_recipe = Recipe.objects.create(
        slug="own:bowl", family="own:bowl", kind="own", name="Alice's bowl", slots=["snack"], owner=athlete,
        nutrients=nutrients,
    )  # fmt: skip
    RecipeIngredient.objects.create(recipe=own_recipe, food=own_food, position=0, grams_per_serving=80)
    PlanItem.objects.create(revision=revision, date=day, slot="snack", time="10:00", recipe=own_recipe, quarters=4)
    weighed = BodyMeasurement.objects.create(athlete=athlete, measured_on=day, weight_kg=61.0)
    logged = LogEntry.objects.create(
        athlete=athlete, day=day, food=own_food, name="Alice's oats", grams=80, source="api"
    )
    notice = Notice.objects.create(athlete=athlete, kind="plan_changed", key=plan.pk, title="Your plan changed")
    bound = CoachBound.objects.create(
        athlete=athlete, coach=carol, kept_out="tuna", reason="Alice's stomach", first_day=day, last_day=day
    )
    note = CoachNote.objects.create(athlete=athlete, coach=carol, kind="message", text="Alice, well done")
    conversation = Conversation.objects.create(athlete=athlete, title="Oats?")
    message = Message.objects.create(conversation=conversation, role="advisor", text="Eat.")
    action = ProposedAction.objects.create(
        athlete=athlete, message=message, kind="swap_meal", expires_at=timezone.now() + timedelta(days=1)
    )
    return World(
        athlete,
        {
            "athlete_id": athlete.pk,
            "link_id": CoachLink.objects.get(coach=carol).pk,
            "calendar_id": calendar.pk,
            "event_id": event.pk,
            "races/event_id": race.pk,
            "session_id": session.pk,
            "record_id": record.pk,
            "food_id": food.pk,
            "recipe_id": recipe.pk,
            "athletes/foods/food_id": own_food.pk,
            "athletes/recipes/recipe_id": own_recipe.pk,
            "own/foods/food_id": own_food.pk,
            "own/recipes/recipe_id": own_recipe.pk,
            "plan_id": plan.pk,
            "entry_id": logged.pk,
            "measurement_id": weighed.pk,
            "notice_id": notice.pk,
            "bound_id": bound.pk,
            "note_id": note.pk,
            "list_id": shopping.pk,
            "meal-plans/items/item_id": dish.pk,
            "shopping-lists/items/item_id": row.pk,
            "shopping/item_id": row.pk,
            "shopping/remove/item_id": row.pk,
            "share_id": share.pk,
            "token": str(share_path(share)).rpartition("/")[2],
            "feeds/token": str(feed_path(feed)).rpartition("/")[2].removesuffix(".ics"),
            "extension": "txt",
            "pantry_id": stock.pk,
            "item_id": dish.pk,
            "day": day.isoformat(),
            "conversation_id": conversation.pk,
            "message_id": message.pk,
            "action_id": action.pk,
        },
    )


def expected(route: str, method: str, actor: str) -> frozenset[int]:
    """The statuses with which this actor may be answered."""
    exception = EXCEPTIONS.get((route, method, actor))
    if exception is not None:
        return exception
    if route in PUBLIC:
        # Wrong credentials are not a question of access.
        return ALLOWED | ({401} if "auth/" in route else set())
    if route.startswith(UNDER_ATHLETE) or route in OWNED:
        if actor == "anonymous":
            return frozenset({401})
        if actor in ("sam", "dan"):
            return frozenset({404})
        if actor == "carol" and method != "GET":
            return frozenset({403})
        return ALLOWED
    if route in ACCOUNT:
        return frozenset({401}) if actor == "anonymous" else ALLOWED
    raise KeyError(f"no access row for {method} /{route}")
