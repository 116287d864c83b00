"""Where places lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.models import Citation, Span
from pmbot.rendering.links import source_link
from tests.fakes_api import make_document


def citation(text: str = "A quote, well-known & so on.", *, source: str | None = None, doc_id: str = "a.txt") -> Citation:
    return Citation.quoting(make_document(doc_id, text, source=source), Span(start=0, end=len(text)), 1)


def test_a_file_below_the_folder(tmp_path: Path) -> None:
    assert source_link(citation(doc_id="notes/ā b#1.md"), tmp_path) == f"file://{tmp_path}/notes/%C4%81%20b%231.md"


def test_the_knowledge_may_be_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    assert source_link(citation(), path) == f"file://{path}"


def test_without_a_folder_there_is_no_link() -> None:
    assert source_link(citation(), None) is None


def test_a_page_with_the_quote() -> None:
    found = source_link(citation(source="https://example.org/a?b=c"), None)
    assert found == "https://example.org/a?b=c#:~:text=A%20quote%2C%20well%2Dknown%20%26%20so%20on."
    assert (
        source_link(citation(source="https://example.org/a#part"), None)
        == f"https://example.org/a#part:~:text={found.partition('text=')[2]}"
    )


def test_a_long_quote_is_found_by_its_ends() -> None:
    words = " ".join(f"w{n}" for n in range(40))
    found = source_link(citation(words, source="https://example.org/"), None)
    assert found == "https://example.org/#:~:text=w0%20w1%20w2%20w3%20w4%20w5,w34%20w35%20w36%20w37%20w38%20w39"


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "file:///etc/passwd", "a book", "https://", "http://[", "https://e.org/" + "x" * 3000]
)
def test_what_is_no_page_is_not_linked(source: str, tmp_path: Path) -> None:
    assert source_link(citation(source=source), tmp_path) is None


@given(st.text(min_size=1), st.text())
def test_no_document_can_write_into_the_escape(quote: str, path: str) -> None:
    found = source_link(citation(quote, source=f"https://example.org/{path}"), None) or ""
    assert found.isascii()
    assert found.isprintable()
    assert " " not in found
