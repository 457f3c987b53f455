"""`script/translations` once the packages are there: extract, compile, check."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

from script.support.catalogs import (
    CYRILLIC,
    HEBREW,
    LATIN,
    WRITTEN,
    Language,
    Translation,
    Translations,
    merge,
    po_path,
    read_translations,
    write_mo,
    write_po,
)
from script.support.cyrillic_catalog import in_cyrillic
from script.support.messages import Key, Message, find_messages

ROOT = Path(__file__).resolve().parent.parent.parent
# Languages that are not complete, with the files whose texts must be: the pages that prove them.
PARTIAL: dict[str, tuple[str, ...]] = {
    HEBREW.folder: (
        "templates/base.html",
        "templates/404.html",
        "templates/offline.html",
        "templates/components/*.html",
        "templates/account/login.html",
        "templates/account/signup.html",
        "templates/athletes/landing.html",
        "templates/athletes/training_day.html",
        "templates/onboarding/*.html",
        "templates/planning/today.html",
        "templates/planning/week.html",
        "templates/planning/day.html",
        "templates/planning/targets.html",
        "templates/planning/track.html",
        "templates/planning/mealtable.html",
        "templates/planning/bib.html",
        "templates/planning/fluid.html",
        "templates/planning/remarks.html",
        "templates/planning/shopping.html",
        "templates/planning/shopping_lines.html",
        "templates/planning/shopping_list.html",
    ),
}
SHOWN = 30
_PLACES = re.compile(r"%\(\w+\)[-+ 0#]*\d*(?:\.\d+)?[a-z]|%[a-z%]|\{\w*(?::\w+)?\}")
_TAGS = re.compile(r"</?\w[^<>]*>|&#?\w+;")


def complete_files(language: Language, found: Mapping[Key, Message]) -> dict[Key, Message]:
    """The texts that must be translated into a language."""
    if language.folder not in PARTIAL:
        return dict(found)
    globs = PARTIAL[language.folder]
    return {
        key: message
        for key, message in found.items()
        if any(fnmatch(name, glob) for name in message.files for glob in globs)
    }


def find_faults(
    found: Mapping[Key, Message], translations: Mapping[Key, Translation], language: Language
) -> Iterator[str]:
    """What is wrong with the translations of one language, in words."""
    for key in sorted(complete_files(language, found)):
        translation = translations.get(key)
        if translation is None or not all(translation.forms):
            yield f"not translated: {key.text!r}"
        elif translation.doubtful:
            yield f"marked as fuzzy: {key.text!r}"
    for key in sorted(translations):
        if key in found:
            yield from _differing(key, found[key].plural, translations[key], language)


def _differing(key: Key, plural: str, translation: Translation, language: Language) -> Iterator[str]:
    """Places for values and tags that a translation loses or makes up."""
    sources = [text for text in (key.text, plural) if text]
    for number, form in enumerate(translation.forms):
        if not form:
            continue
        places = Counter(_PLACES.findall(form))
        wanted = [Counter(_PLACES.findall(source)) for source in sources]
        # The English form for one may leave out its number, and so may a form for exactly one or two.
        spare = 1 if plural and number < language.exact else 0
        if all(places - one or (one - places).total() > spare for one in wanted):
            yield f"other places for values in the translation of {key.text!r}: {form!r}"
        tags = sorted(_TAGS.findall(form))
        if all(tags != sorted(_TAGS.findall(source)) for source in sources):
            yield f"other tags in the translation of {key.text!r}: {form!r}"


def in_cyrillic_letters(translations: Mapping[Key, Translation]) -> Translations:
    """The translations into Serbian in its other alphabet."""
    return {
        key: Translation(tuple(in_cyrillic(form, source=key.text) for form in told.forms), told.doubtful)
        for key, told in translations.items()
    }


def built_files(root: Path) -> dict[Path, bytes]:
    """Every file that the sources and the translations ask for, with its bytes."""
    found, files = find_messages(root), {}
    for language in WRITTEN:
        path = po_path(root, language)
        told = merge(found, read_translations(path), language)
        files[path] = write_po(found, told, language).encode()
        files[path.with_suffix(".mo")] = write_mo(found, told, language)
        if language is LATIN:
            other = po_path(root, CYRILLIC).with_suffix(".mo")
            files[other] = write_mo(found, in_cyrillic_letters(told), CYRILLIC)
    return files


def write(root: Path, *, suffixes: tuple[str, ...]) -> None:
    """Writes what differs, of the files with these endings."""
    for path, content in built_files(root).items():
        if path.suffix in suffixes and (not path.exists() or path.read_bytes() != content):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"wrote {path.relative_to(root)}")


def check(root: Path) -> list[str]:
    """What is wrong, in words; empty when all is well."""
    faults = []
    for path, content in built_files(root).items():
        if not path.exists() or path.read_bytes() != content:
            way = "extract" if path.suffix == ".po" else "compile"
            faults.append(f"{path.relative_to(root)} is not what the sources ask for: script/translations {way}")
    found = find_messages(root)
    for language in WRITTEN:
        told = read_translations(po_path(root, language))
        faults += [f"{language.folder}: {fault}" for fault in find_faults(found, told, language)]
    return faults


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="script/translations", description=__doc__)
    parser.add_argument(
        "command",
        choices=("extract", "compile", "check"),
        help="extract: texts into the .po files; compile: .po into .mo, Serbian Cyrillic too; check: is all in order",
    )
    command = parser.parse_args(arguments).command
    if command != "check":
        write(ROOT, suffixes=(".po",) if command == "extract" else (".po", ".mo"))
        return 0
    faults = check(ROOT)
    for fault in faults[:SHOWN]:
        print(fault)
    if len(faults) > SHOWN:
        print(f"… and {len(faults) - SHOWN} more")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
