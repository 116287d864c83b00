"""The languages that documents may be in: which one a document is in, and what answers in it need. Made lazily: most folders have one."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from pmbot.answering.engine import Engine, Knowledge
from pmbot.answering.language import ENGLISH
from pmbot.answering.tongues import Tongues
from pmbot.indexing.snapshot import Snapshot
from pmbot.models import Document
from pmbot.text.analyzer import Analyzer
from pmbot.text.multilingual import Analyzers, Languages, primary
from pmbot.text.stemming import PLAIN, stemmer_for
from pmbot.text.wordlists import read_words

TOLD_APART = ("en", "lv", "ru")
"""Languages with stopwords and question words of their own: a document in one of them is told from those in others."""

_ANALYSED = ("stopwords.{}.txt", "irregular.{}.txt", "language.{}.txt")


class Makers(NamedTuple):
    """What makes, for the code of a language, all that answers need, or its analyzer alone."""

    knowledge: Callable[[str], Knowledge]
    analyzer: Callable[[str], Analyzer]


def support_of(language: str, find: Callable[[str], Path | None]) -> str:
    """How well `language` is supported, in a few words; docs/languages.md tells what that means."""
    if language == ENGLISH.code:
        return "full"
    if find(f"language.{language}.txt") is not None:
        return "basic"
    name, _ = stemmer_for(language)
    known = "exact words, figures and signs" if name == PLAIN else "words with their endings, figures and signs"
    return f"by fallback: {known}; replies in English"


class Spoken:
    """The configured language `main`, whose `words` were read, and those of `TOLD_APART` whose stopwords are found.

    `find` looks a word list up by its name. `fingerprint` names the lists that tell languages apart.
    """

    def __init__(self, main: str, words: Knowledge, find: Callable[[str], Path | None], make: Makers) -> None:
        self._main, self._words, self._find, self._make = main, words, find, make
        self._others = tuple(code for code in TOLD_APART if code != main and find(f"stopwords.{code}.txt"))
        self._made: dict[str, Knowledge] = {}
        prints = {code: self._print(code) for code in self._others}
        self.analyzers = Analyzers(words.analyzer, main, {code: (made, partial(make.analyzer, code)) for code, made in prints.items()})
        self.fingerprint = repr((main, sorted(prints.items()), self._print("", "function-words.txt")))

    def of(self, snapshot: Snapshot, engine_of: Callable[[Knowledge], Engine]) -> Tongues[Engine] | None:
        """The languages of the documents of `snapshot`; None when all are in the main one."""
        spoken = {self._code_of(language) for language in snapshot.languages}
        if spoken <= {self._main}:
            return None
        stopwords = {code: self._stopwords(code) for code in (self._main, *sorted(spoken - {self._main}))}
        return Tongues(
            stopwords, self.analyzers.of, lambda code: engine_of(self._knowledge(code, snapshot)), main_used=self._main in spoken
        )

    def told(self, document: Document) -> Document:
        """The document with its language, where it does not say it itself and is not in the main one.

        Where the main language has no list of stopwords, nothing tells it from the others.
        """
        if document.language or self._main not in TOLD_APART:
            return document
        language = self._languages.of(document.text)
        return document if language not in self._others else document.model_copy(update={"language": language})

    def over(self, words: Knowledge, snapshot: Snapshot) -> Knowledge:
        """`words` with the analyzers of the documents of `snapshot`."""
        corpus = snapshot.corpus

        @lru_cache(maxsize=4096)
        def analyzer_of(doc_id: str) -> Analyzer:
            number = corpus.number(doc_id)
            return self.analyzers.of(None if number is None else corpus.head(number)["language"])

        return dataclasses.replace(words, analyzer_of=analyzer_of)

    def _knowledge(self, code: str, snapshot: Snapshot) -> Knowledge:
        if code not in self._made:
            self._made[code] = self._make.knowledge(code)
        return self.over(self._made[code], snapshot)

    def _code_of(self, language: str) -> str:
        """The language that a document of `language` is treated as: its own, or the main one."""
        return code if (code := primary(language)) in self._others else self._main

    def _stopwords(self, code: str) -> frozenset[str]:
        path = None if code == self._main else self._find(f"stopwords.{code}.txt")
        return self._words.stopwords if path is None else read_words(path)

    @cached_property
    def _languages(self) -> Languages:
        rivals = self._words.function_words.others
        return Languages({**rivals, **{code: self._stopwords(code) for code in (self._main, *self._others)}})

    def _print(self, code: str, *names: str) -> str:
        """The files `names` of a language, or else those that its analyzer is made of, in a few characters."""
        digest = hashlib.sha256()
        for name in names or _ANALYSED:
            path = self._find(name.format(code))
            digest.update(path.read_bytes() if path is not None else b"\x00")
        return digest.hexdigest()[:8]
