"""A proposal in an answer, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable

from advisor.backends.protocol import Proposal
from advisor.facts import Fact
from advisor.proposals.replans import why_infeasible
from advisor.proposals.told import reason_of, tell
from advisor.writing import Writer
from nutrition_site.kernel.errors import DomainError
from planning.services.solving import PlanInfeasible

SOURCE = "the same rules as pages"


def propose(w: Writer, build: Callable[[], Proposal]) -> bool:
    """Adds the proposal that `build` makes, or says why there is none; whether there is one."""
    try:
        w.propose(build())
    except PlanInfeasible as refusal:
        _tell_reason(w, refusal.code, tell(why_infeasible(refusal), w.language))
        return False
    except DomainError as refusal:
        _tell_reason(w, refusal.code, reason_of(refusal, w.language))
        return False
    return True


def say_waits(w: Writer) -> None:
    """That a proposal is no deed yet."""
    w.say("Nothing is changed yet: confirm the proposal below.")


def _tell_reason(w: Writer, code: str, words: str) -> None:
    said = len(w.parts)
    if words:
        reason = Fact(f"refusal:{code}", "reason", "why it is not proposed", words, "", SOURCE)
        w.say("That cannot be changed now. {reason}", reason=w.text(reason))
    if len(w.parts) == said:
        w.say("That cannot be changed now; the page of it shows why.")
