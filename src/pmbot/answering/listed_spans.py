"""Short answers that are lists: a run of names or of things, as one stretch with its "and"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmbot.answering.evidence import Candidate
from pmbot.answering.frames import Clause
from pmbot.answering.language import Cues
from pmbot.answering.phrases import Phrases
from pmbot.answering.query import Query
from pmbot.answering.short import NAME_KINDS, NO_SHORT, Short
from pmbot.answering.views import View
from pmbot.models import QuestionType
from pmbot.text.figures.finding import Mention

_PAIR = 2
_GOES_ON = re.compile(r"\s*,(?!\s*(?:etc|and (?:so on|others|the like))\b)")


def listed(query: Query, candidate: Candidate) -> Short:
    """All items of the longest enumeration of names; one name when there is no enumeration."""
    view = candidate.view
    asked = query.term_set
    names = [
        m for m in view.mentions if m.kind in NAME_KINDS and not {t.term for t in view.tokens_in(m.start, m.end)} <= asked | view.stops
    ]
    runs = _enumerations(view.sentence.text, names, view.language.cues)
    if not any(len(run) > 1 for run in runs):
        things = _things(query, view)
        if things.slices or not runs:
            return things
    cued = [run for run in runs if view.language.cues.listing.search(view.sentence.text[max(0, run[0].start - 16) : run[0].start])]
    best = max(cued or runs, key=len)
    confidence = 0.8 if len(best) > 1 and cued else 0.6 if len(best) > 1 else 0.4
    return Short(((best[0].start, best[-1].end),), confidence)


def _things(query: Query, view: View) -> Short:
    """An enumeration of things that are no names, from the last word of the question on ("offers *check-ups, vaccinations and advice*")."""
    matched = [at for at, token in enumerate(view.tokens) if token.term in query.term_set]
    if not matched:
        return NO_SHORT
    if view.language.is_english:
        phrases, start = Phrases(view), matched[-1] + 1
        if start == len(view.tokens) or phrases.breaks(start):
            return NO_SHORT
        end, count = phrases.coordinated(start)
        return Short((phrases.text(start, end),), 0.75) if count > _PAIR else NO_SHORT
    found = view.language.cues.enumeration.match(view.sentence.text, view.tokens[matched[-1]].end)
    return Short((found.span(1),), 0.75) if found is not None and "," in found.group(1) else NO_SHORT


def _enumerations(text: str, mentions: Sequence[Mention], cues: Cues) -> list[list[Mention]]:
    """Runs of mentions with nothing but commas and "and" between them."""
    runs: list[list[Mention]] = []
    for mention in mentions:
        if runs and cues.between.fullmatch(text[runs[-1][-1].end : mention.start]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [part for run in runs for part in ([run] if _is_closed(text, run) else [[mention] for mention in run])]


def _is_closed(text: str, run: Sequence[Mention]) -> bool:
    """Whether a run is a whole list: two with "and" alone between them, or more, unless commas alone join them and go on behind.

    A comma between two opens an apposition or a clause.
    """
    if len(run) <= _PAIR:
        return len(run) < _PAIR or re.search(r"[,;]", text[run[0].end : run[1].start]) is None
    joined = re.search(r"\w|&", text[run[-2].end : run[-1].start])
    return joined is not None or _GOES_ON.match(text, run[-1].end) is None


_COLON_REACH = 6  # tokens between a word of the question and the colon
_COUNTS = {word: count for count, word in enumerate("two three four five six seven eight nine ten".split(), 2)}


def announced(clause: Clause) -> Short:
    """The list behind a colon, where the words before it are those of the question ("three classes …: *rich, variable and poor*")."""
    if clause.kind not in {QuestionType.LIST, QuestionType.WHICH, QuestionType.WHAT}:
        return NO_SHORT
    phrases = clause.phrases
    colon = next((at for at in range(1, len(phrases.tokens)) if phrases.gaps[at].strip() == ":"), None)
    if colon is None or not any(at in clause.touched for at in range(colon)):
        return NO_SHORT
    end, count = phrases.coordinated(colon)
    if count < 2 or not clause.is_new(colon, end) or (end < len(phrases.tokens) and phrases.gaps[end].strip() == ","):
        return NO_SHORT
    wanted = next((_COUNTS[word] for word in clause.words if word in _COUNTS), None)
    if wanted is not None:
        return Short((phrases.text(colon, end),), 0.85) if wanted == count else NO_SHORT
    near = clause.held(max(0, colon - _COLON_REACH), colon)
    return Short((phrases.text(colon, end),), 0.75) if clause.kind is QuestionType.LIST and near else NO_SHORT
