"""Guards on another of its kind: every word stands here, but of another rank, role or time, or half another name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.asked_figures import fitting, new_mentions
from pmbot.answering.case import Case, Refusal
from pmbot.answering.clauses import gaps
from pmbot.answering.frames import Clause
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.query import NEAR, Query
from pmbot.answering.word_classes import word_class
from pmbot.models import QuestionType, Status
from pmbot.text.analyzer import Token

_FIGURES = frozenset({QuestionType.HOW_MANY, QuestionType.HOW_MUCH, QuestionType.PERCENT})
_UNRANKED = english.PERIOD_NOUNS | {"time", "name", "one"}
_AT_ANOTHER_TIME = {
    "after": frozenset({"at", "in", "on", "before", "during", "until"}),
    "before": frozenset({"at", "in", "on", "after", "during", "since"}),
    "during": frozenset({"before", "after"}),
}
_ROLES = english.ROLE_NOUNS | english.PERSON_NOUNS
_STANDING_IN = frozenset("deputy vice former acting assistant interim honorary ex future previous".split())
_OWNED_BY = frozenset({"of", "at", "for"})
_OWNER_REACH = 6  # words from a role to the name of what it is held in
_BEFORE_RANK = english.ARTICLES | english.PRONOUNS | english.PREPOSITIONS | frozenset("my your our whose very is was are were".split())
_CARRYING = frozenset("do does did will can could would should may might must to".split())  # what stands before a verb
_LIMITS = (english.PREPOSITIONS | english.AUXILIARIES | english.WH_WORDS | english.CONJUNCTIONS) - {"of"}


def other_rank(case: Case) -> Refusal | None:
    """Another rank is told, or none: "*the smallest*" is asked and "the largest" told, or "the largest" and "the *second* largest" told."""
    view, asked = case.candidate.view, case.query.tokens
    if view.row is not None:
        return None
    ordinals = _ordinals(asked)
    superlatives = {at for at, token in enumerate(asked) if token.norm in english.SUPERLATIVES or _is_most(asked, at)}
    for at in sorted(ordinals | superlatives):
        token, place = asked[at], case.query.place_of(at)
        here = [before for before, other in itertools.pairwise([None, *view.tokens]) if other is not None and other.norm == token.norm]
        if at in ordinals:
            another = bool(_ordinals(view.tokens)) and not here
        else:
            ranked = bool(at) and asked[at - 1].norm in english.ORDINAL_WORDS
            counted = bool(here) and not ranked and all(before is not None and before.norm in english.ORDINAL_WORDS for before in here)
            ending = any(word in _ended(asked[at + 1].norm) for word in (t.norm for t in view.tokens)) if at + 1 < len(asked) else False
            another = counted or not (here or ending or (place is not None and case.near(place)))
        if another:
            return Refusal("other_rank", (token.text,))
    return None


def _ordinals(tokens: Sequence[Token]) -> set[int]:
    """Where ordinals stand that rank something: "the first bridge", no "first year" and no "last time"."""
    behind = [*(token.norm for token in tokens[1:]), ""]
    ordinals = (at for at, token in enumerate(tokens) if token.norm in english.ORDINAL_WORDS and behind[at] not in _UNRANKED)
    return {at for at in ordinals if tokens[at].norm != "last" or not _lasts(tokens, at)}


def _lasts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the "last" at `at` is the verb: "how long does it *last*", but "when does the *last* tram leave"."""
    if at and tokens[at - 1].norm in _BEFORE_RANK:
        return False
    return at > 0 and not _CARRYING.isdisjoint(token.norm for token in tokens[:at])


