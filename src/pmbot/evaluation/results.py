"""What came of a check, a turn and a case."""

from __future__ import annotations

from typing import Literal

from pmbot.models import Answer
from pmbot.models.base import Noun

Outcome = Literal["passed", "failed", "xfailed", "xpassed"]


class CheckResult(Noun):
    """One check of one reply; `reason` says what was found, in words fit for a report."""

    name: str
    passed: bool
    reason: str


class TurnResult(Noun):
    """One reply and its checks."""

    answer: Answer
    checks: tuple[CheckResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)


class CaseResult(Noun):
    """One case; a conversation has one result per turn, in order."""

    id: str
    turns: tuple[TurnResult, ...]
    xfail: str | None = None

    @property
    def passed(self) -> bool:
        """Whether every turn passed."""
        return all(turn.passed for turn in self.turns)

    @property
    def outcome(self) -> Outcome:
        """The outcome, held against the expectation: an expected failure that passes is an `xpassed`."""
        if self.xfail is None:
            return "passed" if self.passed else "failed"
        return "xpassed" if self.passed else "xfailed"

    @property
    def failures(self) -> tuple[str, ...]:
        """One line per failed check: `question: check: what was found`."""
        return tuple(
            f"{turn.answer.question.text}: {check.name}: {check.reason}" for turn in self.turns for check in turn.checks if not check.passed
        )
