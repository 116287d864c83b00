"""`pmbot verify`: whether quotes that were given once still stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pmbot.cli.knowledge import Loader, report_skipped
from pmbot.cli.options import KnowledgeOptions, UsageError
from pmbot.rendering.sanitize import visible_line

if TYPE_CHECKING:
    from pmbot.cli.console import Console
    from pmbot.models import Receipt

HELP = """Hold receipts against the documents of today.

A receipt is the proof of an answer: `pmbot ask --json --receipt` prints one. Of every quote this tells whether it is exact (it stands
where it stood, word for word), moved (word for word at another place), altered (and shows what was edited: [-old-]{+new+}) or gone.

Ends with 1 when a quote is altered or gone, with 2 when a file is no receipt.

\b
  pmbot ask --json --receipt "How much was the trade in 2023?" > trade.json
  pmbot verify trade.json
  pmbot verify --json receipts/*.json | jq .findings
  pmbot ask --jsonl questions.jsonl --receipt | pmbot verify -
"""
_MAKE_ONE = "make one with `pmbot ask --json --receipt`"


@dataclass(frozen=True, kw_only=True)
class VerifyOptions(KnowledgeOptions):
    """The options of `pmbot verify`."""

    receipts: Annotated[
        list[str], typer.Argument(metavar="RECEIPT...", help="Files of receipts, one JSON object each or one a line; - for standard input.")
    ]
    json: Annotated[bool, typer.Option("--json", help="Print JSON, a line for each receipt.")] = False


def run(options: VerifyOptions, load: Loader, console: Console) -> int:
    """Check every receipt; 0, or 1 when a quote is altered or gone."""
    from pmbot.answering.verification import verify
    from pmbot.rendering.page import BLANK, Ink, line
    from pmbot.rendering.receipts import VerificationRecord, total, verification_page

    given = [pair for name in options.receipts for pair in _receipts(name, console)]
    knowledge = load(options.knowledge, options.config)
    report_skipped(knowledge, console)
    documents = {document.doc_id: document for document in knowledge.documents}
    checked = [(name, verify(receipt, documents)) for name, receipt in given]
    for name, verification in checked:
        if options.json:
            console.write(VerificationRecord.of(verification, name, knowledge.signature).json_text() + "\n")
        else:
            console.screen.show((*verification_page(verification, name), BLANK))
    if not options.json:
        console.screen.show((line(total(verification for _, verification in checked), Ink.NOTE),))
    return 0 if all(verification.sound for _, verification in checked) else 1


def _receipts(name: str, console: Console) -> Iterator[tuple[str, Receipt]]:
    """Every receipt of a file, with a name for it. UsageError when the file or something in it cannot be used."""
    shown = "standard input" if name == "-" else visible_line(name)
    try:
        text = (console.binary_input.read() if name == "-" else Path(name).read_bytes()).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else getattr(error, "strerror", None) or error
        raise UsageError(f"{shown}: cannot be read: {reason}") from error
    if not text.strip():
        raise UsageError(f"{shown}: is empty; {_MAKE_ONE}")
    for number, value in _values(text, shown):
        yield f"{shown}:{number}" if number else shown, _receipt(value, f"{shown}:{number}" if number else shown)


def _values(text: str, shown: str) -> Iterator[tuple[int, Any]]:
    """The JSON of a file: the whole of it (numbered 0), or that of every line, numbered from 1."""
    try:
        yield 0, json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if not isinstance(error, json.JSONDecodeError) or error.msg != "Extra data" or len(lines) < 2:
            raise UsageError(f"{shown}:{getattr(error, 'lineno', 1)}: is not JSON ({error}); {_MAKE_ONE}") from error
        for number, line in lines:
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as problem:
                raise UsageError(f"{shown}:{number}: is not JSON ({problem}); {_MAKE_ONE}") from problem


def _receipt(value: Any, where: str) -> Receipt:
    from pydantic import ValidationError

    from pmbot.rendering.receipts import ReceiptRecord

    schema = value.get("schema") if isinstance(value, dict) else None
    if schema != "pmbot.receipt/1":
        found = f"its schema is {visible_line(str(schema)[:60])}" if schema else "it has no schema"
        raise UsageError(f"{where}: is not a receipt ({found}, not pmbot.receipt/1); {_MAKE_ONE}")
    try:
        return ReceiptRecord.model_validate_json(json.dumps(value)).receipt()
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        field = visible_line(".".join(map(str, problem["loc"])))
        raise UsageError(f"{where}: {field}: {problem['msg'][:1].lower()}{problem['msg'][1:]}; {_MAKE_ONE}") from error
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error
