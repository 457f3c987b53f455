"""A server of many training calendars on many loopback addresses, for `script/bench polling`.

Run as `python -m script.support.polling.feed_server --hosts 250 …`; prints its port. Each address 127.0.1.1 and up is a
host. `/N.ics` is a feed with an ETag; it answers 304 to whoever has it, and changes now and then. Some hosts are slow,
some answer 503, some not at all. `/-/outage?host=ADDRESS&on=1` breaks one host, `/-/changed?share=0.5` lets every other
reading find something new, `/-/stats` tells what was asked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

WEEKS = 12
TITLES = ("Run 60min Z2", "Ride 2h endurance", "Swim 2500m", "Rest", "Intervals 5x1000m", "Strength 45min")


def address(number: int) -> str:
    """The loopback address of the host of this number."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


def write_feed(number: int, version: int) -> bytes:
    """A calendar of the size of a real one: a session on six days of each week, about 25 kB."""
    monday = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//polling bench//EN"]
    for day in range(WEEKS * 7):
        start = monday + timedelta(days=day, minutes=version % 60 if day == 3 else 0)
        title = TITLES[(number + day) % len(TITLES)]
        lines += ["BEGIN:VEVENT", f"UID:{number}-{day}@bench", f"DTSTART:{start:%Y%m%dT%H%M%SZ}"]
        lines += [f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}", f"SUMMARY:{title}"]
        lines += ["DESCRIPTION:" + "Warm up well\\, then hold the effort of the day. " * 3, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


class Feeds:
    """What the server knows: versions of feeds, how each host behaves, and who asked when."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.random = random.Random(options.seed)
        self.versions: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.per_second: dict[str, Counter[int]] = defaultdict(Counter)
        self.open: Counter[str] = Counter()
        self.most_open: Counter[str] = Counter()
        self.sent_bytes = self.received_bytes = 0
        self.broken: set[str] = set()
        self.kinds = {address(number): self._kind(number) for number in range(options.hosts)}

    def _kind(self, number: int) -> str:
        if number == 0:
            return "well"
        # By number, so that the shares hold exactly and the same hosts are slow in every run.
        place = (number * 7919 % self.options.hosts) / self.options.hosts
        for kind, share in (("slow", self.options.slow), ("failing", self.options.failing), ("silent", 0.01)):
            if place < share:
                return kind
            place -= share
        return "well"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request on one connection."""
        host = writer.get_extra_info("sockname")[0]
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            self.received_bytes += len(head)
            path = head.split(b" ", 2)[1].decode()
            if path.startswith("/-/"):
                writer.write(_answer(200, self.control(path), ""))
            else:
                await self._feed(host, path, head.lower(), reader, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _feed(
        self, host: str, path: str, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.open[host] += 1
        self.most_open[host] = max(self.most_open[host], self.open[host])
        self.per_second[host][int(time.time())] += 1
        try:
            kind = self.kinds.get(host, "well")
            if kind == "silent":
                # Until whoever asked hangs up.
                await reader.read(1)
                return
            await asyncio.sleep(self.options.slow_seconds if kind == "slow" else self.options.latency_ms / 1000)
            if kind == "failing" or host in self.broken:
                status, body, etag = 503, b"", ""
            else:
                if self.random.random() < self.options.changed:
                    self.versions[path] += 1
                version = self.versions[path]
                etag = f'"{version}"'
                known = f"if-none-match: {etag}".encode() in head
                status = 304 if known else 200
                body = b"" if known else write_feed(int(path[1:].partition(".")[0]), version)
            self.statuses[status] += 1
            answer = _answer(status, body, etag)
            self.sent_bytes += len(answer)
            writer.write(answer)
        finally:
            self.open[host] -= 1

    def control(self, path: str) -> bytes:
        """Breaks or mends a host, sets how often feeds change, tells the figures since they were last reset."""
        query = parse_qs(urlsplit(path).query)
        if path.startswith("/-/changed"):
            self.options.changed = float(query["share"][0])
        if path.startswith("/-/outage"):
            (self.broken.add if query["on"] == ["1"] else self.broken.discard)(query["host"][0])
        figures = {
            "statuses": dict(self.statuses),
            "sent_bytes": self.sent_bytes,
            "received_bytes": self.received_bytes,
            "most_at_once": max(self.most_open.values(), default=0),
            "kinds": dict(Counter(self.kinds.values())),
            "per_second": {host: dict(counts) for host, counts in self.per_second.items()},
        }
        if "reset" in query:
            self.statuses.clear()
            self.per_second.clear()
            self.most_open.clear()
            self.sent_bytes = self.received_bytes = 0
        return json.dumps(figures).encode()


def _answer(status: int, body: bytes, etag: str) -> bytes:
    head = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body)}", "Connection: close"]
    head += ["Content-Type: text/calendar"] + ([f"ETag: {etag}"] if etag else [])
    return "\r\n".join([*head, "", ""]).encode() + body


async def run(options: argparse.Namespace) -> None:
    """Serves until the process ends."""
    feeds = Feeds(options)
    first = await asyncio.start_server(feeds.serve, address(0), 0, backlog=1000)
    port = first.sockets[0].getsockname()[1]
    others = [address(number) for number in range(1, options.hosts)]
    if others:
        await asyncio.start_server(feeds.serve, others, port, backlog=100)
    print(port, flush=True)
    await first.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=250)
    parser.add_argument("--latency-ms", type=float, default=80)
    parser.add_argument("--changed", type=float, default=0.01)
    parser.add_argument("--slow", type=float, default=0.04)
    parser.add_argument("--slow-seconds", type=float, default=5)
    parser.add_argument("--failing", type=float, default=0.02)
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
