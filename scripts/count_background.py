"""Count how common English stems are.

    python scripts/count_background.py SQUAD.json > config/background.en.txt

Reads a file in SQuAD format, counts in how many paragraphs each stem stands, and prints the commonest. Counts only; no text is kept.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from pmbot.bootstrap import build_knowledge
from pmbot.config import load_configuration

KEPT = 5_000


def main(path: str) -> None:
    """Print the table."""
    analyzer = build_knowledge(load_configuration()).analyzer
    articles = json.loads(Path(path).read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph["context"] for article in articles for paragraph in article["paragraphs"]]
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update({token.term for token in analyzer.tokens(paragraph) if token.text.islower() and token.term.isalpha()})
    print("# In how many paragraphs of English encyclopaedia text each stem stands. Made by scripts/count_background.py; see NOTICE.")
    print(f"paragraphs: {len(paragraphs)}")
    for term, count in sorted(counts.most_common(KEPT), key=lambda item: (-item[1], item[0])):
        print(term, count)


if __name__ == "__main__":
    main(sys.argv[1])
