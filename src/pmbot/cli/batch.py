"""`pmbot ask --jsonl`: a line of JSON in, a line of JSON out, in order, to the end."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, ValidationError

from pmbot.answering.receipt import prove, receipt
from pmbot.cli.knowledge import CliKnowledge, Loader, check_document, report_skipped
from pmbot.cli.options import AskOptions, UsageError
from pmbot.errors import PmbotError
from pmbot.rendering.receipts import ReceiptRecord
from pmbot.rendering.records import AnswerRecord, ErrorRecord, Record, RecordId, TraceRecord
from pmbot.rendering.sanitize import well_formed

if TYPE_CHECKING:
    from pmbot.cli.console import Console


_PROBLEMS = 5
_ADVICE = {
    "missing": "is missing",
    "string_type": "must be text",
    "tuple_type": "must be a list of texts",
    "extra_forbidden": "is not a known field; known are id, question, history, doc_id",
}


class BatchLineError(PmbotError):
    """A line of a batch is not a question."""


class BatchLine(BaseModel):
    """One question of a batch. Fields that are not known are errors, so that a misspelt one does not pass unseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: StrictStr | StrictInt | None = None
    question: StrictStr
    history: tuple[StrictStr, ...] = ()
    doc_id: StrictStr | None = None


def run_batch(options: AskOptions, load: Loader, console: Console) -> int:
    """Answer every line; 1 when one failed or, with --fail-on-abstain, was not answered; else 0."""
    with _opened(options.jsonl or "-", console) as source:
        knowledge = load(options.knowledge, options.config)
        report_skipped(knowledge, console)
        check_document(knowledge, options.doc)
        failed = abstained = total = 0
        for number, raw in enumerate(source, start=1):
            if not raw.strip():
                continue
            record = _record(raw, number, options, knowledge)
            console.write(record.json_text() + "\n")
            total += 1
            failed += isinstance(record, ErrorRecord)
            abstained += not _answered(record)
    if failed:
        console.complain(f"{failed} of {total} lines failed; their errors stand in the output")
    return 1 if failed or (abstained and options.fail_on_abstain) else 0


@contextlib.contextmanager
def _opened(name: str, console: Console) -> Iterator[BinaryIO]:
    if name == "-":
        yield console.binary_input
        return
    try:
        source = open(name, "rb")  # noqa: PTH123, SIM115 - the name may be any path, and closing is below
    except (OSError, ValueError) as error:
        raise UsageError(f"--jsonl {name}: {getattr(error, 'strerror', None) or error}") from error
    with source:
        yield source


def _record(raw: bytes, number: int, options: AskOptions, knowledge: CliKnowledge) -> Record:
    given: Any = None
    try:
        given = _parsed(raw, number)
        asked = _validated(given, number)
        doc_id = asked.doc_id or options.doc
        check_document(knowledge, asked.doc_id)
        history = tuple(well_formed(earlier) for earlier in asked.history)
        trace = knowledge.trace(well_formed(asked.question), history=history, doc_id=doc_id)
        prove(trace.answer, knowledge.document)
        if options.receipt:
            return ReceiptRecord.of(receipt(trace.answer, knowledge.document))
    except PmbotError as error:
        return ErrorRecord.of(error, _id(given))
    return TraceRecord.of(trace, asked.id) if options.trace else AnswerRecord.of(trace.answer, asked.id)


def _parsed(raw: bytes, number: int) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise BatchLineError(f"line {number}: not UTF-8 (byte {error.start + 1}); save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise BatchLineError(f"line {number}, column {error.colno}: not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise BatchLineError(f"line {number}: not JSON that can be read: {error}") from error


def _validated(given: Any, number: int) -> BatchLine:
    if not isinstance(given, dict):
        raise BatchLineError(f'line {number}: an object is wanted: {{"id": …, "question": …}}')
    try:
        return BatchLine.model_validate(given)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[:_PROBLEMS]
        problems = dict.fromkeys(_problem(problem["loc"], problem["type"], problem["msg"]) for problem in found)
        raise BatchLineError(f"line {number}: {'; '.join(problems)}") from error


def _problem(place: tuple[int | str, ...], kind: str, message: str) -> str:
    if place[0] == "id":  # its two types are told apart by one more part of the place
        return "id: must be text or a whole number"
    return f"{'.'.join(map(str, place))}: {_ADVICE.get(kind, message)}"


def _id(given: Any) -> RecordId | None:
    found = given.get("id") if isinstance(given, dict) else None
    return found if isinstance(found, str | int) and not isinstance(found, bool) else None


def _answered(record: Record) -> bool:
    if isinstance(record, ReceiptRecord):
        return record.status == "answered"
    answer = record.answer if isinstance(record, TraceRecord) else record
    return isinstance(answer, AnswerRecord) and answer.answered
