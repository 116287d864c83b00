"""The nouns of the record of use."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, NamedTuple, Self

from pmbot.models import Status, Trace
from pmbot.models.base import Noun

Channel = Literal["repl", "ask", "telegram"]


class Vote(StrEnum):
    """What somebody thinks of an answer."""

    GOOD = "good"
    BAD = "bad"
    WRONG_SOURCE = "wrong_source"


class _Asked(Noun):
    at: float
    channel: Channel
    user: str | None
    question: str
    reading: str
    status: Status
    reason: str | None
    missing_terms: tuple[str, ...]
    answer_id: str
    signature: str
    reply: str


class UseEntry(_Asked):
    """One question to be recorded: `user` is the id as the channel knows it, None where there is none; only its hash is kept.

    `at` is seconds since 1970 (UTC), `reading` the question that was searched for, `reply` the sentence given as an answer.
    """

    @classmethod
    def of(cls, trace: Trace, channel: Channel, user: str | None, at: float) -> Self:
        """Make the entry of an answered or refused question."""
        answer = trace.answer
        return cls(
            at=at,
            channel=channel,
            user=user,
            question=answer.question.text,
            reading=trace.reading.text,
            status=answer.status,
            reason=answer.reason,
            missing_terms=answer.missing_terms,
            answer_id=answer.answer_id,
            signature=answer.signature,
            reply=answer.text,
        )


class Used(_Asked):
    """One question of the record; `user` is a hash."""

    id: int


class DownVoted(Noun):
    """An answer that somebody voted down, the last time it was given, and its votes."""

    used: Used
    good: int
    bad: int
    wrong_source: int


class Counts(Noun):
    """How much is in the record."""

    questions: int
    users: int
    by_status: Mapping[Status, int]
    by_channel: Mapping[str, int]
    by_vote: Mapping[Vote, int]


class Which(NamedTuple):
    """Rows of the record: those that fit everything that is given; without anything, all. `before` is a time."""

    channel: Channel | None = None
    before: float | None = None
    user_hash: str | None = None
