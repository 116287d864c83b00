from __future__ import annotations

import time

from pmbot.corpus.extraction.pdf_lines import Line
from pmbot.corpus.extraction.pdf_margins import without_margins


def page(number: int, *texts: tuple[str, float], size: float = 11) -> list[Line]:
    return [Line(text, number, 72, y, size, bold=False) for text, y in texts]


def body(number: int) -> list[tuple[str, float]]:
    words = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
    return [(f"{word} {chr(97 + number % 26)}{chr(97 + number // 26 % 26)}", 700 - 14 * place) for place, word in enumerate(words)]


def left(pages: list[list[Line]]) -> list[list[str]]:
    return [[line.text for line in lines] for lines in without_margins(pages)]


def test_headers_footers_and_page_numbers_go() -> None:
    words = ("one two", "three four", "five six", "seven eight")
    pages = [
        page(
            n, ("Annual report 2022", 800), (f"{words[n]} only here", 700), ("and so on", 650 - n), (words[-n], 600), (f"Page {n} of 4", 40)
        )
        for n in range(1, 4)
    ]
    assert left(pages) == [[f"{words[n]} only here", "and so on", words[-n]] for n in range(1, 4)]


def test_two_pages_need_the_same_height() -> None:
    same = [
        page(1, ("Letter", 800), ("a b", 500), ("c d", 300), ("1", 40)),
        page(2, ("Letter", 800), ("e f", 500), ("g h", 300), ("2", 40)),
    ]
    assert left(same) == [["a b", "c d"], ["e f", "g h"]]
    moved = [page(1, ("Letter", 800), ("a b", 500)), page(2, ("Letter", 750), ("c d", 500))]
    assert left(moved) == [["Letter", "a b"], ["Letter", "c d"]]


def test_a_running_header_with_changing_chapters_goes() -> None:
    pages = [page(n, (f"CHAPTER {n}. {name} Annual report – Confidential", 800), *body(n)) for n, name in ((1, "OVERVIEW"), (2, "FINANCE"))]
    assert [lines[0] for lines in left(pages)] == ["alpha ba", "alpha ca"]


def test_the_title_stays_though_the_header_repeats_it() -> None:
    title = Line("Handbook", 1, 72, 760, 26, bold=True)
    pages = [
        [*page(n, ("Handbook", 800)), *([title] if n == 1 else []), *page(n, ("text", 600 + n), ("words", 500 - n), ("end", 300 + n))]
        for n in (1, 2, 3)
    ]
    assert left(pages)[0][0] == "Handbook"
    assert left(pages)[1][0] == "text"


def test_lines_in_the_middle_stay_and_so_does_one_page() -> None:
    pages = [page(n, *[(f"{n} {word}", 700 - 20 * i) for i, word in enumerate("abcdefg")], ("Total", 500.0)) for n in (1, 2, 3)]
    assert all("1 d" in lines or "2 d" in lines or "3 d" in lines for lines in left(pages))
    assert left([page(1, ("Only", 700), ("page", 600))]) == [["Only", "page"]]
    assert left([[], []]) == [[], []]


def test_many_pages_take_linear_time() -> None:
    pages = [page(n, ("running head and more", 800), *body(n)) for n in range(20_000)]
    began = time.perf_counter()
    without_margins(pages)
    assert time.perf_counter() - began < 10
