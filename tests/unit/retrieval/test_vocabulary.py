from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.retrieval import vocabulary
from pmbot.retrieval.blocks import held
from pmbot.retrieval.vocabulary import Vocabulary

# every code point, lone surrogates too: text that was decoded from broken file names has them
TERMS = st.lists(st.text(st.characters(), max_size=6), unique=True, max_size=60)


def opened(terms: list[str]) -> Vocabulary:
    return Vocabulary(held(Vocabulary.pack(terms)[0]))


@given(TERMS, st.text(max_size=6))
def test_every_term_has_its_column_and_no_other_has_one(terms: list[str], other: str) -> None:
    arrays, order = Vocabulary.pack(terms)
    words = Vocabulary(held(arrays))
    assert len(words) == len(terms)
    assert list(words) == [terms[place] for place in order.tolist()]
    assert [words.column(term) for term in words] == list(range(len(terms)))
    assert other in terms or words.column(other) == -1


def test_terms_of_one_hash_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_digest", lambda key: bytes(8))
    terms = [f"w{i}" for i in range(50)]
    words = opened(terms)
    assert sorted(words.column(term) for term in terms) == list(range(50))
    assert words.column("w50") == -1
    assert words.column("") == -1


def test_terms_do_not_run_into_one_another() -> None:
    words = opened(["ab", "c", "a", "bc"])
    assert [words.column(term) for term in ("abc", "b", "ca", "")] == [-1] * 4


def test_columns_are_the_same_for_every_hash_seed() -> None:
    code = (
        "from pmbot.retrieval.vocabulary import Vocabulary\n"
        "arrays, order = Vocabulary.pack([f'w{i}' for i in range(200)])\n"
        "print({name: values.tolist() for name, values in arrays.items()}, order.tolist())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(said) == 1
    assert len(said.pop()) > 1000
