"""Receipts and what became of their quotes, as pages and as records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, Self

from pydantic import Field

from pmbot.answering.nearest import Change
from pmbot.answering.receipt import sha256_of
from pmbot.answering.verification import Finding, Outcome, Verification
from pmbot.models import Locator, Receipt, ReceiptEntry, Status
from pmbot.rendering.answers import place, quoted
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.records import Record
from pmbot.rendering.sanitize import visible_line

_LABEL = 11
_ROLES = {"citation": "quote", "highlight": "short answer", "closest": "closest passage, not an answer"}


class ReceiptEntryRecord(Record):
    """One quote: the text of document `doc_id` from `start` to `end` (code points) is `quote`. Hashes are of the UTF-8 text."""

    role: Literal["citation", "highlight", "closest"]
    doc_id: str
    source: str
    locator: Locator
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str
    quote_sha256: str
    text_sha256: str


class ReceiptRecord(Record):
    """The proof of an answer."""

    schema_: Literal["pmbot.receipt/1"] = Field(alias="schema")
    answer_id: str
    question: str
    status: Literal["answered", "not_mentioned", "not_enough", "nothing_to_search"]
    signature: str
    entries: tuple[ReceiptEntryRecord, ...]

    @classmethod
    def of(cls, receipt: Receipt) -> Self:
        """Make the record of `receipt`."""
        return cls(
            schema_="pmbot.receipt/1",
            answer_id=receipt.answer_id,
            question=receipt.question,
            status=receipt.status.value,
            signature=receipt.signature,
            entries=tuple(ReceiptEntryRecord(**dict(entry)) for entry in receipt.entries),
        )

    def receipt(self) -> Receipt:
        """The receipt that was written down; ValueError when a quote does not have the hash or the length it should have."""
        for number, entry in enumerate(self.entries, 1):
            if sha256_of(entry.quote) != entry.quote_sha256 or entry.end - entry.start != len(entry.quote):
                raise ValueError(f"entry {number} was changed: its quote does not have the hash and the length that stand beside it")
        entries = tuple(ReceiptEntry(**dict(entry)) for entry in self.entries)
        return Receipt(
            answer_id=self.answer_id, question=self.question, status=Status(self.status), signature=self.signature, entries=entries
        )


class ChangeRecord(Record):
    """A stretch of an edited quote."""

    kind: Literal["kept", "removed", "added"]
    text: str


class FindingRecord(Record):
    """What became of a quote; where it stands now is null when it is gone."""

    outcome: Literal["exact", "moved", "altered", "gone"]
    entry: ReceiptEntryRecord
    doc_id: str | None
    start: int | None
    end: int | None
    locator: Locator | None
    text: str | None
    changes: tuple[ChangeRecord, ...]
    note: str | None

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Flatten a finding."""
        return cls(
            outcome=finding.outcome.value,
            entry=ReceiptEntryRecord(**dict(finding.entry)),
            doc_id=finding.doc_id,
            start=finding.span.start if finding.span else None,
            end=finding.span.end if finding.span else None,
            locator=finding.locator,
            text=finding.text,
            changes=tuple(ChangeRecord(kind=change.kind, text=change.text) for change in finding.changes),
            note=finding.note,
        )


class VerificationRecord(Record):
    """A receipt held against the documents of today; `name` is the file it came from. `sound`: nothing is altered or gone."""

    schema_: Literal["pmbot.verification/1"] = Field(default="pmbot.verification/1", alias="schema")
    name: str
    answer_id: str
    question: str
    sound: bool
    signature: str
    signature_now: str
    findings: tuple[FindingRecord, ...]

    @classmethod
    def of(cls, verification: Verification, name: str, signature_now: str) -> Self:
        """Make the record; `signature_now` is that of the documents and settings of today."""
        receipt = verification.receipt
        return cls(
            name=name,
            answer_id=receipt.answer_id,
            question=receipt.question,
            sound=verification.sound,
            signature=receipt.signature,
            signature_now=signature_now,
            findings=tuple(map(FindingRecord.of, verification.findings)),
        )


