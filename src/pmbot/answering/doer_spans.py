"""Short answers that name who does or owns something: the subject right before the verb that is asked, whoever something belongs to."""

from __future__ import annotations

from pmbot.answering import english
from pmbot.answering.clause_spans import as_asked, verb_of_subject
from pmbot.answering.frames import Clause
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import QuestionType

_ASKING = frozenset({QuestionType.WHO, QuestionType.WHICH})
_OWNING = frozenset({"own", "owns", "owned"})
_BELONGING = frozenset({"belongs", "belonged", "belonging", "belong"})
_RELATIVE = frozenset({"which", "whom", "that"})
_PASSIVE_REACH = 3  # tokens between a form of "be" and its participle


def doer(clause: Clause) -> Short:
    """The subject of a relative clause, right before its verb ("who won the match": "…, which *the Aurore* won by four goals")."""
    if clause.kind not in _ASKING or clause.frame.opens in english.AUXILIARIES:
        return NO_SHORT
    phrases, asked = clause.phrases, verb_of_subject(clause.words, clause.frame.start)
    for verb in sorted(clause.touched):
        if not verb or not clause.stands_for(verb, asked) or phrases.stands_as_noun(verb) or _is_passive(clause, verb):
            continue
        end = verb
        while end and phrases.classes[end - 1] in {"adverb", "auxiliary"} and not phrases.breaks(end):
            end -= 1
        start = phrases.subject(end) if end and not phrases.breaks(end) else end
        if (
            start < end
            and start
            and phrases.tokens[start - 1].norm in _RELATIVE
            and "capital" in phrases.classes[start:end]
            and clause.is_new(start, end)
        ):
            return as_asked(clause, start, end, 0.75)
    return NO_SHORT


def _is_passive(clause: Clause, verb: int) -> bool:
    tokens = clause.phrases.tokens
    be = any(token.norm in english.BE for token in tokens[max(0, verb - _PASSIVE_REACH) : verb])
    return be or (
        verb + 1 < len(tokens) and tokens[verb + 1].norm in english.PREPOSITIONS and clause.phrases.classes[verb - 1] != "capital"
    )


def owner(clause: Clause) -> Short:
    """Whoever something belongs to ("who owns the mill": "the mill, which has belonged to *the Holt family*")."""
    if clause.kind not in _ASKING or clause.frame.opens not in _OWNING:
        return NO_SHORT
    phrases = clause.phrases
    for at, token in enumerate(phrases.tokens[:-2]):
        if token.norm in _BELONGING and phrases.tokens[at + 1].norm == "to":
            end, _ = phrases.coordinated(at + 2)
            if end > at + 2 and clause.is_new(at + 2, end):
                return Short((phrases.text(at + 2, end),), 0.75)
    return NO_SHORT
