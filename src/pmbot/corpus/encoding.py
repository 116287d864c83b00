"""Bytes to text without guessing: byte-order mark, then strict UTF-8, then the configured code page."""

from __future__ import annotations

import codecs
import re

from pmbot.errors import UnreadableDocument

# The marks of UTF-32 come first: the little-endian one begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Control bytes that no text file has in number; tab, LF, VT, FF, CR and ESC (terminal logs) are left out.
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")
_SAMPLE = 65_536
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_NOT_FOR_PAGES = frozenset({"utf_7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"})
_ASCII = bytes(range(32, 127))


def decode(data: bytes, fallback: str | None = None) -> str:
    """Decode the bytes of a file, without its byte-order mark.

    `fallback` is the code page for bytes that are not UTF-8. Raises `UnreadableDocument` (the message does not name
    the file) for a binary file, and for bytes that none of the three ways reads.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _not_binary(_strict(data[len(mark) :], encoding, f"marked as {encoding.upper()}, but broken"))
    if b"\0" in data:
        raise UnreadableDocument(_binary(data.index(0)))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        _refuse_controls(data)
        if fallback is None:
            raise UnreadableDocument(
                f"not UTF-8 ({_place(data, exc)}); save the file as UTF-8, or set fallback_encoding to its code page"
            ) from None
    return _not_binary(_strict(data, fallback, f"neither UTF-8 nor {fallback} (the configured fallback_encoding)"))


def decode_page(data: bytes, fallback: str | None = None) -> str:
    """Decode the bytes of a web page, as `decode` does; what is not UTF-8 is read in the encoding the page declares, if any."""
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    return decode(data, _code_page(declared[1].decode("ascii")) or fallback if declared else fallback)


def _code_page(label: str) -> str | None:
    """Python's name for an encoding that extends ASCII; browsers read Latin-1 as Windows-1252."""
    try:
        name = codecs.lookup(label).name
        if name.replace("-", "_") in _NOT_FOR_PAGES or _ASCII.decode(name) != _ASCII.decode("ascii"):
            return None
    except (LookupError, ValueError):
        return None
    return "cp1252" if name in {"iso8859-1", "ascii"} else name


def _strict(data: bytes, encoding: str, blame: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise UnreadableDocument(f"{blame} ({_place(data, exc)}); save the file as UTF-8") from None


def _place(data: bytes, exc: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, exc.start) + 1
    return f"byte 0x{data[exc.start]:02x} at offset {exc.start}, line {line}"


def _not_binary(text: str) -> str:
    if "\0" in text:
        raise UnreadableDocument(_binary(text.index("\0")))
    return text


def _binary(offset: int) -> str:
    return f"looks like a binary file (a zero byte at offset {offset}); if it is text, save it as UTF-8"


def _refuse_controls(data: bytes) -> None:
    """Tell a compressed file without zero bytes from text in another code page: a tenth of control bytes decides."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls * 10 > len(sample):
        raise UnreadableDocument(f"looks like a binary file ({controls} control bytes in the first {len(sample)})")
