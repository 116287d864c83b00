"""What every `Reader` promises, whatever the format: exact blocks that cover all words, in NFC, and the same each time.

Each format is given documents made of any text: as its own source where that is text, and wrapped in a valid file of its kind.
"""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.corpus.readers import READERS
from pmbot.corpus.readers.base import Source
from pmbot.corpus.sandbox import Sandbox, SandboxLimits
from pmbot.corpus.units import sentences_of
from pmbot.errors import UnreadableDocument
from pmbot.models import Document
from tests.fakes_documents import Text, make_pdf

PIECES = st.sampled_from(
    [
        *(
            "word ",
            "Word. ",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            " ",
            "- ",
            "1. ",
            "a) ",
            "• ",
            "|",
            ";",
            ",",
            '"',
            "€8",
            "12.5",
            "e\u0301",
            "\u0301",
        ),
        *(
            "<p>",
            "</p>",
            "<table><tr><td>",
            "</table>",
            "<td>",
            "<ul><li>",
            "<li>",
            "<h2>",
            "</h2>",
            "<br>",
            "<pre>",
            "<div hidden>",
            "<!--",
        ),
        *(
            "&amp;",
            "&#x301;",
            "&#0;",
            "{",
            "}",
            "# ",
            "```\n",
            "ā",
            "\u00a0",
            "\u2028",
            "\x1c",
            "\u200b",
            "漢字。",
            "🙂",
            "\x1b[2J",
            "co-\n",
        ),
    ]
)
CHARACTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXTS = st.one_of(st.text(CHARACTERS, max_size=60), st.lists(PIECES, max_size=30).map("".join))


def _printable(text: str) -> str:
    """What XML can hold."""
    return "".join(char for char in text if char in "\t\n" or (char >= " " and not "\ufffe" <= char <= "\uffff"))


def _docx(text: str) -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_heading(_printable(text[:20]), 1)
    for line in _printable(text).split("\n"):
        document.add_paragraph(line, style="List Number" if line.startswith("1") else None)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = table.cell(1, 1).text = _printable(text)
    document.save(made)
    return made.getvalue()


def _pdf(text: str) -> bytes:
    lines = text.encode("cp1252", "ignore").decode("cp1252").split("\n")
    return make_pdf([[Text(line, 72 + 9 * (n % 3), 700 - 14 * n, 11 + n % 2) for n, line in enumerate(lines[:30])] for _ in range(2)])


MADE: dict[str, Callable[[str], bytes]] = {
    ".csv": str.encode,
    ".docx": _docx,
    ".html": str.encode,
    ".jsonl": lambda text: json.dumps({"doc_id": "a", "text": text or "x"}).encode(),
    ".md": str.encode,
    ".pdf": _pdf,
    ".tsv": str.encode,
    ".txt": str.encode,
}
ALIASES = {".htm": ".html", ".xhtml": ".html", ".ndjson": ".jsonl"}


class WholeText:
    def spans(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SandboxLimits(memory_mb=512, seconds=10)) as made:
        yield made


def test_every_format_is_here() -> None:
    assert MADE.keys() | ALIASES.keys() == READERS.keys()
    assert all(READERS[alias] is READERS[name] for alias, name in ALIASES.items())


@pytest.mark.parametrize("suffix", MADE)
@settings(max_examples=40)
@given(text=TEXTS)
def test_documents_keep_the_promise(suffix: str, sandbox: Sandbox, text: str) -> None:
    data, source = MADE[suffix](text), Source(f"sub/a{suffix}", sandbox=sandbox)
    try:
        documents = READERS[suffix].read(data, source)
    except UnreadableDocument:
        return
    assert READERS[suffix].read(data, source) == documents
    ids = [document.doc_id for document in documents]
    assert ids == [source.doc_id] if suffix != ".jsonl" else all(doc_id.startswith(f"{source.doc_id}#") for doc_id in ids)
    for document in documents:
        check(document)


def check(document: Document) -> None:
    assert document.title.strip()
    assert unicodedata.is_normalized("NFC", document.text)
    assert "\r" not in document.text
    covered = bytearray(len(document.text))
    end = -1
    for block in document.blocks:
        words = document.excerpt(block.span)
        assert words == words.strip() != ""
        assert block.span.start > end
        end = block.span.end
        covered[block.span.start : end] = b"x" * (end - block.span.start)
        assert all(place is None or place >= 1 for place in (block.locator.line, block.locator.page, block.locator.row))
        assert block.locator.line or block.locator.page or not block.locator.row or block.kind == "table_row"
        assert all(name == " ".join(name.split()) != "" for name in block.locator.heading_path)
    assert all(char.isspace() or covered[place] for place, char in enumerate(document.text))
    for sentence in sentences_of(document, WholeText()):
        assert document.excerpt(sentence.span) == sentence.text != ""


@pytest.mark.parametrize("suffix", MADE)
@settings(max_examples=25)
@given(data=st.binary(max_size=300))
def test_any_bytes_give_documents_or_a_reason(suffix: str, sandbox: Sandbox, data: bytes) -> None:
    heads = {".pdf": b"%PDF-1.4\n", ".docx": b"PK\x03\x04"}
    with suppress(UnreadableDocument):
        for document in READERS[suffix].read(heads.get(suffix, b"") + data, Source(f"a{suffix}", sandbox=sandbox)):
            check(document)
