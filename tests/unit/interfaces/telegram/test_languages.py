"""Numbers in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmbot.interfaces.telegram.commands import command_table
from pmbot.interfaces.telegram.languages import counted, documents_total, form_of
from pmbot.interfaces.telegram.texts import TextBook, read_texts
from tests.fakes_api import FakeKnowledge

CONFIG = Path(__file__).parents[4] / "config"


@pytest.fixture(scope="module")
def book() -> TextBook:
    return read_texts({language: CONFIG / f"telegram.{language}.yaml" for language in ("en", "lv")}, tuple(command_table()))


def test_latvian_forms_are_those_of_cldr() -> None:
    zero = [0, 10, 11, 12, 19, 20, 30, 111, 1000]
    one = [1, 21, 31, 101, 1001]
    other = [2, 9, 22, 29, 102]
    assert {form_of("lv", number) for number in zero} == {"zero"}
    assert {form_of("lv", number) for number in one} == {"one"}
    assert {form_of("lv", number) for number in other} == {"other"}


def test_english_forms() -> None:
    assert [form_of("en", number) for number in (0, 1, 2, 11, 21)] == ["zero", "one", "other", "other", "other"]


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 0, "no documents"),
        ("en", 1, "1 document"),
        ("en", 1234, "1,234 documents"),
        ("lv", 1, "1 dokuments"),
        ("lv", 3, "3 dokumenti"),
        ("lv", 11, "11 dokumentu"),
        ("lv", 1234567, "1\u00a0234\u00a0567 dokumenti"),
    ],
)
def test_documents_are_counted(book: TextBook, language: str, number: int, said: str) -> None:
    texts = book.of(language)
    assert counted(texts, texts.counts.documents, number) == said


def test_how_much_is_searched(book: TextBook) -> None:
    assert documents_total(book.of("en"), FakeKnowledge()) == "2 documents, 3 sentences"
    assert documents_total(book.of("lv"), FakeKnowledge()) == "2 dokumenti, 3 teikumi"
