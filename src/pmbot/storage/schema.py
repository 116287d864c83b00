"""The tables of the record of use, version by version. A version that was released is never edited: add the next one."""

from __future__ import annotations

from pmbot.storage.database import Kind

_VERSION_1 = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE asked (
        id INTEGER PRIMARY KEY,
        at REAL NOT NULL,
        channel TEXT NOT NULL,
        user TEXT,
        question TEXT NOT NULL,
        reading TEXT NOT NULL,
        status TEXT NOT NULL,
        reason TEXT,
        missing_terms TEXT NOT NULL,
        answer_id TEXT NOT NULL,
        signature TEXT NOT NULL,
        reply TEXT NOT NULL)""",
    "CREATE INDEX asked_answer ON asked (answer_id)",
    "CREATE INDEX asked_user ON asked (user)",
    "CREATE INDEX asked_at ON asked (at)",
    """CREATE TABLE vote (
        answer_id TEXT NOT NULL,
        user TEXT NOT NULL,
        vote TEXT NOT NULL,
        at REAL NOT NULL,
        PRIMARY KEY (answer_id, user)) WITHOUT ROWID""",
)

USE = Kind(name="the record of use", application_id=0x706D7573, migrations=(_VERSION_1,))
"""The record of use; its mark in the file reads `pmus`."""
