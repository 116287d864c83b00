#!/usr/bin/env python3
"""Write the JSON Schemas of what pmbot prints, and of a question set, from the models into docs/schema/.

With --check nothing is written: exit code 1 and a list on standard error when a schema is not what the models say.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pmbot.evaluation.reports.json import CoverageRecord, DiffRecord, ReportRecord
from pmbot.interfaces.gaps import GapsRecord
from pmbot.questionset.schema import DIALECT, SCHEMA_FILE, question_set_schema
from pmbot.rendering.receipts import ReceiptRecord, VerificationRecord
from pmbot.rendering.records import AnswerRecord, ErrorRecord, TraceRecord

if TYPE_CHECKING:
    from pydantic import BaseModel

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "schema"


def schemas() -> Mapping[str, str]:
    """Give the text of each schema by file name."""
    printed: dict[str, type[BaseModel]] = {"answer": AnswerRecord, "trace": TraceRecord, "error": ErrorRecord}
    printed |= {"receipt": ReceiptRecord, "verification": VerificationRecord, "gaps": GapsRecord}
    printed |= {"report": ReportRecord, "diff": DiffRecord, "coverage": CoverageRecord}
    texts = {f"{name}.schema.json": _text(model.model_json_schema(mode="serialization")) for name, model in printed.items()}
    texts[SCHEMA_FILE] = question_set_schema()
    return texts


def _text(schema: Mapping[str, object]) -> str:
    return json.dumps({"$schema": DIALECT, **schema}, ensure_ascii=False, indent=2) + "\n"


def stale() -> list[Path]:
    """List the files that are missing or differ from the models."""
    paths = {FOLDER / name: text for name, text in schemas().items()}
    return [path for path, text in paths.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check; the result is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what is not up to date")
    if parser.parse_args(arguments).check:
        old = stale()
        for path in old:
            print(f"{path}: is not what the models say; run scripts/write_schemas.py", file=sys.stderr)
        return 1 if old else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
