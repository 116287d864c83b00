"""What a pronoun points to: the persons, places and things of the questions before and of their answers, likeliest first.

A list, since only the documents can tell which is meant: the engine takes the first that they answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.mentions import NAMES
from pmbot.answering.noun_phrases import Phrases
from pmbot.answering.question_types import question_type, refined_by_noun
from pmbot.models import Answer, MentionKind, QuestionType
from pmbot.text.analyzer import Token

MOST = 4
"""As many are tried."""

PERSONAL = frozenset({"he", "him", "she"})
PERSONAL_POSSESSIVE = frozenset({"his", "her", "hers"})
THING = frozenset({"it", "they", "them"})
THING_POSSESSIVE = frozenset({"its", "their", "theirs"})
POINTING = frozenset({"that", "this", "those", "these"})
_THINGS = (MentionKind.ORGANISATION, MentionKind.NAME, MentionKind.PLACE)


class Turn(NamedTuple):
    """A question of the conversation, made to stand alone, and its answer."""

    text: str
    answer: Answer | None


class Antecedents:
    """Finds what pronouns and "that company" point to."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def of_pronoun(self, pronoun: Token, turns: Sequence[Turn]) -> tuple[str, ...]:
        """What a pronoun may point to, likeliest first; `turns` are the earlier ones, newest first."""
        if pronoun.norm in PERSONAL | PERSONAL_POSSESSIVE:
            found = list(self._of_kinds((MentionKind.PERSON,), turns)) or list(self._of_kinds((MentionKind.NAME,), turns))
        elif pronoun.norm == "there":
            found = list(self._of_kinds((MentionKind.PLACE,), turns)) or list(self._of_kinds((MentionKind.NAME,), turns))
        else:
            plural = pronoun.norm in {"they", "them", "their", "theirs"}
            found = [name for turn in turns for name in self._things(turn, plural=plural)]
        return tuple(dict.fromkeys(found))[:MOST]

    def of_noun(self, noun: Token, turns: Sequence[Turn]) -> tuple[str, ...]:
        """What "that *company*" may point to: a name of its kind, else the phrase of the earlier question with the same noun."""
        kinds = _kinds_of(noun.norm)
        named = list(self._of_kinds(kinds, turns)) if kinds else [a for turn in turns if (a := self._answered_with(noun, turn))]
        phrases = [phrase for turn in turns if (phrase := self._with_noun(noun, turn.text))]
        loose = list(self._of_kinds((MentionKind.NAME,), turns)) if kinds and MentionKind.DATE not in kinds else []
        return tuple(dict.fromkeys((*named, *phrases, *loose)))[:MOST]

    def _with_noun(self, noun: Token, text: str) -> str | None:
        """The noun phrase of a question whose noun it is ("the *visit* to Seoul")."""
        tokens = self._phrases.analyzer.tokens(text)
        for at, token in enumerate(tokens):
            if token.term == noun.term and at:
                low = next((p for p in range(at - 1, max(-1, at - 5), -1) if tokens[p].norm in english.ARTICLES), None)
                found = self._phrases.phrase(text, tokens, low if low is not None else max(0, at - 2))
                if found is not None and found[0] <= at <= found[1]:
                    return text[tokens[found[0]].start : tokens[found[1]].end]
        return None

    def _answered_with(self, noun: Token, turn: Turn) -> str | None:
        """What answered a question that asks "which" of that noun."""
        tokens = self._phrases.analyzer.tokens(turn.text)
        asked = self._phrases.asked(tokens)
        named = asked is not None and any(token.term == noun.term for token in tokens[asked.start : asked.end])
        quotes = _quotes(turn.answer)
        return quotes[0] if named and len(quotes) == 1 else None

    def _of_kinds(self, kinds: Sequence[MentionKind], turns: Sequence[Turn]) -> Iterator[str]:
        """Names of some kinds, newest turn first; those of the answer before those of its question."""
        for turn in turns:
            for text in (*_quotes(turn.answer), turn.text):
                found = [text[m.start : m.end] for m in self._phrases.mentions_of(text) if m.kind in kinds]
                yield from found[::-1]

    def _things(self, turn: Turn, *, plural: bool) -> Iterator[str]:
        """The things of a turn: what its question is about and, where it asks which, what answered; then its other names."""
        answered = self._answered_thing(turn, plural=plural)
        if answered is not None:
            yield answered
        subject = self._phrases.subject(turn.text)
        if subject is not None:
            yield turn.text[slice(*subject)]
        yield from (turn.text[m.start : m.end] for m in self._phrases.mentions_of(turn.text) if m.kind in NAMES)
        for quote in _quotes(turn.answer):
            yield from (quote[m.start : m.end] for m in self._phrases.mentions_of(quote) if m.kind in _THINGS)

    def _answered_thing(self, turn: Turn, *, plural: bool) -> str | None:
        """The name that answered a "which" question; several for "they"."""
        words = [token.norm for token in self._phrases.analyzer.tokens(turn.text)]
        quotes = _quotes(turn.answer)
        kind = question_type(words)
        if kind not in {QuestionType.WHICH, QuestionType.LIST} or not quotes:
            return None
        if plural:
            return f"{', '.join(quotes[:-1])} and {quotes[-1]}" if len(quotes) > 1 else None
        mentions = self._phrases.mentions_of(quotes[0])
        return quotes[0] if len(quotes) == 1 and any(m.kind in _THINGS for m in mentions) else None


def _quotes(answer: Answer | None) -> tuple[str, ...]:
    return tuple(highlight.quote for highlight in answer.highlights) if answer is not None else ()


def _kinds_of(noun: str) -> tuple[MentionKind, ...]:
    """The kinds of names that a noun stands for; none when it is no noun of that sort."""
    singular = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    if noun in english.ORGANISATION_WORDS or singular in english.ORGANISATION_WORDS | {"firm", "organisation", "organization"}:
        return (MentionKind.ORGANISATION,)
    if singular in english.PLACE_NOUNS:
        return (MentionKind.PLACE,)
    if singular in english.PERSON_NOUNS | english.TITLES:
        return (MentionKind.PERSON,)
    return (MentionKind.DATE,) if refined_by_noun(singular) is QuestionType.WHEN else ()
