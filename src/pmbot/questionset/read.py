"""Read question sets from YAML files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pmbot.errors import QuestionSetError
from pmbot.questionset.models import QuestionCase, QuestionSet
from pmbot.yamlfile import YamlData, read_yaml

SUFFIXES = (".yaml", ".yml")
USUAL_FOLDERS = (Path("questions"), Path("tests") / "questions")


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


def read_question_file(path: Path) -> QuestionFile:
    """Do the same and keep where each case stands."""
    data = read_yaml(path, error=QuestionSetError)
    if data.data is None:
        raise QuestionSetError(f"{path}:1:1: is empty; write `cases:` and below it a list of questions (docs/question-sets.md)")
    questions = data.validate(QuestionSet, error=QuestionSetError)
    _refuse_repeats(questions, data)
    return QuestionFile(path, questions, tuple(data.places["cases", index][0] for index in range(len(questions.cases))))


def question_paths(paths: Iterable[Path]) -> tuple[Path, ...]:
    """List the files named, and those below the folders named, by name; each once, in the order of `paths`.

    Without `paths` the usual folders of the working folder are looked through. `QuestionSetError` when nothing is there.
    """
    wanted = list(paths)
    if not wanted:
        wanted = [folder for folder in USUAL_FOLDERS if folder.is_dir()][:1]
        if not wanted:
            raise QuestionSetError(
                f"no question set: neither {' nor '.join(f'{f}/' for f in USUAL_FOLDERS)} is here; name a file or a folder"
            )
    found: dict[Path, Path] = {}
    for path in wanted:
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
        yield from (Path(parent) / name for name in sorted(files) if name.endswith(SUFFIXES) and not name.startswith("."))


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
