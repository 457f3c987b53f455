"""Serbian questions on a fresh athlete: the same kind of answer with the same slots as in English, told in Serbian."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

import pytest

from advisor.backends.builtin import BuiltinBackend
from advisor.backends.protocol import AdviceContext, Draft, PastMessage
from advisor.guardrails import check_reply
from advisor.intents import all_intents
from advisor.languages.serbian import LANGUAGE
from advisor.question import Question
from advisor.tools import Toolbox
from nutrition_site.kernel.clock import today
from nutrition_site.kernel.cyrillic import to_cyrillic
from tests.advisor import serbian_corpus, serbian_corpus_talk
from tests.advisor.serbian_corpus_talk import TYPOS

pytestmark = pytest.mark.django_db
QUESTIONS = (*serbian_corpus.QUESTIONS, *serbian_corpus_talk.QUESTIONS)
FOLLOW_UPS = (*serbian_corpus.FOLLOW_UPS, *serbian_corpus_talk.FOLLOW_UPS)
PHRASINGS = [
    (kind, text)
    for corpus in (serbian_corpus, serbian_corpus_talk)
    for kind, texts in corpus.PHRASINGS.items()
    for text in texts
]
# Words that no Serbian sentence holds; names of dishes and titles stand between quotation marks.
ENGLISH = re.compile(r"\b(?:the|your|you|and|with|this|that|for|of|is|are|from|below|it)\b", re.IGNORECASE)
NAMES_AFTER = "Za tu porciju|ti treba|[Ss]astojci su|Najpre|Najviše|Za kupovinu|počivaju na|je iz"


def ask(athlete, message, *, withheld=False, history=()):
    tools = Toolbox(athlete=athlete, by=athlete.user)
    context = AdviceContext(message=message, tools=tools, withheld=withheld, language="sr", history=tuple(history))
    return BuiltinBackend().reply(context)


def without_accents(text: str) -> str:
    """As a keyboard without Serbian letters writes it."""
    return text.translate(str.maketrans({"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "dj", "Š": "S", "Ž": "Z"}))


def slots_of(question: Question):
    meant = question.meant
    return {
        "days": [mention.day for mention in question.days],
        "range": None if question.range is None else (question.range.first, question.range.last),
        "slot": question.slot,
        "nutrients": question.nutrients,
        "moment": None if question.moment is None else question.moment.relation,
        "event": None if meant is None or meant.event is None else meant.event.title,
        "grams": question.grams,
    }


def without_names(reply: str) -> str:
    """The reply without quotations, ingredients and steps of recipes, which are the catalogue's."""
    bare = re.sub(r"“[^”]*”|„[^“”]*[“”]|(?m:^\d+\. .*$)", " ", reply)
    return re.sub(
        r"(?:Za tu porciju|ti treba|Sastojci su|sastojci su|Najpre|Najviše|Za kupovinu|počivaju na|je iz): .*",
        " ",
        bare,
    )


ANSWERS: dict[tuple[str, bool], Draft] = {}


@pytest.fixture
def answers(request):
    """The answer to every question by its text; asked once, for nothing of it changes between the tests."""
    if not ANSWERS:
        request.getfixturevalue("planned")
        runner = request.getfixturevalue("runner")
        ANSWERS.update({(text, False): ask(runner, text) for _, text, _ in QUESTIONS})
        first_of = {draft.kind: text for (text, _), draft in ANSWERS.items() if holds_energy_or_mass(draft)}
        ANSWERS.update({(text, True): ask(runner, text, withheld=True) for text in first_of.values()})
    return ANSWERS


def holds_energy_or_mass(draft: Draft) -> bool:
    return any(citation.fact.unit.startswith(("kcal", "kg", "g/kg")) for citation in draft.citations)


def findings_of(draft: Draft, *, withheld: bool = False):
    return check_reply(draft.reply, facts=draft.facts, days=draft.days, withheld=withheld, language="sr").findings


def test_every_serbian_question_reaches_the_kind_its_english_twin_asks_for(answers):
    kinds = [(text, kind, answers[text, False].kind) for kind, text, _ in QUESTIONS]
    assert [row for row in kinds if row[1] != row[2]] == []


def test_the_serbian_questions_and_follow_ups_cover_every_kind_of_answer():
    asked = {kind for kind, _, _ in QUESTIONS} | {kind for _, _, kind in FOLLOW_UPS}
    assert asked == {intent.name for intent in all_intents()}


def test_every_serbian_question_is_read_with_the_slots_of_its_english_twin(planned, runner):
    tools = Toolbox(athlete=runner, by=runner.user)
    wrong = []
    for _, serbian, english in QUESTIONS:
        mine, theirs = slots_of(Question(LANGUAGE.to_english(serbian), tools)), slots_of(Question(english, tools))
        if mine != theirs:
            wrong.append((serbian, {k: (mine[k], theirs[k]) for k in mine if mine[k] != theirs[k]}))
    assert wrong == []


