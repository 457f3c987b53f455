"""A list of hundreds of choices that is written without templates is the one that Django writes."""

from __future__ import annotations

import pytest
from django import forms
from django.test.html import parse_html

from athletes.forms.fields import LongSelect

CHOICES = [("UTC", "UTC"), ("Europe/Belgrade", "Europe/Belgrade"), ("<b>", "A & B")]


@pytest.mark.parametrize("value", ["Europe/Belgrade", "UTC", "<b>", "elsewhere", None])
def test_a_long_list_is_what_django_writes(value):
    attributes = {"data-guess-zone": "", "class": "wide"}
    given = {"id": "id_zone", "required": True, "aria-invalid": False}
    long = LongSelect(attrs=attributes, choices=CHOICES).render("zone", value, given)
    assert parse_html(long) == parse_html(forms.Select(attrs=attributes, choices=CHOICES).render("zone", value, given))
