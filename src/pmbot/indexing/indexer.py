"""From a folder to a snapshot by the shortest way: the stored generation when nothing changed, else a new one of what did."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pmbot.corpus.names import as_text
from pmbot.corpus.store import not_used, nothing_to_search
from pmbot.corpus.walk import Found, Skipped, Walk
from pmbot.errors import EmptyCorpus, StateError, UnreadableDocument, UnusableIndex
from pmbot.indexing.analysis import Analysis
from pmbot.indexing.files import Entry, Reading, Scan, pack_entries, scan
from pmbot.indexing.kept import Kept, Stored
from pmbot.indexing.layout import BYTE_ORDER, LAYOUT, dump
from pmbot.indexing.packing import Packer
from pmbot.indexing.snapshot import Recipe, Snapshot, assemble, open_snapshot
from pmbot.models import Document, Sentence
from pmbot.storage.generations import GenerationFolder
from pmbot.text.figures.finding import grammar_fingerprint

_WRITES_PER_HASH = 8
"""Where comparing the content of files reads more than an eighth of what the index has, writing new stamps pays within a few openings."""


class Source(NamedTuple):
    """Where documents come from.

    `read` gives those of a file, each with its sentences, and the bytes they are made of to its second argument; UnreadableDocument
    when it cannot. `fingerprint` names everything that decides on what `read` gives, `moment` gives the time in ns; `done` is called when
    all is read.
    """

    walk: Callable[[Path], Walk]
    read: Callable[[Found, Callable[[bytes], object]], Sequence[tuple[Document, Sequence[Sentence]]]]
    fingerprint: str
    moment: Callable[[], int]
    done: Callable[[], None] = lambda: None


class Listener(NamedTuple):
    """Who is told how indexing goes: `say` gets lines for people, `begin` how many files are to be read, `advance` each one read."""

    say: Callable[[str], None] = lambda _: None
    begin: Callable[[int], None] = lambda _: None
    advance: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Indexer:
    """Makes snapshots of one knowledge. With a `folder` they are stored there, and what did not change is taken from there."""

    source: Source
    analysis: Analysis
    recipe: Recipe
    folder: GenerationFolder | None = None

    def snapshot(self, root: Path, listener: Listener) -> Snapshot:
        """The documents at `root` as they are now. Unchanged files are not read again.

        Raises CorpusError and EmptyCorpus, RetrieverUnavailable. When the generation cannot be stored, it is said, and the
        snapshot is made in memory.
        """
        try:
            return self._snapshot(root, listener)
        except UnusableIndex as problem:  # a block was damaged that is touched late
            listener.say(f"the index is built anew: {problem}")
            return self.afresh(root, listener)

    def afresh(self, root: Path, listener: Listener) -> Snapshot:
        """The same, of the documents alone: nothing is taken from the stored generation, which is replaced."""
        looked = self._look(root, None)
        if self.folder is not None:
            try:
                with self.folder.lock(on_wait=listener.say):
                    return self._published(self.folder, looked, None, listener)
            except StateError as error:
                listener.say(f"the index is not kept: {error}")
        return self._in_memory(looked, None, listener)

    def _snapshot(self, root: Path, listener: Listener) -> Snapshot:
        stored = self._open(root, listener)
        looked = self._look(root, stored)
        if stored is not None and self._is_current(stored, looked):
            return self._opened(self._stamped(stored, looked))
        if self.folder is None:
            return self._in_memory(looked, stored, listener)
        try:
            with self.folder.lock(on_wait=listener.say):
                return self._renewed(self.folder, looked, stored, listener)
        except UnusableIndex:
            raise
        except StateError as error:
            listener.say(f"the index is not kept: {error}")
            return self._in_memory(looked, stored, listener)

    def _renewed(self, folder: GenerationFolder, looked: Looked, stored: Stored | None, listener: Listener) -> Snapshot:
        """Build and publish, unless another indexer has done it while we waited for the lock."""
        there = self._open(looked.root, Listener())
        if there is not None and (stored is None or there.id != stored.id):
            stored, looked = there, self._look(looked.root, there)
            if self._is_current(stored, looked):
                return self._opened(stored)
        return self._published(folder, looked, stored, listener)

    def _published(self, folder: GenerationFolder, looked: Looked, stored: Stored | None, listener: Listener) -> Snapshot:
        meta, blocks = self._built(looked, stored, listener)
        return self._opened(Stored.of(folder.write(meta, ((name, (data,)) for name, data in blocks))))

    def _stamped(self, stored: Stored, looked: Looked) -> Stored:
        """The generation with the stamps that files have now, when comparing their content each time would cost more than writing it."""
        if self.folder is None or looked.scan.hashed * _WRITES_PER_HASH < stored.size:
            return stored
        files = pack_entries(looked.scan.known)
        if files == bytes(stored.get("files")[:]):
            return stored
        try:
            with self.folder.lock(timeout=0):
                blocks = ((name, (files if name == "files" else stored.get(name)[:],)) for name in stored.names)
                return Stored.of(self.folder.write(stored.meta, blocks))
        except UnusableIndex:
            raise
        except StateError:  # somebody else is at work, or it cannot be written: it was not needed either
            return stored

    def _is_current(self, stored: Stored, looked: Looked) -> bool:
        return not looked.scan.changed and stored.parts == self._parts and stored.meta.get("root") == looked.place

    def _opened(self, stored: Stored) -> Snapshot:
        return open_snapshot(stored.meta, stored.get, self.recipe)

    def _in_memory(self, looked: Looked, stored: Stored | None, listener: Listener) -> Snapshot:
        meta, blocks = self._built(looked, stored, listener)
        held = {name: memoryview(data) for name, data in blocks}
        return open_snapshot(meta, held.__getitem__, self.recipe)

    def _open(self, root: Path, listener: Listener) -> Stored | None:
        """The stored generation, when there is a usable one."""
        if self.folder is None:
            return None
        try:
            generation = self.folder.open()
            stored = Stored.of(generation) if generation is not None else None
        except UnusableIndex as problem:
            listener.say(f"the index is built anew: {problem}")
            return None
        except StateError as problem:
            listener.say(f"the index is not used: {problem}")
            return None
        if stored is None:
            return None
        if different := stored.unlike(self._parts):
            listener.say(f"the index is built anew: it was made with {different}")
        if (other := stored.meta.get("root")) not in {None, _place(root)}:
            listener.say(
                f"the index in {self.folder.folder} was made of {other}: it is replaced. Give each knowledge an --index of its own."
            )
        return stored if stored.readable else None

    def _look(self, root: Path, stored: Stored | None) -> Looked:
        """What is there now; when documents would be read otherwise today, no stored one counts."""
        moment = self.source.moment()
        files, skipped = self.source.walk(root)
        walk, place = Walk(*_unambiguous(files, skipped)), _place(root)
        if stored is None or not stored.reads_like(self._parts):
            return Looked(root, place, walk, scan(walk.files, {}, moment))
        entries = stored.entries()
        if stored.meta.get("root") != place:  # by their content alone: elsewhere the same stamp may be another file's
            entries = {name: entry._replace(stamp=None) for name, entry in entries.items()}
        found = scan(walk.files, entries, moment)
        found.removed |= stored.meta.get("walked") != _digest(walk.skipped)
        return Looked(root, place, walk, found)

    def _built(self, looked: Looked, stored: Stored | None, listener: Listener) -> tuple[dict[str, Any], Iterator[tuple[str, Any]]]:
        """Header and blocks of a generation of what is there now."""
        packer, entries = Packer(self.analysis, self.recipe.cut), dict(looked.scan.known)
        if stored is not None and entries:
            kept = Kept(packer, stored, copyable=stored.same_terms(self._parts))
            for entry in looked.scan.known.values():
                for doc_id in entry.documents:
                    kept.take(doc_id)
        entries |= self._read(looked.scan, packer, listener)
        skipped = sorted([*looked.walk.skipped, *(entry.skipped for entry in entries.values() if entry.skipped)])
        if not packer.parts:
            raise EmptyCorpus(nothing_to_search(looked.root, skipped))
        meta, blocks = assemble(packer, self.analysis, self.recipe)
        meta |= {"parts": self._parts, "root": looked.place, "walked": _digest(looked.walk.skipped)}

        def every() -> Iterator[tuple[str, Any]]:
            yield from blocks
            yield "files", pack_entries(entries)
            yield "skipped", dump([list(entry) for entry in skipped])

        return meta, every()

    def _read(self, found: Scan, packer: Packer, listener: Listener) -> dict[str, Entry]:
        """Read and pack the files that are new or different; what became of each."""
        try:
            return self._read_each(found, packer, listener)
        finally:
            self.source.done()

    def _read_each(self, found: Scan, packer: Packer, listener: Listener) -> dict[str, Entry]:
        entries = {}
        listener.begin(len(found.fresh))
        for file in found.fresh:
            reading = Reading(file.path, self.source.moment())
            try:
                documents = self.source.read(file, reading.saw)
            except UnreadableDocument as problem:
                entries[file.doc_id] = reading.refused(problem, not_used(file.doc_id, problem))
            else:
                entries[file.doc_id] = reading.entry(tuple(document.doc_id for document, _ in documents))
                for document, sentences in documents:
                    packer.add(document, sentences)
            listener.advance()
        return entries

    @property
    def _parts(self) -> dict[str, str]:
        """Everything that decides on the blocks, by what it is called."""
        cut, backend = self.recipe.cut, self.recipe.backend
        return {
            "layout": f"{LAYOUT}, {BYTE_ORDER}",
            "reading": self.source.fingerprint,
            "analyzer": self.analysis.fingerprint,
            "figure grammar": grammar_fingerprint(),
            "chunks": f"{cut.size}/{cut.overlap}",
            "search": f"{type(backend).__name__}, {backend.signature}",
            "pmbot": self.recipe.version,
        }


class Looked(NamedTuple):
    """What was found at a root; `place` is its real path."""

    root: Path
    place: str
    walk: Walk
    scan: Scan


def _place(root: Path) -> str:
    """The real path of `root`, the same in any code page."""
    return as_text(os.path.realpath(root))


def _unambiguous(files: tuple[Found, ...], skipped: tuple[Skipped, ...]) -> tuple[tuple[Found, ...], tuple[Skipped, ...]]:
    """Leave out files whose name could be the id of a document inside another file: `list.jsonl#7.txt` beside `list.jsonl`."""
    marked = [file.doc_id for file in files if "#" in file.doc_id]
    if not marked:
        return files, skipped
    names = {file.doc_id for file in files}
    owners = {name: owner for name in marked for owner in _before_marks(name) if owner in names}
    refused = [Skipped(name, f"its name could be that of a document in {owner}; rename it", "refused") for name, owner in owners.items()]
    return tuple(file for file in files if file.doc_id not in owners), tuple(sorted([*skipped, *refused]))


def _before_marks(name: str) -> Iterator[str]:
    return (name[:place] for place, character in enumerate(name) if character == "#")


def _digest(skipped: Sequence[Skipped]) -> str:
    return hashlib.sha256(dump([list(entry) for entry in skipped])).hexdigest()
