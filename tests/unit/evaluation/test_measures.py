from __future__ import annotations

import pytest

from pmbot.evaluation import metrics
from pmbot.evaluation.bootstrap import Plan
from pmbot.evaluation.measures import measure, measure_records, measures_page
from pmbot.rendering import plain
from tests.fakes_report import make_judged

JUDGED = [
    make_judged("a", 0.9),
    make_judged("b", 0.8, right=False),
    make_judged("c", 0.6, answerable=False, right=False),
    make_judged("d", 0.2, reason="unsure"),
    make_judged("e", 0.3, answerable=False, reason="absent_name"),
]
VALUES = {
    "hit@1": 2 / 3,
    "hit@3": 1.0,
    "MRR": 2.5 / 3,
    "recall@5": 1.0,
    "coverage": 0.6,
    "answered": 2 / 3,
    "right of answered": 1 / 3,
    "false answers": 0.5,
    "citation precision": 1 / 3,
    "citation recall": 1 / 3,
    "abstention precision": 0.5,
    "abstention recall": 0.5,
}


def test_the_values() -> None:
    found = {m.name: m for m in measure(JUDGED, Plan(samples=50))}
    assert {name: found[name].value for name in VALUES} == pytest.approx(VALUES)
    assert found["EM"].value is None
    assert found["EM"].interval is None
    assert found["false answers"].count == 2


def test_the_bootstrapped_figures_are_the_plain_ones_when_every_item_is_drawn_once() -> None:
    """One group per question and the identity as sample would give the value; a sample of one group gives it many times over."""
    whole = measure(JUDGED, Plan(samples=1, seed=5))
    assert all(m.interval is None or 0.0 <= m.interval.low <= m.interval.high <= 1.0 for m in whole)
    import numpy as np

    from pmbot.evaluation.measures import _aurc_of, _auroc_of

    once = np.ones(len(JUDGED))
    assert _auroc_of(JUDGED)(once) == pytest.approx(metrics.auroc([0.9, 0.8, 0.2], [0.6, 0.3]))
    points = metrics.risk_coverage((one.confidence, one.would_be_right) for one in JUDGED)
    assert _aurc_of(JUDGED)(once) == pytest.approx(metrics.area_under_risk(points))


def test_twice_the_same_and_no_matter_how_often() -> None:
    assert measure(JUDGED, Plan(samples=80)) == measure(JUDGED, Plan(samples=80))


def test_where_every_question_has_an_answer_refusing_is_not_scored() -> None:
    names = {m.name: m.value for m in measure(JUDGED[:2], Plan(samples=10))}
    assert "abstention precision" not in names
    assert names["AUROC"] is None


def test_nothing_at_all() -> None:
    found = measure([], Plan(samples=10))
    assert all(m.value is None and m.interval is None for m in found)
    assert "hit@1" not in plain.render(measures_page(found), None)


def test_the_page_and_the_record_say_the_same() -> None:
    found = measure(JUDGED, Plan(samples=50))
    shown = plain.render(measures_page(found), None)
    assert "right of answered" in shown
    assert "33.3" in shown
    assert "EM of given" not in shown
    record = {entry["name"]: entry for entry in measure_records(found)}
    assert record["EM"]["value"] is None
    assert record["answered"]["low"] <= record["answered"]["value"] <= record["answered"]["high"]
