"""Signals: what speaks for and against the best sentence being an answer.

Named figures, mostly in 0..1, for the confidence model and for whoever asks why.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.case import Case
from pmbot.answering.evidence import Candidate, Ranking
from pmbot.answering.guards import GUARDS, refusals
from pmbot.answering.lexicon import SYNONYM
from pmbot.answering.mentions import NAMES
from pmbot.answering.query import NEAR, Query
from pmbot.answering.short import Short
from pmbot.answering.word_classes import word_class
from pmbot.answering.word_signals import share, word_signals
from pmbot.models import QuestionType

_VERB_CLASSES = frozenset({"auxiliary", "ed"})
_UNIQUE = english.ORDINAL_WORDS | frozenset(
    "only largest biggest smallest oldest youngest longest shortest highest lowest best worst earliest latest most least main"
    " original final".split()
)
_DO = frozenset({"do", "does", "did", "to", "will", "can"})
_KINDS = {"ed": "missing verb", "ing": "missing verb", "noun": "missing noun", "plural": "missing noun", "adjective": "missing adjective"}
SAME_WORDS = 0.6  # of the words of two sentences, figures aside, that they share when they say the same
_GUARDS = tuple([(f"guard {guard.__name__}", guard) for guard in GUARDS])
_LAST_SCORE = 30.0  # about the highest score evidence reaches


def signals(ranking: Ranking, case: Case, short: Short) -> dict[str, float]:
    """All signals of the best sentence; `short` is the span found in it."""
    query, candidate = ranking.query, ranking.candidates[0]
    heard = refusals(case)
    return {
        **_coverage(case),
        **_relations(case),
        **_names(case),
        **_shape(query, candidate),
        **_rivals(ranking),
        **_answer(query, candidate, short),
        **word_signals(ranking, case, short),
        **{name: float(heard[guard] is not None) for name, guard in _GUARDS},
        f"asks {query.reading.type.value}": 1.0,
    }


def _close(qualities: Sequence[float]) -> list[float]:
    """Without those of words that are only related or narrower."""
    return [quality if quality >= SYNONYM else 0.0 for quality in qualities]


def _coverage(case: Case) -> dict[str, float]:
    """How much of the question stands in the sentence, with the one before, and in the passage; and how much occurs nowhere."""
    query, here, around = case.query, case.here, case.around
    places = range(len(query.terms))
    return {
        "covered": share(query.telling, here),
        "covered near": share(query.telling, case.nearby),
        "covered around": share(query.telling, around),
        "covered by idf": share(query.idf, here),
        "covered softly": share(query.telling, [q if q < 1.0 else 0.0 for q in here]),
        "covered closely": share(query.telling, _close(here)),
        "covered closely around": share(query.telling, _close(around)),
        "absent": share(query.telling, [float(place in case.absent) for place in places]),
        "absent some": float(bool(case.absent)),
        "largest gap": max([t * (1.0 - q) for t, q in zip(query.telling, here, strict=True)], default=0.0),
        "largest gap around": max([t * (1.0 - q) for t, q in zip(query.telling, around, strict=True)], default=0.0),
    }


def _relations(case: Case) -> dict[str, float]:
    """The same for the words that say what is asked about the names, and for the noun asked for."""
    query, candidate, places = case.query, case.candidate, case.query.relation
    weights, here, around = ([values[p] for p in places] for values in (query.telling, case.here, case.around))
    focus = query.focus_place if query.focus_place is not None and not query.is_scaffold(query.focus_place) else None
    last = places[-1] if places else None
    return {
        "relation": share(weights, here) if places else 0.5,
        "relation around": share(weights, around) if places else 0.5,
        "relation closely": share(weights, _close(here)) if places else 0.5,
        "relation closely around": share(weights, _close(around)) if places else 0.5,
        "no relation": float(bool(places) and max(here) < NEAR),
        "no relation around": float(bool(places) and max(around) < NEAR),
        "relation words missing": sum([q < NEAR for q in here]) / 5.0,
        "relation words missing around": sum([q < NEAR for q in around]) / 5.0,
        "focus": case.here[focus] if focus is not None else 0.5,
        "focus missing around": float(focus is not None and candidate.around[focus].quality < NEAR),
        "last word": case.here[last] if last is not None else 0.5,
    }


def _names(case: Case) -> dict[str, float]:
    """Names and numbers of the question that are missing, and whether those found stand where a subject stands."""
    query = case.query
    names = [p for p, t in enumerate(query.terms) if t.is_name]
    numbers = [p for p, t in enumerate(query.terms) if t.is_number]
    missing = [p for p in names if case.here[p] < NEAR]
    gone = [p for p in missing if case.around[p] < NEAR]
    tokens = case.candidate.view.tokens
    verb = next((at for at, token in enumerate(tokens) if word_class(token) in _VERB_CLASSES), len(tokens))
    stands = [case.matcher.stands_for(p) for p in names if p not in missing]
    return {
        "names": float(bool(names)),
        "names missing": len(missing) / len(names) if names else 0.0,
        "names gone": len(gone) / len(names) if names else 0.0,
        "other name missing": float(any(query.terms[p].term not in case.topic for p in missing)),
        "other name gone": float(any(query.terms[p].term not in case.topic for p in gone)),
        "all names topic": float(bool(names) and all(query.terms[p].term in case.topic for p in names)),
        "name before verb": float(any(token.term in stand for token in tokens[:verb] for stand in stands)),
        "number missing": float(any(case.here[p] < NEAR for p in numbers)),
        "number gone": float(any(case.around[p] < NEAR for p in numbers)),
    }


def _shape(query: Query, candidate: Candidate) -> dict[str, float]:
    """Phrasing, length, negation, superlatives."""
    tokens = candidate.view.tokens
    words = {token.norm for token in tokens}
    asked = {token.norm for token in query.tokens}
    negated = any(word in query.language.negations for word in words)
    pronoun = bool(tokens) and tokens[0].norm in query.language.pronouns
    return {
        "pairs": candidate.pairs,
        "length": math.log1p(len(tokens)) / 5.0,
        "short": float(len(tokens) < 6),
        "question length": len(query.terms) / 10.0,
        "opens with pronoun": float(pronoun),
        "negated differently": float(negated != query.reading.negated),
        "superlative missing": float(bool((asked & _UNIQUE) - words)),
        "window": _window(candidate, query),
        "order": _order(candidate, query),
        "ideal": candidate.sentence_bm25 / (1.5 * query.total),
        **_missing_by_class(query, candidate),
    }


def _order(candidate: Candidate, query: Query) -> float:
    """Share of the question's terms that follow each other in the sentence in the same order (longest common subsequence)."""
    asked = [term.term for term in query.terms]
    written = [token.term for token in candidate.view.tokens if token.term in query.term_set]
    row = [0] * (len(written) + 1)
    for term in asked:
        before = 0
        for at, other in enumerate(written):
            before, row[at + 1] = row[at + 1], before + 1 if term == other else max(row[at + 1], row[at])
    return row[-1] / (len(asked) or 1)


