from __future__ import annotations

import itertools

from pmbot.text.figures.finding import find_figures, grammar_fingerprint, plain_figures


def test_figures_do_not_overlap() -> None:
    text = "On 3 May 2021 some €3.5 million, 27%, 12 km and the second of 300 men over ten years."
    spans = sorted((m.start, m.end) for m in plain_figures(text))
    assert len(spans) == 7
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_a_figure_behind_one_that_ran_into_another_is_found() -> None:
    text = "It made about €130 million or 27% of it."
    assert [text[m.start : m.end] for m in plain_figures(text)] == ["about €130 million", "27%"]


def test_what_a_date_is_besides_is_told_behind_it() -> None:
    text = "It opens every Monday at 10:30."
    found = [(m.kind.value, text[m.start : m.end]) for m in find_figures(text)]
    assert found == [
        ("date", "10:30"), ("date", "every Monday"), ("time", "10:30"), ("frequency", "every Monday")
    ]  # fmt: skip


def test_the_fingerprint_is_the_same_each_time() -> None:
    assert grammar_fingerprint() == grammar_fingerprint()
    assert len(grammar_fingerprint()) == 12
