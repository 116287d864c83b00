from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.errors import QuestionSetError
from pmbot.questionset import QuestionSet, knowledge_of, question_paths, read_question_file, read_question_set
from pmbot.questionset.read import saved_file, usual_paths, usual_place

GOOD = """\
cases:
  - id: trade
    question: "How much?"
    tags: [money]
    answer: €130 million
    cites: {document: pmnet.txt, text: "reaching €130 million in 2023"}
  - id: talk
    turns:
      - question: Who led it?
        contains: [Edgars]
      - question: "And no?"
        abstains: {missing: France}
"""


def read(folder: Path, text: str) -> QuestionSet:
    path = folder / "set.yaml"
    path.write_text(text, encoding="utf-8")
    return read_question_set(path)


def problem(folder: Path, text: str) -> str:
    with pytest.raises(QuestionSetError) as caught:
        read(folder, text)
    return str(caught.value).replace(f"{folder}/", "")


def test_a_set(tmp_path: Path) -> None:
    trade, talk = read(tmp_path, GOOD).cases
    assert trade.answer == ("€130 million",)
    assert trade.cites[0].text == "reaching €130 million in 2023"
    assert talk.turns[1].abstains is not None
    assert talk.turns[1].abstains.missing == ("France",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            GOOD + GOOD.removeprefix("cases:\n"),
            "set.yaml:13:5: cases[2].id: 'trade' is also the id of the case in line 2; choose another\n"
            "set.yaml:18:5: cases[3].id: 'talk' is also the id of the case in line 7; choose another",
        ),
        (
            "cases:\n  - id: a\n    question: q\n",
            "set.yaml:2:5: cases[0]: checks nothing; add answer, contains, cites, abstains or another check "
            "(docs/question-sets.md lists them)",
        ),
        (
            "cases:\n  - id: a\n    question: q\n    anwser: x\n",
            "set.yaml:4:5: cases[0].anwser: is not a known field; did you mean 'answer'?",
        ),
        (
            "cases:\n  - id: a\n    question: q\n    cites: {document: d, txt: t}\n",
            "set.yaml:4:5: cases[0].cites.text: is missing; add it\n"
            "set.yaml:4:26: cases[0].cites.txt: is not a known field; did you mean 'text'?",
        ),
        (
            "cases:\n  - id: a\n    question: q\n    contains: [2023]\n",
            "set.yaml:4:16: cases[0].contains[0]: must be text; put it in quotes",
        ),
        (
            "cases:\n  - id: a\n    question: q\n    abstains: false\n",
            "set.yaml:4:5: cases[0].abstains: "
            "leave it out where the documents do answer; a case abstains or it has other checks",
        ),
        (
            "cases:\n  - id: a\n    question: q\n    abstains: {because: x}\n",
            "set.yaml:4:16: cases[0].abstains.because: is not a known field; known are reason, missing",
        ),
        ("", "set.yaml:1:1: is empty; write `cases:` and below it a list of questions (docs/question-sets.md)"),
        ("cases: []", "set.yaml:1:1: cases: needs at least 1; add what is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_and_where(tmp_path: Path, text: str, message: str) -> None:
    assert problem(tmp_path, text) == message


def test_which_knowledge_a_set_asks(tmp_path: Path) -> None:
    path = tmp_path / "sets" / "s.yaml"
    plain = read(tmp_path, GOOD)
    assert knowledge_of(plain, path, Path("knowledge")) == Path("knowledge")
    named = read(tmp_path, "knowledge: other/doc.md\n" + GOOD)
    assert knowledge_of(named, path, Path("knowledge")) == tmp_path / "sets" / "other" / "doc.md"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="cannot be read"):
        read_question_set(tmp_path / "none.yaml")


def test_a_file_knows_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("# a comment\n\n" + GOOD, encoding="utf-8")
    assert [(case.id, place) for case, place in read_question_file(path).places] == [("trade", f"{path}:4"), ("talk", f"{path}:9")]


def test_folders_are_looked_through_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "sub/c.yaml", ".hidden/d.yaml", ".e.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in question_paths([tmp_path / "b.yaml", tmp_path])]
    assert found == ["b.yaml", "a.yml", "sub/c.yaml"]


def test_the_usual_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QuestionSetError, match=r"neither questions/ nor tests/questions/ is here; name a file or a folder"):
        usual_place()
    assert saved_file() == Path("questions/saved.yaml")
    (tmp_path / "tests" / "questions").mkdir(parents=True)
    assert saved_file() == Path("tests/questions/saved.yaml")
    with pytest.raises(QuestionSetError, match="holds no question set; they are files named"):
        usual_paths(usual_place())
    (tmp_path / "tests" / "questions" / "a.yaml").touch()
    assert usual_paths(usual_place()) == ((Path("tests/questions/a.yaml"),), ())
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "b.yaml").touch()
    assert usual_paths(usual_place()) == ((Path("questions/b.yaml"),), ())
    assert saved_file() == Path("questions/saved.yaml")


def test_the_configured_place(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="correct the setting `questions`"):
        usual_place(tmp_path / "gone")
    alone = tmp_path / "one.yaml"
    alone.touch()
    assert usual_paths(usual_place(alone)) == ((alone,), ())
    assert saved_file(alone) == alone
    assert saved_file(tmp_path) == tmp_path / "saved.yaml"


def test_sub_folders_are_asked_when_they_are_named(tmp_path: Path) -> None:
    for name in ("held/deep/a.yaml", ".git/b.yaml", "documents/c.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    with pytest.raises(QuestionSetError, match=r"holds no question set; name its sub-folders, or .* for all of them"):
        usual_paths(tmp_path)
    (tmp_path / "d.yaml").touch()
    assert usual_paths(tmp_path) == ((tmp_path / "d.yaml",), (tmp_path / "held",))
    assert question_paths([tmp_path]) == (tmp_path / "d.yaml", tmp_path / "held/deep/a.yaml")
