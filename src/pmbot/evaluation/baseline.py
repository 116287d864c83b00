"""Baselines: how every case came out when somebody last said that this is how it is.

A baseline is JSON lines, a header and one line per case, sorted: a change of one case is a change of one line. Cases are named by the
path of their file, from the folder of the baseline on, and their id, so that a baseline means the same wherever it is checked out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeVar

from pydantic import Field, ValidationError

from pmbot.errors import QuestionSetError
from pmbot.evaluation.results import CaseResult, Outcome, Report
from pmbot.models.base import Noun
from pmbot.rendering.sanitize import harmless_json

L = TypeVar("L", bound=Noun)
GOOD: frozenset[Outcome] = frozenset({"passed", "xfailed"})


class _Header(Noun):
    schema_: Literal["pmbot.baseline/1"] = Field(alias="schema")
    signature: str


class _Line(Noun):
    case: Annotated[str, Field(min_length=1)]
    outcome: Outcome


class Baseline(NamedTuple):
    """The outcome of each case by its name, and the signature of the run."""

    signature: str
    outcomes: Mapping[str, Outcome]


class Comparison(NamedTuple):
    """A run held against a baseline; all but `gone` in the order of the report.

    A case that the baseline does not know fails newly when it fails. `gone` names the cases that were in the baseline and are in no file
    of the run any more. `signature` is the baseline's, when it is not that of the run.
    """

    newly_failing: tuple[CaseResult, ...]
    newly_passing: tuple[CaseResult, ...]
    still_failing: tuple[CaseResult, ...]
    gone: tuple[str, ...]
    signature: str | None


def case_name(file: str, case_id: str, folder: Path) -> str:
    """Name a case for a baseline that lies in `folder`: `sets/trade.yaml#volume-2023`."""
    return f"{Path(os.path.relpath(file, folder)).as_posix()}#{case_id}"


def compare(report: Report, baseline: Baseline, folder: Path, present: Iterable[str]) -> Comparison:
    """Hold `report` against `baseline`, which lies in `folder`; `present` names all cases there are, run or not."""
    bad = [case for case in report.cases if not case.ok]
    good = [case for case in report.cases if case.ok]

    def before(case: CaseResult) -> Outcome | None:
        return baseline.outcomes.get(_name(report, case, folder))

    return Comparison(
        newly_failing=tuple(case for case in bad if (was := before(case)) is None or was in GOOD),
        newly_passing=tuple(case for case in good if (was := before(case)) is not None and was not in GOOD),
        still_failing=tuple(case for case in bad if (was := before(case)) is not None and was not in GOOD),
        gone=tuple(sorted(set(baseline.outcomes) - set(present))),
        signature=baseline.signature if baseline.signature != report.signature else None,
    )


def baseline_text(report: Report, folder: Path) -> str:
    """Write `report` as a baseline that is to lie in `folder`."""
    header = {"schema": "pmbot.baseline/1", "signature": report.signature}
    outcomes = sorted((_name(report, case, folder), case.outcome) for case in report.cases)
    lines = [header, *({"case": name, "outcome": outcome} for name, outcome in outcomes)]
    return "".join(harmless_json(json.dumps(line, ensure_ascii=False)) + "\n" for line in lines)


def parse_baseline(text: str, where: str) -> Baseline:
    """Read a baseline; `QuestionSetError` names file and line of what is wrong. `where` names the file."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise QuestionSetError(f"{where}: is empty; make a baseline with --update-baseline")
    header = _parsed(_Header, where, *lines[0])
    outcomes: dict[str, Outcome] = {}
    for number, line in lines[1:]:
        entry = _parsed(_Line, where, number, line)
        if entry.case in outcomes:
            raise QuestionSetError(
                f"{where}:{number}: {entry.case} stands twice; remove one, or make the baseline anew by --update-baseline"
            )
        outcomes[entry.case] = entry.outcome
    return Baseline(header.signature, outcomes)


def _parsed(model: type[L], where: str, number: int, line: str) -> L:
    try:
        return model.model_validate_json(line)
    except ValidationError as problems:
        first = problems.errors(include_url=False)[0]
        field = ".".join(map(str, first["loc"]))
        detail = f"{field}: {first['msg']}" if field else first["msg"]
        message = f"{where}:{number}: is no line of a baseline ({detail}); correct it, or make the baseline anew by --update-baseline"
        raise QuestionSetError(message) from None


def _name(report: Report, case: CaseResult, folder: Path) -> str:
    return case_name(report.sources[case.source].file, case.id, folder)
