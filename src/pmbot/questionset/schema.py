"""The JSON Schema of a question set, by which editors complete and check while somebody writes."""

from __future__ import annotations

import json

from pmbot.questionset.models import QuestionSet

SCHEMA_FILE = "question-set.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def question_set_schema() -> str:
    """The schema as JSON, with a final line feed. A set refers to it in its first line: `# yaml-language-server: $schema=…`."""
    return json.dumps({"$schema": DIALECT, **QuestionSet.model_json_schema(mode="validation")}, ensure_ascii=False, indent=2) + "\n"
