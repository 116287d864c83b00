"""The public Python API.

from pmbot import KnowledgeBase

knowledge = KnowledgeBase.load("knowledge")
answer = knowledge.ask("How much did the two countries trade in 2023?")
print(answer.short_answer, answer.citations[0].quote)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar, overload

from pmbot.answering.engine import Engine
from pmbot.bootstrap import Builder
from pmbot.corpus.walk import Skipped
from pmbot.errors import UnusableIndex
from pmbot.indexing.changes import compare
from pmbot.indexing.indexer import Listener
from pmbot.indexing.snapshot import Snapshot
from pmbot.indexing.watch import Watcher
from pmbot.models import Answer, Changes, Document, Question, Sentence, Trace
from pmbot.text.vocabulary import Vocabulary

T = TypeVar("T")
_OFFERED_FROM = 2_000_000
"""Characters of text that words are offered from."""


class KnowledgeBase:
    """A folder of documents that answers questions. Safe to share between threads: every question sees one snapshot."""

    def __init__(self, build: Callable[[], Engine], afresh: Callable[[], Engine] | None = None, root: Path | None = None) -> None:
        """`build` makes an engine over the documents at `root` as they are; `afresh` does so without what an older index knows."""
        self._build, self._afresh, self._engine = build, afresh or build, build()
        self.root = root
        self._reloading = threading.Lock()
        self._words: tuple[Snapshot, Vocabulary] | None = None

    @classmethod
    def load(
        cls,
        path: Path | str | None = None,
        *,
        config: Path | str | None = None,
        index: Path | str | None = None,
        listener: Listener | None = None,
    ) -> KnowledgeBase:
        """Read the folder or file at `path` (default: the `knowledge` setting) with the settings found from `config` on.

        The index is kept in the folder `index` (default: the `index` settings), and only what changed since is read.
        `listener` is told how that goes. Raises `ConfigError`, `CorpusError`, `EmptyCorpus`, or `StateError` when there can be no
        index at `index`; files that cannot be read are listed in `skipped`.
        """
        build = Builder.of(_path(config), index=_path(index), listener=listener)
        root = _path(path) or build.knowledge
        return cls(lambda: build(root), lambda: build.afresh(root), root)

    def ask(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Answer:
        """Answer a question. `history` holds earlier questions, newest last; `doc_id` restricts the search to one document.

        Never raises for what a person may type; `CorpusError` when there is no document `doc_id`.
        """
        return self.trace(text, history=history, doc_id=doc_id).answer

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        """The answer and everything that led to it."""
        question = Question(text=text, history=tuple(history), doc_id=doc_id)
        return self._of(lambda engine: _traced(engine, question))

    def reload(self) -> Changes:
        """Read the documents anew and swap them in; when that fails the old ones stay and the error is raised."""
        with self._reloading:
            old, fresh = self._engine, self._build()
            try:
                changes = _changes(old, fresh)
            except UnusableIndex:
                fresh = self._afresh()
                changes = _changes_if_known(old, fresh)
            if changes is not None:
                self._engine = fresh
        return changes or Changes()

    def watch(self, told: Callable[[Changes], None], failed: Callable[[Exception], None]) -> Watcher:
        """Reload whenever the documents change, in a thread of its own; to be started and stopped by the caller.

        `told` gets what a reload found; `failed` the error of one that failed, after which the old documents still answer.
        ValueError when this knowledge was not loaded from a folder or file.
        """
        if self.root is None:
            raise ValueError("this knowledge was not loaded from a folder or file: there is nothing to watch")

        def reload() -> None:
            changes = self.reload()
            if changes:
                told(changes)

        return Watcher((self.root,), reload, failed)

    def _of(self, look: Callable[[Engine], T]) -> T:
        """What `look` finds. A block is checked when it is first touched: an index that turns out to be damaged is built anew."""
        engine = self._engine
        try:
            return look(engine)
        except UnusableIndex:
            return look(self._built_anew(engine))

    def _built_anew(self, damaged: Engine) -> Engine:
        """Replace a damaged engine, once however many threads find the damage."""
        with self._reloading:
            if self._engine is damaged:
                self._engine = self._afresh()
            return self._engine

    @property
    def documents(self) -> Sequence[Document]:
        """All documents, by id."""
        return _Documents(self._engine, self._built_anew)

    def document(self, doc_id: str) -> Document:
        """One document; `CorpusError` when there is none of that id."""
        return self._of(lambda engine: engine.snapshot.corpus.document(doc_id))

    def sentences(self, doc_id: str) -> tuple[Sentence, ...]:
        """The sentences of one document, in order; `CorpusError` when there is none of that id."""
        return self._of(lambda engine: _sentences(engine, doc_id))

    @property
    def sentence_count(self) -> int:
        """How many sentences the documents have together."""
        return self._engine.snapshot.statistics.sentences

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The files that were not read, and why."""
        return self._of(lambda engine: engine.snapshot.corpus.skipped)

    @property
    def signature(self) -> str:
        """Every setting behind an answer, in one line."""
        return self._engine.signature

    def vocabulary(self, prefix: str) -> tuple[str, ...]:
        """Words and names of the documents that begin with `prefix`, accents and capitals aside, the most frequent first."""
        return self._of(self._vocabulary).starting(prefix)

    def examples(self) -> tuple[str, ...]:
        """Up to three questions that these documents answer."""
        return self._of(lambda engine: engine.examples)

    def _vocabulary(self, engine: Engine) -> Vocabulary:
        known = self._words
        if known is None or known[0] is not engine.snapshot:
            self._words = known = (engine.snapshot, Vocabulary(_beginning(engine.snapshot.corpus.documents)))
        return known[1]


