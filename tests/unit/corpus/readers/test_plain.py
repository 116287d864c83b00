from __future__ import annotations

import pytest

from pmbot.corpus.readers.base import Source
from pmbot.corpus.readers.plain import PlainReader
from pmbot.models import Document

LONG = "The partnership between Latvia and South Korea highlights the potential to drive innovation and economic growth."


def read(text: str) -> Document:
    return PlainReader().read(text.encode(), Source("a.txt"))[0]


def layout(text: str) -> list[tuple[str, str]]:
    document = read(text)
    return [(b.kind, document.excerpt(b.span)) for b in document.blocks]


def test_lines_between_blank_lines_are_a_paragraph() -> None:
    text = "It was a dark and stormy\nnight; the rain fell in\ntorrents.\n \nThe rest\nis known.\n"
    assert layout(text) == [
        ("paragraph", "It was a dark and stormy\nnight; the rain fell in\ntorrents."),
        ("paragraph", "The rest\nis known."),
    ]
    assert read(text).text == text


def test_lines_that_end_like_sentences_are_paragraphs() -> None:
    assert layout(f"{LONG}\n{LONG}”\nReally (yes!)\n") == [("paragraph", LONG), ("paragraph", f"{LONG}”"), ("paragraph", "Really (yes!)")]


def test_very_long_lines_are_paragraphs_whatever_they_end_in() -> None:
    line = "word " * 60 + "word"
    assert layout(f"{line}\n{line}") == [("paragraph", line)] * 2


def test_each_run_of_lines_is_judged_by_itself() -> None:
    text = f"{LONG}\n{LONG}\n\nIt was a dark and stormy night; the rain\nfell in torrents."
    assert [words for _, words in layout(text)] == [LONG, LONG, "It was a dark and stormy night; the rain\nfell in torrents."]


def test_a_short_line_alone_without_end_punctuation_is_a_heading() -> None:
    text = f"Trade in 2023\n\n{LONG}\n\nCompanies\n{LONG}\n{LONG}\n\nAims\n- one\n"
    assert layout(text) == [
        ("heading", "Trade in 2023"),
        ("paragraph", LONG),
        ("heading", "Companies"),
        ("paragraph", LONG),
        ("paragraph", LONG),
        ("heading", "Aims"),
        ("list_item", "- one"),
    ]
    assert [b.locator.heading_path for b in read(text).blocks] == [("Trade in 2023",)] * 2 + [("Companies",)] * 3 + [("Aims",)] * 2
    assert read(text).title == "Trade in 2023"


@pytest.mark.parametrize(
    "line",
    ["What is PMNET?", "The end.", "The aims:", "however", "x" * 81, "2023 / 2024", "Dear Sir,", "—", "He said “yes.”"],
)
def test_other_lines_are_not_headings(line: str) -> None:
    expected = "heading" if line == "2023 / 2024 a" else "paragraph"
    assert layout(f"{line}\n\n{LONG}") == [(expected, line), ("paragraph", LONG)]
    assert read(f"{line}\n\n{LONG}").title == "A"


def test_the_last_line_and_lists_of_names_are_not_headings() -> None:
    assert layout("One sentence without a full stop") == [("paragraph", "One sentence without a full stop")]
    assert [kind for kind, _ in layout("Grindeks\n\nOlainfarm\n\nSilvanols\n\nSeegene")] == ["paragraph"] * 4


def test_a_title_above_a_heading_is_a_heading() -> None:
    assert [kind for kind, _ in layout(f"The Forum\n\nTrade\n\n{LONG}")] == ["heading", "heading", "paragraph"]


def test_list_items_begin_with_a_marker_and_go_on_until_the_next() -> None:
    text = "The aims are\n- to ensure that these come\n  into practice\n* more\n• most\n1. first\n2) second\ngoes on\n3. third"
    assert layout(text) == [
        ("heading", "The aims are"),
        ("list_item", "- to ensure that these come\n  into practice"),
        ("list_item", "* more"),
        ("list_item", "• most"),
        ("list_item", "1. first"),
        ("list_item", "2) second\ngoes on"),
        ("list_item", "3. third"),
    ]


def test_numbers_that_do_not_count_are_not_list_items() -> None:
    text = (
        "The forum was founded in the autumn of the year\n2023. It has grown since, and in Riga on\n5. martā it met; -5 degrees\n-5 and -x."
    )
    assert layout(text) == [("paragraph", text)]


def test_numbering_goes_on_across_blank_lines() -> None:
    assert layout("1. one.\n\nBetween.\n\n2. two.\n\n7. seven.") == [
        ("list_item", "1. one."),
        ("paragraph", "Between."),
        ("list_item", "2. two."),
        ("paragraph", "7. seven."),
    ]


def test_lines_are_located_with_any_line_ending() -> None:
    for newline in ("\n", "\r\n", "\r"):
        document = read(newline.join(["", "  One", "two.", "", "", "Three", ""]))
        assert [b.locator.line for b in document.blocks] == [2, 6]
        assert document.locate(document.blocks[0].span.model_copy(update={"start": document.text.index("two")})).line == 3


def test_text_is_normalised_before_offsets_are_taken() -> None:
    document = read("Re\u0304zekne")
    assert document.text == "R\u0113zekne"
    assert document.excerpt(document.blocks[0].span) == "R\u0113zekne"


def test_blank_files_have_no_blocks() -> None:
    assert read("").blocks == read(" \n\t\r\n\u00a0\n").blocks == ()


@pytest.mark.parametrize(
    "text", ["- " * 100_000, "a\n" * 100_000, "1. x\n" * 30_000, ")" * 600_000, "\n" * 600_000, "x" * 600_000, " \n-" * 100_000]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    assert len(read(text).blocks) <= 100_000
