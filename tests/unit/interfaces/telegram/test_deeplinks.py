"""Links to documents and sentences."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pmbot.interfaces.telegram.base36 import base36
from pmbot.interfaces.telegram.deeplinks import Place, Shelf, document_link, place_of, place_page, sentence_link
from pmbot.models import Span
from tests.fakes_api import TRADE, FakeKnowledge, make_document

texts = st.text(st.characters(exclude_categories=("Cs",)))


@given(st.integers(0, 2**70))
def test_base36_is_read_back(number: int) -> None:
    assert int(base36(number), 36) == number


@given(texts, st.integers(0, 10**9), st.integers(1, 10**6), texts)
def test_payloads_fit_and_are_read_back(doc_id: str, start: int, length: int, quote: str) -> None:
    link = sentence_link("bot", doc_id, Span(start=start, end=start + length), quote)
    payload = link.partition("?start=")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    place = place_of(payload)
    assert place is not None
    assert (place.start, place.length) == (start, length)
    document = place_of(document_link("bot", doc_id).partition("?start=")[2])
    assert document == Place(place.document)


@given(st.text(max_size=80))
def test_any_payload_is_read_or_refused(payload: str) -> None:
    assert place_of(payload) is None or payload[1] == "-"


def test_a_payload_of_the_other_kind_is_none() -> None:
    digest = "0" * 12
    for payload in (f"s-{digest}", f"d-{digest}-1-1-{'0' * 8}", f"d-{digest}\n", f"D-{digest}", ""):
        assert place_of(payload) is None


def test_a_sentence_is_shown_only_while_it_stands_there() -> None:
    document = make_document("a.txt", f"{TRADE} More.")
    span = Span(start=0, end=len(TRADE))
    place = place_of(sentence_link("bot", "a.txt", span, TRADE).partition("=")[2])
    assert place is not None
    page = place_page(place, document)
    assert page is not None
    assert TRADE in [run.text for paragraph in page for run in paragraph.runs]
    assert place_page(place, make_document("a.txt", f"x{TRADE}")) is None
    assert place_page(place, make_document("a.txt", "short")) is None


def test_a_long_document_is_shown_from_its_beginning() -> None:
    place = place_of(document_link("bot", "a.txt").partition("=")[2])
    assert place is not None
    page = place_page(place, make_document("a.txt", "word " * 1000, title="A title"))
    assert page is not None
    shown = "".join(run.text for paragraph in page for run in paragraph.runs)
    assert shown.startswith("A title")
    assert shown.endswith("word”…")
    assert len(shown) < 800


def test_the_shelf_follows_the_generation() -> None:
    knowledge, shelf = FakeKnowledge(), Shelf()
    place = place_of(document_link("bot", "pmnet.txt").partition("=")[2])
    assert place is not None
    found = shelf.find(knowledge, place.document)
    assert found is not None
    assert found.doc_id == "pmnet.txt"
    knowledge.documents = knowledge.documents[:1]
    knowledge.signature = "another"
    assert shelf.find(knowledge, place.document) is None
