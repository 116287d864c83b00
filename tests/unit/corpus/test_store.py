from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.params import CorpusParams
from pmbot.corpus.readers import READERS, reader_for
from pmbot.corpus.readers.base import Source
from pmbot.corpus.sandbox import SandboxLimits, _Child
from pmbot.corpus.store import Corpus, document_fingerprint, duplicates_of, fingerprint_of, load_corpus, read_documents
from pmbot.corpus.units import Splitter, sentences_of
from pmbot.corpus.walk import Found, Skipped
from pmbot.errors import CorpusError, EmptyCorpus, UnreadableDocument
from tests.fakes_documents import Text, bomb, make_docx, make_pdf, word

Load = Callable[..., Corpus]
FORMATS = ", ".join(sorted(READERS))
KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


def test_documents_are_read_and_cut(load: Load) -> None:
    corpus = load({"b.txt": "One. Two.", "a/c.md": "# Head\n\nThree."})
    assert [d.doc_id for d in corpus.documents] == ["a/c.md", "b.txt"]
    assert {doc_id: [s.text for s in found] for doc_id, found in corpus.sentences.items()} == {
        "a/c.md": ["Head", "Three."],
        "b.txt": ["One.", "Two."],
    }
    assert corpus.document("b.txt") is corpus.documents[1]
    assert corpus.sentence("a/c.md", 1).text == "Three."
    assert corpus.skipped == ()


def test_unknown_ids_name_the_known_ones(load: Load) -> None:
    corpus = load({"a.txt": "One."})
    with pytest.raises(CorpusError, match=r"no document 'b\.txt'; there are: a\.txt"):
        corpus.document("b.txt")
    with pytest.raises(CorpusError, match="no sentence 1; they are numbered from 0 to 0"):
        corpus.sentence("a.txt", 1)
    with pytest.raises(CorpusError, match="no sentence -1"):
        corpus.sentence("a.txt", -1)


def test_bad_files_are_skipped_with_a_reason_and_the_others_used(load: Load) -> None:
    corpus = load(
        {
            "good.txt": "One.",
            "latin.txt": b"caf\xe9",
            "binary.md": b"\x7fELF\0",
            "empty.txt": "",
            "blank.md": " \n\t\n",
            "comment.md": "<!-- nothing -->",
            "photo.JPG": b"\xff\xd8",
            "README": "text",
            "front.md": "---\ntitle: [a, b]\n---\ntext",
            "large.txt": "x" * 2000,
        },
        max_file_mb=0.001,
    )
    assert [d.doc_id for d in corpus.documents] == ["good.txt"]
    reasons = {file.path: file.reason for file in corpus.skipped}
    assert {file.path for file in corpus.skipped if file.kind == "refused"} == {"latin.txt", "binary.md", "front.md", "large.txt"}
    assert list(reasons) == sorted(reasons)
    assert reasons["latin.txt"].startswith("not UTF-8")
    assert reasons["binary.md"].startswith("looks like a binary file")
    assert reasons["empty.txt"] == reasons["blank.md"] == reasons["comment.md"] == "there is no text in it"
    assert reasons["photo.JPG"] == f".JPG files are not supported; supported are {FORMATS}"
    assert reasons["README"] == f"a name without a suffix; supported are {FORMATS}"
    assert reasons["front.md"].startswith("front.md:2:1: title: ")
    assert reasons["large.txt"].startswith("too large")


def test_the_fallback_encoding_is_used(load: Load) -> None:
    assert load({"a.txt": "Rēzekne.".encode("cp1257")}, fallback_encoding="cp1257").documents[0].text == "Rēzekne."


def test_suffixes_count_in_any_case(load: Load) -> None:
    assert [d.doc_id for d in load({"A.TXT": "One.", "b.Md": "Two."}).documents] == ["A.TXT", "b.Md"]


def test_nothing_to_read_is_an_error_that_lists_what_was_skipped(load: Load, tmp_path: Path, splitter: Splitter) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(EmptyCorpus, match=rf"there are no documents; put files in it \({re.escape(FORMATS)}\)"):
        load_corpus(tmp_path / "none", splitter, CorpusParams())
    with pytest.raises(EmptyCorpus, match=r"skipped: 00\.rtf \(\.rtf files are not supported.*; and 2 more$"):
        load({f"{i:02}.rtf": "x" for i in range(12)})
    with pytest.raises(CorpusError, match="no such file or folder"):
        load_corpus(tmp_path / "missing", splitter, CorpusParams())


