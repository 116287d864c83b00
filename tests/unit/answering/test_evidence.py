"""Ranking sentences: each feature, BM25 itself, ties and cost."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.bm25 import bm25
from pmbot.answering.evidence import LOOKED_AT
from pmbot.answering.gathering import as_arrays, as_views
from pmbot.answering.lexicon import SYNONYM, Lexicon
from pmbot.answering.query import SAME_PREFIX
from pmbot.answering.views import PASSAGE_REACH
from pmbot.indexing.written import Stretch, Written
from pmbot.models import Hit
from tests.fakes_answering import World

GLOWS = "The Zorblat lamp glows green."
COST = "It cost €3 million in 1987."
HUMS = "The Quindle bridge hums."
WORLD = World({"a.txt": f"{GLOWS} | {COST}\n\n{HUMS}"})


def naive_bm25(query: dict[str, float], document: list[str], k1: float, b: float, relative_length: float) -> float:
    """Robertson and Zaragoza (2009), equation 3.15, with the usual factor k1 + 1."""
    score = 0.0
    for term, idf in query.items():
        tf = sum(1 for word in document if word == term)
        score += idf * tf * (k1 + 1) / (k1 * ((1 - b) + b * relative_length) + tf)
    return score


@given(
    st.dictionaries(st.sampled_from("abcd"), st.floats(0.01, 10)),
    st.lists(st.sampled_from("abcdef"), max_size=20),
    st.floats(0.1, 3),
    st.floats(0, 1),
    st.floats(0.01, 5),
)
def test_bm25_is_that_of_the_book(query: dict[str, float], document: list[str], k1: float, b: float, length: float) -> None:
    assert bm25(query, Counter(document).get, (k1, b), length) == pytest.approx(naive_bm25(query, document, k1, b, length))


def test_bm25_of_nothing_is_nought() -> None:
    assert bm25({}, Counter("abc").get, (1.2, 0.5), 1.0) == 0.0
    assert bm25({"a": 1.0}, Counter().get, (1.2, 0.5), 1.0) == 0.0


def test_the_best_sentence_has_the_most_of_the_question() -> None:
    ranking = WORLD.ranking("Which Zorblat lamp glows green?")
    assert ranking.evidence[0].sentence.text == GLOWS
    assert [c.view.sentence for c in ranking.candidates] == [e.sentence for e in ranking.evidence]
    assert ranking.evidence[0].matched_terms == ("Zorblat", "lamp", "glows", "green")
    assert ranking.evidence[0].missing_terms == ()


def test_matched_and_missing_terms_part_the_question() -> None:
    for evidence in WORLD.ranking("Does the Vrumpel lamp hum in 1987?").evidence:
        assert sorted((*evidence.matched_terms, *evidence.missing_terms)) == sorted(["Vrumpel", "lamp", "hum", "1987"])


def test_scores_are_the_sum_of_the_features_and_fall() -> None:
    evidence = WORLD.ranking("When did the Zorblat lamp glow?").evidence
    for one in evidence:
        assert one.score == pytest.approx(sum(f.value * f.weight for f in one.features))
        assert all(0.0 <= f.value <= 1.0 and f.weight > 0 for f in one.features)
    assert [e.score for e in evidence] == sorted((e.score for e in evidence), reverse=True)


def test_word_score_prefers_the_rare_word() -> None:
    world = World({"a.txt": "The lamp glows. | The lamp hums. | A lamp sells. | The quindle falls."})
    features = world.features("quindle lamp")
    assert features["The quindle falls."]["word_score"] == 1.0
    assert 0.0 < features["The lamp hums."]["word_score"] < 1.0


def test_relation_coverage_leaves_names_and_scaffolding_out() -> None:
    world = World({"a.txt": "Norvik repaired the bridge. | Norvik Corp of Norvik is a kind of firm. | The bridge of Norvik was repaired."})
    features = world.features("Which kind of firm repaired the bridge of Norvik?")
    assert (
        features["The bridge of Norvik was repaired."]["relation_coverage"] == features["Norvik repaired the bridge."]["relation_coverage"]
    )
    assert (
        features["Norvik Corp of Norvik is a kind of firm."]["relation_coverage"]
        < features["Norvik repaired the bridge."]["relation_coverage"]
    )
    assert world.features("Norvik")["Norvik repaired the bridge."]["relation_coverage"] == 0.0


def test_found_share_counts_the_common_like_the_rare() -> None:
    world = World({"a.txt": "Norvik repaired the bridge. | Norvik slept."})
    features = world.features("Who repaired the bridge of Norvik?")
    assert features["Norvik repaired the bridge."]["found_share"] == 1.0
    assert features["Norvik slept."]["found_share"] == 1 / 3


def test_brevity_is_of_all_words() -> None:
    features = World({"a.txt": "Norvik repaired the bridge. | Norvik, as it was told, repaired it."}).features("Who repaired Norvik?")
    assert features["Norvik repaired the bridge."]["brevity"] == 20 / 24
    assert features["Norvik, as it was told, repaired it."]["brevity"] == pytest.approx(20 / 27)


def test_around_coverage_is_of_the_passage_and_the_headings() -> None:
    world = World({"a.txt": "The bridge of Norvik fell. | It was repaired. | Ana slept."})
    features = world.features("Who repaired the bridge of Norvik?")
    assert features["Ana slept."]["around_coverage"] == pytest.approx(1.0)


def test_word_score_sees_function_words() -> None:
    world = World({"a.txt": "The lamp glows on a hill. | The lamp glows near trams."})
    features = world.features("Which lamp glows on it?")
    assert features["The lamp glows on a hill."]["word_score"] > features["The lamp glows near trams."]["word_score"]


def test_passage_score_is_that_of_the_surroundings() -> None:
    features = WORLD.features("green Zorblat lamp bridge")
    assert features[GLOWS]["passage_score"] == features[COST]["passage_score"] > features[HUMS]["passage_score"] > 0.0


def test_has_type_and_type_count() -> None:
    world = World({"a.txt": "The lamp opened in 1987. | The lamp glows. | The lamp shut in 1990, 1991, 1992 and 1993."})
    features = world.features("When did the lamp glow?")
    assert [features[text]["has_type"] for text in sorted(features)] == [0.0, 1.0, 1.0]
    assert features["The lamp opened in 1987."]["type_count"] == pytest.approx(1 / 3)
    assert features["The lamp shut in 1990, 1991, 1992 and 1993."]["type_count"] == 1.0


def test_a_mention_that_the_question_holds_is_no_answer() -> None:
    features = World({"a.txt": "The lamp opened in 1987. | The lamp glows."}).features("When in 1987 did the lamp open?")
    assert features["The lamp opened in 1987."]["has_type"] == 0.0


def test_no_mention_is_wanted_where_any_words_could_answer() -> None:
    features = World({"a.txt": "The lamp opened in 1987."}).features("Why did the lamp open?")
    assert features["The lamp opened in 1987."]["has_type"] == features["The lamp opened in 1987."]["type_count"] == 0.0


def test_pair_overlap() -> None:
    world = World({"a.txt": "The green lamp glows. | The lamp is green."})
    features = world.features("Which green lamp glows?")
    assert features["The green lamp glows."]["pair_overlap"] == 1.0
    assert features["The lamp is green."]["pair_overlap"] == 0.0


def test_the_form_of_a_word_tells_between_sentences_that_both_hold_it() -> None:
    world = World({"a.txt": "They led a visit to Norway.\n\nThey visited leading firms."})
    features = world.features("Who led the visit?")
    assert features["They led a visit to Norway."]["same_form"] == pytest.approx(1.0)
    assert features["They visited leading firms."]["same_form"] == 0.0


def test_exact_coverage_counts_the_words_themselves() -> None:
    features = WORLD.features("Zorblat lamp glows green")
    assert features[GLOWS]["exact_coverage"] == pytest.approx(1.0)
    assert features[COST]["exact_coverage"] == 0.0


def test_soft_coverage_counts_what_stands_for_them() -> None:
    lexicon = Lexicon([(("shine",), ("glow",), SYNONYM, "s")])
    features = World({"a.txt": "Lamps glow."}, lexicon).features("Do they shine?")
    assert features["Lamps glow."]["soft_coverage"] == pytest.approx(SYNONYM)
    assert features["Lamps glow."]["exact_coverage"] == 0.0
    forms = World({"a.txt": "A lampful of zigzagging lampers."}).features("zigzaggery lampful")
    assert 0.0 < forms["A lampful of zigzagging lampers."]["soft_coverage"] < SAME_PREFIX


def test_before_coverage_counts_the_sentence_before_and_the_headings() -> None:
    features = WORLD.features("green Zorblat lamp million")
    assert features[COST]["before_coverage"] > 0.5
    assert features[GLOWS]["before_coverage"] == 0.0
    headed = World({"a.txt": "# Quindle\n\nTrams cross it."}).features("Quindle trams")
    assert headed["Trams cross it."]["before_coverage"] == pytest.approx(1 - headed["Trams cross it."]["exact_coverage"])


def test_before_coverage_leaves_out_what_stands_here() -> None:
    features = World({"a.txt": "The lamp glows. | The lamp hums."}).features("Which lamp hums?")
    assert features["The lamp hums."]["before_coverage"] == 0.0


def test_pronoun_before_asks_for_a_pronoun() -> None:
    features = World({"a.txt": "The Zorblat glows. | It cost much. | Trams cost much."}).features("Zorblat cost")
    assert features["It cost much."]["pronoun_before"] == features["It cost much."]["before_coverage"] > 0.0
    assert features["Trams cost much."]["pronoun_before"] == 0.0


def test_headings_and_sentences_without_content_are_no_evidence() -> None:
    world = World({"a.txt": "# Zorblat lamp\n\nIt is. | The lamp glows."})
    assert list(world.features("Zorblat lamp")) == ["The lamp glows."]


def test_nothing_found_ranks_nothing() -> None:
    ranking = WORLD.ranking("Vrumpel")
    assert (ranking.candidates, ranking.evidence) == ((), ())


def test_ties_stay_in_document_order() -> None:
    world = World({"c.txt": "The lamp glows.", "a.txt": "The lamp glows. | The lamp glows.", "b.txt": "The lamp glows. | It is so."})
    evidence = world.ranking("lamp glows").evidence
    by_score: dict[float, list[tuple[str, int]]] = {}
    for one in evidence:
        by_score.setdefault(round(one.score, 9), []).append((one.sentence.doc_id, one.sentence.index))
    assert len(evidence) == LOOKED_AT
    assert any(len(tied) > 1 for tied in by_score.values())
    assert all(tied == sorted(tied) for tied in by_score.values())


def test_a_question_in_the_document_is_no_evidence() -> None:
    world = World({"a.txt": "What is a Zorblat? | A Zorblat is a green lamp. | “Does it glow?”"})
    assert [e.sentence.text for e in world.ranking("What is a Zorblat?").evidence] == ["A Zorblat is a green lamp."]
    alone = World({"a.txt": "What is a Zorblat?"})
    assert [e.sentence.text for e in alone.ranking("What is a Zorblat?").evidence] == ["What is a Zorblat?"]


def test_a_sentence_of_two_hits_is_ranked_once() -> None:
    texts = {"a.txt": " | ".join(f"The lamp number {n} glows." for n in range(LOOKED_AT))}
    evidence = World(texts).ranking("lamp glows").evidence
    assert sorted(e.sentence.index for e in evidence) == list(range(LOOKED_AT))


def test_the_order_of_equal_hits_is_all_that_chance_could_change() -> None:
    hits = WORLD.hits("Zorblat bridge lamp")
    turned = tuple(Hit(chunk=hit.chunk, score=hit.score, rank=rank) for rank, hit in enumerate(reversed(hits), 1))
    assert {e.sentence: e.score for e in WORLD.ranking("Zorblat bridge lamp", hits).evidence} == {
        e.sentence: e.score for e in WORLD.ranking("Zorblat bridge lamp", turned).evidence
    }


@pytest.mark.parametrize("size", [50, 500])
@pytest.mark.parametrize("gather", [as_views, as_arrays])
def test_the_cost_hangs_on_the_hits_alone(size: int, gather: Callable[..., object]) -> None:
    world = World({"a.txt": " | ".join(f"The lamp number {n} glows." for n in range(size))})
    corpus, looked_at = world.snapshot.corpus, set[int]()

    def written(doc_id: str, first: int, last: int, reach: int) -> tuple[int, Sequence[Written]]:
        start, found = type(corpus).written(corpus, doc_id, first, last, reach)
        looked_at.update(range(start, start + len(found)))
        return start, found

    def stretch(doc_id: str, first: int, last: int) -> Stretch:
        looked_at.update(range(first, last + 1))
        return type(corpus).stretch(corpus, doc_id, first, last)

    with mock.patch.object(corpus, "written", written), mock.patch.object(corpus, "stretch", stretch):
        hits = world.hits("lamp", top_k=4)
        with mock.patch("pmbot.answering.evidence.gather", gather):
            world.ranking("lamp", hits)
    sentences = sum(len(hit.chunk.sentences) for hit in hits)
    assert 0 < len(looked_at) <= sentences * (2 * PASSAGE_REACH + 1)
    assert len(looked_at) < 40


WORDS = ["Zorblat", "lamp", "the", "glows", "It", "1987", "€3", "million", "green", ","]


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=6), st.lists(st.sampled_from(WORDS), max_size=5)
)
def test_every_ranking_is_finite_and_complete(sentences: list[list[str]], question: list[str]) -> None:
    world = World({"a.txt": " | ".join(" ".join(words) for words in sentences)})
    hits = world.hits(" ".join(question))
    ranking = world.ranking(" ".join(question), hits)
    found = {s.index for hit in hits for s in hit.chunk.sentences}
    assert {e.sentence.index for e in ranking.evidence} <= found
    for one in ranking.evidence:
        assert math.isfinite(one.score)
        assert all(0.0 <= f.value <= 1.0 for f in one.features)
