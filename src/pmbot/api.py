"""The public Python API.

from pmbot import KnowledgeBase

knowledge = KnowledgeBase.load("knowledge")
answer = knowledge.ask("How much did the two countries trade in 2023?")
print(answer.short_answer, answer.citations[0].quote)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pmbot.answering.engine import Engine
from pmbot.bootstrap import engine_builder
from pmbot.corpus.walk import Skipped
from pmbot.indexing.changes import compare
from pmbot.models import Answer, Changes, Document, Question, Trace


class KnowledgeBase:
    """A folder of documents that answers questions. Safe to share between threads: every question sees one snapshot."""

    def __init__(self, build: Callable[[], Engine]) -> None:
        self._build, self._engine = build, build()

    @classmethod
    def load(cls, path: Path | str | None = None, *, config: Path | str | None = None) -> KnowledgeBase:
        """Read the folder or file at `path` (default: the `knowledge` setting) with the settings found from `config` on.

        Raises `ConfigError`, `CorpusError` or `EmptyCorpus`; files that cannot be read are listed in `skipped`.
        """
        build = engine_builder(Path(config) if config is not None else None)
        root = Path(path) if path is not None else None
        return cls(lambda: build(root))

    def ask(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Answer:
        """Answer a question. `history` holds earlier questions, newest last; `doc_id` restricts the search to one document.

        Never raises for what a person may type; `CorpusError` when there is no document `doc_id`.
        """
        return self.trace(text, history=history, doc_id=doc_id).answer

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        """The answer and everything that led to it."""
        engine = self._engine
        if doc_id is not None:
            engine.snapshot.corpus.document(doc_id)
        return engine.trace(Question(text=text, history=tuple(history), doc_id=doc_id))

    def reload(self) -> Changes:
        """Read the documents anew and swap them in; when that fails the old ones stay and the error is raised."""
        fresh = self._build()
        changes = compare(self._engine.snapshot.corpus, fresh.snapshot.corpus)
        self._engine = fresh
        return changes

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, by id."""
        return self._engine.snapshot.corpus.documents

    def document(self, doc_id: str) -> Document:
        """One document; `CorpusError` when there is none of that id."""
        return self._engine.snapshot.corpus.document(doc_id)

    @property
    def sentence_count(self) -> int:
        """How many sentences the documents have together."""
        return self._engine.snapshot.statistics.sentences

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The files that were not read, and why."""
        return self._engine.snapshot.corpus.skipped

    @property
    def signature(self) -> str:
        """Every setting behind an answer, in one line."""
        return self._engine.signature

    def examples(self) -> tuple[str, ...]:
        """Up to three questions that these documents answer."""
        return self._engine.examples
