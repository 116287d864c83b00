"""How a generation lies in its blocks.

What belongs to one document counts from that document's own start, so that the parts of an unchanged document are copied as they are.

    documents   one record per document, and one more that ends the last: where its parts begin in the blocks below
    ids         the document ids, sorted                heads     title, source, topics, … of each document, JSON
    texts       all texts, UTF-8                        sentences, blocks, chunks   records, see the structs below
    forward     the term numbers of all sentences       terms     the words those numbers stand for, by first use
    beginnings  how those words begin, see `beginning`
    figures     dates, sums, quantities and so on in the sentences, as the English grammar finds them
    casing      word numbers of each document: those it writes small, then those it writes large inside a sentence
    norms       the words those numbers stand for, sorted
    lower, names   the corpus's `Profile`, as `tables.Words`
    copies      the ids of documents with the same text as one before them, by its id, JSON; they have no chunks
    files, skipped   what was read and what was not, JSON
    postings.*  the posting lists, see `retrieval.postings`
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from typing import Any

from pmbot.models import BlockKind, MentionKind

LAYOUT = 6
"""Raised whenever a block changes its form, so that stored generations are built anew."""

BYTE_ORDER = sys.byteorder
# Where a document's parts begin: text (byte), sentences, blocks, chunks, forward, casing; how many of its casing words are small; figures.
DOCUMENT = struct.Struct("=qqqqqqqq")
# First byte in the text, bytes, first and last character, block, first term; how many of its terms are those of its tokens, in order,
# the rest being other spellings (-1: its tokens read otherwise than it is indexed), and how many of its tokens are no stopwords; first
# figure and how many there are.
SENTENCE = struct.Struct("=qiqqiiiiiH")
FIRST_TERM = struct.calcsize("=qiqqi")  # bytes before it in the record of a sentence
FIGURE = struct.Struct("=BHH")  # kind, first and last character within the sentence
BLOCK = struct.Struct("=Bqqiiii")  # kind, first and last character, line, page, row (-1: none), heading path
CHUNK = struct.Struct("=iii")  # first and last sentence, heading path

FIGURE_KINDS = tuple(MentionKind)
KINDS: tuple[BlockKind, ...] = ("paragraph", "heading", "list_item", "table_row", "code")


def beginning(word: str) -> int:
    """A number of 16 bits for the first three bytes of a word: words of unequal numbers do not begin with the same three letters."""
    return zlib.crc32(word[:3].encode("utf-8", "surrogatepass")[:3]) & 0xFFFF


def dump(value: Any) -> bytes:
    """`value` as JSON, the same bytes each time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")
