"""The one way out: a guarded HTTP client for addresses that somebody else wrote down.

What it holds: http and https only, ports 80 and 443 unless private hosts are allowed; every name is resolved once, all
its addresses are checked, and the connection goes to a checked address (no second look-up that could answer
otherwise); redirects are followed by hand and checked again; one deadline covers look-up, connection, TLS, headers and
body, so that a server which drips cannot hold a worker; the body is capped before and after decompression. Nothing of
a URL but its host ever reaches a message or a log.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext_noop

MAX_REDIRECTS = 5
MAX_URL_CHARACTERS = 2048
LAST_PORT = 65_535
_CHUNK_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What another origin may still see: a list of secrets would forget the one that somebody adds next.
_HARMLESS_HEADERS = frozenset(
    {"accept", "accept-encoding", "accept-language", "depth", "if-modified-since", "if-none-match", "user-agent"}
)
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?", re.ASCII | re.IGNORECASE)
# Host names end in a word; what ends in a number is an address in one of the spellings that resolvers accept.
_NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)\.?", re.ASCII | re.IGNORECASE)
_V6_UNICAST = ipaddress.ip_network("2000::/3")
# Not told by `is_global`, or only by some versions of Python: protocol and documentation blocks, addresses that carry
# another one inside them (6to4, Teredo; NAT64, mapped and compatible ones lie outside 2000::/3), relays of 6to4, and
# the address at which Azure serves metadata to its machines.
_NEVER = tuple(
    ipaddress.ip_network(block)
    for block in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "168.63.129.16/32",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
    )
)


class FetchError(Exception):
    """A fetch that gave nothing. `kind` is one of the words below; the message is a sentence for a person.

    `refused` (the address may not be fetched), `unreachable`, `timeout`, `too_large`, `redirects`, `broken`.
    """

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Seconds and bytes one fetch may take; `max_bytes` counts decoded bytes."""

    connect_seconds: float = 5.0
    read_seconds: float = 5.0
    total_seconds: float = 10.0
    max_bytes: int = 5_000_000


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status; header names are in lower case, the body is decoded."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def check_url(url: str, *, allow_private: bool) -> httpx.URL:
    """The parsed URL. Raises FetchError("refused") for what may never be fetched; resolves no name.

    A name that leads to a private address is found out only when it is fetched.
    """
    # A backslash is a slash to some parsers and part of a name to others; nobody needs one in an address.
    if len(url) > MAX_URL_CHARACTERS or any(ord(mark) <= 32 or mark in "\x7f\\" for mark in url):
        raise FetchError("refused", gettext_noop("This is not a web address."))
    try:
        parsed = httpx.URL(url)
        # A name in Punycode is decoded only when it is asked for, and may turn out to be none.
        host = parsed.host
    except (httpx.InvalidURL, ValueError):
        # The parser's own error quotes the address.
        raise FetchError("refused", gettext_noop("This is not a web address.")) from None
    if (parsed.port or 0) > LAST_PORT:
        raise FetchError("refused", gettext_noop("This is not a web address."))
    if parsed.scheme not in ("http", "https") or not host:
        raise FetchError("refused", gettext_noop("The address must start with http:// or https://."))
    if parsed.userinfo or "@" in url.partition("://")[2].split("/")[0].split("?")[0].split("#")[0]:
        raise FetchError("refused", gettext_noop("The address must not contain a user name or password."))
    if not allow_private and parsed.port not in (None, 80, 443):
        raise FetchError("refused", gettext_noop("Only the usual web ports are allowed."))
    literal = _literal(host)
    if not allow_private and literal is not None and not is_public(literal):
        raise FetchError("refused", gettext_noop("This address is not on the public internet."))
    return parsed


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host spells out, None for a name. Raises FetchError("refused") for what is neither."""
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    if not _NAME.fullmatch(host) or ".." in host or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        raise FetchError("refused", gettext_noop("This is not a web address."))
    return None


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is a plain public unicast one. One that carries another inside it is not."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address not in _V6_UNICAST:
            return False
    if any(address in block for block in _NEVER if block.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def fetch(
    url: str,
    *,
    allow_private: bool,
    headers: Mapping[str, str] | None = None,
    limits: FetchLimits = FetchLimits(),
) -> Fetched:
    """GET, within the limits. Any status is an answer; only what gives no answer raises FetchError. May be repeated."""
    return send("GET", url, allow_private=allow_private, headers=headers, limits=limits)


def send(
    method: str,
    url: str,
    *,
    allow_private: bool,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
    limits: FetchLimits = FetchLimits(),
) -> Fetched:
    """Any method with a body, within the limits: for protocols that ask with PROPFIND, REPORT or POST.

    A redirect keeps method and body, except 303 and a redirected POST, which become a GET; another origin gets neither
    a body nor any header that could hold a secret. Raises FetchError.
    """
    deadline = time.monotonic() + limits.total_seconds
    transport = _GuardedTransport(deadline=deadline, allow_private=allow_private, limits=limits)
    sent = {"accept-encoding": "gzip", "user-agent": "AthlEAT", **{k.lower(): v for k, v in (headers or {}).items()}}
    target = check_url(url, allow_private=allow_private)
    seen = set()
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if str(target) in seen:
                raise FetchError("redirects", f"{target.host} sends us around in a circle.")
            seen.add(str(target))
            answer = _exchange(transport, method, target, sent, content, limits)
            if answer.status not in _REDIRECTS or not answer.headers.get("location"):
                return answer
            following = check_url(_join(target, answer.headers["location"]), allow_private=allow_private)
            if answer.status == 303 or (method == "POST" and answer.status in (301, 302)):
                method, content = "GET", b""
            if (following.scheme, following.host, following.port) != (target.scheme, target.host, target.port):
                sent = {name: value for name, value in sent.items() if name in _HARMLESS_HEADERS}
                content = b""
            target = following
        raise FetchError("redirects", f"{target.host} redirects too often.")
    finally:
        transport.close()


def _join(base: httpx.URL, location: str) -> str:
    try:
        return str(base.join(location))
    except (httpx.InvalidURL, ValueError):
        raise FetchError("broken", f"{base.host} redirects to something that is no address.") from None


def _exchange(
    transport: _GuardedTransport,
    method: str,
    target: httpx.URL,
    headers: Mapping[str, str],
    content: bytes,
    limits: FetchLimits,
) -> Fetched:
    timeout = httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds)
    extensions = {"timeout": timeout.as_dict()}
    request = httpx.Request(method, target, headers=dict(headers), content=content or None, extensions=extensions)
    host = target.host
    try:
        response = transport.handle_request(request)
        try:
            names = {name.lower(): value for name, value in response.headers.items()}
            wanted = response.status_code not in _REDIRECTS
            body = _read_body(response, names, limits.max_bytes, host) if wanted else b""
            return Fetched(response.status_code, names, body)
        finally:
            response.close()
    except httpcore.TimeoutException:
        raise FetchError("timeout", f"{host} took too long to answer.")
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol):
        raise FetchError("broken", f"{host} broke off its answer.")
    except (httpcore.NetworkError, OSError):
        raise FetchError("unreachable", f"{host} could not be reached.")


def _read_body(response: httpx.Response, headers: Mapping[str, str], max_bytes: int, host: str) -> bytes:
    too_large = FetchError("too_large", f"{host} sends more than {max_bytes // 1_000_000} MB.")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:15]) > max_bytes:
        raise too_large
    coding = headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError("broken", f"{host} answers in an encoding that was not asked for.")
    inflate = zlib.decompressobj(31) if "gzip" in coding else None
    kept = bytearray()
    assert isinstance(response.stream, httpx.SyncByteStream)  # noqa: S101 - narrows the type
    for raw in response.stream:
        pending = raw
        while pending:
            try:
                # One chunk of a bomb may inflate a thousandfold: never more than what may still be kept, plus one.
                room = max_bytes + 1 - len(kept)
                piece = pending if inflate is None else inflate.decompress(pending, room)
            except zlib.error:
                raise FetchError("broken", f"{host} sends damaged data.")
            kept += piece
            if len(kept) > max_bytes:
                raise too_large
            pending = b"" if inflate is None else inflate.unconsumed_tail
    if inflate is not None and not inflate.eof:
        raise FetchError("broken", f"{host} broke off its answer.")
    return bytes(kept)


class _Body(httpx.SyncByteStream):
    """The raw bytes of an answer."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _GuardedTransport(httpx.BaseTransport):
    """An httpx transport over a connection pool whose only network is the guarded one."""

    def __init__(self, *, deadline: float, allow_private: bool, limits: FetchLimits) -> None:
        backend = _GuardedBackend(deadline=deadline, allow_private=allow_private, limits=limits)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_ssl_context(), http2=False, retries=0, max_keepalive_connections=0, network_backend=backend
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.content,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    return httpx.create_ssl_context()


