"""The tables of the Telegram channel, version by version. A version that was released is never edited: add the next one.

`bot` is the bot's id: update ids, people and messages are different ones for another bot.
"""

from __future__ import annotations

from pmbot.storage.database import Kind

_VERSION_1 = (
    """CREATE TABLE inbox (
        bot INTEGER NOT NULL,
        update_id INTEGER NOT NULL,
        received REAL NOT NULL,
        body TEXT,
        done REAL,
        outcome TEXT,
        PRIMARY KEY (bot, update_id)) WITHOUT ROWID""",
    "CREATE INDEX inbox_waiting ON inbox (bot, update_id) WHERE done IS NULL",
    "CREATE INDEX inbox_done ON inbox (done) WHERE done IS NOT NULL",
    # AUTOINCREMENT: a button of a deleted answer must never lead to a newer one.
    """CREATE TABLE answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        bot INTEGER NOT NULL,
        update_id INTEGER NOT NULL,
        chat INTEGER NOT NULL,
        conversation TEXT NOT NULL,
        user INTEGER,
        asked INTEGER,
        question TEXT NOT NULL,
        history TEXT NOT NULL,
        doc_id TEXT,
        answer_id TEXT NOT NULL,
        signature TEXT NOT NULL,
        followed INTEGER NOT NULL,
        suggestions TEXT NOT NULL,
        messages TEXT NOT NULL,
        at REAL NOT NULL,
        UNIQUE (bot, update_id))""",
    "CREATE INDEX answer_conversation ON answer (bot, conversation, id)",
    "CREATE INDEX answer_asked ON answer (bot, chat, asked)",
    "CREATE INDEX answer_user ON answer (bot, user)",
    "CREATE INDEX answer_at ON answer (at)",
    """CREATE TABLE mark (
        bot INTEGER NOT NULL,
        id INTEGER NOT NULL,
        mark TEXT NOT NULL,
        value INTEGER,
        at REAL NOT NULL,
        PRIMARY KEY (bot, id, mark)) WITHOUT ROWID""",
)

TELEGRAM = Kind(name="the journal of the Telegram channel", application_id=0x706D7467, migrations=(_VERSION_1,))
"""Its mark in the file reads `pmtg`."""
