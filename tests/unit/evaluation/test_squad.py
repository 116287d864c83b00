from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pmbot.errors import QuestionSetError
from pmbot.evaluation.squad import Article, read_squad

CONTEXT = "  Rīga is the cafe\u0301 capital.\r\nIt lies on the Daugava. "


def question(text: str | None, start: int | None = None, **more: Any) -> dict[str, Any]:
    answers = [] if text is None else [{"text": text, "answer_start": CONTEXT.index(text) if start is None else start}]
    return {"id": "q1", "question": "Where?", "answers": answers, **more}


def read(path: Path, *qas: dict[str, Any], **more: Any) -> list[Article]:
    paragraphs = [{"context": "", "qas": []}, {"context": "First of all.", "qas": []}, {"context": CONTEXT, "qas": list(qas)}]
    articles = [{"title": "Rīga_(city)", "paragraphs": paragraphs}, {"title": "Rīga_(city)", "paragraphs": paragraphs[1:2]}]
    path.write_text(json.dumps({"version": "1.1", "data": articles, **more}), encoding="utf-8")
    return list(read_squad(path))


def test_an_article_is_a_document_and_an_answer_a_place_in_it(tmp_path: Path) -> None:
    article, second = read(tmp_path / "s.json", question("cafe\u0301 capital"), question("Daugava", id=7))
    document = article.document
    assert (document.doc_id, second.document.doc_id) == ("Rīga (city)", "Rīga (city) (2)")
    assert [document.excerpt(block.span)[:5] for block in document.blocks] == ["First", "Rīga "]
    places = [document.excerpt(passage.spans[0]) for truth in article.truths for passage in truth.passages]
    assert places == ["café capital", "Daugava"]
    assert [truth.id for truth in article.truths] == ["q1", "7"]
    assert {truth.group for truth in article.truths} == {document.doc_id}


def test_annotators_give_alternatives(tmp_path: Path) -> None:
    several = question("Daugava")
    several["answers"] += [{"text": "the Daugava", "answer_start": CONTEXT.index("the Daugava")}, several["answers"][0]]
    [truth] = read(tmp_path / "s.json", several)[0].truths
    assert truth.accepted == ("Daugava", "the Daugava")
    assert len(truth.passages) == 1
    assert len(truth.passages[0].spans) == 2


def test_version_2_knows_questions_without_an_answer(tmp_path: Path) -> None:
    impossible = question(None, is_impossible=True, plausible_answers=[{"text": "Daugava", "answer_start": 0}])
    [truth] = read(tmp_path / "s.json", impossible)[0].truths
    assert (truth.answerable, truth.accepted, truth.passages) == (False, (), ())


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (
            question("Daugava", 3),
            r"data\[0\]\.paragraphs\[2\]\.qas\[0\]\.answers\[0\]: 'Daugava' does not stand at character 3 .*; it stands at",
        ),
        (question("Gauja", 3), r"answers\[0\]: 'Gauja' does not stand at character 3 of its paragraph$"),
        (question("Daugava", -5), "does not stand at character -5"),
        (question(None), r"qas\[0\] \(q1\): has no answers"),
        ({"id": "q", "answers": []}, r"data\[0\]\.paragraphs\[2\]\.qas\[0\]\.question: is missing"),
        ({"id": "q", "question": 5}, r"qas\[0\]\.question: input should be a valid string"),
    ],
)
def test_what_is_wrong_and_where(tmp_path: Path, broken: dict[str, Any], problem: str) -> None:
    with pytest.raises(QuestionSetError, match=problem) as caught:
        read(tmp_path / "s.json", broken)
    assert str(caught.value).startswith(str(tmp_path / "s.json"))


def test_a_file_without_articles(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text('{"data": []}')
    with pytest.raises(QuestionSetError, match="nothing to ask"):
        list(read_squad(tmp_path / "s.json"))
