"""The line at the bottom."""

from __future__ import annotations

import pytest

from pmbot.interfaces.repl.toolbar import toolbar
from pmbot.interfaces.session import Origin, Session
from pmbot.rendering.wrap import cells
from tests.fakes_api import FakeKnowledge


def test_it_says_what_is_talked_about() -> None:
    session = Session(FakeKnowledge(), origin=Origin(language="en"))
    assert toolbar(session, 100) == "2 documents, 3 sentences · en"
    session.doc_id = "pmnet.txt"
    session.ask("How much trade?")
    assert toolbar(session, 100) == "2 documents, 3 sentences · en · only pmnet.txt · topic: How much trade?"
    session.ask("hi")
    assert toolbar(session, 100).endswith("topic: How much trade?")
    session.forget()
    assert "topic" not in toolbar(session, 100)


@pytest.mark.parametrize("columns", [1, 10, 30, 40, 41, 200])
def test_it_fits_and_is_harmless(columns: int) -> None:
    session = Session(FakeKnowledge())
    session.ask("the trade \x1b[2J of 韓国 " * 20)
    shown = toolbar(session, columns)
    assert cells(shown) <= columns
    assert shown.isprintable()
