"""What the answer layer knows of a language: its closed classes of words, its mention grammar, and how its questions are read.

English is written out in `english`, `grammar` and `cues`. The other languages are read from `config/language.<language>.txt`, see
`language_file`; a language without a file has no words of its own, and only figures, signs and capitals speak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from pmbot.answering import cues, english
from pmbot.models import MentionKind, QuestionType
from pmbot.text.figures.patterns import FIGURES
from pmbot.text.lazy_pattern import Pattern

NEVER = re.compile(r"(?!)")


class Asked(NamedTuple):
    """What the words of a question ask for: its type, the place of the noun asked for, and the kinds of mention that would answer."""

    type: QuestionType
    focus: int | None
    expects: tuple[MentionKind, ...]


Asking = Callable[[Sequence[str], Callable[[int], bool]], Asked]
"""Reads the folded words of a question; the function given with them tells whether the word at a place is a stopword."""


class Cues(NamedTuple):
    """Words that open or join what is said, as patterns.

    `because` opens a reason and takes it in, `sure_because` leaves no doubt of it, `because_told` stands in a sentence that holds one;
    `manner` opens a means; `enumeration` is one, `listing` opens one, `between` joins its items; `predicate` and `apposition` say what a
    name before them is; `partly` names a part of a whole; `relative` counts from today.
    """

    because: Pattern = NEVER
    sure_because: Pattern = NEVER
    because_told: Pattern = NEVER
    manner: Pattern = NEVER
    enumeration: Pattern = NEVER
    listing: Pattern = NEVER
    between: Pattern = NEVER
    predicate: Pattern = NEVER
    apposition: Pattern = NEVER
    partly: Pattern = NEVER
    relative: Pattern = NEVER


Figures = tuple[tuple[MentionKind, Pattern], ...]


@dataclass(frozen=True)
class NameWords:
    """What tells the kinds of names apart; all folded. `titles` stand before a person, `organisations` and `places` in a name or beside it.

    `pattern` finds runs of capitalised words. `quoted` finds names in quotation marks (group 1), where the language writes them so.
    """

    titles: Container[str] = frozenset()
    organisations: Container[str] = frozenset()
    places: Container[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    quoted: re.Pattern[str] | None = None


@dataclass(frozen=True)
class Language:
    """One language.

    `asking` is None where English grammar reads the question (`question_types`); `signs` name %, €, … in words; `telling_nouns`
    (roles, sums) must stand near an answer to a question that holds them. With `capital_nouns` a capital makes no name.
    """

    code: str
    question_words: Container[str] = frozenset()
    pronouns: Container[str] = frozenset()
    negations: Container[str] = frozenset()
    scaffolding: Container[str] = frozenset()
    joiners: Container[str] = frozenset()
    person_nouns: Container[str] = frozenset()
    place_nouns: Container[str] = frozenset()
    telling_nouns: Container[str] = frozenset()
    names: NameWords = field(default_factory=NameWords)
    figures: Figures = ()
    cues: Cues = field(default_factory=Cues)
    asking: Asking | None = None
    capital_nouns: bool = False
    signs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_english(self) -> bool:
        """Whether the rules that stand on English word order apply."""
        return self.asking is None


ENGLISH = Language(
    code="en",
    question_words=english.WH_WORDS,
    pronouns=english.PRONOUNS,
    negations=english.NEGATIONS,
    scaffolding=english.SCAFFOLDING,
    joiners=english.JOINERS,
    person_nouns=english.PERSON_NOUNS,
    place_nouns=english.PLACE_NOUNS,
    names=NameWords(titles=english.TITLES, organisations=english.ORGANISATION_WORDS, places=english.PLACE_WORDS),
    figures=FIGURES,
    cues=Cues(
        because=cues.REASON,
        sure_because=cues.SURE_REASON,
        because_told=cues.REASON_TOLD,
        manner=cues.MANNER,
        enumeration=cues.ENUMERATION,
        listing=cues.LISTING,
        between=cues.BETWEEN_ITEMS,
        predicate=cues.PREDICATE,
        apposition=cues.APPOSITION,
        partly=cues.PARTLY,
        relative=cues.RELATIVE,
    ),
)
