"""What applying one kind of proposal is: its arguments, how it is applied, and how it says that the state has moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from advisor.models import ProposedAction
from athletes.models import User
from planning.models import MealPlan

Result = dict[str, Any]


class Moved(Exception):
    """What the proposal rests on has changed. With a `diff` it may be confirmed anew, without one it is over.

    `words` tell the athlete; `base_version` and `arguments` are those of the new offer.
    """

    def __init__(
        self,
        words: str = "",
        *,
        diff: dict[str, Any] | None = None,
        base_version: str = "",
        sentence: str = "",
        arguments: Mapping[str, Any] | None = None,
    ) -> None:
        self.words = words
        self.diff = diff
        self.base_version = base_version
        self.sentence = sentence
        self.arguments = None if arguments is None else dict(arguments)
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of proposal. `apply` returns what was read back, with `words` for the athlete.

    It raises Moved, or any DomainError that leaves the proposal open. With `together`, applying and noting that it was
    applied are one transaction; without, `apply` recognizes what it did before.
    """

    apply: Callable[[ProposedAction, User], Result]
    arguments: frozenset[str]
    together: bool = True


def own_plan(action: ProposedAction, *, lock: bool = False) -> MealPlan:
    """The plan of a proposal, with its athlete. Raises Moved when it is gone."""
    plans = MealPlan.objects.select_related("athlete", "current")
    if lock:
        plans = plans.select_for_update(of=("self",))
    plan: MealPlan | None = plans.filter(pk=action.arguments["meal_plan_id"], athlete_id=action.athlete_id).first()
    if plan is None or plan.current is None:
        raise Moved("The plan is not there any more.")
    return plan
