"""Gaps as a page and as a record: what the documents should say, or say better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import Field

from pmbot.questionset.gaps import Gap, missing_words
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.records import AnswerRecord, Record
from pmbot.rendering.sanitize import visible_line

_SHOWN_WORDS = 10
_SHOWN_WORDINGS = 3
_LONGEST = 200


class CountRecord(Record):
    """A text and how often it occurred."""

    text: str
    times: int


class GapRecord(Record):
    """Near-duplicate questions that were refused, or whose answer was voted down. `still`: the same is said today."""

    kind: Literal["unanswered", "down_voted"]
    question: str
    times: int
    last: str
    wordings: tuple[CountRecord, ...]
    missing_terms: tuple[CountRecord, ...]
    bad: int
    wrong_source: int
    reply: str
    still: bool
    now: AnswerRecord

    @classmethod
    def of(cls, gap: Gap) -> Self:
        """Make the record of `gap`; `last` becomes a time of ISO 8601, UTC. Prove its answer first, as for `AnswerRecord.of`."""
        return cls(
            kind=gap.kind,
            question=gap.question,
            times=gap.times,
            last=f"{datetime.fromtimestamp(gap.last, UTC):%Y-%m-%dT%H:%M:%SZ}",
            wordings=_counts(gap.wordings),
            missing_terms=_counts(gap.missing),
            bad=gap.bad,
            wrong_source=gap.wrong_source,
            reply=gap.reply,
            still=gap.still,
            now=AnswerRecord.of(gap.now.answer),
        )


class GapsRecord(Record):
    """Everything that the record of use says is missing; `missing_terms` counts the words that are missing now."""

    schema_: Literal["pmbot.gaps/1"] = Field(default="pmbot.gaps/1", alias="schema")
    recorded: int
    users: int
    gaps: tuple[GapRecord, ...]
    missing_terms: tuple[CountRecord, ...]

    @classmethod
    def of(cls, gaps: Sequence[Gap], recorded: int, users: int) -> Self:
        """Make the record; `recorded` is the number of questions in the record of use, `users` of the people who asked them."""
        open_ = [gap for gap in gaps if gap.still]
        return cls(recorded=recorded, users=users, gaps=tuple(map(GapRecord.of, gaps)), missing_terms=_counts(missing_words(open_)))


def gaps_page(gaps: Sequence[Gap], *, limit: int, closed: bool = False) -> Page:
    """List the first `limit` gaps that are still open, and with `closed` those that are not, too."""
    open_ = [gap for gap in gaps if gap.still]
    shown = list(gaps) if closed else open_
    page: list[Paragraph] = []
    for kind, title in (("unanswered", "Not answered"), ("down_voted", "Voted down")):
        of_kind = [gap for gap in shown[:limit] if gap.kind == kind]
        if of_kind:
            page += [line(title, Ink.LABEL), *(paragraph for gap in of_kind for paragraph in _gap(gap)), BLANK]
    if len(shown) > limit:
        page += [line(f"… and {len(shown) - limit} more; --limit shows them", Ink.NOTE)]
    words = missing_words(open_)[:_SHOWN_WORDS]
    if words:
        page.append(Paragraph((Run("Missing words  ", Ink.LABEL), Run(_listed(words))), hang=4))
    settled = len(gaps) - len(open_)
    if settled and not closed:
        are, them = ("is", "it") if settled == 1 else ("are", "them")
        page.append(line(f"{settled} more {are} answered otherwise by now; --closed shows {them}.", Ink.NOTE))
    return tuple(page) or (line("No gaps: what was asked is answered, and nobody voted an answer down."),)


def _gap(gap: Gap) -> Iterator[Paragraph]:
    times = f"{gap.times}×".rjust(4)
    yield Paragraph((Run(f"{times}  "), Run(_short(gap.question), Ink.QUOTE)), 2, len(times) + 2)
    for wording, count in gap.wordings[1 : 1 + _SHOWN_WORDINGS]:
        yield line(f"also {_short(wording)}" + (f" ({count}×)" if count > 1 else ""), Ink.NOTE, indent=8, hang=5)
    if len(gap.wordings) > 1 + _SHOWN_WORDINGS:
        yield line(f"also {len(gap.wordings) - 1 - _SHOWN_WORDINGS} other wordings", Ink.NOTE, indent=8)
    if gap.missing:
        yield line(f"missing {_listed(gap.missing)}", indent=8, hang=8)
    votes = [f"{count} × {said}" for count, said in ((gap.bad, "wrong"), (gap.wrong_source, "wrong source")) if count]
    if gap.kind == "down_voted":
        yield line(f"said {_short(gap.reply)}", indent=8, hang=5)
    if votes:
        yield line(f"votes {', '.join(votes)}", indent=8)
    if not gap.still:
        yield line(f"now {_short(gap.now.answer.text)}", Ink.NOTE, indent=8, hang=4)


def _listed(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{_short(text)} ({count})" for text, count in counts)


def _short(text: str) -> str:
    shown = visible_line(" ".join(text.split()))
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _counts(counts: Sequence[tuple[str, int]]) -> tuple[CountRecord, ...]:
    return tuple(CountRecord(text=text, times=times) for text, times in counts)
