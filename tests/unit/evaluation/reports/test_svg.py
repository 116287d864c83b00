from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from pmbot.evaluation.reports.svg import WIDTH, Bar, Line, bar_plot, mirror_histogram, standalone, step_plot
from tests.fakes_report import HOSTILE


def parse(plot: str) -> ET.Element:
    return ET.fromstring(standalone(plot))


def numbers(root: ET.Element, name: str) -> list[float]:
    return [float(node.get(name, "0")) for node in root.iter() if node.get("class", "").startswith("f") and node.get(name)]


def test_steps_hold_until_the_next() -> None:
    plot = step_plot("T", [Line("one", 1, [(0.0, 1.0), (0.5, 0.5), (1.0, 0.0)])], across="x", limit=0.3)
    assert 'd="M38 14H193V103H348V192"' in plot
    assert "set: 0.3" in plot
    assert parse(plot).tag.endswith("svg")


def test_a_limit_at_the_right_is_labelled_to_its_left() -> None:
    plot = step_plot("T", [Line("one", 1, [(0.0, 1.0)])], across="x", limit=0.9)
    assert 'text-anchor="end">set: 0.9<' in plot


def test_a_histogram_counts_everything_also_at_its_ends() -> None:
    plot = mirror_histogram("T", [("up", [0.0, 0.0, 1.0]), ("down", [0.5])], across="x", limit=0.3)
    root = parse(plot)
    heights = numbers(root, "height")
    assert max(heights) == pytest.approx(2 * min(heights[:3]), rel=0.02)
    assert "up: 3" in plot
    assert "down: 1" in plot
    parse(mirror_histogram("T", [("up", []), ("down", [])], across="x"))


def test_bars_stay_inside() -> None:
    root = parse(bar_plot("T", [Bar("tag " * 30, [(2, 5), (3, 5)]), Bar("b", [(2, 0), (3, 1)]), Bar("c", [])]))
    ends = [x + wide for x, wide in zip(numbers(root, "x"), numbers(root, "width"), strict=True)]
    assert max(ends) <= WIDTH


def test_hostile_names_are_text() -> None:
    plots = [bar_plot(HOSTILE, [Bar(HOSTILE, [(2, 1)])]), step_plot(HOSTILE, [Line(HOSTILE, 1, [(0, 0)])], across=HOSTILE)]
    for plot in plots:
        assert "<script" not in plot
        assert "\x1b" not in plot
        assert "\u202e" not in plot
        assert not [node for node in parse(plot).iter() if node.tag.endswith(("script", "img"))]


def test_a_file_stands_alone() -> None:
    text = standalone(bar_plot("T", [Bar("b", [(2, 1)])]))
    assert text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "prefers-color-scheme:dark" in text
    assert "href" not in text
