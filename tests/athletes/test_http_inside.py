"""In production nobody is led inside: the guarded client against addresses, names and redirects made to mislead it.

The internet of these tests is a table of names; only its one public address leads to a server, on the loopback.
"""

from __future__ import annotations

import contextlib
import ipaddress
import itertools
import logging
import re
import socket
import threading
import traceback
from datetime import date

import httpcore
import pytest

from athletes.calendars import ical
from athletes.calendars.protocol import CalendarUnreachable, CalendarUnreadable, FetchContext
from nutrition_site.kernel.http import FetchError, FetchLimits, check_url, fetch, is_public, send
from tests.corpora import for_every

PUBLIC = "93.184.216.34"
QUICK = FetchLimits(connect_seconds=1, read_seconds=2, total_seconds=3, max_bytes=100_000)
SECRET = "tok-3141592653"
DAY = date(2026, 10, 1)


class Internet:
    """`names` leads from a name to its addresses, or to one list of them after another; `answers` from a path to a raw
    answer. `asked`, `reached` and `requests` hold what was looked up, connected to, and said.
    """

    def __init__(self) -> None:
        self.port = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """As if nothing had been looked up, connected to or said; only the public host has a name."""
        self.names: dict[str, list] = {"calendar.example": [PUBLIC]}
        self.answers: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.reached: list[tuple[str, int]] = []
        self.requests: list[bytes] = []

    def look_up(self, host, port, *args, **kwargs):
        if (host, port) == ("127.0.0.1", self.port):
            # The test's own way to its server.
            return [(2, 1, 6, "", (host, port))]
        self.asked.append(host)
        found = self.names.get(host)
        if not found:
            raise socket.gaierror(-2, "Name or service not known")
        addresses = found.pop(0) if isinstance(found[0], list) else found
        return [(10 if ":" in one else 2, 1, 6, "", (one, port)) for one in addresses]

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                connection.settimeout(2)
                said = b""
                while b"\r\n\r\n" not in said:
                    piece = connection.recv(65536)
                    if not piece:
                        break
                    said += piece
                if b"\r\n\r\n" not in said:
                    continue
                length = re.search(rb"content-length: (\d+)", said, re.IGNORECASE)
                wanted = said.index(b"\r\n\r\n") + 4 + (int(length.group(1)) if length else 0)
                while len(said) < wanted:
                    said += connection.recv(65536)
                self.requests.append(said)
                connection.sendall(self.answers.get(said.split()[1].decode(), ok()))


@pytest.fixture
def internet(monkeypatch):
    net = Internet()
    listening = socket.create_server(("127.0.0.1", 0))
    net.port = listening.getsockname()[1]
    threading.Thread(target=net.serve, args=[listening], daemon=True).start()
    real = httpcore.SyncBackend.connect_tcp

    def connect(self, host, port, **kwargs):
        net.reached.append((host, port))
        if host != PUBLIC:
            raise httpcore.ConnectError("the test reached for something inside")
        return real(self, "127.0.0.1", net.port, timeout=kwargs.get("timeout"))

    monkeypatch.setattr(socket, "getaddrinfo", net.look_up)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    yield net
    # Closing alone does not wake the thread that waits in accept.
    with contextlib.suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def ok(body=b"ok"):
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(body), body)


def redirect(location, status=302):
    head = f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    return head.encode("utf-8")


def refusal(url, **kwargs):
    with pytest.raises(FetchError) as caught:
        fetch(url, allow_private=False, limits=QUICK, **kwargs)
    return caught.value


