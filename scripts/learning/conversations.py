"""Pairs of questions as in a conversation, made from single questions: the second points to a name of the first by a pronoun.

A name that two questions on one article share is replaced in the second: a person by “he”, “him” or “his”, a place after “in” by “there”,
any other name by “it” or “its”. The first question is the nearest before it in the data that names it. The pair is as good as the rule that
finds names: some of them read oddly, as real ones do. A name that only describes a noun (“*European* artists”) is left.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from learning.articles import Article, Asked
from pmbot.answering import english
from pmbot.answering.engine import Engine
from pmbot.answering.word_classes import word_class
from pmbot.models import MentionKind, Sentence, Span
from pmbot.text.figures.finding import Mention

_NAMES = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.PLACE, MentionKind.NAME})
_POSSESSIVE = re.compile(r"[’'](?:s\b)?")
_IN = re.compile(r"\bin (?:the )?$", re.IGNORECASE)


class Pair(NamedTuple):
    """A question, the one before it, and how it reads when it points back; `alone` is the one as it was."""

    before: str
    text: str
    alone: Asked
    name: str
    others: int  # how many other names the question before holds


def pairs(engine: Engine, article: Article, count: int) -> list[Pair]:
    """At most `count` pairs of an article, chosen by its number alone."""
    found = list(_pairs(engine, article.questions))
    return random.Random(article.number).sample(found, min(count, len(found)))


def _pairs(engine: Engine, questions: Sequence[Asked]) -> Iterator[Pair]:
    names = [[m for m in engine.mentions_in(asked.text) if m.kind in _NAMES] for asked in questions]
    for at, asked in enumerate(questions):
        for mention in names[at]:
            name = asked.text[mention.start : mention.end]
            before = next((b for b in range(at - 1, -1, -1) if _names(questions[b].text, names[b], name)), None)
            if before is not None and mention.start and asked.text.count(name) == 1 and _stands_alone(engine, asked.text, mention):
                others = sum(questions[before].text[m.start : m.end] != name for m in names[before])
                yield Pair(questions[before].text, _pronounced(asked.text, mention), asked, name, others)
                break


def _names(text: str, mentions: Sequence[Mention], name: str) -> bool:
    """Whether one of the mentions is the name, whole."""
    return any(text[m.start : m.end] == name for m in mentions)


def _stands_alone(engine: Engine, text: str, mention: Mention) -> bool:
    """Whether the name is no part of a longer phrase ("*European* artists", "*New England* farms", "a *Latin* word")."""
    tokens = engine.views.of_sentence(Sentence(doc_id="", index=0, block=0, span=Span(start=0, end=len(text)), text=text)).tokens
    following = next((token for token in tokens if token.start >= mention.end), None)
    before = [token.norm for token in tokens if token.end <= mention.start][-1:]
    if before and (before[0] in {"a", "an"} or text[mention.start - 1] in "-.’'"):
        return False
    if following is None or _POSSESSIVE.match(text, mention.end) or text[mention.end : mention.end + 1] in {"?", ","}:
        return True
    closed = english.AUXILIARIES | english.PREPOSITIONS | english.CONJUNCTIONS | english.WH_WORDS | english.ARTICLES
    if text[mention.end] != " " or text[following.start].isupper():
        return False
    asks_do = bool(before) and before[0] in {"do", "does", "did"}
    verb = word_class(following) == "ed" or (asks_do and word_class(following) not in {"plural", "noun", "adjective"})
    return following.norm in closed or verb


def _pronounced(text: str, mention: Mention) -> str:
    """The question with a pronoun for the name."""
    start, end = mention.start, mention.end
    start = next((start - len(word) for word in ("the ", "The ") if text[:start].endswith(word)), start)
    possessive = _POSSESSIVE.match(text, end)
    person = mention.kind is MentionKind.PERSON
    if possessive:
        return f"{text[:start]}{'his' if person else 'its'}{text[possessive.end() :]}"
    inside = _IN.search(text[: mention.start])
    if inside and mention.kind is MentionKind.PLACE:
        return f"{text[: inside.start()]}there{text[end:]}"
    before = text[:start].split()[-1:]
    subject = not before or before[0].lower() in english.AUXILIARIES | english.WH_WORDS
    return f"{text[:start]}{('he' if subject else 'him') if person else 'it'}{text[end:]}"
