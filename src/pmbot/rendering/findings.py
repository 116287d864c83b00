"""What an inspection found, as a page and as a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from pydantic import Field

from pmbot.rendering.answers import quoted
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.records import Record
from pmbot.rendering.sanitize import visible_line

_SHOWN_PLACES = 5
_LONGEST = 300


class FoundPlace(Protocol):
    """Where something stands."""

    @property
    def doc_id(self) -> str:
        """The document."""

    @property
    def line(self) -> int | None:
        """The line in the source file."""

    @property
    def quote(self) -> str | None:
        """What stands there, word for word."""

    @property
    def name(self) -> str:
        """`file:line`, or the file alone."""


class Found(Protocol):
    """One finding."""

    @property
    def rule(self) -> str:
        """What was looked for."""

    @property
    def message(self) -> str:
        """What was found."""

    @property
    def places(self) -> Sequence[FoundPlace]:
        """Where; the first place is the one to go to."""


class PlaceRecord(Record):
    """Where something stands; `line` counts in the source file."""

    doc_id: str
    line: int | None
    quote: str | None


class FindingRecord(Record):
    """One finding."""

    rule: str
    message: str
    places: tuple[PlaceRecord, ...]


class LintRecord(Record):
    """A whole inspection."""

    schema_: Literal["pmbot.lint/1"] = Field(default="pmbot.lint/1", alias="schema")
    documents: int
    sentences: int
    findings: tuple[FindingRecord, ...]

    @classmethod
    def of(cls, findings: Iterable[Found], documents: int, sentences: int) -> LintRecord:
        """Make the record."""
        return cls(documents=documents, sentences=sentences, findings=tuple(_record(finding) for finding in findings))


def findings_page(findings: Sequence[Found], looked_at: str) -> Page:
    """List the findings, each with its places, and how many there are of each rule; `looked_at` says in what."""
    page: list[Paragraph] = []
    for finding in findings:
        page += [*_finding(finding), BLANK]
    counts = Counter(finding.rule for finding in findings)
    total = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}" if findings else "nothing found"
    kinds = f" ({', '.join(f'{number} {rule}' for rule, number in counts.items())})" if len(counts) > 1 else ""
    page.append(line(f"{looked_at}: {total}{kinds}", Ink.NOTE))
    return tuple(page)


def _finding(finding: Found) -> Iterator[Paragraph]:
    first = finding.places[0]
    yield Paragraph((Run(visible_line(first.name), Ink.LABEL), Run(f": {finding.rule}: {visible_line(finding.message)}")), hang=2)
    if first.quote is not None:
        yield quoted((Run(_short(first.quote), Ink.QUOTE),))
    for place in finding.places[1:_SHOWN_PLACES]:
        yield line(visible_line(place.name), Ink.PLACE, indent=2)
        if place.quote is not None:
            yield quoted((Run(_short(place.quote), Ink.QUOTE),))
    if len(finding.places) > _SHOWN_PLACES:
        yield line(f"and {len(finding.places) - _SHOWN_PLACES} more places; --json lists them all", Ink.NOTE, indent=2)


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else quote[:_LONGEST] + " …"


def _record(finding: Found) -> FindingRecord:
    places = tuple(PlaceRecord(doc_id=place.doc_id, line=place.line, quote=place.quote) for place in finding.places)
    return FindingRecord(rule=str(finding.rule), message=finding.message, places=places)
