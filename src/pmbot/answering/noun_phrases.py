"""What a question is about: its question words, its verb, and the noun phrases in it. By closed classes and shapes of words, no parser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pmbot.answering import english
from pmbot.answering.mentions import NAMES
from pmbot.answering.word_classes import word_class
from pmbot.text.analyzer import Analyzer, Token
from pmbot.text.figures.finding import Mention

MentionsOf = Callable[[str], Sequence[Mention]]
DO = frozenset({"do", "does", "did"})
_DETERMINERS = english.ARTICLES | {"this", "that", "these", "those", "its", "their", "his", "her", "our", "all", "both"}
_ENDS = english.AUXILIARIES | english.WH_WORDS | english.CONJUNCTIONS | (english.PREPOSITIONS - {"of"})


class Asked(NamedTuple):
    """The parts of a question as token indexes: the question words `[start, end)`, the auxiliary after them, and where its subject starts.

    `auxiliary` is None when the question words are followed by the verb at once ("who led …"). `inverted` tells whether the subject
    follows the auxiliary ("when did *he* …"), or the question words are the subject themselves.
    """

    start: int
    end: int
    auxiliary: int | None
    inverted: bool


class Phrases:
    """Finds noun phrases in questions."""

    def __init__(self, analyzer: Analyzer, mentions_of: MentionsOf) -> None:
        self.analyzer, self.mentions_of = analyzer, mentions_of

    def asked(self, tokens: Sequence[Token]) -> Asked | None:
        """The parts of a question; None when it has no question word."""
        start = next((at for at, token in enumerate(tokens) if token.norm in english.WH_WORDS), None)
        if start is None:
            return None
        preposed = start == 1 and tokens[0].norm in english.PREPOSITIONS  # "since when", "with whom"
        found = self._asked_from(tokens, start)
        return found._replace(start=0) if preposed else found

    def _asked_from(self, tokens: Sequence[Token], start: int) -> Asked:
        reach = range(start + 1, min(len(tokens), start + 8))
        auxiliary = next((at for at in reach if tokens[at].norm in english.AUXILIARIES), None)
        verb = next((at for at in reach if self.is_verb_form(tokens[at])), None)
        bare = tokens[start].norm in {"who", "whom", "when", "where", "why"}
        if auxiliary is None or (verb is not None and verb < auxiliary) or (bare and auxiliary != start + 1):
            return Asked(start, start + 1 if bare else verb if verb is not None else start + 1, None, inverted=False)
        following = tokens[auxiliary + 1] if auxiliary + 1 < len(tokens) else None
        inverted = following is not None and (tokens[auxiliary].norm in DO or not self.is_verb_form(following))
        return Asked(start, auxiliary, auxiliary, inverted)

    def is_verb_form(self, token: Token) -> bool:
        """Whether a word has the form of a participle or past: by its ending, or because it is irregular ("built", "held")."""
        if token.text[0].isupper() or not token.text[0].isalpha() or self.analyzer.is_stop(token):
            return False
        if word_class(token) in {"ed", "ing"}:
            return True
        stem = token.term.replace("i", "y")
        return not token.norm.replace("i", "y").startswith(stem[: len(stem) - stem.endswith("e")])

    def subject(self, text: str) -> tuple[int, int] | None:
        """Where the noun phrase stands that a question is about: the first behind its question words, else the first of all.

        "The aim of the forum" is about the forum when a "what is" asks for it, and "Grindeks's turnover" about Grindeks.
        """
        tokens = self.analyzer.tokens(text)
        asked = self.asked(tokens)
        found = self.phrase(text, tokens, asked.end if asked else 0) or (self.phrase(text, tokens, 0) if asked else None)
        if found is None:
            return None
        first, last = found
        attribute = asked is not None and asked.auxiliary is not None and tokens[asked.auxiliary].norm in english.BE
        named = self._names(text, tokens)
        of = next((at for at in range(first, last) if tokens[at].norm == "of" and not any(a < at < b for a, b in named.items())), None)
        owner = text[tokens[last].start : tokens[last].end]
        if of is not None and (attribute or owner[0].isupper()):
            first = of + 1
        return tokens[first].start, tokens[last].end

    def phrase(self, text: str, tokens: Sequence[Token], low: int) -> tuple[int, int] | None:
        """The first noun phrase from the token at `low` on, as its first and last token; it begins with an article or a name."""
        names = self._names(text, tokens)
        opens = range(low, len(tokens))
        first = next((at for at in opens if at in names or (tokens[at].norm in english.ARTICLES and at + 1 < len(tokens))), None)
        if first is None:
            return None
        verb = self._verb_after_do(tokens, first) if any(token.norm in DO for token in tokens[:first]) else None
        at, last = first, None
        while at < len(tokens) and not self._ends(text, tokens, at, first):
            if at in names:
                at = last = names[at]
                if text[tokens[at].start : tokens[at].end].lower().endswith(("'s", "’s")) or self._owns(text, tokens, at):
                    break
            elif at == verb and last is not None:
                break
            elif not self.analyzer.is_stop(tokens[at]):
                last = at
            at += 1
        return (first, last) if last is not None else None

    def _names(self, text: str, tokens: Sequence[Token]) -> dict[int, int]:
        """First and last token of each name, names joined by "and" together."""
        by_start = {token.start: at for at, token in enumerate(tokens)}
        found: dict[int, int] = {}
        for mention in self.mentions_of(text):
            first = by_start.get(mention.start)
            if mention.kind in NAMES and first is not None:
                inside = [at for at, token in enumerate(tokens) if token.start >= mention.start and token.end <= mention.end]
                found[first] = inside[-1] if inside else first
        for first, last in sorted(found.items(), reverse=True):
            if last + 1 < len(tokens) and tokens[last + 1].norm == "and" and last + 2 in found:
                found[first] = found[last + 2]
        return found

    def _owns(self, text: str, tokens: Sequence[Token], at: int) -> bool:
        return text[tokens[at].end : tokens[at].end + 2] in {"'s", "’s"}

    def _ends(self, text: str, tokens: Sequence[Token], at: int, first: int) -> bool:
        """Whether the phrase is over before this token."""
        token = tokens[at]
        if at == first:
            return False
        between = text[tokens[at - 1].end : token.start]
        if any(mark in between for mark in ",;:?!("):
            return True
        stop = self.analyzer.is_stop(token) and token.norm != "of" and tokens[at - 1].norm != "of" and at > first + 1
        if stop or token.norm in _ENDS or token.norm in english.PRONOUNS:
            return True
        return at > first + 1 - (tokens[first].norm not in _DETERMINERS) and self.is_verb_form(token)

    def _verb_after_do(self, tokens: Sequence[Token], first: int) -> int | None:
        """After "did" and a noun: the verb is the word that an object, a preposition or nothing follows.

        A word that follows a name is it before all ("did the visit to Seoul *take* place").
        """
        found = None
        for at in range(first + 1 + (tokens[first].norm in english.ARTICLES), len(tokens)):
            token = tokens[at]
            if not token.text[0].isalpha() or token.text[0].isupper() or self.analyzer.is_stop(token) or token.norm in _ENDS:
                continue
            if found is None and self._closes(tokens, at):
                found = at
            elif found is not None and self._after_placed_name(tokens, at):
                return at
        return found

    def _after_placed_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a name right behind a preposition comes before the token ("to *South Korea* take")."""
        before = at - 1
        while before > 0 and tokens[before].text[0].isupper():
            before -= 1
        return before < at - 1 and tokens[before].norm in english.PREPOSITIONS

    def _closes(self, tokens: Sequence[Token], at: int) -> bool:
        if at + 1 >= len(tokens):
            return True
        following = tokens[at + 1]
        if following.norm in english.AUXILIARIES:
            return False
        closed = self.analyzer.is_stop(following) or following.text[0].isupper() or not following.text[0].isalpha()
        return closed or word_class(following) in {"plural", "adverb"}
