"""Sentences that are too long to be quoted, or that look as if they were cut in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmbot.inspection.findings import Finding, Rule, place_of
from pmbot.models import Document, Sentence

_GLUED = re.compile(r"(?<![\w./@-])[^\W\d_]{2,30}[.!?](?=[^\W\d_a-zß-öø-ÿ][a-zß-öø-ÿ]{2})")
_LAST_WORD = re.compile(r"\S{1,40}$")
# Not the names of files and programs, which sentences may begin with.
_SMALL_WORD = re.compile(r"[a-zß-öø-ÿ][^\W\d_-]{0,30}(?=[\s,;]|$)")
_SHORTEST = 6
_OPENING, _CLOSING = "([“«", ")]”»"


def long_sentences(document: Document, sentences: Sequence[Sentence], most_words: int) -> Iterator[Finding]:
    """Report sentences of more than `most_words` words: nobody reads such a quote, and it matches nearly every question."""
    for sentence in sentences:
        if document.blocks[sentence.block].kind in {"table_row", "code"}:
            continue
        words = len(sentence.text.split())
        if words > most_words:
            yield Finding(Rule.LONG_SENTENCE, f"{words} words in one sentence; split it", (place_of(sentence, document),))


def suspicious_splits(document: Document, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Report sentences that begin or end where none should."""
    for place, sentence in enumerate(sentences):
        if document.blocks[sentence.block].kind not in {"paragraph", "list_item"}:
            continue
        before = sentences[place - 1] if place and sentences[place - 1].block == sentence.block else None
        problem = _between(before.text, sentence.text) if before is not None else None
        if before is not None and problem:
            yield Finding(Rule.SUSPICIOUS_SPLIT, problem, (place_of(before, document), place_of(sentence, document)))
        if glued := _GLUED.search(sentence.text):
            message = f"no blank after “{glued[0]}”, so two sentences are read as one"
            yield Finding(Rule.SUSPICIOUS_SPLIT, message, (place_of(sentence, document),))


def _between(before: str, after: str) -> str | None:
    last = _LAST_WORD.search(before)
    ending = last[0] if last else before
    if ending.endswith(".") and _SMALL_WORD.match(after):
        return f"cut after “{ending}”, and the next sentence begins with a small letter; an abbreviation?"
    if len(before) < _SHORTEST and ending.endswith(".") and ending[:-1].isalpha():
        return f"“{ending}” is a sentence of its own; an abbreviation?"
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        whole = before.startswith(opening) and after.endswith(closing)  # whole sentences in brackets
        if not whole and before.count(opening) > before.count(closing) and after.count(closing) > after.count(opening):
            return f"cut between “{opening}” and “{closing}”"
    return None
