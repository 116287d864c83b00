"""What is offered at the TAB key."""

from __future__ import annotations

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from pmbot.interfaces.repl.completion import ChatCompleter
from pmbot.interfaces.repl.loop import terminal_registry
from pmbot.interfaces.session import Session
from tests.fakes_api import FakeKnowledge


def offered(text: str) -> list[tuple[str, int]]:
    completer = ChatCompleter(Session(FakeKnowledge()), terminal_registry())
    return [(found.text, found.start_position) for found in completer.get_completions(Document(text), CompleteEvent())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":wh", [("why", -2)]),
        (":RE", [("reload", -2), ("receipt", -2)]),
        (":open pm", [("pmnet.txt", -2)]),
        (":open ", [("notes/hostile.md", 0), ("pmnet.txt", 0)]),
        (":set ", [("doc", 0), ("time", 0), ("width", 0)]),
        (":set w", [("width", -1)]),
        (":set time o", [("on", -1), ("off", -1)]),
        (":set doc n", [("notes/hostile.md", -1)]),
        (":set frob x", []),
        (":why x", []),
        ("How much tr", [("trade", -2)]),
        ("what of rin", [("Rinkēvičs", -3)]),
        ("t", []),
        ("", []),
        ("pm", [("pmnet.txt", -2)]),
        ("what? ", []),
    ],
)
def test_offers(text: str, expected: list[tuple[str, int]]) -> None:
    assert offered(text) == expected


def test_all_commands_are_offered_with_their_help() -> None:
    completer = ChatCompleter(Session(FakeKnowledge()), terminal_registry())
    found = {c.text: c.display_meta_text for c in completer.get_completions(Document(":"), CompleteEvent())}
    assert found == {command.name: command.help for command in terminal_registry().commands}
