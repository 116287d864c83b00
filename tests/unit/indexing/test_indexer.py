"""The stored generation is used when nothing changed, and what did change is all that is read."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.corpus.params import CorpusParams
from pmbot.corpus.store import read_documents
from pmbot.corpus.units import sentences_of
from pmbot.corpus.walk import Found, walk
from pmbot.errors import EmptyCorpus
from pmbot.indexing.backends import PostingsBackend
from pmbot.indexing.files import UNCERTAIN_NS
from pmbot.indexing.indexer import Indexer, Listener, Source
from pmbot.indexing.packing import Cut
from pmbot.indexing.snapshot import Recipe, Snapshot
from pmbot.models import Document, Sentence
from pmbot.retrieval.params import RetrievalParams
from pmbot.storage.generations import GenerationFolder
from tests.fakes import WordAnalysis

LATER = 1 << 62  # in ns: long after any file of the test was written


class Lines:
    """Takes every line for a sentence."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


class Bench:
    """A folder of documents, a folder for its index, and a note of what was read."""

    def __init__(self, root: Path, *, cut: Cut | None = None, reading: str = "lines", now: int = LATER) -> None:
        self.documents, self.folder = root / "documents", GenerationFolder(root / "state")
        for folder in (self.documents, self.folder.folder):
            folder.mkdir(parents=True, exist_ok=True)
        self.read: list[str] = []
        self.said: list[str] = []
        self.cut, self.reading, self.now = cut or Cut(3, 1), reading, now

    def write(self, **texts: str) -> None:
        for name, text in texts.items():
            (self.documents / f"{name}.txt").write_text(text)

    def _read(self, found: Found, saw: Callable[[bytes], object]) -> Sequence[tuple[Document, Sequence[Sentence]]]:
        self.read.append(found.doc_id)
        return [(document, sentences_of(document, Lines())) for document in read_documents(found, CorpusParams(), saw=saw)]

    def snapshot(self, *, kept: bool = True) -> Snapshot:
        self.read, self.said = [], []
        recipe = Recipe(PostingsBackend(RetrievalParams()), self.cut, "1")
        source = Source(walk, self._read, self.reading, lambda: self.now)
        indexer = Indexer(source, WordAnalysis(), recipe, self.folder if kept else None)
        return indexer.snapshot(self.documents, Listener(say=self.said.append))

    def blocks(self) -> dict[str, bytes]:
        generation = self.folder.open()
        assert generation is not None
        return {name: bytes(generation.block(name)) for name in generation.names() if name != "files"}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    bench.write(a="Trade with Korea grew.", b="Riga lies by the sea.", c="The port is old.")
    return bench


def found(snapshot: Snapshot, word: str) -> list[str]:
    return [hit.chunk.doc_id for hit in snapshot.retriever.retrieve([word], top_k=9)]


def test_a_fresh_index_is_opened_without_reading_a_document(bench: Bench) -> None:
    first = bench.snapshot()
    assert bench.read == ["a.txt", "b.txt", "c.txt"]
    second = bench.snapshot()
    assert bench.read == []
    assert second.signature == first.signature
    assert found(second, "riga") == ["b.txt"]


def test_only_what_changed_is_read(bench: Bench) -> None:
    bench.snapshot()
    bench.write(b="Riga lies by a river.", d="New words.")
    (bench.documents / "c.txt").unlink()
    snapshot = bench.snapshot()
    assert bench.read == ["b.txt", "d.txt"]
    assert [document.doc_id for document in snapshot.corpus.documents] == ["a.txt", "b.txt", "d.txt"]
    assert found(snapshot, "sea") == found(snapshot, "port") == []
    assert found(snapshot, "river") == ["b.txt"]


def test_a_file_that_was_only_touched_is_not_read(bench: Bench) -> None:
    bench.snapshot()
    os.utime(bench.documents / "a.txt", (1, 1))
    bench.snapshot()
    assert bench.read == []


def test_a_change_under_the_same_stamp_is_noticed(tmp_path: Path) -> None:
    """A file system that counts in large steps gives a second change the stamp of the first."""
    bench = Bench(tmp_path)
    bench.write(a="One word.")
    path = bench.documents / "a.txt"
    bench.now = path.stat().st_ctime_ns + UNCERTAIN_NS // 2
    bench.snapshot()
    path.write_text("Two word.")
    assert found(bench.snapshot(), "two") == ["a.txt"]


