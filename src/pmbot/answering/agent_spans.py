"""Short answers that name whoever stands behind the "by" of a verb."""

from __future__ import annotations

from pmbot.answering import english
from pmbot.answering.clause_spans import NAMING, as_asked, behind_modal, verb_of_subject
from pmbot.answering.frames import Clause
from pmbot.answering.phrases import Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType

_PEOPLE = ("ers", "ors", "ists", "ians", "men", "people", "brothers", "sisters")
_AGENT_REACH = 12  # tokens between a participle and its "by"


def agent(clause: Clause) -> Short:
    """Whoever stands behind the "by" of the question's verb ("who replaced X": "X was replaced … *by* Y")."""
    words = clause.words
    passive = words[-1] == "by" or words[max(0, clause.frame.wh - 1)] == "by"
    start = behind_modal(clause)
    if clause.kind not in NAMING or (not passive and start == clause.frame.start and clause.frame.opens in english.AUXILIARIES):
        return NO_SHORT
    asked = range(start, len(words)) if passive else verb_of_subject(words, start)
    verbs = [at for at in clause.touched if clause.stands_for(at, asked) and _is_participle(clause.phrases, at)]
    for verb in sorted(verbs, key=lambda at: (min(clause.touched[at]), at)):
        short = _behind_by(clause, verb)
        if short.slices:
            return short
    return NO_SHORT


def _is_participle(phrases: Phrases, at: int) -> bool:
    """Whether the token at `at` may be a participle: in -ed, or behind a form of "be", or before "by"."""
    kind = phrases.classes[at]
    if kind not in {"ed", "word", "noun", "adjective"} or phrases.stands_as_noun(at):
        return False
    be = any(token.norm in english.BE for token in phrases.tokens[max(0, at - 4) : at])
    return be or kind == "ed" or (at + 1 < len(phrases.tokens) and phrases.tokens[at + 1].norm == "by")


def _behind_by(clause: Clause, verb: int) -> Short:
    """Whoever stands behind the "by" of the participle at `verb`."""
    phrases = clause.phrases
    by = by_behind(phrases, verb)
    if by is None:
        return NO_SHORT
    end, count = phrases.coordinated(by + 1)
    named = phrases.noun_phrase(end) if count == 1 and end < len(phrases.tokens) and phrases.gaps[end].strip() == "," else end
    capital = named > end and phrases.classes[end] == "capital"
    if clause.kind is QuestionType.WHO and capital and phrases.mentions_in(end, named, (MentionKind.PERSON,)):
        return as_asked(clause, end, named, 0.8)  # "by the director, *Ana Gil*"
    if by + 1 < end < len(phrases.tokens) - 2 and phrases.tokens[end].norm == "and" and phrases.tokens[end + 1].norm == "by":
        end = max(end, phrases.coordinated(end + 2)[0])
    return as_asked(clause, by + 1, end, 0.8) if end > by + 1 and clause.is_new(by + 1, end) else NO_SHORT


def by_behind(phrases: Phrases, verb: int) -> int | None:
    """The place of the "by" that belongs to the participle at `verb`: no other verb between them, no time or deed behind it."""
    for at in range(verb + 1, min(len(phrases.tokens) - 1, verb + _AGENT_REACH)):
        norm = phrases.tokens[at].norm
        if norm == "by" and phrases.tokens[at - 1].norm == "not":  # "not by X, who fell ill, but *by* Y"
            pairs = range(at + 1, len(phrases.tokens) - 2)
            return next((but + 1 for but in pairs if [t.norm for t in phrases.tokens[but : but + 2]] == ["but", "by"]), None)
        if norm == "by":
            return None if phrases.classes[at + 1] == "ing" or _is_measure(phrases, at + 1) else at
        verb_follows = norm == "and" and phrases.classes[at + 1] in {"ed", "auxiliary", "pronoun"}
        if phrases.classes[at] == "auxiliary" or ";" in phrases.gaps[at] or norm in {"but", "which", "who", "that"} or verb_follows:
            return None
    return None


def _is_measure(phrases: Phrases, at: int) -> bool:
    """Whether a number stands at `at` that counts no people: "by 29 *votes*", "by 2019", but not "by eleven *farmers*"."""
    if phrases.classes[at] != "number":
        return False
    noun = phrases.tokens[at + 1].norm if at + 1 < len(phrases.tokens) and not phrases.breaks(at + 1) else ""
    return noun.removesuffix("s") not in english.PERSON_NOUNS and not noun.endswith(_PEOPLE)
