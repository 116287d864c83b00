"""YAML → model: every configuration file, word table, front matter and question set is read here.

What is read is YAML 1.2 with the core schema (https://yaml.org/spec/1.2.2/#103-core-schema), less what nobody needs in a
settings file: `no`, `on` and dates stay text; tags, anchors, aliases, several documents in one file, `.inf` and `.nan` do
not. Duplicate keys are errors. Keys are text, whatever they look like.

Every mistake, of syntax or of content, becomes one line `file:line:column: field: what is wrong; what to do`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn, Protocol, TypeVar, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError

from pmbot.errors import PmbotError

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 20
SHOWN_PROBLEMS = 10

M = TypeVar("M", bound=BaseModel)
Path_ = tuple[str | int, ...]

_NULL = re.compile(r"(?:~|null|Null|NULL)?")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
# Digits are bounded because Python refuses to convert thousands of them; longer ones stay text.
_INT = re.compile(r"[-+]?[0-9]{1,300}")
_BASED = re.compile(r"0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,40}|[0-9]{1,40}(?:\.[0-9]{0,40})?)(?:[eE][-+]?[0-9]{1,2})?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADVICE = {
    "missing": "is missing; add it",
    "string_type": "must be text; put it in quotes",
    "model_type": "must have fields of its own, one `name: value` a line",
    "dict_type": "must have entries of its own, one `name: value` a line",
    "tuple_type": "must be a list; write [one, another]",
    "list_type": "must be a list; write [one, another]",
}


@dataclass(frozen=True)
class YamlData:
    """Parsed YAML: plain dicts, lists, str, int, float, bool and None, and where each entry stands in its file."""

    data: Any
    where: str
    places: Mapping[Path_, tuple[int, int]]

    def place(self, path: Path_) -> str:
        """`file:line:column` of the entry at `path`, or of the nearest entry around it."""
        line, column = self.places[self._known(path)]
        return f"{self.where}:{line}:{column}"

    def validate(self, model: type[M], *, error: type[PmbotError]) -> M:
        """Make `model` of the data; `error` lists the first ten problems, one a line."""
        try:
            # By way of JSON, because then strict models take lists for tuples and text for enums.
            return model.model_validate_json(json.dumps({} if self.data is None else self.data))
        except ValidationError as problems:
            items = [dict(item) for item in problems.errors(include_url=False)]
        found = list(dict.fromkeys(self._problem(item, model) for item in items if not _is_echo(item)))
        more = [f"… and {len(found) - SHOWN_PROBLEMS} more"] if len(found) > SHOWN_PROBLEMS else []
        raise error("\n".join(found[:SHOWN_PROBLEMS] + more))

    def _known(self, path: Path_) -> Path_:
        """Drop from `path` what the file does not spell out: union tags, the index of a lone item, a missing field."""
        known: Path_ = ()
        for part in path:
            if (*known, part) in self.places:
                known = (*known, part)
        return known

    def _problem(self, item: Mapping[str, Any], model: type[BaseModel]) -> str:
        path: Path_ = item["loc"]
        known = self._known(path)
        field = _field((*known, path[-1]) if item["type"] == "missing" else known)
        start = self.place(known) + (f": {field}" if field else "")
        return f"{start}: {_advice(item, _fields_at(model, path[:-1]))}"


class Parse(Protocol):
    """Makes data of text; `parse_yaml` does, and so does what remembers its results."""

    def __call__(self, text: str, /, *, error: type[PmbotError], where: str) -> YamlData:
        """Parse `text`, which came from the file `where`."""


def read_model(path: Path, model: type[M], *, error: type[PmbotError], parse: Parse | None = None) -> M:
    """Read the YAML file at `path` as a `model`; raise `error` when it cannot be read, parsed or validated."""
    return read_yaml(path, error=error, parse=parse).validate(model, error=error)


def read_yaml(path: Path, *, error: type[PmbotError], parse: Parse | None = None) -> YamlData:
    """Read the YAML file at `path` (UTF-8, with or without a BOM); raise `error` when it cannot be read or parsed."""
    return (parse or parse_yaml)(read_text(path, error=error), error=error, where=str(path))


def read_text(path: Path, *, error: type[PmbotError]) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; raise `error`, with file, line and what to do, when there is none."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror or problem}; check the path and its permissions") from problem
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        raise error(f"{path}:{line}: is not UTF-8; save the file as UTF-8") from problem


def parse_model(text: str, model: type[M], *, error: type[PmbotError], where: str, first_line: int = 1) -> M:
    """Parse `text` as a `model`; raise `error` for whatever is wrong.

    `where` names the file in messages; `first_line` is the line of that file on which `text` starts.
    An empty text stands for an empty mapping.
    """
    return parse_yaml(text, error=error, where=where, first_line=first_line).validate(model, error=error)


def parse_yaml(text: str, *, error: type[PmbotError], where: str, first_line: int = 1) -> YamlData:
    """Parse `text` without a model, for those who merge several files first; raise `error` for what is not our YAML."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    if len(text) > MAX_CHARACTERS:
        raise error(f"{where}: is longer than {MAX_CHARACTERS:,} characters; split it")
    builder = _Builder(where, first_line, error)
    try:
        return builder.document(text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        reason = " ".join(filter(None, (problem.context, problem.problem))) + "; check indentation and quotes"
        reason = "a tab stands here; indent by blanks" if "'\\t' that cannot start any token" in reason else reason
        _fail(error, where, reason, mark and (mark.line + first_line, mark.column + 1))
    except ReaderError as problem:
        before = text[: problem.position]
        place = (before.count("\n") + first_line, len(before) - before.rfind("\n"))
        _fail(error, where, f"character U+{ord(text[problem.position]):04X} is not allowed in YAML; remove it", place)
    except (YAMLError, ValueError, OverflowError) as problem:
        _fail(error, where, f"is not YAML: {problem}; check indentation and quotes", (first_line, 1))


class _Builder:
    """Turns parser events into data, so that limits hold before anything is built and places are kept."""

    def __init__(self, where: str, first_line: int, error: type[PmbotError]) -> None:
        self._where = where
        self._first_line = first_line
        self._error = error
        self._places: dict[Path_, tuple[int, int]] = {(): (first_line, 1)}
        self._events: Iterator[Any] = iter(())

    def document(self, text: str) -> YamlData:
        from ruamel.yaml import YAML

        self._events = iter(YAML(typ="safe", pure=True).parse(text))
        next(self._events)
        data: Any = None
        if _kind(next(self._events)) == "DocumentStart":
            data = self._value(next(self._events), ())
            next(self._events)
            after = next(self._events)
            if _kind(after) == "DocumentStart":
                self._refuse(after, "a second document starts; keep one document in a file")
        return YamlData(data, self._where, MappingProxyType(self._places))

    def _value(self, event: Any, path: Path_) -> Any:
        kind = _kind(event)
        if kind == "Alias" or event.anchor is not None:
            self._refuse(event, "anchors (&) and aliases (*) are not used here; write the value out, in quotes if it is text")
        if getattr(event, "ctag", None) is not None and str(event.ctag or ""):
            self._refuse(event, "tags (!) are not used here; put text that starts with ! in quotes")
        if len(path) > MAX_DEPTH:
            self._refuse(event, f"is nested more than {MAX_DEPTH} deep; make it flatter")
        if kind == "MappingStart":
            return self._mapping(path)
        if kind == "SequenceStart":
            return self._sequence(path)
        return _plain(self._text(event)) if event.implicit[0] else self._text(event)

    def _mapping(self, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while _kind(event := next(self._events)) != "MappingEnd":
            if _kind(event) != "Scalar":
                self._refuse(event, "a key must be text; put it in quotes")
            self._value(event, path)
            key = self._text(event)
            here = (*path, key)
            if key in data:
                self._refuse(event, f"{_field(here)}: stands twice, first in line {self._places[here][0]}; remove one of them")
            self._places[here] = self._place(event)
            data[key] = self._value(next(self._events), here)
        return data

    def _sequence(self, path: Path_) -> list[Any]:
        data: list[Any] = []
        while _kind(event := next(self._events)) != "SequenceEnd":
            here = (*path, len(data))
            self._places[here] = self._place(event)
            data.append(self._value(event, here))
        return data

    def _text(self, event: Any) -> str:
        value = str(event.value)
        if not value.isascii() and _SURROGATE.search(value):
            self._refuse(event, "half a character (a lone surrogate); write the whole character")
        return value

    def _place(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + self._first_line, event.start_mark.column + 1

    def _refuse(self, event: Any, message: str) -> NoReturn:
        _fail(self._error, self._where, message, self._place(event))


def _kind(event: Any) -> str:
    return type(event).__name__.removesuffix("Event")


def _fail(error: type[PmbotError], where: str, message: str, place: tuple[int, int] | None) -> NoReturn:
    start = f"{where}:{place[0]}:{place[1]}" if place else where
    raise error(f"{start}: {message}")


def _plain(text: str) -> str | int | float | bool | None:
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text) or _FALSE.fullmatch(text):
        return text[0] in "tT"
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def _field(path: Path_) -> str:
    """`cases[2].cites.text`: how a person writes a place in a tree."""
    return _printable("".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix("."))


def _printable(text: str) -> str:
    """`text` fit for a terminal, and not too long for a message."""
    text = text if len(text) <= 60 else f"{text[:57]}…"
    return text if text.isprintable() else ascii(text)[1:-1]


def _is_echo(item: Mapping[str, Any]) -> bool:
    """Whether this calls a list too short only because its items, reported on their own, were left out."""
    return item["type"] == "too_short" and len(item["input"]) >= int(item["ctx"]["min_length"])


def _advice(item: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    kind, message = item["type"], str(item["msg"])
    if kind == "extra_forbidden":
        return f"is not a known field; {_nearest(str(item['loc'][-1]), fields)}"
    if kind in _ADVICE:
        return _ADVICE[kind]
    if kind in {"value_error", "assertion_error"}:
        return message.partition(", ")[2]
    if kind == "too_short":
        return f"needs at least {item['ctx']['min_length']}; add what is missing"
    wanted = message.removeprefix("Input ")
    return f"{wanted[:1].lower()}{wanted[1:]}, not {_printable(json.dumps(item['input'], ensure_ascii=False, default=str))}"


def _nearest(name: str, fields: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process

    if not fields:
        return "remove it"
    match = process.extractOne(name, fields, scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean {match[0]!r}?" if match else f"known are {', '.join(fields)}"


def _fields_at(model: type[BaseModel], path: Path_) -> tuple[str, ...]:
    """List the fields of the model that stands at `path` below `model`; empty where none does."""
    here: Any = model
    for part in ("root", *path) if issubclass(model, RootModel) else path:
        found = _model_in(here)
        if isinstance(part, int) or get_origin(here) in {dict, Mapping}:
            here = found
        else:
            field = found.model_fields.get(part) if found else None
            here = field.annotation if field else None
    found = _model_in(here)
    return tuple(found.model_fields) if found else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Find the first model named anywhere in `annotation`."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation if issubclass(annotation, BaseModel) else None
    return next(filter(None, map(_model_in, get_args(annotation))), None)
