"""The chat commands: one registry, whatever the channel. To add a command, add it to `standard_commands`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pmbot.interfaces.session import Session
from pmbot.models import Citation
from pmbot.rendering.answers import place
from pmbot.rendering.listing import documents_page, documents_total
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.sanitize import visible_line
from pmbot.rendering.traces import trace_page


class Reply(NamedTuple):
    """What to show, and whether the conversation ends with it."""

    page: Page
    leave: bool = False


class Call(NamedTuple):
    """What a command is run with; `argument` is the rest of its line, stripped."""

    session: Session
    argument: str
    registry: Registry


@dataclass(frozen=True)
class Command:
    """A command by its name, without the channel's prefix. `help` is one short line; `aliases` are not listed."""

    name: str
    help: str
    run: Callable[[Call], Reply]
    aliases: tuple[str, ...] = ()


class Registry:
    """The commands of a channel; `prefix` is what they start with there (`:` in the terminal)."""

    def __init__(self, commands: tuple[Command, ...], prefix: str = ":") -> None:
        self.commands = commands
        self.prefix = prefix
        self._by_name = {name: command for command in commands for name in (command.name, *command.aliases)}

    def is_command(self, text: str) -> bool:
        """Whether `text` is meant as a command and not as a question."""
        return text.startswith(self.prefix)

    def run(self, text: str, session: Session) -> Reply:
        """Run the command line `text`, prefix and all; an unknown one is answered with the nearest known."""
        name, _, argument = text.removeprefix(self.prefix).strip().partition(" ")
        command = self._by_name.get(name.lower())
        if command is None:
            return Reply((line(self._unknown(name)),))
        return command.run(Call(session, argument.strip(), self))

    def _unknown(self, name: str) -> str:
        from rapidfuzz import fuzz, process

        shown = f"{self.prefix}{visible_line(name[:40])}"
        known = [word for word in self._by_name if len(word) > 1]
        nearest = process.extractOne(name[:40].lower(), known, scorer=fuzz.ratio, score_cutoff=50)
        guess = f" Did you mean {self.prefix}{self._by_name[nearest[0]].name}?" if nearest else ""
        return f"There is no command {shown}.{guess} {self.prefix}help lists them all."


def standard_commands() -> tuple[Command, ...]:
    """Return the commands every channel has, in the order of the help."""
    return (
        Command("why", "how the last answer came about", _why),
        Command("sources", "where the last quotes stand, and how to check them", _sources),
        Command("docs", "the documents that are searched", _docs),
        Command("new", "forget the earlier questions", _new),
        Command("help", "this list", _help, ("h", "?")),
        Command("quit", "leave (Ctrl-D does too)", _quit, ("q", "exit")),
    )


def _why(call: Call) -> Reply:
    trace = call.session.last
    return Reply(_NOTHING_YET if trace is None else trace_page(trace, call.session.knowledge.document))


def _sources(call: Call) -> Reply:
    trace = call.session.last
    if trace is None:
        return Reply(_NOTHING_YET)
    citations = trace.answer.citations or trace.answer.closest
    if not citations:
        return Reply((line("The last answer quotes nothing."),))
    page = [paragraph for citation in citations for paragraph in _source(citation)]
    return Reply((*page, line(f"To check: pmbot docs --text {visible_line(citations[0].doc_id)}", Ink.NOTE)))


def _source(citation: Citation) -> Iterator[Paragraph]:
    marker = f"[{citation.marker}] "
    where = place(citation.doc_id, citation.locator)
    yield Paragraph((Run(marker), Run(where, Ink.LABEL), Run(f" · {visible_line(citation.title)}")), hang=len(marker))
    if citation.locator.heading_path:
        yield line("under " + " › ".join(map(visible_line, citation.locator.heading_path)), indent=len(marker))
    if citation.source != citation.doc_id:
        yield line(visible_line(citation.source), indent=len(marker))
    yield line(f"characters {citation.span.start} to {citation.span.end} of the text", Ink.PLACE, indent=len(marker))


def _docs(call: Call) -> Reply:
    knowledge = call.session.knowledge
    return Reply(documents_page(knowledge.documents, knowledge.sentence_count))


def _new(call: Call) -> Reply:
    call.session.forget()
    return Reply((line("Forgotten. The next question stands alone."),))


def _help(call: Call) -> Reply:
    prefix = call.registry.prefix
    width = max(len(command.name) for command in call.registry.commands) + len(prefix) + 2
    examples = call.session.knowledge.examples()
    page = [line("Ask about the documents, in your own words.")]
    page += [line(example, Ink.QUOTE, indent=2, hang=2) for example in examples]
    page.append(BLANK)
    for command in call.registry.commands:
        name = Run(f"{prefix}{command.name}".ljust(width), Ink.LABEL)
        page.append(Paragraph((name, Run(command.help)), hang=width))
    return Reply(tuple(page))


def _quit(_call: Call) -> Reply:
    return Reply((), leave=True)


def loaded(session: Session) -> str:
    """Say in a line what is loaded."""
    return documents_total(len(session.knowledge.documents), session.knowledge.sentence_count)


_NOTHING_YET: Page = (line("Nothing has been asked yet."),)
