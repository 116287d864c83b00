"""PDF: a page is a picture of text. Its lines are found here, paragraphs are made of them in `pdf_paragraphs`.

`pypdf` decodes the text of each operation; where it stands and how large it is decides what belongs together.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pmbot.corpus.extraction.pdf_lines import Line, LineMaker
from pmbot.corpus.extraction.pdf_margins import without_margins
from pmbot.corpus.extraction.pdf_paragraphs import pieces_of
from pmbot.corpus.extraction.pdf_tables import with_whole_rows
from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.errors import UnreadableDocument

if TYPE_CHECKING:
    from pypdf import PdfReader

_OCR = "run a text recognition on it (such as ocrmypdf) and use what that gives"
_SAVED_FROM = (".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".xls", ".xlsx", ".tex", ".dvi", ".indd", ".qxd", ".pdf", ".html", ".htm")
_NO_TITLES = ("untitled", "microsoft word", "microsoft powerpoint", "powerpoint presentation", "document", "slide 1", "print", "layout 1")


def parse(data: bytes) -> Extraction:
    """Read a PDF. `UnreadableDocument` for one that needs a password, holds no text, or hides which letters it draws."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableDocument("encrypted: it opens with a password only; save a copy without one")
        pages = _pages(reader)
    except DependencyError:
        raise UnreadableDocument("encrypted in a way that needs the extra `documents`: pip install 'pmbot[documents]'") from None
    except (PyPdfError, RecursionError) as problem:
        raise UnreadableDocument(f"broken, or no PDF ({_short(problem)}); open it in a viewer and save it anew") from None
    _refuse_pictures(pages)
    pieces = pieces_of([with_whole_rows(lines) for lines in without_margins(pages)])
    return Extraction(pieces, title=_title(reader, pieces), language=_language(reader))


def _pages(reader: PdfReader) -> list[list[Line]]:
    from_tex = "tex" in str(_info(reader, "/Producer") or "").lower()
    made = []
    for number, page in enumerate(reader.pages, start=1):
        maker = LineMaker(number, _wide_fonts(page), from_tex=from_tex)
        page.extract_text(visitor_operand_before=maker.operation, visitor_text=maker.text)
        made.append(maker.lines())
    return made


def _wide_fonts(page: Any) -> frozenset[str]:
    """The names of the page's fonts with two bytes a glyph."""
    try:
        fonts = page["/Resources"]["/Font"]
        return frozenset(name for name in fonts if fonts[name].get("/Subtype") == "/Type0")
    except (AttributeError, KeyError, TypeError):
        return frozenset()


def _refuse_pictures(pages: list[list[Line]]) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    if not any(map(str.isalnum, text)):
        raise UnreadableDocument(f"there is no text in it, only pictures of {_counted(len(pages))} (a scan?); {_OCR}")
    strange = text.count("\ufffd")
    if strange * 4 > len(text):
        raise UnreadableDocument(f"its fonts do not say which letters they draw; {_OCR}")


def _counted(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages:,} pages"


def _title(reader: PdfReader, pieces: list[Piece]) -> str | None:
    """What the file says its title is, unless that is a file name or a program's placeholder; else the first large heading."""
    said = " ".join(str(_info(reader, "/Title") or "").split())
    low = said.lower()
    if said and any(map(str.isalpha, said)) and not low.endswith(_SAVED_FROM) and not low.startswith(_NO_TITLES):
        return said
    first = [piece for piece in pieces if piece.kind == "heading" and piece.page == 1]
    return min(first, key=lambda piece: piece.level).text if first else None


def _info(reader: PdfReader, name: str) -> object:
    from pypdf.errors import PyPdfError

    try:
        return reader.metadata.get(name) if reader.metadata is not None else None
    except (PyPdfError, AttributeError, TypeError, ValueError):
        return None


def _language(reader: PdfReader) -> str | None:
    import re

    try:
        root: Any = reader.trailer["/Root"]
        said = str(root.get("/Lang") or "")
    except (AttributeError, KeyError, TypeError):
        return None
    return said if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}", said) else None


def _short(problem: Exception) -> str:
    return " ".join(str(problem).split())[:120] or type(problem).__name__
