"""The state of one conversation: what was asked before, and how the last answer came about."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pmbot.interfaces.knowledge import Knowledge
from pmbot.interfaces.news import News
from pmbot.interfaces.recorder import Recorder
from pmbot.models import Evidence, Status, Trace
from pmbot.rendering.sanitize import well_formed

_REMEMBERED = 10


class Origin(NamedTuple):
    """Where the documents come from: the folder or file, for links, and their language; None where that is not known."""

    root: Path | None = None
    language: str | None = None


class Session:
    """One conversation about one knowledge. `history` is newest last; `last` is None until something is asked.

    `recorder` keeps what is asked; None when nothing is recorded. `doc_id` restricts the search to one document, `width` is that of the
    text in columns (None: what the channel has), `timed` is whether every answer says how long it took. `took` is how long the last one
    took, in seconds by `clock`. `news` is what happened to the documents meanwhile. `named` is the folder or file that was named instead of
    the configured one: a case that is saved must ask it too.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        recorder: Recorder | None = None,
        origin: Origin | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.knowledge = knowledge
        self.recorder = recorder
        self.origin = origin or Origin()
        self.named: Path | None = None
        self.doc_id: str | None = None
        self.width: int | None = None
        self.timed = False
        self.took: float | None = None
        self._clock = clock
        self._shown = 0
        self.history: tuple[str, ...] = ()
        self.last: Trace | None = None
        self.news = News()

    def ask(self, text: str) -> Trace:
        """Ask in the light of the earlier questions. After a PmbotError the session is as it was before."""
        question = well_formed(text)
        start = self._clock()
        trace = self.knowledge.trace(question, history=self.history, doc_id=self.doc_id)
        self.took = self._clock() - start
        self.last, self._shown = trace, 0
        # Thanks and greetings are no subject that a follow-up could take up.
        if trace.answer.status is not Status.NOTHING_TO_SEARCH:
            self.history = (*self.history, question)[-_REMEMBERED:]
        return trace

    def next_evidence(self) -> Evidence | None:
        """The next sentence that was found for the last question and has not been shown; None when there are no more."""
        if self.last is None:
            return None
        answer = self.last.answer
        shown = {(citation.doc_id, citation.span) for citation in (*answer.citations, *answer.closest)}
        for place in range(self._shown, len(self.last.evidence)):
            sentence = self.last.evidence[place].sentence
            if (sentence.doc_id, sentence.span) not in shown:
                self._shown = place + 1
                return self.last.evidence[place]
        self._shown = len(self.last.evidence)
        return None

    def forget(self) -> None:
        """Start anew: the next question stands alone."""
        self.history = ()
        self.last = None
