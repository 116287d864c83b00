"""How true the confidence is: in ten bins, what was predicted against what was observed. As a table and as a picture."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from learning.readings import Row

BINS = 10
SAMPLES = 400
SIDE, EDGE = 320, 48
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#444}.line{stroke:#888;stroke-width:1;stroke-dasharray:4 4}.grid{stroke:#8884}"
    ".range{stroke:#36c;stroke-width:2}.dot{fill:#36c}@media (prefers-color-scheme:dark){text{fill:#ccc}.range{stroke:#8bf}.dot{fill:#8bf}}"
)


class Bin(NamedTuple):
    """Questions whose confidence lies in `[low, low + 1/BINS)`: how many, the mean predicted, the share right, and its 95 %."""

    low: float
    questions: int
    predicted: float
    observed: float
    least: float
    most: float


def bins(rows: Sequence[Row]) -> list[Bin]:
    """The bins that hold questions. The best sentence is right when it holds the answer; never for questions that have none."""
    found = []
    for at in range(BINS):
        held = [row for row in rows if row.found and min(int(row.sure * BINS), BINS - 1) == at]
        if held:
            predicted = sum(row.sure for row in held) / len(held)
            found.append(Bin(at / BINS, len(held), predicted, _share(held), *_interval(held)))
    return found


def _is_right(row: Row) -> bool:
    return row.condition == "A" and row.rank == 1


def _share(rows: Sequence[Row]) -> float:
    return sum(map(_is_right, rows)) / len(rows)


def _interval(rows: Sequence[Row]) -> tuple[float, float]:
    """The middle 95 % of the share right over samples of articles."""
    by_article: dict[int, list[Row]] = {}
    for row in rows:
        by_article.setdefault(row.article, []).append(row)
    dice, articles = random.Random(1), sorted(by_article)
    values = sorted(_share([row for a in dice.choices(articles, k=len(articles)) for row in by_article[a]]) for _ in range(SAMPLES))
    return values[int(0.025 * SAMPLES)], values[int(0.975 * SAMPLES) - 1]


def expected_error(found: Sequence[Bin]) -> float:
    """The expected calibration error (Naeini et al. 2015): the mean distance of predicted and observed, by number of questions."""
    total = sum(b.questions for b in found)
    return sum(b.questions * abs(b.predicted - b.observed) for b in found) / total


def table(found: Sequence[Bin]) -> str:
    """The bins in Markdown, in per cent."""
    body = [
        f"| {100 * b.low:.0f} – {100 * b.low + 100 / BINS:.0f} | {b.questions} | {100 * b.predicted:.0f} | {100 * b.observed:.0f} |"
        f" {100 * b.least:.0f} – {100 * b.most:.0f} |"
        for b in found
    ]
    return "\n".join(["| confidence | questions | predicted | right | 95 % |\n|---|---|---|---|---|", *body])


def picture(found: Sequence[Bin]) -> str:
    """The reliability diagram as SVG without a background, so that it reads on light and on dark pages."""

    def x(share: float) -> float:
        return EDGE + share * SIDE

    def y(share: float) -> float:
        return EDGE / 2 + (1 - share) * SIDE

    body = [f'<line class="line" x1="{x(0):.1f}" y1="{y(0):.1f}" x2="{x(1):.1f}" y2="{y(1):.1f}"/>']
    for tick in range(0, 101, 25):
        share = tick / 100
        body.append(f'<line class="grid" x1="{x(0):.1f}" y1="{y(share):.1f}" x2="{x(1):.1f}" y2="{y(share):.1f}"/>')
        body.append(f'<text x="{x(0) - 8:.1f}" y="{y(share) + 4:.1f}" text-anchor="end">{tick}</text>')
        body.append(f'<text x="{x(share):.1f}" y="{y(0) + 18:.1f}" text-anchor="middle">{tick}</text>')
    for b in found:
        body.append(f'<line class="range" x1="{x(b.predicted):.1f}" y1="{y(b.least):.1f}" x2="{x(b.predicted):.1f}" y2="{y(b.most):.1f}"/>')
        body.append(f'<circle class="dot" cx="{x(b.predicted):.1f}" cy="{y(b.observed):.1f}" r="4"/>')
    body.append(f'<text x="{x(0.5):.1f}" y="{y(0) + 38:.1f}" text-anchor="middle">confidence, %</text>')
    body.append(f'<text x="{x(0.02):.1f}" y="{y(1) + 14:.1f}">right, %</text>')
    width, height = SIDE + 1.5 * EDGE, SIDE + 1.5 * EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img">'
        f"<title>Confidence against the share of right sentences</title><style>{_STYLE}</style>{''.join(body)}</svg>\n"
    )
