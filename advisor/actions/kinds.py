"""What applying one kind of proposal is: its arguments, how it is applied, and how it says that the state has moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from advisor.languages import language_of
from advisor.models import ProposedAction
from advisor.proposals.told import Refusal, Told, in_words, refuse, tell
from athletes.models import User
from nutrition_site.kernel.errors import DomainError
from planning.models import MealPlan

Result = dict[str, Any]


class Moved(Exception):
    """What the proposal rests on has changed. With a `diff` it may be confirmed anew, without one it is over.

    `told` is for the athlete; `base_version` and `arguments` are those of the new offer, whose diff brings its title.
    """

    def __init__(
        self,
        told: Told = "",
        *,
        diff: dict[str, Any] | None = None,
        base_version: str = "",
        arguments: Mapping[str, Any] | None = None,
    ) -> None:
        self.told = told
        self.diff = diff
        self.base_version = base_version
        self.arguments = None if arguments is None else dict(arguments)
        super().__init__(tell(told))

    @classmethod
    def because(cls, refusal: DomainError) -> Moved:
        """It is over, for what a rule refuses now."""
        return cls(getattr(refusal, "told", refusal.message))


def say(action: ProposedAction, template: str, **places: Told | date) -> str:
    """A sentence in the language of the conversation that the proposal belongs to."""
    return tell(in_words(template, **places), language_of(action.message.language))


def not_verified(template: str) -> Refusal:
    """The refusal of a change that is not there when it is read back."""
    return refuse(template, code="action_not_verified")


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
        raise Moved(in_words("The plan is not there any more."))
    return plan
