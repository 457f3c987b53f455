"""What FoodData Central imports have put in place of the files' nutrients, and their part in the catalogue version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from planning.catalogue import files
from planning.catalogue.curated import CURATED
from planning.models import CatalogueRelease, Food

SOURCE_PREFIX = "fdc_"
# The row that stands for all imports together; each import has one of its own named fdc:<release>.
IMPORTED = "fdc"


def keep_imported(rows: Iterable[files.FoodRow]) -> list[files.FoodRow]:
    """The rows of the files, with imported nutrients where an import has brought some: a load does not undo it."""
    imported = {
        code: (source, nutrients)
        for code, source, nutrients in Food.objects.filter(owner=None, source__startswith=SOURCE_PREFIX).values_list(
            "code", "source", "nutrients"
        )
    }
    return [
        replace(row, source=imported[row.code][0], nutrients=imported[row.code][1]) if row.code in imported else row
        for row in rows
    ]


def record_imported_version() -> str:
    """Stores a hash over the imported nutrients that dishes are computed from; empty when there are none.

    It changes exactly when such a nutrient does: an import that touches no ingredient leaves every plan as current as
    it was.
    """
    used = Food.objects.filter(source__startswith=SOURCE_PREFIX, used_in__isnull=False).distinct().order_by("code")
    content = [[code, sorted(nutrients.items())] for code, nutrients in used.values_list("code", "nutrients")]
    if not content:
        CatalogueRelease.objects.filter(name=IMPORTED).delete()
        return ""
    version = "sha256:" + hashlib.sha256(json.dumps(content).encode()).hexdigest()
    CatalogueRelease.objects.update_or_create(
        name=IMPORTED, defaults={"version": version, "counts": {"used": len(content)}}
    )
    return version


def combined_version(versions: dict[str, str], *, builtin: str) -> str:
    """The catalogue version from the versions of its parts: that of the files alone while nothing is imported or
    curated."""
    own = versions.get(builtin, "")
    laid_over = [versions[name] for name in (IMPORTED, CURATED) if versions.get(name)]
    if not own or not laid_over:
        return own
    return "sha256:" + hashlib.sha256(" ".join([own, *laid_over]).encode()).hexdigest()
