"""Reading XML from strangers piece by piece: no document type, no entities, nothing fetched, bounded depth."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from .found import Unreadable

MAX_DEPTH = 60
MAX_TEXT = 4000


class Outline(ContentHandler):
    """Calls `opened` and `closed` with local names; `path` are the elements around, the present one last."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self._text: list[str] = []
        self._length = 0

    def opened(self, name: str, attributes: Any) -> None:
        """An element begins."""

    def closed(self, name: str, text: str) -> None:
        """An element ends; `text` is what stood directly before its end, without outer space."""

    def startElement(self, name: str, attrs: Any) -> None:
        self.path.append(name.rpartition(":")[2])
        if len(self.path) > MAX_DEPTH:
            raise Unreadable("The file is nested too deeply.")
        self._text, self._length = [], 0
        self.opened(self.path[-1], attrs)

    def characters(self, content: str) -> None:
        if self._length < MAX_TEXT:
            self._text.append(content)
            self._length += len(content)

    def endElement(self, name: str) -> None:
        self.closed(self.path[-1], "".join(self._text)[:MAX_TEXT].strip())
        self.path.pop()
        self._text, self._length = [], 0

    def around(self, *names: str) -> bool:
        """Whether the elements around the present one end with these."""
        return tuple(self.path[-len(names) - 1 : -1]) == names


def read_outline(content: bytes, outline: Outline) -> None:
    """Feeds a document to `outline`. Raises Unreadable for what is not well formed or would reach outside of itself."""
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(outline)
    try:
        parser.parse(io.BytesIO(content))
    except DefusedXmlException:
        raise Unreadable("The file has a document type or entities, which no training program writes.")
    except SAXParseException as error:
        raise Unreadable(f"The file is damaged or cut off (line {error.getLineNumber()}).")
    except (SAXException, ValueError, LookupError):
        raise Unreadable("The file is not well-formed XML.")


def number_of(text: str) -> float | None:
    """A finite number as XML schemas write it, None for everything else."""
    try:
        value = float(text) if text.isascii() and "_" not in text else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e12 else None


def moment_of(text: str) -> float | None:
    """Seconds since 1970 of an ISO 8601 moment, None for everything else. Both formats are defined in UTC."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
