"""Question analysis: what kind of answer is expected, about what, under which constraints."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from pmbot.answering import english
from pmbot.answering.profile import Profile
from pmbot.models import KeyTerm, MentionKind, Question, QuestionType, Reading
from pmbot.text.analyzer import Analyzer, Token

_AMOUNTS = (MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.NUMBER)
_NAMES = (MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME)

EXPECTS: dict[QuestionType, tuple[MentionKind, ...]] = {
    QuestionType.WHO: _NAMES,
    QuestionType.WHEN: (MentionKind.DATE,),
    QuestionType.WHERE: (MentionKind.PLACE, MentionKind.ORGANISATION, MentionKind.NAME),
    QuestionType.HOW_MANY: (MentionKind.NUMBER, MentionKind.QUANTITY),
    QuestionType.HOW_MUCH: _AMOUNTS,
    QuestionType.PERCENT: (MentionKind.PERCENT,),
    QuestionType.RANK: (MentionKind.ORDINAL,),
    QuestionType.DURATION: (MentionKind.DURATION,),
    QuestionType.LIST: (*_NAMES, MentionKind.PLACE),
}

_AGGREGATIONS = (
    ("what", "happened"), ("what", "is", "said"), ("what", "was", "said"), ("tell", "me", "about"), ("what", "do", "we", "know"), ("tell", "me", "more"),
    ("what", "does", "the", "document", "say"), ("what", "do", "the", "documents", "say"), ("what", "is", "known"), ("what", "do", "you", "know"),
    ("summarise",), ("summarize",),
)  # fmt: skip

Words = Sequence[str]


class QuestionReader:
    """Reads questions for one corpus: its casing tells which uncapitalised words are names."""

    def __init__(self, analyzer: Analyzer, profile: Profile, ordinary: Container[str]) -> None:
        self._analyzer, self._profile, self._ordinary = analyzer, profile, ordinary

    def read(self, question: Question, text: str | None = None, notes: tuple[str, ...] = ()) -> Reading:
        """Analyse `text`, the question made to stand alone, or the question itself."""
        text = question.text if text is None else text
        tokens = self._analyzer.tokens(text)
        words = [token.norm for token in tokens]
        kind = question_type(words)
        focus_place = _focus_place(words, kind, self._is_stop_at(tokens))
        if kind is QuestionType.WHICH and focus_place is not None:
            kind = _refined(words, focus_place)
        expects = expected_kinds(words, kind, words[focus_place] if focus_place is not None else None)
        return Reading(
            text=text,
            type=kind,
            expects=expects,
            key_terms=self._key_terms(tokens),
            focus=tokens[focus_place].term if focus_place is not None else None,
            negated=any(word in english.NEGATIONS for word in words),
            notes=notes,
        )

    def _is_stop_at(self, tokens: Sequence[Token]) -> Callable[[int], bool]:
        return lambda place: self._analyzer.is_stop(tokens[place])

    def _key_terms(self, tokens: Sequence[Token]) -> tuple[KeyTerm, ...]:
        """Content words, in order, each term once; all words when there is nothing but stopwords."""
        found: dict[str, KeyTerm] = {}
        for place, token in enumerate(tokens):
            if self._analyzer.is_stop(token) or token.term in found:
                continue
            found[token.term] = KeyTerm(
                text=token.text, term=token.term, is_name=self._is_name(token, place), is_number=token.text[0].isdigit()
            )
        return tuple(found.values())

    def _is_name(self, token: Token, place: int) -> bool:
        if not token.text[0].isalpha():
            return False
        ordinary = token.term in self._ordinary or token.norm in english.ROLE_NOUNS
        if token.norm in self._profile.names:
            return token.text[0].isupper() or not ordinary
        capital = token.text[0].isupper() and token.norm not in self._profile.lower
        return capital and (place > 0 or token.text.isupper() or not ordinary)


def question_type(words: Words) -> QuestionType:
    """The type of a question from its folded words; `KEYWORD` when it has no question word."""
    for rule in (_by_phrase, _by_wh_word):
        found = rule(words)
        if found is not None:
            return found
    if words and words[0] in english.AUXILIARIES and words[0] not in {"being", "been", "be"} and len(words) > 1:
        return QuestionType.YES_NO
    return _keyword_type(words)


def _has(words: Words, *phrase: str) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1))


def _by_phrase(words: Words) -> QuestionType | None:
    if any(tuple(words[: len(opening)]) == opening for opening in _AGGREGATIONS):
        return QuestionType.AGGREGATION
    if "or" in words and any(word in english.COMPARATIVES for word in words) and any(word in english.WH_WORDS for word in words):
        return QuestionType.COMPARISON
    if words and (words[0] == "compare" or _has(words, "difference", "between")):
        return QuestionType.COMPARISON
    if _has(words, "how", "many"):
        return QuestionType.HOW_MANY
    if _has(words, "how", "much"):
        return QuestionType.HOW_MUCH
    if _has(words, "how", "long") and not _has(words, "how", "long", "is") or _has(words, "how", "old"):
        return QuestionType.DURATION
    if _has(words, "how", "come"):
        return QuestionType.WHY
    if words and words[0] in {"list", "name", "enumerate"} and len(words) > 2:
        return QuestionType.LIST
    if words and words[0] == "define":
        return QuestionType.DEFINITION
    asks = any(word in english.WH_WORDS for word in words)
    if asks and any(word in english.PERCENT_NOUNS for word in words[:4]):
        return QuestionType.PERCENT
    if asks and any(word in english.RANK_NOUNS for word in words):
        return QuestionType.RANK
    return None


def _by_wh_word(words: Words) -> QuestionType | None:
    place = next((at for at, word in enumerate(words) if word in english.WH_WORDS), None)
    if place is None:
        return None
    word, rest = words[place], words[place + 1 :]
    if word in {"who", "whom", "whose"}:
        return QuestionType.WHO
    if word in {"when", "where", "why"}:
        return QuestionType(word)
    if word == "how":
        return QuestionType.HOW_MUCH if rest and rest[0] in english.DEGREE_WORDS else QuestionType.HOW
    if word == "which":
        return QuestionType.WHICH
    return _what_type(rest)


def _what_type(rest: Words) -> QuestionType:
    if rest and rest[0] not in english.AUXILIARIES and rest[0] != "'s":
        return QuestionType.WHICH
    tail = [word for word in rest[1:] if word not in english.ARTICLES]
    if rest and rest[0] in {"does", "do", "did"} and tail and tail[-1] in {"mean", "for"} and {"stand", "mean"} & set(tail):
        return QuestionType.DEFINITION
    if rest and rest[0] in english.BE and tail:
        if tail[0] in english.MONEY_NOUNS | english.AMOUNT_NOUNS or (len(tail) > 1 and tail[1] in english.MONEY_NOUNS | english.AMOUNT_NOUNS):
            return QuestionType.HOW_MUCH
        if tail[0] in english.REASON_NOUNS and tail[0] not in {"aim", "goal", "purpose"}:
            return QuestionType.WHY
        if tail[0] in {"name", "names"} and any(word in english.PERSON_NOUNS | english.TITLES for word in tail):
            return QuestionType.WHO
        if not any(word in english.PREPOSITIONS or word in english.AUXILIARIES or word.endswith(("ed", "ing")) for word in tail) and len(tail) <= 5:
            return QuestionType.DEFINITION
        if any(word in english.MONEY_NOUNS for word in tail):
            return QuestionType.HOW_MUCH
    return QuestionType.WHAT


def _keyword_type(words: Words) -> QuestionType:
    return QuestionType.RANK if any(word in english.RANK_NOUNS for word in words) else QuestionType.KEYWORD


def _refined(words: Words, focus: int) -> QuestionType:
    """What a "which noun" question is by its noun: a time, a place, a sum, a person, a list, or still a thing."""
    noun = words[focus]
    singular = noun[:-1] if noun.endswith("s") else noun
    if singular in english.TIME_NOUNS:
        return QuestionType.WHEN
    if {noun, singular} & (english.MONEY_NOUNS | english.AMOUNT_NOUNS):
        return QuestionType.HOW_MUCH
    if {noun, singular} & english.RANK_NOUNS:
        return QuestionType.RANK
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) or noun in {"people", "children", "countries"}:
        return QuestionType.LIST
    if noun in english.PERSON_NOUNS:
        return QuestionType.WHO
    return QuestionType.WHICH


def _focus_place(words: Words, kind: QuestionType, is_stop: Callable[[int], bool]) -> int | None:
    """Where the noun stands that the question asks for: the head of the words right after "which", "what" or "how many"."""
    if kind not in {QuestionType.WHICH, QuestionType.LIST, QuestionType.HOW_MANY, QuestionType.PERCENT, QuestionType.HOW_MUCH, QuestionType.WHO}:
        return None
    start = next((at for at, word in enumerate(words) if word in {"which", "what", "many", "much", "whose"} or at == 0 and word in {"list", "name"}), None)
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
    return following in english.ARTICLES | english.PREPOSITIONS | english.PRONOUNS


def expected_kinds(words: Words, kind: QuestionType, focus: str | None) -> tuple[MentionKind, ...]:
    """The kinds of mention that could answer, likeliest first; empty when any words could."""
    if kind is QuestionType.HOW_MUCH:
        nouns = set(words)
        if nouns & english.MONEY_NOUNS or nouns & {"euro", "euros", "dollars", "eur", "usd", "cost", "pay", "paid", "spend", "spent", "expensive"}:
            return (MentionKind.MONEY,)
        return _AMOUNTS
    if kind is QuestionType.KEYWORD and set(words) & english.MONEY_NOUNS:
        return (MentionKind.MONEY,)
    if kind is QuestionType.WHICH and focus is not None:
        if focus in english.PLACE_NOUNS:
            return (MentionKind.PLACE, MentionKind.NAME)
        return (MentionKind.NAME, MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.PLACE) if focus in english.ORGANISATION_WORDS else ()
    if kind is QuestionType.WHO and "name" in words:
        return (MentionKind.PERSON,)
    return EXPECTS.get(kind, ())
