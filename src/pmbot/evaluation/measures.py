"""The table of metrics: figures of judged questions, each with its interval and how many questions it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from pmbot.evaluation import metrics
from pmbot.evaluation.bootstrap import Interval, Plan, Weights, intervals
from pmbot.evaluation.judged import Judged, judge_report
from pmbot.evaluation.results import Report
from pmbot.rendering.page import Ink, Page, Paragraph, Run, line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, a share of 1 unless its name says otherwise. `count` is what it stands on; `value` is None where that is nothing."""

    name: str
    value: float | None
    interval: Interval | None
    count: int
    meaning: str


class _Ratio(NamedTuple):
    """A figure that is a sum over questions by a sum over questions; a question gives what goes above and below the line, or None."""

    name: str
    parts: Callable[[Judged], tuple[float, float] | None]
    meaning: str


def _mean(value: Callable[[Judged], float | None], among: Callable[[Judged], bool]) -> Callable[[Judged], tuple[float, float] | None]:
    def parts(one: Judged) -> tuple[float, float] | None:
        found = value(one) if among(one) else None
        return None if found is None else (found, 1.0)

    return parts


def _answerable(one: Judged) -> bool:
    return one.truth.answerable


def _ranks(one: Judged) -> bool:
    return one.truth.answerable and one.relevant > 0


def _scored(one: Judged) -> bool:
    return one.exact is not None


_RATIOS: tuple[_Ratio, ...] = (
    _Ratio("hit@1", _mean(lambda j: metrics.hit_at(j.gains, 1), _ranks), "the best sentence holds a wanted passage"),
    _Ratio("hit@3", _mean(lambda j: metrics.hit_at(j.gains, 3), _ranks), "one of the best three does"),
    _Ratio("MRR", _mean(lambda j: metrics.reciprocal_rank(j.gains), _ranks), "one over the rank of the first that does, mean"),
    _Ratio("recall@5", _mean(lambda j: metrics.recall_at(j.gains, j.relevant, 5), _ranks), "wanted passages among the best five"),
    _Ratio("nDCG@10", _mean(lambda j: metrics.ndcg_at(j.gains, j.relevant, 10), _ranks), "discounted gain of the best ten"),
    _Ratio("EM", _mean(lambda j: j.exact, _scored), "short answer exact; none given counts 0"),
    _Ratio("F1", _mean(lambda j: j.f1, _scored), "token F1 of the short answer; none given counts 0"),
    _Ratio("EM of given", _mean(lambda j: j.exact, lambda j: _scored(j) and j.short), "the same among short answers given"),
    _Ratio("F1 of given", _mean(lambda j: j.f1, lambda j: _scored(j) and j.short), "the same among short answers given"),
    _Ratio(
        "SQuAD 2.0 EM",
        _mean(lambda j: j.exact if j.truth.answerable else float(not j.answered), lambda j: _scored(j) or not j.truth.answerable),
        "EM over all, a rightly refused question counts 1",
    ),
    _Ratio(
        "SQuAD 2.0 F1",
        _mean(lambda j: j.f1 if j.truth.answerable else float(not j.answered), lambda j: _scored(j) or not j.truth.answerable),
        "F1 over all, a rightly refused question counts 1",
    ),
    _Ratio(
        "citation precision",
        lambda j: (j.cited_relevant, j.cited) if j.cited and (j.wanted or not j.truth.answerable) else None,
        "cited sentences that hold a wanted passage",
    ),
    _Ratio("citation recall", lambda j: (j.found, j.wanted) if j.wanted else None, "wanted passages that are cited"),
    _Ratio("coverage", _mean(lambda j: float(j.answered), lambda _: True), "questions answered, of all"),
    _Ratio("answered", _mean(lambda j: float(j.answered), _answerable), "of the answerable"),
    _Ratio("right of answered", _mean(lambda j: float(j.right), lambda j: j.answered), "precision of answers: the wanted passage is cited"),
    _Ratio("false answers", _mean(lambda j: float(j.answered), lambda j: not _answerable(j)), "unanswerable questions answered"),
    _Ratio(
        "abstention precision", _mean(lambda j: float(not _answerable(j)), lambda j: not j.answered), "refused questions without an answer"
    ),
    _Ratio("abstention recall", _mean(lambda j: float(not j.answered), lambda j: not _answerable(j)), "unanswerable questions refused"),
)


_OF_MIXED = frozenset({"SQuAD 2.0 EM", "SQuAD 2.0 F1", "abstention precision"})
"""What says nothing where every question has an answer."""


def measure(judged: Sequence[Judged], plan: Plan) -> tuple[Measure, ...]:
    """All figures of `judged`, in a fixed order; the same for the same questions, plan and order."""
    import numpy as np

    made: list[tuple[str, float | None, int, str]] = []
    figures: list[Callable[[Weights], float]] = []
    mixed = any(not one.truth.answerable for one in judged)
    for ratio in _RATIOS:
        if ratio.name in _OF_MIXED and not mixed:
            continue
        parts = [ratio.parts(one) for one in judged]
        above, below = (np.array([part[side] if part else 0.0 for part in parts], dtype=np.float64) for side in (0, 1))
        figures.append(_share_of(above, below))
        made.append((ratio.name, metrics.share(float(above.sum()), float(below.sum())), int(below.sum()), ratio.meaning))
    # The lists make the arrays; figures and rows stay parallel.
    sides = [[one.confidence for one in judged if one.truth.answerable is side] for side in (True, False)]
    made.append(("AUROC", metrics.auroc(*sides), len(judged), "an answerable question is surer than one that is not"))
    figures.append(_auroc_of(judged))
    points = metrics.risk_coverage((one.confidence, one.would_be_right) for one in judged)
    made.append(("AURC", metrics.area_under_risk(points), len(judged), "mean risk over all coverages; lower is better"))
    figures.append(_aurc_of(judged))
    found = intervals([one.truth.group for one in judged], figures, plan)
    return tuple(
        Measure(name, value, None if value is None else between, count, meaning)
        for (name, value, count, meaning), between in zip(made, found, strict=True)
    )


