"""`pmbot chat` at a real terminal, with real keys."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.processes import KNOWLEDGE, PMBOT, Terminal, environment

UP, RIGHT, TAB, ESCAPE, CTRL_C, CTRL_D = "\x1b[A", "\x1b[C", "\t", "\x1b", "\x03", "\x04"
TRADE = "How much did they trade in 2023?"
ANSWER = "[1] pmnet.txt:5"

Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as open_terminals:

        def started(*options: str, **variables: str) -> Terminal:
            env = environment(**{"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **variables})
            terminal = open_terminals.enter_context(Terminal([*PMBOT, "chat", "--no-record", *options], env))
            terminal.expect(":quit leaves.")
            terminal.expect(">")
            return terminal

        yield started


def send(terminal: Terminal, line: str, awaited: str) -> str:
    terminal.type(f"{line}\r")
    shown = terminal.expect(awaited)
    terminal.expect(">")
    return shown


def leave(terminal: Terminal) -> None:
    terminal.type(CTRL_D)
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown


def test_the_history_lasts_from_one_conversation_to_the_next(start: Start) -> None:
    first = start()
    send(first, TRADE, ANSWER)
    leave(first)
    history = Path(os.environ["XDG_STATE_HOME"]) / "pmbot" / "history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert history.parent.stat().st_mode & 0o777 == 0o700
    second = start()
    send(second, UP, ANSWER)
    second.type("How m")
    second.expect("uch did they trade in 2023?")  # the suggestion, in grey
    send(second, RIGHT, ANSWER)
    leave(second)
    third = start("--no-history")
    send(third, "hi", "Hello!")
    third.type(f"{UP}{UP}")
    send(third, "", "Hello!")
    assert "trade in 2023" not in third.shown
    leave(third)
    assert history.read_text(encoding="utf-8").count("+hi") == 0


def test_completion(start: Start) -> None:
    terminal = start()
    terminal.type(":rel")
    terminal.expect("read the documents again")
    send(terminal, f"{TAB}", "Nothing has changed")
    terminal.type(f"Who is Rinkev{TAB}")
    terminal.expect("Rinkēvičs")
    send(terminal, "?", "Latvian President")
    terminal.type(":set doc pm")
    terminal.expect("document")  # what kind of thing the menu offers
    send(terminal, TAB, "doc is now pmnet.txt.")
    leave(terminal)


def test_the_toolbar_follows_the_topic_and_the_window(start: Start) -> None:
    terminal = start(PROMPT_TOOLKIT_NO_CPR="")
    terminal.expect("1 document, 18 sentences · en")
    terminal.type(f"{TRADE}\r")
    terminal.expect(ANSWER)
    terminal.expect(f"topic: {TRADE}")
    terminal.resize(40)
    terminal.type("x\x7f")
    start_of_narrow = len(terminal.shown)
    send(terminal, "Who is Edgars Rinkēvičs?", "pmnet.txt:8")
    answer = terminal.shown[start_of_narrow:].partition("Latvian President [1]")[2].partition("[1] pmnet.txt:8")[0]
    assert answer.strip()
    assert max(map(len, answer.splitlines())) <= 40
    leave(terminal)


def test_ctrl_c_clears_the_line_and_leaves_nothing_behind(start: Start) -> None:
    terminal = start()
    terminal.type("half a question")
    terminal.expect("question")
    terminal.type(CTRL_C)
    terminal.expect("\n")
    terminal.expect(">")
    send(terminal, TRADE, ANSWER)
    leave(terminal)


def test_vi_keys(start: Start) -> None:
    terminal = start(PMBOT_REPL__EDITING="vi")
    terminal.type(f"x{TRADE}{ESCAPE}")
    terminal.type("0x")
    send(terminal, "", ANSWER)
    leave(terminal)


def test_links_and_clipboard_where_the_terminal_has_them(start: Start) -> None:
    terminal = start(FORCE_HYPERLINK="1")
    send(terminal, TRADE, ANSWER)
    assert f"\x1b]8;;file://{KNOWLEDGE}\x1b\\" in terminal.raw
    send(terminal, ":copy", "Copied.")
    copied = terminal.raw.partition("\x1b]52;c;")[2].partition("\x07")[0]
    assert base64.b64decode(copied).decode().startswith("€130 million [1]\n\n  “With trade")
    leave(terminal)


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1", "FORCE_HYPERLINK": "1"}, {"TERM": "dumb", "FORCE_HYPERLINK": "1"}])
def test_no_links_where_it_has_none(start: Start, variables: dict[str, str]) -> None:
    terminal = start(**variables)
    send(terminal, TRADE, ANSWER)
    assert "\x1b]8;" not in terminal.raw
    leave(terminal)


def test_the_pager(start: Start) -> None:
    terminal = start(PAGER="head -n 1")
    send(terminal, ":open pmnet.txt", "pmnet.txt · Pmnet")
    send(terminal, TRADE, ANSWER)
    leave(terminal)


def test_a_second_line_with_alt_enter(start: Start) -> None:
    terminal = start()
    terminal.type(f"How much did they{ESCAPE}\r")
    send(terminal, "trade in 2023?", ANSWER)
    leave(terminal)
