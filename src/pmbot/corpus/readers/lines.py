"""Markdown source to lines: comments and quote marks taken off, the lines of fenced code set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_QUOTE = re.compile(r"(?: {0,3}+> ?+)++")
_FENCE = re.compile(r"(\s*+(?:(?:[-*+]|\d{1,9}[.)])\s++)?+)(`{3,}+|~{3,}+)([^\n]*+)")


class Line(NamedTuple):
    """A line of the source. `number` counts from 1; `group` tells one fenced block from the next."""

    number: int
    text: str
    is_code: bool = False
    quoted: bool = False
    group: int = 0

    @property
    def indent(self) -> int:
        """The blanks before the text, a tab reaching to the next multiple of four."""
        lead = self.text[: len(self.text) - len(self.text.lstrip())]
        return len(lead.expandtabs(4))


class _Fence(NamedTuple):
    mark: str
    indent: int
    quoted: bool


def source_lines(lines: Sequence[str], first_number: int) -> Iterator[Line]:
    """Yield the lines that hold text, numbered from `first_number`: no comment, no fence."""
    return _Reader(lines).read(first_number)


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        # Looked up once: asked again for every `<!--`, a line full of them would take quadratic time.
        self._last_close = max(((at, line.rfind("-->")) for at, line in enumerate(lines) if "-->" in line), default=(-1, -1))
        self._in_comment = False
        self._fence: _Fence | None = None
        self._group = 0

    def read(self, first_number: int) -> Iterator[Line]:
        for at, raw in enumerate(self._lines):
            if self._fence and (self._fence.quoted is False or _QUOTE.match(raw)):
                line = self._in_fence(raw, self._fence)
                if line is not None:
                    yield Line(first_number + at, line, is_code=True, group=self._group)
                continue
            self._fence = None
            text = raw
            if self._in_comment or "<!--" in raw:
                text = self._without_comments(raw, at)
                if not text.strip():
                    continue
            quote = _QUOTE.match(text)
            body = text[quote.end() :] if quote else text
            if not self._opens_fence(body, quoted=quote is not None):
                yield Line(first_number + at, body, quoted=quote is not None)

    def _in_fence(self, raw: str, fence: _Fence) -> str | None:
        quote = _QUOTE.match(raw) if fence.quoted else None
        body = raw[quote.end() :] if quote else raw
        closing = body.strip()
        if len(closing) >= len(fence.mark) and not closing.strip(fence.mark[0]):
            self._fence = None
            return None
        lead = len(body) - len(body.lstrip())
        return body[min(lead, fence.indent) :]

    def _opens_fence(self, body: str, *, quoted: bool) -> bool:
        match = _FENCE.match(body) if "```" in body or "~~~" in body else None
        if match is None or (match[2][0] == "`" and "`" in match[3]):
            return False
        self._fence = _Fence(match[2], len(match[1]), quoted)
        self._group += 1
        return True

    def _without_comments(self, text: str, at: int) -> str:
        """`text` less its comments; `<!--` in a code span, or closed nowhere below, is text."""
        kept: list[str] = []
        here = 0
        ticks = 0
        while True:
            if self._in_comment:
                end = text.find("-->", here)
                if end < 0:
                    break
                self._in_comment = False
                here = end + 3
            start = text.find("<!--", here)
            if start < 0:
                kept.append(text[here:])
                break
            kept.append(text[here:start])
            ticks += text.count("`", here, start)
            if ticks % 2 or (at, start + 4) > self._last_close:
                kept.append("<!--")
            else:
                self._in_comment = True
            here = start + 4
        return "".join(kept)