def _is_most(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at `at` makes a superlative: "the *most* valuable"."""
    if tokens[at].norm not in {"most", "least"} or not 0 < at < len(tokens) - 1 or tokens[at - 1].norm not in english.ARTICLES:
        return False
    return word_class(tokens[at + 1]) in {"adjective", "word", "ed", "ing"}


def _ended(adjective: str) -> frozenset[str]:
    """How an adjective may end as a superlative, for what "most" says before it: "*commonest*" for "most common"."""
    return frozenset({f"{adjective}est", f"{adjective}st", f"{adjective[:-1]}iest", f"{adjective}{adjective[-1:]}est"})


def part_of_list(case: Case) -> Refusal | None:
    """The figure is that of a list, and the question names one of it ("212 lakes in Norway and *Finland*")."""
    query, view = case.query, case.candidate.view
    figures = fitting(query, view, case.matcher, new_mentions(query, view, query.reading.expects)) if query.reading.type in _FIGURES else []
    if len(figures) != 1:
        return None
    names = {term.term for term in query.terms if term.text[0].isupper() and term.term not in case.topic}
    between = gaps(view)
    items = [at for at, token in enumerate(view.tokens) if token.start >= figures[0].end and token.text[0].isupper()]
    for one, other in itertools.pairwise(items):
        inside = view.tokens[one + 1 : other]
        joined = between[one + 1].strip() == "," if not inside else len(inside) == 1 and inside[0].norm == "and"
        pair = {view.tokens[one].term, view.tokens[other].term}
        if joined and len(pair & names) == 1 and not pair - names & query.term_set:
            return Refusal("part_of_figure", tuple(term.text for term in query.terms if term.term in pair))
    return None


def other_time(case: Case) -> Refusal | None:
    """What was *after* an event is asked, and the sentence tells what was before it or at it."""
    tokens, asked = case.candidate.view.tokens, case.query.tokens
    here = {token.norm for token in tokens}
    for at, token in enumerate(asked):
        others = _AT_ANOTHER_TIME.get(token.norm, frozenset()) & here
        clause = case.clause if at and others and token.norm not in here else None
        if clause is None:
            continue
        event = _places(case.query, at + 1, _closed(asked, at + 1))
        behind = (place + 1 for place, told in enumerate(tokens[:-1]) if told.norm in others)
        if event and any(event <= clause.held(place, clause.phrases.noun_phrase(place)) for place in behind):
            return Refusal("relation_apart", (token.text, *case.texts(sorted(event))))
    return None


def _closed(tokens: Sequence[Token], start: int) -> int:
    """Where the phrase ends that starts at `start`: before the next preposition, verb or joining word."""
    return next((at for at in range(start, len(tokens)) if tokens[at].norm in _LIMITS), len(tokens))


def _places(query: Query, start: int, end: int) -> set[int]:
    """The places among the terms of the question of its tokens `[start, end)`."""
    return {place for at in range(start, end) if (place := query.place_of(at)) is not None}


def role_stood_in(case: Case) -> Refusal | None:
    """The role is asked about, and here is only its deputy, or who held it before."""
    asked, tokens = {token.norm for token in case.query.tokens}, case.candidate.view.tokens
    for place, term in enumerate(case.query.terms):
        if term.text.lower() in _ROLES:
            stands = case.matcher.stands_for(place, least=SYNONYM)
            held = [at for at, token in enumerate(tokens) if token.term in stands]
            if held and all(at and tokens[at - 1].norm in _STANDING_IN - asked for at in held):
                return Refusal("role_of_other_kind", (term.text,))
    return None


def role_in_other(case: Case) -> Refusal | None:
    """The role asked about is held elsewhere: "the *chief executive* of X" is asked, and here somebody is the director of X."""
    asked = case.query.tokens
    of = next((at for at, token in enumerate(asked) if token.norm == "of" and at > 1), None)
    if of is None or not {asked[of - 1].norm, asked[of - 2].norm} & _ROLES:
        return None
    clause = case.clause
    if clause is None:
        return None
    owner = _places(case.query, of + 1, _closed(asked, of + 1))
    heads = [head for at, held in clause.touched.items() if held & owner and (head := _head(clause, at)) is not None]
    if not heads or any(head == asked[of - 1].norm or head not in _ROLES for head in heads):
        return None
    return Refusal("role_elsewhere", (*case.texts(sorted(owner)), asked[of - 1].text))


def _head(clause: Clause, at: int) -> str | None:
    """The noun that the name at `at` belongs to ("*director* of the chain X"); None where it belongs to none."""
    tokens = clause.phrases.tokens
    for place in range(at - 1, max(0, at - _OWNER_REACH), -1):
        if tokens[place].norm in _OWNED_BY:
            return tokens[place - 1].norm
        if tokens[place].norm in _LIMITS or clause.phrases.breaks(place + 1):
            return None
    return None


def name_torn(case: Case) -> Refusal | None:
    """Of a name of several words one stands nowhere in the passage: "the *River* Museum" is asked, and it speaks of a museum."""
    terms, candidate = case.query.terms, case.candidate
    for phrase in _written_names(case.query):
        last = phrase[-1]
        if len(phrase) < 2 or (terms[last].is_name and candidate.matches[last].quality >= NEAR):  # a surname is enough
            continue
        gone = [place for place in phrase if not case.near(place) and candidate.around[place].quality < NEAR and _tells(case, place)]
        if gone and case.absent.issuperset(gone):
            return Refusal("absent_name", case.texts(gone), Status.NOT_MENTIONED)
        if gone:
            return Refusal("name_apart", case.texts(phrase))
    return None


def _tells(case: Case, place: int) -> bool:
    """Whether a word of a name tells it from others: no title, no abbreviation of what may be written out, not what all is about."""
    term = case.query.terms[place]
    return term.term not in case.topic and not term.text.isupper() and "." not in term.text and term.text.lower() not in english.TITLES


def _written_names(query: Query) -> list[list[int]]:
    """The words with a capital that stand together in a question, as places among its terms; none where all words have one."""
    if not any(term.text[0].islower() for term in query.terms):
        return []
    found: list[list[int]] = []
    end = -1
    for at, token in enumerate(query.tokens[1:], 1):
        place = query.place_of(at) if token.text[0].isupper() else None
        if place is None:
            continue
        if token.start - end == 1:
            found[-1].append(place)
        else:
            found.append([place])
        end = token.end
    return found


OTHERS = (name_torn, other_rank, role_in_other, role_stood_in, other_time, part_of_list)
"""These guards, in the order they are asked."""
