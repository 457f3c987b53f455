"""The document of the calculations names every public function, and its examples are true."""

import doctest
from pathlib import Path

from planning import science

DOCUMENT = Path(__file__).parents[3] / "docs" / "science.md"


def test_every_example_gives_what_the_document_says():
    failed, tried = doctest.testfile(
        str(DOCUMENT), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    )
    assert (failed, tried > 40) == (0, True)


def test_every_public_function_is_documented():
    text = DOCUMENT.read_text(encoding="utf-8")
    functions = [name for name in science.__all__ if name.islower()]
    assert [name for name in functions if f"{name}(" not in text] == []
