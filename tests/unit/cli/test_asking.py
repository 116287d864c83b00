from __future__ import annotations

import gc
from pathlib import Path

import pytest

from pmbot.cli.asking import Asker, State, plan_of, processes, without_collector
from tests.fakes_api import FakeKnowledge

SET = "cases:\n  - {id: a, question: trade, contains: million}\n  - {id: b, question: France, abstains: true}\n"


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / f"{name}.yaml").write_text(f"knowledge: {name}\n{SET}", encoding="utf-8")
    return tmp_path


def test_every_set_asks_its_knowledge_loaded_once(sets: Path) -> None:
    loaded: list[Path | None] = []

    def load(knowledge: Path | None, _: Path | None) -> FakeKnowledge:
        loaded.append(knowledge)
        return FakeKnowledge()

    plan = plan_of([sets], None, None)
    asker = Asker(plan, load, State())
    found = [(timed.result.id, timed.result.source, timed.result.outcome, len(timed.times)) for timed in asker.ask(plan.tasks)]
    assert found == [("a", 0, "passed", 1), ("b", 0, "passed", 1), ("a", 1, "passed", 1), ("b", 1, "passed", 1)]
    assert loaded == [sets / "one", sets / "two"]
    assert [source.knowledge for source in asker.sources()] == [str(sets / "one"), str(sets / "two")]


def test_a_knowledge_named_on_the_command_line_is_asked_by_all(sets: Path) -> None:
    assert set(plan_of([sets], sets, None).knowledge) == {sets}


def test_without_a_number_there_is_a_process_per_processor() -> None:
    assert processes(3) == 3
    assert processes(0) >= 1


def test_the_collector_is_as_before_afterwards() -> None:
    with without_collector():
        assert not gc.isenabled()
        with without_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
