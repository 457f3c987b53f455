"""The languages that the built-in advisor reads and writes, one module each with `LANGUAGE` and `SENTENCES`."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import cast

from advisor.languages.protocol import Language

_MODULES = {"en": "english", "sr": "serbian"}


@lru_cache(maxsize=8)
def language_of(code: str) -> Language:
    """The language of a code such as `en` or `sr-Latn`; English for any that the advisor does not write."""
    name = _MODULES.get(code.lower().partition("-")[0], "english")
    return cast(Language, import_module(f"advisor.languages.{name}").LANGUAGE)
