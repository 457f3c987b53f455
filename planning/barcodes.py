"""Numbers under barcodes (GTIN-8, UPC-A, EAN-13, GTIN-14), checked and in one form. Pure.

The last digit proves the others: weighted 3, 1, 3, … from the right, all digits add up to a multiple of ten
(GS1 General Specifications, section 7.9).
"""

from __future__ import annotations

from django.utils.translation import gettext

LENGTHS = (8, 12, 13, 14)
SPACERS = " -\u00a0\u2009\u202f"


class BarcodeError(ValueError):
    """What was typed is no barcode; the message is for the person who typed it."""


def read_barcode(text: str) -> str:
    """The digits of a typed barcode. The same article always has the same digits: twelve and thirteen digits of a
    pack, and fourteen that begin with 0, are told as thirteen. Raises BarcodeError.
    """
    digits = "".join(mark for mark in text.strip() if mark not in SPACERS)
    if not digits.isascii() or not digits.isdigit():
        raise BarcodeError(gettext("A barcode has digits only."))
    if len(digits) not in LENGTHS:
        raise BarcodeError(
            gettext("A barcode has 8, 12, 13 or 14 digits; these are %(count)s.") % {"count": len(digits)}
        )
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    if total % 10:
        raise BarcodeError(gettext("The last digit does not fit the others. Please check what you typed."))
    if len(digits) == 12:
        return "0" + digits
    return digits[1:] if len(digits) == 14 and digits[0] == "0" else digits
