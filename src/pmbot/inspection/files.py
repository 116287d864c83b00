"""Files that were left out, and text that was decoded wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pmbot.inspection.findings import Finding, Place, Rule, SkippedFile
from pmbot.models import Document, Span

SHOWN_LINES = 5
_NO_TEXT = "there is no text"
_FORMAT = "files are not supported"
_ENCODING = ("not UTF-8", "neither UTF-8", "marked as")
_FOREIGN = re.compile(r"[\x80-\u2122]{2,40}")
_LOST = "\ufffd"


def left_out(skipped: Iterable[SkippedFile]) -> Iterator[Finding]:
    """Report every file that is not searched, with the reason its reader gave."""
    for file in skipped:
        rule = Rule.UNREADABLE
        if file.reason.startswith(_NO_TEXT):
            rule = Rule.EMPTY
        elif file.reason.startswith(_ENCODING):
            rule = Rule.UNDECODABLE
        elif _FORMAT in file.reason:
            rule = Rule.UNSUPPORTED
        yield Finding(rule, file.reason, (Place(file.path),))


def wrongly_decoded(document: Document) -> Iterator[Finding]:
    """Report characters that were lost before (U+FFFD) and letters that were decoded twice (“Ã©” for “é”)."""
    lost = [place for place, character in enumerate(document.text) if character == _LOST] if _LOST in document.text else []
    if lost:
        yield _finding(document, lost, "characters were lost when this file was made (\ufffd); get the original")
    broken = [match.start() for match in _FOREIGN.finditer(document.text) if _twice(match[0])]
    if broken:
        yield _finding(document, broken, "UTF-8 was read as another code page when this file was made; save it again as UTF-8")


def _finding(document: Document, offsets: list[int], message: str) -> Finding:
    lines = dict.fromkeys(document.locate(Span(start=offset, end=offset)).line for offset in offsets[:1000])
    places = tuple(Place(document.doc_id, line) for line in list(lines)[:SHOWN_LINES])
    return Finding(Rule.UNDECODABLE, f"{message}; {len(offsets)} times" if len(offsets) > 1 else message, places)


def _twice(run: str) -> bool:
    """Whether the bytes of `run` in Windows-1252 are UTF-8: no language writes such runs, except by mistake."""
    try:
        data = b"".join(character.encode("cp1252") if ord(character) > 0xFF else bytes([ord(character)]) for character in run)
    except UnicodeEncodeError:
        return False
    try:
        return len(data.decode("utf-8")) < len(data)
    except UnicodeDecodeError:
        return False
