from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pmbot.errors import QuestionSetError
from pmbot.evaluation.judged import judge
from pmbot.evaluation.trec import qrels_lines, run_lines, write_trec
from tests.fakes_report import FIRST, SECOND, make_answer, make_document, make_judged, make_truth, ranked


def test_run_and_judgements(tmp_path: Path) -> None:
    run, qrels = write_trec(tmp_path / "new" / "folder", [make_judged("a b", 0.9, right=False), make_judged("n", 0.5, answerable=False)])
    end = len(FIRST)
    assert run.read_text().splitlines() == [
        f"a_b Q0 d.txt:{end + 1}-{end + 1 + len(SECOND)} 1 1.0 pmbot",
        f"a_b Q0 d.txt:0-{end} 2 0.5 pmbot",
    ]
    assert qrels.read_text().splitlines() == [f"a_b 0 d.txt:0-{end} 1"]


def test_what_was_not_ranked_is_judged_all_the_same() -> None:
    document = make_document(FIRST, SECOND)
    found = judge(make_truth(document, "q", FIRST, SECOND), make_answer(document), ranked(document, SECOND))
    assert len(list(qrels_lines([found]))) == 2


def test_ties_keep_their_order() -> None:
    """trec_eval sorts by score and would break a tie by name."""
    tied = replace(make_judged("q", 0.9), scores=(1.0, 1.0))
    first, second = (float(line.split()[4]) for line in run_lines([tied]))
    assert first == 1.0
    assert second < first


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(QuestionSetError, match="cannot be written"):
        write_trec(tmp_path / "file", [])