def first_kinds(tools: Toolbox, asked: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """What was asked in another way, the kind meant, and the first kind that it fits, where the two differ."""
    read = [(kind, text, Question(LANGUAGE.to_english(text), tools)) for kind, text in asked]
    found = [(text, kind, next(one.name for one in all_intents() if one.fits(q))) for kind, text, q in read]
    return [row for row in found if row[1] != row[2]]


def test_every_other_phrasing_fits_the_kind_it_asks_for_before_any_other(runner):
    assert first_kinds(Toolbox(athlete=runner, by=runner.user), PHRASINGS) == []


def test_a_phrasing_without_accents_or_in_cyrillic_asks_for_the_same(runner):
    tools = Toolbox(athlete=runner, by=runner.user)
    others = [(kind, change(text)) for change in (without_accents, to_cyrillic) for kind, text in PHRASINGS]
    assert first_kinds(tools, others) == []


def test_a_question_with_a_mistyped_letter_asks_for_the_same(runner):
    assert first_kinds(Toolbox(athlete=runner, by=runner.user), TYPOS) == []


def test_every_kind_that_can_be_asked_for_is_asked_in_three_ways():
    counts = Counter([kind for kind, _, _ in QUESTIONS] + [kind for kind, _ in PHRASINGS])
    assert {kind: count for kind, count in counts.items() if count < 3} == {}


def test_every_number_of_a_serbian_answer_is_cited_and_no_deed_is_claimed(answers):
    found = {text: findings_of(answers[text, False]) for _, text, _ in QUESTIONS}
    assert {text: findings for text, findings in found.items() if findings} == {}


def test_every_citation_of_a_serbian_answer_is_written_in_it(answers):
    drafts = [answers[text, False] for _, text, _ in QUESTIONS]
    missing = [(draft.kind, c.quote) for draft in drafts for c in draft.citations if c.quote not in draft.reply]
    assert missing == []


def test_no_serbian_answer_holds_an_english_sentence(answers):
    words = {text: ENGLISH.findall(without_names(answers[text, False].reply)) for _, text, _ in QUESTIONS}
    assert {text: found for text, found in words.items() if found} == {}


def test_no_serbian_answer_shows_energy_or_weight_when_they_are_withheld(answers):
    found = {key[0]: findings_of(draft, withheld=True) for key, draft in answers.items() if key[1]}
    assert {text: findings for text, findings in found.items() if findings} == {}


def test_a_follow_up_in_serbian_takes_over_what_it_does_not_name(planned, runner):
    kinds = []
    for before, after, _ in FOLLOW_UPS:
        first = ask(runner, before)
        history = [PastMessage("athlete", before), PastMessage("advisor", first.reply, first.topic)]
        kinds.append((after, ask(runner, after, history=history).kind))
    assert kinds == [(after, kind) for _, after, kind in FOLLOW_UPS]


def test_the_night_before_is_told_in_serbian_with_run_dinner_and_grams(planned, runner):
    draft = ask(runner, "Šta da jedem veče pre dugog trčanja u subotu?")
    event = runner.training_events.get(title="Long run 90min Z2")
    dinner = planned.current.items.select_related("recipe").filter(slot="dinner", date__lt=event.local_date).last()
    grams = round(dinner.nutrients["carbs_g"])
    named = (
        "“Long run 90min Z2”",
        f"u subotu, {event.local_date.day}. ",
        "Veče pre toga",
        dinner.recipe.name,
        f"{grams} g ugljenih",
    )
    assert [words for words in named if words not in draft.reply] == []


def test_a_food_of_an_allergy_is_refused_in_serbian_with_the_allergen(planned, runner):
    assert "isključeno (sadrži alergen: kikiriki)" in ask(runner, "Smem li kikiriki puter?").reply


def test_a_shopping_list_is_told_in_serbian_with_the_sizes_of_its_packs(planned, runner):
    from planning.services.shopping import create_shopping_list

    first = today(runner.timezone)
    shopping_list, _ = create_shopping_list(athlete=runner, first=first, last=first + timedelta(days=3), by=runner.user)
    draft = ask(runner, "Pokaži mi spisak za kupovinu")
    count = shopping_list.items.count()
    assert f"ostalo je {count} od ukupno {count} namirnic" in draft.reply
    assert findings_of(draft) == ()


def test_a_food_is_proposed_for_the_list_by_its_serbian_name(planned, runner):
    from planning.services.shopping import create_shopping_list

    first = today(runner.timezone)
    create_shopping_list(athlete=runner, first=first, last=first + timedelta(days=3), by=runner.user)
    draft = ask(runner, "Dodaj 2 l mleka na spisak za kupovinu")
    assert [proposal.kind for proposal in draft.proposals] == ["add_to_list"]