class _Documents(Sequence[Document]):
    """The documents of an engine. When its index turns out to be damaged, those of one built anew from the same files."""

    def __init__(self, engine: Engine, built_anew: Callable[[Engine], Engine]) -> None:
        self._engine, self._built_anew = engine, built_anew

    def __len__(self) -> int:
        return len(self._engine.snapshot.corpus.documents)

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Document]: ...
    def __getitem__(self, place: int | slice) -> Document | Sequence[Document]:
        try:
            return self._engine.snapshot.corpus.documents[place]
        except UnusableIndex:
            fresh = self._built_anew(self._engine)
            if fresh.signature != self._engine.signature:  # the files have changed too: places mean other documents now
                raise
            self._engine = fresh
            return fresh.snapshot.corpus.documents[place]


def _changes(old: Engine, fresh: Engine) -> Changes | None:
    """What is different in `fresh`; None when nothing is, not even what was skipped."""
    if fresh.signature == old.signature and fresh.snapshot.corpus.skipped == old.snapshot.corpus.skipped:
        return None
    return compare(old.snapshot.corpus.fingerprints, fresh.snapshot.corpus.fingerprints)


def _changes_if_known(old: Engine, fresh: Engine) -> Changes | None:
    """The same; where the old documents can no longer be read, all of `fresh` may have changed."""
    try:
        return _changes(old, fresh)
    except UnusableIndex:
        return Changes(changed=tuple(document.doc_id for document in fresh.snapshot.corpus.documents))


def _traced(engine: Engine, question: Question) -> Trace:
    if question.doc_id is not None:
        engine.snapshot.corpus.document(question.doc_id)
    return engine.trace(question)


def _sentences(engine: Engine, doc_id: str) -> tuple[Sentence, ...]:
    corpus = engine.snapshot.corpus
    return tuple(corpus.sentences[corpus.document(doc_id).doc_id])


def _beginning(documents: Sequence[Document]) -> Iterator[str]:
    """The texts of the first documents: words to offer while somebody types, not a reason to read a large folder whole."""
    taken = 0
    for document in documents:
        yield document.text
        taken += len(document.text)
        if taken > _OFFERED_FROM:
            return


def _path(given: Path | str | None) -> Path | None:
    return None if given is None else Path(given)
