"""What a proposal shows: title, before and after, until when, and why it cannot be done, in its talk's language."""

from __future__ import annotations

import ast
import json
from datetime import timedelta
from pathlib import Path

import pytest

import advisor
from advisor import proposing
from advisor.actions import confirm_action
from advisor.documents import action_document
from advisor.languages import language_of
from advisor.languages.serbian import SENTENCES
from advisor.models import ProposedAction
from advisor.proposals.base import row, title_of, titled
from advisor.proposals.preferences import LISTS
from advisor.proposals.replans import LIMITS, why_infeasible
from advisor.proposals.told import (
    amount_of,
    in_words,
    list_of,
    minutes_of,
    quantity_of,
    reason_of,
    refuse,
    slot_of,
    tell,
)
from athletes.models import Athlete
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, DomainError
from planning.services.plans import set_item_status
from planning.services.solving import PlanInfeasible
from planning.services.swaps import find_alternatives
from tests.advisor.proposals import CASES, MAIN_SLOTS, plan_of, store

ROOT = Path(advisor.__file__).parent
SERBIAN = language_of("sr")
BUILDERS = frozenset({"in_words", "refuse", "say", "not_verified", "_refused"})


def templates_of_proposals():
    """Every template that proposals and their results are told by: written out, or a constant of its module."""
    found = {*LIMITS.values(), *(words for _, words in LISTS.values())}
    for path in sorted([*(ROOT / "proposals").glob("*.py"), *(ROOT / "actions").glob("*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name not in BUILDERS:
                continue
            for value in node.args[:2]:
                for one in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        found.add(one.value)
                    elif isinstance(one, ast.Name) and isinstance(named.get(one.id), str):
                        found.add(named[one.id])
    codes = {"action_in_progress", "action_declined", "action_expired"}
    return {template for template in found if template and template not in codes}


# --- words in any language ---
def test_every_template_of_a_proposal_has_serbian_words():
    assert sorted(templates_of_proposals() - set(SENTENCES)) == []


def test_many_templates_are_found_at_all():
    assert len(templates_of_proposals()) > 100


@pytest.mark.parametrize(
    ("told", "english", "serbian"),
    [
        ("Shakshuka", "Shakshuka", "Shakshuka"),
        (slot_of("dinner"), "dinner", SERBIAN.slot("dinner")),
        (amount_of(1250.0, "ml"), "1,250 ml", "1.250 ml"),
        (minutes_of(150.0), "2 h 30 min", "2 h 30 min"),
        (quantity_of("24 eggs"), "24 eggs", "24 kom"),
        (list_of([]), "–", "–"),
        (list_of(["olives", "beetroot"]), "olives, beetroot", "olives, beetroot"),
        (in_words("All") | {"template": "all day"}, "all day", SENTENCES["all day"]),
    ],
)
def test_what_is_told_is_told_in_both_languages(told, english, serbian):
    assert (tell(told), tell(told, SERBIAN)) == (english, serbian)


def test_a_day_in_a_proposal_always_names_its_year():
    from datetime import date

    told = in_words("{day}, {time}", day=date(2026, 3, 28), time="09:00")
    assert (tell(told), "2026" in tell(told, SERBIAN)) == ("Saturday 28 March 2026, 09:00", True)


def test_what_is_stored_of_a_proposal_is_plain_json():
    diff = titled(in_words("Time"), {"rows": [row(in_words("Time"), "", amount_of(5.0, "g"))]})
    assert json.loads(json.dumps(diff)) == diff


def test_a_refusal_says_the_same_in_both_languages():
    refusal = refuse("This meal was eaten already.", code="meal_eaten")
    assert (refusal.message, reason_of(refusal, SERBIAN)) == (
        "This meal was eaten already.",
        SENTENCES["This meal was eaten already."],
    )


def test_a_refusal_that_has_no_words_in_a_language_says_nothing_english():
    assert reason_of(Conflict("Only English."), SERBIAN) == ""


def test_a_collision_without_reasons_is_still_told():
    assert tell(why_infeasible(PlanInfeasible())) == "It cannot be planned that way: no plan keeps all limits."


# --- cards ---
@pytest.fixture
def athlete(mina):
    return mina


def in_serbian(action):
    """The same proposal in a talk that is in Serbian."""
    action.message.language = "sr"
    action.message.save(update_fields=["language"])
    return ProposedAction.objects.select_related("message").get(pk=action.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CASES)
def test_every_kind_has_title_lines_and_time_in_english(athlete, kind):
    document = action_document(store(athlete, CASES[kind].propose(athlete)))
    diff = document["diff"]
    sides = [line[name] for line in diff["rows"] for name in ("words", "before", "after")]
    assert (bool(document["sentence"]), bool(sides), all(sides), diff["note"][:22]) == (
        True,
        True,
        True,
        "You can confirm it unt",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CASES)
def test_every_kind_is_told_in_serbian_in_a_serbian_talk(athlete, kind):
    action = store(athlete, CASES[kind].propose(athlete))
    english = action_document(action)
    serbian = action_document(in_serbian(action))
    assert serbian["sentence"] != english["sentence"]
    assert "You can confirm" not in serbian["diff"]["note"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CASES)
def test_what_was_done_is_told_in_serbian_in_a_serbian_talk(athlete, kind):
    action = in_serbian(store(athlete, CASES[kind].propose(athlete)))
    told = confirm_action(action=action, by=athlete.user).result["words"]
    english = {"your", "is", "are", "plans", "follow", "the", "now", "again", "calendar", "checked"}
    assert english & set(told.casefold().replace(",", " ").replace(".", " ").split()) == set()


@pytest.mark.django_db
def test_an_old_proposal_says_that_its_time_is_over(athlete):
    action = store(athlete, CASES["change_preference"].propose(athlete))
    action.expires_at = now() - timedelta(seconds=1)
    assert action_document(action)["diff"]["note"] == (
        "The time to confirm this is over. Ask again if you still want it."
    )


@pytest.mark.django_db
def test_a_proposal_that_cannot_be_done_any_more_says_why_on_its_card(athlete):
    action = store(athlete, CASES["change_preference"].propose(athlete))
    Athlete.objects.filter(pk=athlete.pk).update(dislikes=["olives"])
    with pytest.raises(Conflict):
        confirm_action(action=action, by=athlete.user)
    action.refresh_from_db()
    document = action_document(action)
    assert (document["status"], document["diff"]["note"]) == ("expired", "“olives” is in your profile already.")


@pytest.mark.django_db
def test_a_refusal_in_a_serbian_talk_is_serbian(athlete):
    action = in_serbian(store(athlete, CASES["change_preference"].propose(athlete)))
    Athlete.objects.filter(pk=athlete.pk).update(dislikes=["olives"])
    with pytest.raises(Conflict) as caught:
        confirm_action(action=action, by=athlete.user)
    assert caught.value.message == SENTENCES["“{word}” is in your profile already."].format(word="olives")


@pytest.mark.django_db
def test_a_stored_proposal_from_before_titles_is_still_shown(athlete):
    action = store(athlete, CASES["change_preference"].propose(athlete))
    action.diff = {"rows": [{"words": "Time", "before": "–", "after": "30 min"}]}
    document = action_document(action)
    assert (document["sentence"], document["diff"]["rows"][0]["after"]) == (action.sentence, "30 min")


# --- several swaps of one meal ---
@pytest.fixture
def siblings(athlete):
    """Two proposals for one meal, as an answer with several dishes stores them."""
    plan = plan_of(athlete)
    for item in (
        plan.current.items.select_related("recipe")
        .filter(slot__in=MAIN_SLOTS, date__gt=today(athlete.zones))
        .order_by("date", "slot")
    ):
        rows = find_alternatives(plan=plan, place=(item.date, item.slot, item.index))
        if len(rows) > 2:
            return [store(athlete, proposing.swap_proposal(plan, item, row)) for row in rows[:3]]
    raise AssertionError("no meal has three alternatives")


@pytest.mark.django_db
def test_the_other_swaps_of_a_meal_show_what_stands_there_now(athlete, siblings):
    done = confirm_action(action=siblings[0], by=athlete.user)
    notes = [
        action_document(ProposedAction.objects.get(pk=other.pk))["diff"]["note"].split(". ")[0]
        for other in siblings[1:]
    ]
    assert notes == [f"This meal is “{done.result['name']}” now"] * 2


@pytest.mark.django_db
def test_another_swap_of_the_meal_is_refused_with_what_it_would_change_now(athlete, siblings):
    done = confirm_action(action=siblings[0], by=athlete.user)
    with pytest.raises(DomainError) as caught:
        confirm_action(action=ProposedAction.objects.get(pk=siblings[1].pk), by=athlete.user)
    siblings[1].refresh_from_db()
    diff = action_document(siblings[1])["diff"]
    now_there = {"open": lambda: diff["before"]["name"], "expired": lambda: diff["note"]}[siblings[1].status]()
    assert (caught.value.code, done.result["name"] in now_there) == ("action_changed", True)


@pytest.mark.django_db
def test_a_swap_of_another_meal_says_nothing_of_this_one(athlete, siblings):
    other = siblings[2]
    ProposedAction.objects.filter(pk=other.pk).update(arguments={**other.arguments, "index": 7})
    confirm_action(action=siblings[0], by=athlete.user)
    other.refresh_from_db()
    assert "moved" not in other.diff


@pytest.mark.django_db
def test_a_swap_of_a_meal_that_was_eaten_says_so(athlete, siblings):
    plan = plan_of(athlete)
    place = {name: siblings[0].arguments[name] for name in ("date", "slot", "index")}
    item = plan.current.items.get(**place)
    confirm_action(action=siblings[1], by=athlete.user)
    item = plan_of(athlete).current.items.get(**place)
    set_item_status(plan=plan_of(athlete), item_id=item.pk, status="eaten", by=athlete.user)
    with pytest.raises(Conflict) as caught:
        confirm_action(action=ProposedAction.objects.get(pk=siblings[0].pk), by=athlete.user)
    assert caught.value.message == "This meal was eaten already."


def test_a_title_is_cut_to_what_can_be_stored():
    assert len(title_of(titled(in_words("all day") | {"template": "x" * 900}, {}))) == 500
