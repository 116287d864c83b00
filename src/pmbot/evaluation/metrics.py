"""Metrics as the field defines them: pure functions over plain inputs. What is undefined (nothing to divide by) is None.

`gains` is the ranking of one question, best first: whether each item is relevant. `relevant` is how many relevant items there are.
Every function says where its definition comes from; `docs/metrics.md` says how a question set is turned into their inputs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from pmbot.evaluation.normalize import normalise_answer


def exact(given: str, accepted: Iterable[str]) -> float:
    """Exact match, 1.0 or 0.0: the normalised answer is one of the accepted ones.

    SQuAD v1.1 (Rajpurkar et al. 2016, EMNLP): the maximum over the accepted answers, and 0 where there are none.
    """
    return _best(given, accepted, lambda a, b: float(a == b))


def token_f1(given: str, accepted: Iterable[str]) -> float:
    """F1 of the bags of normalised tokens, 0..1, the maximum over the accepted answers.

    SQuAD v1.1 (Rajpurkar et al. 2016, EMNLP); where one side has no tokens 1.0 when both have none, as the script of SQuAD 2.0
    (Rajpurkar et al. 2018, ACL).
    """
    return _best(given, accepted, _overlap)


def _best(given: str, accepted: Iterable[str], agree: Callable[[list[str], list[str]], float]) -> float:
    tokens = normalise_answer(given).split()
    return max((agree(tokens, normalise_answer(answer).split()) for answer in accepted), default=0.0)


def _overlap(given: list[str], wanted: list[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    common = (Counter(given) & Counter(wanted)).total()
    if not common:
        return 0.0
    precision, recall = common / len(given), common / len(wanted)
    return 2 * precision * recall / (precision + recall)


def hit_at(gains: Sequence[bool], k: int) -> float:
    """1.0 when a relevant item is among the first `k`: `Success@k` of trec_eval."""
    return float(any(gains[:k]))


def reciprocal_rank(gains: Sequence[bool]) -> float:
    """One over the rank of the first relevant item, 0 where there is none; its mean is MRR (Voorhees 1999, TREC-8)."""
    return next((1.0 / rank for rank, gain in enumerate(gains, 1) if gain), 0.0)


def recall_at(gains: Sequence[bool], relevant: int, k: int) -> float:
    """The share of the relevant items that is among the first `k`: `R@k` of trec_eval; 0 where nothing is relevant."""
    return sum(gains[:k]) / relevant if relevant else 0.0


def ndcg_at(gains: Sequence[bool], relevant: int, k: int) -> float:
    """Discounted gain of the first `k` with a discount of log2(1 + rank), over that of the best possible ranking.

    Järvelin and Kekäläinen 2002 (TOIS 20:4) in the form of trec_eval, with gains of 0 and 1; 0 where nothing is relevant.
    """
    ideal = sum(1.0 / math.log2(rank + 1) for rank in range(1, min(relevant, k) + 1))
    return sum(1.0 / math.log2(rank + 1) for rank, gain in enumerate(gains[:k], 1) if gain) / ideal if ideal else 0.0


def share(part: float, whole: float) -> float | None:
    """`part` / `whole`; None when `whole` is 0. Precision and recall of any kind are such shares."""
    return part / whole if whole else None


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The area under the ROC curve: how often a positive scores higher than a negative, ties counting half.

    Mann–Whitney U over the number of pairs (Hanley and McNeil 1982, Radiology 143:29). None when one side is empty.
    """
    if not positives or not negatives:
        return None
    scored = sorted([(score, 1) for score in positives] + [(score, 0) for score in negatives])
    below, wins = 0, 0.0
    for _, tied in groupby(scored, key=lambda pair: pair[0]):
        sides = [side for _, side in tied]
        won, lost = sum(sides), len(sides) - sum(sides)
        wins += won * (below + lost / 2)
        below += lost
    return wins / (len(positives) * len(negatives))


class RiskPoint(NamedTuple):
    """Answering all questions at least this sure: the share of questions answered, and the share of those answered wrongly."""

    confidence: float
    coverage: float
    risk: float


def risk_coverage(judged: Iterable[tuple[float, bool]]) -> tuple[RiskPoint, ...]:
    """The risk–coverage curve of pairs (confidence, right), one point per distinct confidence, surest first.

    El-Yaniv and Wiener 2010 (JMLR 11:1605). Questions that are equally sure are answered together: no order among them is made up.
    """
    pairs = sorted(judged, key=lambda pair: -pair[0])
    points, taken, wrong = [], 0, 0
    for confidence, tied in groupby(pairs, key=lambda pair: pair[0]):
        outcomes = [right for _, right in tied]
        taken += len(outcomes)
        wrong += outcomes.count(False)
        points.append(RiskPoint(confidence, taken / len(pairs), wrong / taken))
    return tuple(points)


def area_under_risk(points: Sequence[RiskPoint]) -> float | None:
    """AURC: the mean risk over all coverages, each step at the risk of its end; lower is better. None without points.

    Geifman, Uziel and El-Yaniv 2019 (ICLR, "Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers").
    """
    if not points:
        return None
    before = (0.0, *(point.coverage for point in points))
    return sum(point.risk * (point.coverage - start) for point, start in zip(points, before, strict=False))
