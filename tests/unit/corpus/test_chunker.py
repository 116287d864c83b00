from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.corpus.chunker import chunks
from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.markdown import MarkdownReader
from pmbot.corpus.units import Splitter, sentences_of
from pmbot.models import Block, Chunk, Document, Locator, Sentence, Span


def windows(text: str, splitter: Splitter, size: int = 3, overlap: int = 1) -> list[list[str]]:
    document = MarkdownReader().read(text.encode(), Source("a.md"))[0]
    return [[s.text for s in c.sentences] for c in chunks(document, sentences_of(document, splitter), size, overlap)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, ["A"]),
        (2, ["A B"]),
        (3, ["A B C"]),
        (4, ["A B C", "C D"]),
        (5, ["A B C", "C D E"]),
        (6, ["A B C", "C D E", "E F"]),
    ],
)
def test_windows_overlap_and_none_lies_inside_another(count: int, expected: list[str], splitter: Splitter) -> None:
    text = " ".join(f"{letter}." for letter in "ABCDEF"[:count])
    assert [" ".join(window).replace(".", "") for window in windows(text, splitter)] == expected


def test_windows_cross_paragraphs_but_not_sections(splitter: Splitter) -> None:
    text = "A. B.\n\nC.\n\n# One\n\nD. E.\n\n# Two\n\nF."
    assert windows(text, splitter) == [["A.", "B.", "C."], ["One", "D.", "E."], ["Two", "F."]]


def test_a_heading_is_added_to_the_first_window_below_it_alone(splitter: Splitter) -> None:
    assert windows("# One\n\nA. B. C. D.", splitter) == [["One", "A.", "B.", "C."], ["C.", "D."]]
    assert windows("# One\n\nA. B.", splitter, 1, 0) == [["One", "A."], ["B."]]


def test_headings_without_text_go_down_with_the_deeper_one(splitter: Splitter) -> None:
    assert windows("# One\n## Two\n### Three\nA.\n## Four\nB.", splitter) == [["One", "Two", "Three", "A."], ["Four", "B."]]


def test_a_heading_with_nothing_below_stands_alone(splitter: Splitter) -> None:
    assert windows("# One\n# Two\nA.\n# Three", splitter) == [["One"], ["Two", "A."], ["Three"]]


def test_sections_of_the_same_name_stay_apart(splitter: Splitter) -> None:
    assert windows("# One\nA.\n# One\nB.", splitter) == [["One", "A."], ["One", "B."]]


def test_ids_and_heading_paths(splitter: Splitter) -> None:
    document = MarkdownReader().read(b"A.\n\n# One\n## Two\nB. C. D. E.", Source("sub/a.md"))[0]
    made = chunks(document, sentences_of(document, splitter), 3, 1)
    assert [(c.chunk_id, c.heading_path) for c in made] == [
        ("sub/a.md#0-0", ()),
        ("sub/a.md#1-5", ("One", "Two")),
        ("sub/a.md#5-6", ("One", "Two")),
    ]
    assert {c.doc_id for c in made} == {"sub/a.md"}


@pytest.mark.parametrize(("size", "overlap"), [(1, 1), (3, 4), (2, -1), (0, 0)])
def test_windows_that_do_not_advance_are_refused(size: int, overlap: int, splitter: Splitter) -> None:
    with pytest.raises(ValueError, match="overlap must be at least 0 and less than size"):
        windows("A.", splitter, size, overlap)


PATHS = st.lists(st.sampled_from("XYZ"), max_size=3).map(tuple)


@given(st.lists(st.tuples(st.sampled_from(["paragraph", "heading", "list_item"]), PATHS)), st.integers(1, 5), st.data())
def test_every_sentence_is_in_a_chunk_and_chunks_keep_to_their_section(layout: list, size: int, data: st.DataObject) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    document, sentences = made_of(layout)
    made = chunks(document, sentences, size, overlap)
    assert {s.index for c in made for s in c.sentences} == set(range(len(sentences)))
    assert len({c.chunk_id for c in made}) == len(made)
    assert sorted(made, key=lambda c: c.sentences[0].index) == list(made)
    for chunk in made:
        assert_one_section(chunk, layout, size)


def made_of(layout: list) -> tuple[Document, list[Sentence]]:
    blocks, sentences = [], []
    for i, (kind, path) in enumerate(layout):
        span = Span(start=2 * i, end=2 * i + 1)
        blocks.append(Block(span=span, kind=kind, locator=Locator(line=i + 1, heading_path=path)))
        sentences.append(Sentence(doc_id="a.md", index=i, block=i, span=span, text="x"))
    return Document(doc_id="a.md", title="A", text="x\n" * len(layout), source="a.md", blocks=tuple(blocks)), sentences


def assert_one_section(chunk: Chunk, layout: list, size: int) -> None:
    kinds = [layout[s.index][0] for s in chunk.sentences]
    paths = [layout[s.index][1] for s in chunk.sentences]
    indexes = [s.index for s in chunk.sentences]
    assert indexes == list(range(indexes[0], indexes[-1] + 1))
    body = [path for kind, path in zip(kinds, paths, strict=True) if kind != "heading"]
    assert len(body) <= size
    assert set(body) <= {chunk.heading_path}
    assert "heading" not in kinds[kinds.count("heading") :]
    assert all(chunk.heading_path[: len(path)] == path for path in paths)
