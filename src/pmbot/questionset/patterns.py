"""Regular expressions of a question set, held to shapes that `re` matches in reasonable time.

`re` backtracks: a repeat inside a repeat can take longer than anybody waits. Such patterns are refused when the set is read, and what
is left is matched against pieces of bounded length.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 300
LONGEST_PIECE = 2_000
MOST_WIDE = 2
MOST_REPEATS = 8

_TOKEN = re.compile(r"(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:P<\w+>|[:=!]|<[=!]|[aimsux-]+:))?)", re.DOTALL)
_REPEAT = re.compile(r"(?:[*+]|\{(?P<low>\d*),(?P<high>\d*)\}|\{\d+\})[?+]?")
_NARROW = frozenset({r"\d", r"\s"})
_SMALL = 3


def safe_pattern(text: str) -> str:
    """Give `text` back when it is a regular expression that cannot run away; ValueError says what is wrong and where."""
    if len(text) > LONGEST_PATTERN:
        raise ValueError(f"is longer than {LONGEST_PATTERN} characters; write several shorter ones")
    try:
        compiled = re.compile(text)
    except re.error as problem:
        at = f" at character {problem.pos + 1}" if problem.pos is not None else ""
        raise ValueError(f"is not a regular expression: {problem.msg}{at}; a \\ before a sign takes it literally") from None
    except (OverflowError, RecursionError):
        raise ValueError("is not a regular expression that can be used: it repeats or nests too much; make it simpler") from None
    if re.search(r"\\[1-9]|\(\?P=|\(\?\(", text):
        raise ValueError("refers back to a group, which can take for ever; write what is wanted")
    if compiled.flags & re.VERBOSE:
        raise ValueError("uses the verbose form (?x), which hides repeats; write it on one line")
    _refuse_runaways(text)
    return text


def pattern_found(pattern: str, pieces: tuple[str, ...]) -> bool:
    """Whether `pattern` matches anywhere in one of the `pieces`, each looked at up to `LONGEST_PIECE` characters, letter case ignored."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return any(compiled.search(piece[:LONGEST_PIECE]) for piece in pieces)


def _refuse_runaways(text: str) -> None:
    """Walk through the pattern once; per open group remember whether something in it repeats or may be one of several."""
    groups: list[bool] = []
    wide = repeats = place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        atom, loose = token[0] if token else text[place], False
        place += len(atom)
        if token and token["open"]:
            groups.append(False)
            continue
        if atom == "|" and groups:
            groups[-1] = True
        elif atom == ")" and groups:
            loose = groups.pop()
        repeat = _REPEAT.match(text, place) if atom not in "|)^$" or atom == ")" else None
        if repeat is None:
            groups = [*groups[:-1], groups[-1] or loose] if groups else groups
            continue
        place = repeat.end()
        if loose and not _is_small(repeat):
            raise ValueError(f"repeats a group that itself repeats or has a | in it (before character {place}), which can take for ever")
        repeats += 1
        wide += atom not in _NARROW and not _is_small(repeat)
        groups = [*groups[:-1], True] if groups else groups
    if wide > MOST_WIDE or repeats > MOST_REPEATS:
        raise ValueError(f"has more than {MOST_WIDE} open repeats such as .* (or {MOST_REPEATS} of any kind); write several shorter ones")


def _is_small(repeat: re.Match[str]) -> bool:
    """Whether a repeat is bounded by a small number."""
    figures = re.findall(r"\d+", repeat[0])
    bounded = repeat[0].startswith("{") and not re.match(r"\{\d*,\}", repeat[0])
    return bounded and all(int(figure) <= _SMALL for figure in figures[-1:])
