"""Where a phrase of an English sentence ends: noun phrases, lists of them, subjects. By word classes and punctuation, without a tagger.

Places are token indexes, ends are exclusive. A phrase that cannot be told is empty.
"""

from __future__ import annotations

import re
from collections.abc import Container

from pmbot.answering import english
from pmbot.answering.clauses import gaps
from pmbot.answering.views import View
from pmbot.answering.word_classes import word_class
from pmbot.text.analyzer import Token

LONGEST = 14  # tokens of one noun phrase; what is longer was misread

_BREAK = re.compile(r"[,;:()\[\]–—\"“”„!?|\n]|\s-\s|\.\s")
_ABBREVIATED = re.compile(r"\.\s")
DETERMINERS = english.ARTICLES | frozenset(
    "its his her their my our your this that these those such both some any all each every no another other several many few".split()
)
POSSESSIVES = frozenset("its his her their my our your".split())
CLAUSE_OPENERS = frozenset("if unless because although though while whereas when where once until so whether than that which who".split())
_PLACELESS = frozenset(
    "north south east west northwards southwards home abroad away back again together today there here now then later earlier instead"
    " alone forward forwards upwards downwards twice once".split()
)
"""Adverbs without -ly that close a sentence and belong to no noun before them."""
_NO_PARTICIPLES = frozenset("red bed shed seed feed speed breed weed deed reed sled hundred sacred naked watershed bloodshed".split())
_STARTS = frozenset({"article", "number", "capital", "sign", "word", "noun", "plural", "adjective", "ing", "ed", "adverb"})
_HEADS = frozenset({"number", "capital", "word", "noun", "plural", "adjective", "ing", "sign"})


def _class_of(token: Token) -> str:
    """The class of a word, where its shape deceives not: "May" is a month inside a sentence, "red" no participle, "sold" one."""
    if token.text == "May" and token.start:
        return "capital"
    if token.norm in english.IRREGULAR_PASTS and token.text[0].islower():
        return "ed"
    return "word" if token.norm in _NO_PARTICIPLES else word_class(token)


