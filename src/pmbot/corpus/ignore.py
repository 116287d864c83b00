"""`.pmbotignore`: which files of a knowledge folder are left out by choice, in the syntax of `.gitignore`."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pmbot.corpus.encoding import decode
from pmbot.corpus.names import shown
from pmbot.errors import CorpusError, UnreadableDocument

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".pmbotignore"
MAX_IGNORE_MB = 1.0
"""How large a file of patterns may be, in units of 1,000,000 bytes."""
# pathspec makes regular expressions of patterns; each star more multiplies the time that a name can cost.
_STARS_IN_A_NAME = 3
_STARS_OF_FOLDERS = 2


class _Pattern(NamedTuple):
    line: int
    text: str


class Ignore:
    """The patterns of one ignore file, matched against paths below its folder, with forward slashes."""

    def __init__(self, spec: GitIgnoreSpec, patterns: tuple[_Pattern, ...]) -> None:
        self._spec, self._patterns = spec, patterns

    def reason(self, path: str, *, folder: bool = False) -> str | None:
        """The pattern that leaves `path` out, as `.pmbotignore:3: drafts/`; None when it stays.

        Ask for a folder before what is below it: nothing below a folder that is left out can be taken back in.
        """
        name = unicodedata.normalize("NFC", path) + ("/" if folder else "")
        found = self._spec.check_file(name)
        if not found.include or found.index is None:
            return None
        pattern = self._patterns[found.index]
        return f"{IGNORE_FILE}:{pattern.line}: {pattern.text}"


def read_ignore(path: Path, data: bytes) -> Ignore:
    """Read the patterns in `data`, the bytes of the file at `path`.

    Raises `CorpusError` with `file:line` for a pattern that is none: a folder whose rules cannot be followed is not read at all,
    as it may hold what nobody is to see.
    """
    from pathspec import GitIgnoreSpec

    try:
        lines = unicodedata.normalize("NFC", decode(data)).splitlines()
    except UnreadableDocument as problem:
        raise CorpusError(f"{shown(str(path))}: {problem}") from None
    patterns = tuple(_Pattern(number, line) for number, line in enumerate(lines, start=1) if line.strip() and not line.startswith("#"))
    for pattern in patterns:
        _check(path, pattern)
    return Ignore(GitIgnoreSpec.from_lines([pattern.text for pattern in patterns]), patterns)


def _check(path: Path, pattern: _Pattern) -> None:
    from pathspec import GitIgnoreSpec

    where = f"{shown(str(path))}:{pattern.line}"
    try:
        (made,) = GitIgnoreSpec.from_lines([pattern.text]).patterns
    except (ValueError, re.error) as problem:
        raise CorpusError(f"{where}: not a pattern ({problem}); see the syntax of .gitignore") from None
    if made.include is None:
        raise CorpusError(f"{where}: a pattern that fits nothing ({pattern.text}); see the syntax of .gitignore")
    names = pattern.text.split("/")
    if sum(1 for name in names if name == "**") > _STARS_OF_FOLDERS or any(_stars(name) > _STARS_IN_A_NAME for name in names):
        raise CorpusError(
            f"{where}: more than {_STARS_IN_A_NAME} stars in one name, or {_STARS_OF_FOLDERS} times **; write simpler patterns"
        )


def _stars(name: str) -> int:
    return 0 if name == "**" else len(re.findall(r"\*+", name))
