"""Small corpora made of text, without files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from pmbot.models import Block, Document, Locator, Sentence, Span
from pmbot.text.analyzer import Analyzer

STOPWORDS = frozenset("the a an of in on was is to and it for were at by with only since one ones every has had any this that".split())


@dataclass(frozen=True)
class Skipped:
    path: str
    reason: str


@dataclass(frozen=True)
class SmallCorpus:
    documents: tuple[Document, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]
    skipped: tuple[Skipped, ...] = ()


def read(doc_id: str, text: str) -> tuple[Document, tuple[Sentence, ...]]:
    """A document with a block per line and a sentence per `|`."""
    blocks, sentences, offset = [], [], 0
    for number, line in enumerate(text.split("\n")):
        clean = line.replace("|", "")
        start = offset
        for part in line.split("|"):
            if part.strip():
                first = start + len(part) - len(part.lstrip())
                span = Span(start=first, end=start + len(part.rstrip()))
                sentences.append(Sentence(doc_id=doc_id, index=len(sentences), block=len(blocks), span=span, text=part.strip()))
            start += len(part)
        if clean:
            span = Span(start=offset, end=offset + len(clean))
            blocks.append(Block(span=span, kind="paragraph", locator=Locator(line=number + 1)))
        offset += len(clean) + 1
    whole = text.replace("|", "")
    return Document(doc_id=doc_id, title=doc_id, text=whole, source=doc_id, blocks=tuple(blocks)), tuple(sentences)


@pytest.fixture
def corpus() -> Callable[..., SmallCorpus]:
    def make(skipped: tuple[Skipped, ...] = (), **texts: str) -> SmallCorpus:
        made = [read(f"{name}.txt", text) for name, text in texts.items()]
        return SmallCorpus(tuple(d for d, _ in made), {d.doc_id: s for d, s in made}, skipped)

    return make


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(STOPWORDS, {"latvian": "latvia"}, "en")
