"""What one pass over the corpus tells about its words: which are names, which are ordinary, what each document is about.

Computed once when an engine is built; questions only look things up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pmbot.models import Document, Sentence
from pmbot.text.analyzer import Analyzer

TOPIC_SHARE = 0.12  # a term in an eighth of a document's sentences is what the document is about
TOPIC_TERMS = 3


class SentenceSource(Protocol):
    """The part of a corpus this module reads."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, by id."""

    @property
    def sentences(self) -> Mapping[str, tuple[Sentence, ...]]:
        """The sentences of each document, in order, by document id."""


@dataclass(frozen=True)
class Profile:
    """Casing and topics of a corpus.

    `lower`: folded words that occur in lower case; `names`: folded words that occur capitalised inside a sentence and never in lower case;
    `topics`: per document id the indexed terms of its most frequent names and of its title.
    """

    lower: frozenset[str]
    names: frozenset[str]
    topics: dict[str, frozenset[str]]

    @classmethod
    def of(cls, corpus: SentenceSource, analyzer: Analyzer) -> Profile:
        """Read every sentence once."""
        lower: set[str] = set()
        capitalised: set[str] = set()
        topics = {}
        for document in corpus.documents:
            sentences = corpus.sentences[document.doc_id]
            counts = _casing(sentences, analyzer, lower, capitalised)
            least = max(2.0, TOPIC_SHARE * len(sentences))
            frequent = {term for term, count in counts.most_common(TOPIC_TERMS) if count >= least}
            title = {token.term for token in analyzer.tokens(document.title) if not analyzer.is_stop(token)}
            topics[document.doc_id] = frozenset(frequent | title)
        return cls(frozenset(lower), frozenset(capitalised - lower), topics)


def _casing(sentences: Iterable[Sentence], analyzer: Analyzer, lower: set[str], capitalised: set[str]) -> Counter[str]:
    """Add the words of `sentences` to the two sets; return in how many sentences each capitalised term stands."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        seen = set()
        for place, token in enumerate(analyzer.tokens(sentence.text)):
            first = token.text[0]
            if first.islower():
                lower.add(token.norm)
            elif first.isupper() and not analyzer.is_stop(token):
                if place:
                    capitalised.add(token.norm)
                if len(token.norm) > 1:
                    seen.add(token.term)
        counts.update(seen)
    return counts
