"""Guards on the kind of thing that is told: a country where a city is asked, a share of something else, no name where one is asked."""

from __future__ import annotations

import re

from pmbot.answering import english
from pmbot.answering.asked_figures import new_mentions
from pmbot.answering.case import Case, Refusal
from pmbot.answering.figure_guards import TELLING
from pmbot.answering.frames import DO, IS, MODALS, Clause
from pmbot.answering.mentions import NAMES
from pmbot.answering.query import NEAR
from pmbot.answering.roles import is_participle
from pmbot.models import MentionKind, QuestionType

_SETTLEMENTS = frozenset(
    "city cities town towns village villages port harbour street district borough suburb municipality neighbourhood neighborhood".split()
)
_ANY_PLACE = frozenset({MentionKind.PLACE, MentionKind.NAME})
_OF = re.compile(r"\s+of\s+((?:[\w’'-]+\s*){1,6})")
_NAMING = re.compile(
    r"\b(?:called|named|known|names?|terms?|termed|referred|dubbed|titled|nickname\w*|labell?ed|christened)\b|[“”\"„«(]", re.IGNORECASE
)
_STANDING_FOR = english.PRONOUNS | english.WH_WORDS  # "27% *of it*", "27% *of which*"
_BESIDE = (-2, -1, 1, 2)  # tokens from a thing to its name: "the ship *Quindle*", "the ship, the *Quindle*"
_APPOSED = 8  # tokens from a name to what it is of: "*Quindle*, a large green ship"
_DENIED = 4  # tokens from a "not" to the verb it denies
_AHEAD = frozenset("next upcoming coming following forthcoming future will later then".split())
_BACK = frozenset("previous preceding former last earlier before past prior then".split())
_TURNS = {"next": _AHEAD, "upcoming": _AHEAD, "forthcoming": _AHEAD, "previous": _BACK, "preceding": _BACK}
_BEGINNING = frozenset(
    "since from start starts started starting begin begins began begun beginning first founded established opened introduced launched"
    " created built formed joined became moved ago originally initially inception".split()
)
_UNTOLD = Refusal("type_absent", ())


def settlement_untold(case: Case) -> Refusal | None:
    """A city or a street is asked ("in which *city*"), and every place here is a country."""
    focus = next((t.norm for t in case.query.tokens if t.term == case.query.reading.focus), "")
    view, asked = case.candidate.view, case.query.term_set
    if focus not in _SETTLEMENTS or view.row is not None:
        return None
    named = [{t.term for t in view.tokens_in(m.start, m.end)} for m in view.mentions if m.kind in _ANY_PLACE]
    new = [terms for terms in named if not terms <= asked]
    return _UNTOLD if new and all(terms & case.places for terms in new) else None


def share_of_other(case: Case) -> Refusal | None:
    """The share of one thing is asked, and that of another is told: "27% *of exports*" for "what share of the *turnover*"."""
    query, view = case.query, case.candidate.view
    words = query.norms
    at = next((at for at in range(1, len(words)) if words[at] == "of" and words[at - 1] in english.PERCENT_NOUNS), None)
    if query.reading.type is not QuestionType.PERCENT or at is None:
        return None
    end = next((to for to in range(at + 1, len(words)) if words[to] in english.AUXILIARIES | english.PREPOSITIONS), len(words))
    whole = [place for to in range(at + 1, end) if (place := query.place_of(to)) is not None]
    stands = frozenset[str]().union(*(case.matcher.stands_for(place) for place in whole))
    text, others = view.sentence.text, []
    for mention in new_mentions(query, view, query.reading.expects):
        of = _OF.match(text, mention.end)
        told = view.tokens_in(of.start(1), of.end(1) + 1) if of is not None else []
        others.append(bool(told) and told[0].norm not in _STANDING_FOR and stands.isdisjoint(token.term for token in told))
    return Refusal("figure_of_other", case.texts(whole)) if whole and others and all(others) else None


