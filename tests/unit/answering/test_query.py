"""Weighted terms, and how words stand for each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.background import Background
from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.query import (
    NO_MATCH,
    SAME,
    SAME_PREFIX,
    SCAFFOLD_SHARE,
    Frequencies,
    Matcher,
    Query,
    Weights,
    inverse_document_frequency,
    make_query,
)
from pmbot.models import KeyTerm, Question, QuestionType, Reading
from tests.fakes_answering import ANALYZER, STOP_TERMS, World

WORLD = World({"a.txt": "The Zorblat lamp glows in Oslo. | The lamp hums."})
LEXICON = Lexicon(
    [(("firm",), ("compani",), SYNONYM, "s"), (("firm",), ("trade", "of", "hous"), SYNONYM, "s"), (("zorblat",), ("x",), SYNONYM, "s")]
)


def query_of(text: str, counts: dict[str, int] | None = None, lexicon: Lexicon = LEXICON, background: Background | None = None) -> Query:
    reading = WORLD.reader.read(Question(text=text))
    return make_query(reading, ANALYZER.tokens(text), lexicon, Weights(Frequencies(counts or {}, 10), background or Background()))


@given(st.integers(1, 10**6), st.data())
def test_idf_is_positive_and_falls(size: int, data: st.DataObject) -> None:
    one, other = sorted((data.draw(st.integers(0, size)), data.draw(st.integers(0, size))))
    assert inverse_document_frequency(one, size) >= inverse_document_frequency(other, size) > 0.0


def test_idf_of_a_word_in_every_unit_and_more_is_still_positive() -> None:
    assert Frequencies({"a": 12}, 10).idf("a") == Frequencies({"a": 10}, 10).idf("a") > 0.0
    assert Frequencies({}, 10).idf("a") == inverse_document_frequency(0, 10)


def test_everything_runs_parallel_to_the_terms() -> None:
    query = query_of("Which firm sells the Zorblat lamp in 1987?", {"lamp": 3, "zorblat": 1})
    assert [term.term for term in query.terms] == ["firm", "sell", "zorblat", "lamp", "1987"]
    assert query.known == (False, False, True, True, False)
    assert len(query.idf) == len(query.alternatives) == len(query.telling) == len(query.terms)
    assert query.total == pytest.approx(sum(query.idf))
    assert query.term_set == {"firm", "sell", "zorblat", "lamp", "1987"}


def test_a_number_stands_for_its_word_where_the_lists_say_so() -> None:
    query = query_of("Who built the 6 lamps?", lexicon=Lexicon([(("6",), ("six",), SYNONYM, "s")]))
    by_term = dict(zip((t.term for t in query.terms), query.alternatives, strict=True))
    assert [set(a.terms) for a in by_term["6"]] == [{"six"}]


def test_names_have_no_alternatives() -> None:
    query = query_of("Which firm sells Zorblat lamps?")
    by_term = dict(zip((t.term for t in query.terms), query.alternatives, strict=True))
    assert [set(a.terms) for a in by_term["firm"]] == [{"compani"}, {"trade", "of", "hous"}]
    assert by_term["zorblat"] == ()


def test_question_words_are_no_words() -> None:
    query = query_of("Where is the Zorblat lamp?")
    assert query.words == ("is", "the", "zorblat", "lamp")
    assert "where" not in query.word_idf
    assert "the" in query.word_idf


def test_scaffolding_tells_a_quarter() -> None:
    query = query_of("What kind of lamp did Zorblat use?", background=Background({"lamp": 9}, 10))
    by_term = dict(zip((t.term for t in query.terms), query.telling, strict=True))
    assert by_term["kind"] == SCAFFOLD_SHARE
    assert by_term["zorblat"] == 1.0
    assert 0.0 < by_term["lamp"] < SCAFFOLD_SHARE


def test_a_comparative_is_scaffolding_only_in_a_comparison() -> None:
    larger = KeyTerm(text="larger", term="larger")
    for kind, expected in ((QuestionType.COMPARISON, True), (QuestionType.WHICH, False)):
        query = Query(Reading(text="x", type=kind), (larger,), (1.0,), (True,), ((),), (), {}, (1.0,))
        assert query.is_scaffold(0) is expected


@pytest.mark.parametrize(("text", "light"), [("Who paid an official visit to Oslo?", True), ("Who paid the fee for the lamp?", False)])
def test_a_verb_that_only_carries_its_noun_is_scaffolding(text: str, *, light: bool) -> None:
    query = query_of(text)
    paid = [term.text for term in query.terms].index("paid")
    assert query.is_scaffold(paid) is light
    assert (query.telling[paid] <= SCAFFOLD_SHARE) is light


def test_a_query_without_terms_has_a_total() -> None:
    assert query_of("what is it").terms == ()
    assert query_of("what is it").total == 1.0


def test_what_is_searched_for() -> None:
    query = query_of("Which firm built it?")
    assert query.search_terms(STOP_TERMS) == ("firm", "build", "compani", "hous", "trade")


def test_the_word_itself_is_the_same() -> None:
    matcher = Matcher(query_of("Which firm?"), {"firm", "compani"})
    assert matcher.match(0, frozenset({"firm", "compani"})) == SAME


def test_an_alternative_needs_all_its_words() -> None:
    matcher = Matcher(query_of("Which firm?"), {"compani", "trade", "of", "hous", "other"})
    assert matcher.match(0, frozenset({"compani"})) == (SYNONYM, "s")
    assert matcher.match(0, frozenset({"trade", "hous"})) == NO_MATCH
    assert matcher.match(0, frozenset({"trade", "of", "hous", "other"})) == (SYNONYM, "s")


@pytest.mark.parametrize(
    ("asked", "written", "alike"),
    [
        ("lamp", "lampshade", False),  # less than three fifths of the longer word
        ("lamps", "lamplet", False),
        ("manufacturing", "manufactori", True),
        ("electricity", "electrifi", True),
        ("Zorblat", "zorblati", True),
        ("Zorblat", "zorblatian", False),  # names only inflect
        ("gas", "gases", False),  # fewer than four letters
        ("1987", "19870", False),
    ],
)
def test_words_that_share_most_of_their_letters(asked: str, written: str, alike: bool) -> None:
    matcher = Matcher(query_of(f"the {asked}"), {written})
    assert matcher.match(0, frozenset({written})) == ((SAME_PREFIX, "word form") if alike else NO_MATCH)


def test_word_forms_are_drawn_from_the_vocabulary_alone() -> None:
    assert Matcher(query_of("the electricity"), frozenset()).match(0, frozenset({"electrician"})) == NO_MATCH


def test_what_stands_for_a_term() -> None:
    matcher = Matcher(query_of("Which firm?"), {"firmly", "compani", "trade"})
    assert matcher.stands_for(0) == {"firm", "compani", "firmly"}
    assert matcher.stands_for(0, least=1.0) == {"firm"}


LETTERS = st.text("abcde", min_size=1, max_size=8)


@given(st.lists(LETTERS, min_size=1, max_size=5), st.frozensets(LETTERS, max_size=10))
def test_quality_lies_between_nought_and_one_and_only_the_word_itself_reaches_it(asked: list[str], written: frozenset[str]) -> None:
    terms = tuple(KeyTerm(text=word, term=word) for word in dict.fromkeys(asked))
    count = len(terms)
    query = Query(Reading(text="x", type=QuestionType.WHAT), terms, (1.0,) * count, (True,) * count, ((),) * count, (), {}, (1.0,) * count)
    for term, match in zip(terms, Matcher(query, written).matches(written), strict=True):
        assert 0.0 <= match.quality <= 1.0
        assert (match.quality == 1.0) == (term.term in written)
