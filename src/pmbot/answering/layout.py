"""Which of several figures is meant, in languages whose word order says little: by dashes and by the parts of the sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pmbot.answering.clauses import segments
from pmbot.answering.evidence import Candidate
from pmbot.answering.query import Matcher
from pmbot.text.figures.finding import Mention

AHEAD = 2  # words of the question more than any other part of the sentence holds


def bound_by_layout(candidate: Candidate, matcher: Matcher, mentions: Sequence[Mention]) -> Mention | None:
    """The one of several mentions that the question's words are laid out with; None in English, and where nothing decides."""
    if candidate.view.language.is_english or len(mentions) < 2:
        return None
    return _behind_dash(candidate, matcher, mentions) or _in_fullest_part(candidate, matcher, mentions)


def _behind_dash(candidate: Candidate, matcher: Matcher, mentions: Sequence[Mention]) -> Mention | None:
    """The figure that a dash gives to a word of the question, where it has rivals and the language leaves verbs out ("байдарки — 600")."""
    view = candidate.view
    asked = [matcher.stands_for(place) for place, match in enumerate(candidate.matches) if match.quality]
    ends = {token.end for token in view.tokens if view.counts[token.term] == 1 and any(token.term in stands for stands in asked)}
    bound = [m for m in mentions if (dash := re.search(r"\s[—–]\s$", view.sentence.text[: m.start])) and dash.start() in ends]
    return bound[0] if len(bound) == 1 else None


def _in_fullest_part(candidate: Candidate, matcher: Matcher, mentions: Sequence[Mention]) -> Mention | None:
    """The only mention in the part of the sentence that holds by far the most words of the question."""
    view = candidate.view
    parts = segments(view)
    counts: Counter[int] = Counter()
    for place, match in enumerate(candidate.matches):
        stands = matcher.stands_for(place) if match.quality else frozenset()
        counts.update({part for part, token in zip(parts, view.tokens, strict=True) if token.term in stands})
    part_of = {mention: parts[at] for mention in mentions if (at := view.token_place.get(mention.start)) is not None}
    ranked = sorted(set(part_of.values()), key=lambda part: -counts[part])
    if len(ranked) < 2 or counts[ranked[0]] < counts[ranked[1]] + AHEAD:
        return None
    inside = [mention for mention, part in part_of.items() if part == ranked[0]]
    return inside[0] if len(inside) == 1 else None
