"""What goes to an outside model: whether anything does, and for a question exactly what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.utils.translation import gettext

from advisor.backends import choose_backend
from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext
from advisor.services import clean_message, is_withheld, screen
from advisor.suggestions import language_code
from advisor.tools import Toolbox
from athletes.models import Athlete, User


@runtime_checkable
class Previews(Protocol):
    """A backend that tells what it would send."""

    def preview(self, context: AdviceContext) -> dict[str, Any]:
        """The body of the first request for this question, as it would be sent; sends nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The first request for a question. `body` is None where nothing would be sent, and `reason` says why.

    `lookups` are the tools that the model may ask for: (name, what it does). Their results go with later requests.
    """

    body: dict[str, Any] | None
    reason: str = ""
    lookups: tuple[tuple[str, str], ...] = ()


def is_outside() -> bool:
    """Whether this installation has a model to which questions leave it."""
    return choose_backend().name != BuiltinBackend.name and settings.AI_CONSENT_REQUIRED


def preview_request(*, athlete: Athlete, by: User, question: str) -> Outgoing:
    """What a first question would send, made by the code that sends it. Sends and stores nothing.

    Raises InvalidInput for what is no question.
    """
    text = clean_message(question)
    backend = choose_backend()
    if not isinstance(backend, Previews):
        return Outgoing(None, gettext("No outside model is set up here, so nothing is sent."))
    if screen(athlete, text) is not None:
        return Outgoing(None, gettext("This is answered here, without a model, so nothing is sent."))
    context = AdviceContext(
        message=text,
        tools=Toolbox(athlete=athlete, by=by),
        withheld=is_withheld(athlete),
        language=language_code(athlete),
    )
    body = backend.preview(context)
    tools = tuple((tool["name"], tool["description"]) for tool in body.get("tools", ()))
    return Outgoing({name: value for name, value in body.items() if name != "tools"}, lookups=tools)
