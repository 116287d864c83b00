"""Guards: conditions that must hold near the answer. Each gives the refusal its reason and its words.

A guard looks at one case — the question and the best sentence — and returns a `Refusal` or None. Order matters: the first refusal is told.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.evidence import Candidate
from pmbot.answering.query import Matcher, Query
from pmbot.models import KeyTerm, MentionKind, QuestionType, Status
from pmbot.text.analyzer import Token

NEAR = 0.5  # quality from which a word counts as present
_OWNER_BORDER = english.PREPOSITIONS | english.AUXILIARIES | english.CONJUNCTIONS | english.PRONOUNS | english.WH_WORDS

_STRICT_TYPES = frozenset({
    QuestionType.WHEN, QuestionType.HOW_MANY, QuestionType.HOW_MUCH, QuestionType.PERCENT, QuestionType.RANK, QuestionType.DURATION,
})  # fmt: skip
_FOCUS_TYPES = frozenset({QuestionType.LIST, QuestionType.WHICH, QuestionType.HOW_MANY})


class Refusal(NamedTuple):
    """Why not to answer: the guard's reason, the words of the question that explain it, and which of the two refusing statuses it is."""

    reason: str
    missing: tuple[str, ...]
    status: Status = Status.NOT_ENOUGH


@dataclass(frozen=True)
class Case:
    """What a guard looks at.

    `topic` holds the terms of the document's topic names; `absent` the places of terms that occur nowhere; `names` the folded words
    that are names in the corpus or the table of places; `places` the terms that name places.
    """

    query: Query
    candidate: Candidate
    matcher: Matcher
    topic: Container[str]
    absent: frozenset[int]
    names: Container[str]
    places: frozenset[str]

    def near(self, place: int) -> bool:
        """Whether the term stands in the sentence, the one before it, or a heading above."""
        return max(self.candidate.matches[place].quality, self.candidate.before[place].quality) >= NEAR

    def texts(self, places: list[int]) -> tuple[str, ...]:
        """The terms as the question writes them."""
        return tuple(self.query.terms[place].text for place in places)

    def relation_places(self) -> list[int]:
        """The places of the words that say what is asked about the names: no names, numbers or scaffolding."""
        terms = self.query.terms
        return [p for p, t in enumerate(terms) if not t.is_name and not t.is_number and not self.query.is_scaffold(p)]


def absent_name(case: Case) -> Refusal | None:
    """A name or number of the question occurs nowhere in the documents."""
    gone = [p for p, t in enumerate(case.query.terms) if p in case.absent and (t.is_name or t.is_number)]
    return Refusal("absent_name", case.texts(gone), Status.NOT_MENTIONED) if gone else None


def relation_absent(case: Case) -> Refusal | None:
    """No word that says what is asked stands in the sentence."""
    relation = case.relation_places()
    if not relation or case.query.reading.type in {QuestionType.KEYWORD, QuestionType.AGGREGATION}:
        return None
    if any(case.candidate.matches[p].quality >= NEAR for p in relation):
        return None
    gone = [p for p in relation if p in case.absent]
    return Refusal("relation_absent", case.texts(gone), Status.NOT_MENTIONED) if gone else Refusal("relation_apart", case.texts(relation))


def focus_absent(case: Case) -> Refusal | None:
    """The noun asked for ("which *disease*", "how many *employees*") occurs nowhere near."""
    query = case.query
    place = next((p for p, t in enumerate(query.terms) if t.term == query.reading.focus), None)
    if place is None or query.is_scaffold(place) or query.reading.type not in _FOCUS_TYPES:
        return None
    if case.near(place) or case.candidate.around[place].quality >= NEAR or _answers_by_kind(case):
        return None
    status = Status.NOT_MENTIONED if place in case.absent else Status.NOT_ENOUGH
    return Refusal("focus_absent", case.texts([place]), status)


def _answers_by_kind(case: Case) -> bool:
    """Whether a mention of its kind stands for the noun asked for ("which city": any place that the question does not name)."""
    noun = next(t.text.lower() for t in case.query.terms if t.term == case.query.reading.focus)
    noun = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    kind = MentionKind.PERSON if noun in english.PERSON_NOUNS else MentionKind.PLACE if noun in english.PLACE_NOUNS else None
    view, asked = case.candidate.view, case.query.term_set
    return any(m.kind is kind and not any(t.term in asked for t in view.tokens_in(m.start, m.end)) for m in view.mentions)


def name_apart(case: Case) -> Refusal | None:
    """A name of the question stands elsewhere in the documents, but not with the rest."""
    for phrase in _name_phrases(case.query):
        missing = [p for p in phrase if not case.near(p) and case.query.terms[p].term not in case.topic]
        if 2 * len(missing) > len(phrase):
            return Refusal("name_apart", case.texts(phrase))
    return None


def _name_phrases(query: Query) -> list[list[int]]:
    """The names of the question, each as the places of its words ("Seoul National University")."""
    places = {term.term: place for place, term in enumerate(query.terms) if term.is_name}
    phrases: list[list[int]] = []
    joined = False
    for token, following in itertools.zip_longest(query.tokens, query.tokens[1:]):
        place = places.pop(token.term, None)
        if place is not None:
            if joined:
                phrases[-1].append(place)
            else:
                phrases.append([place])
        joined = place is not None and following is not None and following.start - token.end == 1
    return phrases


