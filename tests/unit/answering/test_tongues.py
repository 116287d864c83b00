from __future__ import annotations

from dataclasses import dataclass

import pytest

from pmbot.answering.tongues import Tongues
from pmbot.text.analyzer import Analyzer

STOPWORDS = {"en": frozenset({"who", "is", "the"}), "lv": frozenset({"kas", "ir"}), "ru": frozenset({"кто", "в"})}


@dataclass
class Voice:
    code: str
    greeting: str

    def is_small_talk(self, words: list[str]) -> bool:
        return words == [self.greeting]


def tongues(*, main_used: bool = True) -> tuple[Tongues[Voice], list[str]]:
    made: list[str] = []

    def engine(code: str) -> Voice:
        made.append(code)
        return Voice(code, {"lv": "labdien", "ru": "привет"}[code])

    analyzers = {code: Analyzer(words, {}, code) for code, words in STOPWORDS.items()}
    return Tongues(STOPWORDS, analyzers.__getitem__, engine, main_used=main_used), made


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who is the mayor?", "en"),
        ("Kas ir mērs?", "lv"),
        ("Кто мэр города?", "ru"),
        ("mēra kabinets", "lv"),
        ("biedri", "lv"),
        ("members", "en"),
    ],
)
def test_a_question_is_read_in_its_own_language(question: str, language: str) -> None:
    known = {"biedr", "mer", "kabinet", "member"}
    assert tongues()[0].language_of(question, lambda term: int(term in known)) == language


def test_in_doubt_it_is_the_main_language_unless_no_document_is_in_it() -> None:
    assert tongues()[0].language_of("Xyzzy", lambda _: 0) == "en"
    assert tongues(main_used=False)[0].language_of("Xyzzy", lambda _: 0) == "lv"


def test_engines_are_made_when_they_are_asked_for_and_once() -> None:
    known, made = tongues()
    assert known.others == ("lv", "ru")
    assert made == []
    assert known.engine("ru") is known.engine("ru")
    assert made == ["ru"]


def test_small_talk_of_any_of_the_languages() -> None:
    known, _ = tongues()
    found = known.small_talk(["привет"])
    assert found is not None
    assert found.code == "ru"
    assert known.small_talk(["ahoy"]) is None
    assert known.small_talk(["привет"] * 5) is None


def test_whether_a_question_speaks_the_main_language() -> None:
    known, _ = tongues()
    assert known.speaks_main("Who rows?")
    assert not known.speaks_main("Kas airē?")
