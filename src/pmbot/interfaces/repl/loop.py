"""The loop: read a line, ask or run a command, show what comes of it."""

from __future__ import annotations

from pmbot.errors import PmbotError
from pmbot.interfaces.commands import Registry, Reply, loaded, standard_commands
from pmbot.interfaces.repl.lines import LineReader
from pmbot.interfaces.screen import Screen
from pmbot.interfaces.session import Session
from pmbot.rendering.answers import answer_page
from pmbot.rendering.emphasis import matched_words
from pmbot.rendering.page import BLANK, Ink, Page, line

_LEAVING = frozenset({"quit", "exit"})


def converse(session: Session, lines: LineReader, screen: Screen, *, version: str) -> None:
    """Hold the conversation until the lines end or `:quit`.

    A PmbotError is shown and the conversation goes on. Ctrl-C clears the line or breaks off the answer where a person
    types; without one, KeyboardInterrupt ends the conversation and goes up.
    """
    registry = Registry(standard_commands())
    screen.show(_welcome(session, registry, version))
    while True:
        reply = _turn(session, lines, registry)
        if reply.page:
            screen.show((*reply.page, BLANK))
        if reply.leave:
            return


def _turn(session: Session, lines: LineReader, registry: Registry) -> Reply:
    broken_off: Page = ()
    try:
        text = lines.read()
        if text is None:
            return Reply((), leave=True)
        broken_off = (line("(broken off)", Ink.NOTE),)
        return _reply(text.strip(), session, registry)
    except KeyboardInterrupt:
        if not lines.interactive:
            raise
        return Reply(broken_off)


def _reply(text: str, session: Session, registry: Registry) -> Reply:
    if not text:
        return Reply(())
    if text.lower() in _LEAVING:
        return Reply((), leave=True)
    try:
        if registry.is_command(text):
            return registry.run(text, session)
        trace = session.ask(text)
        return Reply(answer_page(trace.answer, session.knowledge.document, matched=matched_words(trace)))
    except PmbotError as error:
        return Reply((line(f"pmbot: {error}", Ink.REFUSAL),))


def _welcome(session: Session, registry: Registry, version: str) -> Page:
    examples = tuple(session.knowledge.examples())
    page = [line(f"pmbot {version} · {loaded(session)}", Ink.LABEL)]
    if examples:
        page.append(line("Ask, for example:"))
        page += [line(example, indent=2, hang=2) for example in examples]
    page += [line(f"{registry.prefix}help lists the commands, {registry.prefix}quit leaves.", Ink.NOTE), BLANK]
    return tuple(page)
