"""Short answers by the grammar of a clause: whoever stands behind "by", the other side of "is", what a verb takes.

English word order alone decides; a rule that does not find its form whole finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.frames import DO, IS, MODALS, Clause
from pmbot.answering.phrases import Phrases
from pmbot.answering.short import NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType

_IDENTITY = IS | frozenset({"became", "remains", "remained", "constitutes", "constituted", "forms", "formed"})
_NAMING = frozenset({QuestionType.WHO, QuestionType.WHICH, QuestionType.WHAT, QuestionType.LIST, QuestionType.DEFINITION})
_DEFINITE = frozenset("the its his her their my our your one".split())
_WITHIN = frozenset({"in", "inside", "within", "on", "among"})
_HOLDING = frozenset(
    "contain contains contained containing include includes included including hold holds held holding comprise comprises comprised"
    " comprising consists consisted consisting".split()
)
_AGENT_REACH = 12  # tokens between a participle and its "by"
_HOLDER_REACH = 4  # tokens between what holds and the verb that says so


def agent(clause: Clause) -> Short:
    """Whoever stands behind the "by" of the question's verb ("who replaced X": "X was replaced … *by* Y")."""
    words, start = clause.words, clause.frame.start
    passive = words[-1] == "by" or words[max(0, clause.frame.wh - 1)] == "by"
    if clause.kind not in _NAMING or (not passive and clause.frame.opens in english.AUXILIARIES):
        return NO_SHORT
    asked = range(start, len(words)) if passive else _verb_of_subject(words, start)
    verbs = [at for at in clause.touched if clause.stands_for(at, asked) and _is_participle(clause.phrases, at)]
    for verb in sorted(verbs, key=lambda at: (min(clause.touched[at]), at)):
        short = _behind_by(clause, verb)
        if short.slices:
            return short
    return NO_SHORT


def _verb_of_subject(words: Sequence[str], start: int) -> range:
    """Where the verb stands whose subject the question word is, without adverbs before it; "began publishing" is one verb."""
    while start + 1 < len(words) and words[start].endswith("ly"):
        start += 1
    return range(start, start + 1 + (start + 1 < len(words) and words[start + 1].endswith("ing")))


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
    by = _by_behind(phrases, verb)
    if by is None:
        return NO_SHORT
    end, _ = phrases.coordinated(by + 1)
    return _as_asked(clause, by + 1, end, 0.8) if end > by + 1 and clause.is_new(by + 1, end) else NO_SHORT


def _by_behind(phrases: Phrases, verb: int) -> int | None:
    """The place of the "by" that belongs to the participle at `verb`: no other verb between them, no time or deed behind it."""
    for at in range(verb + 1, min(len(phrases.tokens) - 1, verb + _AGENT_REACH)):
        norm = phrases.tokens[at].norm
        if norm == "by":
            return None if phrases.classes[at + 1] in {"number", "ing"} else at
        verb_follows = norm == "and" and phrases.classes[at + 1] in {"ed", "auxiliary", "pronoun"}
        if phrases.classes[at] == "auxiliary" or ";" in phrases.gaps[at] or norm in {"but", "which", "who", "that"} or verb_follows:
            return None
    return None


def _as_asked(clause: Clause, start: int, end: int, sure: float) -> Short:
    """The phrase `[start, end)`; for "who" cut to the persons in it, from the first to the last, or to what has capitals."""
    if clause.kind is QuestionType.WHO:
        persons = clause.phrases.mentions_in(start, end, (MentionKind.PERSON,))
        capitals = [at for at in range(start, end) if clause.phrases.classes[at] == "capital"]
        if len(persons) > 1:
            return Short(((persons[0][0], persons[-1][1]),), sure)
        if capitals:
            return Short((clause.phrases.text(capitals[0], capitals[-1] + 1),), sure)
    return Short((clause.phrases.text(start, end),), sure)


