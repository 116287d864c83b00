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
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pmbot.errors import ConfigError
from pmbot.text.wordlists import content_lines

DERIVED = 0.85
SYNONYM = 0.8
BROADER = 0.5
RELATED = 0.7

_SIGN = re.compile("[>~]")
_PHRASE, _TOLD, _OPTION, _FIELD = "/=;|"
_HEAD, _LONGEST = 2, ""

Phrase = tuple[str, ...]
Entry = tuple[Phrase, Phrase, float, str]  # asked phrase, phrase of the text, quality, source


class Alternative(NamedTuple):
    """Terms of the text that together stand for a term of the question; `source` is shown by `:why`."""

    terms: frozenset[str]
    quality: float
    source: str


def any_held(options: Iterable[Alternative], frequency: Callable[[Sequence[str]], Sequence[int]]) -> bool:
    """Whether the documents hold all words of one of the alternatives; `frequency` counts the chunks that hold each of some terms."""
    return any(all(frequency(sorted(option.terms))) for option in options)


class Lexicon:
    """Alternatives by question phrase.

    They are kept in the table that `table_of` makes of entries. A group of it is read when a question has a phrase of it: of thousands,
    few are ever asked for.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._read(table_of(entries))

    @classmethod
    def of_table(cls, table: Mapping[str, str]) -> Lexicon:
        """With a table that was kept."""
        made = cls(())
        made._read(table)
        return made

    def _read(self, table: Mapping[str, str]) -> None:
        self._table, self._longest = table, int(table.get(_LONGEST, "0"))
        self._groups: dict[str, dict[str, str]] = {}

    def __len__(self) -> int:
        heads = [head for head in self._table if head != _LONGEST]
        return sum(1 + options.count(_OPTION) for head in heads for options in self._group(head).values())

    def _group(self, head: str) -> dict[str, str]:
        group = self._groups.get(head)
        if group is None:
            entries = self._table[head].split(_PHRASE) if head in self._table else []
            group = self._groups[head] = dict([entry.split(_TOLD, 1) for entry in entries])
        return group

    def alternatives(self, terms: Phrase) -> Mapping[int, tuple[Alternative, ...]]:
        """For each place in `terms` the alternatives of all known phrases that cover it, best first."""
        found: dict[int, list[Alternative]] = defaultdict(list)
        for start in range(len(terms)):
            for length in range(1, min(self._longest, len(terms) - start) + 1):
                phrase = " ".join(terms[start : start + length])
                told = self._group(phrase[:_HEAD]).get(phrase)
                options = [_alternative(option) for option in told.split(_OPTION)] if told else []
                for place in range(start, start + length) if options else ():
                    found[place].extend(options)
        return {place: tuple(sorted(options, key=lambda a: (-a.quality, sorted(a.terms)))) for place, options in found.items()}


def table_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Make the table of a `Lexicon` out of entries already turned into indexed terms, which hold no blanks.

    It has the phrases by their first letters, so that few are taken apart; and, under no letters, how many terms the longest has. Signs
    that are part of no term stand between phrases, alternatives, and the quality, source and terms of one. Of entries that say the same
    the best counts.
    """
    best: dict[Phrase, dict[frozenset[str], tuple[float, str, Phrase]]] = defaultdict(dict)
    for asked, written, quality, source in entries:
        terms = frozenset(written)
        if not asked or not terms or frozenset(asked) == terms:
            continue
        known = best[asked].get(terms)
        if known is None or known[0] < quality:
            best[asked][terms] = (quality, source, tuple(sorted(terms)))
    groups: dict[str, list[str]] = defaultdict(list)
    for asked, found in best.items():
        phrase = " ".join(asked)
        options = _OPTION.join(_FIELD.join((str(quality), source, " ".join(terms))) for quality, source, terms in found.values())
        groups[phrase[:_HEAD]].append(f"{phrase}{_TOLD}{options}")
    return {_LONGEST: str(max(map(len, best), default=0)), **{head: _PHRASE.join(entries) for head, entries in groups.items()}}


def _alternative(option: str) -> Alternative:
    quality, source, terms = option.split(_FIELD)
    return Alternative(frozenset(terms.split(" ")), float(quality), source)


def read_classes(path: Path, terms_of: Callable[[str], Phrase], source: str) -> list[Entry]:
    """Read a file of synonym classes; ConfigError with file:line for a line that relates nothing."""
    entries: list[Entry] = []
    for number, line in content_lines(path):
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
    for number, line in content_lines(path):
        head, colon, rest = line.partition(":")
        family = [terms_of(word) for word in (head, *rest.split())]
        if not colon or not head.strip() or len(family) < 2:
            raise ConfigError(f"{path}:{number}: a line reads 'lemma: form form'; found {line!r}")
        entries += [(asked, written, DERIVED, "derivation") for asked in family for written in family if asked != written]
    return entries


def read_entries(
    synonyms: Path | None, thesaurus: Path | None, derivations: Path | None, *, terms_of: Callable[[str], Phrase]
) -> list[Entry]:
    """Read the author's synonyms, the thesaurus and the derivations, those there are."""
    entries = read_classes(synonyms, terms_of, "author synonym") if synonyms else []
    entries += read_classes(thesaurus, terms_of, "thesaurus") if thesaurus else []
    entries += read_families(derivations, terms_of) if derivations else []
    return entries


def read_irregular(path: Path) -> dict[str, str]:
    """Read `lemma: form form …` lines into a mapping form → lemma, for the analyzer to apply before stemming."""
    lemma_of: dict[str, str] = {}
    for number, line in content_lines(path):
        head, colon, rest = line.partition(":")
        if not colon or not head.strip() or not rest.split():
            raise ConfigError(f"{path}:{number}: a line reads 'lemma: form form'; found {line!r}")
        for form in rest.split():
            lemma_of.setdefault(form, head.strip())
    return lemma_of
