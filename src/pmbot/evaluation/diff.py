"""Which answers change between an old and a new state of the knowledge or the settings."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pmbot.evaluation.results import CaseResult, Report
from pmbot.models import Answer, Citation
from pmbot.models.base import Noun

Aspect = Literal["status", "answer", "citations", "wording"]


class AnswerChange(Noun):
    """A question that is answered otherwise than before, and in what: see `aspects_of`.

    `lost` are citations of the old answer whose words the new one does not quote, `gained` those of the new one that are new.
    """

    case_id: str
    place: str
    turn: int
    question: str
    aspects: tuple[Aspect, ...]
    old: Answer
    new: Answer
    lost: tuple[Citation, ...]
    gained: tuple[Citation, ...]


class AnswerDiff(Noun):
    """All changes, in the order of the question sets, and how many questions were asked."""

    asked: int
    changes: tuple[AnswerChange, ...]
    old_signature: str
    new_signature: str

    @property
    def lost(self) -> int:
        """By how many quotes answers got poorer; a quote in the place of another is a change and no loss."""
        return sum(max(0, len(change.lost) - len(change.gained)) for change in self.changes)

    @property
    def gained(self) -> int:
        """By how many quotes answers got richer."""
        return sum(max(0, len(change.gained) - len(change.lost)) for change in self.changes)

    @property
    def now_answered(self) -> int:
        """How many questions are answered that were not."""
        return sum(change.new.answered and not change.old.answered for change in self.changes)

    @property
    def now_refused(self) -> int:
        """How many questions are not answered any more."""
        return sum(change.old.answered and not change.new.answered for change in self.changes)

    @property
    def summary(self) -> str:
        """All of it in one sentence, such as "This edit changes 3 of 62 answers, loses 1 citation."."""
        parts = [f"changes {len(self.changes) or 'none'} of {self.asked} answers"]
        parts += [f"loses {_counted(self.lost, 'citation')}"] if self.lost else []
        parts += [f"gains {_counted(self.gained, 'citation')}"] if self.gained else []
        parts += [f"answers {_counted(self.now_answered, 'question')} more"] if self.now_answered else []
        parts += [f"no longer answers {_counted(self.now_refused, 'question')}"] if self.now_refused else []
        return f"This edit {', '.join(parts)}."


def aspects_of(old: Answer, new: Answer) -> tuple[Aspect, ...]:
    """Name in what two answers differ.

    `status`: answered or refused, and why; `answer`: the short answer or the verdict; `citations`: the words quoted, or their documents;
    `wording`: the text around them, or the notes. Where a quote stands, confidences and signatures do not count: an edit elsewhere moves
    and shifts them all.
    """
    found: list[Aspect] = []
    if (old.status, old.reason) != (new.status, new.reason):
        found.append("status")
    if (old.short_answer, old.verdict) != (new.short_answer, new.verdict):
        found.append("answer")
    if Counter(map(_quoted, old.citations)) != Counter(map(_quoted, new.citations)):
        found.append("citations")
    if (old.text, old.notes) != (new.text, new.notes) and "answer" not in found:
        found.append("wording")
    return tuple(found)


def diff_of(old: Report, new: Report) -> AnswerDiff:
    """Compare two runs of the same cases in the same order; ValueError when they are not."""
    if [(case.id, len(case.turns)) for case in old.cases] != [(case.id, len(case.turns)) for case in new.cases]:
        raise ValueError("the two runs did not ask the same cases")
    changes = [change for before, after in zip(old.cases, new.cases, strict=True) for change in _changes(before, after)]
    asked = sum(len(case.turns) for case in new.cases)
    return AnswerDiff(asked=asked, changes=tuple(changes), old_signature=old.signature, new_signature=new.signature)


def _changes(before: CaseResult, after: CaseResult) -> list[AnswerChange]:
    changes = []
    for turn, (old, new) in enumerate(zip(before.turns, after.turns, strict=True)):
        aspects = aspects_of(old.answer, new.answer)
        if aspects:
            change = AnswerChange(
                case_id=after.id,
                place=after.place,
                turn=turn,
                question=new.question,
                aspects=aspects,
                old=old.answer,
                new=new.answer,
                lost=_missing_from(new.answer, old.answer),
                gained=_missing_from(old.answer, new.answer),
            )
            changes.append(change)
    return changes


def _missing_from(answer: Answer, other: Answer) -> tuple[Citation, ...]:
    """The citations of `other` whose words `answer` does not quote."""
    quoted = {_quoted(citation) for citation in answer.citations}
    return tuple(citation for citation in other.citations if _quoted(citation) not in quoted)


def _quoted(citation: Citation) -> tuple[str, str]:
    return citation.doc_id, citation.quote


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
