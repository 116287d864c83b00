"""What handlers work with."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pmbot.errors import PmbotError
from pmbot.interfaces.telegram.deeplinks import Shelf
from pmbot.interfaces.telegram.incoming import Incoming, Me
from pmbot.interfaces.telegram.responses import Response
from pmbot.storage.marks import Mark

if TYPE_CHECKING:
    from pmbot.interfaces.knowledge import Knowledge
    from pmbot.interfaces.recorder import Recorder
    from pmbot.interfaces.telegram.access import Gate
    from pmbot.interfaces.telegram.params import TelegramParams
    from pmbot.interfaces.telegram.searching import Searcher
    from pmbot.interfaces.telegram.texts import TextBook, Texts
    from pmbot.storage.conversations import Conversations
    from pmbot.storage.journal import Journal
    from pmbot.storage.marks import Marks

_LOG = logging.getLogger(__name__)
T = TypeVar("T")

GENERATIONS = 3
"""Times that a search is done again because the documents have changed under it."""


@dataclass(frozen=True)
class Services:
    """Shared by all handlers. `recorder` is None when nothing is recorded, `clock` gives seconds since 1970, `shelf` serves links."""

    me: Me
    knowledge: Knowledge
    searcher: Searcher
    texts: TextBook
    journal: Journal
    gate: Gate
    params: TelegramParams
    clock: Callable[[], float]
    recorder: Recorder | None = None
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def memory(self) -> Conversations:
        """The questions that buttons, edits and follow-ups refer to."""
        return self.journal.conversations

    @property
    def marks(self) -> Marks:
        """What is remembered about people and chats."""
        return self.journal.marks

    async def search(self, work: Callable[[], T]) -> T:
        """What `work` finds in the documents, in a thread. PmbotError; when they were read again meanwhile, it is done once more.

        An answer and the documents that prove it are to be of one generation.
        """

        def steadily() -> T:
            for _ in range(GENERATIONS):
                signature = self.knowledge.signature
                try:
                    return work()
                except PmbotError:
                    if self.knowledge.signature == signature:
                        raise
            return work()

        return await self.searcher.run(steadily)

    def texts_for(self, incoming: Incoming) -> Texts:
        """The texts in the language of whoever sent it."""
        return self.texts.of(incoming.language)

    def examples(self) -> str:
        """Questions that are answered, a line each."""
        return "\n".join(self.knowledge.examples())

    def moved(self, old: int, new: int) -> None:
        """Follow a group that has become a supergroup."""
        self.marks.set(old, Mark.MOVED, self.clock(), new)
        if self.marks.has(old, Mark.ADMITTED):
            self.marks.set(new, Mark.ADMITTED, self.clock())
        self.memory.move(old, new)

    def complain(self, complaint: str) -> None:
        """Log what does not keep anybody from an answer."""
        _LOG.warning("%s", complaint)


Handler = Callable[[Incoming, Services], Awaitable[Response]]
"""What is done about a kind of update; it may search and remember, and sends nothing."""