def _share_of(above: NDArray[np.float64], below: NDArray[np.float64]) -> Callable[[Weights], float]:
    def figure(weights: Weights) -> float:
        whole = float(weights @ below)
        return float(weights @ above) / whole if whole else float("nan")

    return figure


def _auroc_of(judged: Sequence[Judged]) -> Callable[[Weights], float]:
    """`metrics.auroc` over weights, sorted once."""
    import numpy as np

    confidence = np.array([one.confidence for one in judged], dtype=np.float64)
    positive = np.array([one.truth.answerable for one in judged], dtype=np.float64)
    _, level = np.unique(confidence, return_inverse=True)

    def figure(weights: Weights) -> float:
        size = int(level.max()) + 1 if len(level) else 0
        won = np.bincount(level, weights * positive, size)
        lost = np.bincount(level, weights * (1.0 - positive), size)
        pairs = float(won.sum() * lost.sum())
        return float(won @ (np.cumsum(lost) - lost / 2)) / pairs if pairs else float("nan")

    return figure


def _aurc_of(judged: Sequence[Judged]) -> Callable[[Weights], float]:
    """`metrics.area_under_risk` over weights, sorted once."""
    import numpy as np

    _, level = np.unique(np.array([-one.confidence for one in judged], dtype=np.float64), return_inverse=True)
    wrong = np.array([not one.would_be_right for one in judged], dtype=np.float64)

    def figure(weights: Weights) -> float:
        size = int(level.max()) + 1 if len(level) else 0
        step = np.bincount(level, weights, size)
        taken, errors = np.cumsum(step), np.cumsum(np.bincount(level, weights * wrong, size))
        drawn = taken > 0
        if not drawn.any():
            return float("nan")
        return float((step[drawn] * errors[drawn] / taken[drawn]).sum() / taken[-1])

    return figure


def measures_of(report: Report, plan: Plan | None = None) -> tuple[Measure, ...]:
    """The figures of a run, with the usual intervals; none where no case says whether its question has an answer."""
    judged = judge_report(report)
    return measure(judged, plan or Plan()) if judged else ()


HEADLINE = ("right of answered", "false answers", "hit@1", "F1", "citation recall")
"""The figures that a run is summed up by: may it be believed, does it find, does it say."""


def headline(report: Report) -> str:
    """The most telling figures in a line, per cent: `right of answered 97.4, false answers 4.5, hit@1 92.1`; empty where there is none."""
    found = {m.name: m for m in measures_of(report, Plan(samples=0))}
    return ", ".join(f"{name} {shown(found[name].value)}" for name in HEADLINE if name in found and found[name].value is not None)


def measures_page(measures: Iterable[Measure]) -> Page:
    """The table as text: name, value, interval, count, meaning. Figures that stand on nothing are left out."""
    rows = [(m.name, shown(m.value), between(m.interval), f"{m.count:,}", m.meaning) for m in measures if m.value is not None]
    heads = ("", "value", "95 %", "of", "")
    widths = [max((len(row[column]) for row in [heads, *rows]), default=0) for column in range(4)]
    head = f"{heads[0]:<{widths[0]}}  {heads[1]:>{widths[1]}}  {heads[2]:>{widths[2]}}  {heads[3]:>{widths[3]}}"
    body = [
        Paragraph((
            Run(f"{name:<{widths[0]}}  ", Ink.LABEL),
            Run(f"{value:>{widths[1]}}  {span:>{widths[2]}}  {count:>{widths[3]}}"),
            Run(f"  {meaning}", Ink.NOTE),
        ))
        for name, value, span, count, meaning in rows
    ]  # fmt: skip
    return (line(head.rstrip(), Ink.NOTE), *body)


def measure_records(measures: Iterable[Measure]) -> list[dict[str, Any]]:
    """The table for JSON: shares of 1, null where a figure stands on nothing."""
    return [
        {
            "name": m.name,
            "value": _rounded(m.value),
            "low": _rounded(m.interval and m.interval.low),
            "high": _rounded(m.interval and m.interval.high),
            "count": m.count,
            "meaning": m.meaning,
        }
        for m in measures
    ]


def _rounded(value: float | None) -> float | None:
    """To six digits: the last bits depend on how a machine adds up."""
    return None if value is None else round(value, 6)


def shown(value: float | None) -> str:
    """A share in per cent with one digit, – for none."""
    return "–" if value is None else f"{100 * value:.1f}"


def between(found: Interval | None) -> str:
    """An interval in per cent."""
    return "–" if found is None else f"{100 * found.low:.1f} – {100 * found.high:.1f}"
