"""Conversations: what is stored, what is counted, what is applied, and what is never logged."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from advisor import actions, services
from advisor.backends.protocol import BackendFailed, Draft
from advisor.models import Conversation, Message, ProposedAction
from advisor.retention import delete_for_good
from nutrition_site.kernel.clock import now, today
from nutrition_site.kernel.errors import Conflict, DomainError, Forbidden, InvalidInput, LimitReached, NotFound
from nutrition_site.kernel.quota import quota_standing

pytestmark = pytest.mark.django_db


class Scripted:
    """A backend that answers what a test says."""

    name = "scripted"

    def __init__(self, outcome):
        self.outcome = outcome

    def reply(self, context):
        if isinstance(self.outcome, Exception):
            raise self.outcome
        tools = context.tools
        tools.read_targets(tools.today)
        return Draft(self.outcome, self.name, facts=tuple(tools.collected()), days=frozenset(tools.days))


def ask(athlete, message, **fields):
    return services.ask_advisor(athlete=athlete, message=message, by=athlete.user, **fields)


def remaining(athlete):
    return quota_standing(user=athlete.user, name=services.QUOTA).remaining


def test_question_and_answer_are_kept_in_order(athlete):
    turn = ask(athlete, "  what can you do?  ")
    rows = [(row.role, row.text) for row in services.read_messages(conversation=turn.conversation)]
    assert rows == [("athlete", "what can you do?"), ("advisor", turn.message.text)]


def test_the_title_is_the_first_message(athlete):
    assert ask(athlete, "what  can\nyou do?").conversation.title == "what can you do?"


def test_a_title_keeps_no_marks_that_turn_or_hide_words():
    assert services.title_of("\u202ewhat \x07is\u2069 next\x1b") == "what is next"


def test_a_long_title_ends_at_a_word():
    assert services.title_of("word " * 40) == "word " * 15 + "word …"


def test_a_second_question_joins_the_conversation(athlete):
    first = ask(athlete, "hello")
    ask(athlete, "thanks", conversation_id=first.conversation.pk)
    assert first.conversation.messages.count() == 4


def test_somebody_elses_conversation_is_not_there(athlete, sam):
    foreign = ask(sam.athlete, "hello").conversation
    with pytest.raises(NotFound):
        ask(athlete, "hello", conversation_id=foreign.pk)


def test_a_coach_may_not_ask_for_the_athlete(athlete, carol):
    with pytest.raises(Forbidden):
        services.ask_advisor(athlete=athlete, message="hello", by=carol)


@pytest.mark.parametrize("message", ["", "   ", "\u200b\u200d\ufeff", "\u2800", "x" * 4001, None, 7])
def test_a_message_without_visible_text_or_too_long_is_refused(athlete, message):
    with pytest.raises(InvalidInput):
        ask(athlete, message)


def test_four_thousand_characters_are_accepted(athlete):
    assert ask(athlete, "a" * 4000).question.text == "a" * 4000


@pytest.mark.parametrize("message", ["שלום مرحبا", "🍌🍌🍌", "Шта да једем вечерас?", "a\u202eb", "%s %(x)s {0}"])
def test_any_script_is_answered(athlete, message):
    assert ask(athlete, message).message.text != ""


def test_an_answer_uses_one_of_the_days_messages(athlete):
    before = remaining(athlete)
    ask(athlete, "hello")
    assert before - remaining(athlete) == 1


def test_a_hand_over_uses_none(athlete):
    before = remaining(athlete)
    ask(athlete, "I binge and purge")
    assert before - remaining(athlete) == 0


def test_a_failed_answer_uses_none_and_keeps_the_question(athlete):
    before = remaining(athlete)
    with pytest.raises(DomainError):
        ask(athlete, "hello", backend=Scripted(DomainError("slow", code="ai_timeout", status=504)))
    kept = list(Message.objects.values_list("role", "text"))
    assert (before - remaining(athlete), kept) == (0, [("athlete", "hello")])


def test_a_hand_over_is_given_when_the_days_messages_are_used_up(athlete):
    for _ in range(remaining(athlete)):
        ask(athlete, "hello")
    with pytest.raises(LimitReached):
        ask(athlete, "hello")
    assert ask(athlete, "I want to kill myself").message.safety["flag"] == "self_harm"


def test_after_a_hand_over_the_conversation_shows_no_energy(athlete):
    first = ask(athlete, "I make myself sick after dinner")
    turn = ask(athlete, "what are my targets tomorrow", conversation_id=first.conversation.pk)
    assert ("kcal" in turn.message.text, "g of carbohydrate" in turn.message.text) == (False, True)


def test_after_a_hand_over_a_new_conversation_shows_no_energy_either(athlete):
    ask(athlete, "I make myself sick after dinner")
    turn = ask(athlete, "what are my targets tomorrow")
    assert "kcal" not in turn.message.text


def test_a_hand_over_about_eating_says_until_when_numbers_are_hidden(athlete):
    turn = ask(athlete, "I make myself sick after dinner")
    assert f"Until {athlete.care_until.day} {athlete.care_until:%B} I plan no deficit" in turn.message.text


def test_a_hand_over_about_the_chest_hides_no_numbers(athlete):
    ask(athlete, "I have pain in my chest when I run")
    assert athlete.care_until is None


def test_after_word_of_a_pregnancy_no_energy_is_shown(athlete):
    first = ask(athlete, "I'm pregnant")
    turn = ask(athlete, "what are my targets tomorrow", conversation_id=first.conversation.pk)
    assert "kcal" not in turn.message.text


@pytest.mark.parametrize("message", ["I'm pregnant", "trudna sam"])
def test_word_of_a_pregnancy_begins_weeks_of_care_and_says_where_to_enter_it(athlete, message):
    turn = ask(athlete, message)
    days = (athlete.care_until - today(athlete.zones)).days
    assert (days, "“Pregnant or breastfeeding?”" in turn.message.text) == (30, True)


def test_the_field_for_a_pregnancy_is_called_what_the_advisor_calls_it():
    from athletes.forms.profile import ProfileForm

    assert ProfileForm.base_fields["stage"].label == "Pregnant or breastfeeding?"


def test_a_pregnancy_the_profile_knows_needs_no_weeks_of_care(db):
    from tests import factories

    athlete = factories.make_athlete(email="known@example.com", pregnant=True)
    turn = ask(athlete, "I'm pregnant, what should I eat")
    assert (athlete.care_until, "“Pregnant or breastfeeding?”" in turn.message.text) == (None, False)


def test_a_month_after_a_hand_over_energy_is_shown_again(athlete):
    ask(athlete, "I make myself sick after dinner")
    athlete.care_until -= timedelta(days=31)
    turn = ask(athlete, "what are my targets tomorrow")
    assert "kcal" in turn.message.text


@pytest.mark.parametrize("fields", [{"birth_date": "2012-01-01"}, {"ed_flag": True}, {"pregnant": True}])
def test_who_must_not_see_energy_does_not(db, fields):
    from tests import factories

    athlete = factories.make_athlete(email="w@example.com", **fields)
    assert "kcal" not in ask(athlete, "what are my targets tomorrow").message.text


def test_an_outside_draft_with_an_invented_number_is_replaced(athlete):
    turn = ask(athlete, "what can you do", backend=Scripted("Eat exactly 987 g of lard."))
    assert (turn.message.backend, "987" in turn.message.text) == ("builtin", False)


def test_an_outside_draft_that_claims_a_deed_is_replaced(athlete):
    turn = ask(athlete, "what can you do", backend=Scripted("I have swapped your dinner."))
    assert turn.message.usage["checks"] == ["claimed_deed"]


def test_a_failed_backend_is_answered_by_the_built_in_one(athlete):
    turn = ask(athlete, "what can you do", backend=Scripted(BackendFailed("status_529")))
    assert (turn.message.backend, turn.message.usage["failure"]) == ("builtin", "status_529")


def test_an_outside_draft_with_true_numbers_is_cited(athlete):
    from planning.services.targets import calculate_targets

    day = today(athlete.timezone)
    carbs = calculate_targets(athlete=athlete, first=day, last=day)[0].payload["carbs_g"]
    turn = ask(athlete, "carbs?", backend=Scripted(f"You need {carbs:.0f} g of carbohydrate today."))
    assert (turn.message.backend, f"target:{day}:carbs_g" in {c["fact_id"] for c in turn.message.citations}) == (
        "scripted",
        True,
    )


def test_deleting_a_conversation_deletes_its_messages(athlete):
    turn = ask(athlete, "hello")
    delete_for_good(conversation=turn.conversation, by=athlete.user)
    assert (Conversation.objects.count(), Message.objects.count()) == (0, 0)


def test_no_word_of_a_conversation_is_logged(athlete, caplog):
    caplog.set_level(logging.DEBUG)
    ask(athlete, "zanzibar flavored thanks", backend=Scripted(BackendFailed("status_529")))
    ask(athlete, "what can you do", backend=Scripted("Eat 987 g of quetzalcoatl."))
    ours = [record for record in caplog.records if record.name.startswith("advisor")]
    text = " ".join(str(record.__dict__) for record in ours)
    assert (len(ours), "zanzibar" in text, "quetzalcoatl" in text) == (3, False, False)


# --- proposals ---
@pytest.fixture
def runner(mina):
    """Mina, whose plan stands for the whole module."""
    return mina


@pytest.fixture
def planned(runner):
    return runner.meal_plans.get()


@pytest.fixture
def proposal(planned, runner):
    """An open proposal to swap a main meal for another dish."""
    from planning.services.swaps import find_alternatives

    for item in planned.current.items.filter(slot__in=["breakfast", "lunch", "dinner"]).order_by("date", "slot"):
        if find_alternatives(plan=planned, place=(item.date, item.slot, item.index)):
            break
    turn = ask(runner, f"swap {item.slot} on {item.date.isoformat()}")
    return turn.actions[0]


def item_of(action):
    from planning.models import MealPlan

    plan = MealPlan.objects.get(pk=action.arguments["meal_plan_id"])
    return plan.current.items.get(
        date=action.arguments["date"], slot=action.arguments["slot"], index=action.arguments["index"]
    )


def test_a_proposal_changes_nothing_before_it_is_confirmed(proposal):
    assert item_of(proposal).recipe_id == proposal.diff["before"]["recipe_id"]


def test_a_confirmed_proposal_is_applied_and_read_back(proposal, runner):
    done = actions.confirm_action(action=proposal, by=runner.user)
    assert (done.status, done.result["recipe_id"], item_of(proposal).recipe_id) == (
        "applied",
        proposal.arguments["recipe_id"],
        proposal.arguments["recipe_id"],
    )


def test_confirming_again_applies_nothing_and_tells_the_same(proposal, runner):
    first = actions.confirm_action(action=proposal, by=runner.user)
    second = actions.confirm_action(action=proposal, by=runner.user)
    from planning.models import MealPlan

    revision = MealPlan.objects.get(pk=proposal.arguments["meal_plan_id"]).revision
    assert (second.result, revision) == (first.result, first.result["revision"])


def test_an_old_proposal_is_expired(proposal, runner):
    ProposedAction.objects.filter(pk=proposal.pk).update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(Conflict) as caught:
        actions.confirm_action(action=proposal, by=runner.user)
    assert caught.value.code == "action_expired"


def test_a_declined_proposal_stays_declined(proposal, runner):
    actions.decline_action(action=proposal, by=runner.user)
    with pytest.raises(Conflict) as caught:
        actions.confirm_action(action=proposal, by=runner.user)
    assert caught.value.code == "action_declined"


def test_a_plan_that_changed_meanwhile_gives_the_new_diff(proposal, runner):
    from planning.models import MealPlan
    from planning.services.swaps import find_alternatives, swap_meal

    plan = MealPlan.objects.get(pk=proposal.arguments["meal_plan_id"])
    place = (item_of(proposal).date, proposal.arguments["slot"], proposal.arguments["index"])
    rows = find_alternatives(plan=plan, place=place)
    other = next(row for row in rows if row["recipe_id"] != proposal.arguments["recipe_id"])
    swap_meal(plan=plan, place=place, recipe_id=other["recipe_id"], by=runner.user)
    with pytest.raises(Conflict) as caught:
        actions.confirm_action(action=proposal, by=runner.user)
    assert (caught.value.code, caught.value.extra["diff"]["before"]["recipe_id"]) == (
        "action_changed",
        other["recipe_id"],
    )


def test_confirming_after_the_new_diff_applies_it(proposal, runner):
    test_a_plan_that_changed_meanwhile_gives_the_new_diff(proposal, runner)
    proposal.refresh_from_db()
    assert actions.confirm_action(action=proposal, by=runner.user).status == "applied"


def test_a_deleted_plan_ends_the_proposal(proposal, runner):
    from planning.models import MealPlan
    from planning.services.plans import delete_meal_plan

    delete_meal_plan(plan=MealPlan.objects.get(pk=proposal.arguments["meal_plan_id"]), by=runner.user)
    with pytest.raises(Conflict):
        actions.confirm_action(action=proposal, by=runner.user)
    proposal.refresh_from_db()
    assert proposal.status == "expired"


def test_a_proposal_that_another_request_applies_is_busy(proposal, runner):
    ProposedAction.objects.filter(pk=proposal.pk).update(
        status="applying", applying_until=now() + timedelta(seconds=60)
    )
    with pytest.raises(Conflict) as caught:
        actions.confirm_action(action=proposal, by=runner.user)
    assert caught.value.code == "action_in_progress"


def test_a_request_that_died_while_applying_lets_the_next_one_apply(proposal, runner):
    ProposedAction.objects.filter(pk=proposal.pk).update(status="applying", applying_until=now() - timedelta(seconds=1))
    assert actions.confirm_action(action=proposal, by=runner.user).status == "applied"


def test_a_planned_dish_that_became_excluded_is_never_named_without_a_warning(runner):
    ask(runner, "What do I eat today?")
    runner.dietary_preferences = ["vegan"]
    runner.allergies = ["gluten", "milk", "eggs", "soy", "fish", "peanuts", "tree_nuts"]
    runner.save()
    reply = ask(runner, "What do I eat today?").message.text
    assert reply.startswith("Do not eat “")
    assert "excluded for you now" in reply


def test_buying_for_a_plan_that_became_excluded_is_warned_about(runner):
    ask(runner, "What do I eat this week?")
    runner.dietary_preferences = ["vegan"]
    runner.allergies = ["gluten", "milk", "eggs", "soy", "fish", "peanuts", "tree_nuts"]
    runner.save()
    assert ask(runner, "What do I still need to buy?").message.text.startswith("Do not shop by this list")
