"""Documents in several languages in one folder: which language a text is in, and the analyzer for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from pmbot.text.analyzer import Analysed, Analyzer, Token
from pmbot.text.normalize import fold
from pmbot.text.tokens import TOKEN

LOOKED_AT = 6000  # characters of a text that tell its language
LEAST_WORDS = 4
LEAST_SHARE = 0.06  # of the words
AHEAD = 1.5  # times as many telling words as any other language has


def primary(language: str | None) -> str:
    """The language of a tag, in small letters: lv-LV → lv; nothing for none."""
    return (language or "").partition("-")[0].lower()


class Languages:
    """Tells languages apart by their small words; those of several languages speak for none of them."""

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        """`words` are the stopwords of each language."""
        folded = {code: frozenset(map(fold, known)) for code, known in words.items()}
        others = {code: frozenset().union(*(known for other, known in folded.items() if other != code)) for code in folded}
        self._telling = {code: known - others[code] for code, known in folded.items()}

    def counts(self, words: list[str]) -> dict[str, int]:
        """How many of the folded `words` speak for each language."""
        return {code: sum(word in known for word in words) for code, known in self._telling.items()}

    def of(self, text: str) -> str | None:
        """The language of a text by its beginning; None where no language stands out."""
        words = [fold(word) for word in TOKEN.findall(text[:LOOKED_AT]) if word[:1].isalpha()]
        ranked = sorted(self.counts(words).items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < max(LEAST_WORDS, LEAST_SHARE * len(words)):
            return None
        return ranked[0][0] if len(ranked) < 2 or ranked[0][1] >= AHEAD * ranked[1][1] else None


class Analyzers:
    """The analyzer of the main language, and those of other languages, each made when a text in it is met.

    `fingerprint` names them all, made or not: `others` gives for each language its fingerprint and how to make it.
    """

    def __init__(self, main: Analyzer, language: str, others: Mapping[str, tuple[str, Callable[[], Analyzer]]]) -> None:
        self._main, self._language, self._others = main, language, others
        self._made: dict[str, Analyzer] = {}
        named = ",".join(f"{code}:{fingerprint}" for code, (fingerprint, _) in sorted(others.items()))
        self.fingerprint = f"{main.fingerprint}+{hashlib.sha256(named.encode()).hexdigest()[:6]}" if others else main.fingerprint

    def of(self, language: str | None) -> Analyzer:
        """The analyzer for texts in `language`; the main one for those in its language, in an unknown one, or in none."""
        code = primary(language)
        if code == self._language or code not in self._others:
            return self._main
        if code not in self._made:
            self._made[code] = self._others[code][1]()
        return self._made[code]

    def terms(self, text: str) -> tuple[str, ...]:
        """As `Analyzer.terms`, in the main language."""
        return self._main.terms(text)

    def analysed(self, text: str) -> Analysed:
        """As `Analyzer.analysed`, in the main language."""
        return self._main.analysed(text)

    def query_terms(self, text: str) -> tuple[str, ...]:
        """As `Analyzer.query_terms`, in the main language."""
        return self._main.query_terms(text)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """As `Analyzer.tokens`, in the main language."""
        return self._main.tokens(text)

    def is_stop(self, token: Token) -> bool:
        """As `Analyzer.is_stop`, in the main language."""
        return self._main.is_stop(token)
