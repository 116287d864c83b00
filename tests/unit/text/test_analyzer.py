from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.text.analyzer import Analyzer
from pmbot.text.normalize import fold
from pmbot.text.tokens import TOKEN


def norms(analyzer: Analyzer, text: str) -> list[str]:
    return [token.norm for token in analyzer.tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Latvia’s", "Latvia"),
        ("Latvian", "latvia"),
        ("Latvians", "Latvia's"),
        ("South Korean", "South Korea"),
        ("Koreans", "Korea"),
        ("the Dutch", "the Netherlands"),
        ("Sri Lankan", "Sri Lanka"),
        ("New Zealanders", "New Zealand"),
        ("Filipino", "Philippines"),
        ("American", "US"),
        ("U.S.", "USA"),
        ("British", "U.K."),
        ("Rinkēvičs", "Rinkevics"),
        ("1,000,000", "1000000"),
        ("1\u00a0000", "1000"),
        ("1.000.000", "1000000"),
        ("27%", "27 percent"),
        ("€5", "euros 5"),
        ("companies", "company"),
        ("JK Rowling", "J.K. Rowling"),
    ],
)
def test_the_same_thing_written_differently_has_the_same_terms(english: Analyzer, one: str, other: str) -> None:
    assert set(english.query_terms(one)) == set(english.query_terms(other)) != set()


@pytest.mark.parametrize(("one", "other"), [("France", "francs"), ("Niger", "Nigeria"), ("1.5", "15"), ("US", "us"), ("C++", "C")])
def test_different_things_keep_different_terms(english: Analyzer, one: str, other: str) -> None:
    assert not set(english.query_terms(one)) & set(english.query_terms(other))


def test_tokens_of_a_sentence_with_everything(english: Analyzer) -> None:
    tokens = english.tokens("Latvia’s Dong-A earned €1,240.5 (27%).")
    assert [(t.text, t.norm, t.term) for t in tokens] == [
        ("Latvia’s", "latvia", "latvia"),
        ("Dong", "dong", "dong"),
        ("A", "a", "a"),
        ("earned", "earned", "earn"),
        ("€", "€", "euro"),
        ("1,240.5", "1240.5", "1240.5"),
        ("27", "27", "27"),
        ("%", "%", "percent"),
    ]


@given(st.text() | st.text("aA.'’-1,% \u00a0US€"))
def test_offsets_are_exact_and_terms_begin_with_those_of_the_tokens(english: Analyzer, text: str) -> None:
    tokens = english.tokens(text)
    last = 0
    for token in tokens:
        assert last <= token.start < token.end
        assert text[token.start : token.end] == token.text
        assert token.norm
        last = token.end
    terms = english.terms(text)
    assert len(terms) >= len(tokens)
    assert set(english.query_terms(text)) <= set(terms) | {token.term for token in tokens}


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"))))
def test_what_a_text_says_is_found_by_asking_with_its_own_words(english: Analyzer, text: str) -> None:
    terms = set(english.terms(text))
    for token in english.tokens(text):
        if not english.is_stop(token):
            assert token.term in terms | {english.stem(token.text.lower())}


@pytest.mark.parametrize(
    "question",
    [
        "Who was it?",
        "Please tell me how much and how many",
        "what's that?",
        "Isn’t it?",
        "Can you explain this?",
        "?!",
        "",
        "e.g. it, i.e. them",
    ],
)
def test_questions_of_stopwords_have_no_terms(english: Analyzer, question: str) -> None:
    assert english.query_terms(question) == ()


def test_query_terms_are_in_order_and_each_once(english: Analyzer) -> None:
    assert english.query_terms("Which Korean firms chose Latvia, and which firms chose Korea?") == ("korea", "firm", "chose", "latvia")


def test_capitals_tell_acronyms_and_months_from_stopwords(english: Analyzer) -> None:
    assert english.query_terms("Who is the US president?") == ("america", "presid")
    assert english.query_terms("WHO IS THE PRESIDENT?") == ("presid",)
    assert english.query_terms("us and them") == ()
    assert english.query_terms("in May 2024") == ("may", "2024")
    assert english.query_terms("May I ask?") == ("ask",)
    assert norms(english, "The IT sector, by 9 a.m.")[1] == "i.t."


def test_other_spellings_are_indexed_beside_the_tokens(english: Analyzer) -> None:
    assert english.terms("Dong-A co-operation R&D")[-3:] == ("donga", english.stem("cooperation"), "rd")
    assert english.terms("US firms") == ("america", "firm", "us")


