"""Where somebody or something is from: what stands behind "from", or the adjective of place in the name's own noun phrase.

"Where does Quindle come from?" is told by "the Norwegian lamp maker Quindle", "Norway's Quindle" and "Norwegian firms, including Quindle".
"""

from __future__ import annotations

from pmbot.answering.case import Case, Refusal
from pmbot.answering.frames import Clause
from pmbot.answering.phrases import DETERMINERS, Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType

_COMING = frozenset({"come", "comes", "came", "originate", "hail"})
_LISTING = frozenset({"including", "like"})
_TELLING = frozenset(
    "from born native originated originates origin origins home homeland based headquartered hails roots descended".split()
)
_REACH = 8  # tokens before a name that may describe it
_CLOSED = frozenset({"auxiliary", "ed", "preposition", "pronoun", "conjunction"})


def _asks_origin(clause: Clause) -> bool:
    """Whether the question asks where somebody is from: "where does X come from", "which country is X from"."""
    tokens, words = clause.query.tokens, clause.words
    if words[-1] != "from" or not (clause.kind is QuestionType.WHERE or (clause.kind is QuestionType.WHICH and "country" in words)):
        return False
    return words[-2] in _COMING or tokens[-2].text[0].isupper()


def origin(clause: Clause) -> Short:
    """The place that the noun phrase of the name asked about holds."""
    if not _asks_origin(clause):
        return NO_SHORT
    phrases = clause.phrases
    names = {place for place, term in enumerate(clause.query.terms) if term.is_name}
    for at in sorted(clause.touched):
        if not names & clause.touched[at] or (at and names & clause.touched.get(at - 1, frozenset())):
            continue
        places = phrases.mentions_in(_phrase_start(phrases, at), at, (MentionKind.PLACE,))
        if places:
            first, end = places[-1]
            start = next((t.start for t in phrases.tokens if first <= t.start < end and t.norm not in DETERMINERS), first)
            return Short(((start, end),), 0.75)
    return NO_SHORT


def _phrase_start(phrases: Phrases, at: int) -> int:
    """Where the words begin that describe the name at `at`; of a list, those before its "such as" or "including"."""
    start = at
    listed = next((p for p in range(at - 1, max(-1, at - 3 * _REACH), -1) if _opens_list(phrases, p)), None)
    if listed is not None and all(phrases.classes[p] in {"capital", "conjunction"} for p in range(listed + 1, at)):
        start = listed - (phrases.tokens[listed].norm == "as")
    low = max(0, start - _REACH)
    end = start
    while start > low and phrases.classes[start - 1] not in _CLOSED and (start == end or not phrases.breaks(start)):
        start -= 1
    return start


def _opens_list(phrases: Phrases, at: int) -> bool:
    norm = phrases.tokens[at].norm
    return norm in _LISTING or (norm == "as" and at > 0 and phrases.tokens[at - 1].norm == "such")


def origin_untold(case: Case) -> Refusal | None:
    """Where something is from is asked, and no word here tells: neither "from" or its like, nor an adjective of place before the name."""
    clause = case.clause
    if clause is None or not _asks_origin(clause) or origin(clause).slices:
        return None
    told = any(token.norm in _TELLING for token in clause.phrases.tokens)
    return None if told else Refusal("type_absent", ())
