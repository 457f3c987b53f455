"""The built product with the demo in it, on a port and in a folder of its own, and a visitor who reads its pages."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

from script.support import roles
from script.support.console import fail, say
from script.support.e2e import server_environment
from script.support.environment import ROOT
from script.support.pages import DEMO_PASSWORD, Page
from script.support.services import free_port
from script.support.supervisor import end_child, end_with_parent
from script.support.web_bench import wait_for

SETTINGS = "script.support.audit.built_settings"
PREPARE_SECONDS = 300


@contextlib.contextmanager
def built_site(python: Path, folder: Path) -> Iterator[int]:
    """The port of the built product while this block lasts. A product that cannot be built ends the process."""
    port = free_port()
    environ = server_environment(os.environ, folder=folder / "data", port=port)
    # Asking for changed constants is a query of some requests and not of others: here it is one of none.
    environ |= {"DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": str(ROOT), "CONSTANTS_SECONDS": "0"}
    (folder / "data").mkdir()
    say("building the product and its demo …")
    for arguments in (["manage.py", "collectstatic", "--noinput"], ["-m", "script.support.prepare"]):
        done = subprocess.run(
            [str(python), *arguments],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PREPARE_SECONDS,
        )
        if done.returncode != 0:
            fail(f"{done.stdout}{done.stderr}athleat: {' '.join(arguments)} failed (see above).")
    argv, environ = roles.web(str(python), host="127.0.0.1", port=port, environ=environ)
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            argv, cwd=ROOT, env=environ, stdout=output, stderr=subprocess.STDOUT, preexec_fn=end_with_parent
        )
    try:
        wait_for(port, server)
        yield port
    finally:
        end_child(server)


@dataclass(frozen=True)
class Answer:
    """What came back: `size` is all bytes of it as they went over the line, head included; `body` is unpacked."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Visitor:
    """Reads pages as a browser asks for them: compressed, with its cookies, without keeping anything else."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, form: dict[str, str] | None = None) -> Answer:
        """One request and its answer; redirects are not followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "en"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"http://127.0.0.1:{self.port}{path}"
        try:
            connection.request("GET" if form is None else "POST", path, body=body, headers=headers)
            answer = connection.getresponse()
            sent = answer.read()
        finally:
            connection.close()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 17
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        found = {name.lower(): value for name, value in answer.getheaders()}
        whole = gzip.decompress(sent) if found.get("content-encoding") == "gzip" else sent
        return Answer(path, answer.status, found, whole, head + len(sent))

    def open(self, path: str) -> Answer:
        """The page at an address, after redirects."""
        answer = self.ask(path)
        for _ in range(5):
            if answer.status not in (301, 302, 303, 307, 308):
                break
            answer = self.ask(local_path(answer.headers["location"], path))
        return answer

    def sign_in(self, email: str) -> None:
        """Signs in through the form, with the password of the demo."""
        form = self.ask("/account/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.text)
        answer = self.ask(
            "/account/login/",
            {"login": email, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": token[1] if token else ""},
        )
        if answer.status not in (302, 303):
            fail(f"cannot sign in as {email}: {answer.status}")

    def find(self, page: Page) -> Answer | None:
        """A page of the list, by the links that lead to it; None where a link is missing."""
        answer = self.open(page.path)
        for selector in page.links:
            href = first_link(answer.text, selector)
            if href is None:
                return None
            answer = self.open(local_path(href, answer.url))
        return answer


def local_path(url: str, base: str) -> str:
    """An address as it stands in a page, as path and query."""
    parts = urlsplit(urljoin(base, url))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def first_link(html: str, selector: str) -> str | None:
    """The first address that fits `main a[href^='…']`, the one form of selector that pages are listed with."""
    match = re.fullmatch(r"main a\[href([\^$*])='([^']+)'\]", selector)
    if match is None:
        raise ValueError(f"a selector of another form: {selector}")
    fits = {"^": str.startswith, "$": str.endswith, "*": str.__contains__}[match[1]]
    return next((href for href in Links(html).found if fits(href, match[2])), None)


class Links(HTMLParser):
    """The addresses of the links within `<main>`, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._main = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._main += 1
        elif tag == "a" and self._main:
            self.found += [value for name, value in attrs if name == "href" and value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._main -= 1
