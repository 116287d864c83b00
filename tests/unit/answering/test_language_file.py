from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.answering.language import ENGLISH
from pmbot.answering.language_file import language_of, read_lists
from pmbot.config import packaged_folder
from pmbot.errors import ConfigError
from pmbot.models import QuestionType

SHIPPED = sorted(packaged_folder().glob("language.*.txt"))


def written(folder: Path, text: str) -> Path:
    path = folder / "language.xx.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_english_is_built_in() -> None:
    assert language_of("en", None) is ENGLISH
    assert ENGLISH.is_english


def test_a_list_may_be_written_in_several_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "# words\nmonths: uno,  dos tres # two\n\nmonths: cuatro*\nsign.%: por\n")
    assert read_lists(path) == {"months": ("uno", "dos tres", "cuatro*"), "sign.%": ("por",)}
    assert language_of("xx", path).signs == {"%": "por"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("months uno", "2: a line reads 'name: word, word'; found 'months uno'"),
        ("months: ,", "2: a line reads"),
        ("moons: uno", "2: 'moons' is no list that is used; the lists are .*months"),
        ("sign.x: uno", "2: 'sign.x' is no list"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ConfigError, match=rf"language\.xx\.txt:{message}"):
        read_lists(written(tmp_path, f"# words\n{line}\n"))


def test_a_language_without_a_file_knows_no_words() -> None:
    language = language_of("fi", None)
    assert not language.is_english
    assert language.asking is not None
    assert language.asking(["kuka", "johtaa", "seuraa"], lambda _: False) == (QuestionType.KEYWORD, None, ())
    assert "kuka" not in language.question_words
    assert language.cues.because_told.search("koska satoi") is None


def test_nouns_have_capitals_in_german_alone() -> None:
    assert language_of("de", None).capital_nouns
    assert not language_of("fi", None).capital_nouns


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_our_files_fill_every_list_that_questions_stand_on(path: Path) -> None:
    lists = read_lists(path)
    needed = (
        "ask.when",
        "ask.who",
        "ask.why",
        "ask.how_many",
        "ask.price",
        "ask.percent",
        "ask.duration",
        "ask.where",
        "months",
        "numbers",
    )
    assert [name for name in needed if name not in lists] == []
    assert len(lists["months"]) >= 12
    assert [name for name, words in lists.items() if len(words) != len(set(words))] == []
