"""The table of what each part is worth, from the measurements of `ablation`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from learning.ablation import ALL, Measured
from pmbot.answering.guards import DEMANDS, GUARDS
from pmbot.answering.params import AnsweringParams

SAMPLES = 400
NEEDED: Mapping[str, float] = {guard.__name__: demand for guard, demand in DEMANDS.items()}


class Figures(NamedTuple):
    """Percentages as shipped: of answerable questions, of those answered, of questions whose paragraph was taken out."""

    answered: float
    right: float
    false: float


class Line(NamedTuple):
    """What is lost without a part: changes in points. `evenly` is measured with the threshold moved so that as much is answered."""

    part: str
    hit: float
    low: float
    high: float
    shipped: Figures
    evenly: Figures


def lines(rows: Sequence[Measured]) -> Iterator[Line]:
    """A line for each feature and source, then for each guard that has a demand."""
    whole = [row for row in rows if row.part == ALL]
    threshold = AnsweringParams().threshold
    base = figures(whole, threshold, _refused)
    for part in dict.fromkeys(row.part for row in rows if row.part != ALL):
        less = [row for row in rows if row.part == part]
        yield _line(part, (whole, less), base, _refused)
    for guard in GUARDS:
        name = guard.__name__
        # What a guard signals to the confidence goes with it.
        less = [row._replace(sure=row.without.get(name, row.sure), fired=tuple(g for g in row.fired if g != name)) for row in whole]
        yield _line(f"guard `{name}`", (whole, less), base, _refused)


def _line(part: str, rows: tuple[Sequence[Measured], Sequence[Measured]], base: Figures, refused: Callable[[Measured], bool]) -> Line:
    whole, less = rows
    shipped = figures(less, AnsweringParams().threshold, refused)
    # Both by their own highest threshold for as many answers: what lies between that and the default is nobody's doing.
    even, evenly = (figures(each, _threshold_for(each, base.answered, refused), refused) for each in rows)
    hit, low, high = _paired(whole, less)
    return Line(part, hit, low, high, _minus(shipped, base), _minus(evenly, even))


def _refused(row: Measured) -> bool:
    return any(row.sure < NEEDED.get(guard, 0.0) for guard in row.fired)


def figures(rows: Sequence[Measured], threshold: float, refused: Callable[[Measured], bool]) -> Figures:
    """The percentages when everything below `threshold` is refused, and what the guards refuse."""
    answered = [row for row in rows if row.sure >= threshold and not refused(row)]
    own, near = ([row for row in rows if row.condition == condition] for condition in "AD")
    said = [row for row in answered if row.condition == "A"]
    false = sum(row.condition == "D" for row in answered)
    return Figures(100 * len(said) / len(own), 100 * sum(row.right for row in said) / max(1, len(said)), 100 * false / len(near))


def _threshold_for(rows: Sequence[Measured], share: float, refused: Callable[[Measured], bool]) -> float:
    """The threshold at which `share` per cent of the answerable questions are answered, or as many as can be."""
    own = [row for row in rows if row.condition == "A"]
    free = sorted((row.sure for row in own if not refused(row)), reverse=True)
    wanted = round(share * len(own) / 100)
    return free[min(wanted, len(free)) - 1] if free else 0.0


def _minus(one: Figures, other: Figures) -> Figures:
    return Figures(*(a - b for a, b in zip(one, other, strict=True)))


def _paired(whole: Sequence[Measured], less: Sequence[Measured]) -> tuple[float, float, float]:
    """The change in hit@1, and the middle 95 % of it over samples of articles."""
    by_article: dict[int, list[int]] = {}
    right = {row.id: row.right for row in whole}
    for row in less:
        if row.condition == "A":
            by_article.setdefault(row.article, []).append(row.right - right[row.id])
    dice, articles = random.Random(1), sorted(by_article)

    def change(drawn: Sequence[int]) -> float:
        values = [value for article in drawn for value in by_article[article]]
        return 100 * sum(values) / len(values)

    sampled = sorted(change(dice.choices(articles, k=len(articles))) for _ in range(SAMPLES))
    return change(articles), sampled[int(0.025 * SAMPLES)], sampled[int(0.975 * SAMPLES) - 1]


def table(rows: Sequence[Measured]) -> str:
    """The table in Markdown."""
    head = (
        "| without | hit@1 | 95 % | answered | right of answered | FAR D | right, as many answered | FAR D, as many answered |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    body = [
        f"| {line.part} | {line.hit:+.1f} | {line.low:+.1f} – {line.high:+.1f} | {line.shipped.answered:+.1f} | {line.shipped.right:+.1f} |"
        f" {line.shipped.false:+.1f} | {line.evenly.right:+.1f} | {line.evenly.false:+.1f} |"
        for line in lines(rows)
    ]
    return "\n".join([head, *body])
