"""Documents to sentences: prose is split, every other kind of block is a unit of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pmbot.models import Block, Document, Sentence, Span, lean

LONG_ITEM = 100  # characters; numbered minutes and clauses are prose, of which a quote should give a sentence and not all
LONGEST = 1_000  # characters; what is longer is no sentence but a list or a table run together, and nobody reads such a quote
UNITS = f"units 2, {LONG_ITEM}/{LONGEST}"
"""Names the rules here: stored sentences that were cut by others are cut anew."""


class Splitter(Protocol):
    """What cuts one paragraph into sentences (`pmbot.text.sentences.SentenceSplitter` does)."""

    def spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Offsets of the sentences in `text`, in order, covering every non-blank character."""
        ...


def sentences_of(document: Document, splitter: Splitter) -> tuple[Sentence, ...]:
    """Cut `document` into sentences, in order, together covering every non-blank character.

    A paragraph is split by `splitter`; a heading, a list item, a table row is one sentence each, a code block one
    per line. A list item of more than `LONG_ITEM` characters is prose behind a bullet and is split like a paragraph. Nothing
    is longer than `LONGEST`.
    """
    text = document.text
    made: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        for start, end in _bounded(text, _spans(text, block, splitter)):
            span = lean(Span(start=start, end=end))
            made.append(lean(Sentence(doc_id=document.doc_id, index=len(made), block=number, span=span, text=text[start:end])))
    return tuple(made)


def _spans(text: str, block: Block, splitter: Splitter) -> Iterator[tuple[int, int]]:
    start, end = block.span.start, block.span.end
    if block.kind == "paragraph" or (block.kind == "list_item" and end - start > LONG_ITEM):
        for first, last in splitter.spans(text[start:end]):
            yield start + first, start + last
    elif block.kind == "code":
        yield from _lines(text, start, end)
    else:
        yield start, end


def _bounded(text: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut what is longer than `LONGEST` at its last blank before that; where there is none, in the middle of the word."""
    for first, end in spans:
        start = first
        while end - start > LONGEST:
            blank = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
            cut = blank if blank > start else start + LONGEST
            yield start, start + len(text[start:cut].rstrip())
            while text[cut].isspace():
                cut += 1
            start = cut
        yield start, end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line in text[start:end].split("\n"):
        body = line.strip()
        if body:
            first = start + len(line) - len(line.lstrip())
            yield first, first + len(body)
        start += len(line) + 1
