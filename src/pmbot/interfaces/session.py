"""The state of one conversation: what was asked before, and how the last answer came about."""

from __future__ import annotations

from pmbot.interfaces.knowledge import Knowledge
from pmbot.models import Status, Trace
from pmbot.rendering.sanitize import well_formed

_REMEMBERED = 10


class Session:
    """One conversation about one knowledge. `history` is newest last; `last` is None until something is asked."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.history: tuple[str, ...] = ()
        self.last: Trace | None = None

    def ask(self, text: str) -> Trace:
        """Ask in the light of the earlier questions. After a PmbotError the session is as it was before."""
        question = well_formed(text)
        trace = self.knowledge.trace(question, history=self.history)
        self.last = trace
        # Thanks and greetings are no subject that a follow-up could take up.
        if trace.answer.status is not Status.NOTHING_TO_SEARCH:
            self.history = (*self.history, question)[-_REMEMBERED:]
        return trace

    def forget(self) -> None:
        """Start anew: the next question stands alone."""
        self.history = ()
        self.last = None
