"""Guards on what is only mentioned: a term without what it means, a thing without its name, a number of things without which they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.case import Case, Refusal
from pmbot.answering.cues import LISTING
from pmbot.answering.frames import IS, Clause
from pmbot.answering.mentions import NAMES
from pmbot.answering.phrases import CLAUSE_OPENERS, DETERMINERS, POSSESSIVES
from pmbot.models import QuestionType
from pmbot.text.analyzer import Token
from pmbot.text.lazy_pattern import LazyPattern

_UNTOLD = Refusal("type_absent", ())
_MEANING = LazyPattern(
    r"\b(?:means?|meaning|refers?|referred|defin\w+|call(?:s|ed|ing)?|known|terms?|termed|named|dubbed|i\.e|that is|namely|understood"
    r"|consists?|stands for|describ\w+|denotes?|kinds? of|types? of|forms? of|used (?:to|for|as|in))\b|[“”\"„«]",
    re.IGNORECASE,
)
_TELLING_GAP = re.compile(r"[(:–—\[]|\s-\s")
_TELLING_BEHIND = DETERMINERS | {"which", "that", "or", "where", "who", "also", "one", "i.e"}
_BORDERS = english.PREPOSITIONS | english.AUXILIARIES | english.WH_WORDS | english.CONJUNCTIONS | {"that"}
_INDEFINITE = DETERMINERS - {"the", "this", "that", "these", "those"}
_JOINING = frozenset({"and", "but"})
_QUALIFYING = frozenset("of in at for with from on near that which who where".split())
_CALLED = LazyPattern(r"\b(?:called|named|known|dubbed|titled|formerly|previously|originally|nicknamed)\b|[“\"«]", re.IGNORECASE)
_BECOMING = english.BE | frozenset("became become becomes as remains remained named elected appointed".split())
_APPOSED = 8  # tokens from a name to what it is of: "*Quindle*, a large green ship"


def meaning_untold(case: Case) -> Refusal | None:
    """What something is is asked ("what are *coliform bacteria*"), and here it is only mentioned: "three contained coliform bacteria"."""
    clause, words = case.clause, case.query.norms
    asks = case.query.reading.type is QuestionType.DEFINITION and words[:1] == ["what"] and words[1:2] != [] and words[1] in IS
    if not asks or clause is None or words[2:3] in (["the"], []) or _BORDERS.intersection(words[3:]):
        return None
    if any(token.text[0].isupper() or token.text.endswith(english.OWNER) for token in case.query.tokens[1:]):
        return None
    heads = _standing(clause, len(words) - 1)
    if not heads or _MEANING.search(case.candidate.view.sentence.text):
        return None
    return _UNTOLD if all(_is_object(clause, at) and not _explained(clause, at) for at in heads) else None


def _standing(clause: Clause, word: int) -> list[int]:
    """Where the sentence says the word of the question at `word`."""
    place = clause.query.place_of(word)
    return [at for at, places in clause.touched.items() if place in places]


def _phrase_start(clause: Clause, at: int) -> int:
    """Where the noun phrase begins that ends with the token at `at`, its article included."""
    phrases = clause.phrases
    while at and not phrases.breaks(at) and phrases.classes[at - 1] not in {"preposition", "auxiliary", "conjunction", "ed", "pronoun"}:
        at -= 1
    return at


def _is_object(clause: Clause, at: int) -> bool:
    """Whether a noun stands behind a preposition or a verb, so that the sentence is about something else."""
    start = _phrase_start(clause, at)
    return start > 0 and not clause.phrases.breaks(start) and clause.phrases.classes[start - 1] in {"preposition", "ed", "conjunction"}


def _explained(clause: Clause, at: int) -> bool:
    """Whether what it is may stand right behind a noun: in brackets, behind a colon, or "X, a …", "X, which is …"."""
    phrases = clause.phrases
    if at + 1 >= len(phrases.tokens):
        return False
    gap, behind = phrases.gaps[at + 1], phrases.tokens[at + 1].norm
    if _TELLING_GAP.search(gap) or _TELLING_GAP.search(phrases.gaps[_phrase_start(clause, at)]):
        return True
    if behind in {"which", "that"} and at + 2 < len(phrases.tokens):
        return phrases.tokens[at + 2].norm in {"is", "are"} or phrases.classes[at + 2] in {"plural", "word"}
    return behind in _TELLING_BEHIND and phrases.breaks(at + 1)


def thing_unnamed(case: Case) -> Refusal | None:
    """The name of something is asked ("the *name* of the brewery"), and it stands here without one: "it belonged to the brewery"."""
    words, clause = case.query.norms, case.clause
    at = next((at for at in range(1, min(6, len(words))) if words[at] in {"name", "names"}), None) if words[:1] == ["what"] else None
    if at is None or clause is None or words[at + 1 : at + 2] != ["of"]:
        return None
    end = next((to for to in range(at + 3, len(words)) if words[to] in _BORDERS), len(words))
    heads = _standing(clause, end - 1)
    return _UNTOLD if heads and not any(_is_named(case, clause, head) for head in heads) else None


def which_untold(case: Case) -> Refusal | None:
    """Which ones is asked, and only a number or a bare noun is told: "in *four countries*", "*its bank* refused"."""
    clause, words = case.clause, case.query.norms
    if clause is None or clause.frame.wh < 0 or words[clause.frame.wh] not in {"which", "what"}:
        return None
    focus = case.query.reading.focus
    heads = [at for at in clause.touched if clause.phrases.tokens[at].term == focus]
    return _UNTOLD if heads and all(_is_bare(clause, at) and not _is_named(case, clause, at) for at in heads) else None


def _is_bare(clause: Clause, at: int) -> bool:
    """Whether a noun stands with a number or a small word alone, and nothing beside it tells which it is."""
    phrases, start = clause.phrases, _phrase_start(clause, at)
    behind = phrases.tokens[at + 1].norm if at + 1 < len(phrases.tokens) else ""
    if behind and ((phrases.breaks(at + 1) and behind not in CLAUSE_OPENERS | _JOINING) or behind in _QUALIFYING | english.BE):
        return False
    if start and (phrases.breaks(start) or phrases.tokens[start - 1].norm in _BECOMING):
        return False
    if behind and phrases.classes[at + 1] in {"noun", "plural", "pronoun"} and not phrases.breaks(at + 1):
        return False
    if phrases.classes[start] == "number":
        return True
    if at > start:
        return at - start == 1 and phrases.tokens[start].norm in _INDEFINITE
    return start > 0 and (phrases.classes[start - 1] in {"preposition", "ed"} or phrases.tokens[start - 1].norm in POSSESSIVES)


def _is_named(case: Case, clause: Clause, at: int) -> bool:
    """Whether a name that the question does not have stands beside the noun at `at`, is what it is, or is followed by it in a comma."""
    phrases, view, asked = clause.phrases, clause.phrases.view, case.query.term_set
    tokens, start, text = phrases.tokens, _phrase_start(clause, at), view.sentence.text
    if _CALLED.search(text) or LISTING.search(text, tokens[at].end):
        return True
    inside = ((m, {token.term for token in view.tokens_in(m.start, m.end)}) for m in view.mentions if m.kind in NAMES)
    new = [m for m, terms in inside if not terms & asked and not terms <= case.places]
    names = {token.start for m in new for token in view.tokens_in(m.start, m.end)}
    end = max(at + 1, phrases.noun_phrase(at))
    beside = {at - 1, at + 1, *(place + 1 for place in range(at, end) if place in clause.touched)}
    verb = next((place for place in range(at + 1, len(tokens)) if phrases.classes[place] == "auxiliary"), None)
    if verb is not None and tokens[verb].norm in english.BE:
        beside |= {verb + 1, verb + 2}
    if any(0 <= place < len(tokens) and tokens[place].start in names for place in beside):
        return True
    if new and start and tokens[start - 1].norm in _BECOMING:
        return True
    return any(_apposed([t for t in view.tokens if m.end <= t.start < tokens[at].start], text[m.end : m.end + 1]) for m in new)


def _apposed(between: Sequence[Token], sign: str) -> bool:
    """Whether a noun behind the words `between` says what the name before them is: "*Quindle*, a large green ship"."""
    if sign != "," or not 0 < len(between) < _APPOSED or between[0].norm not in DETERMINERS:
        return False
    return all(token.norm not in english.AUXILIARIES | CLAUSE_OPENERS for token in between)


NAMED = (meaning_untold, thing_unnamed, which_untold)
"""These guards, in the order they are asked."""
