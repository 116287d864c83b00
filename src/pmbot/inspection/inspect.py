"""The whole inspection of a corpus, in one pass over its sentences for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pmbot.inspection.figures import conflicts
from pmbot.inspection.files import left_out, wrongly_decoded
from pmbot.inspection.findings import Finding, Inspected, Place, Rule, place_of
from pmbot.inspection.repeats import same, similar_documents, similar_sentences
from pmbot.inspection.splits import long_sentences, suspicious_splits
from pmbot.models import Document, Sentence
from pmbot.text.analyzer import Analyzer
from pmbot.text.normalize import fold

SAME_WORDS = 5
"""Shorter sentences may stand twice; so may headings, table rows and code."""
SIMILAR_WORDS = 7
_WORD = re.compile(r"\w+")
_PROSE = frozenset({"paragraph", "list_item"})


class Limits(NamedTuple):
    """From where on something is reported: words in a sentence; Jaccard similarity of sentences, and of documents."""

    most_words: int = 60
    similar_sentences: float = 0.8
    similar_documents: float = 0.7


class Report(NamedTuple):
    """What an inspection found, sorted by rule and place, and how much it looked at."""

    findings: tuple[Finding, ...]
    documents: int
    sentences: int


def inspect(corpus: Inspected, analyzer: Analyzer, limits: Limits | None = None) -> Report:
    """Apply every rule to `corpus`. Copies of a document are reported once and not looked into again."""
    limits = limits or Limits()
    found = list(left_out(corpus.skipped))
    copies: set[str] = set()
    for finding in _documents(corpus, limits.similar_documents):
        found.append(finding)
        copies.update(place.doc_id for place in finding.places[1:])
    read = [document for document in corpus.documents if document.doc_id not in copies]
    for document in read:
        sentences = corpus.sentences[document.doc_id]
        found += wrongly_decoded(document)
        found += long_sentences(document, sentences, limits.most_words)
        found += suspicious_splits(document, sentences)
    found += _repeated(read, corpus.sentences, limits.similar_sentences)
    found += _conflicting(read, corpus.sentences, analyzer)
    order = list(Rule)
    found.sort(key=lambda finding: (order.index(finding.rule), finding.places[0].doc_id, finding.places[0].line or 0))
    return Report(tuple(found), len(corpus.documents), sum(map(len, corpus.sentences.values())))


def _documents(corpus: Inspected, threshold: float) -> Iterator[Finding]:
    words = {place: _words(document.text) for place, document in enumerate(corpus.documents)}
    copies: set[int] = set()
    for group in same(words):
        copies.update(group[1:])
        places = tuple(Place(corpus.documents[place].doc_id) for place in group)
        yield Finding(Rule.DUPLICATE_DOCUMENT, f"{len(group)} documents have the same words; keep one", places)
    rest = {place: document for place, document in words.items() if place not in copies}
    for one, other, likeness in similar_documents(rest, threshold):
        places = (Place(corpus.documents[one].doc_id), Place(corpus.documents[other].doc_id))
        yield Finding(Rule.SIMILAR_DOCUMENT, f"two documents are alike ({likeness:.0%}); two versions of one?", places)


def _repeated(documents: Iterable[Document], sentences: Mapping[str, tuple[Sentence, ...]], threshold: float) -> Iterator[Finding]:
    listed: list[tuple[Sentence, Document]] = []
    for document in documents:
        listed += [(s, document) for s in sentences[document.doc_id] if document.blocks[s.block].kind in _PROSE]
    words = {number: split for number, (sentence, _) in enumerate(listed) if len(split := _words(sentence.text)) >= SAME_WORDS}
    copies: set[int] = set()
    for group in same(words):
        copies.update(group[1:])
        places = tuple(place_of(*listed[number]) for number in group)
        yield Finding(Rule.DUPLICATE_SENTENCE, f"stands {_times(len(group))}", places)
    rest = {number: split for number, split in words.items() if number not in copies and len(split) >= SIMILAR_WORDS}
    for group in similar_sentences(rest, threshold):
        places = tuple(place_of(*listed[number]) for number in group)
        yield Finding(Rule.SIMILAR_SENTENCE, f"stands {_times(len(group))} in almost the same words", places)


def _conflicting(documents: Iterable[Document], sentences: Mapping[str, tuple[Sentence, ...]], analyzer: Analyzer) -> Iterator[Finding]:
    by_id = {document.doc_id: document for document in documents}
    prose = (s for doc_id, document in by_id.items() for s in sentences[doc_id] if document.blocks[s.block].kind in _PROSE)
    for one, other, year in conflicts(prose, analyzer):
        of_year = f" of {year}" if year else ""
        message = f"two figures{of_year} for what looks like the same thing; which one is right?"
        yield Finding(Rule.CONFLICTING_FIGURES, message, (place_of(one, by_id[one.doc_id]), place_of(other, by_id[other.doc_id])))


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"
