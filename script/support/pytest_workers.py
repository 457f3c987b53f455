"""A pytest plugin for parallel runs: each process gets a Redis database and a data folder of its own.

Loaded with `-p`, hence before Django reads its settings. Without it, one process would clear the cache of the other.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path


def separate(environ: MutableMapping[str, str]) -> None:
    """Changes `environ` for the parallel process that it belongs to; in a run of one process it stays as it is."""
    worker = environ.get("PYTEST_XDIST_WORKER", "")
    if not worker.startswith("gw"):
        return
    if environ.get("REDIS_URL"):
        environ["REDIS_URL"] = f"{environ['REDIS_URL'].rstrip('/')}/{int(worker[2:]) + 1}"
    environ["DATA_DIR"] = str(Path(environ["DATA_DIR"]) / worker)


separate(os.environ)
