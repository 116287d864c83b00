"""Figures are shown with their hedges."""

from __future__ import annotations

import pytest

from pmbot.answering.hedges import hedged, with_ratio


@pytest.mark.parametrize(
    ("text", "figure", "shown"),
    [
        ("The lamp cost about €3 million.", "€3", "about €3 million."),
        ("Some 900 lamps glow.", "900", "Some 900 lamps glow."),
        ("It glows for roughly four hours.", "four", "roughly four hours."),
        ("It took more than 150 trams.", "150", "more than 150 trams."),
        ("The bridge opened around May 1890.", "May", "around May 1890."),
        ("The bridge (c. 1890) is long.", "1890", "c. 1890) is long."),
        ("It weighs ~3 kg.", "3", "~3 kg."),
        # what stands before is no hedge, or not its own
        ("The lamp cost €3 million.", "€3", "€3 million."),
        ("About lamps: 300 glow.", "300", "300 glow."),
        ("It speaks about Zorblat.", "Zorblat", "Zorblat."),
        ("About 300 of 400 lamps glow.", "400", "400 lamps glow."),
    ],
)
def test_a_hedge_belongs_to_the_figure_behind_it(text: str, figure: str, shown: str) -> None:
    assert text[hedged(text, text.index(figure)) :] == shown


@pytest.mark.parametrize(
    ("text", "figure", "shown"),
    [
        ("It hurts one guest in ten badly.", "one", "one guest in ten"),
        ("Of all, 3 in every 1,000 glow.", "3", "3"),
        ("Of all, 3 out of 8 glow.", "3", "3 out of 8"),
        ("It opened with 40 lamps in 1987.", "40", "40"),
        ("It opened with 40 lamps in Oslo.", "40", "40"),
        ("The Quindle in ten rooms.", "Quindle", "Quindle"),
    ],
)
def test_a_ratio_belongs_to_the_figure_before_it(text: str, figure: str, shown: str) -> None:
    start = text.index(figure)
    assert text[start : with_ratio(text, start, start + len(figure))] == shown
