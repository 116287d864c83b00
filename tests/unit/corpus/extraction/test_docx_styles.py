from __future__ import annotations

from pmbot.corpus.extraction.docx import parse
from tests.fakes_documents import make_docx, word


def style(name: str, inside: str = "", *, based: str = "", extra: str = "") -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{name}" {extra}><w:name w:val="{name}"/>{parent}<w:pPr>{inside}</w:pPr></w:style>'


def use(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def numbered(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(place: int, style: str, pattern: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}'
    f"{level(1, 'lowerLetter', '%2)')}{level(2, 'decimal', '%1.%3')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "•")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "upperRoman", "§ %1", 4)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def made(body: str, styles: str = "") -> list[tuple[str, str, int]]:
    return [(p.kind, p.text, p.level) for p in parse(make_docx(body, styles=styles, numbering=LISTS)).pieces]


def test_headings_are_told_by_what_styles_do_in_any_language() -> None:
    styles = (
        style("Virsraksts1", '<w:outlineLvl w:val="0"/>')
        + style("Mans", based="Virsraksts1")
        + style("Teksts", '<w:outlineLvl w:val="9"/>')
    )
    body = word("One", use("Virsraksts1")) + word("Two", use("Mans")) + word("Three", use("Teksts")) + word("Four", use("Nowhere"))
    body += word("Five", use("Mans") + '<w:outlineLvl w:val="2"/>')
    assert made(body, styles) == [
        ("heading", "One", 1),
        ("heading", "Two", 1),
        ("paragraph", "Three", 0),
        ("paragraph", "Four", 0),
        ("heading", "Five", 3),
    ]


def test_a_title_is_the_title() -> None:
    styles = style("Title")
    document = parse(make_docx(word("Minutes", use("Title")) + word("Text."), styles=styles))
    assert (document.title, document.pieces[0].kind, document.pieces[0].level) == ("Minutes", "heading", 1)


def test_the_default_style_counts_and_loops_of_styles_end() -> None:
    styles = style("Base", '<w:outlineLvl w:val="1"/>', extra='w:default="1"') + style("A", based="B") + style("B", based="A")
    assert made(word("x") + word("y", use("A")), styles) == [("heading", "x", 2), ("paragraph", "y", 0)]


def test_a_table_of_contents_is_left_out() -> None:
    assert made(word("Intro 3", use("toc 1")) + word("Text."), style("toc 1")) == [("paragraph", "Text.", 0)]


def test_lists_count_as_word_does() -> None:
    body = "".join(
        word(text, numbered(*place))
        for text, place in (
            ("a", (1,)),
            ("b", (1,)),
            ("c", (1, 1)),
            ("d", (1, 1)),
            ("e", (1, 2)),
            ("f", (1,)),
            ("g", (1, 1)),
            ("h", (2,)),
            ("i", (3,)),
            ("j", (4,)),
            ("k", (4,)),
            ("l", (9,)),
            ("m", (0,)),
        )
    )
    assert [text for _, text, _ in made(body)] == [
        *("1. a", "2. b", "a) c", "b) d", "2.1 e", "3. f", "a) g", "h", "§ IV i", "1. j", "2. k", "l", "m"),
    ]
    assert [kind for kind, _, _ in made(body)] == ["list_item"] * 12 + ["paragraph"]


def test_numbered_headings_and_styles_with_numbers() -> None:
    styles = style("Chapter", '<w:outlineLvl w:val="0"/>' + numbered(1)) + style("Item", numbered(1, 1))
    body = word("Start", use("Chapter")) + word("x", use("Item")) + word("End", use("Chapter")) + word("free", use("Item") + numbered(0))
    assert made(body, styles) == [("heading", "1. Start", 1), ("list_item", "a) x", 0), ("heading", "2. End", 1), ("paragraph", "free", 0)]


def test_nonsense_in_numbers_does_no_harm() -> None:
    broken = '<w:num w:numId="7"><w:abstractNumId w:val="99"/></w:num><w:num/><w:abstractNum/>'
    body = word("x", '<w:numPr><w:ilvl w:val="-5"/><w:numId w:val="7"/></w:numPr>') + word("y", '<w:numPr><w:ilvl w:val="zz"/></w:numPr>')
    body += word("z", '<w:outlineLvl w:val="99999999999"/><w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr>')
    pieces = parse(make_docx(body, numbering=LISTS + broken)).pieces
    assert [piece.kind for piece in pieces] == ["list_item", "paragraph", "list_item"]