INSIDE = {
    "loopback": "127.0.0.1",
    "all of the loopback": "127.255.255.254",
    "this host": "0.0.0.0",
    "this network": "0.1.2.3",
    "private 10": "10.0.0.1",
    "private 172": "172.16.5.4",
    "private 192": "192.168.1.1",
    "carrier": "100.64.0.1",
    "metadata of Alibaba": "100.100.100.200",
    "metadata": "169.254.169.254",
    "metadata of ECS": "169.254.170.2",
    "metadata of Azure": "168.63.129.16",
    "metadata of Oracle": "192.0.0.192",
    "protocols": "192.0.0.8",
    "documentation": "192.0.2.1",
    "benchmarks": "198.18.0.1",
    "relay of 6to4": "192.88.99.1",
    "multicast": "224.0.0.251",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "loopback 6": "::1",
    "unspecified 6": "::",
    "link-local 6": "fe80::1",
    "site-local 6": "fec0::1",
    "unique local 6": "fd00::1",
    "metadata of EC2 6": "fd00:ec2::254",
    "multicast 6": "ff02::1",
    "documentation 6": "2001:db8::1",
    "newer documentation 6": "3fff::1",
    "discard 6": "100::1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped loopback in hexadecimal": "::ffff:7f00:1",
    "mapped metadata": "::ffff:169.254.169.254",
    "compatible loopback": "::7f00:1",
    "translated loopback": "::ffff:0:7f00:1",
    "NAT64 loopback": "64:ff9b::7f00:1",
    "NAT64 of its own prefix": "64:ff9b:1::a00:1",
    "6to4 loopback": "2002:7f00:1::",
    "6to4 of a private host": "2002:a00:1::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "ORCHID": "2001:20::1",
    "segment routing": "5f00::1",
}


@for_every("address", INSIDE.values())
def test_an_address_inside_is_refused_as_it_stands(internet, address):
    internet.begin_anew()
    host = f"[{address}]" if ":" in address else address
    assert refusal(f"http://{host}/a").kind == "refused"
    assert (internet.asked, internet.reached) == ([], [])


@for_every("address", INSIDE.values())
def test_a_name_that_leads_inside_is_refused(internet, address):
    internet.begin_anew()
    internet.names["trap.example"] = [address]
    error = refusal("http://trap.example/a")
    assert (error.kind, error.message, internet.reached) == (
        "refused",
        "trap.example is not on the public internet.",
        [],
    )


@for_every("address", INSIDE.values())
def test_a_redirect_to_an_address_inside_is_refused(internet, address):
    internet.begin_anew()
    host = f"[{address}]" if ":" in address else address
    internet.answers["/a"] = redirect(f"http://{host}/latest/meta-data/")
    assert refusal("http://calendar.example/a").kind == "refused"
    assert internet.reached == [(PUBLIC, 80)]


@for_every("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8"])
def test_a_public_address_is_public(address):
    assert is_public(ipaddress.ip_address(address))


SPELLINGS = [
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.1./",
    "http://127.0.0.1.:80/",
    "http://127.0.0.01/",
    "http://0/",
    "http://00000000/",
    "http://4294967296/",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "http://0x/",
    "http://calendar.0x7f/",
    "http://%31%32%37.0.0.1/",
    "http://127.0.0.1%2e/",
    "http://127.0.0.1%00.example.com/",
    "http://%6c%6f%63%61%6c%68%6f%73%74/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://127。0。0。1/",
    "http://127．0．0．1/",
    "http://[::ffff:127.0.0.1]/",
    "http://[0:0:0:0:0:ffff:7f00:0001]/",
    "http://[::1%25lo]/",
    "http://[::1/",
    "http://::1/",
    "http://[127.0.0.1]/",
    "http://.example.com/",
    "http://a..example.com/",
    "http://-/",
    "http://*/",
    "http://$(hostname)/",
]


@for_every("url", SPELLINGS)
def test_an_address_in_disguise_is_refused_without_a_look_up(internet, url):
    internet.begin_anew()
    assert refusal(url).kind == "refused"
    assert (internet.asked, internet.reached) == ([], [])


@for_every("url", SPELLINGS)
def test_a_redirect_to_an_address_in_disguise_goes_nowhere(internet, url):
    internet.begin_anew()
    internet.answers["/a"] = redirect(url)
    assert refusal("http://calendar.example/a").kind in ("refused", "broken")
    assert internet.reached == [(PUBLIC, 80)]


