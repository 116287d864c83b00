"""An English question laid against one sentence: how the question is built, and which of its words each word of the sentence stands for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.evidence import Candidate
from pmbot.answering.phrases import CLAUSE_OPENERS, DETERMINERS, Phrases
from pmbot.answering.query import Matcher, Query
from pmbot.answering.said import said_by
from pmbot.models import QuestionType

DO = frozenset({"do", "does", "did"})
MODALS = frozenset("can could will would shall should may might must".split())
IS = frozenset({"is", "are", "was", "were"})
_BEHIND_VERB = english.PREPOSITIONS | DETERMINERS | english.CONJUNCTIONS | english.JOINERS | {"if"}
_PARTICLES = frozenset({"up", "out", "off", "down", "back", "away"})


class Frame(NamedTuple):
    """How a question is built: the place of its question word, of the first word behind that and the noun it asks for, and that word."""

    wh: int
    start: int
    opens: str


def frame_of(query: Query) -> Frame | None:
    """The frame of a question with a question word, or of mere keywords, which have none; None for any other."""
    words = query.norms
    if query.reading.type is QuestionType.KEYWORD and words:
        return Frame(-1, 0, "")
    wh = next((at for at, word in enumerate(words) if word in english.WH_WORDS), None)
    if wh is None or wh + 1 >= len(words):
        return None
    start = wh + 1
    behind = words[start + 1] if start + 1 < len(words) else ""
    verb = words[start] in english.AUXILIARIES or (behind in DETERMINERS and words[start] != "of")  # "what *caused* the fire"
    if words[wh] in {"what", "which", "whose"} and not verb:
        focus = next((at for at in range(start, len(words)) if query.tokens[at].term == query.reading.focus), None)
        start = focus + 1 if focus is not None else start
        while start < len(words) and "of" in {words[start - 1], words[start]}:
            start += 1
    return Frame(wh, start, words[start]) if start < len(words) else None


class Clause:
    """A question against a sentence.

    `touched` holds, for each token of the sentence that stands for words of the question, the places of those among its terms.
    """

    def __init__(self, query: Query, frame: Frame, candidate: Candidate, matcher: Matcher) -> None:
        self.query, self.frame, self.phrases = query, frame, Phrases(candidate.view)
        found: dict[int, set[int]] = {}
        for place in range(len(query.terms)):
            stands = said_by(query, candidate, matcher, place)
            for at, token in enumerate(candidate.view.tokens):
                if token.term in stands:
                    found.setdefault(at, set()).add(place)
        self.touched = {at: frozenset(places) for at, places in found.items()}

    @property
    def kind(self) -> QuestionType:
        """The type of the question."""
        return self.query.reading.type

    @cached_property
    def words(self) -> list[str]:
        """The folded words of the question."""
        return self.query.norms

    def is_stop(self, at: int) -> bool:
        """Whether the token at `at` is a stopword."""
        return self.phrases.tokens[at].term in self.phrases.view.stops

    def is_new(self, start: int, end: int) -> bool:
        """Whether the tokens `[start, end)` hold a content word that the question does not."""
        asked, tokens = self.query.term_set, self.phrases.tokens
        return any(tokens[at].term not in asked and not self.is_stop(at) for at in range(start, end))

    def held(self, start: int, end: int) -> set[int]:
        """The terms of the question that the tokens `[start, end)` stand for."""
        return {place for at in range(start, end) for place in self.touched.get(at, ())}

    def asks_in(self, start: int, end: int) -> bool:
        """Whether a word of the question stands in the stretch `[start, end)` of the sentence's text."""
        return any(start <= self.phrases.tokens[at].start < end for at in self.touched)

    def only_owns(self, start: int, end: int) -> bool:
        """Whether all words of the question among the tokens `[start, end)` are owners there, not in the question ("the *X's* affair")."""
        owners = {token.term for token in self.query.tokens if token.text.endswith(english.OWNER)}
        here = [self.phrases.tokens[at] for at in self.touched if start <= at < end]
        return bool(here) and all(token.text.endswith(english.OWNER) and token.term not in owners for token in here)

    def stands_for(self, at: int, asked: Sequence[int]) -> bool:
        """Whether the token at `at` stands for one of the words of the question at `asked`."""
        return any(self.query.place_of(place) in self.touched.get(at, ()) for place in asked)

    @cached_property
    def verb(self) -> int | None:
        """The place in the question of its verb, where it has an auxiliary: behind the subject, the last word or before a function word."""
        words, tokens = self.words, self.query.tokens
        start = self.frame.start + 2
        clause = next((at for at in range(start, len(words)) if words[at] in CLAUSE_OPENERS), len(words))
        for at in range(start, clause):
            place = self.query.place_of(at)
            name = tokens[at].text[0].isupper() or (place is not None and self.query.terms[place].is_name)
            if name or words[at] in _BEHIND_VERB | english.AUXILIARIES or words[at - 1] in english.ARTICLES:
                continue
            behind = words[at + 1] if at + 1 < len(words) else ""
            if behind in {"be", "been"}:  # "will the meeting be *held*"
                continue
            if behind in english.AUXILIARIES:
                return None
            if behind in _PARTICLES and words[at + 2 : at + 3] and words[at + 2] in DETERMINERS:
                return at
            if not behind or behind in _BEHIND_VERB:
                return None if behind == "of" else at
        return None

    @cached_property
    def verbs(self) -> list[int]:
        """The tokens of the sentence that stand for the verb of the question, and are no nouns."""
        if self.verb is None:
            return []
        term, place = self.query.tokens[self.verb].term, self.query.place_of(self.verb)
        tokens = self.phrases.tokens
        found = [at for at, token in enumerate(tokens) if token.term == term or place in self.touched.get(at, ())]
        return [at for at in found if not self.phrases.stands_as_noun(at)]


def clause_of(query: Query, candidate: Candidate, matcher: Matcher) -> Clause | None:
    """The question laid against the sentence; None where the sentence is not English or the question has no question word."""
    frame = frame_of(query)
    return Clause(query, frame, candidate, matcher) if frame is not None and candidate.view.language.is_english else None
