"""Where the place of a quote leads: the page it was taken from, at the quote, or the file."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from pmbot.models import Citation

_WEB = frozenset({"http", "https"})
_ENDS = 6
"""Words at either end of a quote that find it on a page; a whole quote would be too long for an address."""
_ADDRESS = "%:/?#[]@!$&'()*+,;=~-._"
_LONGEST = 2_000


def source_link(citation: Citation, root: Path | None) -> str | None:
    """The address of the source with a text fragment, or that of the file below `root` (or `root` itself); None when there is neither.

    The address is ASCII without blanks or control characters, whatever the document names. Text fragments are those of the W3C's
    "URL Fragment Text Directives": `#:~:text=first words,last words`.
    """
    if citation.source != citation.doc_id:
        address = quote(citation.source, safe=_ADDRESS)
        if len(address) > _LONGEST or not _is_web(address):
            return None
        return f"{address}{'' if '#' in address else '#'}:~:text={_fragment(citation.quote)}"
    if root is None:
        return None
    path = root if root.is_file() else root / citation.doc_id
    return "file://" + quote(str(path.absolute()).encode("utf-8", "surrogateescape"))


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in _WEB and bool(parts.netloc)


def _fragment(text: str) -> str:
    words = re.findall(r"\S+", text)
    ends = [words] if len(words) <= 2 * _ENDS else [words[:_ENDS], words[-_ENDS:]]
    # A comma and a hyphen have a meaning in a directive, an ampersand ends it.
    return ",".join(quote(" ".join(end).encode("utf-8", "replace"), safe="").replace("-", "%2D") for end in ends)