def test_one_file_is_a_corpus(tmp_path: Path, splitter: Splitter) -> None:
    (tmp_path / "a.txt").write_text("One sentence without a full stop")
    corpus = load_corpus(tmp_path / "a.txt", splitter, CorpusParams())
    assert [s.text for s in corpus.sentences["a.txt"]] == ["One sentence without a full stop"]


def test_the_fingerprint_changes_with_whatever_an_answer_could_show() -> None:
    document = READERS[".md"].read(b"# One\n\nTwo.", Source("a.md"))[0]
    changed = [
        document.model_copy(update=change)
        for change in ({"doc_id": "b.md"}, {"title": "x"}, {"source": "x"}, {"language": "lv"}, {"date": "2024"}, {"blocks": ()})
    ]
    changed.append(READERS[".md"].read(b"# One\n\nTwo!", Source("a.md"))[0])
    changed.append(READERS[".md"].read(b"# One\n\n\nTwo.", Source("a.md"))[0])
    assert len({document_fingerprint(d) for d in (document, *changed)}) == 9
    assert fingerprint_of([document, changed[0]]) == fingerprint_of([changed[0], document]) != fingerprint_of([document])


def test_ids_and_fingerprint_do_not_hang_on_the_order_files_were_made(tmp_path: Path, splitter: Splitter) -> None:
    names = ["b.txt", "a.md", "sub/c.txt", "sub/a.txt", "Z.txt"]
    made = []
    for number, order in enumerate((names, names[::-1], sorted(names))):
        for name in order:
            path = tmp_path / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"This is {name}. It is short.")
        made.append(load_corpus(tmp_path / str(number), splitter, CorpusParams()))
    assert made[0] == made[1] == made[2]


def test_the_repository_knowledge_is_one_paragraph_a_line(splitter: Splitter) -> None:
    corpus = load_corpus(KNOWLEDGE / "pmnet.txt", splitter, CorpusParams())
    document = corpus.document("pmnet.txt")
    lines = (KNOWLEDGE / "pmnet.txt").read_text(encoding="utf-8").split("\n")
    assert document.text == "\n".join(lines)
    assert [(b.kind, b.locator.line, document.excerpt(b.span)) for b in document.blocks] == [
        ("paragraph", number, line) for number, line in enumerate(lines, start=1) if line
    ]


def test_copies_are_kept_and_only_the_first_is_searched(load: Load) -> None:
    corpus = load({"b.txt": "One. Two.", "a/c.md": "One. Two.", "z.csv": "note\nOne. Two.", "other.txt": "One."})
    assert [d.doc_id for d in corpus.documents] == ["a/c.md", "b.txt", "other.txt", "z.csv"]
    assert corpus.copies == {"a/c.md": ("b.txt",)}
    assert {doc_id: len(found) for doc_id, found in corpus.sentences.items()} == {"a/c.md": 2, "b.txt": 0, "other.txt": 1, "z.csv": 1}
    assert [corpus.original_of(doc_id) for doc_id in ("a/c.md", "b.txt", "other.txt")] == ["a/c.md", "a/c.md", "other.txt"]
    with pytest.raises(CorpusError, match=r"^b\.txt: is a copy of a/c\.md; ask for its sentences there"):
        corpus.sentence("b.txt", 0)


def test_duplicates_are_told_by_content() -> None:
    assert duplicates_of([("a", "x"), ("b", "y"), ("c", "x"), ("d", "x"), ("e", "y")]) == {"a": ("c", "d"), "b": ("e",)}
    assert duplicates_of([]) == {}


def test_a_file_may_hold_many_documents(load: Load, tmp_path: Path) -> None:
    corpus = load({"a.jsonl": '{"doc_id": "2.txt", "text": "Two."}\n{"doc_id": "1", "text": "One."}', "a.jsonl#2.txt": "Not two."})
    assert [d.doc_id for d in corpus.documents] == ["a.jsonl#1", "a.jsonl#2.txt"]
    assert corpus.document("a.jsonl#2.txt").text == "Two."
    assert corpus.skipped == (Skipped("a.jsonl#2.txt", "another file has a document of this id; rename a.jsonl#2.txt", "refused"),)
    found = Found("a.jsonl", tmp_path / "knowledge" / "a.jsonl")
    assert [d.doc_id for d in read_documents(found, CorpusParams())] == ["a.jsonl#2.txt", "a.jsonl#1"]


