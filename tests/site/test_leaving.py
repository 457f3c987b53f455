"""Whoever signs out or deletes the account leaves no page in the browser that going back would show."""

from __future__ import annotations

import pytest

from tests.planning.pages import sign_in

pytestmark = pytest.mark.django_db
FORGET = '"cache"'


def test_signing_out_has_the_browser_forget_its_pages(alice):
    browser = sign_in(alice)
    asked = browser.get("/account/logout/")
    left = browser.post("/account/logout/")
    told = [answer.headers.get("Clear-Site-Data") for answer in (asked, left)]
    assert (told, left.status_code, browser.get("/today").status_code) == ([None, FORGET], 302, 302)


def test_signing_out_of_the_admin_has_the_browser_forget_its_pages(carol):
    browser = sign_in(carol)
    left = browser.post("/admin/logout/")
    assert (left.status_code, left.headers.get("Clear-Site-Data")) == (200, FORGET)
    assert browser.get("/admin/roster/").status_code == 302


def test_deleting_the_account_has_the_browser_forget_its_pages(alice):
    alice.set_password("long-run-saturday")
    alice.save()
    browser = sign_in(alice)
    refused = browser.post("/me/delete", {"password": "wrong"})
    gone = browser.post("/me/delete", {"password": "long-run-saturday"})
    assert (refused.headers.get("Clear-Site-Data"), gone.headers.get("Clear-Site-Data")) == (None, FORGET)