def receipt_page(receipt: Receipt) -> Page:
    """Lay a receipt out for reading and printing."""
    page = [
        _fact("Receipt", receipt.answer_id),
        _fact("Question", receipt.question),
        _fact("Outcome", receipt.status.value.replace("_", " ")),
    ]
    for entry in receipt.entries:
        where = Run(place(entry.doc_id, entry.locator), Ink.PLACE)
        source = "" if entry.source == entry.doc_id else f" · {visible_line(entry.source)}"
        page += [
            BLANK,
            Paragraph((where, Run(f" · {_ROLES[entry.role]}, characters {entry.start} to {entry.end}{source}", Ink.NOTE)), 2, 2),
        ]
        page += [quoted((Run(entry.quote, Ink.QUOTE),)), line(f"quote sha256 {entry.quote_sha256}", Ink.NOTE, indent=2)]
        page.append(line(f"text  sha256 {entry.text_sha256}", Ink.NOTE, indent=2))
    if not receipt.entries:
        page += [BLANK, line("It quotes nothing.", indent=2)]
    return (*page, BLANK, _fact("Signature", receipt.signature))


def verification_page(verification: Verification, name: str) -> Page:
    """Tell what became of the quotes of the receipt in the file `name`."""
    receipt = verification.receipt
    page = [Paragraph((Run(visible_line(name), Ink.LABEL), Run(f" · {visible_line(receipt.question)}")), hang=2)]
    for finding in verification.findings:
        page += _finding(finding)
    if not receipt.entries:
        page.append(line("It quotes nothing.", indent=2))
    return tuple(page)


def total(verifications: Iterable[Verification]) -> str:
    """Count the outcomes: `3 quotes: 2 exact, 1 altered`."""
    counts = Counter(finding.outcome for verification in verifications for finding in verification.findings)
    number = sum(counts.values())
    shown = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome])
    return f"{number} quote{'' if number == 1 else 's'}" + (f": {shown}" if shown else "")


def edited(changes: Iterable[Change]) -> Iterator[Run]:
    """Write what was removed as `[-…-]` and what was added as `{+…+}`, which reads without colour and aloud."""
    several = list(changes)
    for change, next_ in zip(several, [*several[1:], None], strict=True):
        text = change.text.rstrip()
        # What takes the place of a word takes the place of the blank behind it, too.
        blanks = "" if change.kind == "removed" and next_ and next_.kind == "added" else change.text[len(text) :]
        if change.kind == "removed":
            yield Run(f"[-{text}-]", Ink.REFUSAL)
        elif change.kind == "added":
            yield Run(f"{{+{text}+}}", Ink.HIGHLIGHT)
        else:
            yield Run(text, Ink.QUOTE)
        yield Run(blanks, Ink.QUOTE)


def _finding(finding: Finding) -> Iterator[Paragraph]:
    entry = finding.entry
    before = place(entry.doc_id, entry.locator)
    now = before if finding.doc_id is None or finding.locator is None else place(finding.doc_id, finding.locator)
    said = {
        Outcome.EXACT: now,
        Outcome.MOVED: f"to {_target(finding)}, from {before}" if now != before else f"within {now}",
        Outcome.ALTERED: now if now == before else f"{now}, was {before}",
        Outcome.GONE: f"from {before}",
    }[finding.outcome]
    note = f" ({visible_line(finding.note)})" if finding.note else ""
    ink = Ink.LABEL if finding.outcome in {Outcome.EXACT, Outcome.MOVED} else Ink.REFUSAL
    role = "" if entry.role == "citation" else f" · {_ROLES[entry.role]}"
    yield Paragraph((Run(finding.outcome.value.ljust(8), ink), Run(said, Ink.PLACE), Run(f"{note}{role}", Ink.NOTE)), 2, 8)
    yield quoted(edited(finding.changes) if finding.changes else (Run(entry.quote, Ink.QUOTE),), indent=10)


def _target(finding: Finding) -> str:
    if finding.doc_id == finding.entry.doc_id and finding.locator is not None and finding.locator.line is not None:
        return f"line {finding.locator.line}"
    return place(finding.doc_id or "", finding.locator or Locator())


def _fact(label: str, text: str) -> Paragraph:
    return Paragraph((Run(label.ljust(_LABEL), Ink.LABEL), Run(visible_line(text))), hang=_LABEL)
