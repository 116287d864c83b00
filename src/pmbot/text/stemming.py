"""Stems: Snowball where it knows the language (PyStemmer), light suffix rules for Latvian, nothing for the rest."""

from __future__ import annotations

from collections.abc import Callable

_SNOWBALL = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "eo": "esperanto",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_LATVIAN_ENDINGS = (
    *("ajiem", "ajam", "ajai", "ajas", "ajos", "iem", "ais", "aja", "am", "ai", "as", "em", "ei", "es", "im", "is", "ij", "os", "um"),
    *("us", "ie", "a", "e", "i", "o", "s", "u", "m"),
)
PLAIN = "plain"
"""The name of the stemmer that leaves words as they are."""

_LATVIAN_STEM = 3
_RUSSIAN_VOWELS = frozenset("аеиоуыэюяьй")


def stemmer_for(language: str) -> tuple[str, Callable[[str], str]]:
    """Name and stemming function of `language` (ISO 639-1); words come in folded (see `text.normalize.fold`).

    Latvian, which Snowball lacks, loses its endings by `latvian_stem`. Words of any other language without a stemmer stay
    as they are. The name holds the version, because stems of different versions do not meet.
    """
    if language == "lv":
        return "light1", latvian_stem
    import Stemmer

    algorithm = _SNOWBALL.get(language)
    if algorithm not in Stemmer.algorithms():
        return PLAIN, str
    stemmer = Stemmer.Stemmer(algorithm, 0)
    stem: Callable[[str], str] = stemmer.stemWord
    if language == "ru":
        return f"snowball{'.'.join(Stemmer.version().split('.')[:2])}-light1", lambda word: russian_stem(stem(word))
    return f"snowball{'.'.join(Stemmer.version().split('.')[:2])}", stem


def russian_stem(stem: str) -> str:
    """Take the fleeting vowel out of a Snowball stem: лодок (лодка), немец (немца) → лодк, немц."""
    fleeting = len(stem) > _LATVIAN_STEM + 1 and stem[-2] in "ое" and stem[-1] in "кцн" and stem[-3] not in _RUSSIAN_VOWELS
    return stem[:-2] + stem[-1] if fleeting else stem


def latvian_stem(word: str) -> str:
    """Cut the longest ending of noun, adjective or participle off a folded Latvian word, leaving three letters or more.

    Folding has already undone the palatalisation of ķ ģ ļ ņ š ž (brālis, brāļa → bral); d/ž, t/š and l/ll changes remain.
    """
    for ending in _LATVIAN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LATVIAN_STEM:
            return word[: -len(ending)]
    return word