@pytest.mark.parametrize(("change", "said", "read"), [("cut", "chunks", 0), ("reading", "reading", 3)])
def test_an_index_made_otherwise_is_built_anew_and_says_why(bench: Bench, change: str, said: str, read: int) -> None:
    bench.snapshot()
    if change == "cut":
        bench.cut = Cut(2, 0)
    else:
        bench.reading = "words"
    snapshot = bench.snapshot()
    assert [line for line in bench.said if f"another {said}" in line]
    assert len(bench.read) == read
    assert found(snapshot, "port") == ["c.txt"]


def test_a_damaged_index_is_built_anew_and_says_so(bench: Bench) -> None:
    bench.snapshot()
    bench.folder.path.write_bytes(b"nonsense")
    assert found(bench.snapshot(), "port") == ["c.txt"]
    assert "built anew" in bench.said[0]


def test_without_a_place_everything_is_in_memory(bench: Bench) -> None:
    assert found(bench.snapshot(kept=False), "port") == ["c.txt"]
    assert not bench.folder.path.exists()


def test_where_nothing_can_be_written_the_answer_still_comes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    assert found(bench.snapshot(), "port") == ["c.txt"]
    assert "not kept" in bench.said[-1]
    assert "No space left" in bench.said[-1]


def test_an_emptied_folder_says_so_and_keeps_the_old_index(bench: Bench) -> None:
    bench.snapshot()
    old = bench.folder.path.read_bytes()
    shutil.rmtree(bench.documents)
    bench.documents.mkdir()
    with pytest.raises(EmptyCorpus):
        bench.snapshot()
    assert bench.folder.path.read_bytes() == old


def test_a_file_that_cannot_be_read_is_not_read_again_until_it_changes(bench: Bench) -> None:
    (bench.documents / "bad.txt").write_bytes(b"\xff\x00\xff")
    first = bench.snapshot()
    assert [skipped.path for skipped in first.corpus.skipped] == ["bad.txt"]
    assert bench.snapshot().corpus.skipped == first.corpus.skipped
    assert bench.read == []
    (bench.documents / "bad.txt").write_text("Good now.")
    assert found(bench.snapshot(), "good") == ["bad.txt"]


def test_many_indexers_at_once_build_once(bench: Bench) -> None:
    benches = [Bench(bench.documents.parent) for _ in range(6)]
    snapshots: list[Snapshot] = []
    threads = [threading.Thread(target=lambda one=one: snapshots.append(one.snapshot())) for one in benches]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({snapshot.signature for snapshot in snapshots}) == 1
    assert len(snapshots) == 6
    assert sum(bool(one.read) for one in benches) == 1


TEXTS = st.lists(
    st.sampled_from(["Alpha beta.", "# Head", "gamma Delta alpha", "It is new.\n\nBeta!", "- one\n- two", "ß € 😀"]), min_size=1, max_size=4
)
FOLDERS = st.lists(st.dictionaries(st.sampled_from("abcd"), TEXTS.map("\n\n".join), min_size=1), min_size=2, max_size=4)


@settings(max_examples=40)
@given(FOLDERS)
def test_an_index_kept_up_to_date_is_the_same_bytes_as_a_new_one(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, str]]
) -> None:
    bench = Bench(tmp_path_factory.mktemp("kept"))
    for texts in states:
        for path in bench.documents.iterdir():
            if path.stem not in texts:
                path.unlink()
        for name, text in texts.items():
            (bench.documents / f"{name}.md").write_text(text)
        bench.snapshot()
    new = Bench(tmp_path_factory.mktemp("new"))
    for path in bench.documents.iterdir():
        shutil.copy(path, new.documents)
    new.snapshot()
    assert bench.blocks() == new.blocks()


def test_of_documents_with_the_same_text_one_is_searched(bench: Bench) -> None:
    bench.write(a="Trade grew.", b="Trade grew.", c="Trade grew.", d="Riga lies by the sea.")
    snapshot = bench.snapshot()
    assert found(snapshot, "trade") == ["a.txt"]
    assert snapshot.corpus.copies == {"a.txt": ("b.txt", "c.txt")}
    assert [chunk.doc_id for chunk in map(snapshot.corpus.chunk, snapshot.corpus.rows_of("c.txt"))] == ["a.txt"]
    (bench.documents / "a.txt").unlink()
    snapshot = bench.snapshot()
    assert bench.read == []
    assert found(snapshot, "trade") == ["b.txt"]
    assert snapshot.corpus.copies == {"b.txt": ("c.txt",)}
