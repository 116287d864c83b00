"""Reads `config/language.<language>.txt`: lists of words by name, `name: word, two words, stem*`; the same name adds to its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pmbot.answering import inflected
from pmbot.answering.asking import Nouns, PhraseAsking
from pmbot.answering.language import ENGLISH, Language, NameWords
from pmbot.answering.word_sets import Phrases, WordSet
from pmbot.errors import ConfigError
from pmbot.text.wordlists import content_lines

_ASK = "ask."
_CARRYING = ("when", "why", "percent", "duration", "frequency")
_SIGN = "sign."
_ASKED = (
    "aggregation", "percent", "duration", "frequency", "price", "how_many", "how_much", "definition", "rank", "why", "when", "where", "who",
    "list", "which", "who_or_what", "what", "how", "compare", "yes_no", "opening",
)  # fmt: skip
_LISTS = frozenset(
    {
        *("numbers", "scales", "currencies", "percents", "shares", "units", "periods", "several", "qualifiers", "ordinals"),
        *("months", "years", "seasons", "weekdays", "from", "until", "today", "every", "times", "per", "often"),
        *("because", "purposes", "therefore", "by", "including", "and", "is", "that_is", "mainly"),
        *("pronouns", "negations", "scaffolding", "joiners", "be", "titles"),
        *("person_nouns", "place_nouns", "organisation_nouns", "time_nouns", "money_nouns", "amount_nouns", "share_nouns", "rank_nouns"),
        *(_ASK + name for name in _ASKED),
    }
)
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_SIGNS = frozenset("%€$£¥¢₩₹₽")


def language_of(code: str, path: Path | None) -> Language:
    """The language `code`: English as it is built in, any other by its file at `path`, without a file by digits and signs alone.

    ConfigError with file:line for a line that is no list, or a list that nobody asks for.
    """
    if code == ENGLISH.code:
        return ENGLISH
    read = read_lists(path) if path is not None else {}

    def lists(name: str) -> Sequence[str]:
        return read.get(name, ())

    phrases = {name: Phrases(lists(_ASK + name)) for name in _ASKED if lists(_ASK + name)}
    return Language(
        code=code,
        question_words=WordSet(word for name in _ASKED for phrase in lists(_ASK + name) for word in phrase.split()[:1]),
        pronouns=WordSet(lists("pronouns")),
        negations=WordSet(lists("negations")),
        scaffolding=WordSet([*lists("scaffolding"), *lists("currencies"), *lists("percents"), *_carrying(lists)]),
        joiners=WordSet(lists("joiners")),
        person_nouns=WordSet(lists("person_nouns")),
        place_nouns=WordSet(lists("place_nouns")),
        telling_nouns=WordSet([*lists("person_nouns"), *lists("titles"), *lists("money_nouns")]),
        names=NameWords(
            titles=WordSet([*lists("titles"), *lists("person_nouns")]),
            organisations=WordSet(lists("organisation_nouns")),
            places=WordSet(lists("place_nouns")),
            pattern=inflected.names_pattern(),
            quoted=inflected.quoted_names(),
        ),
        capital_nouns=code in _CAPITAL_NOUNS,
        figures=inflected.figures(lists),
        cues=inflected.cues(lists),
        asking=PhraseAsking(phrases, _nouns(lists), WordSet(lists("be"))),
        signs={name.removeprefix(_SIGN): words[0] for name, words in read.items() if name.startswith(_SIGN)},
    )


def _carrying(lists: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """The words that only make up a question ("cik *ilga*", "в *каком* *году*"); those of a price stay, as they say what is asked."""
    for name in _CARRYING:
        for phrase in lists(_ASK + name):
            yield from phrase.split()


def _nouns(lists: Callable[[str], Sequence[str]]) -> Nouns:
    return Nouns(
        money=WordSet([*lists("money_nouns"), *lists("currencies")]),
        amounts=WordSet(lists("amount_nouns")),
        percents=WordSet(lists("percents")),
        shares=WordSet(lists("share_nouns")),
        times=WordSet(lists("time_nouns")),
        places=WordSet(lists("place_nouns")),
        persons=WordSet([*lists("person_nouns"), *lists("titles")]),
        organisations=WordSet(lists("organisation_nouns")),
        ranks=WordSet(lists("rank_nouns")),
        periods=WordSet(lists("periods")),
    )


def read_lists(path: Path) -> dict[str, tuple[str, ...]]:
    """The lists of a file, by name; ConfigError names the line that is wrong."""
    found: dict[str, tuple[str, ...]] = {}
    for number, line in content_lines(path):
        name, colon, rest = line.partition(":")
        entries = tuple(" ".join(entry.split()) for entry in rest.split(",") if entry.strip())
        known = name in _LISTS or (name.startswith(_SIGN) and name.removeprefix(_SIGN) in _SIGNS)
        if not colon or not entries:
            raise ConfigError(f"{path}:{number}: a line reads 'name: word, word'; found {line!r}")
        if not known:
            raise ConfigError(f"{path}:{number}: {name!r} is no list that is used; the lists are {', '.join(sorted(_LISTS))}, sign.%")
        found[name] = (*found.get(name, ()), *entries)
    return found
