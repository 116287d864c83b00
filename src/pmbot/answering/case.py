"""One case for the guards: a question and the best sentence; and what a guard that refuses says."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pmbot.answering.evidence import Candidate
from pmbot.answering.frames import Clause, clause_of
from pmbot.answering.language import Language
from pmbot.answering.query import NEAR, Matcher, Query
from pmbot.models import Status


class Refusal(NamedTuple):
    """Why not to answer: the guard's reason, the words of the question that explain it, and which of the two refusing statuses it is."""

    reason: str
    missing: tuple[str, ...]
    status: Status = Status.NOT_ENOUGH


@dataclass(frozen=True)
class Case:
    """What a guard looks at.

    `topic` holds the terms of the document's topic names; `absent` the places of terms that occur nowhere; `names` the folded words
    that are names in the corpus or the table of places; `places` the terms that name places.
    """

    query: Query
    candidate: Candidate
    matcher: Matcher
    topic: Container[str]
    absent: frozenset[int]
    names: Container[str]
    places: frozenset[str]

    @cached_property
    def heard(self) -> dict[Callable[[Case], Refusal | None], Refusal | None]:
        """What guards said of this case: the confidence and the policy ask the same."""
        return {}

    @cached_property
    def here(self) -> list[float]:
        """How well the sentence stands for each key term."""
        return [match.quality for match in self.candidate.matches]

    @cached_property
    def nearby(self) -> list[float]:
        """The same, the one before it and the headings above included."""
        return list(map(max, self.here, [match.quality for match in self.candidate.before]))

    @cached_property
    def around(self) -> list[float]:
        """The same, the whole passage included."""
        return list(map(max, self.nearby, [match.quality for match in self.candidate.around]))

    @cached_property
    def clause(self) -> Clause | None:
        """The question laid against the sentence; None as of `clause_of`."""
        return clause_of(self.query, self.candidate, self.matcher)

    @property
    def continues(self) -> bool:
        """Whether the sentence opens with a pronoun, and so speaks of what the one before does."""
        tokens = self.candidate.view.tokens
        return bool(tokens) and tokens[0].norm in self.language.pronouns

    @property
    def language(self) -> Language:
        """The language of the question."""
        return self.query.language

    def near(self, place: int, *, least: float = NEAR) -> bool:
        """Whether the term stands in the sentence, the one before it, or a heading above, or a word of at least that quality for it."""
        return self.nearby[place] >= least

    def texts(self, places: list[int]) -> tuple[str, ...]:
        """The terms as the question writes them."""
        return tuple(self.query.terms[place].text for place in places)