def test_latvian(latvian: Analyzer) -> None:
    assert latvian.query_terms("Cik uzņēmumu ir Latvijā?") == latvian.query_terms("uzņēmumi Latvijas")
    assert latvian.terms("1,5") == ("1.5",)
    assert latvian.query_terms("Kas tas ir?") == ()


def test_fingerprint_names_language_stemmer_and_lists() -> None:
    plain = Analyzer(frozenset({"a"}), {"latvian": "latvia"}, "en")
    assert plain.fingerprint.startswith("en-snowball")
    assert plain.fingerprint == Analyzer(frozenset({"A"}), {"Latvian": "Latvia"}, "en").fingerprint
    others = [
        Analyzer(frozenset(), {"latvian": "latvia"}, "en"),
        Analyzer(frozenset({"a"}), {}, "en"),
        Analyzer(frozenset({"a"}), {}, "lv"),
    ]
    assert len({plain.fingerprint, *(other.fingerprint for other in others)}) == 4


@given(st.text(max_size=20))
def test_a_stem_is_the_term_of_a_token(english: Analyzer, text: str) -> None:
    tokens = english.tokens(text)
    if len(tokens) == 1 and tokens[0].text == text:
        assert english.stem(text) == tokens[0].term


def test_demonyms_are_found_in_any_case_and_accent() -> None:
    analyzer = Analyzer(frozenset(), {fold("Québécois"): "quebec"}, "en")
    assert {analyzer.stem(word) for word in ("Quebec", "QUÉBÉCOIS", "quebecois")} == {"quebec"}


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10**6,
        "a." * 10**5,
        "a'" * 10**5 + "1",
        "1." * 10**5 + "a",
        "1" * 10**6 + "a",
        "a-" * 10**5,
        "a" + "\u0301\u0316" * 10**5,
        "漢" * 10**5,
        " " * 10**6,
    ],
    ids=lambda text: f"{text[:3]!r}",
)
def test_hostile_text_takes_linear_time(english: Analyzer, text: str) -> None:
    started = time.process_time()
    english.tokens(text)
    english.terms(text)
    english.query_terms(text)
    assert time.process_time() - started < 5


def test_words_are_forgotten_when_there_are_too_many() -> None:
    analyzer = Analyzer(frozenset(), {}, "en")
    assert len(analyzer.terms(" ".join(f"w{number}" for number in range(70_000)))) == 70_000
    assert analyzer.stem("w1") == "w1"


@given(
    st.lists(
        st.sampled_from(["May", "may", "US", "IT", "U.S.", "The", "co-op", "R&D", "1,000", "€", "lamps", "(", "LAMPS", "Ķīna"]), max_size=8
    )
)
def test_everything_at_once_is_what_the_parts_say(words: list[str]) -> None:
    text, analyzer = " ".join(words), Analyzer(frozenset({"may", "the", "us", "it"}), {}, "en")
    found, tokens = analyzer.analysed(text), analyzer.tokens(text)
    assert found.surfaces == [token.text for token in tokens]
    assert found.words == [(token.norm, token.term) for token in tokens]
    assert found.stops == [analyzer.is_stop(token) for token in tokens]
    assert tuple(found.terms) == analyzer.terms(text)


@given(st.text() | st.text("aA1.,'’-_+#% \u00a0\u00ad\u0301\u0e31\u3005漢€"))
def test_tokens_stand_where_they_are_found(text: str) -> None:
    tokens = Analyzer(frozenset(), {}, "en").tokens(text)
    assert [(token.text, token.start, token.end) for token in tokens] == [(match[1], *match.span(1)) for match in TOKEN.finditer(text)]


@pytest.mark.parametrize("text", ["In May the US lamps may glow, 1,000 of them: 5%.", "THE LAMPS OF THE US MAY GLOW BRIGHTLY IN MAY"])
def test_norms_and_stop_terms_are_those_of_the_tokens(english: Analyzer, text: str) -> None:
    tokens = english.tokens(text)
    assert english.norms(text, [True] * len(tokens)) == {token.norm for token in tokens}
    assert english.norms(text, [place == 1 for place in range(len(tokens))]) == {tokens[1].norm}
    assert english.stop_terms(tokens) == {token.term for token in tokens if english.is_stop(token)}
