"""Questions that leave out what the one before said: "and in 2022?", "and Korea?", "why?", "since when?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmbot.answering import english
from pmbot.answering.antecedents import Turn
from pmbot.answering.mentions import NAMES
from pmbot.answering.noun_phrases import Asked, Phrases
from pmbot.models import MentionKind
from pmbot.text.analyzer import Token
from pmbot.text.figures.finding import Mention
from pmbot.text.lazy_pattern import LazyPattern

_OPENINGS = re.compile(r"^\s*(?:and|but|or|so|ok(?:ay)?|then)?\s*,?\s*(?:(?:what|how) about|and)?\b\s*", re.IGNORECASE)
_ELLIPSIS = LazyPattern(r"^\s*(?:and|what about|how about|or|and what about|and how about)\b", re.IGNORECASE)
_PLACED = LazyPattern(r"^\s*(?:in|on|at|from|with|since|until|before|after|during)\s", re.IGNORECASE)
_BARE = LazyPattern(
    r"^\s*(?:(?:and|but|so|ok(?:ay)?)\b[\s,]*)?"
    r"(since when|until when|from where|where from|by whom|with whom|to whom|by who|with who|by how much|how much|how many|how often"
    r"|(?:for )?how long|how old|how come|how|when|where|why|who|whom|which ones?|which|what percentage)"
    r"(?: exactly| not| though| then| so)?[\s?!.]*$",
    re.IGNORECASE,
)
_BARE_COUNT = LazyPattern(r"^\s*(?:and|but|so)?\s*(how many)(?= (?:is|are|was|were|have|had|did|do|will|would|could|can)\b)", re.IGNORECASE)
_COUNTED = LazyPattern(
    r"\bhow many ((?:(?!(?:is|are|was|were|have|has|had|did|do|does|will|would|could|can|of|in|at|on)\b)[^\W\d_][\w’'-]{0,30} ?){1,3}?)"
    r"(?=\s?(?:is|are|was|were|have|has|had|did|do|does|will|would|could|can|of|in|at|on|[^\W\d_]{2,20}ed)\b)",
    re.IGNORECASE,
)
_SLOTS = ((MentionKind.DATE,), (MentionKind.PLACE,), (MentionKind.PERSON,), NAMES)
_MOST_WORDS = 8
_CHOOSING = frozenset({"who", "which", "which one", "which ones", "whom"})
_SORTS = frozenset({"which", "what", "how many"})


class Ellipses:
    """Fills in what a question leaves out."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def is_bare(self, text: str) -> bool:
        """Whether the question is nothing but question words ("why?"), or counts without saying what."""
        return _BARE.match(text) is not None or _BARE_COUNT.match(text) is not None

    def is_ellipsis(self, text: str, tokens: Sequence[Token]) -> bool:
        """Whether the question opens with "and", "what about" … or is only a time or place, and has no verb of its own."""
        words = [token.norm for token in tokens]
        if not words or len(words) > _MOST_WORDS or set(words[1:]) & english.AUXILIARIES:
            return False
        if _ELLIPSIS.match(text):
            return True
        placed = _PLACED.match(text) is not None and len(words) <= _MOST_WORDS // 2 and not set(words) & english.WH_WORDS
        return placed and not any(map(self._phrases.is_verb_form, tokens))

    def filled(self, text: str, turn: Turn) -> str | None:
        """The earlier question with the new date, place or name in the place of its like, or with the new noun; None when nothing fits."""
        tail = _OPENINGS.sub("", " ".join(text.split())).rstrip(" ?!.")
        new = list(self._phrases.mentions_of(tail)) or self._capitalised(tail)
        old = list(self._phrases.mentions_of(turn.text))
        for kinds in _SLOTS:
            fresh = [tail[m.start : m.end] for m in new if m.kind in kinds]
            stale = [m for m in old if m.kind in kinds]
            if any(set(name.split()) <= set(turn.text[m.start : m.end].split()) for name in fresh for m in stale):
                return None  # it stands there already
            if fresh and stale and self._says_no_more(tail, turn.text):
                return _filled(turn.text, fresh, stale)
        return self._added(tail, new, turn.text) or (None if new else self._other_noun(tail, turn.text))

    def reasked(self, text: str, turn: Turn) -> str | None:
        """The earlier question asked again with other question words; None when the text is not bare, or it cannot be."""
        counted = self._counted(text, turn.text)
        bare = _BARE.match(text)
        if counted is not None or bare is None:
            return counted
        words = " ".join(bare.group(1).lower().split())
        tokens = self._phrases.analyzer.tokens(turn.text)
        asked = self._phrases.asked(tokens)
        if asked is None:
            opens = bool(tokens) and tokens[0].norm in english.AUXILIARIES
            return f"{_capital(words)} {turn.text[0].lower()}{turn.text[1:]}" if opens else None
        return self._with_words(words, turn, tokens, asked)

    def _with_words(self, words: str, turn: Turn, tokens: Sequence[Token], asked: Asked) -> str | None:
        text, prefix = turn.text, turn.text[: tokens[asked.start].start]
        opening = words if prefix else _capital(words)
        if text[tokens[asked.end - 1].end :].startswith(":"):  # what this made of a question before
            return prefix + opening + text[tokens[asked.end - 1].end :]
        phrase = text[tokens[asked.start].start : tokens[asked.end - 1].end]
        plain = asked.auxiliary == asked.start + 1  # "what is", which asks of no sort of thing
        sort = None if plain else next((sort for sort in _SORTS if text[tokens[asked.start].start :].lower().startswith(sort + " ")), None)
        if sort is not None and words in _CHOOSING | {"how many"}:
            return prefix + ("which" if words in _CHOOSING else words) + text[tokens[asked.start].start + len(sort) :]
        if asked.auxiliary is not None and asked.inverted:
            rest = text[tokens[asked.auxiliary].start :]
            if words not in _CHOOSING:
                return f"{prefix}{opening} {rest}"
            if tokens[asked.auxiliary].norm not in english.BE:
                return self._named_with(text)
            passive = any(map(self._phrases.is_verb_form, tokens[asked.auxiliary :]))
            return f"{prefix}{'by' if prefix else 'By'} whom {rest}" if passive else None
        subject = self._answered(turn) or (f"the {phrase.split(None, 1)[1]}" if sort == "which" else None)
        if subject is None or asked.end >= len(tokens) or (asked.auxiliary is None and not self._is_verb(tokens, asked)):
            return None
        if asked.auxiliary is not None:
            rest = text[tokens[asked.auxiliary].end :]
            return f"{prefix}{opening} {tokens[asked.auxiliary].text} {subject}{rest}"
        return f"{prefix}{opening}: {subject} {text[tokens[asked.end].start :]}"

    def _is_verb(self, tokens: Sequence[Token], asked: Asked) -> bool:
        """Whether the question words are followed by the verb."""
        bare = asked.end - asked.start == 1 and tokens[asked.start].norm in {"who", "what", "which"}
        return bare or self._phrases.is_verb_form(tokens[asked.end])

    def _named_with(self, text: str) -> str | None:
        subject = self._phrases.subject(text)
        return f"Who is named with {text[slice(*subject)]}?" if subject is not None else None

    def _answered(self, turn: Turn) -> str | None:
        quotes = [highlight.quote for highlight in turn.answer.highlights] if turn.answer is not None else []
        return f"{', '.join(quotes[:-1])} and {quotes[-1]}" if len(quotes) > 1 else "".join(quotes) or None

    def _counted(self, text: str, earlier: str) -> str | None:
        """Give "how many were there" the noun that the earlier question counted."""
        bare, counted = _BARE_COUNT.match(text), _COUNTED.search(earlier)
        if bare is None or counted is None:
            return None
        return f"{text[: bare.end(1)]} {counted.group(1).strip()}{text[bare.end(1) :]}"

    def _says_no_more(self, tail: str, earlier: str) -> bool:
        """Whether the tail has no content word beside its names that the earlier question has not."""
        names = self._phrases.mentions_of(tail)
        known = set(self._phrases.analyzer.query_terms(earlier))
        tokens = [t for t in self._phrases.analyzer.tokens(tail) if not any(m.start <= t.start < m.end for m in names)]
        return all(self._phrases.analyzer.is_stop(t) or t.term in known or t.text[0].isupper() for t in tokens)

    def _added(self, tail: str, new: Sequence[Mention], earlier: str) -> str | None:
        """The earlier question with a time, place or owner that it did not have; not where it only asks who somebody is."""
        terms = self._phrases.analyzer.query_terms(earlier)
        names = {t for m in self._phrases.mentions_of(earlier) for t in self._phrases.analyzer.query_terms(earlier[m.start : m.end])}
        if not new or names.issuperset(terms):
            return None
        link = "" if _PLACED.match(tail) else "in " if new[0].kind in {MentionKind.DATE, MentionKind.PLACE} else "of "
        whole = link == "" or (new[0].start == 0 and new[0].end == len(tail))
        return f"{earlier.rstrip(' ?!.')} {link}{tail}?" if whole else None

    def _other_noun(self, tail: str, earlier: str) -> str | None:
        """The earlier question about another common noun: "and the turnover?", "and hospitals?"."""
        tokens = self._phrases.analyzer.tokens(earlier)
        fresh = self._phrases.analyzer.tokens(tail)
        if not 1 <= len(fresh) <= 4 or not all(t.text[0].isalpha() for t in fresh) or self._phrases.analyzer.is_stop(fresh[-1]):
            return None
        article = fresh[0].norm in english.ARTICLES
        counted = _COUNTED.search(earlier)
        if counted is not None and not article:
            return earlier[: counted.start(1)] + tail + " " + earlier[counted.end(1) :].lstrip()
        found = self._phrases.phrase(earlier, tokens, 0) if article else None
        if found is None or tokens[found[0]].norm not in english.ARTICLES:
            return None
        return earlier[: tokens[found[0]].start] + tail + earlier[tokens[found[1]].end :]

    def _capitalised(self, text: str) -> list[Mention]:
        return [Mention(MentionKind.NAME, t.start, t.end) for t in self._phrases.analyzer.tokens(text) if t.text[0].isupper()]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


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
