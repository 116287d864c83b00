"""HTML: the words a reader of the page comes for, block by block.

`selectolax` (lexbor) repairs the markup as browsers do. Kept is the one `main` element or `article` when it holds a good part of the
words, else the body; left out are scripts, styles, hidden elements, controls, navigation, and the header, footer and sidebar of
the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pmbot.corpus.extraction.html_blocks import PageBuilder, TableFacts
from pmbot.corpus.extraction.pieces import Extraction, Piece
from pmbot.errors import UnreadableDocument

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

DEEPEST = 1000
"""Elements inside elements. Browsers flatten at 512; what is deeper was not written by people."""

_NO_WORDS = frozenset(
    "script style noscript template svg math canvas iframe object embed audio video map head title link meta datalist"
    " select option textarea button input progress meter dialog nav menu frameset label".split()
)
_NOT_CONTENT_ROLES = frozenset(
    "navigation banner contentinfo search menu menubar tablist toolbar dialog alertdialog complementary tooltip".split()
)
_NOT_CONTENT_NAMES = frozenset(
    "nav navbar navigation menu breadcrumb breadcrumbs sidebar footer site-footer site-header masthead cookie cookies cookie-banner"
    " cookie-notice skip-link sr-only visually-hidden screen-reader-text toc pagination share sharing social social-share newsletter"
    " advertisement ads headerlink mw-editsection noprint related related-posts".split()
)
_NESTING = re.compile(
    rb"</?(?:a|abbr|article|aside|b|big|blockquote|center|code|cite|details|div|dl|em|figure|font|footer|form|header|i|ins|main|nav|nobr|ol"
    rb"|q|s|section|small|span|strike|strong|sub|sup|table|tt|u|ul)[\s>/]",
    re.IGNORECASE,
)
_CONTENT = frozenset({"main", "article", "section"})
_OF_PAGE = frozenset({"header", "footer", "aside"})
_NEVER_LEFT_OUT = frozenset({"html", "body", "main", "article"})
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)")
_NOTE_MARK = re.compile(r"\s*\[?\w{1,3}\]?\s*")
_ANCHOR_SIGNS = frozenset("¶#§🔗")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_DATES = ("article:published_time", "date", "dc.date", "dcterms.date", "dcterms.created")


def parse(data: bytes) -> Extraction:
    """Read a page in UTF-8. `UnreadableDocument` when it is nested deeper than `DEEPEST`."""
    from selectolax.lexbor import LexborHTMLParser

    _refuse_depth(data)
    page = LexborHTMLParser(data.decode("utf-8", "replace"))
    body = page.body or page.root
    if body is None:
        return Extraction(())
    facts = _tables(body)
    pieces = _main_pieces(page, body, facts)
    return Extraction(
        pieces,
        title=_title(page, pieces),
        source_url=_link(page),
        language=_matching(_LANGUAGE, _attribute(page.css_first("html"), "lang")),
        date=_date(page),
    )


def _refuse_depth(data: bytes) -> None:
    """A rough count before parsing, which takes quadratic time on elements inside elements; elements that close by themselves apart."""
    depth = 0
    for tag in _NESTING.finditer(data):
        depth = max(depth - 1, 0) if tag[0].startswith(b"</") else depth + 1
        if depth > 10 * DEEPEST:
            raise UnreadableDocument(f"its elements are nested more than {DEEPEST:,} deep; no page for people is")


def _main_pieces(page: LexborHTMLParser, body: LexborNode, facts: dict[int, TableFacts]) -> list[Piece]:
    """The pieces of the part that holds the content: a rule that would throw most words away is not followed."""
    whole = _pieces(body, facts, by_name=False)
    all_words = _size(whole)
    for selector, share in (("main, [role=main]", 4), ("article", 2)):
        found = page.css(selector)
        if len(found) == 1:
            inner = _pieces(found[0], facts, by_name=True)
            if _size(inner) * share >= all_words:
                return inner
    outer = _pieces(body, facts, by_name=True)
    return outer if _size(outer) * 4 >= all_words else whole


def _size(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _pieces(root: LexborNode, facts: dict[int, TableFacts], *, by_name: bool) -> list[Piece]:
    builder = PageBuilder(facts)
    for event, node in _events(root, by_name=by_name):
        if event == "text":
            builder.text(node.text_content or "")
        elif event == "open":
            builder.open(node.tag or "", node.mem_id, node.attributes)
        else:
            builder.close(node.tag or "")
    return builder.finish()


def _events(root: LexborNode, *, by_name: bool) -> Iterator[tuple[str, LexborNode]]:
    """Opened and closed elements and texts below `root`, in document order, without what is no content. Not recursive."""
    node: Any = root
    depth = 0
    while True:
        below = None
        if node.is_text_node:
            yield "text", node
        elif node.is_element_node and (depth == 0 or not _left_out(node, by_name=by_name)):
            yield "open", node
            below = node.first_child
            if below is None:
                yield "close", node
        if below is not None:
            node, depth = below, depth + 1
            if depth > DEEPEST:
                raise UnreadableDocument(f"its elements are nested more than {DEEPEST:,} deep; no page for people is")
            continue
        while node.next is None and depth:
            node, depth = node.parent, depth - 1
            yield "close", node
        if not depth:
            return
        node = node.next


def _left_out(node: LexborNode, *, by_name: bool) -> bool:
    tag = node.tag or ""
    if tag in _NO_WORDS:
        return True
    attributes = node.attributes
    if tag == "sup":
        return _is_note_mark(node)
    if tag in _OF_PAGE and not _inside_content(node):
        return True
    if not attributes or tag in _NEVER_LEFT_OUT:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in _NOT_CONTENT_ROLES or _HIDDEN_STYLE.search((attributes.get("style") or "").lower()):
        return True
    if tag == "a" and (node.text(deep=True) or "").strip() in _ANCHOR_SIGNS:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return by_name and not _NOT_CONTENT_NAMES.isdisjoint(names)


def _inside_content(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in _CONTENT:
            return True
        above = above.parent
    return False


def _is_note_mark(node: LexborNode) -> bool:
    """Whether a raised text is the link to a footnote, which belongs to no sentence."""
    above = node.parent
    link = above if above is not None and above.tag == "a" else node.css_first("a")
    text = node.text(deep=True) or ""
    return link is not None and (link.attributes.get("href") or "").startswith("#") and _NOTE_MARK.fullmatch(text) is not None


def _tables(body: LexborNode) -> dict[int, TableFacts]:
    """What is in each table, found in one pass; keys are `mem_id`."""
    found: dict[int, TableFacts] = {}
    opened: list[TableFacts] = []
    for event, node in _events(body, by_name=False):
        tag = node.tag or ""
        if event == "open" and tag == "table":
            if opened:
                opened[-1].nested = True
            opened.append(found.setdefault(node.mem_id, TableFacts()))
        elif event == "close" and tag == "table" and opened:
            opened.pop()
        elif opened and event == "text":
            opened[-1].text(len((node.text_content or "").strip()))
        elif opened and event == "open":
            opened[-1].open(tag)
    return found


def _title(page: LexborHTMLParser, pieces: list[Piece]) -> str | None:
    """The title element; the only first-level heading instead when the title is that with the name of the site added."""
    node = page.css_first("title")
    title = " ".join((node.text(deep=True) if node is not None else "").split())
    tops = [piece.text for piece in pieces if piece.kind == "heading" and piece.level == 1]
    if len(tops) == 1 and (not title or tops[0] in title):
        return tops[0]
    return title or None


def _link(page: LexborHTMLParser) -> str | None:
    return _matching(re.compile(r"https?://\S{1,2000}"), _attribute(page.css_first('link[rel="canonical"]'), "href"))


def _date(page: LexborHTMLParser) -> str | None:
    for node in page.css("meta"):
        name = (_attribute(node, "property") or _attribute(node, "name") or "").lower()
        if name in _DATES:
            found = re.match(r"\d{4}-\d{2}-\d{2}", _attribute(node, "content") or "")
            if found:
                return found[0]
    return None


def _attribute(node: LexborNode | None, name: str) -> str | None:
    return None if node is None else node.attributes.get(name)


def _matching(pattern: re.Pattern[str], value: str | None) -> str | None:
    return value if value is not None and pattern.fullmatch(value) else None
