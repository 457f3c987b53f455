"""The shared machinery of forms: one effect for a double submit, refusals beside the fields they name."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from nutrition_site.kernel.errors import Conflict, InvalidInput
from nutrition_site.kernel.ids import new_id
from nutrition_site.pages import KEY_FIELD, find_or_404, once, show_refusal
from nutrition_site.templatetags.athleat import (
    clock_time,
    duration,
    kcal10,
    lap_line,
    macro_bar,
    measure_bar,
    plain_number,
    when,
)
from tests.markup import Page

pytestmark = pytest.mark.django_db


class Sent:
    """A POST of somebody."""

    def __init__(self, user, **fields: str) -> None:
        self.method, self.path, self.user = "POST", "/somewhere", user
        self.POST = QueryDict(mutable=True)
        self.POST.update(fields)


class Shape(forms.Form):
    name = forms.CharField()
    budget = forms.CharField()
    refusal_fields = {"weekly_budget": "budget"}


def count(calls: list[int]):
    def produce() -> str:
        calls.append(1)
        return f"/made/{len(calls)}"

    return produce


def test_the_same_form_sent_twice_has_one_effect_and_leads_to_one_place(alice):
    calls: list[int] = []
    sent = {KEY_FIELD: new_id("frm"), "title": "Run"}
    first = once(Sent(alice, **sent), count(calls))
    second = once(Sent(alice, **sent), count(calls))
    assert (first, second, len(calls)) == ("/made/1", "/made/1", 1)


def test_the_same_form_changed_after_going_back_is_a_new_wish(alice):
    calls: list[int] = []
    key = new_id("frm")
    once(Sent(alice, **{KEY_FIELD: key, "title": "Run"}), count(calls))
    assert once(Sent(alice, **{KEY_FIELD: key, "title": "Swim"}), count(calls)) == "/made/2"


def test_a_fresh_token_in_the_same_form_changes_nothing(alice):
    calls: list[int] = []
    key = new_id("frm")
    once(Sent(alice, **{KEY_FIELD: key, "title": "Run", "csrfmiddlewaretoken": "a"}), count(calls))
    once(Sent(alice, **{KEY_FIELD: key, "title": "Run", "csrfmiddlewaretoken": "b"}), count(calls))
    assert len(calls) == 1


def test_two_people_never_share_a_key(alice, sam):
    calls: list[int] = []
    sent = {KEY_FIELD: new_id("frm"), "title": "Run"}
    once(Sent(alice, **sent), count(calls))
    once(Sent(sam, **sent), count(calls))
    assert len(calls) == 2


@pytest.mark.parametrize("key", ["", "frm_1", "x" * 5000, "\x00", "usr_01h00000000000000000000000"])
def test_a_key_that_is_no_key_protects_nothing_and_breaks_nothing(key, alice):
    calls: list[int] = []
    once(Sent(alice, **{KEY_FIELD: key}), count(calls))
    assert len(calls) == 1


def test_a_refused_form_may_be_sent_again(alice):
    sent = {KEY_FIELD: new_id("frm"), "title": "Run"}

    def refuse() -> str:
        raise Conflict("Not now.")

    with pytest.raises(Conflict):
        once(Sent(alice, **sent), refuse)
    assert once(Sent(alice, **sent), lambda: "/made") == "/made"


def test_somebody_without_an_account_may_send_a_form(db):
    assert once(Sent(AnonymousUser(), **{KEY_FIELD: new_id("frm")}), lambda: "/made") == "/made"


def test_a_refusal_stands_beside_the_field_it_names():
    form = Shape({"name": "a", "budget": "b"})
    show_refusal(form, InvalidInput.of("name", "Too odd."))
    assert form.errors == {"name": ["Too odd."]}


def test_a_refusal_is_told_by_the_forms_own_name_of_the_field():
    form = Shape({"name": "a", "budget": "b"})
    show_refusal(form, InvalidInput.of("weekly_budget", "Too much."))
    assert form.errors == {"budget": ["Too much."]}


def test_a_refusal_of_no_field_stands_above_the_form():
    form = Shape({"name": "a", "budget": "b"})
    show_refusal(form, Conflict("It has moved."))
    assert form.non_field_errors() == ["It has moved."]


def test_an_id_of_another_kind_asks_no_database(django_assert_num_queries):
    from django.http import Http404

    from athletes.models import TrainingEvent

    with django_assert_num_queries(0), pytest.raises(Http404):
        find_or_404(TrainingEvent.objects.all(), "cal_01h00000000000000000000000", "evt")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, ""), (45, "45\u00a0min"), (60, "1\u00a0h"), (154, "2\u00a0h\u00a034"), (65, "1\u00a0h\u00a005")],
)
def test_minutes_are_written_as_people_say_them(minutes, words):
    assert duration(minutes) == words


def test_energy_is_rounded_to_ten_and_grouped():
    assert (kcal10(2134.9), kcal10(None), kcal10(996)) == ("2,130", "", "1,000")


@pytest.mark.parametrize(("value", "text"), [(10.0, "10"), (21.0975, "21.1"), (100.0, "100"), (2.4, "2.4"), (None, "")])
def test_a_number_has_no_zeros_to_spare(value, text):
    assert plain_number(value) == text


def test_a_moment_is_told_in_the_athletes_zone(monkeypatch):
    import datetime as dt

    from django.utils import timezone

    now = dt.datetime(2026, 3, 27, 22, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert clock_time(now, "Europe/Belgrade") == "23:30"
    assert when(now, "Europe/Belgrade") == "today 23:30"
    assert when(now + dt.timedelta(hours=1), "Europe/Belgrade") == "tomorrow 00:30"
    assert when(now - dt.timedelta(days=1), "Europe/Belgrade") == "yesterday 23:30"
    assert when(now - dt.timedelta(days=3), "Europe/Belgrade") == "Tuesday 23:30"
    assert when(now - dt.timedelta(days=24), "Europe/Belgrade") == "3 March 23:30"


def test_the_energy_bar_has_the_macros_in_their_order_and_fills_up():
    bars = Page(str(macro_bar(112, 19, 16))).all("rect")
    assert [bar["class"] for bar in bars] == ["f-carb", "f-protein", "f-fat"]
    assert float(bars[-1]["x"].rstrip("%")) + float(bars[-1]["width"].rstrip("%")) == pytest.approx(99.4, abs=0.1)


def test_an_unknown_macro_draws_nothing():
    assert (str(macro_bar(None, None, None)), "f-fat" in str(macro_bar(10, 5, None))) == ("", False)


def test_a_measure_is_as_long_as_the_largest_amount_and_marks_the_target_on_it():
    drawn = Page(str(measure_bar(200.0, 250.0, 50.0, "carb")))
    bars = [(bar["class"], bar["width"]) for bar in drawn.all("rect")]
    assert bars == [("f-sunken", "100%"), ("f-carb-t", "100.0%"), ("f-carb", "20.0%")]
    assert [line["x1"] for line in drawn.all("line")] == ["80.0%"]


def test_a_measure_without_a_target_or_an_amount_draws_nothing():
    assert [measure_bar(None, 10.0, 5.0), measure_bar(100.0, None, None)] == ["", ""]


def test_a_lap_line_is_pale_as_far_as_planned_and_solid_as_far_as_eaten():
    bars = [(bar["class"], bar["width"]) for bar in Page(str(lap_line("fat", "25.0", "96.5"))).all("rect")]
    assert bars == [("f-sunken", "100%"), ("f-fat-t", "96.5%"), ("f-fat", "25.0%")]