def number_apart(case: Case) -> Refusal | None:
    """A year or number of the question does not stand with the rest."""
    missing = [p for p, t in enumerate(case.query.terms) if t.is_number and not case.near(p)]
    return Refusal("number_apart", case.texts(missing)) if missing else None


def type_absent(case: Case) -> Refusal | None:
    """No date for "when", no sum for "how much": the sentence cannot hold the answer."""
    reading = case.query.reading
    wants_person = reading.expects == (MentionKind.PERSON,)
    if (reading.type in _STRICT_TYPES or wants_person) and reading.expects and not case.candidate.typed:
        return Refusal("type_absent", ())
    return None


def role_elsewhere(case: Case) -> Refusal | None:
    """The role asked about is somebody else's here ("the president of X" in a sentence on the president of Y)."""
    return _held_elsewhere(case, "role_elsewhere", lambda term: term.text.lower() in english.ROLE_NOUNS)


def owner_elsewhere(case: Case) -> Refusal | None:
    """A noun of the question belongs to somebody else here ("how many Xish firms" in a sentence on eight Yish firms)."""
    return _held_elsewhere(case, "owner_elsewhere", lambda term: not term.is_name and not term.is_number)


def _held_elsewhere(case: Case, reason: str, concerns: Callable[[KeyTerm], bool]) -> Refusal | None:
    """Only like is held against like: a place against other places, any other name against other names."""
    tokens = case.query.tokens
    for place, term in enumerate(case.query.terms):
        if not concerns(term):
            continue
        at = next(at for at, token in enumerate(tokens) if token.term == term.term)
        asked = _owners(tokens, at, case.names)
        if asked and not _owned_here(case, place, asked):
            names = tuple(t.text for t in case.query.terms if t.term in asked)
            return Refusal(reason, (*names, term.text))
    return None


def _owned_here(case: Case, place: int, asked: frozenset[str]) -> bool:
    """Whether the noun at `place` stands in the sentence with one of its owners `asked`, or with none that excludes them."""
    stands = case.matcher.stands_for(place)
    tokens = case.candidate.view.tokens
    found = [at for at, token in enumerate(tokens) if token.term in stands]
    rivals = 0
    for at in found:
        owners = _owners(tokens, at, case.names)
        if not owners or owners & asked:
            return True
        rivals += bool(case.places & owners) == bool(case.places & asked)
    return rivals < len(found) or not found


def _owners(tokens: Sequence[Token], at: int, names: Container[str]) -> frozenset[str]:
    """The names that the noun at `at` belongs to: before it ("the Latvian president"), or after "of" ("the president of Latvia")."""
    owners = set()
    for back in range(at - 1, max(-1, at - 4), -1):
        token = tokens[back]
        if token.norm in _OWNER_BORDER or tokens[back + 1].start - token.end > 2:
            break
        if token.text[0].isupper() and token.norm in names:
            owners.add(token.term)
    if at + 1 < len(tokens) and tokens[at + 1].norm == "of":
        for token in tokens[at + 2 : at + 6]:
            if token.text[0].isupper() and token.norm in names:
                owners.add(token.term)
            elif token.norm not in english.ARTICLES:
                break
    return frozenset(owners)


def thin_coverage(case: Case) -> Refusal | None:
    """Less than half of the words that say what is asked stand anywhere near."""
    relation = case.relation_places()
    if len(relation) < 2 or case.query.reading.type is QuestionType.AGGREGATION:
        return None
    missing = [p for p in relation if not case.near(p) and case.candidate.around[p].quality < NEAR]
    if 2 * (len(relation) - len(missing)) >= len(relation):
        return None
    gone = [p for p in missing if p in case.absent]
    return Refusal("thin_coverage", case.texts(gone or missing), Status.NOT_MENTIONED if gone else Status.NOT_ENOUGH)


_RELATIVE = re.compile(
    r"\b(?:(?:this|last|next) (?:year|month|week|quarter|summer|winter)|today|yesterday|tomorrow|tonight|nowadays)\b", re.IGNORECASE
)


def relative_date(case: Case) -> Refusal | None:
    """The question counts from today, which a document cannot know, and the sentence does not use the same words."""
    found = _RELATIVE.search(case.query.reading.text)
    if found is None or found.group().lower() in case.candidate.view.sentence.text.lower():
        return None
    return Refusal("relative_date", (found.group(),))


Guard = Callable[[Case], Refusal | None]

GUARDS: tuple[Guard, ...] = (
    absent_name,
    relation_absent,
    focus_absent,
    name_apart,
    number_apart,
    role_elsewhere,
    owner_elsewhere,
    type_absent,
    thin_coverage,
    relative_date,
)
NEVER = 1.1
# How sure an answer must be where a guard speaks against it; the others only lend a refusal their words.
DEMANDS: Mapping[Guard, float] = {
    absent_name: NEVER,
    number_apart: NEVER,
    role_elsewhere: NEVER,
    relative_date: NEVER,
    type_absent: NEVER,
    name_apart: 0.9,
    owner_elsewhere: 0.9,
    focus_absent: 0.9,
}


def first_refusal(case: Case, sure: float = 0.0, *, least: float = NEVER) -> Refusal | None:
    """What the first guard says that is not outweighed by being `sure`; guards without a demand count when `sure` is below `least`."""
    for guard in GUARDS:
        if sure < max(least, DEMANDS.get(guard, 0.0)):
            refusal = guard(case)
            if refusal is not None:
                return refusal
    return None