def name_untold(case: Case) -> Refusal | None:
    """What something is called is asked, and nothing here is called anything: no such word, and no name beside it."""
    words, clause = case.query.norms, case.clause
    asks = words[:1] == ["what"] and words[1:2] != [] and words[1] in IS and words[-1] in {"called", "named"}
    if not asks or clause is None or _NAMING.search(case.candidate.view.sentence.text):
        return None
    return None if _has_name(clause) else _UNTOLD


def _has_name(clause: Clause) -> bool:
    """Whether a name stands beside what is asked about, or before a comma behind which that follows."""
    phrases, view = clause.phrases, clause.phrases.view
    beside = {at + step for at in clause.touched for step in _BESIDE} - clause.touched.keys()
    if any(0 <= at < len(phrases.tokens) and phrases.classes[at] == "capital" for at in beside):
        return True
    touched = {phrases.tokens[at].start for at in clause.touched}
    apposed = [m for m in view.mentions if m.kind in NAMES and view.sentence.text.startswith(",", m.end)]
    return any(token.start in touched for m in apposed for token in [t for t in view.tokens if t.start >= m.end][:_APPOSED])


def agent_elsewhere(case: Case) -> Refusal | None:
    """What was done *by X* is asked, and X stands in the sentence before alone, where this one names others."""
    query = case.query
    words = query.norms
    by = words.index("by") if words[:1] == ["what"] and "by" in words[2:-1] else None
    place = query.place_of(by + 1) if by is not None else None
    if place is None or not query.terms[place].is_name or case.candidate.matches[place].quality >= NEAR:
        return None
    return None if case.continues else Refusal("name_apart", case.texts([place]))


def rank_of_other(case: Case) -> Refusal | None:
    """The rank in something is asked ("third in *employment*"), and that stands neither here nor in the sentence before."""
    query = case.query
    missing = [p for p in query.relation if not case.near(p) and query.telling[p] >= TELLING]
    return Refusal("figure_of_other", case.texts(missing)) if query.reading.type is QuestionType.RANK and missing else None


def premise_denied(case: Case) -> Refusal | None:
    """When, where or by whom something was done is asked, and here it was *not* done ("has not been *installed*")."""
    clause, words = case.clause, case.query.norms
    if clause is None or case.query.reading.negated or words[0] not in {"when", "where", "who", "how"}:
        return None
    verbs = {case.query.place_of(at) for at in range(1, len(words)) if _is_verb(case, at)} - {None}
    tokens = clause.phrases.tokens
    done = [at for at, places in clause.touched.items() if places & verbs and clause.phrases.classes[at] == "ed"]
    denied = [any(token.norm in english.NEGATIONS for token in tokens[max(0, at - _DENIED) : at]) for at in done]
    return Refusal("premise_denied", ()) if denied and all(denied) else None


def _is_verb(case: Case, at: int) -> bool:
    """Whether a word of the question may be its verb: a participle, or behind "will"."""
    tokens = case.query.tokens
    return is_participle(tokens[at].norm) or tokens[at - 1].norm in MODALS or (at > 1 and tokens[at - 2].norm in DO | MODALS)


def other_turn(case: Case) -> Refusal | None:
    """The *next* of its kind is asked, or the one before, and here stands one without that word ("the meeting" for "the next meeting")."""
    words = case.query.norms
    asked = next((word for word in words if word in _TURNS), None)
    if asked is None or case.candidate.view.row is not None:
        return None
    here = {token.norm for token in case.candidate.view.tokens}
    return Refusal("other_rank", (asked,)) if here.isdisjoint(_TURNS[asked]) else None


def start_untold(case: Case) -> Refusal | None:
    """*Since* when something is so is asked, and no beginning is told: "reaching €3 million in 2023" is none."""
    words = case.query.norms
    if words[:2] != ["since", "when"]:
        return None
    return _UNTOLD if _BEGINNING.isdisjoint(token.norm for token in case.candidate.view.tokens) else None


KINDS = (start_untold, premise_denied, other_turn, settlement_untold, share_of_other, name_untold, agent_elsewhere, rank_of_other)
"""These guards, in the order they are asked."""
