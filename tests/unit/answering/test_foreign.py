"""A question in a language that the documents do not use is told from one in theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.answering.foreign import FunctionWords, is_foreign, read_function_words
from pmbot.errors import ConfigError
from tests.fakes_answering import ANALYZER

WORDS = read_function_words(Path(__file__).parents[3] / "config" / "function-words.txt")
KNOWN = FunctionWords(frozenset("what is the of in was who did a and to on i can die so".split()), WORDS)


def foreign(text: str, occurring: tuple[str, ...] = ()) -> bool:
    return is_foreign(text, [token.norm for token in ANALYZER.tokens(text)], KNOWN, occurring.__contains__)


@pytest.mark.parametrize(
    "text",
    ["Kas ir PMNET?", "Кто президент Латвии?", "Was ist PMNET?", "Où est le siège ?", "¿Cuándo abrió la oficina?", "何ですか"],
)
def test_another_language(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize(
    "text",
    ["What is PMNET?", "Who was Emil von Behring?", "Olainfarm", "So what?", "Le Mans 1987", "Can I come on a Saturday?", "?"],
)
def test_no_other_language(text: str) -> None:
    assert not foreign(text)


def test_a_script_that_the_documents_use_is_not_foreign() -> None:
    assert not foreign("Что такое Москва?", ("москва",))


def test_words_of_the_documents_are_not_foreign() -> None:
    assert not foreign("la la lampa", ("la",))


@pytest.mark.parametrize(("text", "line"), [("lv kas\nlv ir\n", 2), ("# one\n\nlv\n", 3)])
def test_a_line_that_is_wrong_is_named(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "function-words.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=f"function-words.txt:{line}: "):
        read_function_words(path)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "function-words.txt"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ConfigError, match=r"function-words\.txt:1: is not UTF-8"):
        read_function_words(path)
