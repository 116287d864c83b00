from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.evaluation.bootstrap import Plan
from pmbot.evaluation.reports.html import html_page
from pmbot.evaluation.reports.html_plots import threshold_of
from pmbot.evaluation.reports.html_text import Marked, marked, passage
from pmbot.evaluation.results import Report, Times
from pmbot.models import Span
from tests.fakes_report import FIRST, HOSTILE, SECOND, make_document, make_report

PLAN = Plan(samples=20)
VOID = {"meta", "input", "br"}


class Outline(HTMLParser):
    """Checks that tags nest, and collects them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.words += data


@pytest.fixture(scope="module")
def page() -> str:
    return html_page(*make_report(), PLAN)


def test_the_page_is_well_formed_and_whole(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    cases = [attributes for tag, attributes in outline.tags if tag == "details" and "case" in (attributes.get("class") or "").split()]
    assert [(case["class"] or "").split()[1] for case in cases] == ["failed", "passed", "passed", "xfailed", "passed"]
    assert "open" in cases[0]
    assert "open" not in cases[-1]
    for words in ("1 of 5 cases failed", "hit@1", "right of answered", "Results by tag", "What the threshold trades", "knowledge ordinary"):
        assert words in outline.words


def test_quotes_are_marked_in_their_passage(page: str) -> None:
    short = '<mark class="mark short want">€130 million</mark>'
    assert f'<mark class="mark want">Trade reached </mark>{short}<mark class="mark want"> in 2023.</mark>' in page
    wanted = 'The old harbour <mark class="want">closed in 1998</mark> after a storm.'
    assert f'Wanted, not cited · d.txt:2</p><blockquote dir="auto">{wanted}' in page


def test_the_same_bytes_every_time_and_no_clock(page: str) -> None:
    report, documents = make_report()
    timed = report.model_copy(update={"times": Times(total_ms=123.4, cases=tuple((1.0,) for _ in report.cases))})
    assert html_page(timed, documents, PLAN) == page


def test_the_policy_allows_this_style_and_nothing_else(page: str) -> None:
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\"" in page
    outline = Outline(page)
    assert not [
        tag for tag, attributes in outline.tags if tag in {"script", "link", "img", "iframe", "object", "base"} or "style" in attributes
    ]
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on") or name == "src"]
    assert {attributes["href"] for _, attributes in outline.tags if "href" in attributes} == {"#cases"}
    assert "url(" not in page
    assert "@import" not in page


def check_hostile(text: str) -> None:
    page = html_page(*make_report(text), PLAN)
    outline, plain = Outline(page), Outline(html_page(*make_report(), PLAN))
    assert outline.open == []
    assert [tag for tag, _ in outline.tags] == [tag for tag, _ in plain.tags]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", page)
    page.encode("utf-8")


def test_hostile_text_is_only_text() -> None:
    check_hostile(HOSTILE)
    page = html_page(*make_report(HOSTILE), PLAN)
    assert "<script" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page
    assert "⟨U+202E⟩" in page


@given(st.text(st.sampled_from("<>&\"'/ \x00\x1b\x85\u202e\u2028aé-"), min_size=1, max_size=20).filter(str.strip))
def test_no_text_makes_or_breaks_a_tag(text: str) -> None:
    check_hostile(f"x{text}x")


def test_nothing_to_measure_and_no_cases() -> None:
    report, documents = make_report()
    empty = Report(sources=report.sources, cases=())
    page = html_page(empty, documents)
    assert Outline(page).open == []
    assert "there is nothing to measure" in page


def test_filters_are_rules_for_what_there_is(page: str) -> None:
    assert "body:has(#o-failed:checked) .case:not(.failed){display:none}" in page
    assert "#o-error" not in page
    outline = Outline(page)
    inputs = {attributes["id"] for tag, attributes in outline.tags if tag == "input"}
    assert inputs == {"o-all", "o-failed", "o-xfailed", "o-passed", "t-all", "t0", "t1", "t2"}
    assert "body:has(#o-xfailed:checked):has(#t0:checked) .none{display:block}" in page


@pytest.mark.parametrize(("signature", "found"), [("a|answer:0.3,0.5,x", 0.3), ("a", None), ("a|answer:0.3,1,x + b|answer:0.4,1,x", None)])
def test_the_threshold_of_a_signature(signature: str, found: float | None) -> None:
    assert threshold_of(signature) == found


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["mark", "short", "want"])), max_size=5))
def test_marks_lose_no_letter(marks: list[tuple[int, int, str]]) -> None:
    raw = "The <old> harbour & its storm."
    found = marked(raw, Span(start=2, end=25), [Marked(Span(start=min(a, b), end=max(a, b)), kind) for a, b, kind in marks])
    outline = Outline(found)
    assert outline.words == raw[2:25]
    assert outline.open == []


def test_a_very_long_paragraph_is_cut_around_the_quote() -> None:
    document = make_document(f"{'word ' * 1000}{FIRST} {'more ' * 1000}")
    start = document.text.index(FIRST)
    around = Span(start=start, end=start + len(FIRST))
    shown = passage(document, around, [Marked(around, "mark")])
    assert f'<mark class="mark">{FIRST}</mark>' in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 2000
    assert passage(make_document(FIRST, SECOND), Span(start=0, end=5), []) == FIRST
