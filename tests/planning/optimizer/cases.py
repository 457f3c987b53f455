"""Small helpers shared by the planner's tests."""

from __future__ import annotations

from planning.checker import Certificate, CheckItem, CheckLock, Filters, WeekRules, check_plan
from planning.optimizer import Problem, Solved
from tests.planning.optimizer.generator import Athlete, Catalogue, check_days


def check_solved(catalogue: Catalogue, athlete: Athlete, solved: Solved, problem: Problem | None = None) -> Certificate:
    """The independent verdict on a solver's answer."""
    problem = problem or athlete.problem
    return check_plan(
        days=check_days(problem),
        items=check_items(solved),
        foods=catalogue.foods,
        recipes=catalogue.recipes,
        filters=Filters(allergies=athlete.allergies, excluded_tags=athlete.excluded_tags),
        rules=WeekRules(
            max_repeats_per_week=problem.rules.max_repeats_per_week,
            weekly_max=problem.rules.weekly_max,
            weekly_min=problem.rules.weekly_min,
            budget_milli=problem.budget_milli,
            waived=frozenset((waiver.kind, waiver.date) for waiver in solved.relaxed),
        ),
        locks=[
            CheckLock(kept.date, kept.slot, kept.index, kept.dish_key, kept.quarters / 4, kept.reason)
            for kept in problem.fixed
        ],
    )


def check_items(solved: Solved) -> list[CheckItem]:
    return [
        CheckItem(item.date, item.slot, item.index, item.dish_key, item.quarters / 4, item.leftover_of)
        for item in solved.items
    ]
