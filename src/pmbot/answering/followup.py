"""Makes a follow-up question stand alone: pronouns become what they point to, an ellipsis fills the slot of its kind.

A full question never inherits anything. The reading is always shown to the person who asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pmbot.answering import english
from pmbot.answering.mentions import Mention
from pmbot.models import Answer, MentionKind
from pmbot.text.analyzer import Analyzer, Token

MentionsOf = Callable[[str], Sequence[Mention]]

_PERSONAL = frozenset({"he", "him", "she"})
_PERSONAL_POSSESSIVE = frozenset({"his", "her"})
_THING = frozenset({"it", "they", "them"})
_THING_POSSESSIVE = frozenset({"its", "their"})
_OPENINGS = re.compile(r"^\s*(?:and|but|or|so|ok(?:ay)?|then)?\s*,?\s*(?:(?:what|how) about|and)?\b\s*", re.IGNORECASE)
_ELLIPSIS = re.compile(r"^\s*(?:and|what about|how about|or|and what about|and how about)\b", re.IGNORECASE)
_BARE_COUNT = re.compile(r"^\s*(?:and|but|so)?\s*(how many)(?= (?:is|are|was|were|have|had|did|do|will|would|could|can)\b)", re.IGNORECASE)
_COUNTED = re.compile(
    r"\bhow many ((?:(?!(?:is|are|was|were|have|has|had|did|do|does|will|would|could|can|of|in|at|on)\b)[^\W\d_][\w’'-]{0,30} ?){1,3}?)"
    r"(?=\s?(?:is|are|was|were|have|has|had|did|do|does|will|would|could|can|of|in|at|on|[^\W\d_]{2,20}ed)\b)",
    re.IGNORECASE,
)
_NAMES = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.NAME)
_SLOTS = ((MentionKind.DATE,), (MentionKind.PLACE,), (MentionKind.PERSON,), _NAMES)


class FollowUps:
    """Resolves questions against the one before them."""

    def __init__(self, analyzer: Analyzer, mentions_of: MentionsOf) -> None:
        self._analyzer, self._mentions_of = analyzer, mentions_of

    def needs_history(self, text: str) -> bool:
        """Whether the question cannot stand alone: it has a bare pronoun and no name of its own, or opens as an ellipsis."""
        tokens = self._analyzer.tokens(text)
        return self._pronoun(tokens) is not None or self._is_ellipsis(text, tokens) or _BARE_COUNT.match(text) is not None

    def resolve(self, text: str, earlier: str, answer: Answer | None) -> str | None:
        """The question made to stand alone, given the question before (itself standing alone) and its answer; None when nothing fits."""
        tokens = self._analyzer.tokens(text)
        if self._is_ellipsis(text, tokens):
            filled = self._fill_slot(text, earlier)
            if filled is not None:
                return filled
        place = self._pronoun(tokens)
        if place is None:
            return self._counted(text, earlier)
        antecedent = self._antecedent(tokens[place], earlier, answer)
        return self._replace(text, tokens[place], antecedent) if antecedent else None

    def _pronoun(self, tokens: Sequence[Token]) -> int | None:
        """The first pronoun that points out of the question: no name stands before it."""
        for place, token in enumerate(tokens):
            if self._may_be_meant(tokens, place):
                return None
            if token.norm in _PERSONAL | _PERSONAL_POSSESSIVE | _THING | _THING_POSSESSIVE:
                return None if _is_dummy(tokens, place) else place
            if token.norm == "there" and place and tokens[place - 1].norm not in english.BE:
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
        if not _ELLIPSIS.match(text):
            return False
        words = [token.norm for token in tokens]
        return len(words) <= 8 and not (set(words[1:]) & english.AUXILIARIES) and self._pronoun(tokens) is None

    def _counted(self, text: str, earlier: str) -> str | None:
        """Give "how many were there" the noun that the earlier question counted."""
        bare, counted = _BARE_COUNT.match(text), _COUNTED.search(earlier)
        if bare is None or counted is None:
            return None
        noun = counted.group(1)
        return f"{text[: bare.end(1)]} {noun.strip()}{text[bare.end(1) :]}"

    def _fill_slot(self, text: str, earlier: str) -> str | None:
        """Put the new date, place, person or other name into the place of its like in the earlier question."""
        tail = _OPENINGS.sub("", " ".join(text.split())).rstrip(" ?!.")
        new = self._mentions_of(tail) or self._capitalised(tail)
        old = self._mentions_of(earlier)
        for kinds in _SLOTS:
            fresh = [tail[m.start : m.end] for m in new if m.kind in kinds]
            stale = [m for m in old if m.kind in kinds]
            if fresh and stale:
                return _filled(earlier, fresh, stale)
        return None

    def _capitalised(self, text: str) -> list[Mention]:
        return [Mention(MentionKind.NAME, t.start, t.end) for t in self._analyzer.tokens(text) if t.text[0].isupper()]

    def _antecedent(self, pronoun: Token, earlier: str, answer: Answer | None) -> str | None:
        """What the pronoun points to: a person for "he", a place for "there", else the subject of the earlier question."""
        if pronoun.norm in _PERSONAL | _PERSONAL_POSSESSIVE:
            return self._last_of((MentionKind.PERSON,), earlier, answer) or self._last_of(_NAMES, earlier, answer)
        if pronoun.norm == "there":
            return self._last_of((MentionKind.PLACE,), earlier, answer)
        return self._subject(earlier) or self._last_of(_NAMES, earlier, answer)

    def _last_of(self, kinds: Sequence[MentionKind], earlier: str, answer: Answer | None) -> str | None:
        texts = [highlight.quote for highlight in answer.highlights] if answer is not None else []
        for text in (*texts, earlier):
            found = [m for m in self._mentions_of(text) if m.kind in kinds]
            if found:
                return text[found[-1].start : found[-1].end]
        return None

    def _subject(self, earlier: str) -> str | None:
        """The noun phrase the earlier question is about: from its first article or name to its end, without a verb at the end."""
        tokens = self._analyzer.tokens(earlier)
        first = next((p for p, t in enumerate(tokens) if p and (t.norm in english.ARTICLES or t.text[0].isupper())), None)
        if first is None:
            return None
        last = first
        for place in range(first, len(tokens)):
            token = tokens[place]
            if token.norm in english.AUXILIARIES or (place > first + 1 and token.norm.endswith("ed") and token.text[0].islower()):
                break
            if not self._analyzer.is_stop(token):
                last = place
        return earlier[tokens[first].start : tokens[last].end] if last >= first else None

    def _replace(self, text: str, pronoun: Token, antecedent: str) -> str:
        possessive = pronoun.norm in _PERSONAL_POSSESSIVE | _THING_POSSESSIVE
        filled = antecedent + "’s" if possessive else f"in {antecedent}" if pronoun.norm == "there" else antecedent
        return text[: pronoun.start] + filled + text[pronoun.end :]


def _filled(earlier: str, fresh: Sequence[str], stale: Sequence[Mention]) -> str | None:
    """Put the new names for the old: one for the last old one, several for as many from the first on.

    None when a name would stand twice.
    """
    slots = stale[: len(fresh)] if len(fresh) > 1 else stale[-1:]
    filled = earlier
    for mention, name in reversed(list(zip(slots, fresh, strict=False))):
        filled = filled[: mention.start] + name + filled[mention.end :]
    kept = {earlier[m.start : m.end] for m in stale if m not in slots}
    return None if kept & set(fresh) else filled


def _is_dummy(tokens: Sequence[Token], place: int) -> bool:
    """Whether "it" points to nothing ("is it true that", "will it rain")."""
    following = tokens[place + 1].norm if place + 1 < len(tokens) else ""
    return tokens[place].norm == "it" and following in {"true", "possible", "rain", "snow", "important", "necessary"}
