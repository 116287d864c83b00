"""Short answers to questions that ask for the subject of a verb ("who *repairs* the roof"): what stands before that verb."""

from __future__ import annotations

from pmbot.answering import english
from pmbot.answering.clause_spans import as_asked, verb_of_subject
from pmbot.answering.frames import Clause
from pmbot.answering.phrases import Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import QuestionType

_NAMING = frozenset({QuestionType.WHO, QuestionType.WHICH, QuestionType.WHAT, QuestionType.LIST, QuestionType.DEFINITION})
_PAIR = 2
_RELATIVE = frozenset({"who", "which", "that"})


def doers(clause: Clause) -> Short:
    """The list of subjects before the verb of a question that asks for its subject ("*Seals, foxes and birds* live on the island")."""
    if clause.kind not in _NAMING or clause.frame.opens in english.AUXILIARIES:
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
    if clause.kind is not QuestionType.WHO or clause.frame.opens in english.AUXILIARIES or clause.words[-1] == "by":
        return NO_SHORT
    phrases, asked = clause.phrases, verb_of_subject(clause.words, clause.frame.start)
    acted_on = {place for at in range(asked.stop, len(clause.words)) if (place := clause.query.place_of(at)) is not None}
    for verb in sorted(clause.touched):
        if not (acted_on and clause.stands_for(verb, asked)) or phrases.stands_as_noun(verb) or not _acts(phrases, verb):
            continue
        if not acted_on <= clause.held(verb + 1, _end_of_clause(phrases, verb + 1)):
            continue
        start = phrases.subject(verb)
        if start < verb and clause.is_new(start, verb) and "conjunction" not in phrases.classes[max(0, start - 1) : verb]:
            return as_asked(clause, start, verb, 0.8)
    return NO_SHORT


def _acts(phrases: Phrases, verb: int) -> bool:
    """Whether the token at `verb` stands as an active verb right behind its subject."""
    before = phrases.tokens[verb - 1].norm if verb else ""
    passive = before in english.BE or phrases.classes[verb] == "ing" or before in _RELATIVE
    by = verb + 1 < len(phrases.tokens) and phrases.tokens[verb + 1].norm == "by"
    return bool(before) and not (passive or by or phrases.breaks(verb))


def _end_of_clause(phrases: Phrases, start: int) -> int:
    return next((at for at in range(start, len(phrases.tokens)) if ";" in phrases.gaps[at]), len(phrases.tokens))
