from __future__ import annotations

import pytest

from pmbot.corpus.extraction.docx import parse
from pmbot.corpus.extraction.pieces import Piece
from pmbot.errors import UnreadableDocument
from tests.fakes_documents import make_docx, make_zip, word

SEEN = '<w:vanish w:val="0"/>'
HEADING = '<w:outlineLvl w:val="1"/>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(body: str) -> list[str]:
    return [piece.text for piece in parse(make_docx(body)).pieces]


def test_paragraphs_headings_and_properties() -> None:
    core = "<dc:title> Offer\n 7 </dc:title><dc:language>lv-LV</dc:language>"
    made = parse(make_docx(word("Part", HEADING) + word("  It is \t old. ") + word("  "), core=core))
    assert (made.title, made.language) == ("Offer 7", "lv-LV")
    assert made.pieces == [Piece("heading", "Part", 2), Piece("paragraph", "It is old.")]


def test_runs_tabs_breaks_and_hyphens() -> None:
    body = f"<w:p>{run('It ')}<w:r><w:t>is</w:t><w:tab/><w:t>up</w:t><w:noBreakHyphen/><w:t>to</w:t>"
    body += "<w:br/><w:t>date.</w:t><w:br/><w:t>Riga</w:t></w:r></w:p>"
    assert texts(body) == ["It is up\u2011to date.", "Riga"]


def test_what_is_deleted_hidden_or_a_field_is_left_out_and_what_is_inserted_is_not() -> None:
    body = (
        f"<w:p><w:del>{run('gone')}</w:del><w:ins>{run('new ')}</w:ins><w:moveFrom>{run('old')}</w:moveFrom>{run('hidden', '<w:vanish/>')}"
        f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>{run('link')}</w:hyperlink>{run(' seen', SEEN)}</w:p>"
    )
    assert texts(body) == ["new link seen"]


def test_tables_row_by_row() -> None:
    merged = "<w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>ghost</w:t></w:r></w:p>"
    body = table(row(word("Day"), word("Fee")), row(word("Mon") + word("day"), merged), row(word(""), word("")), row(word("x"), word("€1")))
    assert parse(make_docx(body)).pieces == [
        Piece("table_row", "Day | Fee", row=1),
        Piece("table_row", "Mon day | ", row=2),
        Piece("table_row", "x | €1", row=4),
    ]


def test_a_table_that_lays_out_a_page_is_no_table() -> None:
    inner = table(row(word("a"), word("b")))
    assert texts(table(row(word("Left"), word("Right") + inner))) == ["Left", "Right", "a | b"]
    assert texts(table(row(word("One.")), row(word("Two.")))) == ["One.", "Two."]


def test_content_controls_and_text_boxes_are_read_once() -> None:
    inner = f"<w:txbxContent>{word('boxed')}</w:txbxContent>"
    choice, fallback = f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice>", f"<mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback>"
    box = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    assert texts(f"<w:sdt><w:sdtContent>{word('inside')}</w:sdtContent></w:sdt><w:p><w:r>{box}</w:r>{run('around')}</w:p>") == [
        "inside",
        "around",
        "boxed",
    ]


def test_footnotes_follow_their_paragraph() -> None:
    body = f'<w:p>{run("It rose.")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + word("Next.")
    notes = f'<w:footnote w:id="-1">{word("")}</w:footnote><w:footnote w:id="2">{word("In 2022.")}</w:footnote>'
    assert [piece.text for piece in parse(make_docx(body, footnotes=notes)).pieces] == ["It rose.", "In 2022.", "Next."]


def test_a_bold_line_is_a_heading_below_all_others() -> None:
    bold = f"<w:p>{run('Fees', '<w:b/>')}</w:p>"
    sentence = f"<w:p>{run('It is forbidden.', '<w:b/>')}</w:p>"
    partly = f"<w:p>{run('Note', '<w:b/>')}{run(' that')}</w:p>"
    assert [(p.kind, p.level) for p in parse(make_docx(bold + sentence + partly)).pieces] == [
        ("heading", 7),
        ("paragraph", 0),
        ("paragraph", 0),
    ]


@pytest.mark.parametrize(
    "prolog",
    [
        b'<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<?xml version="1.0"?>\n<!-- a --><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(prolog: bytes) -> None:
    for part in (prolog, prolog.decode().encode("utf-16")):
        data = make_zip({"word/document.xml": part + b"<w:document/>"})
        with pytest.raises(UnreadableDocument, match="declares a document type"):
            parse(data)


def test_an_encoding_that_word_does_not_write_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="in an encoding that Word does not write"):
        parse(make_zip({"word/document.xml": b'<?xml version="1.0" encoding="cp037"?><a/>'}))


@pytest.mark.parametrize("files", [{"a.txt": b"x"}, {"[Content_Types].xml": b"<Types/>"}])
def test_an_archive_that_is_no_document_is_refused(files: dict[str, bytes]) -> None:
    with pytest.raises(UnreadableDocument, match="not a Word document, or a broken one"):
        parse(make_zip(files))


def test_nesting_is_limited() -> None:
    deep = word("deep")
    for _ in range(60):
        deep = f"<w:sdt><w:sdtContent>{deep}</w:sdtContent></w:sdt>"
    assert texts(deep) == ["deep"]
    for _ in range(60):
        deep = f"<w:customXml>{deep}</w:customXml>"
    for _ in range(30):
        deep = f"<w:ins>{deep}</w:ins>"
    with pytest.raises(UnreadableDocument, match="nested more than 150 deep"):
        texts(deep)
