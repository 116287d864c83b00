"""What indexing needs of an analyzer."""

from __future__ import annotations

from typing import Protocol

from pmbot.text.analyzer import Analysed, Token


class Analysis(Protocol):
    """Text to terms; `pmbot.text.analyzer.Analyzer` is one."""

    @property
    def fingerprint(self) -> str:
        """Language, stemmer and word lists in one word: two analyzers that share it give the same terms."""

    def of(self, language: str | None) -> Analysis:
        """The analysis of texts in `language`; None where that is not known."""

    def terms(self, text: str) -> tuple[str, ...]:
        """Return all terms of `text` in order, as they are indexed."""

    def analysed(self, text: str) -> Analysed:
        """Return the tokens and terms of `text`, as `tokens` and `terms` give them, without an object for each."""

    def query_terms(self, text: str) -> tuple[str, ...]:
        """Return the content terms of `text`: none for a stopword."""

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Cut `text` into tokens, in order."""

    def is_stop(self, token: Token) -> bool:
        """Whether a token is a stopword."""
