"""Questions run while the documents change under them: each sees one state of them, whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from pmbot.api import KnowledgeBase
from pmbot.models import Trace

THREADS = 8


def write(folder: Path, year: int) -> None:
    """Two documents that say the same year, and a third that moves the sentences of both about."""
    for name, thing in (("bridge", "Quindle bridge"), ("lamp", "Zorblat lamp")):
        (folder / f"{name}.txt").write_text(f"{'So it is. ' * (year % 5)}The {thing} opened in {year}.\n", encoding="utf-8")


def years_of(trace: Trace) -> set[str]:
    quotes = [citation.quote for citation in (*trace.answer.citations, *trace.answer.closest)]
    texts = [sentence.text for hit in trace.hits for sentence in hit.chunk.sentences]
    return {word.strip(".") for text in (*quotes, *texts) for word in text.split() if word.strip(".").isdigit()}


def test_no_answer_mixes_two_states(tmp_path: Path, scale: Callable[[int, int], int]) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder, 1900)
    base = KnowledgeBase.load(folder, index=tmp_path / "index")
    stop, mixed, asked = threading.Event(), [], []

    def ask() -> None:
        while not stop.is_set():
            trace = base.trace("When was the opening of the Zorblat lamp and the Quindle bridge?")
            years = years_of(trace)
            asked.append(min(years))
            if len(years) != 1:
                mixed.append(years)

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    swaps = scale(3, 20)
    for year in range(1901, 1901 + swaps):
        # Both files change before one reload: a reload between them would rightly see two years.
        write(folder, year)
        assert base.reload().changed == ("bridge.txt", "lamp.txt")
    stop.set()
    for thread in threads:
        thread.join()
    assert mixed == []
    assert len(set(asked)) > 1
    assert years_of(base.trace("When did the Zorblat lamp open?")) == {str(1900 + swaps)}
