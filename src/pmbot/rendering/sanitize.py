"""Text from documents and questions, made harmless without hiding anything.

What is dangerous or invisible on a terminal (escape and control characters, direction overrides, zero-width
characters, tags, lone surrogates) becomes a visible symbol, character by character.
"""

from __future__ import annotations

import re

_HOSTILE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """Replace every hostile character by a symbol; line feeds and tabs stay.

    ESC becomes ␛, other C0 controls their Unicode picture, everything else ⟨U+202E⟩ and the like. Applying it twice
    changes nothing more, and it works character by character: pieces may be treated apart and joined.
    """
    return text if text.isprintable() else _HOSTILE.sub(_symbol, text)


def visible_line(text: str) -> str:
    """Do the same for text that must stay on one line (names, ids, terms): line feeds and tabs become symbols too."""
    return visible(text).replace("\n", "␊").replace("\t", "␉")


def harmless_json(text: str) -> str:
    r"""Turn hostile characters of JSON text into \u escapes: it decodes to the same values and cannot steer a terminal."""
    return text if text.isascii() and "\x7f" not in text else _HOSTILE.sub(_json_escape, text)


def well_formed(text: str) -> str:
    """Replace lone surrogates (undecodable bytes of an argument) by U+FFFD, so that it can be encoded."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _symbol(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
