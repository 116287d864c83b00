"""Question analysis: what kind of answer is expected, about what, under which constraints."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence

from pmbot.answering import english
from pmbot.answering.expected import AMOUNTS, expected_kinds
from pmbot.answering.language import ENGLISH, Asked, Language
from pmbot.answering.question_types import Words, question_type, refined_by_noun
from pmbot.indexing.profile import Profile
from pmbot.models import KeyTerm, Question, QuestionType, Reading
from pmbot.text.analyzer import Analyzer, Token

_POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)


class QuestionReader:
    """Reads questions for one corpus: its casing tells which uncapitalised words are names."""

    def __init__(self, analyzer: Analyzer, profile: Profile, ordinary: Container[str], language: Language = ENGLISH) -> None:
        self._analyzer, self._profile, self._ordinary, self._language = analyzer, profile, ordinary, language

    def read(self, question: Question, text: str | None = None, notes: tuple[str, ...] = ()) -> Reading:
        """Analyse `text`, the question made to stand alone, or the question itself."""
        text = question.text if text is None else text
        tokens = self._analyzer.tokens(text)
        words = [token.norm for token in tokens]
        asking = self._language.asking or english_asking
        kind, focus_place, expects = asking(words, self._is_stop_at(tokens))
        return Reading(
            text=text,
            type=kind,
            expects=expects,
            key_terms=self._key_terms(tokens),
            focus=tokens[focus_place].term if focus_place is not None else None,
            negated=any(word in self._language.negations for word in words),
            notes=notes,
        )

    def read_amount(self, question: Question, side: str, whole: Reading) -> Reading:
        """Read one side of a comparison: which figure the documents give for it."""
        read = self.read(question, side, whole.notes)
        return read.model_copy(update={"type": QuestionType.HOW_MUCH, "expects": AMOUNTS, "focus": None})

    def _is_stop_at(self, tokens: Sequence[Token]) -> Callable[[int], bool]:
        return lambda place: self._analyzer.is_stop(tokens[place])

    def _key_terms(self, tokens: Sequence[Token]) -> tuple[KeyTerm, ...]:
        """Content words, in order, each term once."""
        found: dict[str, KeyTerm] = {}
        for place, token in enumerate(tokens):
            if self._analyzer.is_stop(token) or token.term in found:
                continue
            found[token.term] = KeyTerm(
                text=_POSSESSIVE.sub("", token.text),
                term=token.term,
                is_name=self._is_name(token, place),
                is_number=token.text[0].isdigit(),
            )
        return tuple(found.values())

    def _is_name(self, token: Token, place: int) -> bool:
        if not token.text[0].isalpha():
            return False
        if token.norm in english.ADDRESSES:
            return False
        if self._language.capital_nouns:  # a word that the documents do not hold may still be a name
            return token.text[0].isupper() and place > 0 and token.norm not in self._profile.names and token.norm not in self._profile.lower
        if not self._language.is_english and place == 0 and not token.text.isupper():
            return token.norm in self._profile.names
        ordinary = token.term in self._ordinary or token.norm in english.ROLE_NOUNS
        if token.norm in self._profile.names:
            return token.text[0].isupper() or not ordinary
        capital = token.text[0].isupper() and token.norm not in self._profile.lower
        return capital and (place > 0 or token.text.isupper() or not ordinary)


def english_asking(words: Words, is_stop: Callable[[int], bool]) -> Asked:
    """What an English question asks for."""
    kind = question_type(words)
    focus_place = _focus_place(words, kind, is_stop)
    if kind is QuestionType.WHICH and focus_place is not None:
        kind = refined_by_noun(words[focus_place])
    return Asked(kind, focus_place, expected_kinds(words, kind, words[focus_place] if focus_place is not None else None))


def _focus_place(words: Words, kind: QuestionType, is_stop: Callable[[int], bool]) -> int | None:
    """Where the noun stands that the question asks for: the head of the words right after "which", "what" or "how many"."""
    if kind not in {
        QuestionType.WHICH,
        QuestionType.LIST,
        QuestionType.HOW_MANY,
        QuestionType.PERCENT,
        QuestionType.HOW_MUCH,
        QuestionType.WHO,
    }:
        return None
    start = next(
        (
            at
            for at, word in enumerate(words)
            if word in {"which", "what", "many", "much", "whose"} or (at == 0 and word in {"list", "name"})
        ),
        None,
    )
    if start is None:
        return None
    at, head = start + 1, None
    while at < len(words) and words[at] in english.ARTICLES | {"all", "of", "these", "those"}:
        at += 1
    while at < len(words) and words[at] not in english.AUXILIARIES | english.PREPOSITIONS | english.CONJUNCTIONS | english.PRONOUNS:
        if head is not None and _looks_like_verb(words, at, head):
            break
        if not is_stop(at):
            head = at
        at += 1
    return head


def _looks_like_verb(words: Words, at: int, head: int) -> bool:
    """Whether the word after a possible focus noun opens the predicate ("which firms *picked* the …")."""
    word = words[at]
    if word.endswith("ed"):
        return True
    if words[head].endswith("s") and not words[head].endswith("ss"):
        return True
    following = words[at + 1] if at + 1 < len(words) else ""
    return following in english.ARTICLES | english.PREPOSITIONS | english.PRONOUNS | {"me", "you", "us"}
