"""The advisor without a model: it recognizes the question and answers from tools, or says that it cannot."""

from __future__ import annotations

from advisor.backends.protocol import AdviceContext, Draft
from advisor.intents import all_intents
from advisor.question import Question
from advisor.writing import Writer
from nutrition_site.kernel.errors import Conflict, InvalidInput

OUT_OF_REACH = "That day is outside what I can plan. Ask me about a day nearer to today."
STILL_SOLVING = "The plan for these days is still being worked out. Please ask again in a moment."


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
            try:
                answered = intent.answer(question, writer)
            except InvalidInput:
                return Draft(reply=OUT_OF_REACH, backend=self.name, kind=intent.name)
            except Conflict as error:
                if error.code != "plan_solving":
                    raise
                return Draft(reply=STILL_SOLVING, backend=self.name, kind=intent.name)
            if answered:
                return writer.draft(kind=intent.name, backend=self.name)
        raise LookupError("the last intent answers everything")
