"""How common words are in ordinary English: paragraph counts of the commonest stems.

On a short document "Latvia" is common and "accent" rare; in ordinary English it is the other way round. The same table keeps typo
correction away from ordinary words. `scripts/count_background.py` makes the file; NOTICE names the texts that were counted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pmbot.errors import ConfigError
from pmbot.text.wordlists import content_lines


@dataclass(frozen=True)
class Background:
    """Counts by stem and the number of paragraphs they were counted in. Empty: every word is equally telling."""

    counts: Mapping[str, int] = field(default_factory=dict)
    paragraphs: int = 0

    def __contains__(self, stem: object) -> bool:
        return stem in self.counts

    def weight(self, stem: str) -> float:
        """How telling a word is, 0..1: its IDF over that of a word which was never counted."""
        if not self.paragraphs:
            return 1.0
        rarest = math.log(self.paragraphs + 1.0)
        return min(1.0, math.log((self.paragraphs + 1.0) / (self.counts.get(stem, 0) + 1.0)) / rarest)


def read_background(path: Path) -> Background:
    """Read `paragraphs: N` and then `stem count` lines; ConfigError with file:line for anything else."""
    counts: dict[str, int] = {}
    for number, line in content_lines(path):
        stem, _, count = line.partition(" ")
        if not count.isdecimal():
            raise ConfigError(f"{path}:{number}: a line reads 'stem count'; found {line!r}")
        counts[stem] = int(count)
    paragraphs = counts.pop("paragraphs:", 0)
    if not paragraphs:
        raise ConfigError(f"{path}: the line 'paragraphs: N' is missing; make the file anew with scripts/count_background.py")
    return Background(counts, paragraphs)
