"""Cuts a sentence into segments by punctuation and joining words, so that a figure is read with the words beside it."""

from __future__ import annotations

from pmbot.answering.views import View
from pmbot.text.lazy_pattern import LazyPattern

_BREAK = LazyPattern(r"[,;:()\[\]–—]|\s-\s")


def gaps(view: View) -> list[str]:
    """The text before each token and, last, after the final one: one more than there are tokens."""
    text, tokens = view.sentence.text, view.tokens
    starts = [0, *(token.end for token in tokens)]
    ends = [*(token.start for token in tokens), len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True)]


def segments(view: View) -> list[int]:
    """A segment number for each token; numbers rise from left to right."""
    numbers, current = [], 0
    for place, (token, gap) in enumerate(zip(view.tokens, gaps(view), strict=False)):
        if place and (_BREAK.search(gap) or token.norm in view.language.joiners):
            current += 1
        numbers.append(current)
    return numbers
