"""Sentences to chunks: overlapping windows inside one section of one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmbot.models import Chunk, Document, Sentence


class _Section(NamedTuple):
    """Headings, outermost first, and the sentences below the last of them; either may be empty, not both."""

    path: tuple[str, ...]
    headings: tuple[Sentence, ...]
    body: tuple[Sentence, ...]


def chunks(document: Document, sentences: Sequence[Sentence], size: int, overlap: int) -> tuple[Chunk, ...]:
    """Windows of `size` sentences, each sharing `overlap` of them with the one before, in document order.

    `sentences` are all sentences of `document`. A window stays inside one section: it ends at every heading and
    wherever the heading path changes. A heading goes, on top of `size`, with the first window below it; so do the
    headings above it that have no text of their own. A heading with nothing below it stands alone. Every sentence is
    in at least one chunk. ValueError unless `0 <= overlap < size`.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"a window of {size} sentences cannot share {overlap}; overlap must be at least 0 and less than size")
    made: list[Chunk] = []
    for section in _sections(document, sentences):
        windows = _windows(section.body, size, overlap) if section.body else [()]
        for number, window in enumerate(windows):
            members = (*section.headings, *window) if number == 0 else window
            made.append(_chunk(document.doc_id, members, section.path))
    return tuple(made)


def _windows(body: tuple[Sentence, ...], size: int, overlap: int) -> list[tuple[Sentence, ...]]:
    last = max(len(body) - overlap, 1)
    return [body[start : start + size] for start in range(0, last, size - overlap)]


def _chunk(doc_id: str, members: tuple[Sentence, ...], path: tuple[str, ...]) -> Chunk:
    chunk_id = f"{doc_id}#{members[0].index}-{members[-1].index}"
    return Chunk(chunk_id=chunk_id, doc_id=doc_id, sentences=members, heading_path=path)


def _sections(document: Document, sentences: Sequence[Sentence]) -> Iterator[_Section]:
    path: tuple[str, ...] = ()
    headings: list[Sentence] = []
    body: list[Sentence] = []
    last_heading = -1
    for sentence in sentences:
        block = document.blocks[sentence.block]
        heading = block.kind == "heading" and sentence.block != last_heading
        below = block.locator.heading_path
        # A heading right above a deeper one has no text of its own: it goes down with it instead of standing alone.
        nested = not body and len(below) > len(path) and below[: len(path)] == path
        if (heading or below != path) and (headings or body) and not nested:
            yield _Section(path, tuple(headings), tuple(body))
            headings, body = [], []
        path = below
        if block.kind == "heading":
            last_heading = sentence.block
            headings.append(sentence)
        else:
            body.append(sentence)
    if headings or body:
        yield _Section(path, tuple(headings), tuple(body))
