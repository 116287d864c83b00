"""Read a question set from its YAML file."""

from __future__ import annotations

from pathlib import Path

from pmbot.errors import QuestionSetError
from pmbot.questionset.models import QuestionSet
from pmbot.yamlfile import YamlData, read_yaml


def read_question_set(path: Path) -> QuestionSet:
    """Read the question set at `path`; `QuestionSetError` names file, line and field of everything that is wrong."""
    data = read_yaml(path, error=QuestionSetError)
    questions = data.validate(QuestionSet, error=QuestionSetError)
    _refuse_repeats(questions, data)
    return questions


def knowledge_of(questions: QuestionSet, path: Path, default: Path) -> Path:
    """Name the folder or document that the set read from `path` asks; `default` where it names none."""
    return default if questions.knowledge is None else path.parent / questions.knowledge


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