class Phrases:
    """The tokens of one sentence with their classes, read for phrases."""

    def __init__(self, view: View) -> None:
        self.view, self.tokens = view, view.tokens
        self.classes = [_class_of(token) for token in view.tokens]
        self.gaps = gaps(view)

    def text(self, first: int, end: int) -> tuple[int, int]:
        """The slice of the sentence's text that the tokens `[first, end)` cover, with a sign that touches the last."""
        return self.tokens[first].start, self.tokens[end - 1].end

    def breaks(self, at: int) -> bool:
        """Whether punctuation parts the token at `at` from the one before it."""
        gap = self.gaps[at]
        found = _BREAK.search(gap)
        if found is None:
            return False
        if _ABBREVIATED.match(found.group()) and at and self.classes[at - 1] == "capital":
            return self.tokens[at - 1].end - self.tokens[at - 1].start > 3
        return True

    def noun_phrase(self, at: int, limit: int | None = None) -> int:
        """Where the noun phrase ends that starts at `at`, with what "of" joins to it; `at` when none starts there.

        It ends at `limit` at the latest.
        """
        place, head = at, False
        furthest = min(len(self.tokens), at + LONGEST, len(self.tokens) if limit is None else limit)
        while place < furthest and not (place > at and self.breaks(place)):
            if not self._continues(place, at, head=head):
                break
            head = head or (self.classes[place] in _HEADS and self.tokens[place].norm not in DETERMINERS)
            place += 1
        while place > at and (
            self.tokens[place - 1].norm in english.PREPOSITIONS | DETERMINERS | english.CONJUNCTIONS
            or self._is_placeless(place - 1)
            or (self.classes[place - 1] == "adverb" and place - 1 > at)
        ):
            place -= 1
        return place if head else at

    def _continues(self, place: int, at: int, *, head: bool) -> bool:
        """Whether the token at `place` belongs to the noun phrase that starts at `at` and has its head already, or not."""
        norm, kind = self.tokens[place].norm, self.classes[place]
        if norm in {"of", "plus"}:
            return head
        if norm in CLAUSE_OPENERS and not (norm == "that" and place == at):
            return False
        joined = place > at and self.tokens[place - 1].norm in {"of", "plus"}
        if norm in DETERMINERS:
            epithet = norm == "the" and self._capital(place - 1) and self._capital(place + 1)  # "Pliny the Elder"
            return place == at or joined or not head or epithet
        if not head or joined:
            return kind in _STARTS
        if kind == "ed":
            return self.tokens[place - 1].norm in DETERMINERS or self.classes[place - 1] in {"adjective", "adverb", "number"}
        if kind == "ing":
            return not self._determined(place + 1)
        return kind in _HEADS and not self._is_placeless(place)

    def _is_placeless(self, at: int) -> bool:
        """Whether the token is an adverb like "south" or "here"; with a capital it is part of a name ("South Quindle")."""
        return self.tokens[at].norm in _PLACELESS and self.classes[at] != "capital"

    def _capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.classes[at] == "capital"

    def _determined(self, at: int) -> bool:
        """Whether a noun phrase with a determiner opens at `at`, so that the word before it is a verb or a preposition."""
        return at < len(self.tokens) and not self.breaks(at) and self.tokens[at].norm in DETERMINERS

    def coordinated(self, at: int, limit: int | None = None) -> tuple[int, int]:
        """Where the noun phrase that starts at `at` ends with all that "and", "or" and commas join to it, and how many phrases they are.

        They end at `limit` at the latest.

        Commas alone join nothing: what follows them may be an apposition or the next clause.
        """
        first = end = self.noun_phrase(at, limit)
        count = int(end > at)
        while at < end < len(self.tokens):
            word, gap = self.tokens[end].norm, self.gaps[end]
            joins = word in {"and", "or"} and not gap.strip(" ,")
            if not joins and gap.strip() != ",":
                break
            start = end + joins
            following = self.noun_phrase(start, limit) if start < len(self.tokens) and not (joins and self.breaks(start)) else start
            pair = count == 1 and "," in gap  # "X, and Y …" opens a clause; a list with that comma has three
            if (
                following == start
                or (joins and pair)
                or (self.classes[start] == "ed" and self.classes[end - 1] == "capital")  # "by Ana Gil and *included* lamps"
                or self.opens_clause(start, following, listed=following == limit or (joins and count > 1))
            ):
                break
            end, count = following, count + 1
            if joins:
                return end, count
        return first, int(first > at)

    def opens_clause(self, start: int, end: int, *, listed: bool = False) -> bool:
        """Whether the words `[start, end)` begin with a verb, or are the subject of a verb that follows.

        The last of several `listed` phrases may well be followed by the verb whose subject they all are.
        """
        norm, kind = self.tokens[start].norm, self.classes[start]
        lower = self.tokens[start].text[0].islower()
        if lower and norm not in DETERMINERS and kind not in {"number", "adverb"} and start + 1 < len(self.tokens):
            inside = start + 1 < end and not self.breaks(start + 1)
            if self._determined(start + 1) or (inside and self.classes[start + 1] in {"number", "sign"}):
                return True
            if kind == "ing" and inside and self.classes[start + 1] == "capital":
                return True
        return not listed and end < len(self.tokens) and not self.breaks(end) and self.is_finite(end)

    def is_finite(self, at: int) -> bool:
        """Whether the token at `at` looks like the verb of a clause whose subject stands right before it."""
        if self.classes[at] in {"auxiliary", "ed"}:
            return True
        clause = at + 1 < len(self.tokens) and self.tokens[at + 1].norm in CLAUSE_OPENERS
        return self.classes[at] in {"word", "plural"} and (clause or self._determined(at + 1))

    def subject(self, verb: int) -> int:
        """Where the noun phrase starts that ends right before `verb`; `verb` when none can be told.

        It reaches back to the last comma, joining word or opening of the clause and must hold no verb; what "in" or "of" puts
        before a comma is left out.
        """
        start = verb
        while start and (start == verb or not self.breaks(start)) and not self._closes_earlier(start - 1):
            start -= 1
        while start < verb and self.classes[start] == "adverb":
            start += 1
        if start + 1 < verb and self.tokens[start].norm == "as":  # "As the fee is low, …"
            start += 1
        if start == verb or self.tokens[start].norm in english.PREPOSITIONS | CLAUSE_OPENERS:
            return verb
        return start if self._plain(start, verb) else verb

    def _closes_earlier(self, at: int) -> bool:
        return self.tokens[at].norm in CLAUSE_OPENERS | {"but", "nor"} or (self.tokens[at].norm == "and" and self._after_verb(at))

    def _after_verb(self, at: int) -> bool:
        """Whether the part of the sentence before `at` holds a verb already, so that "and" opens another clause."""
        return any(kind in {"auxiliary", "ed"} for kind in self.classes[:at])

    def _plain(self, start: int, end: int) -> bool:
        """Whether `[start, end)` can be one noun phrase: short, with a head, without a verb or a pronoun standing alone."""
        inside = self.classes[start:end]
        if end - start > LONGEST or "auxiliary" in inside:
            return False
        pronouns = [at for at in range(start, end) if inside[at - start] == "pronoun" and self.tokens[at].norm not in DETERMINERS]
        return not pronouns and any(kind in _HEADS for kind in inside)

    def stands_as_noun(self, at: int) -> bool:
        """Whether the token at `at` is a noun by what stands before it: an article, a possessive, a preposition other than "to"."""
        if not at or self.breaks(at):
            return False
        before = self.tokens[at - 1]
        if before.norm in (DETERMINERS | english.PREPOSITIONS) - {"to"} or before.text.endswith(english.OWNER):
            return True
        return self.classes[at - 1] == "adjective" and not self._determined(at + 1)  # "the tenant *insures* her lamps"

    def mentions_in(self, start: int, end: int, kinds: Container[object]) -> list[tuple[int, int]]:
        """The mentions of `kinds` that the tokens `[start, end)` hold or touch, as slices."""
        if start >= end:
            return []
        a, b = self.text(start, end)
        return [(m.start, m.end) for m in self.view.mentions if m.kind in kinds and m.start < b and a < m.end]
