from __future__ import annotations

import json
from pathlib import Path

import pytest

from pmbot.cli.options import UsageError
from pmbot.cli.squad import SquadRun, run_squad
from pmbot.errors import QuestionSetError
from tests.fakes_api import make_console

FERRY = "The ferry to Hollen cost 12 euros in 2004. It sailed twice a day."
YARD = "Helena Voss led the shipyard from 1950 to 1971. Its gates are closed now."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    def asked(name: str, question: str, context: str, answer: str | None) -> dict[str, object]:
        marked = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
        return {"id": name, "question": question, "answers": marked, "is_impossible": answer is None}

    ferry = [
        asked("cost", "How much did the ferry to Hollen cost in 2004?", FERRY, "12 euros"),
        asked("king", "Who is the king?", FERRY, None),
    ]
    yard = [asked("led", "Who led the shipyard from 1950?", YARD, "Helena Voss")]
    data = [
        {"title": title, "paragraphs": [{"context": context, "qas": qas}]}
        for title, context, qas in (("Shipyard", YARD, yard), ("Ferry", FERRY, ferry))
    ]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"version": "v2.0", "data": data}), encoding="utf-8")
    return path


@pytest.mark.parametrize("corpus", [False, True])
def test_the_table(file: Path, corpus: bool) -> None:
    console = make_console()
    assert run_squad(SquadRun(paths=[file], corpus=corpus), console) == 0
    shown = console.stdout.getvalue()  # type: ignore[attr-defined]
    assert shown.startswith(f"3 questions on 2 articles, {'all as one corpus' if corpus else 'each its own document'}\n")
    assert "hit@1" in shown
    assert "SQuAD 2.0 F1" in shown


def test_json_and_trec(file: Path, tmp_path: Path) -> None:
    console = make_console()
    assert run_squad(SquadRun(paths=[file], json=True, limit=1, trec=tmp_path / "trec"), console) == 0
    found = json.loads(console.stdout.getvalue())  # type: ignore[attr-defined]
    assert (found["questions"], found["articles"]) == (2, 2)
    figures = {measure["name"]: measure["value"] for measure in found["measures"]}
    assert figures["hit@1"] == 1.0
    assert {line.split()[0] for line in (tmp_path / "trec" / "pmbot.qrels").read_text().splitlines()} == {"cost", "led"}


def test_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs the file"):
        run_squad(SquadRun(paths=[]), make_console())
    (tmp_path / "f.json").write_text('{"data": [{"title": "A"}]}')
    with pytest.raises(QuestionSetError, match=r"f\.json: data\[0\]\.paragraphs: is missing"):
        run_squad(SquadRun(paths=[tmp_path / "f.json"]), make_console())
