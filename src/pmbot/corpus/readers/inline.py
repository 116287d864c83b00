"""Markdown inside a block: emphasis, links, code spans, escapes and entities to the words a reader sees.

After CommonMark (https://spec.commonmark.org/0.31.2/#inlines), with two liberties: emphasis of one kind may cross that
of another, and only known HTML tags are dropped. Every line break of the source stays one. Linear in the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import deque
from html.entities import html5
from typing import NamedTuple

_TOKEN = re.compile(
    r"\\[!-/:-@\[-`{-~\n]|`++|\*++|_++|~~++|!?\[|\]|<[^<>\n]++>"
    r"|&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_SPECIAL = re.compile(r"[\\`*_~\[<&]")
_TARGET = re.compile(
    r"\([ \t]*+(?:<[^<>\n]*+>|(?!<)[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+)"
    r"(?:[ \t]++(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\)))?+[ \t]*+\)"
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,999})\]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:\S*+|[^\s@/]++@[^\s@/]++")
_TAG = re.compile(r"/?([A-Za-z][A-Za-z0-9]{0,20})(?:[\s/].*)?", re.DOTALL)
_INNER_TAG = re.compile(
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_PARTING_TAG = re.compile(
    "address|article|aside|blockquote|br|caption|center|col|colgroup|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr"
    "|li|main|nav|ol|p|picture|pre|section|source|summary|table|tbody|td|tfoot|th|thead|tr|ul|video"
)


def label(text: str) -> str:
    """Bring a link label in the form in which labels are compared: without regard to case and to the number of blanks."""
    return " ".join(text.split()).casefold()


def plain_words(text: str, defined: frozenset[str] = frozenset()) -> str:
    """`text` without its inline markup, with exactly as many line breaks.

    `defined` holds the labels of the document's link and footnote definitions (see `label`): only these make
    `[text][label]`, `[label]` and `[^note]` markup.
    """
    return _Inline(text, defined).words() if _SPECIAL.search(text) else text


class _Mark(NamedTuple):
    """A run of emphasis characters: where it stands among the pieces, and which way it can face."""

    piece: int
    char: str
    opens: bool
    closes: bool


class _Inline:
    def __init__(self, text: str, defined: frozenset[str]) -> None:
        self._text = text
        self._defined = defined
        self._pieces: list[str] = []
        self._brackets: list[tuple[int, int]] = []
        self._marks: list[_Mark] = []
        self._ticks: dict[int, deque[int]] = {}

    def words(self) -> str:
        at = 0
        for run in re.finditer(r"`+", self._text):
            self._ticks.setdefault(len(run[0]), deque()).append(run.start())
        while token := _TOKEN.search(self._text, at):
            self._pieces.append(self._text[at : token.start()])
            at = self._token(token)
        self._pieces.append(self._text[at:])
        self._drop_emphasis()
        return "".join(self._pieces)

    def _token(self, token: re.Match[str]) -> int:
        """Put the words of `token` among the pieces; return where the text goes on."""
        text, start, end = token[0], token.start(), token.end()
        first = text[0]
        if first == "\\":
            self._pieces.append(text[1])
        elif first == "`":
            return self._code(start, end)
        elif first in "*_~":
            self._marks.append(_facing(len(self._pieces), self._text, start, end))
            self._pieces.append(text)
        elif first == "]":
            return self._closing(start, end)
        elif first == "<":
            return self._angle(text, start, end)
        elif first == "&":
            self._pieces.append(_character(text))
        else:
            self._brackets.append((len(self._pieces), end))
            self._pieces.append(text)
        return end

    def _code(self, start: int, end: int) -> int:
        closers = self._ticks.get(end - start, deque())
        while closers and closers[0] < end:
            closers.popleft()
        if not closers:
            self._pieces.append(self._text[start:end])
            return end
        body = self._text[end : closers[0]]
        padded = body[:1] == " " == body[-1:] and bool(body.strip())
        self._pieces.append(body[1:-1] if padded else body)
        return closers[0] + end - start

    def _angle(self, text: str, start: int, end: int) -> int:
        inner = text[1:-1]
        tag = _TAG.fullmatch(inner)
        name = tag[1].lower() if tag else ""
        if _ADDRESS.fullmatch(inner):
            self._pieces.append(inner)
        elif _INNER_TAG.fullmatch(name):
            self._pieces.append("")
        elif _PARTING_TAG.fullmatch(name):
            self._pieces.append(" ")
        else:
            self._pieces.append("<")
            return start + 1
        return end

    def _closing(self, start: int, end: int) -> int:
        if not self._brackets:
            self._pieces.append("]")
            return end
        piece, inner_from = self._brackets.pop()
        target = _TARGET.match(self._text, end)
        if target:
            self._pieces[piece] = ""
            return target.end()
        inner = label(self._text[inner_from:start]) if self._defined and start - inner_from < 1000 else ""
        reference = _REFERENCE.match(self._text, end) if inner else None
        if reference and (label(reference[1]) or inner) in self._defined:
            self._pieces[piece] = ""
            return reference.end()
        if inner not in self._defined:
            self._pieces.append("]")
        elif inner.startswith("^"):
            self._pieces[piece:] = [""] * (len(self._pieces) - piece)
        else:
            self._pieces[piece] = ""
        return end

    def _drop_emphasis(self) -> None:
        left = {mark.piece: len(self._pieces[mark.piece]) for mark in self._marks}
        openers: dict[str, list[_Mark]] = {"*": [], "_": [], "~": []}
        for mark in self._marks:
            waiting = openers[mark.char]
            while mark.closes and waiting and left[mark.piece]:
                used = min(left[mark.piece], left[waiting[-1].piece])
                left[mark.piece] -= used
                left[waiting[-1].piece] -= used
                if not left[waiting[-1].piece]:
                    waiting.pop()
            if mark.opens and left[mark.piece]:
                waiting.append(mark)
        for mark in self._marks:
            self._pieces[mark.piece] = mark.char * left[mark.piece]


def _character(entity: str) -> str:
    # Named ones in full only: `html.unescape` would read "&nothing;" as "¬hing;".
    decoded = html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
    return " " if decoded in {"\n", "\r"} else decoded


def _facing(piece: int, text: str, start: int, end: int) -> _Mark:
    """Which way a run faces: https://spec.commonmark.org/0.31.2/#delimiter-run."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    edge_before = before.isspace() or _is_punctuation(before)
    edge_after = after.isspace() or _is_punctuation(after)
    left = not after.isspace() and (not _is_punctuation(after) or edge_before)
    right = not before.isspace() and (not _is_punctuation(before) or edge_after)
    char = text[start]
    if char == "_":
        return _Mark(piece, char, opens=left and (not right or edge_before), closes=right and (not left or edge_after))
    return _Mark(piece, char, opens=left, closes=right)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