TRICKS = [
    "http://calendar.example@127.0.0.1/",
    "http://calendar.example:80@127.0.0.1/",
    "http://calendar.example%2f@127.0.0.1/",
    "http://@127.0.0.1/",
    "http://@calendar.example/",
    "http://:@calendar.example/",
    "http://user:pass@calendar.example/",
    "http://a@b@calendar.example/",
    "http://127.0.0.1#@calendar.example/",
    "http://127.0.0.1?@calendar.example/",
    "http://127.0.0.1;@calendar.example/",
    "http://calendar.example\\@127.0.0.1/",
    "http://127.0.0.1\\@calendar.example/",
    "http:\\\\127.0.0.1/",
    "http:/127.0.0.1/",
    "http:127.0.0.1/",
    "http:///127.0.0.1/",
    "//127.0.0.1/",
    "http://calendar.example\t@127.0.0.1/",
    "http://calendar.example\r\n127.0.0.1/",
    "http://127.0.0.1 calendar.example/",
    "http://127.0.0.1\x00.calendar.example/",
]


@for_every("url", TRICKS)
def test_a_trick_with_the_parts_of_an_address_is_refused(internet, url):
    internet.begin_anew()
    assert refusal(url).kind == "refused"
    assert (internet.asked, internet.reached) == ([], [])


def test_what_stands_after_a_fragment_is_not_the_host(internet):
    internet.answers["/"] = ok()
    fetch("http://calendar.example/#@127.0.0.1/", allow_private=False, limits=QUICK)
    assert internet.asked == ["calendar.example"]


@for_every(
    "url",
    [
        "file:///etc/passwd",
        "gopher://calendar.example:70/_GET",
        "ftp://calendar.example/a",
        "data:text/calendar,BEGIN:VCALENDAR",
        "dict://calendar.example:11211/stat",
        "ldap://calendar.example/",
        "javascript:alert(1)",
        "ws://calendar.example/",
        "unix:///var/run/docker.sock",
        "jar:http://calendar.example!/",
        "",
    ],
)
@for_every("by", ["address", "redirect"])
def test_another_scheme_is_refused(internet, url, by):
    internet.begin_anew()
    if by == "redirect" and url:
        internet.answers["/a"] = redirect(url)
        url = "http://calendar.example/a"
    assert refusal(url).kind in ("refused", "broken")
    assert internet.reached in ([], [(PUBLIC, 80)])


@for_every("port", [0, 1, 21, 22, 25, 5432, 6379, 8000, 8080, 9200, 11211, 65535])
def test_another_port_is_refused(internet, port):
    internet.begin_anew()
    assert refusal(f"http://calendar.example:{port}/").kind == "refused"
    internet.answers["/a"] = redirect(f"http://calendar.example:{port}/")
    assert refusal("http://calendar.example/a").kind == "refused"
    assert internet.reached == [(PUBLIC, 80)]


