"""Same input, same answer: on any hash seed and in whatever order the files lie on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "How much did Latvia and South Korea trade in 2023?",
    "Which South Korean companies run clinical trials in Latvia?",
    "Who is the president of France?",
    "What happened in 2023?",
    "What was Grindeks' turnover?",
)
PROGRAM = """
import sys
from pmbot import KnowledgeBase
knowledge = KnowledgeBase.load(sys.argv[1])
for question in sys.argv[2:]:
    print(knowledge.trace(question).model_dump_json())
print(knowledge.examples())
"""


def run(seed: int, folder: Path) -> str:
    command = [sys.executable, "-c", PROGRAM, str(folder), *QUESTIONS]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=120).stdout


@pytest.mark.slow
def test_twenty_hash_seeds(tmp_path: Path) -> None:
    text = (ROOT / "knowledge" / "pmnet.txt").read_text(encoding="utf-8")
    other = "Trade between Estonia and Japan reached €11 million in 2023. Grindeks is mentioned here too."
    outputs = set()
    for seed in range(20):
        folder = tmp_path / str(seed)
        folder.mkdir()
        files = [("a.txt", other), ("b.txt", text), ("c/d.md", f"# Notes\n\n{other}\n")]
        for name, content in files if seed % 2 else reversed(files):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        outputs.add(run(seed, folder))
    assert len(outputs) == 1