def test_untrusted_formats_are_read_in_one_sandbox(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []
    start = _Child.__init__

    def count(child: _Child, limits: SandboxLimits) -> None:
        started.append(limits)
        start(child, limits)

    monkeypatch.setattr(_Child, "__init__", count)
    files = {"a.html": "<p>One.", "b.docx": make_docx(word("Two.")), "c.pdf": make_pdf([[Text("Three.")]]), "d.txt": "Four."}
    files["e.pdf"] = b"no"
    corpus = load(files, max_file_mb=2, max_read_mb=400, max_read_seconds=7)
    assert [d.text for d in corpus.documents] == ["One.", "Two.", "Three.", "Four."]
    assert started == [SandboxLimits(400, 7, 2_000_000)]
    assert [(file.path, file.kind) for file in corpus.skipped] == [("e.pdf", "refused")]


def test_no_child_is_started_for_text(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Child, "__init__", lambda *_: pytest.fail("a child was started"))
    assert len(load({"a.txt": "One.", "b.csv": "note\nTwo.", "c.jsonl": '{"doc_id": 1, "text": "Three."}', "d.md": "Four."}).documents) == 4


def test_what_a_word_file_expands_to_is_set(load: Load) -> None:
    with pytest.raises(EmptyCorpus, match="dangerous: expands to 3 MB"):
        load({"a.docx": bomb(3)}, max_expanded_mb=2)


def test_ignored_files_are_reported_and_alone_they_are_no_documents(load: Load) -> None:
    corpus = load({"a.txt": "One.", "b.txt": "Two.", "x.rtf": "x", ".pmbotignore": "b.txt\nx.*\n"})
    assert [(file.path, file.kind) for file in corpus.skipped] == [("b.txt", "ignored"), ("x.rtf", "ignored")]
    with pytest.raises(EmptyCorpus, match=r"there are no documents that \.pmbotignore does not leave out; put files in it"):
        load({".pmbotignore": "*\n"})


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", " ", "    ", "\t", "# ", "## ", "- ", "1. ", "2) ", "> ", "| ", "|", "\n|-|-|\n", "```", "~~~\n",
        "`", "*", "**", "_", "[", "](", ")", "]", "[x]", "[x]: http://a\n", "[^1]", "[^1]: ", "<!--", "-->", "<br>", "<b>", "---\n",
        "===\n", "\\", "&amp;", "&#10;", "&#x301;", "word", "Word. ", "e\u0301", "\u0301", "ā", "\u00a0", "\u2028", "\x1c",
        "\u200b", "漢字。", "🙂", "title: x\n", "~~", "!",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.lists(PIECES, max_size=40).map("".join))


@given(TEXTS, st.sampled_from([".md", ".txt"]))
def test_spans_are_exact_and_sentences_cover_every_word(text: str, suffix: str) -> None:
    try:
        document = reader_for(suffix).read(text.encode(), Source(f"a{suffix}"))[0]
    except UnreadableDocument:
        assert text.lstrip("\ufeff").startswith("---")
        return
    sentences = sentences_of(document, WholeText())
    covered = bytearray(len(document.text))
    end = 0
    for sentence in sentences:
        assert document.excerpt(sentence.span) == sentence.text == sentence.text.strip() != ""
        assert end <= sentence.span.start
        end = sentence.span.end
        covered[sentence.span.start : end] = b"x" * (end - sentence.span.start)
    assert all(char.isspace() or covered[i] for i, char in enumerate(document.text))


@given(TEXTS, st.sampled_from([".md", ".txt"]))
def test_blocks_keep_the_promise_of_a_reader(text: str, suffix: str) -> None:
    try:
        document = reader_for(suffix).read(text.encode(), Source(f"a{suffix}"))[0]
    except UnreadableDocument:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = -1
    for block in document.blocks:
        words = document.excerpt(block.span)
        assert words == words.strip() != ""
        assert block.span.start > end
        end = block.span.end
        line = block.locator.line
        assert line is not None
        assert line >= 1
        assert line + words.count("\n") <= len(lines)
    assert document.title


class WholeText:
    def spans(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]
