"""Text from strangers without what could break a page, a header or a log; imports nothing, for the reader processes."""

from __future__ import annotations


def plain_text(value: object, limit: int) -> str:
    """A string without control characters but line breaks and tabs, at most `limit` long; "" for what is no string."""
    text = value if isinstance(value, str) else ""
    return "".join(mark for mark in text if mark in "\n\t" or mark.isprintable() or ord(mark) > 0x9F)[:limit].strip()
