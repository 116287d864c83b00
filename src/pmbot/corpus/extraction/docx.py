"""Word documents: headings, paragraphs, lists with their numbers, tables row by row, footnotes below the paragraph they belong to.

`python-docx` opens the package; the body is walked as XML, since much that readers see (content controls, text boxes, inserted text)
lies outside its paragraphs. What is deleted, hidden, a table of contents or a page's header is left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from pmbot.corpus.extraction.breaks import broken_lines
from pmbot.corpus.extraction.docx_styles import Numbering, Style, Styles, attribute, child, tag, value
from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.errors import UnreadableDocument

_DEEPEST = 150
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"})
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "rPr", "pPr", "drawing", "pict", "object"})
_BOXES = frozenset({"drawing", "pict", "object"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_OUT_OF_MEMORY = "unknown error"  # libxml2 has no better word for it
_NOTES = "/footnotes"
_BOLD_LEVEL = 7  # below all real headings
_LONGEST_HEADING = 100


def parse(data: bytes) -> Extraction:
    """Read a `.docx`, whose archive has been checked. `UnreadableDocument` when it holds a document type or is nested too deep."""
    _refuse_entities(data)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except (AttributeError, KeyError, SyntaxError, ValueError) as problem:
        if isinstance(problem, SyntaxError) and str(problem).startswith(_OUT_OF_MEMORY):
            raise MemoryError from None
        raise UnreadableDocument(f"not a Word document, or a broken one ({problem}); open it in Word and save it anew") from None
    walk = _Walk(document)
    pieces = walk.pieces(document.element.body)
    core = document.core_properties
    title = " ".join((core.title or "").split()) or walk.title
    language = core.language if core.language and _LANGUAGE.fullmatch(core.language) else None
    return Extraction(pieces, title=title or None, language=language)


def _refuse_entities(data: bytes) -> None:
    """No part may declare a document type: Word writes none, and entities, inner and outer, are declared nowhere else."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            try:
                part = archive.read(entry)
            except (zipfile.BadZipFile, zlib.error, EOFError) as problem:
                raise UnreadableDocument(f"broken: a part of the archive cannot be unpacked ({problem}); copy it anew") from None
            declared = _DECLARATION.match(part)
            if declared and declared[1].lower() not in _ENCODINGS:
                raise UnreadableDocument("dangerous: a part of it is in an encoding that Word does not write; do not open it")
            if b"<!DOCTYPE" in part or b"<!DOCTYPE" in part.replace(b"\0", b""):
                raise UnreadableDocument("dangerous: a part of it declares a document type (entities); do not open it")


class _Walk:
    """The body of one document. `title` is the text of the first paragraph in the style for titles."""

    def __init__(self, document: Any) -> None:
        self.title: str | None = None
        self._styles = Styles(document)
        self._numbering = Numbering(document)
        self._notes = _footnotes(document)
        self._found: list[Piece] = []

    def pieces(self, body: Any) -> list[Piece]:
        """All pieces below `body`."""
        self._blocks(body, 0)
        return self._found

    def _blocks(self, parent: Any, depth: int) -> None:
        if depth > _DEEPEST:
            raise UnreadableDocument(f"its parts are nested more than {_DEEPEST} deep; no document by people is")
        for part in parent:
            name = tag(part)
            if name == "p":
                self._paragraph(part, depth)
            elif name == "tbl":
                self._table(part, depth)
            elif name in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"}:
                self._blocks(part, depth + 1)

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        style = self._styles.of(paragraph)
        notes: list[str] = []
        lines = broken_lines("".join(_texts(paragraph, notes)))
        if lines and not style.is_contents:
            if style.is_title and self.title is None:
                self.title = " ".join(lines)
            self._put(lines, style, bold=_is_bold(paragraph))
        for box in _text_boxes(paragraph):
            self._blocks(box, depth + 1)
        self._found += [Piece("paragraph", self._notes[note]) for note in notes if self._notes.get(note)]

    def _put(self, lines: list[str], style: Style, *, bold: bool) -> None:
        number = self._numbering.marker(style.numbering)
        level = style.level
        if not level and number is None and bold and len(lines) == 1 and _could_be_heading(lines[0]):
            level = _BOLD_LEVEL
        if level:
            lines = [" ".join(lines)]
        kind = "heading" if level else "list_item" if number is not None else "paragraph"
        self._found.append(Piece(kind, f"{number} {lines[0]}" if number else lines[0], level))
        self._found += [Piece("paragraph", line) for line in lines[1:]]

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in _inside(table, "tr") if not any(tag(part) == "del" for part in _properties(row))]
        cells = [list(_inside(row, "tc")) for row in rows]
        if max(map(len, cells), default=0) < 2 or any(tag(part) == "tbl" for row in cells for cell in row for part in cell):
            for row in cells:
                for cell in row:
                    self._blocks(cell, depth + 1)
            return
        notes: list[str] = []
        for number, row in enumerate(cells, start=1):
            texts = [_cell(cell, notes) for cell in row]
            if any(texts):
                self._found.append(Piece("table_row", " | ".join(texts), row=number))
        self._found += [Piece("paragraph", self._notes[note]) for note in notes if self._notes.get(note)]


