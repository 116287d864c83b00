"""What is offered at the TAB key: commands, documents, settings, and the words of the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from pmbot.interfaces.preferences import PREFERENCES
from pmbot.interfaces.registry import Registry
from pmbot.interfaces.session import Session
from pmbot.rendering.sanitize import visible_line

LEAST = 2
"""Letters of a word after which it is completed."""
OFFERED = 50
_WORD = re.compile(r"[\w’'-]+$")


class ChatCompleter(Completer):
    """Completes in the light of the line: names of commands behind the prefix, their arguments, else words and documents."""

    def __init__(self, session: Session, registry: Registry) -> None:
        self._session, self._registry = session, registry

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 - prompt_toolkit passes it
        """Yield what may stand in place of the word before the cursor."""
        text = document.text_before_cursor
        if self._registry.is_command(text.lstrip()):
            return self._of_command(text.lstrip().removeprefix(self._registry.prefix))
        return self._of_question(text)

    def _of_command(self, text: str) -> Iterator[Completion]:
        name, blank, argument = text.partition(" ")
        if not blank:
            for command in self._registry.commands:
                if command.name.startswith(name.lower()):
                    yield Completion(command.name, -len(name), display_meta=command.help)
        elif name == "open":
            yield from self._documents(argument)
        elif name == "set":
            yield from self._of_setting(argument)

    def _of_setting(self, argument: str) -> Iterator[Completion]:
        key, blank, value = argument.partition(" ")
        if not blank:
            for name, preference in PREFERENCES.items():
                if name.startswith(key.lower()):
                    yield Completion(name, -len(key), display_meta=preference.help)
        elif key in PREFERENCES:
            yield from (Completion(known, -len(value)) for known in PREFERENCES[key].values if known.startswith(value))
            if key == "doc":
                yield from self._documents(value)

    def _of_question(self, text: str) -> Iterator[Completion]:
        found = _WORD.search(text)
        if found is None or len(found[0]) < LEAST:
            return
        # A name of two words is completed from its second word on, too.
        before = text[: found.start()].rstrip().rpartition(" ")[2]
        pair = f"{before} {found[0]}"
        names = self._session.knowledge.vocabulary(pair) if before[:1].isupper() else ()
        for word in names:
            yield Completion(visible_line(word), -len(pair))
        for word in self._session.knowledge.vocabulary(found[0]):
            yield Completion(visible_line(word), -len(found[0]))
        yield from self._documents(found[0])

    def _documents(self, prefix: str) -> Iterator[Completion]:
        matching = (d.doc_id for d in self._session.knowledge.documents if d.doc_id.lower().startswith(prefix.lower()))
        for _, doc_id in zip(range(OFFERED), matching, strict=False):
            yield Completion(doc_id, -len(prefix), display=visible_line(doc_id), display_meta="document")