def test_a_name_is_looked_up_once_and_the_connection_goes_to_what_was_checked(internet):
    internet.names["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    internet.answers["/a"] = ok(b"public")
    assert fetch("http://rebind.example/a", allow_private=False, limits=QUICK).body == b"public"
    assert (internet.asked, internet.reached) == (["rebind.example"], [(PUBLIC, 80)])


def test_a_name_that_leads_inside_only_after_a_redirect_is_refused(internet):
    internet.names["rebind.example"] = [[PUBLIC], ["169.254.169.254"]]
    internet.answers["/a"] = redirect("/b")
    assert refusal("http://rebind.example/a").kind == "refused"
    assert internet.reached == [(PUBLIC, 80)]


@for_every("addresses", list(itertools.permutations([PUBLIC, "10.0.0.1", "::1"])))
def test_a_name_with_one_address_inside_among_others_is_refused_in_any_order(internet, addresses):
    internet.begin_anew()
    internet.names["mixed.example"] = list(addresses)
    assert refusal("http://mixed.example/").kind == "refused"
    assert internet.reached == []


def test_a_scope_on_an_address_hides_nothing(internet):
    internet.names["scoped.example"] = ["fe80::1%eth0"]
    assert refusal("http://scoped.example/").kind == "refused"


def test_the_last_of_five_redirects_is_checked_like_the_first(internet):
    for step in range(4):
        internet.answers[f"/{step}"] = redirect(f"/{step + 1}")
    internet.answers["/4"] = redirect("http://[::1]/")
    assert refusal("http://calendar.example/0").kind == "refused"
    assert len(internet.requests) == 5


@for_every("status", [301, 302, 303, 307, 308])
@for_every("method", ["PROPFIND", "REPORT", "POST", "PUT"])
def test_another_origin_gets_neither_body_nor_secrets(internet, method, status):
    internet.begin_anew()
    internet.names["other.example"] = [PUBLIC]
    internet.answers["/a"] = redirect("http://other.example/b", status)
    internet.answers["/b"] = ok()
    headers = {
        "Authorization": f"Basic {SECRET}",
        "Cookie": SECRET,
        "X-Api-Key": SECRET,
        "Proxy-Authorization": SECRET,
        "Depth": "1",
    }
    send(
        method,
        "http://calendar.example/a",
        allow_private=False,
        headers=headers,
        content=f"refresh_token={SECRET}".encode(),
        limits=QUICK,
    )
    first, second = internet.requests
    assert first.count(SECRET.encode()) == 5
    assert SECRET.encode() not in second
    assert b"refresh_token" not in second
    assert b"depth: 1" in second.lower()


def test_the_same_origin_keeps_method_body_and_secrets(internet):
    internet.answers["/a"] = redirect("/b", 307)
    internet.answers["/b"] = ok()
    send(
        "REPORT",
        "http://calendar.example/a",
        allow_private=False,
        headers={"Authorization": SECRET},
        content=b"<query/>",
        limits=QUICK,
    )
    assert internet.requests[1].startswith(b"REPORT /b ")
    assert internet.requests[1].endswith(b"<query/>")
    assert SECRET.encode() in internet.requests[1]


def test_a_header_cannot_carry_a_second_one(internet):
    internet.answers["/a"] = ok()
    error = refusal("http://calendar.example/a", headers={"if-none-match": '"1"\r\nX-Injected: yes'})
    assert error.kind == "broken"
    assert not any(b"X-Injected" in one for one in internet.requests)


FAILURES = [
    f"http://127.0.0.1/{SECRET}",
    f"http://user:{SECRET}@calendar.example/",
    f"http://calendar.example:22/{SECRET}",
    f"ftp://calendar.example/{SECRET}",
    f"http://exa mple.com/{SECRET}",
    f"http://inside.example/{SECRET}?{SECRET}#{SECRET}",
    f"http://nowhere.example/{SECRET}",
    f"http://calendar.example/circle?{SECRET}",
    f"http://calendar.example/inside?{SECRET}",
    f"http://calendar.example/strange?{SECRET}",
    f"http://calendar.example/half?{SECRET}",
    "http://1６.example/" + SECRET,
]


@pytest.mark.parametrize("url", FAILURES)
def test_a_refusal_says_nothing_of_an_address_but_its_host(internet, url, caplog):
    caplog.set_level(logging.DEBUG)
    internet.names["inside.example"] = ["10.9.8.7"]
    internet.answers |= {
        f"/circle?{SECRET}": redirect(f"/circle?{SECRET}"),
        f"/inside?{SECRET}": redirect(f"http://10.9.8.7/{SECRET}"),
        f"/strange?{SECRET}": redirect(f"http://[{SECRET}/"),
        f"/half?{SECRET}": b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n",
    }
    error = refusal(url)
    told = "".join(traceback.format_exception_only(error)) + str(error.args)
    assert SECRET not in told
    assert "10.9.8.7" not in told
    assert SECRET not in str(error.__context__ if not error.__suppress_context__ else "")
    assert SECRET not in "".join(record.getMessage() for record in caplog.records if record.levelno > logging.DEBUG)


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.ics", "http://trap.example/a.ics"])
def test_a_calendar_that_leads_inside_is_not_read(internet, url):
    internet.names["trap.example"] = ["10.0.0.1"]
    context = FetchContext({"url": url}, {}, DAY, DAY, "UTC", False)
    with pytest.raises((CalendarUnreadable, CalendarUnreachable)):
        ical.IcalProvider().fetch(context)
    assert internet.reached == []


def test_a_check_of_an_address_looks_nothing_up(internet):
    assert check_url("https://calendar.example/a.ics", allow_private=False).host == "calendar.example"
    assert internet.asked == []
