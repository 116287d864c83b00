"""One judged question: everything that metrics need to know of it, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pmbot.evaluation.metrics import exact, token_f1
from pmbot.evaluation.normalize import normalise_answer
from pmbot.evaluation.results import CaseResult, Passage, Report, TurnResult
from pmbot.models import Answer, Span

SOFT = frozenset({"unsure", "thin_coverage"})
"""The reasons of a refusal that give way to a lower threshold; every other guard makes a demand of its own, which stays."""

_VERDICTS = frozenset({"yes", "no"})


class RankedSentence(Protocol):
    """A sentence of a ranking; `results.Ranked` is one."""

    @property
    def doc_id(self) -> str:
        """Its document."""

    @property
    def span(self) -> Span:
        """Where it stands in the document."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def score(self) -> float:
        """What it is ranked by; higher is better."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a question beforehand.

    `group` is drawn as a whole in a bootstrap: the case of a turn, the article of a question. `accepted` are the short answers, any of
    which will do; `passages` what must be cited, each with every place of it. Both are empty for a question without an answer.
    """

    id: str
    group: str
    question: str
    answerable: bool
    tags: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, held against its truth.

    `gains` says of each ranked sentence, best first, whether it brings a wanted passage that none before it brought; `ranked` are their
    TREC ids, `scores` their scores. `relevant` is how many sentences bring something: those gained, and one for each passage that was
    not found (`missed`, their ids). `exact` and `f1` are None where no short answer is known. `cited` sentences were cited, of which
    `cited_relevant` hold a wanted passage; `found` of the `wanted` passages were cited.
    """

    truth: Truth
    answered: bool
    confidence: float
    reason: str | None
    ranked: tuple[str, ...]
    scores: tuple[float, ...]
    gains: tuple[bool, ...]
    missed: tuple[str, ...]
    exact: float | None
    f1: float | None
    short: bool
    cited: int
    cited_relevant: int
    found: int
    wanted: int

    @property
    def relevant(self) -> int:
        """How many relevant sentences there are."""
        return sum(self.gains) + len(self.missed)

    @property
    def right(self) -> bool:
        """Whether the answer that was given is right: it cites a wanted passage, or where none is named its short answer is exact."""
        if not self.answered or not self.truth.answerable:
            return False
        return self.cited_relevant > 0 if self.wanted else self.exact == 1.0

    @property
    def would_be_right(self) -> bool:
        """Whether it is right, or would have been had it not been refused: then the best sentence would have been cited."""
        return self.right if self.answered else self.truth.answerable and any(self.gains[:1])

    @property
    def yields(self) -> bool:
        """Whether some threshold answers it: it was answered, or refused for want of confidence alone."""
        return self.answered or self.reason in SOFT


def judge(truth: Truth, answer: Answer, ranking: Sequence[RankedSentence]) -> Judged:
    """Hold an answer and the ranking behind it against the truth."""
    accepted = truth.accepted if truth.answerable else ()
    given = (answer.short_answer or answer.verdict or "") if answer.answered else ""
    quotes = [_covered(truth, citation.doc_id, citation.span) for citation in answer.citations]
    gains, missed = _gains(truth, ranking)
    return Judged(
        truth=truth,
        answered=answer.answered,
        confidence=answer.confidence,
        reason=answer.reason,
        ranked=tuple(trec_id(sentence.doc_id, sentence.span) for sentence in ranking),
        scores=tuple(sentence.score for sentence in ranking),
        gains=gains,
        missed=missed,
        exact=exact(given, accepted) if accepted else None,
        f1=token_f1(given, accepted) if accepted else None,
        short=bool(given),
        cited=len(quotes),
        cited_relevant=sum(bool(quote) for quote in quotes),
        found=len(set().union(*quotes)),
        wanted=len(truth.passages),
    )


def judge_report(report: Report) -> tuple[Judged, ...]:
    """Every turn of a report that says whether its question has an answer, judged; see `truth_of`."""
    return tuple(_judged_turns(report))


def _judged_turns(report: Report) -> Iterator[Judged]:
    # An id is unique in its file; in a run of several files it is made so.
    count = Counter(case.id for case in report.cases)
    for case in report.cases:
        name = case.id if count[case.id] == 1 else f"{case.id}@{case.source}"
        for number, turn in enumerate(case.turns, 1):
            truth = truth_of(case, turn, number, name)
            if truth is not None and case.error is None:
                yield judge(truth, turn.answer, turn.ranking)


def truth_of(case: CaseResult, turn: TurnResult, number: int, name: str | None = None) -> Truth | None:
    """What a turn says of its question: `abstains` that it has no answer, `answer`, `cites` or `cites_only` that it has one.

    None where it says neither: a check such as `contains` or `not_contains` holds of answers and of refusals. `name` stands for the id of
    the case where that is not enough.
    """
    wanted = turn.wanted
    if wanted.abstains is None and not wanted.answer and not wanted.passages:
        return None
    group = name or case.id
    return Truth(
        id=group if len(case.turns) == 1 else f"{group}/{number}",
        group=group,
        question=turn.question,
        answerable=wanted.abstains is None,
        tags=case.tags,
        accepted=wanted.answer,
        passages=turn.passages,
    )


def trec_id(doc_id: str, span: Span) -> str:
    """A sentence's name in TREC files: document and offsets, without blanks."""
    return "_".join(f"{doc_id}:{span.start}-{span.end}".split())


def _covered(truth: Truth, doc_id: str, span: Span) -> frozenset[int]:
    """The wanted passages that share a character with the span."""
    return frozenset(
        number
        for number, passage in enumerate(truth.passages)
        if passage.doc_id == doc_id and any(place.start < span.end and span.start < place.end for place in passage.spans)
    )


def _gains(truth: Truth, ranking: Sequence[RankedSentence]) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    """The gains and the passages not found; by the words of the accepted answers where no passage is named."""
    if not truth.answerable:
        return (False,) * len(ranking), ()
    if not truth.passages:
        return _gains_by_words(truth.accepted, ranking)
    left = set(range(len(truth.passages)))
    gains = []
    for sentence in ranking:
        brought = left & _covered(truth, sentence.doc_id, sentence.span)
        left -= brought
        gains.append(bool(brought))
    return tuple(gains), tuple(_passage_id(truth.passages[number]) for number in sorted(left))


def _passage_id(passage: Passage) -> str:
    return trec_id(passage.doc_id, passage.spans[0] if passage.spans else Span(start=0, end=0))


def _gains_by_words(accepted: Sequence[str], ranking: Sequence[RankedSentence]) -> tuple[tuple[bool, ...], tuple[str, ...]]:
    """The first sentence that holds an accepted answer, as open-domain question answering does (Chen et al. 2017, ACL, section 5).

    Yes and no stand in no sentence: nothing is ranked for them.
    """
    wanted = [f" {normalise_answer(answer)} " for answer in accepted if normalise_answer(answer) not in _VERDICTS]
    if not wanted:
        return (False,) * len(ranking), ()
    first = next((n for n, s in enumerate(ranking) if any(words in f" {normalise_answer(s.text)} " for words in wanted)), None)
    return tuple(n == first for n in range(len(ranking))), (() if first is not None else ("?",))