class _GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks and connects to the checked address; TLS still asks for the name."""

    def __init__(self, *, deadline: float, allow_private: bool, limits: FetchLimits) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._limits = limits
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve_checked(
            host, port, allow_private=self._allow_private, seconds=_left(self._deadline, self._limits.connect_seconds)
        )
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses[:4]:
            seconds = _left(self._deadline, timeout)
            try:
                stream = self._inner.connect_tcp(address, port, timeout=seconds, socket_options=socket_options)
                return _DeadlineStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _DeadlineStream(httpcore.NetworkStream):
    """A stream on which no single wait outlasts the deadline of the whole fetch."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(min(max_bytes, _CHUNK_BYTES), _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    """Seconds that may still be waited. Raises ReadTimeout when none are left."""
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise httpcore.ReadTimeout("deadline")
    return remaining if timeout is None else min(timeout, remaining)


def resolve_checked(host: str, port: int, *, allow_private: bool, seconds: float) -> list[str]:
    """The addresses of a host, every one of them checked.

    Raises FetchError("refused") when any of them is not public (a name that answers with both is a trap),
    FetchError("unreachable") when there is none, FetchError("timeout") when the look-up does not end in time.
    """
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # getaddrinfo knows no time-out; a thread that outlives it ends with the resolver's own patience.
    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        raise FetchError("timeout", f"{host} could not be looked up in time.")
    if isinstance(found, Exception) or not found:
        raise FetchError("unreachable", f"{host} could not be found.")
    addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
    if not allow_private:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                raise FetchError("refused", f"{host} is not on the public internet.")
    return addresses
