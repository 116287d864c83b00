from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.stem.snowball import SnowballStemmer

from pmbot.text.stemming import latvian_stem, russian_stem, stemmer_for


def test_english_is_snowball_with_its_version_in_the_name() -> None:
    name, stem = stemmer_for("en")
    assert name.startswith("snowball")
    assert stem("companies") == stem("company")


def test_nltk_agrees_on_ordinary_words() -> None:
    _, stem = stemmer_for("en")
    oracle = SnowballStemmer("english")
    for word in ("partnership", "trading", "increasing", "pharmaceutical", "collaborations", "possesses", "strengthened"):
        assert stem(word) == oracle.stem(word)


@pytest.mark.parametrize("language", ["xx", "ja"])
def test_languages_without_a_stemmer_keep_their_words(language: str) -> None:
    name, stem = stemmer_for(language)
    assert (name, stem("words")) == ("plain", "words")


@pytest.mark.parametrize(
    "forms",
    [
        "latvija latvijas latviju latvijai",
        "uznemums uznemuma uznemumi uznemumu uznemumiem uznemumam",
        "gads gada gadu gadi gadiem gados",
        "bralis brala brali",
        "zales zalu zalem",
        "liels liela lielais lielajiem lielajam lielajos",
    ],
)
def test_latvian_forms_of_a_word_meet(forms: str) -> None:
    assert len({latvian_stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("word", ["un", "es", "iet", "ala", ""])
def test_short_latvian_words_stay(word: str) -> None:
    assert latvian_stem(word) == word


@pytest.mark.parametrize(
    "forms",
    [
        "лодка лодки лодок лодкой лодку",
        "станция станции станций станцию",
        "немец немца немцы немцев",
        "новый новая новое новых новому",
        "урок урока уроки",
    ],
)
def test_russian_forms_of_a_word_meet(forms: str) -> None:
    name, stem = stemmer_for("ru")
    assert name.endswith("-light1")
    assert len({stem(word) for word in forms.split()}) == 1


@given(st.text("абвеийклмнорстцья", min_size=1, max_size=14))
def test_the_fleeting_vowel_is_the_only_loss(stem: str) -> None:
    cut = russian_stem(stem)
    assert cut == stem or (len(cut) == len(stem) - 1 and cut[:-1] + stem[-2] + cut[-1] == stem)
