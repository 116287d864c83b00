"""What a document is about, by the names it repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pmbot.indexing.analysis import Analysis
from pmbot.models import KeyTerm, Sentence

# a word that may start with a capital, with apostrophes or hyphens inside (Latvia’s, Dong-A), or what ends a sentence; ASCII lower
# case, which most words start with, is left out here because looking at each of them costs more than all the rest
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*|[.!?:…]")
_LETTER = re.compile(r"[^\W\d_]")
_BREAKS = frozenset(".!?:…")
TOPICS = 3


def topics(sentences: Iterable[Sentence], analysis: Analysis, count: int = TOPICS) -> tuple[KeyTerm, ...]:
    """Return the `count` capitalised terms that `sentences` repeat most, best first; earlier ones first among equals.

    A term counts when it is a content word and stands capitalised somewhere other than at the start of a sentence, or
    has a capital after its first letter (PMNET); all its capitalised occurrences are then counted, under whichever
    spelling (Latvia, Latvia’s, Latvian). `text` is the spelling used most, without a possessive. Scripts without capitals have no topics.
    """
    spellings: dict[str, Counter[str]] = {}
    named: set[str] = set()
    term_of: dict[str, str | None] = {}
    for sentence in sentences:
        for word, starts in _capitalised(sentence.text):
            term = term_of[word] if word in term_of else term_of.setdefault(word, _term(word, analysis))
            if term is None:
                continue
            spellings.setdefault(term, Counter())[word] += 1
            if not starts or not word[1:].islower():
                named.add(term)
    # sorted() is stable and dicts keep their order: equals stay in the order of their first occurrence
    ranked = sorted((term for term in spellings if term in named), key=lambda term: -spellings[term].total())
    return tuple(KeyTerm(text=spellings[term].most_common(1)[0][0], term=term, is_name=True) for term in ranked[:count])


def _capitalised(text: str) -> Iterable[tuple[str, bool]]:
    """Yield each word of `text` that starts with a capital, without possessive, and whether a capital is due there anyway."""
    start = 0  # where a sentence begins, until a word of it has been seen
    for match in _WORD.finditer(text):
        word = match.group()
        if word in _BREAKS:
            start = match.end()
        elif word[0].isupper():
            due = start >= 0 and _LETTER.search(text, start, match.start()) is None
            yield word.removesuffix("'s").removesuffix("’s"), due
            start = -1


def _term(word: str, analysis: Analysis) -> str | None:
    terms = analysis.query_terms(word)
    return terms[0] if len(terms) == 1 and len(word) > 1 else None
