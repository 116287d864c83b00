from __future__ import annotations

import time

import pytest

from pmbot.corpus.extraction.html import DEEPEST, parse
from pmbot.errors import UnreadableDocument

FILLER = "<p>" + "A paragraph that is long enough to be the content of a page. " * 5 + "</p>"


def texts(html: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in parse(html.encode()).pieces]


def words(html: str) -> list[str]:
    return [text for _, text in texts(html)]


def test_a_page() -> None:
    page = parse(
        b"""<!doctype html><html lang="en-GB"><head><title>Bridge closed | The Post</title>
        <link rel="canonical" href="https://example.org/bridge"><meta property="article:published_time" content="2024-10-03T08:00Z">
        <style>p { color: red }</style><script>let x = "<p>no</p>"</script></head>
        <body><header><a href="/">The Post</a></header><nav><ul><li>Home</li></ul></nav>
        <main><h1>Bridge closed</h1><p>The bridge
          stays <b>closed</b>&nbsp;until May.</p><!-- never --><noscript>Switch it on</noscript></main>
        <aside>Most read</aside><footer>&copy; The Post</footer></body></html>"""
    )
    assert (page.title, page.source_url, page.language, page.date) == ("Bridge closed", "https://example.org/bridge", "en-GB", "2024-10-03")
    assert [(p.kind, p.text, p.level) for p in page.pieces] == [
        ("heading", "Bridge closed", 1),
        ("paragraph", "The bridge stays closed until May.", 0),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>no</p>",
        '<p aria-hidden="true">no</p>',
        '<p style="color: red; Display : None">no</p>',
        '<div role="navigation">no</div>',
        '<div class="x cookie-banner">no</div>',
        '<div id="sidebar">no</div>',
        "<button>no</button><select><option>no</select><textarea>no</textarea><label>no</label>",
        "<template><p>no</p></template><svg><text>no</text></svg><iframe>no</iframe><object>no</object>",
        '<a class="headerlink" href="#x">¶</a>',
    ],
)
def test_what_no_reader_sees_is_left_out(hidden: str) -> None:
    assert words(f"<body>{FILLER}{hidden}<p>yes</p>")[1:] == ["yes"]


def test_a_rule_that_would_throw_the_page_away_is_not_followed() -> None:
    assert words(f'<body><div class="menu"><p>{"All of it is here. " * 20}</p></div><p>End</p>')[-1] == "End"
    assert len(words(f"<body><main></main>{FILLER}")) == 1
    assert len(words(f"<article>short</article>{FILLER}")) == 2


def test_headers_and_asides_inside_an_article_are_content() -> None:
    page = "<article><header><h1>Title</h1></header><p>Text.</p><aside>A remark.</aside><footer>By me</footer></article>"
    assert words(page) == ["Title", "Text.", "A remark.", "By me"]


def test_marks_of_footnotes_are_no_text_and_powers_are() -> None:
    page = '<p>It ended.<sup><a href="#n1">[1]</a></sup> Then<a href="#n2"><sup>2</sup></a> came 5 km<sup>2</sup> and 10<sup>-3</sup>.'
    assert words(page) == ["It ended. Then came 5 km² and 10-3."]


def test_the_title_is_the_heading_when_the_name_of_the_site_is_added() -> None:
    assert parse(b"<title>A \n page - Site</title><h1>A page</h1>").title == "A page"
    assert parse(b"<title>Site</title><h1>A page</h1>").title == "Site"
    assert parse(b"<h1>A page</h1>").title == "A page"
    assert parse(b"<p>x").title is None


def test_what_a_page_says_of_itself_is_checked() -> None:
    page = parse(b'<html lang="x;y"><link rel=canonical href="javascript:x"><meta name=date content="soon"><p>x')
    assert (page.source_url, page.language, page.date) == (None, None, None)


@pytest.mark.parametrize("html", ["", "<!-- -->", "<script>x</script>", "\ufffd\x01"])
def test_pages_without_words(html: str) -> None:
    assert len(words(html)) <= 1


def test_nesting_is_limited_and_costs_no_time() -> None:
    assert words("<div>" * (DEEPEST - 10) + "deep") == ["deep"]
    began = time.perf_counter()
    for count in (DEEPEST + 10, 300_000):
        with pytest.raises(UnreadableDocument, match=r"nested more than 1,000 deep"):
            parse(b"<div>" * count + b"deep")
    assert time.perf_counter() - began < 5
    assert len(parse(b"<p>x" * 20_000).pieces) == 20_000