def identity(clause: Clause) -> Short:
    """The side of "is" that the question leaves open ("what was the largest item": "The largest item was *heating*")."""
    words, start = clause.words, clause.frame.start + 1
    if clause.frame.opens not in IS or clause.kind not in _NAMING or not _is_definite(clause, start):
        return NO_SHORT
    if any(word.endswith("ed") or word in english.AUXILIARIES for word in words[start:]) or words[-1] in english.PREPOSITIONS:
        return NO_SHORT
    places = {place for at in range(start, len(words)) if (place := clause.query.place_of(at)) is not None}
    asked = {place for place in places if not clause.query.terms[place].is_name}
    verbs = [at for at, token in enumerate(clause.phrases.tokens[:-1]) if at and token.norm in _IDENTITY]
    found = [_other_side(clause, verb, asked) for verb in verbs] if asked else []
    return next((short for short in found if short.slices), NO_SHORT)


def _is_definite(clause: Clause, at: int) -> bool:
    """Whether the words of the question from `at` on mean one certain thing ("the …", "its …", "X's …", "… largest")."""
    words = clause.query.tokens[at:]
    return bool(words) and (words[0].norm in _DEFINITE or any(w.text.endswith(("'s", "’s")) or w.norm.endswith("est") for w in words))


def _other_side(clause: Clause, verb: int, asked: set[int]) -> Short:
    """The side of the "is" at `verb` that does not hold all of what is asked, where the other does."""
    phrases = clause.phrases
    subject, after = phrases.subject(verb), verb + 1
    end, _ = phrases.coordinated(after)
    progressive = phrases.classes[after] == "ing" and end > after + 1  # with an object, unlike "was heating at …"
    if subject == verb or end == after or phrases.classes[after] == "ed" or progressive:
        return NO_SHORT
    if asked <= clause.held(subject, verb) and clause.is_new(after, end):
        indefinite = phrases.tokens[after].norm in {"a", "an", "one"}  # says what kind of thing it is, not which
        return NO_SHORT if indefinite else _as_asked(clause, after, end, 0.8)
    if asked <= clause.held(after, end) and clause.is_new(subject, verb):
        return _as_asked(clause, subject, verb, 0.8)
    return NO_SHORT


def taken(clause: Clause) -> Short:
    """What the verb of the question takes ("what must X pay": "X must pay *its price*")."""
    words = clause.words
    if clause.frame.opens not in DO | MODALS or clause.kind not in _NAMING or clause.verb is None:
        return NO_SHORT
    if words[-1] in english.PREPOSITIONS or words[max(0, clause.frame.wh - 1)] in english.PREPOSITIONS:
        return NO_SHORT
    for at in sorted(clause.touched):
        if clause.verb in clause.touched[at] and _takes_object(clause.phrases, at):
            start, end = _object(clause.phrases, at + 1)
            if end > start and clause.is_new(start, end):
                return _as_asked(clause, start, end, 0.65)
    return NO_SHORT


def _takes_object(phrases: Phrases, at: int) -> bool:
    """Whether the token at `at` stands as an active verb with words behind it."""
    if at + 1 >= len(phrases.tokens) or phrases.breaks(at + 1) or phrases.stands_as_noun(at):
        return False
    if phrases.classes[at] == "capital" and at:
        return False
    passive = any(token.norm in english.BE for token in phrases.tokens[max(0, at - 3) : at])
    return not passive or phrases.classes[at] == "ing"


def _object(phrases: Phrases, start: int) -> tuple[int, int]:
    """What a verb takes at `start`: the phrases there, or what is said behind "that"."""
    if phrases.tokens[start].norm != "that" or start + 1 == len(phrases.tokens) or phrases.breaks(start + 1):
        return start, phrases.coordinated(start)[0]
    end = start + 1
    while end < len(phrases.tokens) and not phrases.breaks(end):
        end += 1
    return start + 1, end


def contents(clause: Clause) -> Short:
    """What a thing holds ("what is in the box": "The box contains *X and Y*"; "who is in the group": "a group consisting of *X and Y*")."""
    start = clause.frame.start
    if clause.frame.opens not in IS or start + 1 >= len(clause.words) or clause.words[start + 1] not in _WITHIN:
        return NO_SHORT
    phrases = clause.phrases
    for at, token in enumerate(phrases.tokens[:-2]):
        if token.norm in _HOLDING and clause.held(max(0, at - _HOLDER_REACH), at):
            begin = at + 1 + (phrases.tokens[at + 1].norm == "of")
            end, _ = phrases.coordinated(begin)
            if end > begin and clause.is_new(begin, end):
                return _as_asked(clause, begin, end, 0.8)
    return NO_SHORT
