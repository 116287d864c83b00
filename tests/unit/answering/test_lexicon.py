"""Synonym classes, families and irregular forms."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.lexicon import (
    BROADER,
    DERIVED,
    SYNONYM,
    Alternative,
    Entry,
    Lexicon,
    Phrase,
    read_classes,
    read_families,
    read_irregular,
    table_of,
)
from pmbot.errors import ConfigError


def words(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def of_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    return path


def found(lexicon: Lexicon, *terms: str) -> dict[int, list[tuple[set[str], float, str]]]:
    return {place: [(set(a.terms), a.quality, a.source) for a in options] for place, options in lexicon.alternatives(terms).items()}


def test_each_word_of_a_class_stands_for_each_other(tmp_path: Path) -> None:
    path = of_file(tmp_path, "# a comment\n\nfirm, company, trading house  # and another\n")
    lexicon = Lexicon(read_classes(path, words, "author synonym"))
    assert len(lexicon) == 6
    assert found(lexicon, "firm") == {0: [({"company"}, SYNONYM, "author synonym"), ({"house", "trading"}, SYNONYM, "author synonym")]}
    assert found(lexicon, "the", "trading", "house")[1] == [({"company"}, SYNONYM, "author synonym"), ({"firm"}, SYNONYM, "author synonym")]
    assert found(lexicon, "the", "trading", "house").keys() == {1, 2}


def test_the_narrower_word_of_the_text_stands_for_the_broader_one_and_not_the_other_way_round(tmp_path: Path) -> None:
    lexicon = Lexicon(read_classes(of_file(tmp_path, "school, clinic > institution\n"), words, "thesaurus"))
    assert found(lexicon, "institution") == {
        0: [({"clinic"}, BROADER, "thesaurus (broader)"), ({"school"}, BROADER, "thesaurus (broader)")]
    }
    assert found(lexicon, "school") == {}


def test_a_family_is_closed(tmp_path: Path) -> None:
    lexicon = Lexicon(read_families(of_file(tmp_path, "decide: decision decisive\n"), words))
    assert found(lexicon, "decision") == {0: [({"decide"}, DERIVED, "derivation"), ({"decisive"}, DERIVED, "derivation")]}


def test_the_best_of_two_sources_counts() -> None:
    lexicon = Lexicon([(("a",), ("b",), BROADER, "one"), (("a",), ("b",), SYNONYM, "two"), (("a",), ("b",), BROADER, "three")])
    assert found(lexicon, "a") == {0: [({"b"}, SYNONYM, "two")]}


def test_a_word_is_no_alternative_of_itself() -> None:
    assert len(Lexicon([(("a",), ("a",), SYNONYM, ""), ((), ("b",), SYNONYM, ""), (("b",), (), SYNONYM, "")])) == 0


def test_an_empty_lexicon_knows_nothing() -> None:
    assert Lexicon(()).alternatives(("a", "b")) == {}
    assert Lexicon(()).alternatives(()) == {}


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True), max_size=5))
def test_classes_relate_both_ways(classes: list[list[str]]) -> None:
    entries = [((a,), (b,), SYNONYM, "s") for line in classes for a in line for b in line if a != b]
    lexicon = Lexicon(entries)
    pairs = {(a, next(iter(option.terms))) for a in "abcdef" for option in lexicon.alternatives((a,)).get(0, ())}
    assert pairs == {(b, a) for a, b in pairs}


_PHRASES = st.lists(st.sampled_from(["a", "b", "c", "co", "1.5"]), max_size=3).map(tuple)


@given(st.lists(st.tuples(_PHRASES, _PHRASES, st.sampled_from([DERIVED, SYNONYM, BROADER]), st.sampled_from("st"))), _PHRASES)
def test_a_table_that_was_kept_says_the_same(entries: list[Entry], asked: Phrase) -> None:
    whole, kept = Lexicon(entries), Lexicon.of_table(json.loads(json.dumps(table_of(entries))))
    assert kept.alternatives(asked) == whole.alternatives(asked) == best_of(entries, asked)
    assert len(kept) == len(whole)


def best_of(entries: list[Entry], asked: Phrase) -> dict[int, tuple[Alternative, ...]]:
    """By definition: all entries that cover a place, of those with the same words for the same phrase the best."""
    found: dict[int, list[Alternative]] = {}
    for start, end in itertools.combinations(range(len(asked) + 1), 2):
        options: dict[frozenset[str], Alternative] = {}
        for phrase, written, quality, source in entries:
            terms = frozenset(written)
            if (
                phrase == asked[start:end]
                and terms
                and terms != frozenset(phrase)
                and (terms not in options or options[terms][1] < quality)
            ):
                options[terms] = Alternative(terms, quality, source)
        for place in range(start, end) if options else ():
            found.setdefault(place, []).extend(options.values())
    return {place: tuple(sorted(all_of, key=lambda a: (-a.quality, sorted(a.terms)))) for place, all_of in found.items()}


@pytest.mark.parametrize(
    "line",
    ["lonely", "lonely,", "> institution", "school >", "a, b > c > d", ", , ,"],
    ids=["one", "comma", "left", "right", "two", "commas"],
)
def test_a_line_that_relates_nothing_is_an_error(tmp_path: Path, line: str) -> None:
    path = of_file(tmp_path, f"firm, company\n{line}\n")
    with pytest.raises(ConfigError, match=rf"list\.txt:2: a line reads .* found '{line}'"):
        read_classes(path, words, "s")


@pytest.mark.parametrize("line", ["decide decision", "decide:", ": decision"])
def test_a_family_needs_a_head_and_members(tmp_path: Path, line: str) -> None:
    path = of_file(tmp_path, f"\n{line}\n")
    with pytest.raises(ConfigError, match=r"list\.txt:2: a line reads 'lemma: form form'"):
        read_families(path, words)


def test_irregular_forms_lead_to_their_lemma(tmp_path: Path) -> None:
    assert read_irregular(of_file(tmp_path, "# verbs\ngo: went gone\nwend: went\n")) == {"went": "go", "gone": "go"}


@pytest.mark.parametrize("line", ["go went", "go:", ": went"])
def test_irregular_forms_need_a_lemma_and_forms(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match=r"list\.txt:1: a line reads 'lemma: form form'"):
        read_irregular(of_file(tmp_path, line))


def test_a_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    assert read_irregular(of_file(tmp_path, "\ufeff# verbs\ngo: went\n")) == {"went": "go"}


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.txt: cannot be read"):
        read_classes(tmp_path / "missing.txt", words, "s")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(ConfigError, match=r"bad\.txt:1: is not UTF-8"):
        read_irregular(bad)
