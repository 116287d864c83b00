"""The passage around a quote, and documents to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import ProofError
from pmbot.models import Block, Citation, Document, Locator, Span
from pmbot.rendering import plain, terminal
from pmbot.rendering.page import Ink
from pmbot.rendering.passages import REACH, document_lines, passage_page
from tests.fakes_api import make_document


def document(*paragraphs: str) -> Document:
    blocks, offset = [], 0
    for number, text in enumerate(paragraphs):
        blocks.append(Block(span=Span(start=offset, end=offset + len(text)), kind="paragraph", locator=Locator(line=number + 1)))
        offset += len(text) + 1
    return Document(doc_id="a.txt", title="A", text="\n".join(paragraphs), source="a.txt", blocks=tuple(blocks))


def shown(made: Document, quote: str) -> str:
    start = made.text.index(quote)
    return plain.render(passage_page(Citation.quoting(made, Span(start=start, end=start + len(quote)), 1), made))


def test_the_neighbouring_paragraphs_are_shown_and_the_quote_is_marked() -> None:
    made = document("Far away.", "Just before.", "It began. The quote. It ended.", "Just after.", "Far behind.")
    assert shown(made, "The quote.") == ("[1] a.txt:3\n  Just before.\n  It began. “The quote.” It ended.\n  Just after. …\n")


def test_the_quote_stands_out_in_a_terminal() -> None:
    made = document("It began. The quote.")
    page = passage_page(Citation.quoting(made, Span(start=10, end=20), 1), made)
    assert "\x1b[1;4mThe quote.\x1b[0m" in terminal.render(page)


def test_a_long_passage_is_cut_at_blanks() -> None:
    made = document(f"{'before ' * 300}The quote. {'after ' * 300}")
    text = shown(made, "The quote.").partition("\n")[2]
    assert text.startswith("  … before before")
    assert text.endswith("after …\n")
    assert len(text) < 2 * REACH + 40


def test_a_quote_that_is_not_there_is_not_shown() -> None:
    made = document("It began. The quote.")
    citation = Citation.quoting(made, Span(start=10, end=20), 1)
    with pytest.raises(ProofError):
        passage_page(citation, document("It began. Another."))


@given(st.lists(st.text(min_size=1, alphabet=st.characters(exclude_characters="\n")), min_size=1, max_size=5), st.data())
def test_every_quote_can_be_shown(paragraphs: list[str], data: st.DataObject) -> None:
    made = document(*paragraphs)
    start = data.draw(st.integers(0, len(made.text) - 1))
    end = data.draw(st.integers(start + 1, len(made.text)))
    page = passage_page(Citation.quoting(made, Span(start=start, end=end), 1), made)
    assert [run.text for paragraph in page for run in paragraph.runs if run.ink is Ink.HIGHLIGHT] == [made.text[start:end]]


def test_a_document_to_read_is_harmless() -> None:
    made = make_document("a\x1b.txt", "One\x1b[2J\nTwo", title="T\n")
    assert list(document_lines(made)) == ["a␛.txt · T␊", "", "One␛[2J", "Two"]
