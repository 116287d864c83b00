"""Who acts and who is acted on: the part that a name plays beside a verb, in a question and in a sentence. By word order alone."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Literal, NamedTuple

from pmbot.answering import english
from pmbot.answering.word_classes import word_class
from pmbot.text.analyzer import Token

Part = Literal["agent", "patient", "aside"]
_NO_NOUNS = english.AUXILIARIES | english.PREPOSITIONS | english.JOINERS | english.CONJUNCTIONS | {"if", "that", "together"}
_DO = frozenset({"do", "does", "did"})
_DESCRIBING = frozenset({"article", "adjective", "noun", "word", "capital"})
_MAKING = frozenset("elected appointed named made called chosen declared crowned nominated promoted".split())
_REACH = 3  # words between a form of "be" and its participle
_PARTICIPLES = frozenset(
    "beaten begun bitten blown born bought bound broken brought built burnt caught chosen cut dealt done drawn driven drunk eaten fed felt"
    " flown forbidden forgotten found frozen given grown heard held hidden hit hurt kept known laid learnt led left lent lost made meant"
    " met overtaken paid put read rebuilt run seen sent set sewn shown shut sold sought spent split spoken spread stolen stuck struck sung"
    " sworn taken taught thrown told torn understood undertaken upheld withdrawn woken won worn woven written".split()
)

_NO_PARTICIPLES = frozenset("bed red shed sled hundred sacred naked wicked".split())


class Predicate(NamedTuple):
    """The main verb of a question: its place among the tokens, and whether names before it and after it act or are acted on."""

    verb: int
    before: Part | None
    after: Part | None


def main_verb(tokens: Sequence[Token], names: Container[str]) -> Predicate | None:
    """The main verb of "who *trained* X", "when did X *join*" and "was X *trained* by Y"; None where word order does not show it.

    `names` are folded words that name something, so that they are not taken for the verb.
    """
    words = [token.norm for token in tokens]
    wh = next((at for at, word in enumerate(words) if word in english.WH_WORDS), None)
    if wh is not None and wh + 1 < len(words) and words[wh] == "who" and _may_be_verb(tokens, wh + 1, names):
        return Predicate(wh + 1, "agent", "patient")
    for at, word in enumerate(words):
        if word in _DO:
            verb = _verb_after(tokens, at + 1, names)
            return Predicate(verb, "agent", "patient") if verb is not None else None
        if word in english.BE and (at == 0 or (wh is not None and at > wh)):
            verb = next((p for p in range(at + 1, len(words)) if is_participle(words[p]) and tokens[p].text[0].islower()), None)
            return Predicate(verb, "patient", "agent") if verb is not None else None
    return None


def is_participle(word: str) -> bool:
    """Whether a folded word may be a past participle, regular or not."""
    regular = word.endswith("ed") and not word.endswith("eed") and word not in _NO_PARTICIPLES
    return regular or word in _PARTICIPLES


def _may_be_verb(tokens: Sequence[Token], at: int, names: Container[str]) -> bool:
    token = tokens[at]
    return token.text[0].islower() and token.norm not in english.AUXILIARIES | english.PREPOSITIONS and token.norm not in names


def _verb_after(tokens: Sequence[Token], start: int, names: Container[str]) -> int | None:
    """The verb after the subject of a question with "do": the first plain word after the subject's last name or noun.

    The subject is its article, adjectives and names; a question whose subject has no name keeps its secret.
    """
    last_name = None
    for at in range(start, len(tokens)):
        token = tokens[at]
        owned = last_name is not None and _is_owner(tokens[last_name])  # "did Gil's *mother* train …"
        if token.text[0].isupper() or token.norm in names or owned:
            last_name = at
        elif last_name is not None and token.norm not in english.CONJUNCTIONS | english.PREPOSITIONS | english.ARTICLES:
            return at if token.text[0].isalpha() else None
    return None


def verb_between(tokens: Sequence[Token], name: int, at: int) -> bool:
    """Whether a verb stands between a name and a noun behind it in a question, so that it does not own that: "did *X* delay *building*"."""
    first = name
    while first and (tokens[first - 1].text[0].isupper() or tokens[first - 1].norm in english.ARTICLES):
        first -= 1
    return name + 1 < at and first > 0 and tokens[first - 1].norm in _DO and not _is_owner(tokens[name])


def names_office(tokens: Sequence[Token], verb: int, at: int) -> bool:
    """Whether the name at `at` is what somebody was made: "was elected *Treasurer*"."""
    return at == verb + 1 and tokens[verb].norm in _MAKING


def part_in_sentence(tokens: Sequence[Token], verbs: Container[str], name: Container[str]) -> set[Part]:
    """The parts that a name plays beside the verbs whose terms are in `verbs`.

    Before an active verb it acts, after it is acted on; behind a preposition ("opened an office *in Oslo*") it stands aside.
    """
    found: set[Part] = set()
    starts = {at: _name_start(tokens, at) for at, token in enumerate(tokens) if token.term in name and not _is_owner(token)}
    aside = {at for at, start in starts.items() if behind_preposition(tokens, start)}
    for at, token in enumerate(tokens):
        if token.term not in verbs or word_class(token) in {"noun", "capital"} or _is_deed(tokens, at):
            continue
        passive = any(other.norm in english.BE for other in tokens[max(0, at - _REACH) : at]) or (
            is_participle(token.norm) and at + 1 < len(tokens) and tokens[at + 1].norm == "by"
        )
        if not passive and is_participle(token.norm) and at + 1 < len(tokens) and tokens[at + 1].norm in english.PREPOSITIONS:
            return {"agent", "patient"}  # "X, founded in 1969 …": a participle shows by no word which it is
        for place, start in starts.items():
            if place in aside:
                found.add("aside")
            elif place < at:
                found.add("patient" if passive else "agent")
            elif place > at:
                found.add("agent" if _behind_by(tokens, at, start) else "patient")
    return found


def _is_owner(token: Token) -> bool:
    """Whether a name owns what stands behind it: "*Gil's* mother taught him" says nothing of what Gil did."""
    return token.text.endswith(english.OWNER)


def _is_deed(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at `at` is the noun of a verb: "the *death* of X"."""
    behind = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    return behind == "of" and at > 0 and tokens[at - 1].norm in english.ARTICLES


