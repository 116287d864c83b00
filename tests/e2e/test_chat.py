"""`pmbot chat`, through a pipe and in a real terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.e2e.processes import PMBOT, TRADE, TRADE_QUOTE, UNANSWERED, Terminal, environment, pmbot

PROMPT = ">"  # line editing moves the cursor instead of writing the blank
CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"
FOLLOWED = "(reading this as: How much did Latvia and South Korea trade in 2022?)"


def parts(transcript: str) -> dict[str, str]:
    """What came after each line of a transcript."""
    _, *turns = re.split(r"(?m)^> (.*)\n", transcript)
    return dict(zip(turns[::2], turns[1::2], strict=True))


def test_a_pipe_gives_a_transcript() -> None:
    lines = [
        "hi",
        "",
        ":why",
        TRADE,
        ":why",
        ":sources",
        "and in 2022?",
        ":frob",
        ":wyh",
        ":docs",
        ":new",
        "and in 2022?",
        ":sources",
        ":help",
        ":quit",
        "no more",
    ]
    done = pmbot("chat", stdin="\n".join(lines).encode()).calm()
    assert done.err == ""
    assert done.out.startswith("pmbot ")
    said = parts(done.out)
    examples = [line.strip() for line in done.out.partition("\n> ")[0].splitlines() if line.startswith("  ")]
    assert len(examples) == 3
    assert all(f"  {example}\n" in said[":help"] for example in examples)
    assert list(said) == list(dict.fromkeys(line for line in lines[:-1] if line))
    assert said["hi"].startswith("Hello!")
    assert said[TRADE] == f"€130 million [1]\n\n  “{TRADE_QUOTE}”\n  [1] pmnet.txt:5\n\n"
    assert done.out.count(FOLLOWED) == 1, "after :new there is nothing to follow up"
    assert "There is no command :frob." in said[":frob"]
    assert "Did you mean :why?" in said[":wyh"]
    assert said[":docs"].startswith("pmnet.txt ")
    assert all(command in said[":help"] for command in (":why", ":sources", ":docs", ":new", ":help", ":quit"))
    assert said[":quit"] == ""


def test_before_the_first_question_there_is_nothing_to_tell() -> None:
    done = pmbot("chat", stdin=b":why\n:sources\n   \n").calm()
    assert parts(done.out) == {":why": "Nothing has been asked yet.\n\n", ":sources": "Nothing has been asked yet.\n\n"}


def test_hostile_lines_in_a_pipe() -> None:
    lines = [
        b"\x1b[2J\x1b]0;owned\x07trade\xe2\x80\xae in 2023?",
        b"\xff\xfe",
        b"nul \x00 trade",
        b":\x1b[31mquit",
        b"?" * 100_000,
        b"trade " * 20_000,
        b":why \x1b[2J",
    ]
    done = pmbot("chat", stdin=b"\r\n".join(lines)).calm()
    assert "␛[2J" in done.out


@pytest.fixture
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    # Our terminal does not answer where its cursor is.
    variables = {"TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1", **getattr(request, "param", {})}
    with Terminal([*PMBOT, "chat"], environment(**variables)) as started:
        started.expect(":quit leaves.")
        started.expect(PROMPT)
        yield started


def answer_to(terminal: Terminal, line: str, awaited: str) -> str:
    terminal.type(f"{line}\r")
    shown = terminal.expect(awaited)
    terminal.expect(PROMPT)
    return shown


def ctrl_c(terminal: Terminal) -> None:
    terminal.type(CTRL_C)
    terminal.expect("\n")  # the prompt may be drawn once more before the line ends
    terminal.expect(PROMPT)


def test_a_conversation_in_a_terminal(terminal: Terminal) -> None:
    assert "€130 million [1]" in answer_to(terminal, TRADE, "[1] pmnet.txt:5")
    assert "\x1b[1m€130 million" in terminal.raw, "emphasis where it is a terminal"
    answer_to(terminal, ":why", "Signature")
    answer_to(terminal, ":sources", "characters 1468 to 1618")
    answer_to(terminal, ":help", ":quit              leave")
    answer_to(terminal, "and in 2022?", FOLLOWED)
    terminal.type("half a question")
    terminal.expect("question")
    ctrl_c(terminal)
    answer_to(terminal, UP, FOLLOWED)
    answer_to(terminal, "\x1b[200~Who is the president\rof France?\x1b[201~", "The documents never mention “France”.")
    answer_to(terminal, "hi", "Hello!")
    ctrl_c(terminal)
    terminal.type(CTRL_D)
    assert terminal.end() == 0
    assert "Traceback" not in terminal.shown


def test_quit_in_a_terminal(terminal: Terminal) -> None:
    answer_to(terminal, UNANSWERED, "Closest, not an answer:")
    terminal.type(":quit\r")
    assert terminal.end() == 0


@pytest.mark.parametrize("terminal", [{"NO_COLOR": "1"}], indirect=True)
def test_no_colour(terminal: Terminal) -> None:
    before = len(terminal.raw)
    answer_to(terminal, TRADE, "[1] pmnet.txt:5")
    assert "\x1b[1m€130" not in terminal.raw[before:]
    terminal.type(CTRL_D)
    assert terminal.end() == 0


@pytest.mark.parametrize("terminal", [{"TERM": "dumb"}], indirect=True)
def test_a_dumb_terminal_gets_no_escape(terminal: Terminal) -> None:
    answer_to(terminal, TRADE, "[1] pmnet.txt:5")
    terminal.type("half a question")
    terminal.expect("question")
    terminal.type(CTRL_C)
    # A cooked terminal throws away what is written in the moment of the signal: wait until it is over, and ask again if it was the prompt.
    try:
        terminal.expect(PROMPT, seconds=3)
    except AssertionError:
        terminal.type("\r")
        terminal.expect(PROMPT)
    answer_to(terminal, "hi", "Hello!")
    terminal.type(CTRL_D)
    assert terminal.end() == 0
    assert "\x1b" not in terminal.raw
