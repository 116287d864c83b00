"""The public API: load, ask, trace, reload."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import pmbot
from pmbot.answering.engine import Engine
from pmbot.answering.receipt import prove
from pmbot.api import KnowledgeBase
from pmbot.bootstrap import Builder
from pmbot.config import load_configuration
from pmbot.errors import ConfigError, CorpusError, EmptyCorpus
from pmbot.models import Changes, Status

LAMP = "The Zorblat lamp was built in Oslo in 1987 by Ana Gil. It cost €3 million.\n"
BRIDGE = "# The Quindle bridge\n\nThe Quindle bridge carries 40 trams. It opened in 1999.\n"


@cache
def builder() -> Callable[[Path | None], Engine]:
    """Word lists are read once for all tests."""
    return Builder(load_configuration().in_memory())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "lamp.txt").write_text(LAMP, encoding="utf-8")
    (folder / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\x00")
    return folder


@pytest.fixture
def base(root: Path) -> KnowledgeBase:
    return KnowledgeBase(lambda: builder()(root))


def first_quote(base: KnowledgeBase, question: str) -> str:
    return base.ask(question).citations[0].quote


def test_it_is_public() -> None:
    assert pmbot.KnowledgeBase is KnowledgeBase


def test_what_is_loaded(base: KnowledgeBase) -> None:
    assert [d.doc_id for d in base.documents] == ["bridge.md", "lamp.txt"]
    assert base.document("bridge.md").title == "The Quindle bridge"
    assert base.sentence_count == 5
    assert [skipped.path for skipped in base.skipped] == ["photo.jpg"]
    assert base.signature.startswith("corpus:")


def test_load_takes_a_file_or_a_folder_as_text_or_path(root: Path) -> None:
    assert [d.doc_id for d in KnowledgeBase.load(str(root)).documents] == ["bridge.md", "lamp.txt"]
    assert [d.doc_id for d in KnowledgeBase.load(root / "lamp.txt").documents] == ["lamp.txt"]


def test_load_takes_the_configured_folder(root: Path, tmp_path: Path) -> None:
    config = tmp_path / "mine.yaml"
    config.write_text(f"knowledge: {root}\n", encoding="utf-8")
    assert len(KnowledgeBase.load(config=config).documents) == len(KnowledgeBase.load(config=str(config)).documents) == 2


def test_load_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        KnowledgeBase.load(tmp_path / "nowhere")
    with pytest.raises(EmptyCorpus):
        KnowledgeBase.load(tmp_path)
    with pytest.raises(ConfigError, match=r"none\.yaml"):
        KnowledgeBase.load(tmp_path, config=tmp_path / "none.yaml")


def test_ask(base: KnowledgeBase) -> None:
    answer = base.ask("When was the Zorblat lamp built?")
    assert answer.status is Status.ANSWERED
    assert [(c.doc_id, c.quote) for c in answer.citations] == [("lamp.txt", "The Zorblat lamp was built in Oslo in 1987 by Ana Gil.")]
    prove(answer, base.document)


def test_ask_refuses_and_shows_the_closest(base: KnowledgeBase) -> None:
    answer = base.ask("When was the Vrumpel lamp built?")
    assert (answer.status, answer.missing_terms) == (Status.NOT_MENTIONED, ("Vrumpel",))
    assert answer.closest
    assert answer.citations == ()


def test_a_follow_up_leans_on_the_history(base: KnowledgeBase) -> None:
    answer = base.ask("Who built it?", history=["When was the Zorblat lamp opened?"])
    assert answer.question.history == ("When was the Zorblat lamp opened?",)
    assert answer.notes == ("reading this as: Who built the Zorblat lamp?",)
    assert "Ana Gil" in answer.citations[0].quote


def test_the_sentences_of_a_document(base: KnowledgeBase) -> None:
    found = [sentence for document in base.documents for sentence in base.sentences(document.doc_id)]
    assert len(found) == base.sentence_count
    assert all(sentence.text == base.document(sentence.doc_id).excerpt(sentence.span) for sentence in found)
    with pytest.raises(CorpusError):
        base.sentences("gone.txt")


def test_one_document_can_be_asked_alone(base: KnowledgeBase) -> None:
    assert base.ask("When was the lamp built?", doc_id="lamp.txt").answered
    answer = base.ask("When was the lamp built?", doc_id="bridge.md")
    assert not answer.answered
    assert all(c.doc_id == "bridge.md" for c in answer.closest)


@pytest.mark.parametrize("ask", [KnowledgeBase.ask, KnowledgeBase.trace])
def test_a_document_that_is_not_there(base: KnowledgeBase, ask: Callable[..., object]) -> None:
    with pytest.raises(CorpusError, match=r"there is no document 'x\.txt'; there are: bridge\.md, lamp\.txt"):
        ask(base, "When was the lamp built?", doc_id="x.txt")
    with pytest.raises(CorpusError, match=r"there is no document 'x\.txt'"):
        base.document("x.txt")


def test_a_trace_holds_the_steps(base: KnowledgeBase) -> None:
    trace = base.trace("When was the Zorblat lamp built?")
    assert trace.answer == base.ask("When was the Zorblat lamp built?")
    assert trace.reading.text == trace.question.text == "When was the Zorblat lamp built?"
    assert trace.hits[0].rank == 1
    assert trace.evidence[0] == trace.decision.evidence[0]


@pytest.mark.parametrize("text", ["", " \n", "?!", "\x00", "\ud800", "the", "a" * 100_000, "{short} %s [1]", " " * 4000 + "a" + " " * 4000])
def test_nothing_a_person_may_type_raises(base: KnowledgeBase, text: str) -> None:
    answer = base.ask(text, history=[text])
    assert answer.answered == bool(answer.citations)
    assert answer.text


def test_examples_are_answered(base: KnowledgeBase) -> None:
    assert len(base.examples()) == 3
    assert all(base.ask(question).answered for question in base.examples())


def test_reload_reports_what_changed(base: KnowledgeBase, root: Path) -> None:
    before = base.signature
    (root / "bridge.md").unlink()
    (root / "lamp.txt").write_text(LAMP.replace("1987", "1988"), encoding="utf-8")
    (root / "tram.txt").write_text("The tram was painted by Otto Berg in 2001.\n", encoding="utf-8")
    assert "1987" in first_quote(base, "When was the Zorblat lamp built?")  # nothing is read before reload
    assert base.reload() == Changes(added=("tram.txt",), changed=("lamp.txt",), removed=("bridge.md",))
    assert "1988" in first_quote(base, "When was the Zorblat lamp built?")
    assert "Otto Berg" in first_quote(base, "Who painted the tram?")
    assert base.signature != before


def test_reload_of_the_same_changes_nothing(base: KnowledgeBase) -> None:
    before = base.signature
    assert not base.reload()
    assert base.signature == before


def test_a_failing_reload_keeps_the_old(base: KnowledgeBase, root: Path) -> None:
    before = base.signature
    for path in root.iterdir():
        path.unlink()
    with pytest.raises(EmptyCorpus):
        base.reload()
    assert base.signature == before
    assert "1987" in first_quote(base, "When was the Zorblat lamp built?")
    (root / "lamp.txt").write_text(LAMP, encoding="utf-8")
    assert base.reload() == Changes(removed=("bridge.md",))


def test_a_change_on_disk_is_noticed_while_questions_run(root: Path) -> None:
    base = KnowledgeBase.load(root)
    seen, changed, stop = [], threading.Event(), threading.Event()

    def told(changes: Changes) -> None:
        seen.append(changes)
        changed.set()

    def ask() -> None:
        while not stop.is_set():
            assert base.ask("When was the Zorblat lamp built?").short_answer in {"1987", "1988"}

    threads = [threading.Thread(target=ask) for _ in range(2)]
    with base.watch(told, lambda error: pytest.fail(str(error))):
        for thread in threads:
            thread.start()
        (root / "lamp.txt").write_text(LAMP.replace("1987", "1988"), encoding="utf-8")
        assert changed.wait(20)
        stop.set()
    for thread in threads:
        thread.join()
    assert seen == [Changes(changed=("lamp.txt",))]
    assert base.ask("When was the Zorblat lamp built?").short_answer == "1988"


def test_when_a_reload_fails_the_old_documents_still_answer(root: Path) -> None:
    base = KnowledgeBase.load(root)
    for path in root.iterdir():
        path.unlink()
    with pytest.raises(EmptyCorpus):
        base.reload()
    assert base.ask("When was the Zorblat lamp built?").short_answer == "1987"


def test_an_index_that_is_damaged_under_us_is_built_anew(root: Path, tmp_path: Path) -> None:
    base = KnowledgeBase.load(root, index=tmp_path / "index")
    path = tmp_path / "index" / "index.pmbot"
    data = bytearray(path.read_bytes())
    place = data.index(b"Zorblat lamp was built")
    data[place] ^= 1
    path.write_bytes(data)
    base = KnowledgeBase.load(root, index=tmp_path / "index")
    answer = base.ask("When was the Zorblat lamp built?")
    assert answer.short_answer == "1987"
    assert answer.citations[0].quote.startswith("The Zorblat lamp")


def test_a_document_that_is_there_twice_gives_one_answer_with_both_sources(root: Path) -> None:
    (root / "lamp copy.txt").write_text(LAMP, encoding="utf-8")
    base = KnowledgeBase.load(root)
    answer = base.ask("When was the Zorblat lamp built?")
    assert [(citation.doc_id, citation.also) for citation in answer.citations] == [("lamp copy.txt", ("lamp.txt",))]
    prove(answer, base.document)
    assert base.ask("When was the Zorblat lamp built?", doc_id="lamp.txt").short_answer == "1987"


def test_rows_of_tables_are_read_by_column_and_told_with_their_header(root: Path) -> None:
    table = "# Lamps\n\n| Lamp | Price |\n|---|---|\n| Brimm | €40 |\n| Dovle | €25 |\n"
    (root / "lamps.md").write_text(table, encoding="utf-8")
    base = KnowledgeBase(lambda: builder()(root))
    answer = base.ask("What is the price of the Dovle?")
    assert answer.short_answer == "€25"
    assert [citation.quote for citation in answer.citations] == ["Dovle | €25"]
    assert answer.notes == ("Columns of the table: Lamp | Price",)
    for citation in (*answer.citations, *answer.highlights):
        citation.prove(base.document(citation.doc_id))
