from __future__ import annotations

import importlib
import itertools
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))

    def load(name: str) -> ModuleType:
        return importlib.import_module(name)

    return load


@pytest.fixture
def source(scripts: Any, tmp_path: Path) -> Any:
    """What is made up where the evaluation texts are not there."""
    return scripts("bench_corpora").read_source(tmp_path)


def test_made_up_text_is_the_same_each_time(scripts: Any, source: Any, tmp_path: Path) -> None:
    corpora = scripts("bench_corpora")
    assert source == corpora.read_source(tmp_path)
    assert len(source.questions) == len(source.bare) > 1000
    assert all(set(bare) <= set(full) for full, bare in zip(source.questions, source.bare, strict=True))


@pytest.mark.parametrize("size", [20, 4000, 26_000, 31_000])
def test_a_corpus_has_its_size_however_large(scripts: Any, source: Any, size: int) -> None:
    corpora = scripts("bench_corpora")
    first = list(corpora.corpus(source, size))
    assert len(first) == size
    assert all(first)
    assert first[:50] == list(itertools.islice(corpora.corpus(source, size), 50))


def test_a_large_corpus_grows_by_new_words(scripts: Any, source: Any) -> None:
    passages = list(scripts("bench_corpora").corpus(source, 40_000))
    new = [term for passage in passages for term in passage if term.startswith("new")]
    assert 0.02 < len(new) / sum(map(len, passages)) < 0.06
    assert len(set(new)) > 1000


def test_pmbot_and_rank_bm25_find_the_same(scripts: Any, source: Any) -> None:
    passages = list(scripts("bench_corpora").corpus(source, 300))
    available, missing = scripts("bench_engines").engines()
    assert {"pmbot", "rank-bm25"} <= set(available)
    assert not set(available) & set(missing)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("pmbot", "rank-bm25"):
            (place := Path(folder) / name).mkdir()
            available[name].build(passages, place)
            available[name].open(place)
        for terms in source.bare[:40]:
            found = available["pmbot"].ask(terms)
            holding = [row for row in range(300) if set(passages[row]) & set(terms)]
            assert len(found) == min(10, len(holding))
            assert set(found) <= set(holding)
            # rank-bm25 breaks ties by the last row, and gives passages without any of the words when there are too few
            assert not found or available["rank-bm25"].ask(terms)[0] in found


def test_the_page_tells_what_was_measured(scripts: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = scripts("bench_page")
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(page, "PLOT", tmp_path / "performance.svg")

    def engine(p50: float) -> dict[str, Any]:
        times = {"p50": p50, "p95": 2 * p50, "p99": 3 * p50, "asked": 300}
        memory = {"anonymous": 1.0, "resident": 2.0}
        return {"build": 1.5, "bytes": 2_000_000, "open": 0.001, "after questions": memory, "full": times, "bare": times}

    own = {"fit": {"pmbot": 1.0, "rank-bm25": 2.0}, "threads": {"1": 1000.0, "2": 1500.0}}
    sizes = {str(size): {"pmbot": engine(1e-5) | own, "rank-bm25": engine(4e-4)} for size in (90, 2000)}
    answers = [{"chunks": 2000, "p50": 0.004, "p95": 0.009, "open": 0.02}]
    page.write_page({"machine": "a 2-core machine", "source": "some text", "questions": 300, "sizes": sizes, "answers": answers})
    said = page.PAGE.read_text(encoding="utf-8")
    assert "| rank-bm25 | 400 (800, 1,200) [40×] | 400 (800, 1,200) [40×] |" in said
    assert "fitting takes pmbot 0.5× at 90, 0.5× at 2,000" in said
    assert "| 2,000 | 4.0 | 9.0 | 20.0 |" in said
    plot = ET.fromstring(page.PLOT.read_text(encoding="utf-8"))
    assert len(plot.findall("{http://www.w3.org/2000/svg}polyline")) == 4
