"""Read question sets from YAML files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pmbot.errors import QuestionSetError
from pmbot.questionset.models import QuestionCase, QuestionSet
from pmbot.yamlfile import Parse, YamlData, read_yaml

SUFFIXES = (".yaml", ".yml")
USUAL = Path("questions")
SECOND = Path("tests") / "questions"


class QuestionFile(NamedTuple):
    """A question set and where it was read: `lines[n]` is the line on which `questions.cases[n]` starts."""

    path: Path
    questions: QuestionSet
    lines: tuple[int, ...]

    @property
    def places(self) -> Iterator[tuple[QuestionCase, str]]:
        """Every case with its `file:line`."""
        return ((case, f"{self.path}:{line}") for case, line in zip(self.questions.cases, self.lines, strict=True))


def read_question_set(path: Path) -> QuestionSet:
    """Read the question set at `path`; `QuestionSetError` names file, line and field of everything that is wrong."""
    return read_question_file(path).questions


def read_question_file(path: Path, parse: Parse | None = None) -> QuestionFile:
    """Do the same and keep where each case stands; `parse` parses in the place of `parse_yaml`."""
    data = read_yaml(path, error=QuestionSetError, parse=parse)
    if data.data is None:
        raise QuestionSetError(f"{path}:1:1: is empty; write `cases:` and below it a list of questions (docs/question-sets.md)")
    questions = data.validate(QuestionSet, error=QuestionSetError)
    _refuse_repeats(questions, data)
    return QuestionFile(path, questions, tuple(data.places["cases", index][0] for index in range(len(questions.cases))))


def usual_place(configured: Path = USUAL) -> Path:
    """The folder or file of question sets that is meant when none is named: the `configured` one.

    Where that is the default and not there, tests/questions is; `QuestionSetError` when that is not there either.
    """
    if configured.exists():
        return configured
    if configured != USUAL:
        raise QuestionSetError(f"{configured}: there are no question sets; correct the setting `questions`, or name a file or a folder")
    if SECOND.is_dir():
        return SECOND
    raise QuestionSetError(f"no question set: neither {USUAL}/ nor {SECOND}/ is here; name a file or a folder")


def saved_file(configured: Path = USUAL) -> Path:
    """Where a case goes for which no file is named: `saved.yaml` among the usual question sets, or the one usual file.

    A new folder is begun only where there is none: it would hide the sets that there are.
    """
    if configured.suffix in SUFFIXES:
        return configured
    folder = SECOND if configured == USUAL and not USUAL.exists() and SECOND.is_dir() else configured
    return folder / "saved.yaml"


def usual_paths(place: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The question sets that `place`, the usual one, stands for, and its sub-folders that hold some more.

    Those are for sets that are long, or that are looked at on purpose alone: they are asked when they are named.
    """
    if not place.is_dir():
        return (place,), ()
    files, folders = _sets_in(place), _folders_in(place)
    others = tuple(folder for folder in folders if next(_files_below(folder), None) is not None)
    if not files:
        hint = f"name its sub-folders, or {place} for all of them" if others else "they are files named *.yaml"
        raise QuestionSetError(f"{place}: holds no question set; {hint}")
    return files, others


def question_paths(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List the files named, and those below the folders named, by name; each once, in the order of `paths`.

    `QuestionSetError` when a folder holds none.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        files = list(_files_below(path)) if path.is_dir() else [path]
        if not files:
            raise QuestionSetError(f"{path}: holds no question set; they are files named *.yaml")
        for file in files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def knowledge_of(questions: QuestionSet, path: Path, default: Path) -> Path:
    """Name the folder or document that the set read from `path` asks; `default` where it names none."""
    return default if questions.knowledge is None else path.parent / questions.knowledge


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / name for name in sorted(files) if _is_set(name))


def _sets_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.iterdir() if _is_set(path.name) and path.is_file()))


def _folders_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_dir() and not path.is_symlink()))


def _is_set(name: str) -> bool:
    return name.endswith(SUFFIXES) and not name.startswith(".")


def _refuse_repeats(questions: QuestionSet, data: YamlData) -> None:
    first: dict[str, int] = {}
    repeats = []
    for index, case in enumerate(questions.cases):
        if first.setdefault(case.id, index) != index:
            earlier = data.places["cases", first[case.id], "id"][0]
            place = data.place(("cases", index, "id"))
            repeats.append(f"{place}: cases[{index}].id: {case.id!r} is also the id of the case in line {earlier}; choose another")
    if repeats:
        raise QuestionSetError("\n".join(repeats))