def _behind_by(tokens: Sequence[Token], verb: int, at: int) -> bool:
    """Whether a name stands right behind "by", or behind the "by" of the verb with what describes it ("trained by officer *Ana Gil*")."""
    described = tokens[verb + 1].norm == "by" and all(word_class(token) in _DESCRIBING for token in tokens[verb + 2 : at])
    return tokens[at - 1].norm == "by" or described


def _name_start(tokens: Sequence[Token], at: int) -> int:
    """The index of the first word of the name that the word at `at` belongs to: capitals, one blank apart."""
    while at and tokens[at - 1].text[0].isupper() and tokens[at].start - tokens[at - 1].end == 1:
        at -= 1
    return at


def behind_preposition(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name stands behind a preposition other than "by", or is joined to another ("in *Oslo*", "and *Oslo*").

    It then neither acts nor is acted on.
    """
    place = next((p for p in range(at - 1, max(-1, at - 3), -1) if tokens[p].norm not in english.ARTICLES), None)
    if place is None:
        return False
    if tokens[place].norm in english.CONJUNCTIONS:  # what is joined to no name opens a clause: "…, and Oslo won"
        return place > 0 and tokens[place - 1].text[0].isupper()
    return tokens[place].norm in english.PREPOSITIONS - {"by"}


def only_describes(tokens: Sequence[Token], at: int, verb: int) -> bool:
    """Whether the name at `at` says of what kind the noun behind it is, or whose: "the *Oslo* branch", "*Gil's* mother"."""
    behind = at + 1
    if _is_owner(tokens[at]) or behind >= len(tokens) or behind == verb:
        return _is_owner(tokens[at])
    adjoins = tokens[behind].start - tokens[at].end == 1 and tokens[behind].text[0].islower()
    return adjoins and word_class(tokens[behind]) in {"noun", "plural", "word"} and tokens[behind].norm not in _NO_NOUNS
