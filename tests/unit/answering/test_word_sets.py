from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.word_sets import LONGEST_ENDING, Phrases, WordSet, alternatives


@pytest.mark.parametrize("word", ["janvaris", "janvari", "janvariem", "janvar", "gads"])
def test_a_word_is_found_with_its_ending(word: str) -> None:
    assert word in WordSet(["janvār*", "gads"])


@pytest.mark.parametrize("word", ["janvarisks", "gadsimts", "jan", "", 5])
def test_a_longer_word_is_another(word: object) -> None:
    assert word not in WordSet(["janvār*", "gads"])


@given(st.text("abcāč", min_size=1, max_size=8), st.text("abc", max_size=LONGEST_ENDING))
def test_an_open_entry_holds_every_short_ending(stem: str, ending: str) -> None:
    folded = stem.replace("ā", "a").replace("č", "c")
    assert folded + ending in WordSet([stem + "*"])
    assert re.fullmatch(alternatives([stem + "*"]), stem + ending)


def test_the_first_phrase_is_found_the_longest_where_several_start() -> None:
    phrases = Phrases(["cik", "cik procent*", "kad"])
    assert phrases.first("par cik procentiem auga".split()) == (1, 3)
    assert phrases.first("cik maksā".split()) == (0, 1)
    assert phrases.first("kur ir".split()) is None
    assert phrases.at("cik procentiem".split(), 1) == 0


def test_alternatives_are_written_with_and_without_accents() -> None:
    pattern = re.compile(rf"\b{alternatives(['vairāk nekā', 'vairāk'])}\b")
    assert [found[0] for found in pattern.finditer("vairāk  nekā, vairak neka, vairāk")] == ["vairāk  nekā", "vairak neka", "vairāk"]


def test_no_alternatives_match_nothing() -> None:
    assert re.search(alternatives([]), "any text at all") is None
