"""In which of the documents' languages a question is asked, and the engine that answers there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, Protocol, TypeVar

from pmbot.text.analyzer import Analyzer
from pmbot.text.multilingual import Languages
from pmbot.text.normalize import fold

LATVIAN_LETTERS = frozenset("āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ")
SHORT = 4  # words; as many may be small talk
Frequency = Callable[[str], int]


class Speaks(Protocol):
    """What is asked of the engine of a language here."""

    def is_small_talk(self, words: list[str]) -> bool:
        """Whether the folded words are small talk in its language."""


E = TypeVar("E", bound=Speaks)


class Tongues(Generic[E]):
    """The languages that documents are in besides the main one, or instead of it.

    `stopwords` are those of every language that could be meant, the main one first; `analyzers` cut a question in each.
    `engine_of` makes the engine of a language, once for each. `main_used` tells whether any document is in the main language.
    """

    def __init__(
        self,
        stopwords: Mapping[str, frozenset[str]],
        analyzers: Callable[[str], Analyzer],
        engine_of: Callable[[str], E],
        *,
        main_used: bool,
    ) -> None:
        self._codes, self._analyzers, self._engine_of, self.main_used = tuple(stopwords), analyzers, engine_of, main_used
        self._languages = Languages(stopwords)
        self._engines: dict[str, E] = {}

    def engine(self, code: str) -> E:
        """The engine of a language other than the main one."""
        if code not in self._engines:
            self._engines[code] = self._engine_of(code)
        return self._engines[code]

    @property
    def others(self) -> tuple[str, ...]:
        """The languages besides the main one."""
        return self._codes[1:]

    def speaks_main(self, text: str) -> bool:
        """Whether small words of the main language, and of no other, stand in the question."""
        return self._counts(text)[self._codes[0]] > 0

    def language_of(self, text: str, frequency: Frequency) -> str:
        """The language of a question: by its small words, its letters, or else the one in which most of its words occur.

        `frequency` tells how many chunks hold a term. In doubt it is the main language, if documents are in it.
        """
        counts = self._counts(text)
        best = max(counts.values())
        leading = [code for code in self._codes if counts[code] == best]
        if len(leading) == 1:
            return leading[0]
        if "lv" in leading and not LATVIAN_LETTERS.isdisjoint(text):
            return "lv"
        known = {code: sum(frequency(term) > 0 for term in set(self._analyzers(code).query_terms(text))) for code in leading}
        most = max(known.values())
        order = leading if self.main_used else [*leading[1:], *leading[:1]] if leading[0] == self._codes[0] else leading
        return next(code for code in order if known[code] == most)

    def small_talk(self, words: list[str]) -> E | None:
        """The engine of the language in which the few folded words are small talk; None when they are in no other language's."""
        if not 0 < len(words) <= SHORT:
            return None
        return next((engine for engine in map(self.engine, self.others) if engine.is_small_talk(words)), None)

    def _counts(self, text: str) -> dict[str, int]:
        analyzer = self._analyzers(self._codes[0])
        return self._languages.counts([fold(token.text) for token in analyzer.tokens(text)])