def _cell(cell: Any, notes: list[str]) -> str:
    if any(tag(part) == "vMerge" and value(part) in {None, "continue"} for part in _properties(cell)):
        return ""
    return " ".join(" ".join("".join(_texts(p, notes)).split()) for p in _inside(cell, "p")).strip()


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """The children of that name, those in content controls and insertions included."""
    for part in parent:
        if tag(part) == name:
            yield part
        elif tag(part) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _inside(part, name)


def _properties(element: Any) -> list[Any]:
    return [part for properties in element if tag(properties) in {"trPr", "tcPr"} for part in properties]


def _texts(paragraph: Any, notes: list[str]) -> Iterator[str]:
    """The texts of a paragraph; ids of the footnotes it refers to are added to `notes`. Not recursive."""
    waiting = [iter(paragraph)]
    while waiting:
        part = next(waiting[-1], None)
        if part is None:
            waiting.pop()
            continue
        name = tag(part)
        if name == "t":
            yield part.text or ""
        elif name in {"tab", "ptab"}:
            yield " "
        elif name in {"br", "cr"}:
            yield "\n"
        elif name == "noBreakHyphen":
            yield "\u2011"
        elif name == "footnoteReference":
            notes.append(attribute(part, "id") or "")
        elif name not in _GONE and not (name == "r" and _is_hidden(part)):
            waiting.append(iter(part))


def _is_hidden(run: Any) -> bool:
    return any(tag(part) == "vanish" and value(part) not in {"0", "false"} for inner in run if tag(inner) == "rPr" for part in inner)


def _is_bold(paragraph: Any) -> bool:
    """Whether every run with words is bold by its own properties: the heading of people who know no styles."""
    runs = [run for run in paragraph.iter() if tag(run) == "r" and any(tag(part) == "t" and (part.text or "").strip() for part in run)]
    return bool(runs) and all(
        any(tag(part) == "b" and value(part) not in {"0", "false"} for part in (child(run, "rPr") if child(run, "rPr") is not None else ()))
        for run in runs
    )


def _could_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and text[-1] not in ".!?…:;," and any(map(str.isalpha, text))


def _text_boxes(paragraph: Any) -> list[Any]:
    """The contents of the text boxes anchored in a paragraph, once each: what is there for old programs is a copy."""
    if not any(tag(element) in _BOXES for element in paragraph.iter()):
        return []
    return [
        element
        for element in paragraph.iter()
        if tag(element) == "txbxContent" and not any(tag(above) == "Fallback" for above in element.iterancestors())
    ]


def _footnotes(document: Any) -> dict[str, str]:
    """The texts of the footnotes, by id."""
    from docx.oxml.parser import parse_xml

    found: dict[str, str] = {}
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(_NOTES):
            continue
        for note in parse_xml(relation.target_part.blob):
            paragraphs = (" ".join("".join(_texts(p, [])).split()) for p in note if tag(p) == "p")
            found[attribute(note, "id") or ""] = " ".join(paragraphs).strip()
    return found
