"""What `make quality` measures with: typos, conversations, bins and thresholds, on made-up figures."""

from __future__ import annotations

import importlib
import random
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pmbot.answering.confidence import BIAS, ConfidenceModel
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import Models, Policy
from pmbot.bootstrap import Builder
from pmbot.config import load_configuration
from tests.fakes_answering import ANALYZER, World, mentions_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return lambda name: importlib.import_module(f"learning.{name}")


def test_a_typo_changes_one_long_word(learning: Any) -> None:
    typos = learning("typos")
    asked = "When was the Zorblat bridge opened?"
    for seed in range(50):
        made = typos.with_typos(asked, 1, ANALYZER, random.Random(seed))
        changed = [(a, b) for a, b in zip(asked.split(), made.split(), strict=True) if a != b]
        assert len(changed) == 1
        assert changed[0][0] in {"Zorblat", "bridge", "opened?"}
    assert typos.with_typos("Who is Ana?", 1, ANALYZER, random.Random(1)) is None
    assert typos.with_typos(asked, 2, ANALYZER, random.Random(1)) == typos.with_typos(asked, 2, ANALYZER, random.Random(1))


def test_pairs_replace_a_shared_name_by_a_pronoun(learning: Any) -> None:
    articles, conversations = learning("articles"), learning("conversations")
    texts = [
        "Who runs Quindle Ltd?",
        "When was Quindle Ltd founded?",
        "Who is Otto Berg?",
        "Where does Otto Berg work?",
        "Who likes a Chile lamp?",
    ]
    asked = tuple(articles.Asked(text, ("x",), (0, 1), 0) for text in texts)
    engine = SimpleNamespace(mentions_in=mentions_of, views=World({"a.txt": "Lamps glow."}).views)
    made = conversations.pairs(engine, articles.Article(1, Path("a.txt"), asked), 9)
    assert {(pair.before, pair.text) for pair in made} == {
        ("Who runs Quindle Ltd?", "When was it founded?"),
        ("Who is Otto Berg?", "Where does he work?"),
    }


def row(readings: Any, sure: float, *, right: bool, article: int = 1, condition: str = "A") -> Any:
    return readings.Row(
        id=f"{article}/{sure}", condition=condition, article=article, rank=int(right), plain_rank=0, sure=sure, refused=False, found=True,
        shown="", span_sure=0.0, exact=0.0, overlap=0.0, seconds=0.0, reason="",
    )  # fmt: skip


def test_bins_compare_what_was_predicted_with_what_was_right(learning: Any) -> None:
    readings, reliability = learning("readings"), learning("reliability")
    rows = [
        row(readings, 0.95, right=True),
        row(readings, 0.95, right=False, condition="D"),
        row(readings, 0.05, right=False),
        row(readings, 1.0, right=True),
    ]
    low, high = reliability.bins(rows)
    assert (low.questions, low.predicted, low.observed) == (1, 0.05, 0.0)
    assert (high.questions, round(high.observed, 3)) == (3, 0.667)
    assert reliability.expected_error([low, high]) == pytest.approx((0.05 + 3 * abs(2.9 / 3 - 2 / 3)) / 4)
    assert "| 90 – 100 | 3 | 97 | 67 |" in reliability.table([low, high])
    ET.fromstring(reliability.picture([low, high]))


def test_a_guard_that_only_refuses_right_answers_is_seen(learning: Any) -> None:
    ablation, tables = learning("ablation"), learning("ablation_table")

    def measured(name: str, condition: str, sure: float, *fired: str, right: bool = False) -> Any:
        return ablation.Measured(ablation.ALL, name, condition, 1, right, sure, fired, dict.fromkeys(fired, sure))

    rows = [
        measured("a", "A", 0.9, right=True),
        measured("b", "A", 0.95, "absent_name", right=True),
        measured("c", "D", 0.92),
        measured("d", "D", 0.7, "number_apart"),
    ]
    found = {line.part: line for line in tables.lines(rows)}
    assert found["guard `absent_name`"].shipped == (50.0, 0.0, 0.0)  # without it more is answered, nothing falsely
    assert found["guard `absent_name`"].evenly == (0.0, 0.0, -50.0)  # as many answered, with less false
    assert found["guard `number_apart`"].shipped == (0.0, 0.0, 50.0)
    assert found["guard `number_apart`"].hit == 0.0


def test_trees_find_what_weights_cannot(learning: Any) -> None:
    boosting = learning("boosting")
    names = [f"{signal} {number}" for signal in ("one", "other") for number in range(5)]
    pairs = [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)] * 100 + [(1.0, 1.0)] * 60
    examples = boosting.Examples(
        np.array([[one] * 5 + [other] * 5 for one, other in pairs]), np.array([float(a != b) for a, b in pairs]), np.ones(len(pairs))
    )
    trees = boosting.boosted(examples, names, np.zeros(len(pairs)))
    assert trees == boosting.boosted(examples, names, np.zeros(len(pairs)))
    model = ConfidenceModel({BIAS: 0.0}, trees)
    for one, other in pairs[:3]:
        found = dict(zip(names, [one] * 5 + [other] * 5, strict=True))
        assert (model.probability(found) > 0.5) == (one != other)


def test_a_tree_that_tells_nothing_is_a_number(learning: Any) -> None:
    boosting = learning("boosting")
    examples = boosting.Examples(np.full((50, 1), 0.5), np.ones(50), np.ones(50))
    trees = boosting.boosted(examples, ["same"], np.zeros(50))
    assert trees[0] == pytest.approx(boosting.RATE * 25 / (12.5 + boosting.RIDGE), abs=0.001)
    assert all(isinstance(tree, float) for tree in trees)


SET = """
knowledge: a.txt
cases:
  - {id: told, question: "How much did Zorblat cost?", answer: ["€3 million"], cites: {document: a.txt, text: "cost €3 million in"}}
  - {id: elsewhere, question: "What did Zorblat cost?", cites: {document: a.txt, text: "The bridge hums in Oslo"}}
  - {id: untold, question: "How long is the Zorblat bridge?", tags: [near-topic], abstains: true}
  - {id: verdict, question: "Did Zorblat cost much?", contains: ["€3"]}
  - {id: talk, turns: [{question: "Hello", contains: ["a"]}]}
"""


def test_question_sets_teach_what_they_say_of_a_sentence(learning: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Zorblat cost €3 million in 1987. The bridge hums in Oslo.", encoding="utf-8")
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    module = learning("question_examples")
    build = Builder(load_configuration().in_memory())
    make = SimpleNamespace(engine=build, policy=lambda: Policy(AnsweringParams(), Models({}, ConfidenceModel({}))), paraphraser=None)
    found = list(module.set_examples(tmp_path / "set.yaml", make))
    assert [(example.right, example.source, example.fold) for example in found] == [
        (True, "development", -1),
        (False, "development", -1),
        (False, "development", -1),
    ]
    assert all(example.signals["covered"] > 0.0 for example in found)
