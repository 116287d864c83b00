"""What indexing needs of an analyzer, and the terms of sentences and chunks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from pmbot.models import Chunk, Sentence


class Analysis(Protocol):
    """Text to terms; `pmbot.text.analyzer.Analyzer` is one."""

    @property
    def fingerprint(self) -> str:
        """Language, stemmer and word lists in one word: two analyzers that share it give the same terms."""
        ...

    def terms(self, text: str) -> tuple[str, ...]:
        """Return all terms of `text` in order, as they are indexed."""
        ...

    def query_terms(self, text: str) -> tuple[str, ...]:
        """Return the content terms of `text`: none for a stopword."""
        ...


def sentence_terms(sentences: Iterable[Sentence], analysis: Analysis) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the terms of each sentence by (doc_id, index). Each is analysed once, however many chunks share it."""
    return {(sentence.doc_id, sentence.index): analysis.terms(sentence.text) for sentence in sentences}


def chunk_terms(
    chunks: Sequence[Chunk], of_sentence: Mapping[tuple[str, int], tuple[str, ...]], analysis: Analysis
) -> list[tuple[str, ...]]:
    """Return what each chunk is indexed under: the terms of its sentences, then those of its headings they lack, once each.

    "Warranty > Duration" over "It is two years." makes the sentence findable. A heading above every chunk of the corpus
    tells none of them apart and would only devalue its words where they do: it is left out.
    """
    everywhere = set(chunks[0].heading_path).intersection(*(chunk.heading_path for chunk in chunks)) if chunks else set()
    paths: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = []
    for chunk in chunks:
        path = chunk.heading_path
        if path not in paths:
            paths[path] = tuple(dict.fromkeys(term for heading in path if heading not in everywhere for term in analysis.terms(heading)))
        own = [term for sentence in chunk.sentences for term in of_sentence[sentence.doc_id, sentence.index]]
        held = set(own)
        own.extend(term for term in paths[path] if term not in held)
        found.append(tuple(own))
    return found
