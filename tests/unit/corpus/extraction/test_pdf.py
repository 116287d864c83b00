from __future__ import annotations

import io

import pytest
from pypdf import PdfReader, PdfWriter

from pmbot.corpus.extraction.pdf import parse
from pmbot.errors import UnreadableDocument
from tests.fakes_documents import BOLD, Text, make_pdf, paragraph_texts

LINES = ["The harbour handled four million tonnes of cargo in the", "year 2022, which is a tenth more than in the year before."]
PLAIN = make_pdf([paragraph_texts(LINES)], info="/Title (A harbour)")


def encrypted(**passwords: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PLAIN)))
    writer.encrypt(**passwords, algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_page() -> None:
    made = parse(PLAIN)
    assert made.title == "A harbour"
    assert [(p.kind, p.text, p.page) for p in made.pieces] == [("paragraph", " ".join(LINES), 1)]


def test_a_password_to_open_it_is_told_and_one_to_change_it_is_none_of_ours() -> None:
    with pytest.raises(UnreadableDocument, match="encrypted: it opens with a password only; save a copy without one"):
        parse(encrypted(user_password="secret"))
    assert parse(encrypted(user_password="", owner_password="secret")).pieces == parse(PLAIN).pieces


@pytest.mark.parametrize(("pages", "said"), [(1, "1 page"), (2, "2 pages")])
def test_a_scan_is_told(pages: int, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=rf"no text in it, only pictures of {said} \(a scan\?\); run a text recognition"):
        parse(make_pdf([[]] * pages, image=True))


def test_fonts_that_hide_their_letters_are_told() -> None:
    with pytest.raises(UnreadableDocument, match="its fonts do not say which letters they draw"):
        parse(make_pdf([[Text("", raw="[<01020304050607>]"), Text("ab", y=600)]]))


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n1 0 obj\n<<", PLAIN[:200], b"%PDF-1.4\n" + b"<<" * 100_000])
def test_what_is_broken_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="broken, or no PDF"):
        parse(data)


@pytest.mark.parametrize(
    ("said", "title"),
    [("/Title (report.docx)", "Big"), ("/Title (Microsoft Word - x)", "Big"), ("/Title ( )", "Big"), ("", "Big"), ("/Title 7", "Big")],
)
def test_a_title_that_is_none_gives_way_to_the_first_heading(said: str, title: str) -> None:
    page = [Text("Small", y=740, font=BOLD), Text("Big", y=720, size=20), *paragraph_texts(LINES)]
    assert parse(make_pdf([page], info=said)).title == title


def test_a_turned_page_is_read() -> None:
    turned = [Text("", raw="[(The page lies on its side.)]")]
    data = make_pdf([turned]).replace(b"1 0 0 1 72 700 Tm", b"0 1 -1 0 72 100 Tm")
    assert [piece.text for piece in parse(data).pieces] == ["The page lies on its side."]
