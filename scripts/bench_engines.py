"""pmbot and its peers behind one face: built from the same terms, kept in a folder, asked for the ten best passages.

Each is used as its manual says; what is not installed is left out. See requirements/bench.txt.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

TOP = 10


class SearchEngine(Protocol):
    """Build once, store in a folder, open from there, ask."""

    def build(self, passages: Sequence[list[str]], folder: Path) -> None:
        """Index passages, given as terms, and leave in `folder` what `open` needs."""

    def open(self, folder: Path) -> None:
        """Open what `build` left."""

    def ask(self, terms: list[str]) -> list[int]:
        """Return the rows of the best passages."""


class Pmbot:
    """Our posting lists in a generation file."""

    def build(self, passages: Iterable[list[str]], folder: Path) -> None:
        """Fit and publish, with checksums."""
        from pmbot.retrieval.build import build
        from pmbot.storage.generations import GenerationFolder

        postings = build(passages)
        GenerationFolder(folder).write({"size": postings.size}, ((name, [block]) for name, block in postings.blocks().items()))

    def open(self, folder: Path) -> None:
        """Map the file."""
        from pmbot.indexing.kept import Stored
        from pmbot.retrieval.postings import Postings
        from pmbot.storage.generations import GenerationFolder

        generation = GenerationFolder(folder).open()
        if generation is None:
            raise FileNotFoundError(folder)
        self._generation = generation
        self._postings = Postings.of_blocks(Stored.of(generation).get, generation.meta["size"])

    def check(self) -> None:
        """Compare all checksums, which otherwise happens when a part of the file is first touched."""
        self._generation.verify()

    def ask(self, terms: list[str]) -> list[int]:
        """Rows, best first."""
        return self._postings.top(terms, TOP)[0]


class RankBm25:
    """rank-bm25; it has no file of its own, so it is pickled."""

    def build(self, passages: Sequence[list[str]], folder: Path) -> None:
        """Fit and pickle."""
        from rank_bm25 import BM25Okapi

        (folder / "model.pickle").write_bytes(pickle.dumps(BM25Okapi(passages), protocol=5))

    def open(self, folder: Path) -> None:
        """Unpickle."""
        self._model = pickle.loads((folder / "model.pickle").read_bytes())  # noqa: S301 - written a moment ago
        self._rows = range(self._model.corpus_size)

    def ask(self, terms: list[str]) -> list[int]:
        """Rows by `get_top_n`."""
        return list(self._model.get_top_n(terms, self._rows, n=TOP))


class Bm25s:
    """bm25s, its scores in numpy or compiled by numba."""

    def __init__(self, backend: str) -> None:
        self._backend = backend

    def build(self, passages: Sequence[list[str]], folder: Path) -> None:
        """Index and save; `atire` is rank-bm25's formula."""
        model = import_module("bm25s").BM25(method="atire", k1=1.5, b=0.75, backend=self._backend)
        model.index(passages, show_progress=False)
        model.save(str(folder), show_progress=False)

    def open(self, folder: Path) -> None:
        """Map the arrays."""
        self._model: Any = import_module("bm25s").BM25.load(str(folder), mmap=True, show_progress=False)
        self._model.backend = self._backend

    def ask(self, terms: list[str]) -> list[int]:
        """Rows by `retrieve`, one question at a time."""
        found, _ = self._model.retrieve([terms], k=TOP, show_progress=False)
        return [int(row) for row in found[0]]


class Tantivy:
    """tantivy: an inverted index in Rust with block-max WAND."""

    def build(self, passages: Sequence[list[str]], folder: Path) -> None:
        """One thread, one commit."""
        tantivy = import_module("tantivy")
        writer = tantivy.Index(self._schema(), path=str(folder)).writer(200_000_000, 1)
        for row, terms in enumerate(passages):
            writer.add_document(tantivy.Document(row=row, terms=" ".join(terms)))
        writer.commit()
        writer.wait_merging_threads()

    def _schema(self) -> Any:
        schema = import_module("tantivy").SchemaBuilder()
        schema.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="freq")
        schema.add_unsigned_field("row", stored=True)
        return schema.build()

    def open(self, folder: Path) -> None:
        """Open the folder."""
        tantivy = import_module("tantivy")
        index = tantivy.Index.open(str(folder))
        self._query, self._should, self._of, self._searcher = tantivy.Query, tantivy.Occur.Should, index.schema, index.searcher()

    def ask(self, terms: list[str]) -> list[int]:
        """Addresses of a disjunction of the terms; the rows stay unread."""
        query = self._query
        parts = [(self._should, query.term_query(self._of, "terms", term, index_option="freq")) for term in terms]
        hits = self._searcher.search(query.boolean_query(parts), TOP, count=False).hits
        return [address.doc for _, address in hits]


class Fts5:
    """SQLite's own full text search."""

    def build(self, passages: Sequence[list[str]], folder: Path) -> None:
        """One transaction, then `optimize`."""
        with sqlite3.connect(folder / "fts.sqlite3") as database:
            database.execute("CREATE VIRTUAL TABLE passages USING fts5(terms, content='', tokenize='unicode61')")
            database.executemany("INSERT INTO passages(rowid, terms) VALUES (?, ?)", enumerate(map(" ".join, passages)))
            database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        database.close()

    def open(self, folder: Path) -> None:
        """Connect."""
        self._database = sqlite3.connect(folder / "fts.sqlite3", check_same_thread=False)

    def ask(self, terms: list[str]) -> list[int]:
        """Rows by `rank`, which is its BM25."""
        words = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
        rows = self._database.execute("SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?", (words, TOP))
        return [row for (row,) in rows]


def _has_fts5() -> bool:
    return bool(sqlite3.connect(":memory:").execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def engines() -> tuple[dict[str, SearchEngine], list[str]]:
    """Return the engines there are, by name, and the names of those that are missing."""
    wanted: dict[str, tuple[SearchEngine, tuple[str, ...]]] = {
        "pmbot": (Pmbot(), ()),
        "rank-bm25": (RankBm25(), ("rank_bm25",)),
        "bm25s": (Bm25s("numpy"), ("bm25s",)),
        "bm25s-numba": (Bm25s("numba"), ("bm25s", "numba")),
        "tantivy": (Tantivy(), ("tantivy",)),
        "SQLite FTS5": (Fts5(), ()),
    }
    missing = [name for name, (_, needs) in wanted.items() if not all(map(find_spec, needs))]
    missing += [] if _has_fts5() else ["SQLite FTS5"]
    return {name: engine for name, (engine, _) in wanted.items() if name not in missing}, missing
