"""What came of a check, a turn, a case and a run.

A report holds everything that metrics and pages are made from, so that nothing is asked twice. What a clock says stands in
`Report.times` alone: two runs over the same knowledge, settings and questions are equal without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import ConfigDict, Field

from pmbot.models import Answer, Span
from pmbot.models.base import Noun
from pmbot.questionset import Checks

Outcome = Literal["passed", "failed", "xfailed", "xpassed", "error"]
RANKED = 20
"""How many sentences of the ranking a turn keeps: enough for every metric at 10 or 20."""


class CheckResult(Noun):
    """One check of one reply, in words fit for a report: what was `expected`, and what was `got`."""

    name: str
    passed: bool
    expected: str
    got: str

    @property
    def reason(self) -> str:
        """Both in one line."""
        return f"expected {self.expected}; got {self.got}"


class Passage(Noun):
    """A passage that a case names: `text` as the case spells it, `spans` every place of it in the document.

    Without spans the case is an error.
    """

    doc_id: str
    text: str
    spans: tuple[Span, ...] = ()


class Ranked(Noun):
    """A sentence as the engine ranked it; see `Evidence`. `rank` counts from 1."""

    rank: int = Field(ge=1)
    doc_id: str
    index: int = Field(ge=0)
    span: Span
    text: str
    score: float
    matched_terms: tuple[str, ...] = ()
    missing_terms: tuple[str, ...] = ()


class TurnResult(Noun):
    """One question, its reply and its checks.

    `wanted` are the checks as the question set spells them, `passages` the places of what `wanted.cites` names, in its order.
    `ranking` holds the first `RANKED` sentences of the trace's evidence, best first; `chunks` the chunk ids of its hits, best first.
    """

    question: str
    wanted: Checks
    answer: Answer
    checks: tuple[CheckResult, ...]
    passages: tuple[Passage, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    chunks: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def answerable(self) -> bool:
        """Whether the case says that the documents answer the question."""
        return self.wanted.abstains is None

    def is_relevant(self, ranked: Ranked) -> bool:
        """Whether a ranked sentence shares a character with a wanted passage."""
        return bool(self.passages_in(ranked.doc_id, ranked.span))

    def passages_in(self, doc_id: str, span: Span) -> tuple[int, ...]:
        """The indexes of the wanted passages that have a place sharing a character with `span` of document `doc_id`."""
        return tuple(
            index
            for index, passage in enumerate(self.passages)
            if passage.doc_id == doc_id and any(place.start < span.end and span.start < place.end for place in passage.spans)
        )


class CaseResult(Noun):
    """One case; a conversation has one result per turn, in order.

    `place` is the `file:line` of the case, `source` the index of its entry in `Report.sources`. `error` says why the case itself is
    wrong (a passage that is in no document); it was asked all the same.
    """

    id: str
    turns: tuple[TurnResult, ...]
    tags: tuple[str, ...] = ()
    language: str | None = None
    xfail: str | None = None
    error: str | None = None
    place: str = ""
    source: int = Field(default=0, ge=0)

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong with the case and every turn passed."""
        return self.error is None and all(turn.passed for turn in self.turns)

    @property
    def outcome(self) -> Outcome:
        """The outcome, held against the expectation: an expected failure that passes is an `xpassed`."""
        if self.error is not None:
            return "error"
        if self.xfail is None:
            return "passed" if self.passed else "failed"
        return "xpassed" if self.passed else "xfailed"

    @property
    def ok(self) -> bool:
        """Whether the run may call itself good as far as this case goes."""
        return self.outcome in {"passed", "xfailed"}

    @property
    def failures(self) -> tuple[str, ...]:
        """One line per thing that is wrong: the error, then `question: check: what was found` per failed check."""
        checks = [(turn.question, check) for turn in self.turns for check in turn.checks if not check.passed]
        lines = [f"{question}: {check.name}: {check.reason}" for question, check in checks]
        return tuple(([self.error] if self.error is not None else []) + lines)


class Source(Noun):
    """A question set that was run: its file, the knowledge it asked (as a path a person can read), and the signature of that."""

    file: str
    knowledge: str
    signature: str


class Times(Noun):
    """What a clock said, in milliseconds: of the whole run, and per case (in the report's order) and turn."""

    total_ms: float
    cases: tuple[tuple[float, ...], ...]


class Totals(Noun):
    """How many cases came out how."""

    cases: int = 0
    passed: int = 0
    failed: int = 0
    xfailed: int = 0
    xpassed: int = 0
    error: int = 0


class Report(Noun):
    """A run over one or several question sets: `cases` in the order of the files, whatever order they were asked in."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["pmbot.report/1"] = Field(default="pmbot.report/1", alias="schema")
    sources: tuple[Source, ...]
    cases: tuple[CaseResult, ...]
    times: Times | None = None

    @property
    def signature(self) -> str:
        """The signature of the run; several, where the sets asked several knowledges, joined by ` + ` in order of their first use."""
        return " + ".join(dict.fromkeys(source.signature for source in self.sources))

    @property
    def knowledge(self) -> str:
        """The path of the knowledge asked, or several, joined likewise."""
        return " + ".join(dict.fromkeys(source.knowledge for source in self.sources))

    @property
    def totals(self) -> Totals:
        """Count the outcomes."""
        outcomes = [case.outcome for case in self.cases]
        return Totals(
            cases=len(outcomes),
            passed=outcomes.count("passed"),
            failed=outcomes.count("failed"),
            xfailed=outcomes.count("xfailed"),
            xpassed=outcomes.count("xpassed"),
            error=outcomes.count("error"),
        )

    @property
    def turns(self) -> Iterator[tuple[CaseResult, TurnResult]]:
        """Every turn with its case, in order."""
        return ((case, turn) for case in self.cases for turn in case.turns)

    def without_times(self) -> Report:
        """The part that is the same on every run."""
        return self.model_copy(update={"times": None})
