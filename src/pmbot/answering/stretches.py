"""Each figure of a sentence with the words that go with it: the sentence cut once between every two of its figures.

"A card costs €18 a year for adults; pensioners pay €9" is cut at the semicolon, "heating at €121,000, followed by repairs at €96,400" at
the comma. The strongest break between two figures counts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pmbot.answering.evidence import Candidate
from pmbot.answering.query import Matcher, Query
from pmbot.answering.views import View
from pmbot.models import QuestionType
from pmbot.text.figures.finding import Mention
from pmbot.text.lazy_pattern import LazyPattern

NEAR_BEFORE = 3  # words before a figure
_BREAKS = (
    re.compile(
        r"(?:;|,(?:\s(?:and|while|but)\b,?)?|\s(?:and|while|but)\b,?)\s(?:(?:in|on|at|by|from|since|until|for|between)\s)?(?:the\s)?$"
    ),
    re.compile(r";"),
    re.compile(r",?\s\b(?:while|whereas|but)\b"),
    re.compile(r"[,:]|\s[–—-]\s"),
    re.compile(r"\s(?:and|or|to)\s(?!.*\s(?:and|or|to)\s)"),
    re.compile(r"[()]"),
)
"""What may part two figures, the strongest first: right before the second ("On … he came, and on …"); else of several commas the first
counts, of several "and" the last."""


def stretches(view: View, figures: Sequence[Mention]) -> list[tuple[int, int]]:
    """Where in the text each figure's words stand, in order; figures that nothing parts share theirs."""
    text = view.sentence.text
    cuts = [_cut(text, one.end, other.start) for one, other in itertools.pairwise(figures)]
    parts: list[tuple[int, int]] = []
    start = 0
    for at, cut in enumerate([*cuts, len(text)]):
        if cut is not None:
            parts += [(start, cut)] * (at + 1 - len(parts))
            start = cut
    return parts


def _cut(text: str, start: int, end: int) -> int | None:
    found = next((match for pattern in _BREAKS if (match := pattern.search(text, start, end))), None)
    return found.start() if found is not None else None


_PAYING = frozenset("cost costs pay pays paid paying spend spent charge charges charged".split())
"""Verbs that say only that a sum is asked for."""
_JOINED = LazyPattern(r",?\s*(?:to|or|and)?\s*(?:(?:in|on|at|by)\s+)?")
"""Between figures that nothing tells apart: "1987 or 1988", "from €3 to €5"."""
HEAD = -1
"""The place of what stands before the first figure."""


def of_own_words(query: Query, candidate: Candidate, matcher: Matcher, figures: Sequence[Mention]) -> Mention | None:
    """The one figure in whose stretch stand all words of the question that do not stand in every stretch.

    What stands before the first figure may be said of all of them: it tells only where nothing else does, and right before the figure.
    """
    view, ordered = candidate.view, sorted(figures, key=lambda figure: figure.start)
    parts = stretches(view, ordered)
    if len(set(parts)) < len(ordered) or len(ordered) < 2:
        return None
    standing = list(_standing(query, candidate, matcher))
    held = [_held(view, stands, ordered, parts) for stands in standing]
    telling = [places for places in held if len({max(place, 0) for place in places}) < len(ordered)]
    owners = {place for places in telling if HEAD not in places for place in places}
    if owners:
        return ordered[owners.pop()] if len(owners) == 1 else None
    bare = _JOINED.fullmatch(view.sentence.text, ordered[0].end, ordered[1].start)
    before = {token.term for token in [token for token in view.tokens if token.end <= ordered[0].start][-NEAR_BEFORE:]}
    near = any(not stands.isdisjoint(before) for stands, places in zip(standing, held, strict=True) if places in telling)
    return ordered[0] if near and bare is None else None


def _standing(query: Query, candidate: Candidate, matcher: Matcher) -> Iterator[frozenset[str]]:
    """For each telling word of the question what stands for it: the word itself where it is written, else the words most like it."""
    for place, term in enumerate(query.terms):
        counted = term.term == query.reading.focus and query.reading.type is QuestionType.HOW_MANY
        if (not query.is_scaffold(place) or term.is_name) and not counted and term.text.lower() not in _PAYING:
            likeness = candidate.matches[place].quality
            itself = term.term in candidate.view.word_set
            yield frozenset({term.term}) if itself or not likeness else matcher.stands_for(place, least=likeness)


def _held(view: View, stands: frozenset[str], figures: Sequence[Mention], parts: Sequence[tuple[int, int]]) -> set[int]:
    """In which stretches a word stands."""
    found = set()
    for token in view.tokens:
        if token.term in stands:
            at = next((at for at, (start, end) in enumerate(parts) if start <= token.start < end), 0)
            if not figures[at].start <= token.start < figures[at].end:
                found.add(HEAD if token.start < figures[0].start else at)
    return found
