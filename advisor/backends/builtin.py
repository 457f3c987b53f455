"""The advisor without a model: it recognizes the question and answers from tools, or says that it cannot."""

from __future__ import annotations

from advisor.backends.protocol import AdviceContext, Draft
from advisor.intents import all_intents
from advisor.question import Question
from advisor.writing import Writer


class BuiltinBackend:
    """No network, no model, no state."""

    name = "builtin"

    def reply(self, context: AdviceContext) -> Draft:
        """The answer of the first kind of question that fits. Raises DomainError as the tools do."""
        question = Question(context.message, context.tools)
        for intent in all_intents():
            if not intent.fits(question):
                continue
            writer = Writer(context.tools, withheld=context.withheld)
            if intent.answer(question, writer):
                return writer.draft(kind=intent.name, backend=self.name)
        raise LookupError("the last intent answers everything")
