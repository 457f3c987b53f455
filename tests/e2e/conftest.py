"""One browser for the whole run, contexts of its own for every test, and people with a fresh account."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from script.support.pages import BROWSER_ARGUMENTS, HEIGHT
from tests.e2e.people import Person, sign_in, sign_up

PHONE = {"width": 390, "height": HEIGHT}
DESK = {"width": 1280, "height": 900}
# A busy machine is slow; what never comes is told by the assertion that waits for it.
PATIENCE_MS = 20_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def base_url() -> str:
    """Where the product runs: `script/e2e` starts it."""
    address = os.environ.get("E2E_BASE_URL")
    if not address:
        pytest.exit("these tests need a running product and a browser: script/e2e brings both", returncode=2)
    return address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"],
            args=list(BROWSER_ARGUMENTS),
            # Playwright leaves out the memory in which browsers keep the page one step back as it was.
            ignore_default_args=["--disable-back-forward-cache"],
            timeout=60_000,
        )
        yield chromium
        chromium.close()


def new_context(browser: Browser, base_url: str, **options: Any) -> BrowserContext:
    """A browser of its own, with nothing in it: a phone in daylight unless `options` say otherwise."""
    settings: dict[str, Any] = {"viewport": PHONE, "color_scheme": "light", "locale": "en-GB", **options}
    context = browser.new_context(base_url=base_url, **settings)
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture
def open_browser(browser: Browser, base_url: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers; in the end no page of theirs may have thrown an error or run into the content security policy."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(**options: Any) -> BrowserContext:
        context = new_context(browser, base_url, **options)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", note)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(params=[True, False], ids=["with_scripts", "without_scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """For jobs that have to work both ways."""
    return bool(request.param)


@pytest.fixture
def new_person(open_browser: Callable[..., BrowserContext]) -> Callable[..., Person]:
    """Somebody with a fresh account in a browser of their own: `new_person(profile=…, plan_days=…, **options)`."""

    def make(*, profile: bool = True, plan_days: int = 0, **options: Any) -> Person:
        person = sign_up(open_browser(**options))
        if profile:
            person.make_profile()
        if plan_days:
            person.make_plan(days=plan_days)
        return person

    return make


@pytest.fixture
def second_browser(open_browser: Callable[..., BrowserContext]) -> Callable[..., Person]:
    """A second browser of an account: `second_browser(person)`."""

    def make(person: Person, **options: Any) -> Person:
        return sign_in(open_browser(**options), person.email, person.password)

    return make
