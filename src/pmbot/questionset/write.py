"""Add a case to a question set. What stands in the file stays as it is, byte for byte: the case is put behind the last one.

No YAML is rewritten, because no library that rewrites it keeps every comment, blank and quotation mark. The result is read back before
it takes the place of the file.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from pmbot.errors import QuestionSetError
from pmbot.questionset.models import Abstention, QuestionCase, QuestionSet, Turn
from pmbot.questionset.read import read_question_file
from pmbot.rendering.sanitize import harmless_json
from pmbot.text.normalize import fold
from pmbot.yamlfile import YamlData, parse_yaml

"""Where cases go when nobody says where."""

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:[./-][A-Za-z0-9_]+)*")
_NOT_TEXT = frozenset({"null", "true", "false"})
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n]|$)")  # the line ends of YAML 1.2, and no others
_ID_LENGTH = 48
_WIDTH = 132


class Added(NamedTuple):
    """Where a case was written: `line` is the one its `- id:` stands on."""

    path: Path
    line: int
    id: str


def add_case(path: Path, case: QuestionCase, *, knowledge: str | None = None) -> Added:
    """Add `case` to the question set at `path`, made when it is not there; `knowledge` is what a new set asks, from the file on.

    QuestionSetError when the file is no question set, has the id or the question already, or cannot be written.
    """
    return add_cases(path, (([], case),), knowledge=knowledge)[0]


def add_cases(path: Path, cases: Iterable[tuple[Sequence[str], QuestionCase]], *, knowledge: str | None = None) -> tuple[Added, ...]:
    """Add several cases, each with the lines of a comment that stands above it; all of them or none.

    The comments must be free of control characters (`sanitize.visible_line`).
    """
    given = list(cases)
    old = _read(path) if path.exists() else ""
    existing = _existing(path) if old.strip() else None
    for _, case in given:
        _refuse_repeat(path, existing, case)
    new = _inserted(old, path, given) if existing else _fresh(given, knowledge)
    wanted = (*(existing.cases if existing else ()), *(case for _, case in given))
    lines = _published(path, new, wanted)
    return tuple(Added(path, line, case.id) for line, (_, case) in zip(lines[len(lines) - len(given) :], given, strict=True))


def case_id(words: Iterable[str], taken: Collection[str], fallback: str) -> str:
    """Make an id of the words of a question that is not `taken`; of `fallback` when no word can be written in small letters and digits."""
    parts = [part for word in words for part in re.split(r"[^a-z0-9]+", fold(word)) if part]
    name = ""
    for part in dict.fromkeys(parts):
        if name and len(name) + 1 + len(part) > _ID_LENGTH:
            break
        name = f"{name}-{part}" if name else part[:_ID_LENGTH]
    name = name or f"case-{fallback}"
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(other for other in numbered if other not in taken)


def ids_in(path: Path) -> frozenset[str]:
    """The ids of the set at `path`; none when there is no file yet. QuestionSetError when it is wrong."""
    if not path.exists() or not _read(path).strip():
        return frozenset()
    return frozenset(case.id for case in _existing(path).cases)


def asked_in(path: Path) -> frozenset[tuple[str, ...]]:
    """The questions of each case of the set at `path`, in order; none when there is no file yet. QuestionSetError when it is wrong."""
    if not path.exists() or not _read(path).strip():
        return frozenset()
    return frozenset(tuple(turn.question for turn in case.conversation) for case in _existing(path).cases)


def case_yaml(case: QuestionCase, indent: int = 2) -> str:
    """Write `case` as an item of a list of cases, `indent` blanks in."""
    lines = list(_fields(case, ("id", "question", "turns", "tags", "language", "xfail")))
    margin = " " * indent
    return "".join(f"{margin}{'- ' if number == 0 else '  '}{line}\n" for number, line in enumerate(lines))


def _fields(entry: BaseModel, first: Sequence[str]) -> Iterator[str]:
    """The lines of an entry: those fields first, then the checks; what has its default is left out."""
    rest = [name for name in type(entry).model_fields if name not in first and name != "turns"]
    names = [name for name in first if name in type(entry).model_fields and name != "turns"] + rest
    for name in names:
        value, default = getattr(entry, name), type(entry).model_fields[name].get_default()
        if value != default:
            yield from _field(name, value)
    turns: tuple[Turn, ...] = getattr(entry, "turns", ())
    if turns:
        yield "turns:"
    for turn in turns:
        for number, line in enumerate(_fields(turn, ("question",))):
            yield f"  {'- ' if number == 0 else '  '}{line}"


def _field(name: str, value: Any) -> Iterator[str]:
    flat = f"{name}: {_flow(value[0] if _is_lone_entry(value) else value)}"
    if len(flat) <= _WIDTH or not isinstance(value, tuple) or len(value) == 1:
        yield flat
        return
    yield f"{name}:"
    for item in value:
        yield f"  - {_flow(item)}"


def _is_lone_entry(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], BaseModel)


def _flow(value: Any) -> str:
    """Write a value on one line."""
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        inside = ", ".join(f"{name}: {_flow(item)}" for name, item in fields.items() if item not in (None, ()))
        return f"{{{inside}}}" if inside or not isinstance(value, Abstention) else "true"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return quoted(value) if isinstance(value, str) else str(value)


def quoted(text: str) -> str:
    """Write text so that YAML reads it as that text: bare where it is a plain name, else in double quotes."""
    import json

    if _BARE.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    escaped = harmless_json(json.dumps(text, ensure_ascii=False))
    return escaped.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")  # which YAML allows as escapes alone


def _fresh(given: Sequence[tuple[Sequence[str], QuestionCase]], knowledge: str | None) -> str:
    head = f"knowledge: {quoted(knowledge)}\n" if knowledge is not None else ""
    return f"{head}cases:\n{_items(given, 2)}"


def _items(given: Iterable[tuple[Sequence[str], QuestionCase]], indent: int) -> str:
    margin = " " * indent
    return "".join("".join(f"{margin}# {line}\n" for line in comment) + case_yaml(case, indent) for comment, case in given)


def _inserted(text: str, path: Path, given: Sequence[tuple[Sequence[str], QuestionCase]]) -> str:
    data = parse_yaml(text.removeprefix("\ufeff"), error=QuestionSetError, where=str(path))
    lines = [line for line in _LINE.findall(text) if line]
    indent = _indent(data, lines)
    if indent is None:
        row, column = data.places["cases", 0]
        advice = "write `cases:` as a list with one `- id: …` below the other, so that a case can be added"
        raise QuestionSetError(f"{path}:{row}:{column}: {advice}")
    at = _end_of_cases(data, lines)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    before, after = "".join(lines[:at]), "".join(lines[at:])
    before += ending if before and not before.endswith(("\n", "\r")) else ""
    return before + _items(given, indent).replace("\n", ending) + after


def _indent(data: YamlData, lines: Sequence[str]) -> int | None:
    """The blanks before the dash of the first case; None when the cases are no list of dashes."""
    row, column = data.places["cases", 0]
    before = lines[row - 1][: column - 1].rstrip(" ")
    for line in [before, *(line.partition("#")[0].rstrip() for line in reversed(lines[data.places["cases",][0] : row - 1]))]:
        if line.strip() == "-":
            return line.index("-")
        if line.strip():
            return None
    return None


def _end_of_cases(data: YamlData, lines: Sequence[str]) -> int:
    """The number of lines up to and with the last case, and what is written behind it there."""
    start = data.places["cases",][0]
    later = [row for key, (row, _) in data.places.items() if len(key) == 1 and row > start]
    later += [number for number, line in enumerate(lines, 1) if number > start and line.rstrip() in {"...", "---"}]
    if not later:
        return len(lines)
    end = min(later) - 1
    # Comments and blank lines above the next key are about that key.
    while end > start and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _existing(path: Path) -> QuestionSet:
    return read_question_file(path).questions


def _refuse_repeat(path: Path, existing: QuestionSet | None, case: QuestionCase) -> None:
    asked = tuple(turn.question for turn in case.conversation)
    for other in existing.cases if existing else ():
        if other.id == case.id:
            raise QuestionSetError(f"{path}: there is a case {case.id} already; choose another id")
        if tuple(turn.question for turn in other.conversation) == asked:
            raise QuestionSetError(f"{path}: the case {other.id} asks this already; edit it there")


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be read: {error.strerror or error}; check the path and its permissions") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{path}: is not UTF-8; save the file as UTF-8") from error


def _published(path: Path, text: str, wanted: Sequence[QuestionCase]) -> tuple[int, ...]:
    """Write beside the file, read back, and put in its place; returns the line of each case."""
    target = path.resolve()  # a symbolic link stays one
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        lines = _read_back(temporary, path, wanted)
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise QuestionSetError(f"{path}: cannot be written: {error.strerror or error}; name another file") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return lines


def _read_back(temporary: Path, path: Path, wanted: Sequence[QuestionCase]) -> tuple[int, ...]:
    """The lines of the cases as they were written; QuestionSetError, and nothing is changed, unless they are those `wanted`."""
    read = read_question_file(temporary)
    if read.questions.cases != tuple(wanted):
        raise QuestionSetError(f"{path}: a case cannot be added by machine to a file of this form; add it by hand")
    return read.lines
