"""What one pass over the documents tells about their words: which are names, which are ordinary, what each document is about.

Made when the documents are indexed; questions only look things up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from pmbot.indexing.analysis import Analysis
from pmbot.models import Document
from pmbot.text.analyzer import Analysed

TOPIC_SHARE = 0.12  # a term in an eighth of a document's sentences is what the document is about
TOPIC_TERMS = 3


class Vocabulary(Container[str], Protocol):
    """A set of words that can be asked for the words of a shape."""

    def __iter__(self) -> Iterator[str]:
        """Every word, in a fixed order."""

    def beginning(self, start: str, length: int) -> Iterator[str]:
        """The words of `length` characters that begin with `start`, in order."""


class Profile(NamedTuple):
    """Casing and topics of a corpus.

    `lower`: folded words that occur in lower case; `names`: folded words that occur capitalised inside a sentence and never in lower case;
    `topics`: per document id the indexed terms of its most frequent names and of its title.
    """

    lower: Vocabulary
    names: Vocabulary
    topics: Mapping[str, frozenset[str]]


@dataclass
class Casing:
    """The words of one document by how they are written: `lower` and `capitalised` (inside a sentence) as in `Profile`."""

    capitalised: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    _met: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def lower(self) -> set[str]:
        """See the class. Made of all tokens at once: most stand in many sentences."""
        return {norm for surface, (norm, _) in self._met.items() if surface[0].islower()}

    def add(self, sentence: Analysed) -> None:
        """Take in one sentence; `counts` tells in how many sentences each capitalised term stands."""
        self._met.update(zip(sentence.surfaces, sentence.words, strict=True))
        seen = set()
        for place, surface in enumerate(sentence.surfaces):
            if surface[0].isupper() and not sentence.stops[place]:
                norm, term = sentence.words[place]
                if place:
                    self.capitalised.add(norm)
                if len(norm) > 1:
                    seen.add(term)
        self.counts.update(seen)


def topics_of(document: Document, casing: Casing, size: int, analysis: Analysis) -> frozenset[str]:
    """What a document of `size` sentences is about: its most frequent names and the words of its title."""
    least = max(2.0, TOPIC_SHARE * size)
    # By count, then by letters: a set has no order, and equal counts must not hang on how it happens to be laid out.
    ranked = sorted(casing.counts.items(), key=lambda item: (-item[1], item[0]))
    frequent = {term for term, count in ranked[:TOPIC_TERMS] if count >= least}
    title = {token.term for token in analysis.tokens(document.title) if not analysis.is_stop(token)}
    return frozenset(frequent | title)
