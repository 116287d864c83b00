"""The words and names of texts by their beginnings, as they are written there: what is offered when a question is typed."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pmbot.text.normalize import fold

READ = 5_000_000
"""Characters read at most: a list to choose from needs no more."""
OFFERED = 20

_WORD = re.compile(r"[^\W\d_][\w’'-]{0,40}\w")
_POSSESSIVE = re.compile(r"[’']s$")
_SHORTEST = 3
_NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w’-]{1,40}(?: [^\W\d_a-zß-öø-ÿ][\w’-]{1,40}){1,3}")


class Vocabulary:
    """Words of three letters and more, and runs of capitalised words, of the first `READ` characters of `texts`."""

    def __init__(self, texts: Iterable[str]) -> None:
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        names: Counter[str] = Counter()
        left = READ
        for text in texts:
            read, left = text[:left], left - len(text)
            for word in _WORD.findall(read):
                bare = _POSSESSIVE.sub("", word)
                spellings[fold(bare)][bare] += 1
            names.update(name for name in _NAME.findall(read) if not _POSSESSIVE.search(name.partition(" ")[0]))
            if left <= 0:
                break
        found = [(folded, -counts.total(), counts.most_common(1)[0][0]) for folded, counts in spellings.items() if len(folded) >= _SHORTEST]
        for name, count in names.items():
            # The first word of a sentence has its capital from there.
            first, _, rest = name.partition(" ")
            kept = rest if first.lower() in spellings[fold(first)] else name
            if " " in kept:
                found.append((fold(kept), -count, kept))
        self._entries = sorted(set(found))

    def starting(self, prefix: str) -> tuple[str, ...]:
        """What begins like `prefix`, accents and capitals aside, the most frequent first, `OFFERED` at most."""
        folded = fold(prefix)
        first = bisect.bisect_left(self._entries, (folded,))
        last = bisect.bisect_left(self._entries, (folded + "\U0010ffff",))
        best = sorted(self._entries[first:last], key=lambda entry: (entry[1], entry[2]))
        return tuple(dict.fromkeys(entry[2] for entry in best))[:OFFERED]
