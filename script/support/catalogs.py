"""The files of translations: texts as people write them (.po), and as Django reads them (.mo).

Both are stable: the same translations give the same bytes, without dates and places in files, so that a difference is a
difference in words.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import normalize, read_po

from script.support.messages import Key, Message


@dataclass(frozen=True)
class Language:
    """A language of the product: the folder of its files, its name, and how its plurals go, exactly as Django has it
    (texts of a catalog with other plurals would not be found)."""

    folder: str
    name: str
    plurals: int
    rule: str
    # The first so many plurals are for one number each, which their words may tell.
    exact: int = 0

    @property
    def header(self) -> str:
        """The first entry of a catalog."""
        return (
            f"Language: {self.folder}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            f"Content-Transfer-Encoding: 8bit\nPlural-Forms: nplurals={self.plurals}; plural={self.rule};\n"
        )


_SERBIAN_RULE = (
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"  # one, two to four, five
)
LATIN = Language("sr_Latn", "Serbian in Latin letters", 3, _SERBIAN_RULE)
CYRILLIC = Language("sr", "Serbian in Cyrillic letters", 3, _SERBIAN_RULE)
HEBREW = Language(
    "he",
    "Hebrew",
    4,
    "(n == 1 && n % 1 == 0) ? 0 : (n == 2 && n % 1 == 0) ? 1: (n % 10 == 0 && n % 1 == 0 && n > 10) ? 2 : 3",
    exact=2,
)
# Those that people write; Cyrillic is made of Latin letters.
WRITTEN = (LATIN, HEBREW)


@dataclass(frozen=True)
class Translation:
    """What stands for a text: one form, or as many as the language has plurals; empty where nobody wrote one."""

    forms: tuple[str, ...]
    doubtful: bool = False

    @property
    def is_written(self) -> bool:
        """Whether every form is there and nobody doubts it."""
        return all(self.forms) and not self.doubtful


Translations = dict[Key, Translation]


def po_path(root: Path, language: Language) -> Path:
    """Where a language's translations are written."""
    return root / "locale" / language.folder / "LC_MESSAGES" / "django.po"


def read_translations(path: Path) -> Translations:
    """What a .po file says; nothing where there is none."""
    if not path.exists():
        return {}
    with path.open("rb") as handle:
        catalog = read_po(handle, abort_invalid=True)
    found = {}
    for entry in catalog:
        if not entry.id:
            continue
        texts = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        found[Key(texts[0], entry.context or "")] = Translation(tuple(map(str, forms)), entry.fuzzy)
    return found


def merge(found: Mapping[Key, Message], known: Mapping[Key, Translation], language: Language) -> Translations:
    """A translation for every text that was found: the known one, else an empty one; no others."""
    merged = {}
    for key, message in found.items():
        count = language.plurals if message.plural else 1
        old = known.get(key)
        merged[key] = old if old is not None and len(old.forms) == count else Translation(("",) * count)
    return merged


def write_po(found: Mapping[Key, Message], translations: Mapping[Key, Translation], language: Language) -> str:
    """The text of a .po file, in the order of its texts."""
    blocks = [f"# {language.name}\nmsgid {_quoted('')}\nmsgstr {_quoted(language.header)}\n"]
    for key in sorted(translations):
        translation, lines = translations[key], []
        if translation.doubtful:
            lines.append("#, fuzzy")
        if key.context:
            lines.append(f"msgctxt {_quoted(key.context)}")
        lines.append(f"msgid {_quoted(key.text)}")
        plural = found[key].plural
        if plural:
            lines.append(f"msgid_plural {_quoted(plural)}")
            lines += [f"msgstr[{place}] {_quoted(form)}" for place, form in enumerate(translation.forms)]
        else:
            lines.append(f"msgstr {_quoted(translation.forms[0])}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    # Long lines are not broken: moving a word would change several.
    return normalize(text, width=0)


def write_mo(found: Mapping[Key, Message], translations: Mapping[Key, Translation], language: Language) -> bytes:
    """The bytes of a .mo file, without what is not translated; its format is described in the manual of GNU gettext."""
    entries = {"": language.header}
    for key, translation in translations.items():
        if not translation.is_written:
            continue
        plural = found[key].plural
        source = f"{key.context}\x04{key.text}" if key.context else key.text
        entries[f"{source}\0{plural}" if plural else source] = "\0".join(translation.forms)
    pairs = sorted((source.encode(), told.encode()) for source, told in entries.items())
    count, tables = len(pairs), 28
    place = tables + 16 * count
    sources, translated, data = [], [], []
    for index, table in ((0, sources), (1, translated)):
        for pair in pairs:
            table += [len(pair[index]), place]
            data.append(pair[index] + b"\0")
            place += len(pair[index]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, tables, tables + 8 * count, 0, tables + 16 * count)
    return head + struct.pack(f"<{4 * count}I", *sources, *translated) + b"".join(data)
