"""The sources under an answer are told in the reader's language; what is stored stays English."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from advisor.models import Conversation
from advisor.readings import foods, nutrients, plans, training, weeks, what_if
from advisor.source_words import Told, tell_citation, tell_label, tell_source
from advisor.tools import Toolbox
from nutrition_site.kernel.clock import today
from planning.models import Food, MealPlan, PlanItem, PlanRevision, Recipe
from tests.corpora import for_every
from tests.markup import Page
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db

# English, Serbian in Latin letters, Serbian in Cyrillic.
TOLD = (
    ("energy of dinner", "energija (večera)", "енергија (вечера)"),
    ("time of food during the session", "vreme (hrana tokom treninga)", "време (храна током тренинга)"),
    ("carbohydrate, low end before the session", "ugljeni hidrati, donja granica pre treninga", None),
    ("carbohydrate of food after the session", "ugljeni hidrati (hrana posle treninga)", None),
    ("reason for energy to eat", "razlog (energija koju treba uneti)", None),
    ("weight, for carbohydrate", "težina (ugljeni hidrati)", "тежина (угљени хидрати)"),
    ("more carbohydrate", "više: ugljeni hidrati", "више: угљени хидрати"),
    ("to buy of Potatoes", "za kupovinu: Krompir", "за куповину: Кромпир"),
    ("dinner (Shakshuka)", "večera (Shakshuka)", "вечера (Shakshuka)"),
    ("vitamin b12 a day in your plan", "vitamin B12 na dan u tvom planu", None),
    ("meal plan, dinner of 2026-03-28", "plan obroka: večera, 28. mart", "план оброка: вечера, 28. март"),
    ("alternatives for lunch of 2026-03-28", "zamene: ručak, 28. mart", None),
    ("Mifflin 1990 [V]", "Mifflin 1990 (provereno u izvoru)", "Mifflin 1990 (проверено у извору)"),
)


@for_every(("english", "latin", "cyrillic"), TOLD)
def test_a_label_or_a_source_is_told_in_serbian(english, latin, cyrillic):
    with override("sr-latn"):
        assert tell_source(english) == Told(latin)
    if cyrillic is not None:
        with override("sr"):
            assert tell_source(english) == Told(cyrillic)


def labels():
    tables = (
        *(training.TARGET_LABELS, training.RACE_FACTS, plans.NUTRIENTS, foods.NUTRIENTS, nutrients.NUTRIENTS),
        *(weeks.AMOUNTS, what_if.AMOUNTS),
    )
    return sorted({label for table in tables for label, _ in table.values()} | set(plans.SLOT_WORDS.values()))


def untold(facts):
    """The labels and sources of facts for which Serbian has no words; names of ingredients are names."""
    labels = {fact.label for fact in facts if fact.kind != "ingredient_grams"}
    sources = {fact.source for fact in facts}
    with override("sr-latn"):
        return sorted(
            [text for text in labels if tell_label(text).english]
            + [text for text in sources if tell_source(text).english]
        )


def test_every_label_of_the_tables_has_serbian_words():
    with override("sr-latn"):
        assert [text for text in labels() if tell_label(text).english] == []


def test_every_fact_about_training_food_and_targets_is_told_in_serbian(runner):
    tools, day = Toolbox(athlete=runner, by=runner.user), today(runner.zones)
    event, race = tools.events[0], next(event for event in tools.events if event.type == "race")
    tools.read_profile()
    tools.read_targets(day)
    tools.read_load(day)
    tools.read_availability(day)
    tools.read_fueling(event)
    tools.read_race_plan(race)
    tools.read_plan_state(day)
    tools.read_pantry()
    tools.what_if(what_if.SessionChange("length", event_id=event.pk, duration_minutes=30.0))
    food = Food.objects.filter(core=True).order_by("code").first()
    tools.read_food(food, grams=50.0)
    tools.check_food(food)
    tools.read_recipe(Recipe.objects.filter(active=True, owner=None).order_by("slug").first())
    facts = list(tools.collected())
    assert len(facts) > 200
    assert untold(facts) == []


def test_every_fact_about_a_planned_dish_is_told_in_serbian(athlete):
    day = today(athlete.zones)
    revision = PlanRevision(number=1, plan=MealPlan(athlete=athlete, week_start=day, days=1), days=[])
    recipe = Recipe.objects.filter(active=True, owner=None).order_by("slug").first()
    facts = []
    for slot in plans.SLOT_WORDS:
        item = PlanItem(revision=revision, date=day, slot=slot, index=0, time="19:00", recipe=recipe, quarters=4)
        item.nutrients = dict.fromkeys(plans.NUTRIENTS, 10.0)
        document = {"time": {"hands_on_minutes": 10, "cook_minutes": 20}, "ingredients": [], "method": ["Stir."]}
        facts += plans.item_bundle(item, document).facts.values()
    assert untold(facts) == []


def row(**values):
    return {"n": 1, "quote": "", "kind": "plan", "label": "servings", "value": 1.5, "unit": "servings",
            "source": "meal plan", "fact_id": "", "object_id": "", **values}  # fmt: skip


VALUES = (
    ({"value": 1.5, "unit": "servings"}, "1,5 porcije"),
    ({"value": 32.0, "unit": "years"}, "32 godine"),
    ({"value": 38.24, "unit": "kcal/kg FFM/d"}, "38,24\u00a0kcal po kg nemasne mase"),
    ({"kind": "shopping", "value": "2 onions", "unit": ""}, "2 komada"),
    ({"kind": "target", "value": "very high", "unit": ""}, "Veoma težak dan"),
    ({"kind": "profile", "value": "gluten-free, peanuts", "unit": ""}, "bez glutena, kikiriki"),
    ({"kind": "event", "value": "Long run", "unit": ""}, "Long run"),
    ({"kind": "trace", "value": "meal plan", "unit": ""}, ""),
)


@for_every(("values", "shown"), VALUES)
def test_a_value_is_told_with_its_unit(values, shown):
    with override("sr-latn"):
        told = tell_citation(row(**values))
    assert (told["source" if not shown else "shown"].text) == shown


@pytest.fixture
def talk(athlete):
    cited = [
        row(kind="target", label="energy to eat", value=2460.0, unit="kcal", source="targets of the day"),
        row(n=2, kind="dish", label="dinner", value="Shakshuka", unit="", source="meal plan of 2026-03-28"),
    ]
    talk = Conversation.objects.create(athlete=athlete, title="Večera")
    talk.messages.create(role="advisor", text="Za večeru je šakšuka.", language="sr", citations=cited)
    return talk


def read(athlete, talk, language):
    answer = sign_in(athlete.user).get(f"/advisor/{talk.pk}", headers={"accept-language": language})
    return answer.content.decode()


def test_the_page_tells_sources_in_its_language_and_keeps_what_is_stored(athlete, talk):
    before = talk.messages.get().citations
    text = Page(read(athlete, talk, "sr-latn")).text
    told = ("energija koju treba uneti", "ciljevi dana", "plan obroka, 28. mart", "energy to eat", "meal plan")
    assert [words for words in told if words in text] == list(told[:3])
    assert talk.messages.get().citations == before


def test_a_language_without_words_for_a_source_says_that_it_is_english(athlete, talk):
    assert '<span lang="en" dir="ltr">energy to eat</span>' in read(athlete, talk, "he")
