from __future__ import annotations

from collections.abc import Callable

import pytest

from pmbot.models import Answer, Block, Citation, Document, Locator, Question, Span, Status

TEXT = (
    "Trade grew fivefold over the last decade, reaching €130 million in 2023.\n"
    "Latvia’s exports had a turnover\nof €240 million. Edgars Rinkēvičs led the visit."
)
Say = Callable[..., Answer]


@pytest.fixture
def document() -> Document:
    cut = TEXT.index("\n")
    spans = (Span(start=0, end=cut), Span(start=cut + 1, end=len(TEXT)))
    blocks = tuple(Block(span=span, kind="paragraph", locator=Locator(line=n)) for n, span in enumerate(spans, 1))
    return Document(doc_id="d.txt", title="D", text=TEXT, source="d.txt", blocks=blocks)


@pytest.fixture
def say(document: Document) -> Say:
    """Make an answer: `quotes` are cited, `short` is highlighted, each found in the document; without quotes it is a refusal."""

    def cite(quote: str, marker: int) -> Citation:
        start = document.text.index(quote)
        return Citation.quoting(document, Span(start=start, end=start + len(quote)), marker)

    def make(text: str = "", *, quotes: tuple[str, ...] = (), short: str | None = None, **fields: object) -> Answer:
        return Answer.model_validate({
            "question": Question(text="?"),
            "status": Status.ANSWERED if quotes else Status.NOT_ENOUGH,
            "citations": tuple(cite(quote, n) for n, quote in enumerate(quotes, 1)),
            "highlights": (cite(short, 1),) if short else (),
            "confidence": 0.5,
            "text": text,
            "signature": "s",
            **fields,
        })  # fmt: skip

    return make
