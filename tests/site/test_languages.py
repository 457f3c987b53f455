"""In which language an answer is, and that it is in that language as a whole."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from nutrition_site.kernel.clock import today
from nutrition_site.templatetags.athleat import date_in_words, duration, liters, when, whole
from planning.catalogue import names
from script.support.catalogs import LATIN, po_path, read_translations
from script.support.cyrillic_catalog import in_cyrillic
from tests.markup import VOID
from tests.planning import shopping_kit as kit
from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db
ROOT = settings.BASE_DIR
SERBIAN = ("sr-latn", "sr")


class Words(HTMLParser):
    """The texts of a page that people read: between tags, and the labels of what has no text."""

    def __init__(self, html):
        super().__init__()
        self.texts, self._mute, self._open = [], 0, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in VOID:
            # Code, options of names of places, and what says to be in English.
            mute = tag in ("script", "style", "code", "template", "option") or found.get("lang") == "en"
            self._open.append(mute)
            self._mute += mute
        for name in ("aria-label", "placeholder", "title", "alt"):
            if found.get(name) and not self._mute:
                self.texts.append(" ".join(found[name].split()))

    def handle_endtag(self, tag):
        if self._open and tag not in VOID:
            self._mute -= self._open.pop()

    def handle_data(self, data):
        if data.strip() and not self._mute:
            self.texts.append(" ".join(data.split()))


def told_in(client, path, **headers):
    """The language that a page says it is in, and its direction."""
    page = client.get(path, headers=headers).content.decode()
    return re.search(r'<html lang="([\w-]+)" dir="(\w+)"', page).groups()


@pytest.mark.parametrize(
    ("account", "cookie", "header", "language"),
    [
        ("sr-latn", "he", "sr", "sr-latn"),
        ("", "he", "sr", "he"),
        ("", "", "sr-Latn-RS,en;q=0.5", "sr-latn"),
        ("", "", "sr-RS", "sr"),
        ("", "", "tlh, he-IL;q=0.9, en;q=0.1", "he"),
        ("", "", "", "en"),
        ("tlh", "xx", "de-DE", "en"),
    ],
)
def test_the_account_decides_then_the_device_then_the_browser(alice, account, cookie, header, language):
    alice.language = account
    alice.save(update_fields=["language"])
    client = sign_in(alice)
    if cookie:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    assert told_in(client, "/notices", **({"accept-language": header} if header else {}))[0] == language


@pytest.mark.parametrize(
    "header",
    [
        "*;q=9",
        "a" * 10_000,
        "sr-" * 4_000,
        ",;,;=",
        "null",
        "en;q=NaN",
        "-",
        "\u0107irilica",
        "sr\x00",
        "sr-latn-" + "x" * 600,
    ],
)
def test_no_accept_language_does_harm(header):
    answer = Client().get("/account/login/", HTTP_ACCEPT_LANGUAGE=header)
    assert (answer.status_code, answer.headers["Content-Language"] in dict(settings.LANGUAGES)) == (200, True)


def test_a_page_says_its_language_and_what_decided_it():
    answer = Client().get("/account/login/", headers={"accept-language": "sr-Latn"})
    assert answer.headers["Content-Language"] == "sr-latn"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer.headers["Vary"].split(",")}


def test_nothing_of_a_request_s_language_stays_in_its_thread():
    Client().get("/account/login/", headers={"accept-language": "he"})
    assert translation.get_language() == "en"


def test_the_admin_is_in_english(alice):
    alice.is_staff, alice.language = True, "sr-latn"
    alice.save(update_fields=["is_staff", "language"])
    assert sign_in(alice).get("/admin/").headers["Content-Language"] == "en"


def test_hebrew_runs_from_right_to_left():
    assert told_in(Client(), "/account/login/", **{"accept-language": "he"}) == ("he", "rtl")


def test_the_manifest_is_in_the_language_of_its_address():
    body = Client().get("/manifest.webmanifest?lang=he", headers={"accept-language": "sr"}).json()
    assert (body["lang"], body["dir"], body["shortcuts"][0]["name"]) == ("he", "rtl", "היום")


def test_an_error_of_the_api_is_told_in_the_language_that_was_asked_for():
    answers = [
        Client().post(
            "/v1/auth/token", {"email": 1}, content_type="application/json", headers={"accept-language": language}
        )
        for language in ("en", "sr-Latn", "sr")
    ]
    errors = [answer.json()["error"] for answer in answers]
    assert [error["message"] for error in errors] == [
        "Some fields are not valid.",
        "Neka polja nisu ispravna.",
        "Нека поља нису исправна.",
    ]
    rows = [{row["field"]: row["message"] for row in error["details"]} for error in errors]
    assert [error["code"] for error in errors] == ["invalid"] * 3
    assert [sorted(row) for row in rows] == [sorted(rows[0])] * 3
    assert rows[1]["password"] == "Ovo polje je obavezno."


def test_numbers_days_and_lengths_are_written_as_serbians_write_them():
    with translation.override("sr-latn"):
        day = today("UTC").replace(month=3, day=7)
        assert (liters(2600), whole(2200), duration(154)) == ("2,6", "2.200", "2\u00a0h\u00a034")
        assert (date_in_words(day, "l, j F").partition(", ")[2], date_in_words(day, "Y-m-d")[4:]) == (
            "7. mart",
            "-03-07",
        )


def test_a_length_is_kept_together_where_text_runs_from_right_to_left():
    with translation.override("he"):
        assert duration(154) == "\u20662\u00a0h\u00a034\u2069"


def test_a_moment_is_told_in_words_of_the_language(freeze):
    moment = freeze
    with translation.override("sr-latn"):
        assert when(moment + timedelta(days=1)) == f"sutra {moment:%H:%M}"


def test_a_dish_of_the_catalogue_has_its_name_in_the_language_and_one_s_own_keeps_it(athlete):
    told = {}
    for language in ("en", *SERBIAN, "he"):
        with translation.override(language):
            told[language] = names.dish_name("Boiled potatoes with salt")
    assert told == {
        "en": "Boiled potatoes with salt",
        "sr-latn": "Kuvani krompir sa solju",
        "sr": "Кувани кромпир са сољу",
        "he": "Boiled potatoes with salt",
    }
    with translation.override("sr-latn"):
        own = kit.make_food("Almonds", owner=athlete)
        assert (names.food_name(own), names.food_name("Almonds")) == ("Almonds", "Bademi")


@pytest.fixture
def freeze(monkeypatch):
    """A moment in the middle of a day, for everything that asks what time it is."""
    from nutrition_site.kernel import clock
    from nutrition_site.templatetags import athleat

    moment = clock.now().replace(hour=12, minute=5)
    monkeypatch.setattr(athleat, "today", lambda zone: moment.date())
    return moment


@pytest.fixture
def kitchen(athlete):
    """An athlete with a plan of two meals and a list, of names that are no words of ours; and the pages to look at."""
    food = kit.make_food("zzrice", pack_sizes=[500])
    nutrients = dict.fromkeys(("energy_kcal", "protein_g", "carbs_g", "fat_g", "fiber_g", "sodium_mg"), 10.0)
    kit.make_plan(athlete, [(1, "lunch", kit.make_dish("zzbowl", {food: 200}, nutrients=nutrients), 6)])
    shopping_list = kit.make_list(athlete)
    day = today(athlete.zones)
    named = """today week shopping recipes training progress races more notices account_home settings_profile
    settings_food settings_travel settings_notifications settings_coaches subscription subscription_cancel advisor
    planning_rules
    own_foods own_food_add own_recipes shopping_pantry shopping_aisles calendars event_add sessions session_upload
    calendar_feed progress_weight load account_email account_change_password account_logout settings_advisor"""
    pages = [reverse(name) for name in named.split()]
    return [*pages, reverse("day", args=[day]), reverse("shopping_list", args=[shopping_list.pk])]


def words_of(text):
    return set(re.findall(r"[^\W\d_]{3,}", text))


def pages_of(athlete, paths, language):
    athlete.user.language = language
    athlete.user.save(update_fields=["language"])
    client = sign_in(athlete.user)
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        yield path, Words(answer.content.decode()).texts


@pytest.mark.parametrize("language", ["sr-latn", "he"])
def test_no_page_shows_an_english_text_that_has_a_translation(athlete, kitchen, language):
    folder = {"sr-latn": "sr_Latn", "he": "he"}[language]
    told = read_translations(ROOT / "locale" / folder / "LC_MESSAGES" / "django.po")
    english = {
        key.text
        for key, one in told.items()
        if one.is_written and one.forms[0] != key.text and not key.context and "%(" not in key.text
    }
    shown = [(path, text) for path, texts in pages_of(athlete, kitchen, language) for text in texts if text in english]
    assert shown == []


def test_no_page_in_cyrillic_has_serbian_words_in_latin_letters(athlete, kitchen):
    latin, english = set(), set()
    for key, one in read_translations(po_path(ROOT, LATIN)).items():
        english |= words_of(key.text)
        for form in one.forms:
            latin |= words_of(form) - words_of(in_cyrillic(form, source=key.text))
    latin -= english
    shown = [
        (path, text) for path, texts in pages_of(athlete, kitchen, "sr") for text in texts if latin & words_of(text)
    ]
    assert shown == []
