from __future__ import annotations

import pytest

from pmbot.text.analyzer import Analyzer
from pmbot.text.multilingual import Analyzers, Languages, primary

WORDS = {
    "en": frozenset("the a of is was and in who what it".split()),
    "lv": frozenset("un ir kas bija par no ar uz in".split()),
    "ru": frozenset("и в на не что кто был это".split()),
}
ENGLISH = "The boat was in the harbour, and it is what the owner of the boat wanted. "
LATVIAN = "Laiva bija ostā, un tas ir viss, kas par to zināms. Īpašnieks ar laivu no ostas brauc uz salu. "
RUSSIAN = "Лодка была в порту, и это всё, что о ней известно. Владелец не был на лодке в тот день. "


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (LATVIAN, "lv"), (RUSSIAN, "ru")])
def test_a_text_is_told_by_its_small_words(text: str, language: str) -> None:
    assert Languages(WORDS).of(text) == language


@pytest.mark.parametrize("text", ["", "Boat 12", "un ir kas", "Xyz " * 200, ENGLISH + LATVIAN])
def test_too_few_words_or_words_of_two_languages_tell_nothing(text: str) -> None:
    assert Languages(WORDS).of(text) is None


def test_words_of_several_languages_speak_for_none() -> None:
    assert Languages(WORDS).counts(["in", "un", "kas", "the"]) == {"en": 1, "lv": 2, "ru": 0}


@pytest.mark.parametrize(("tag", "code"), [("lv-LV", "lv"), ("EN", "en"), (None, ""), ("", "")])
def test_the_language_of_a_tag(tag: str | None, code: str) -> None:
    assert primary(tag) == code


def test_each_language_is_analysed_in_its_own_way_and_made_once() -> None:
    made: list[str] = []

    def russian() -> Analyzer:
        made.append("ru")
        return Analyzer(WORDS["ru"], {}, "ru")

    main = Analyzer(WORDS["en"], {}, "en")
    analyzers = Analyzers(main, "en", {"ru": ("abc", russian)})
    assert analyzers.of(None) is analyzers.of("en-GB") is analyzers.of("fi") is main
    assert made == []
    assert analyzers.of("ru").terms("лодки") == analyzers.of("ru-RU").terms("лодкой")
    assert made == ["ru"]
    assert analyzers.terms("boats") == main.terms("boats")
    assert analyzers.query_terms("the boats") == main.query_terms("the boats")
    assert analyzers.tokens("a boat") == main.tokens("a boat")
    assert analyzers.is_stop(main.tokens("the")[0])


def test_the_fingerprint_names_every_language() -> None:
    main = Analyzer(WORDS["en"], {}, "en")
    one = Analyzers(main, "en", {"ru": ("abc", lambda: main)}).fingerprint
    other = Analyzers(main, "en", {"ru": ("abd", lambda: main)}).fingerprint
    assert Analyzers(main, "en", {}).fingerprint == main.fingerprint
    assert len({main.fingerprint, one, other}) == 3
