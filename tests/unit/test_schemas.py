"""The schemas in docs/schema/ are what the models say."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRINTED = ("answer", "trace", "error", "receipt", "verification", "gaps", "report", "diff", "coverage")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_schemas", ROOT / "scripts" / "write_schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_they_are_current(script: ModuleType) -> None:
    assert script.stale() == [], "run scripts/write_schemas.py"


def test_they_allow_no_unknown_field(script: ModuleType) -> None:
    texts = script.schemas()
    assert sorted(texts) == sorted(f"{name}.schema.json" for name in (*PRINTED, "question-set"))
    for text in texts.values():
        schema = json.loads(text)
        assert schema["additionalProperties"] is False
        assert schema["required"]


def test_printed_records_name_their_schema(script: ModuleType) -> None:
    for name in PRINTED:
        properties = json.loads(script.schemas()[f"{name}.schema.json"])["properties"]
        assert properties["schema"]["const"] == f"pmbot.{name}/1"


def test_check_and_write(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(script, "FOLDER", tmp_path / "schema")
    assert script.main(["--check"]) == 1
    assert capsys.readouterr().err.count("run scripts/write_schemas.py") == len(PRINTED) + 1
    assert script.main([]) == 0
    assert script.main(["--check"]) == 0
    (tmp_path / "schema" / "answer.schema.json").write_text("{}", encoding="utf-8")
    assert [path.name for path in script.stale()] == ["answer.schema.json"]
