"""The texts in other languages: what is extracted, what is compiled, and what the check finds wrong."""

from __future__ import annotations

import gettext

import pytest
from django.utils import translation
from django.utils.translation import ngettext

from script.support.catalogs import CYRILLIC, HEBREW, LATIN, Translation, merge, po_path
from script.support.cyrillic_catalog import in_cyrillic
from script.support.messages import Key, Message, find_messages
from script.support.translating import check, find_faults, write


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 pitanje dnevno"), (2, "2 pitanja dnevno"), (5, "5 pitanja dnevno"), (21, "21 pitanje dnevno")],
)
def test_a_number_has_its_form_of_the_word(count, words):
    with translation.override("sr-latn"):
        form = ngettext("%(count)s question a day", "%(count)s questions a day", count)
        assert form % {"count": count} == words


def test_a_meal_plan_has_three_forms():
    with translation.override("sr"):
        forms = [
            ngettext("%(count)s meal plan a week", "%(count)s meal plans a week", n) % {"count": n} for n in (1, 3, 11)
        ]
    assert forms == ["1 план оброка недељно", "3 плана оброка недељно", "11 планова оброка недељно"]


@pytest.mark.parametrize(
    ("latin", "source", "cyrillic"),
    [
        ("Njegova ljubav prema džemu", "", "Његова љубав према џему"),
        (
            "%(carbs)s g ugljenih hidrata na sat",
            "%(carbs)s g carbohydrate an hour",
            "%(carbs)s g угљених хидрата на сат",
        ),
        ('Piši na <a href="/me/x">adresu</a> &amp; čekaj', "", 'Пиши на <a href="/me/x">адресу</a> &amp; чекај'),
        ("AthlEAT čita FIT i TCX iz TrainingPeaks", "", "AthlEAT чита FIT и TCX из TrainingPeaks"),
        ("Klikni na „Sačuvaj“", "Press “Save”", "Кликни на „Сачувај“"),
        ("Traži “Long run”", "Look for “Long run”", "Тражи “Long run”"),
        ("j. F", "j F", "j. F"),
        ("{count} od 100 %% kcal", "{count} of 100 %% kcal", "{count} од 100 %% kcal"),
        ("Injekcija i nadživeti", "", "Инјекција и надживети"),
        ("Navedi tačno jedno od food_id, barcode.", "", "Наведи тачно једно од food_id, barcode."),
        ("koristi km, mi ili min", "", "користи km, mi или min"),
        ("Javi mi", "", "Јави ми"),
        ("analiza krvi na 25(OH)D", "", "анализа крви на 25(OH)D"),
    ],
)
def test_cyrillic_is_made_of_latin_letters_and_leaves_what_is_no_serbian(latin, source, cyrillic):
    assert in_cyrillic(latin, source=source) == cyrillic


def faults_of(text, *forms, language=LATIN, plural="", doubtful=False):
    """What the check finds wrong with one translation, by the first words of its sentence."""
    key = Key(text)
    found = {key: Message(plural=plural, files={"planning/wording.py"})}
    faults = find_faults(found, {key: Translation(tuple(forms), doubtful)}, language)
    return [fault.partition(":")[0].partition(" in ")[0].partition(" of ")[0] for fault in faults]


@pytest.mark.parametrize(
    ("text", "form", "faults"),
    [
        ("%(grams)s g planned", "%(grams)s g u planu", []),
        ("%(grams)s g planned", "%(gram)s g u planu", ["other places for values"]),
        ("%(grams)s g planned", "g u planu", ["other places for values"]),
        ("About 10 %%", "Oko 10", ["other places for values"]),
        ("At most {max_value}.", "Najviše {max}.", ["other places for values"]),
        ("<b>%(n)s</b> of", "%(n)s od", ["other tags"]),
        ('<a href="%(url)s">Sign in</a>', '<a href="%(url)s" title="x">Prijava</a>', ["other tags"]),
        ("Today", "", ["not translated"]),
    ],
)
def test_a_broken_translation_is_found(text, form, faults):
    assert faults_of(text, form) == faults


def test_a_doubtful_translation_is_found():
    assert faults_of("Today", "Danas", doubtful=True) == ["marked as fuzzy"]


def test_only_a_form_for_exactly_one_number_may_leave_the_number_out():
    one, many = "%(count)s new", "%(count)s new ones"
    serbian = faults_of(one, "novo", "%(count)s nova", "%(count)s novih", plural=many)
    hebrew = faults_of(one, "חדש", "שניים", "%(count)s חדשים", "%(count)s חדשים", language=HEBREW, plural=many)
    assert (serbian, hebrew) == (["other places for values"], [])


def test_a_text_that_was_not_extracted_and_a_file_that_was_not_compiled_are_found(tmp_path):
    source = tmp_path / "planning" / "words.py"
    source.parent.mkdir()
    source.write_text('from django.utils.translation import gettext_lazy as lazy\nHELLO = lazy("Hello")\n')
    write(tmp_path, suffixes=(".po", ".mo"))
    path = po_path(tmp_path, LATIN)
    path.write_text(path.read_text().replace('msgid "Hello"\nmsgstr ""', 'msgid "Hello"\nmsgstr "Zdravo"'))
    not_compiled = check(tmp_path)
    write(tmp_path, suffixes=(".mo",))
    compiled = check(tmp_path)
    source.write_text(source.read_text() + 'BYE = lazy("Bye")\n')
    folders = {fault.partition(" is not")[0] for fault in not_compiled}
    assert folders == {"locale/sr_Latn/LC_MESSAGES/django.mo", "locale/sr/LC_MESSAGES/django.mo"}
    assert compiled == []
    assert any("sr_Latn/LC_MESSAGES/django.po" in fault for fault in check(tmp_path))
    assert (
        gettext.GNUTranslations(po_path(tmp_path, CYRILLIC).with_suffix(".mo").open("rb")).gettext("Hello") == "Здраво"
    )


def test_extracting_keeps_translations_and_drops_texts_that_are_gone():
    known = {Key("Old"): Translation(("Staro",)), Key("Today"): Translation(("Danas",))}
    merged = merge({Key("Today"): Message(), Key("New"): Message()}, known, LATIN)
    assert merged == {Key("Today"): Translation(("Danas",)), Key("New"): Translation(("",))}


def test_texts_are_found_in_templates_and_python_with_contexts_and_plurals(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.html").write_text(
        """{% load i18n %}<p>isn't {% translate "Save" context "button" %} {% include "x" with a=_("Kept") %}</p>
        {% blocktranslate trimmed count n=n %}
            {{ n }} dish {% plural %} {{ n }} dishes{% endblocktranslate %}"""
    )
    (tmp_path / "billing").mkdir()
    (tmp_path / "billing" / "b.py").write_text(
        "from django.utils.translation import pgettext as p, gettext_noop\n"
        "x = p('month', 'May'), gettext_noop('One ' 'text'), other('No text')\n"
    )
    found = {(key.text, key.context): message.plural for key, message in find_messages(tmp_path).items()}
    assert found == {
        ("Save", "button"): "",
        ("Kept", ""): "",
        ("%(n)s dish", ""): "%(n)s dishes",
        ("May", "month"): "",
        ("One text", ""): "",
    }
