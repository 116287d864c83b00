"""The loop: read a line, ask or run a command, show what comes of it."""

from __future__ import annotations

from pmbot.errors import PmbotError
from pmbot.interfaces.commands import Registry, Reply, loaded, standard_commands
from pmbot.interfaces.feedback import feedback_commands
from pmbot.interfaces.repl.lines import LineReader
from pmbot.interfaces.screen import Screen
from pmbot.interfaces.session import Session
from pmbot.rendering.answers import answer_page
from pmbot.rendering.emphasis import matched_words
from pmbot.rendering.page import BLANK, Ink, Page, line

_LEAVING = frozenset({"quit", "exit"})


def terminal_registry() -> Registry:
    """The commands of the terminal."""
    return Registry((*standard_commands(terminal=True), *feedback_commands()))


def converse(session: Session, lines: LineReader, screen: Screen, *, version: str) -> None:
    """Hold the conversation until the lines end or `:quit`.

    A PmbotError is shown and the conversation goes on. Ctrl-C clears the line or breaks off the answer where a person
    types; without one, KeyboardInterrupt ends the conversation and goes up.
    """
    registry = terminal_registry()
    screen.show(_welcome(session, registry, version))
    told = session.recorder.introduce() if session.recorder else None
    if told:
        screen.show((line(told, Ink.NOTE), BLANK))
    while True:
        reply = _turn(session, lines, registry)
        _show(reply, session, screen)
        if reply.leave:
            return


def _show(reply: Reply, session: Session, screen: Screen) -> None:
    page = reply.page
    if reply.exact is not None:
        screen.write(reply.exact)
        page = (*page, BLANK)
    if reply.opened is not None:
        try:
            screen.read(*reply.opened)
            page = page if screen.pager else (*page, BLANK)
        except OSError as error:
            page = (*page, line(f"The pager cannot be started: {error.strerror}; set PAGER to another.", Ink.REFUSAL))
    if reply.copied is not None:
        if screen.copy(reply.copied):
            page = (*page, line("Copied.", Ink.NOTE))
        else:
            screen.write(reply.copied)
            page = (*page, line("(this terminal has no clipboard that could be reached: copy it from here)", Ink.NOTE))
    if page:
        screen.show(page if page[-1] == BLANK else (*page, BLANK), session.width)


def _turn(session: Session, lines: LineReader, registry: Registry) -> Reply:
    broken_off: Page = ()
    try:
        text = lines.read()
        if text is None:
            return Reply((), leave=True)
        broken_off = (line("(broken off)", Ink.NOTE),)
        news = session.news.take()
        if news:
            session.last = None  # its quotes may not stand in the documents any more
        reply = _reply(text.strip(), session, registry)
        return reply._replace(page=(*news, *reply.page)) if news else reply
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
        page = answer_page(trace.answer, session.knowledge.document, matched=matched_words(trace), root=session.origin.root)
        complaint = session.recorder.note(trace) if session.recorder else None
        took = f"({1000 * session.took:.0f} ms)" if session.timed and session.took is not None else None
        return Reply((*page, *(line(note, Ink.NOTE) for note in (complaint, took) if note)))
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
