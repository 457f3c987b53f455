"""The full-text index behind food search: built into PostgreSQL, an FTS5 table kept by triggers on SQLite.

Both hold the very words of `Food.search_text`, split at spaces, without a dictionary or a language: a word that was
composed is the word that is found, on either database. Neither needs an extension, so no special role is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

POSTGRES_CREATE = (
    # array_to_tsvector takes the words as they are; to_tsvector would parse numbers and hosts out of them.
    "CREATE INDEX food_words ON planning_food USING gin ((array_to_tsvector(string_to_array(search_text, ' '))))",
)
POSTGRES_DROP = ("DROP INDEX IF EXISTS food_words",)

SQLITE_CREATE = (
    # A row of planning_food has no number of its own that VACUUM keeps, so a table of its own gives it one.
    "CREATE TABLE planning_food_words"
    "(number INTEGER PRIMARY KEY, food_id varchar(40) NOT NULL UNIQUE, words text NOT NULL)",
    "CREATE VIRTUAL TABLE planning_food_fts USING fts5(words, content='planning_food_words', content_rowid='number', "
    "tokenize='ascii', prefix='1 2 3', detail=none, columnsize=0)",
    "CREATE TRIGGER planning_food_words_ai AFTER INSERT ON planning_food_words BEGIN "
    "INSERT INTO planning_food_fts(rowid, words) VALUES (new.number, new.words); END",
    "CREATE TRIGGER planning_food_words_ad AFTER DELETE ON planning_food_words BEGIN "
    "INSERT INTO planning_food_fts(planning_food_fts, rowid, words) VALUES ('delete', old.number, old.words); END",
    "CREATE TRIGGER planning_food_words_au AFTER UPDATE ON planning_food_words BEGIN "
    "INSERT INTO planning_food_fts(planning_food_fts, rowid, words) VALUES ('delete', old.number, old.words); "
    "INSERT INTO planning_food_fts(rowid, words) VALUES (new.number, new.words); END",
)
# SQLite drops these with the old planning_food whenever a migration builds that table anew; the rest stays.
SQLITE_TRIGGERS = {
    "planning_food_search_ai": "CREATE TRIGGER planning_food_search_ai AFTER INSERT ON planning_food BEGIN "
    "INSERT INTO planning_food_words(food_id, words) VALUES (new.id, new.search_text); END",
    "planning_food_search_ad": "CREATE TRIGGER planning_food_search_ad AFTER DELETE ON planning_food BEGIN "
    "DELETE FROM planning_food_words WHERE food_id = old.id; END",
    "planning_food_search_au": "CREATE TRIGGER planning_food_search_au AFTER UPDATE OF search_text ON planning_food "
    "WHEN old.search_text <> new.search_text BEGIN "
    "UPDATE planning_food_words SET words = new.search_text WHERE food_id = new.id; END",
}
SQLITE_FILL = (
    "DELETE FROM planning_food_words",
    "INSERT INTO planning_food_words(food_id, words) SELECT id, search_text FROM planning_food",
)
SQLITE_DROP = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE_TRIGGERS),
    "DROP TABLE IF EXISTS planning_food_fts",
    "DROP TABLE IF EXISTS planning_food_words",
)

POSTGRES_MATCH = "array_to_tsvector(string_to_array(planning_food.search_text, ' ')) @@ %s::tsquery"
SQLITE_MATCH = (
    "planning_food.id IN (SELECT food_id FROM planning_food_words WHERE number IN "
    "(SELECT rowid FROM planning_food_fts WHERE planning_food_fts MATCH %s))"
)


def create_index(connection: BaseDatabaseWrapper) -> None:
    """Creates the index and fills it from the foods that are there."""
    if connection.vendor == "postgresql":
        _execute(connection, POSTGRES_CREATE)
    else:
        _execute(connection, (*SQLITE_CREATE, *SQLITE_TRIGGERS.values(), *SQLITE_FILL))


def drop_index(connection: BaseDatabaseWrapper) -> None:
    """Takes the index away again; the foods stay."""
    _execute(connection, POSTGRES_DROP if connection.vendor == "postgresql" else SQLITE_DROP)


def ensure_index(connection: BaseDatabaseWrapper) -> bool:
    """Restores what keeps the SQLite index in step when a rebuilt table has lost it; returns whether it had to."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'planning_food'")
        missing = SQLITE_TRIGGERS.keys() - {name for (name,) in cursor.fetchall()}
    if missing:
        _execute(connection, (*(SQLITE_TRIGGERS[name] for name in sorted(missing)), *SQLITE_FILL))
    return bool(missing)


def _execute(connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def match_condition(vendor: str, groups: Sequence[Sequence[tuple[str, bool]]]) -> tuple[str, list[str]]:
    """A condition on planning_food as (SQL, parameters): every group must be met by one of its (word, as a beginning).

    The words consist of letters and digits only, so nothing in them is an operator of either query language.
    """
    if vendor == "postgresql":
        query = " & ".join(
            "(" + " | ".join(f"'{word}'" + (":*" if begins else "") for word, begins in group) + ")" for group in groups
        )
        return POSTGRES_MATCH, [query]
    query = " AND ".join(
        "(" + " OR ".join(f'"{word}"' + (" *" if begins else "") for word, begins in group) + ")" for group in groups
    )
    return SQLITE_MATCH, [query]
