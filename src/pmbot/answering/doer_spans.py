"""Short answers that name who does or owns something: the subject before the verb that is asked, whoever something belongs to."""

from __future__ import annotations

from pmbot.answering import english
from pmbot.answering.clause_spans import NAMING, as_asked, behind_modal, verb_of_subject
from pmbot.answering.frames import MODALS, Clause
from pmbot.answering.phrases import Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import QuestionType

_PAIR = 2
_RELATIVE = frozenset({"who", "which", "that"})
_ASKING = frozenset({QuestionType.WHO, QuestionType.WHICH})
_OWNING = frozenset({"own", "owns", "owned"})
_BELONGING = frozenset({"belongs", "belonged", "belonging", "belong"})
_OPENS_RELATIVE = frozenset({"which", "whom", "that"})
_PASSIVE_REACH = 3  # tokens between a form of "be" and its participle


def doers(clause: Clause) -> Short:
    """The list of subjects before the verb of a question that asks for its subject ("*Seals, foxes and birds* live on the island")."""
    if clause.kind not in NAMING or clause.frame.opens in english.AUXILIARIES:
        return NO_SHORT
    phrases, asked = clause.phrases, verb_of_subject(clause.words, clause.frame.start)
    for verb in sorted(clause.touched):
        if not verb or not clause.stands_for(verb, asked) or phrases.stands_as_noun(verb) or phrases.breaks(verb):
            continue
        if verb + 1 < len(phrases.tokens) and phrases.tokens[verb + 1].norm == "by":
            continue
        for start in range(verb):
            if start == 0 or phrases.breaks(start):
                end, count = phrases.coordinated(start, verb)
                least = _PAIR + (clause.kind is QuestionType.WHO)  # a pair of names is told apart elsewhere
                if end == verb and count >= least and clause.is_new(start, end):
                    return Short((phrases.text(start, end),), 0.75)
    return NO_SHORT


def doer(clause: Clause) -> Short:
    """The subject of the verb of "who", where the words behind that verb are those asked about ("*The landlord* repairs the roof")."""
    opens = behind_modal(clause)
    if clause.kind is not QuestionType.WHO or clause.words[opens] in english.AUXILIARIES or clause.words[-1] == "by":
        return NO_SHORT
    phrases, asked = clause.phrases, verb_of_subject(clause.words, opens)
    acted_on = {place for at in range(asked.stop, len(clause.words)) if (place := clause.query.place_of(at)) is not None}
    for verb in sorted(clause.touched):
        if not (acted_on and clause.stands_for(verb, asked)) or phrases.stands_as_noun(verb) or not _acts(phrases, verb):
            continue
        end = verb - (phrases.tokens[verb - 1].norm in MODALS)
        start = phrases.subject(end)
        reports = 0 < start < end and phrases.gaps[start].strip() == "," and bool(acted_on & clause.held(0, start))  # "…, X decided"
        if not reports and not acted_on <= clause.held(verb + 1, _end_of_clause(phrases, verb + 1)):
            continue
        joined = phrases.classes[start - (start > 0 and phrases.tokens[start - 1].norm != "but") : end]
        if start < end and clause.is_new(start, end) and "conjunction" not in joined:
            return as_asked(clause, start, end, 0.8)
    return NO_SHORT


def _acts(phrases: Phrases, verb: int) -> bool:
    """Whether the token at `verb` stands as an active verb right behind its subject."""
    before = phrases.tokens[verb - 1].norm if verb else ""
    passive = before in english.BE or phrases.classes[verb] == "ing" or before in _RELATIVE
    by = verb + 1 < len(phrases.tokens) and phrases.tokens[verb + 1].norm == "by"
    return bool(before) and not (passive or by or phrases.breaks(verb))


def _end_of_clause(phrases: Phrases, start: int) -> int:
    return next((at for at in range(start, len(phrases.tokens)) if ";" in phrases.gaps[at]), len(phrases.tokens))


def relative_doer(clause: Clause) -> Short:
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
            and phrases.tokens[start - 1].norm in _OPENS_RELATIVE
            and "capital" in phrases.classes[start:end]
            and clause.is_new(start, end)
        ):
            return as_asked(clause, start, end, 0.75)
    return NO_SHORT


def who_did(clause: Clause) -> Short:
    """The name that "who" and the verb asked for follow, before what describes it ("*Ana Gil*, a partner at Quindle, who led it")."""
    if clause.kind is not QuestionType.WHO or clause.frame.opens in english.AUXILIARIES:
        return NO_SHORT
    phrases, asked = clause.phrases, verb_of_subject(clause.words, clause.frame.start)
    for verb in sorted(clause.touched):
        who = verb - 1
        if who < _PAIR or phrases.tokens[who].norm != "who" or not clause.stands_for(verb, asked) or phrases.gaps[who].strip() != ",":
            continue
        comma = next((at for at in range(who - 1, 0, -1) if phrases.breaks(at)), None)
        described = comma is not None and phrases.gaps[comma].strip() == "," and phrases.tokens[comma].norm in english.ARTICLES
        end = comma if comma is not None and described else who
        start = end
        while start and phrases.classes[start - 1] == "capital" and (start == end or not phrases.breaks(start)):
            start -= 1
        if start < end and clause.is_new(start, end):
            return Short((phrases.text(start, end),), 0.8)
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
