"""Whether a question is in a language that the documents do not use: by its script, else by its small words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pmbot.errors import ConfigError
from pmbot.text.language import script_of
from pmbot.text.normalize import fold
from pmbot.text.wordlists import content_lines

LEAST_SHARE = 0.25  # of the words
SHORT = 4  # words; in a longer question a single foreign one may be a name


class FunctionWords:
    """Words that give a language away. `own` are the stopwords of the documents' language: they speak against every other."""

    def __init__(self, own: frozenset[str], others: Mapping[str, frozenset[str]]) -> None:
        self._own, self._others = own, others

    @classmethod
    def against(cls, language: str, stopwords: frozenset[str], every: Mapping[str, frozenset[str]]) -> FunctionWords:
        """What tells questions from those in `language`; nothing where it has no stopwords, which would speak for it."""
        others = {code: words for code, words in every.items() if code != language} if stopwords else {}
        return cls(frozenset(map(fold, stopwords)), others)

    @property
    def others(self) -> Mapping[str, frozenset[str]]:
        """The words of the languages that are not the documents' own."""
        return self._others

    def language_of(self, words: Sequence[str], occurs: Callable[[str], bool]) -> str | None:
        """The language that the folded `words` seem to be in (ISO 639-1); None when it may well be the documents' own.

        A word that `occurs` in the documents speaks for no other language.
        """
        unknown = [word for word in words if word not in self._own and not occurs(word)]
        counts = {code: sum(word in known for word in unknown) for code, known in self._others.items()}
        code = max(sorted(counts), key=counts.__getitem__, default="")
        most = counts.get(code, 0)
        if most < LEAST_SHARE * len(words) or (most < 2 and len(words) > SHORT):
            return None
        # Words of both languages ("was", "die") speak for neither.
        return code if most > sum(word in self._own and word not in self._others[code] for word in words) else None


def is_foreign(text: str, words: Sequence[str], known: FunctionWords, occurs: Callable[[str], bool]) -> bool:
    """Whether the documents cannot be searched with this question: its words are of another language, and none is theirs."""
    if script_of(text) not in {"latin", "none"}:
        return not any(occurs(word) for word in words)
    return known.language_of(words, occurs) is not None


def read_function_words(path: Path) -> dict[str, frozenset[str]]:
    """The words of each language; ConfigError names the line that is wrong."""
    found: dict[str, frozenset[str]] = {}
    for number, line in content_lines(path):
        code, *words = line.split()
        if not words or code in found:
            raise ConfigError(f"{path}:{number}: a line holds a language's code, once, and its words")
        found[code] = frozenset(map(fold, words))
    return found
