"""The registry of chat commands."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from pmbot.interfaces.commands import Call, Command, Registry, Reply, standard_commands
from pmbot.interfaces.session import Session
from pmbot.rendering import plain
from pmbot.rendering.page import line
from tests.fakes_api import FakeKnowledge


def run(text: str, *, asked: str | None = None, prefix: str = ":") -> str:
    session = Session(FakeKnowledge())
    if asked:
        session.ask(asked)
    return plain.render(Registry(standard_commands(), prefix).run(text, session).page)


@pytest.mark.parametrize("text", [":help", ":docs", ":why", ":sources", ":new"])
@pytest.mark.parametrize("asked", [None, "trade?", "France?", "sale?", "hi"])
def test_what_they_say(text: str, asked: str | None, snapshot: SnapshotAssertion) -> None:
    assert run(text, asked=asked) == snapshot


def test_help_lists_every_command_with_the_prefix_of_the_channel() -> None:
    shown = run("/help", prefix="/")
    for command in standard_commands():
        assert f"/{command.name}" in shown
        assert command.help in shown


@pytest.mark.parametrize("text", [":q", ":quit", ": quit", ":QUIT", ":exit  now"])
def test_leaving(text: str) -> None:
    assert Registry(standard_commands()).run(text, Session(FakeKnowledge())).leave


@pytest.mark.parametrize(("typed", "meant"), [(":sorces", ":sources"), (":whi", ":why"), (":hlep", ":help"), (":dosc", ":docs")])
def test_an_unknown_command_is_answered_with_the_nearest(typed: str, meant: str) -> None:
    assert f"Did you mean {meant}?" in run(typed)


@pytest.mark.parametrize("typed", [":", ":zzzz", ":\x1b[2J", ":" + "x" * 100_000])
def test_a_hopeless_one_points_to_the_help(typed: str) -> None:
    shown = run(typed)
    assert shown.endswith(":help lists them all.\n")
    assert "\x1b" not in shown
    assert len(shown) < 120


def test_new_forgets() -> None:
    session = Session(FakeKnowledge())
    session.ask("trade?")
    Registry(standard_commands()).run(":new", session)
    assert session.history == ()


def test_a_command_of_ones_own_gets_its_argument() -> None:
    def echo(call: Call) -> Reply:
        return Reply((line(call.argument),))

    registry = Registry((*standard_commands(), Command("echo", "say it again", echo)))
    session = Session(FakeKnowledge())
    assert registry.run(":echo  two words ", session).page == (line("two words"),)
    assert "say it again" in plain.render(registry.run(":help", session).page)


def test_names_are_unique_and_helps_short() -> None:
    names = [name for command in standard_commands() for name in (command.name, *command.aliases)]
    assert len(names) == len(set(names))
    assert all(0 < len(command.help) <= 60 for command in standard_commands())
