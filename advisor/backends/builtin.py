"""The advisor without a model: it recognizes the question and answers from tools, or says that it cannot."""

from __future__ import annotations

from collections.abc import Iterator

from advisor.backends.protocol import AdviceContext, Draft
from advisor.intents import Intent, all_intents
from advisor.intents.following import read_follow_up
from advisor.languages import language_of
from advisor.question import Question
from advisor.writing import Writer
from nutrition_site.kernel.errors import Conflict, InvalidInput


class BuiltinBackend:
    """No network, no model, no state."""

    name = "builtin"

    def reply(self, context: AdviceContext) -> Draft:
        """The answer of the first kind of question that fits. Raises DomainError as the tools do."""
        language = language_of(context.language)
        topic = next((past.topic for past in reversed(context.history) if past.role == "advisor"), {})
        question = Question(language.to_english(context.message), context.tools, topic=topic)
        for intent in _candidates(question):
            writer = Writer(context.tools, withheld=context.withheld, language=language)
            try:
                answered = intent.answer(question, writer)
            except InvalidInput:
                writer = Writer(context.tools, withheld=context.withheld, language=language)
                writer.say("That day is outside what I can plan. Ask me about a day nearer to today.")
                answered = True
            except Conflict as error:
                if error.code != "plan_solving":
                    raise
                writer = Writer(context.tools, withheld=context.withheld, language=language)
                writer.say("The plan for these days is still being worked out. Please ask again in a moment.")
                answered = True
            if answered:
                _note_topic(question, writer)
                return writer.draft(kind=intent.name, backend=self.name)
        raise LookupError("the last intent answers everything")


def _candidates(question: Question) -> Iterator[Intent]:
    """The kind a follow-up means, then every kind that fits, in the order in which they are tried."""
    kind = read_follow_up(question)
    yield from (intent for intent in all_intents() if kind and intent.name == kind)
    yield from (intent for intent in all_intents() if intent.fits(question))


def _note_topic(question: Question, writer: Writer) -> None:
    """What the question was about goes into the topic, where the answer has not said it better."""
    meant = question.meant
    named = {
        "day": question.day.isoformat() if question.names_day else "",
        "slot": question.slot,
        "nutrient": next(iter(question.nutrients), ""),
        "event_id": meant.event.pk if meant is not None and meant.event is not None else "",
        "relation": question.moment.relation if question.moment is not None else "",
    }
    writer.topic = {**named, **writer.topic}
