"""Which script a text is written in."""

from __future__ import annotations

import unicodedata
from collections import Counter

_LOOKED_AT = 4000
_BY_NAME = {"cjk": "han", "hiragana": "kana", "katakana": "kana", "halfwidth": "kana", "fullwidth": "latin"}


def script_of(text: str) -> str:
    """Name the script of most letters among the first 4,000 characters: "latin", "cyrillic", "han", "kana" and so on.

    It is "none" when there is no letter, else the first word of the letters' Unicode names, in small letters; equal counts go
    to the script met first.
    """
    letters = [character for character in text[:_LOOKED_AT] if character.isalpha()]
    if not letters:
        return "none"
    counts = Counter("latin" if letter.isascii() else _script(letter) for letter in letters)
    return counts.most_common(1)[0][0]


def _script(letter: str) -> str:
    first = unicodedata.name(letter, "other").partition(" ")[0].lower()
    return _BY_NAME.get(first, first)
