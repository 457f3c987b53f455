"""`python -m tests.athletes.titles`: how well titles are read, first those that were held back, then all."""

from __future__ import annotations

from . import load_corpus, report

if __name__ == "__main__":
    corpus = load_corpus()
    print(f"Held back\n{report(row for row in corpus if row.held_back)}\n\nAll\n{report(corpus)}")
