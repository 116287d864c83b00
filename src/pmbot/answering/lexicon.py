"""Words that mean the same: author synonyms, a general thesaurus, derivations. Plain text, one class per line.

    firm, company, business        each stands for each other
    university, hospital > institution     the text's narrower word answers a question that uses the broader one
    owe, price ~ cost, fee, charge         a sentence with a word on the right often answers a question with one on the left
    participate: participation participant     a family of derived words

Quality tells how good a substitute is: 1 the word itself, `DERIVED`, `SYNONYM`, `BROADER`, `RELATED`. Names are never looked up here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from pmbot.errors import ConfigError

DERIVED = 0.85
SYNONYM = 0.8
BROADER = 0.5
RELATED = 0.5

_SIGN = re.compile("[>~]")

Phrase = tuple[str, ...]
Entry = tuple[Phrase, Phrase, float, str]  # asked phrase, phrase of the text, quality, source


class Alternative(NamedTuple):
    """Terms of the text that together stand for a term of the question; `source` is shown by `:why`."""

    terms: frozenset[str]
    quality: float
    source: str


class Lexicon:
    """Alternatives by question phrase. Built from entries already turned into indexed terms."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_phrase: dict[Phrase, dict[frozenset[str], Alternative]] = defaultdict(dict)
        for asked, written, quality, source in entries:
            terms = frozenset(written)
            if not asked or not terms or frozenset(asked) == terms:
                continue
            known = self._by_phrase[asked].get(terms)
            if known is None or known.quality < quality:
                self._by_phrase[asked][terms] = Alternative(terms, quality, source)
        self._longest = max((len(phrase) for phrase in self._by_phrase), default=1)

    def __len__(self) -> int:
        return sum(len(found) for found in self._by_phrase.values())

    def alternatives(self, terms: Phrase) -> Mapping[int, tuple[Alternative, ...]]:
        """For each place in `terms` the alternatives of all known phrases that cover it, best first."""
        found: dict[int, list[Alternative]] = defaultdict(list)
        for start in range(len(terms)):
            for length in range(1, min(self._longest, len(terms) - start) + 1):
                entry = self._by_phrase.get(terms[start : start + length])
                for place in range(start, start + length) if entry else ():
                    found[place].extend(entry.values() if entry else ())
        return {place: tuple(sorted(options, key=lambda a: (-a.quality, sorted(a.terms)))) for place, options in found.items()}


def read_classes(path: Path, terms_of: Callable[[str], Phrase], source: str) -> list[Entry]:
    """Read a file of synonym classes; ConfigError with file:line for a line that relates nothing."""
    entries: list[Entry] = []
    for number, line in _lines(path):
        sides = [[terms_of(phrase) for phrase in side.split(",") if phrase.strip()] for side in _SIGN.split(line)]
        if len(sides) > 2 or not all(sides) or (len(sides) == 1 and len(sides[0]) < 2):
            raise ConfigError(f"{path}:{number}: a line reads 'word, word', 'narrower > broader' or 'asked ~ written'; found {line!r}")
        if len(sides) == 1:
            entries += [(asked, written, SYNONYM, source) for asked in sides[0] for written in sides[0] if asked != written]
        elif ">" in line:
            entries += [(asked, written, BROADER, f"{source} (broader)") for asked in sides[1] for written in sides[0]]
        else:
            entries += [(asked, written, RELATED, f"{source} (related)") for asked in sides[0] for written in sides[1]]
    return entries


def read_families(path: Path, terms_of: Callable[[str], Phrase]) -> list[Entry]:
    """Read `lemma: derived derived …` lines; every member stands for every other at `DERIVED`."""
    entries: list[Entry] = []
    for number, line in _lines(path):
        head, colon, rest = line.partition(":")
        family = [terms_of(word) for word in (head, *rest.split())]
        if not colon or not head.strip() or len(family) < 2:
            raise ConfigError(f"{path}:{number}: a line reads 'lemma: form form'; found {line!r}")
        entries += [(asked, written, DERIVED, "derivation") for asked in family for written in family if asked != written]
    return entries


def read_irregular(path: Path) -> dict[str, str]:
    """Read `lemma: form form …` lines into a mapping form → lemma, for the analyzer to apply before stemming."""
    lemma_of: dict[str, str] = {}
    for number, line in _lines(path):
        head, colon, rest = line.partition(":")
        if not colon or not head.strip() or not rest.split():
            raise ConfigError(f"{path}:{number}: a line reads 'lemma: form form'; found {line!r}")
        for form in rest.split():
            lemma_of.setdefault(form, head.strip())
    return lemma_of


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(text.splitlines(), 1):
        content = line.partition("#")[0].strip()
        if content:
            yield number, content
