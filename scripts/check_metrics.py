#!/usr/bin/env python3
"""Hold our ranking metrics against ir-measures: python scripts/check_metrics.py PYTHON [--write].

PYTHON is the interpreter of an environment that has `ir-measures` (python -m venv DIR; DIR/bin/pip install ir-measures): it brings scipy,
which pmbot does without. --write writes the rankings and its figures to tests/unit/evaluation/ir_measures.json, which a test reads.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from pmbot.evaluation import metrics

FIXTURE = Path(__file__).resolve().parents[1] / "tests" / "unit" / "evaluation" / "ir_measures.json"
CASES = 60
ORACLE = """
import json, sys
import ir_measures
from ir_measures import AP, RR, R, Success, nDCG
names = {"hit@1": Success@1, "hit@3": Success@3, "MRR": RR, "recall@5": R@5, "nDCG@10": nDCG@10, "nDCG@3": nDCG@3}
found = []
for case in json.load(sys.stdin):
    qrels = [ir_measures.Qrel("q", name, 1) for name in case["relevant"]]
    run = [ir_measures.ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(case["ranking"])]
    figures = ir_measures.calc_aggregate(list(names.values()), qrels, run)
    found.append({name: figures[measure] for name, measure in names.items()})
json.dump({"version": ir_measures.__version__, "figures": found}, sys.stdout)
"""


def rankings() -> list[dict[str, Any]]:
    """Rankings of up to 20 sentences with up to 6 relevant ones, some of which are not ranked."""
    dice = random.Random(7)
    made = []
    for _ in range(CASES):
        ranked = [f"d{number}" for number in dice.sample(range(30), dice.randint(1, 20))]
        made.append({"ranking": ranked, "relevant": sorted(f"d{number}" for number in dice.sample(range(30), dice.randint(1, 6)))})
    return made


def ours(case: dict[str, Any]) -> dict[str, float]:
    """Our figures of a ranking."""
    gains, relevant = [name in case["relevant"] for name in case["ranking"]], len(case["relevant"])
    return {
        "hit@1": metrics.hit_at(gains, 1),
        "hit@3": metrics.hit_at(gains, 3),
        "MRR": metrics.reciprocal_rank(gains),
        "recall@5": metrics.recall_at(gains, relevant, 5),
        "nDCG@10": metrics.ndcg_at(gains, relevant, 10),
        "nDCG@3": metrics.ndcg_at(gains, relevant, 3),
    }


def main() -> None:
    """Compare, and write the fixture where that is wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("python", help="interpreter that has ir-measures")
    parser.add_argument("--write", action="store_true", help="write the fixture of the test")
    options = parser.parse_args()
    cases = rankings()
    asked = subprocess.run([options.python, "-c", ORACLE], input=json.dumps(cases), capture_output=True, text=True, check=True)
    oracle = json.loads(asked.stdout)
    apart = [abs(mine - figures[name]) for case, figures in zip(cases, oracle["figures"], strict=True) for name, mine in ours(case).items()]
    print(f"ir-measures {oracle['version']}: {len(apart)} figures of {len(cases)} rankings, at most {max(apart):.1e} apart")
    if options.write:
        rows = [{**case, "figures": figures} for case, figures in zip(cases, oracle["figures"], strict=True)]
        FIXTURE.write_text(json.dumps({"ir_measures": oracle["version"], "cases": rows}, indent=1) + "\n", encoding="utf-8")
    sys.exit(max(apart) > 1e-9)


if __name__ == "__main__":
    main()