def _missing_by_class(query: Query, candidate: Candidate) -> dict[str, float]:
    """How many words of each kind the sentence lacks: a missing verb says something else than a missing adjective."""
    counts = {"missing verb": 0.0, "missing noun": 0.0, "missing adjective": 0.0, "missing other": 0.0}
    classes = {token.term: word_class(token) for token in query.tokens}
    after_do = {b.term for a, b in zip(query.tokens, query.tokens[1:], strict=False) if a.norm in _DO}
    for place, term in enumerate(query.terms):
        if candidate.matches[place].quality >= NEAR or term.is_name or term.is_number or query.is_scaffold(place):
            continue
        kind = _KINDS.get(classes[term.term], "missing other")
        counts["missing verb" if term.term in after_do else kind] += query.telling[place] / 2.0
    return counts


def _window(candidate: Candidate, query: Query) -> float:
    """How closely the matched words stand together: their number over the width of the stretch that holds them all."""
    places = [at for at, token in enumerate(candidate.view.tokens) if token.term in query.term_set]
    return len({candidate.view.tokens[at].term for at in places}) / (places[-1] - places[0] + 1) if len(places) > 1 else 0.0


def _rivals(ranking: Ranking) -> dict[str, float]:
    """How the best sentence stands against the next, and its passage against others."""
    best = ranking.candidates[0]
    scores = [e.score for e, c in zip(ranking.evidence, ranking.candidates, strict=True) if c is best or not _says_same(best, c)]
    block = (best.view.sentence.doc_id, best.view.sentence.block)
    elsewhere = [c for c in ranking.candidates if (c.view.sentence.doc_id, c.view.sentence.block) != block]
    other = max((share(ranking.query.telling, [m.quality for m in c.matches]) for c in elsewhere), default=0.0)
    return {
        "score": min(1.0, scores[0] / _LAST_SCORE),
        "margin": min(1.0, (scores[0] - scores[1]) / 5.0) if len(scores) > 1 else 1.0,
        "other passage covers more": other - share(ranking.query.telling, [m.quality for m in best.matches]),
        "rank chance": 1.0 / sum(math.exp(1.5 * (score - scores[0])) for score in scores),
        "rival covers more": _rival_coverage(ranking),
    }


def _says_same(best: Candidate, other: Candidate) -> bool:
    """Whether another sentence is the best in nearly the same words, and so no rival: it agrees, or has another figure."""
    one, two = ({word for word in candidate.view.word_set if not word[0].isdigit()} for candidate in (best, other))
    return best.matches == other.matches and len(one & two) >= SAME_WORDS * len(one | two)


def _rival_coverage(ranking: Ranking) -> float:
    """How much more of the question the second sentence covers than the best."""
    if len(ranking.candidates) < 2:
        return 0.0
    first, second = (share(ranking.query.telling, [m.quality for m in c.matches]) for c in ranking.candidates[:2])
    return second - first


def _answer(query: Query, candidate: Candidate, short: Short) -> dict[str, float]:
    """What the span model found, and whether other names stand between it and the question's."""
    expects = bool(query.reading.expects)
    return {
        "span": short.confidence,
        "typed": float(candidate.typed > 0),
        "typed missing": float(expects and not candidate.typed),
        f"typed missing {query.reading.type.value}": float(expects and not candidate.typed),
        "typed several": min(candidate.typed, 4) / 4.0,
        "rival name nearer": _rival_name(query, candidate, short),
        "yes or no uncovered": float(
            query.reading.type is QuestionType.YES_NO and min((m.quality for m in candidate.matches), default=0.0) < NEAR
        ),
    }


def _rival_name(query: Query, candidate: Candidate, short: Short) -> float:
    """Whether a name that the question does not hold stands nearer the span than those it holds."""
    if not short.slices:
        return 0.0
    start, end = short.slices[0]
    asked = {t.term for t in query.terms if t.is_name}
    if not asked:
        return 0.0
    own = [_apart((t.start, t.end), (start, end)) for t in candidate.view.tokens if t.term in asked]
    others = [
        _apart((m.start, m.end), (start, end))
        for m in candidate.view.mentions
        if m.kind in NAMES
        and not (m.start < end and start < m.end)
        and not any(t.term in query.term_set for t in candidate.view.tokens_in(m.start, m.end))
    ]
    return float(bool(others) and min(others) < min(own, default=10_000))


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two stretches."""
    return max(0, one[0] - other[1], other[0] - one[1])
