"""The guarded client against a server on the loopback that does its worst."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from nutrition_site.kernel import http
from nutrition_site.kernel.http import FetchError, FetchLimits, check_url, fetch, is_public
from tests.athletes.feeds import Answer, drip, feed_server, hang

QUICK = FetchLimits(connect_seconds=1, read_seconds=0.5, total_seconds=1.0, max_bytes=1_000_000)


def refusal(url, *, allow_private=True, limits=QUICK):
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        fetch(url, allow_private=allow_private, limits=limits)
    assert time.monotonic() - started < 3
    return caught.value.kind


def test_a_plain_answer_comes_back_with_headers_in_lower_case():
    with feed_server(a=Answer(b"hello", headers={"ETag": '"1"'})) as server:
        answer = fetch(server.url + "/a", allow_private=True)
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')


def test_a_gzip_answer_is_unpacked():
    packed = Answer(gzip.compress(b"x" * 5000), headers={"Content-Encoding": "gzip"})
    with feed_server(a=packed) as server:
        assert fetch(server.url + "/a", allow_private=True).body == b"x" * 5000


def test_a_gzip_bomb_is_refused_before_it_unfolds():
    bomb = Answer(gzip.compress(b"\0" * 300_000_000, 9), headers={"Content-Encoding": "gzip"})
    with feed_server(a=bomb) as server:
        assert refusal(server.url + "/a") == "too_large"


def test_a_body_over_the_cap_is_refused_by_its_length():
    with feed_server(a=Answer(b"x" * 1_000_001)) as server:
        assert refusal(server.url + "/a") == "too_large"


def test_a_body_over_the_cap_is_refused_without_a_length_too():
    def endless(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(2000):
            handler.wfile.write(b"x" * 10_000)

    with feed_server(a=Answer(script=endless)) as server:
        assert refusal(server.url + "/a", limits=FetchLimits(max_bytes=1_000_000)) == "too_large"


def test_a_host_that_hangs_is_left():
    with feed_server(a=Answer(script=hang)) as server:
        assert refusal(server.url + "/a") == "timeout"


def test_a_host_that_drips_is_left_at_the_deadline():
    with feed_server(a=Answer(script=drip)) as server:
        assert refusal(server.url + "/a") == "timeout"


def test_half_a_body_is_no_answer():
    with feed_server(a=Answer(b"half", headers={"Content-Length": "400"})) as server:
        assert refusal(server.url + "/a") == "broken"


def test_half_a_gzip_stream_is_no_answer():
    packed = gzip.compress(b"a calendar" * 100)[:-12]
    with feed_server(a=Answer(packed, headers={"Content-Encoding": "gzip"})) as server:
        assert refusal(server.url + "/a") == "broken"


def test_a_redirect_is_followed():
    with feed_server(a=Answer(status=302, headers={"Location": "/b"}), b=Answer(b"there")) as server:
        assert fetch(server.url + "/a", allow_private=True).body == b"there"


def test_a_redirect_loop_is_seen():
    with feed_server(
        a=Answer(status=302, headers={"Location": "/b"}), b=Answer(status=302, headers={"Location": "/a"})
    ) as server:
        assert refusal(server.url + "/a") == "redirects"
        assert len(server.requests) == 2


def test_an_endless_chain_of_redirects_is_left_after_five():
    def onward(path, headers):
        return Answer(status=302, headers={"Location": "/a?" + "x" * len(path)})

    with feed_server(a=onward) as server:
        assert refusal(server.url + "/a") == "redirects"
        assert len(server.requests) == 6


def test_a_token_is_not_carried_to_another_host():
    with (
        feed_server(b=Answer(b"")) as other,
        feed_server(a=Answer(status=302, headers={"Location": other.url + "/b"})) as server,
    ):
        fetch(server.url + "/a", allow_private=True, headers={"Authorization": "Bearer secret"})
    assert "authorization" in server.requests[0][1]
    assert "authorization" not in other.requests[0][1]


def test_a_redirect_to_a_private_host_is_refused(monkeypatch):
    monkeypatch.setattr(http, "is_public", lambda address: str(address) != "127.0.0.2")
    with feed_server(a=Answer(status=302, headers={"Location": "http://127.0.0.2/"})) as server:
        monkeypatch.setattr(http, "check_url", _any_port(check_url))
        assert refusal(server.url + "/a", allow_private=False) == "refused"


def _any_port(original):
    def check(url, *, allow_private):
        parsed = original(url, allow_private=True)
        original(str(parsed.copy_with(port=None)), allow_private=allow_private)
        return parsed

    return check


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/a",
        "file:///etc/passwd",
        "gopher://example.com/",
        "//example.com",
        "example.com/a.ics",
        "http://user:pass@example.com/",
        "http://example.com:22/",
        "http://exa mple.com/",
        "http://example.com/\r\nHost: other",
        "http://",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "https://192.168.1.1/cal.ics",
        "http://0.0.0.0/",
        "http://[fd00::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
        "http://100.64.0.1/",
        "https://example.com/" + "a" * 3000,
        "http://xn--/",
        "http://xn--zzzzzzzz99999.example/",
    ],
)
def test_an_address_that_may_not_be_fetched_is_refused_without_a_look_up(url, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("looked up"))
    with pytest.raises(FetchError) as caught:
        check_url(url, allow_private=False)
    assert caught.value.kind == "refused"


def test_a_port_beyond_the_last_is_refused_where_private_hosts_are_allowed():
    assert refusal("http://127.0.0.1:99999/") == "refused"


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_a_private_host_spelled_otherwise_is_refused_when_it_is_looked_up(spelling):
    assert refusal(f"http://{spelling}/", allow_private=False) == "refused"


def test_a_name_that_answers_with_public_and_private_addresses_is_refused(monkeypatch):
    rows = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)
    assert refusal("http://trap.example/", allow_private=False) == "refused"


def test_a_name_is_looked_up_once_and_the_connection_goes_to_that_address(monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if host == "calendar.example":
            asked.append(host)
            return [(2, 1, 6, "", ("127.0.0.1", port))]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with feed_server(a=Answer(b"ok")) as server:
        port = server.url.rsplit(":", 1)[1]
        answer = fetch(f"http://calendar.example:{port}/a", allow_private=True)
    assert (answer.body, asked, server.requests[0][1]["host"]) == (
        b"ok",
        ["calendar.example"],
        f"calendar.example:{port}",
    )


def test_a_look_up_that_hangs_is_left(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(2) or [])
    assert refusal("http://slow.example/") == "timeout"


def test_nothing_of_an_address_but_its_host_is_in_a_message():
    with feed_server(a=Answer(script=hang)) as server, pytest.raises(FetchError) as caught:
        fetch(server.url + "/a?token=secret", allow_private=True, limits=QUICK)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("address", "public"), [("93.184.216.34", True), ("2606:4700::1111", True), ("::", False)])
def test_public_addresses_are_told_from_others(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


def certificate(folder, name):
    """A self-signed certificate for one host name; paths of the certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=1)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *kind))
    return str(folder / "cert.pem"), str(folder / "key.pem")


@pytest.mark.parametrize(("name", "reached"), [("calendar.example", True), ("other.example", False)])
def test_tls_is_held_against_the_name_though_the_connection_goes_to_an_address(tmp_path, monkeypatch, name, reached):
    paths = certificate(tmp_path, "calendar.example")
    here = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    here.load_cert_chain(*paths)
    asked = []
    here.sni_callback = lambda connection, server_name, context: asked.append(server_name)
    trusting = ssl.create_default_context(cafile=paths[0])
    monkeypatch.setattr(http, "_ssl_context", lambda: trusting)
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *a, **k: [(2, 1, 6, "", ("127.0.0.1", port))])
    with feed_server(tls=here, a=Answer(b"ok")) as server:
        port = server.url.rsplit(":", 1)[1]
        url = f"https://{name}:{port}/a"
        if reached:
            assert fetch(url, allow_private=True).body == b"ok"
        else:
            assert refusal(url) == "unreachable"
    assert asked == [name]
