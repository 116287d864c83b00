from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation import metrics

FIXTURE = json.loads((Path(__file__).parent / "ir_measures.json").read_text(encoding="utf-8"))
SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), max_size=12)


@pytest.mark.parametrize(
    ("given_", "accepted", "exact", "f1"),
    [
        ("The €130 million.", ["€130 million"], 1.0, 1.0),
        ("130 million euros", ["€130 million"], 0.0, 0.4),  # € is no ASCII punctuation: one of three against one of two
        ("in 1998", ["1998", "in the year 1998"], 0.0, 0.8),
        ("nothing of it", ["1998"], 0.0, 0.0),
        ("", ["1998"], 0.0, 0.0),
        ("the", ["a"], 1.0, 1.0),
        ("cat cat sat", ["cat sat sat"], 0.0, 2 / 3),
        ("anything", [], 0.0, 0.0),
    ],
)
def test_the_definition_of_squad(given_: str, accepted: list[str], exact: float, f1: float) -> None:
    assert metrics.exact(given_, accepted) == exact
    assert metrics.token_f1(given_, accepted) == pytest.approx(f1)


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=3))
def test_an_exact_match_has_an_f1_of_one_and_nothing_exceeds_it(answer: str, accepted: list[str]) -> None:
    f1, exact = metrics.token_f1(answer, accepted), metrics.exact(answer, accepted)
    assert 0.0 <= f1 <= 1.0
    assert f1 >= exact


@pytest.mark.parametrize("case", FIXTURE["cases"], ids=range(len(FIXTURE["cases"])))
def test_the_figures_of_ir_measures(case: dict[str, Any]) -> None:
    """`scripts/check_metrics.py` wrote the fixture, in an environment that has ir-measures."""
    gains, relevant = [name in case["relevant"] for name in case["ranking"]], len(case["relevant"])
    ours = {
        "hit@1": metrics.hit_at(gains, 1),
        "hit@3": metrics.hit_at(gains, 3),
        "MRR": metrics.reciprocal_rank(gains),
        "recall@5": metrics.recall_at(gains, relevant, 5),
        "nDCG@10": metrics.ndcg_at(gains, relevant, 10),
        "nDCG@3": metrics.ndcg_at(gains, relevant, 3),
    }
    assert ours == pytest.approx(case["figures"], abs=1e-12)


def test_a_ranking_without_anything_relevant_scores_nothing() -> None:
    assert metrics.recall_at([False], 0, 3) == 0.0
    assert metrics.ndcg_at([], 0, 3) == 0.0
    assert metrics.reciprocal_rank([]) == 0.0


@given(SCORES, SCORES)
def test_auroc_is_the_share_of_pairs_in_order(positives: list[float], negatives: list[float]) -> None:
    pairs = [1.0 if p > n else 0.5 if p == n else 0.0 for p, n in itertools.product(positives, negatives)]
    found = metrics.auroc(positives, negatives)
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


def test_the_risk_coverage_curve_takes_ties_together() -> None:
    points = metrics.risk_coverage([(0.9, True), (0.5, False), (0.5, True), (0.1, False)])
    assert [(p.confidence, p.coverage, p.risk) for p in points] == [(0.9, 0.25, 0.0), (0.5, 0.75, pytest.approx(1 / 3)), (0.1, 1.0, 0.5)]
    assert metrics.area_under_risk(points) == pytest.approx((0 * 1 + 2 / 3 + 0.5) / 4)
    assert metrics.area_under_risk(()) is None


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.4, 0.7]), st.booleans()), min_size=1, max_size=20))
def test_the_curve_ends_at_everything_and_its_order_is_of_no_account(judged: list[tuple[float, bool]]) -> None:
    points = metrics.risk_coverage(judged)
    assert points == metrics.risk_coverage(reversed(judged))
    assert points[-1].coverage == 1.0
    assert points[-1].risk == pytest.approx(sum(not right for _, right in judged) / len(judged))
    area = metrics.area_under_risk(points)
    assert area is not None
    assert 0.0 <= area <= 1.0


def test_a_share_of_nothing_is_undefined() -> None:
    assert metrics.share(1, 4) == 0.25
    assert metrics.share(0, 0) is None


def test_the_discount_is_the_logarithm_to_two() -> None:
    assert metrics.ndcg_at([False, True], 1, 10) == pytest.approx(1 / math.log2(3))
