"""Makes a follow-up question stand alone: pronouns become what they point to, an ellipsis fills the slot of its kind.

A full question never inherits anything. The reading is always shown to the person who asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.antecedents import (
    PERSONAL,
    PERSONAL_POSSESSIVE,
    POINTING,
    THING,
    THING_POSSESSIVE,
    Antecedents,
    Turn,
)
from pmbot.answering.ellipsis import Ellipses
from pmbot.answering.noun_phrases import MentionsOf, Phrases
from pmbot.text.analyzer import Analyzer, Token

_MORE = re.compile(
    r"^\s*(?:(?:and|ok(?:ay)?|so)\b[\s,]*)?(?:(?:what|anything|something|who|where|which) else(?: is (?:there|said|known|mentioned))?"
    r"|more|anything more|go on|next|continue|(?:is there|do you have|do you know) (?:anything|something)? ?(?:else|more)|tell me more"
    r"|(?:any )?more (?:please|details|on (?:this|that|it)))[\s?!.]*$",
    re.IGNORECASE,
)
_DUMMY = frozenset({"true", "possible", "rain", "snow", "important", "necessary"})
_POINTED = re.compile(r"[^\W\d_]{3,30}")


class FollowUps:
    """Resolves questions against those before them."""

    def __init__(self, analyzer: Analyzer, mentions_of: MentionsOf) -> None:
        self._analyzer = analyzer
        phrases = Phrases(analyzer, mentions_of)
        self._antecedents, self._ellipses = Antecedents(phrases), Ellipses(phrases)

    def asks_for_more(self, text: str) -> bool:
        """Whether the question asks only for what else there is on the one before ("what else?")."""
        return _MORE.match(text) is not None

    def needs_history(self, text: str) -> bool:
        """Whether the question cannot stand alone: it points to something not in it, opens as an ellipsis, or is only question words."""
        tokens = self._analyzer.tokens(text)
        leans = self._ellipses.is_bare(text) or self._is_ellipsis(text, tokens)
        return leans or self._pronoun(tokens) is not None or self._pointing(tokens) is not None

    def readings(self, text: str, turns: Sequence[Turn]) -> tuple[str, ...]:
        """The question made to stand alone, the likeliest reading first; `turns` are the earlier ones, newest first.

        Several when a pronoun may point to several things; none when nothing fits.
        """
        if not turns:
            return ()
        tokens = self._analyzer.tokens(text)
        if self._is_ellipsis(text, tokens):
            filled = next((read for turn in turns if (read := self._ellipses.filled(text, turn))), None)
            if filled is not None:
                return (filled,)
        reasked = self._ellipses.reasked(text, turns[0])
        if reasked is not None:
            return (reasked,)
        place = self._pronoun(tokens)
        if place is not None:
            return tuple(_replaced(text, tokens[place], found) for found in self._antecedents.of_pronoun(tokens[place], turns))
        place = self._pointing(tokens)
        if place is None:
            return ()
        return tuple(_replaced_phrase(text, tokens, place, found) for found in self._antecedents.of_noun(tokens[place + 1], turns))

    def _pronoun(self, tokens: Sequence[Token]) -> int | None:
        """The first pronoun that points out of the question: no name stands before it."""
        for place, token in enumerate(tokens):
            if self._may_be_meant(tokens, place):
                return None
            if token.norm in PERSONAL | PERSONAL_POSSESSIVE | THING | THING_POSSESSIVE:
                return None if _is_dummy(tokens, place) else place
            if token.norm == "there" and place and tokens[place - 1].norm not in english.BE:
                return place
        return None

    def _pointing(self, tokens: Sequence[Token]) -> int | None:
        """Where "that company" stands: a pointing word before a noun that no name follows."""
        for place, token in enumerate(tokens[:-1]):
            if self._may_be_meant(tokens, place):
                return None
            noun = tokens[place + 1]
            plain = _POINTED.fullmatch(noun.text) and noun.text[0].islower() and not self._analyzer.is_stop(noun)
            after = tokens[place + 2].norm if place + 2 < len(tokens) else ""
            # "It is said that companies …" points to nothing, nor does "this year", which is counted from today.
            clause = token.norm == "that" and noun.norm.endswith("s") and not noun.norm.endswith("ss")
            if token.norm in POINTING and plain and after != "of" and not clause and not _from_today(token, noun):
                return place
        return None

    def _may_be_meant(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether a later pronoun may point to this word: a name, but no adjective ("Latvian companies") nor something new ("an MOU")."""
        token = tokens[place]
        if not place or not token.text[0].isupper() or self._analyzer.is_stop(token) or tokens[place - 1].norm in {"a", "an", "any"}:
            return False
        describes = place + 1 < len(tokens) and tokens[place + 1].text[0].islower() and token.norm.endswith(("an", "ish", "ese"))
        return not (describes and token.term != token.norm)

    def _is_ellipsis(self, text: str, tokens: Sequence[Token]) -> bool:
        return self._pronoun(tokens) is None and self._pointing(tokens) is None and self._ellipses.is_ellipsis(text, tokens)


def _from_today(pointing: Token, noun: Token) -> bool:
    """Whether a time is counted from today, as "this year" is; "that year" is one that was named."""
    return pointing.norm in {"this", "these"} and noun.norm.removesuffix("s") in english.TIME_NOUNS


def _replaced(text: str, pronoun: Token, antecedent: str) -> str:
    possessive = pronoun.norm in PERSONAL_POSSESSIVE | THING_POSSESSIVE
    filled = antecedent + "’s" if possessive else f"in {antecedent}" if pronoun.norm == "there" else antecedent
    return text[: pronoun.start] + filled + text[pronoun.end :]


def _replaced_phrase(text: str, tokens: Sequence[Token], place: int, antecedent: str) -> str:
    return text[: tokens[place].start] + antecedent + text[tokens[place + 1].end :]


def _is_dummy(tokens: Sequence[Token], place: int) -> bool:
    """Whether "it" points to nothing ("is it true that", "will it rain")."""
    following = tokens[place + 1].norm if place + 1 < len(tokens) else ""
    return tokens[place].norm == "it" and following in _DUMMY
