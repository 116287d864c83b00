"""From a folder to a snapshot by the shortest way: the stored generation when nothing changed, else a new one of what did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pmbot.corpus.store import nothing_to_search
from pmbot.corpus.walk import Found, Skipped, Walk
from pmbot.errors import EmptyCorpus, StateError, UnreadableDocument, UnusableIndex
from pmbot.indexing.analysis import Analysis
from pmbot.indexing.files import Entry, Scan, pack_entries, scan
from pmbot.indexing.kept import Kept, Stored
from pmbot.indexing.layout import BYTE_ORDER, LAYOUT, dump
from pmbot.indexing.packing import Packer
from pmbot.indexing.snapshot import Recipe, Snapshot, assemble, open_snapshot
from pmbot.models import Document, Sentence
from pmbot.storage.generations import GenerationFolder


class Source(NamedTuple):
    """Where documents come from. `read` gives those of a file, each with its sentences; UnreadableDocument when it cannot.

    `fingerprint` names everything that decides on what `read` gives, `moment` gives the time in ns.
    """

    walk: Callable[[Path], Walk]
    read: Callable[[Found], Sequence[tuple[Document, Sequence[Sentence]]]]
    fingerprint: str
    moment: Callable[[], int]


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
            self.discard()
            return self._snapshot(root, listener)

    def discard(self) -> None:
        """Remove the stored generation, so that the next snapshot is made of the documents alone."""
        if self.folder is not None:
            with suppress(OSError):
                self.folder.path.unlink()

    def _snapshot(self, root: Path, listener: Listener) -> Snapshot:
        stored = self._open(listener)
        looked = self._look(root, stored)
        if stored is not None and not looked.changed and stored.parts == self._parts:
            return open_snapshot(stored.meta, stored.get, self.recipe)
        if self.folder is None:
            return self._in_memory(looked, stored, listener)
        try:
            with self.folder.lock(on_wait=listener.say):
                return self._renewed(root, self.folder, listener)
        except UnusableIndex:
            raise
        except StateError as error:
            listener.say(f"the index is not kept: {error}")
            return self._in_memory(looked, stored, listener)

    def _renewed(self, root: Path, folder: GenerationFolder, listener: Listener) -> Snapshot:
        """Build and publish; another indexer may have done it while we waited for the lock."""
        stored = self._open(Listener())
        looked = self._look(root, stored)
        if stored is None or looked.changed or stored.parts != self._parts:
            meta, blocks = self._built(looked, stored, listener)
            generation = folder.write(meta, ((name, (data,)) for name, data in blocks))
            stored = Stored.of(generation)
        return open_snapshot(stored.meta, stored.get, self.recipe)

    def _in_memory(self, looked: Looked, stored: Stored | None, listener: Listener) -> Snapshot:
        meta, blocks = self._built(looked, stored, listener)
        held = {name: memoryview(data) for name, data in blocks}
        return open_snapshot(meta, held.__getitem__, self.recipe)

    def _open(self, listener: Listener) -> Stored | None:
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
        if stored is not None and (different := stored.unlike(self._parts)):
            listener.say(f"the index is built anew: it was made with {different}")
            return stored if stored.readable else None
        return stored

    def _look(self, root: Path, stored: Stored | None) -> Looked:
        """What is there now; when documents would be read otherwise today, no stored one counts."""
        now = self.source.moment()
        walk = self.source.walk(root)
        usable = stored is not None and stored.parts.get("reading") == self.source.fingerprint
        entries = stored.entries() if stored is not None and usable else {}
        found = scan(walk.files, entries, now)
        found.removed |= stored is not None and stored.meta.get("walked") != [list(skipped) for skipped in walk.skipped]
        return Looked(root, walk, found)

    def _built(self, looked: Looked, stored: Stored | None, listener: Listener) -> tuple[dict[str, Any], Iterator[tuple[str, Any]]]:
        """Header and blocks of a generation of what is there now."""
        packer, entries = Packer(self.analysis, self.recipe.cut), dict(looked.scan.known)
        if stored is not None and entries:
            kept = Kept(packer, stored, copyable=stored.same_terms(self._parts))
            for entry in looked.scan.known.values():
                for doc_id in entry.documents:
                    kept.take(doc_id)
        entries |= self._read(looked.scan, packer, listener)
        skipped = sorted([*looked.walk.skipped, *(Skipped(name, entry.reason) for name, entry in entries.items() if entry.reason)])
        if not packer.parts:
            raise EmptyCorpus(nothing_to_search(looked.root, skipped))
        meta, blocks = assemble(packer, self.analysis, self.recipe)
        meta |= {"parts": self._parts, "walked": [list(entry) for entry in looked.walk.skipped]}

        def every() -> Iterator[tuple[str, Any]]:
            yield from blocks
            yield "files", pack_entries(entries)
            yield "skipped", dump([list(entry) for entry in skipped])

        return meta, every()

    def _read(self, found: Scan, packer: Packer, listener: Listener) -> dict[str, Entry]:
        """Read and pack the files that are new or different; what became of each."""
        entries = {}
        listener.begin(len(found.fresh))
        for file in found.fresh:
            stamp, sha256 = found.stamps[file.doc_id]
            try:
                documents = self.source.read(file)
                for document, sentences in documents:
                    packer.add(document, sentences)
                entries[file.doc_id] = Entry(stamp, sha256, tuple(document.doc_id for document, _ in documents))
            except UnreadableDocument as problem:
                entries[file.doc_id] = Entry(stamp, sha256, (), str(problem))
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
            "chunks": f"{cut.size}/{cut.overlap}",
            "search": f"{type(backend).__name__}, {backend.signature}",
            "pmbot": self.recipe.version,
        }


class Looked(NamedTuple):
    """What was found at a root."""

    root: Path
    walk: Walk
    scan: Scan

    @property
    def changed(self) -> bool:
        """Whether anything is new, different or gone since the index was made."""
        return self.scan.changed
