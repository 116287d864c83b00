"""Small documents of binary formats, made by hand, so that a test can say what is in every byte of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple

BODY, BOLD = "F1", "F2"
_NAMESPACES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Text(NamedTuple):
    """A string shown at a place, in points from the lower left; `raw` is a whole TJ array instead."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11
    font: str = BODY
    raw: str = ""


def paragraph_texts(lines: Iterable[str], y: float = 700, *, x: float = 72, step: float = 14, size: float = 11) -> list[Text]:
    """Lines of a paragraph below each other."""
    return [Text(line, x, y - number * step, size) for number, line in enumerate(lines)]


def make_pdf(pages: Sequence[Sequence[Text]], *, info: str = "", rotate: int = 0, image: bool = False) -> bytes:
    """A PDF with these texts, in Helvetica and Helvetica-Bold with WinAnsi; `info` is the inside of its information dictionary."""
    objects = [b"", b""]
    fonts = []
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
        fonts.append(len(objects))
    kids = []
    for page in pages:
        content = "\n".join(map(_shown, page)).encode("cp1252")
        if image:
            content += b"\nq 10 0 0 10 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        resources = f"<< /Font << /{BODY} {fonts[0]} 0 R /{BOLD} {fonts[1]} 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Resources {resources}"
            f" /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    objects.append(f"<< {info} >>".encode("cp1252"))
    return _file(objects)


def _shown(text: Text) -> str:
    shown = text.raw or "[(" + text.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")]"
    return f"BT /{text.font} {text.size} Tf 1 0 0 1 {text.x} {text.y} Tm {shown} TJ ET"


def _file(objects: Sequence[bytes]) -> bytes:
    made = io.BytesIO()
    made.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        made.write(b"%010d 00000 n \n" % place)
    made.write(b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects), start))
    return made.getvalue()


def make_docx(body: str, *, styles: str = "", numbering: str = "", footnotes: str = "", core: str = "") -> bytes:
    """A Word document of WordprocessingML: the insides of its body, styles, numbering, footnotes and properties."""
    parts = {"document": ("document.main", f"<w:body>{body}</w:body>"), "styles": ("styles", styles)}
    parts |= {name: (name, inside) for name, inside in (("numbering", numbering), ("footnotes", footnotes)) if inside}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPES}.{kind}+xml"/>' for name, (kind, _) in parts.items())
    relations = "".join(f'<Relationship Id="r{name}" Type="{_PARTS}/{name}" Target="{name}.xml"/>' for name in parts if name != "document")
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        + overrides
        + "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_PARTS}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"'
        ' Target="core.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + relations
        + "</Relationships>",
        "core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>',
    }
    files |= {f"word/{name}.xml": f"<w:{name} {_NAMESPACES}>{inside}</w:{name}>" for name, (_, inside) in parts.items()}
    return make_zip({name: text.encode() for name, text in files.items()})


def make_zip(files: dict[str, bytes]) -> bytes:
    """A zip archive, always the same bytes for the same files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def word(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def bomb(megabytes: int) -> bytes:
    """A Word document whose text, were it unpacked, would have so many megabytes of one letter."""
    made = io.BytesIO(make_docx(word("harmless")))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media.xml", "w", force_zip64=True) as part:
        piece = b"a" * 1_000_000
        for _ in range(megabytes):
            part.write(piece)
    return made.getvalue()
