"""Short answers by the grammar of a clause: the other side of "is", the name beside a role, what a verb takes.

English word order alone decides; a rule that does not find its form whole finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.frames import DO, IS, MODALS, Clause
from pmbot.answering.naming_spans import called
from pmbot.answering.phrases import DETERMINERS, POSSESSIVES, Phrases
from pmbot.answering.short import FIGURE_KINDS, NO_SHORT, Short
from pmbot.models import MentionKind, QuestionType

HAVE = frozenset({"has", "have", "had"})
_IDENTITY = IS | frozenset({"became", "remains", "remained", "constitutes", "constituted", "forms", "formed"})
NAMING = frozenset({QuestionType.WHO, QuestionType.WHICH, QuestionType.WHAT, QuestionType.LIST, QuestionType.DEFINITION})
_ABOUT = frozenset({"topic", "subject", "theme"})
_DEFINITE = POSSESSIVES | {"the", "one"}
_OF = frozenset({"of", "at", "from"})
_NAMED = frozenset({"capital", "number", "preposition", "article", "conjunction"})
_FROM = frozenset({"of", "from"})
_ROLES = english.TITLES | english.PERSON_NOUNS
_PROFESSIONS = frozenset({"noun", "word"})


def behind_modal(clause: Clause) -> int:
    """Where the verb stands that "who" is the subject of: behind its "can" or "has to" ("who *must* approve it"), else right behind it."""
    words, start = clause.words, clause.frame.start
    if clause.kind is not QuestionType.WHO or start != clause.frame.wh + 1:
        return start
    if words[start] in HAVE and words[start + 1 : start + 2] == ["to"] and start + 2 < len(words):
        return start + 2
    return start + (words[start] in MODALS and start + 1 < len(words))


def verb_of_subject(words: Sequence[str], start: int) -> range:
    """Where the verb stands whose subject the question word is, without adverbs before it; "began publishing" is one verb."""
    while start + 1 < len(words) and words[start].endswith("ly"):
        start += 1
    return range(start, start + 1 + (start + 1 < len(words) and words[start + 1].endswith("ing")))


def as_asked(clause: Clause, start: int, end: int, sure: float) -> Short:
    """The phrase `[start, end)`; for "who" without what describes the one named before the name ("the painter *Jan Holt*")."""
    phrases = clause.phrases
    if clause.kind is QuestionType.WHO:
        persons = phrases.mentions_in(start, end, (MentionKind.PERSON,))
        names = [at for at in range(start, end) if phrases.classes[at] == "capital"]
        if len(persons) > 1 and persons[0][0] >= phrases.tokens[start].start:
            return Short(((persons[0][0], phrases.tokens[end - 1].end),), sure)
        if names and names[0] > start and phrases.classes[names[0] - 1] in _PROFESSIONS:
            last = next((at for at in range(names[0], end) if phrases.classes[at] != "capital"), end)
            joined = last < end and phrases.tokens[last].norm in _OF
            if joined and last > names[0] + 1:  # "the painter *Jan Holt* of the academy"
                return Short((phrases.text(names[0], last),), sure)
        described = names and not any(phrases.classes[at] in {"preposition", "conjunction"} for at in range(start, names[0]))
        if described and names[-1] == end - 1:
            return Short((phrases.text(names[0], end),), sure)
    return Short((phrases.text(start, end),), sure)


def identity(clause: Clause) -> Short:
    """The side of "is" that the question leaves open ("what was the largest item": "The largest item was *heating*")."""
    words, start = clause.words, clause.frame.start + 1
    if clause.frame.opens not in IS or clause.kind not in NAMING or not _is_definite(clause, start):
        return NO_SHORT
    if any(word.endswith("ed") or word in english.AUXILIARIES for word in words[start:]) or words[-1] in english.PREPOSITIONS:
        return NO_SHORT
    phrases = clause.phrases
    verbs = [at for at, token in enumerate(phrases.tokens[:-1]) if at and token.norm in _IDENTITY]
    found = (_other_side(clause, verb) for verb in verbs)
    return next((short for short in found if short.slices), NO_SHORT)


def _asked(clause: Clause, subject: int) -> set[int]:
    """The terms of the question that one side of "is" must hold: no names, and no "of …" and no owner where "its" stands for that."""
    words, tokens = clause.words, clause.query.tokens
    owned = clause.phrases.tokens[subject].norm in POSSESSIVES
    of = words.index("of") if owned and "of" in words else len(words)
    asked = [at for at in range(clause.frame.start + 1, of) if not (owned and tokens[at].text.endswith(english.OWNER))]
    places = [clause.query.place_of(at) for at in asked]
    return {place for place in places if place is not None and not clause.query.terms[place].is_name}


def _is_definite(clause: Clause, at: int) -> bool:
    """Whether the words of the question from `at` on mean one certain thing ("the …", "its …", "X's …", "… largest")."""
    words = clause.query.tokens[at:]
    if words and clause.kind is QuestionType.WHO and words[0].norm in _ROLES:
        return True
    return bool(words) and (words[0].norm in _DEFINITE or any(w.text.endswith(english.OWNER) or w.norm.endswith("est") for w in words))


def _other_side(clause: Clause, verb: int) -> Short:
    """The side of the "is" at `verb` that does not hold all of what is asked, where the other does."""
    phrases = clause.phrases
    (subject, closing), after = _subject(phrases, verb), verb + 1
    if phrases.tokens[after].norm == "to" and after + 2 < len(phrases.tokens) and phrases.tokens[after + 1].norm not in DETERMINERS:
        asked = _asked(clause, subject)
        aimed = subject < closing and bool(asked) and asked <= clause.held(subject, closing) and clause.is_new(after, len(phrases.tokens))
        return Short((phrases.text(after, len(phrases.tokens)),), 0.75) if aimed else NO_SHORT
    end, _ = phrases.coordinated(after)
    progressive = phrases.classes[after] == "ing" and end > after + 1  # with an object, unlike "was heating at …"
    if subject == closing or end == after or phrases.classes[after] == "ed" or progressive:
        return NO_SHORT
    asked = _asked(clause, subject)
    if asked and asked <= clause.held(subject, closing) and clause.is_new(after, end):
        return as_asked(clause, after, end, 0.8) if _is_one_thing(clause, after, end) else NO_SHORT
    if asked and asked <= clause.held(after, end) and clause.is_new(subject, closing) and not clause.only_owns(after, end):
        return as_asked(clause, subject, closing, 0.8)
    return NO_SHORT


def _is_one_thing(clause: Clause, start: int, end: int) -> bool:
    """Whether the words `[start, end)` behind "is" say which it is: not of what kind ("a lamp"), not how ("low"), nobody without a name."""
    phrases = clause.phrases
    first = phrases.tokens[start].norm
    if clause.kind is QuestionType.WHO and first not in _DEFINITE and "capital" not in phrases.classes[start:end]:
        return False
    return first not in {"a", "an", "one"} and not (end == start + 1 and first in english.PLAIN_ADJECTIVES)


def _subject(phrases: Phrases, verb: int) -> tuple[int, int]:
    """The subject of the verb at `verb`; what stands between two commas before the verb is passed over ("X, with 300 seats, is")."""
    if phrases.gaps[verb].strip() != ",":
        return phrases.subject(verb), verb
    opening = next((at for at in range(verb - 1, 0, -1) if phrases.gaps[at].strip() == ","), None)
    return (phrases.subject(opening), opening) if opening is not None else (verb, verb)


def apposed(clause: Clause) -> Short:
    """The name beside the role asked for ("*Vellmar*, the capital of …"; "the treasurer, *Ines Malloy*, …"; "*Quindle* (the seller)")."""
    if clause.frame.opens not in IS or clause.kind not in NAMING or not _is_definite(clause, clause.frame.start + 1):
        return NO_SHORT
    phrases = clause.phrases
    for (start, end), (first, after) in called(phrases):
        asked = _asked(clause, first)
        if asked and asked <= clause.held(first, after) and clause.is_new(start, end):
            return Short((phrases.text(start, end),), 0.8)
    for comma in range(1, len(phrases.tokens)):
        if phrases.gaps[comma].strip() != ",":
            continue
        start, end = phrases.subject(comma), phrases.noun_phrase(comma)
        if comma in {start, end} or not (end == len(phrases.tokens) or phrases.breaks(end)):
            continue
        asked = _asked(clause, start)
        first = start if _is_named(phrases, start, comma) else _name_start(phrases, comma)
        name, role = first < comma, phrases.tokens[comma].norm in _DEFINITE
        if name and role and asked and asked <= clause.held(comma, end) and clause.is_new(first, comma):
            return as_asked(clause, first, comma, 0.75)
        role, name = phrases.tokens[start].norm in _DEFINITE, _is_named(phrases, comma, end)
        if name and role and asked and asked <= clause.held(start, comma) and clause.is_new(comma, end):
            return as_asked(clause, comma, end, 0.75)
    return NO_SHORT


def _is_named(phrases: Phrases, start: int, end: int) -> bool:
    """Whether the words `[start, end)` are a name: capitals at both ends and nothing but small words within, an article before or not."""
    first = start + (phrases.tokens[start].norm in english.ARTICLES and end > start + 1)
    inside = all(kind in _NAMED for kind in phrases.classes[first:end])
    return inside and phrases.classes[first] == phrases.classes[end - 1] == "capital"


def _name_start(phrases: Phrases, end: int) -> int:
    """Where the run of capitals starts that ends before the token at `end`."""
    start = end
    while start and phrases.classes[start - 1] == "capital" and (start == end or not phrases.breaks(start)):
        start -= 1
    return start


def taken(clause: Clause) -> Short:
    """What the verb of the question takes ("what must X pay": "X must pay *its price*")."""
    words = clause.words
    if clause.kind in NAMING and words[-1] in english.PREPOSITIONS:
        return _taken_behind(clause, words[-1])
    if clause.frame.opens not in DO | MODALS or clause.kind not in NAMING or not clause.verbs:
        return NO_SHORT
    if words[max(0, clause.frame.wh - 1)] in english.PREPOSITIONS or words[clause.frame.start + 1] == "not":
        return NO_SHORT
    for at in clause.verbs:
        if _takes_object(clause.phrases, at):
            start, end = _object(clause.phrases, at + 1)
            head = max(start, clause.phrases.noun_phrase(start) - 1)
            if end > start and clause.is_new(start, end) and clause.phrases.tokens[head].term not in clause.query.term_set:
                return as_asked(clause, start, end, 0.65)
    return NO_SHORT


def _taken_behind(clause: Clause, preposition: str) -> Short:
    """What stands behind the verb and the preposition that close the question ("who is X looking *for*": "looking for *two engineers*")."""
    phrases, last = clause.phrases, clause.query.place_of(len(clause.words) - 2)
    same = _FROM if preposition in _FROM else {preposition}  # one dies "of" and "from" something
    for at in sorted(clause.touched):
        begin = at + 2
        if last not in clause.touched[at] or begin >= len(phrases.tokens) or phrases.tokens[at + 1].norm not in same:
            continue
        end, _ = phrases.coordinated(begin)
        if end > begin and clause.is_new(begin, end):
            return as_asked(clause, begin, end, 0.75)
    return NO_SHORT


def _takes_object(phrases: Phrases, at: int) -> bool:
    """Whether the token at `at` stands as an active verb with words behind it."""
    if at + 1 >= len(phrases.tokens) or phrases.breaks(at + 1):
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


def keyed(clause: Clause) -> Short:
    """What stands behind the thing that keywords name: its figure ("surplus": "a surplus of *€14,300*"), or what it is about.

    "subject of thesis": "a thesis on *iron in water*".
    """
    if clause.kind is not QuestionType.KEYWORD:
        return NO_SHORT
    phrases = clause.phrases
    for at in sorted(clause.touched):
        if at + 2 >= len(phrases.tokens) or phrases.breaks(at + 1) or not phrases.stands_as_noun(at):
            continue
        norm, end = phrases.tokens[at + 1].norm, phrases.noun_phrase(at + 2)
        figure = phrases.mentions_in(at + 2, at + 3, FIGURE_KINDS)
        if norm == "of" and figure:
            return Short((figure[0],), 0.7)
        if norm in {"on", "about"} and _ABOUT & set(clause.words) and end > at + 2:
            return Short((phrases.text(at + 2, _with_place(phrases, end)),), 0.6)
    return NO_SHORT


def _with_place(phrases: Phrases, end: int) -> int:
    """The end of a phrase with the "in …" behind it."""
    if end + 1 < len(phrases.tokens) and phrases.tokens[end].norm == "in" and not phrases.breaks(end):
        return phrases.noun_phrase(end + 1)
    return end
