"""Question types: a decision list over the folded words of a question, read from top to bottom."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from pmbot.answering import english
from pmbot.models import QuestionType

Words = Sequence[str]

_AGGREGATIONS = (
    ("what", "happened"),
    ("what", "is", "said"),
    ("what", "was", "said"),
    ("what", "is", "known"),
    ("what", "do", "we", "know"),
    ("what", "do", "you", "know"),
    ("what", "does", "the", "document", "say"),
    ("what", "do", "the", "documents", "say"),
    ("tell", "me", "about"),
    ("tell", "me", "more"),
    ("summarise",),
    ("summarize",),
)
_TIME_HEADS = frozenset({"date", "dates", "deadline", "birthday"})
_FIGURE_NOUNS = english.MONEY_NOUNS | english.AMOUNT_NOUNS
_BEHIND_FIGURE = (
    _FIGURE_NOUNS
    | english.PREPOSITIONS
    | english.AUXILIARIES
    | english.CONJUNCTIONS
    | frozenset("output range limit increase decrease reduction change difference that".split())
)
_EACH = frozenset({"a", "an", "per", "each", "every"})
_PLACING = frozenset({"in", "at", "from", "within"})
_INDIRECT = frozenset("know tell me us say says said show explain explained remember known state stated clear mention mentioned".split())
_HAPPENING = frozenset("happens happened occurs occurred comes goes stands causes caused".split())
_BEHIND_VERB = english.ARTICLES | frozenset("my your his her its our their this these those him them me us it if".split())
_PRICED = frozenset({"cost", "earn", "paid"})
_GOALS = frozenset({"aim", "goal", "purpose"})


def question_type(words: Words) -> QuestionType:
    """The type of a question from its folded words; `KEYWORD` when it has no question word."""
    for rule, kind in _PHRASES:
        if rule(words):
            return kind
    if _wants_verdict(words):
        return QuestionType.YES_NO
    return _by_wh_word(words) or QuestionType.KEYWORD


def _wants_verdict(words: Words) -> bool:
    """Whether it opens with an auxiliary and asks nothing else behind it: "do you know *when* …" does, "was it closed when …" does not."""
    if len(words) < 2 or words[0] not in english.AUXILIARIES - {"being", "been", "be"}:
        return False
    return not any(one in _INDIRECT and other in english.WH_WORDS for one, other in itertools.pairwise(words))


def _asks_how(*degree: str) -> Callable[[Words], bool]:
    """Whether it asks "how …" with these words behind it: "what did he say on *how many* …" does not."""

    def asks(words: Words) -> bool:
        place = _wh_place(words)
        return place is not None and tuple(words[place : place + 1 + len(degree)]) == ("how", *degree)

    return asks


def _wh_place(words: Words) -> int | None:
    """Where the question word stands: behind a "when …" that only opens ("when it rains, *what* is closed")."""
    places = [at for at, word in enumerate(words) if word in english.WH_WORDS]
    if len(places) > 1 and words[places[0]] == "when" and words[places[0] + 1] not in english.AUXILIARIES | english.CONJUNCTIONS:
        main = [at for at in places[1:] if at + 1 < len(words) and words[at + 1] in english.AUXILIARIES]
        return main[0] if main else places[0]
    return places[0] if places else None


def _has(*phrase: str) -> Callable[[Words], bool]:
    size = len(phrase)
    return lambda words: any(tuple(words[at : at + size]) == phrase for at in range(len(words) - size + 1))


def _opens_with(*openings: str) -> Callable[[Words], bool]:
    return lambda words: len(words) > 1 and words[0] in openings


def _asks(words: Words) -> bool:
    return any(word in english.WH_WORDS for word in words)


def _weighs_two(words: Words) -> bool:
    return "or" in words and _asks(words) and any(word in english.COMPARATIVES for word in words)


def _wants_frequency(words: Words) -> bool:
    """Whether it asks how often: with that word or its like, or by "how many times a week"."""
    for at in range(len(words) - 1):
        if words[at] == "how" and words[at + 1] in {"often", "frequently", "regularly"}:
            return True
        if tuple(words[at : at + 3]) == ("how", "many", "times"):
            return any(one in _EACH and other in english.PERIOD_NOUNS for one, other in itertools.pairwise(words[at + 3 :]))
    return False


def _wants_duration(words: Words) -> bool:
    """Whether it asks for a length of time: "how long", "how soon", "how far in advance"."""
    at = _wh_place(words)
    if at is None or words[at] != "how" or at + 1 == len(words):
        return False
    in_advance = words[at + 1] in {"far", "early", "late"} and {"ahead", "advance", "beforehand"} & set(words[at + 2 : at + 4])
    return words[at + 1] in {"long", "soon", "quickly"} or bool(in_advance)


def _wants_share(words: Words) -> bool:
    return _asks(words) and any(word in english.PERCENT_NOUNS for word in words[:4])


def _wants_rank(words: Words) -> bool:
    return any(word in english.RANK_NOUNS for word in words)


_PHRASES: tuple[tuple[Callable[[Words], bool], QuestionType], ...] = (
    (lambda words: any(tuple(words[: len(opening)]) == opening for opening in _AGGREGATIONS), QuestionType.AGGREGATION),
    (_weighs_two, QuestionType.COMPARISON),
    (_opens_with("compare"), QuestionType.COMPARISON),
    (_has("difference", "between"), QuestionType.COMPARISON),
    (_wants_frequency, QuestionType.FREQUENCY),
    (_asks_how("much", "time"), QuestionType.DURATION),
    (_asks_how("much", "notice"), QuestionType.DURATION),
    (_asks_how("many", "percent"), QuestionType.PERCENT),
    (_asks_how("many", "per", "cent"), QuestionType.PERCENT),
    (_asks_how("many"), QuestionType.HOW_MANY),
    (_asks_how("much"), QuestionType.HOW_MUCH),
    (_asks_how("long", "is"), QuestionType.HOW_MUCH),
    (_wants_duration, QuestionType.DURATION),
    (_asks_how("old"), QuestionType.DURATION),
    (_asks_how("come"), QuestionType.WHY),
    (_opens_with("list", "name", "enumerate"), QuestionType.LIST),
    (_opens_with("define"), QuestionType.DEFINITION),
    (_wants_share, QuestionType.PERCENT),
    (_wants_rank, QuestionType.RANK),
)


def _by_wh_word(words: Words) -> QuestionType | None:
    place = _wh_place(words)
    if place is None:
        return None
    word, rest = words[place], words[place + 1 :]
    if word in {"who", "whom", "whose"}:
        return QuestionType.WHO
    if word in {"when", "where", "why"}:
        return QuestionType(word)
    if word == "how":
        return QuestionType.HOW_MUCH if rest and rest[0] in english.DEGREE_WORDS else QuestionType.HOW
    if place and words[place - 1] in _PLACING and rest and rest[0].removesuffix("s") in {"area", "level", "position"}:
        return QuestionType.LIST if rest[0].endswith("s") else QuestionType.WHAT
    return QuestionType.WHICH if word == "which" else _what_type(rest)


def _what_type(rest: Words) -> QuestionType:
    """The type of a "what" question by the words after "what"."""
    if not rest or rest[0] not in english.AUXILIARIES | {"'s"}:
        return QuestionType.WHICH if rest and not opens_with_verb(rest) else QuestionType.WHAT
    tail = [word for word in rest[1:] if word not in english.ARTICLES]
    if rest[0] in {"does", "do", "did"} and tail and tail[-1] in {"mean", "for"} and {"stand", "mean"} & set(tail):
        return QuestionType.DEFINITION
    if _names_price(rest):
        return QuestionType.HOW_MUCH
    return _what_is_type(tail) if rest[0] in english.BE and tail else QuestionType.WHAT


def _names_price(rest: Words) -> bool:
    """Whether the verb behind the subject takes a sum: "what does it *cost*", "what was he *paid*", "what did it *amount to*"."""
    for at, word in enumerate(rest[2:], start=2):
        behind = rest[at + 1 :]
        verb = rest[at - 1] not in english.ARTICLES | english.PREPOSITIONS - {"to"}
        if verb and (word in _PRICED or (word == "charge" and "with" not in behind) or (word == "amount" and behind[:1] == ["to"])):
            return True
    return False


def opens_with_verb(rest: Words) -> bool:
    """Whether the words behind "what" begin with a verb: "what *caused* it", "what *happens* if …"; "what *effect* did …" do not."""
    word, behind = rest[0], rest[1] if len(rest) > 1 else ""
    if word in _HAPPENING or (word in english.IRREGULAR_PASTS and not word.endswith("n")):
        return True
    if word in english.PREPOSITIONS:
        return False
    past = word.endswith("ed") and not word.endswith("eed")
    return behind in _BEHIND_VERB or (past and behind in english.PREPOSITIONS | {""}) or (word.endswith("s") and behind == "to")


def _what_is_type(tail: Words) -> QuestionType:
    """The type of a "what is" question by the words after the verb, articles left out."""
    if _names_time(tail):
        return QuestionType.WHEN
    if tail[0] == "duration" and len(tail) > 1:
        return QuestionType.DURATION
    if _names_figure(tail):
        return QuestionType.HOW_MUCH
    if tail[0] in english.REASON_NOUNS - _GOALS:
        return QuestionType.WHY
    if tail[0] in {"name", "names"} and set(tail) & (english.PERSON_NOUNS | english.TITLES):
        return QuestionType.WHO
    plain = not any(word in english.PREPOSITIONS | english.AUXILIARIES or word.endswith(("ed", "ing")) for word in tail)
    if plain and len(tail) <= 5:
        return QuestionType.DEFINITION
    return QuestionType.HOW_MUCH if set(tail) & english.MONEY_NOUNS else QuestionType.WHAT


def _names_time(tail: Words) -> bool:
    """Whether the subject is a point of time: "the opening hours of …", "the start date", "the deadline for …"."""
    head = tuple(itertools.takewhile(lambda word: word not in english.PREPOSITIONS | english.AUXILIARIES, tail))
    return bool(head) and (head[-1] in _TIME_HEADS or (len(head) > 1 and head[-1] in {"hours", "times"}))


def _names_figure(tail: Words) -> bool:
    """Whether one of the first words is a figure, and no part of what a thing is called: "the *deposit* paid", but "a deposit cup"."""
    for word, behind in itertools.pairwise((*tail[:2], *tail[2:3], "")):
        if word in _FIGURE_NOUNS and word in tail[:2]:
            alone = not behind or behind.endswith(("ed", "ing")) or behind in _BEHIND_FIGURE
            return alone or word == "total"
    return False


def refined_by_noun(noun: str) -> QuestionType:
    """What a "which noun" question is by its noun: a time, a sum, a rank, a list, a person, or still a thing."""
    singular = noun.removesuffix("s")
    if singular in english.TIME_NOUNS:
        return QuestionType.WHEN
    if {noun, singular} & _FIGURE_NOUNS:
        return QuestionType.HOW_MUCH
    if {noun, singular} & english.RANK_NOUNS:
        return QuestionType.RANK
    if (noun.endswith("s") and not noun.endswith(("ss", "us", "is"))) or noun in {"people", "children"}:
        return QuestionType.LIST
    return QuestionType.WHO if noun in english.PERSON_NOUNS else QuestionType.WHICH
