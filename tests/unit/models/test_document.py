"""Spans, documents and where things stand in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pmbot.models import Block, Chunk, Document, Hit, Locator, Sentence, Span


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


TEXT = "Lamps\n\nThe Zorblat glows\nin the dark.\n\nIt hums."
BLOCKS = (
    Block(span=span(0, 5), kind="heading", locator=Locator(line=4, heading_path=("Lamps",))),
    Block(span=span(7, 38), kind="paragraph", locator=Locator(line=6, heading_path=("Lamps",))),
    Block(span=span(40, 47), kind="paragraph", locator=Locator(page=2)),
)
DOCUMENT = Document(doc_id="a.md", title="Lamps", text=TEXT, source="a.md", blocks=BLOCKS)


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 2), (0, -1)])
def test_a_span_runs_forward_from_nought(start: int, end: int) -> None:
    with pytest.raises(ValidationError):
        span(start, end)


def test_a_span_may_be_empty() -> None:
    assert span(3, 3).contains(span(3, 3))


@given(*[st.integers(0, 9)] * 4)
def test_a_span_contains_what_its_offsets_do(a: int, b: int, c: int, d: int) -> None:
    outer, inner = span(*sorted((a, b))), span(*sorted((c, d)))
    held = set(range(inner.start, inner.end)) <= set(range(outer.start, outer.end))
    assert not outer.contains(inner) or held
    assert outer.contains(inner) or not held or inner.start == inner.end


def test_nouns_are_frozen_and_strict() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        span(0, 1).start = 2  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs"):
        Span(start=0, end=1, length=1)  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="valid integer"):
        Span(start="0", end=1)  # type: ignore[arg-type]
    assert {span(0, 1), span(0, 1)} == {span(0, 1)}


@given(st.data())
def test_an_excerpt_is_a_slice(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT)))
    assert DOCUMENT.excerpt(span(start, end)) == TEXT[start:end]


def test_an_excerpt_past_the_end_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"a\.md: span 40\.\.48 reaches past the text \(47 characters\)"):
        DOCUMENT.excerpt(span(40, 48))


@pytest.mark.parametrize(("offset", "block"), [(0, 0), (5, 0), (6, 0), (7, 1), (37, 1), (39, 1), (40, 2), (1000, 2)])
def test_the_block_at_an_offset(offset: int, block: int) -> None:
    assert DOCUMENT.block_at(offset) is DOCUMENT.blocks[block]


def test_a_place_is_that_of_its_block_moved_on_by_the_lines_between() -> None:
    assert DOCUMENT.locate(span(0, 5)) == Locator(line=4, heading_path=("Lamps",))
    assert DOCUMENT.locate(span(11, 18)) == Locator(line=6, heading_path=("Lamps",))
    assert DOCUMENT.locate(span(TEXT.index("dark"), 37)) == Locator(line=7, heading_path=("Lamps",))


def test_a_block_without_a_line_keeps_its_place() -> None:
    assert DOCUMENT.locate(span(43, 46)) == Locator(page=2)


def test_a_document_without_blocks_has_no_places() -> None:
    bare = Document(doc_id="a", title="", text="Lamps", source="a", blocks=())
    assert bare.block_at(3) is None
    assert bare.locate(span(3, 5)) == Locator()


def test_what_stands_before_the_first_block_has_no_place() -> None:
    late = Document(doc_id="a", title="", text="  x", source="a", blocks=(Block(span=span(2, 3), kind="code", locator=Locator(line=1)),))
    assert late.locate(span(0, 1)) == Locator()


def test_documents_do_not_print_their_text() -> None:
    assert "Zorblat" not in repr(DOCUMENT)


def test_chunks_have_sentences_and_ranks_count_from_one() -> None:
    sentence = Sentence(doc_id="a", index=0, block=0, span=span(0, 1), text="x")
    with pytest.raises(ValidationError, match="at least 1 item"):
        Chunk(chunk_id="a#0-0", doc_id="a", sentences=())
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        Hit(chunk=Chunk(chunk_id="a#0-0", doc_id="a", sentences=(sentence,)), score=0.0, rank=0)
