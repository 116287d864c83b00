"""Who acts and who is acted on."""

from __future__ import annotations

import pytest

from pmbot.answering.roles import main_verb, only_describes, part_in_sentence
from pmbot.text.analyzer import Analyzer

ANALYZER = Analyzer(frozenset({"the", "a", "by", "was", "did", "who", "when", "in", "and"}), {}, "en")
NAMES = frozenset({"ana", "otto", "oslo"})


@pytest.mark.parametrize(
    ("question", "verb", "before", "after"),
    [
        ("Who trained Ana?", "trained", "agent", "patient"),
        ("When did Ana join Otto?", "join", "agent", "patient"),
        ("When did Ana's mother join Otto?", "join", "agent", "patient"),
        ("When was Ana trained by Otto?", "trained", "patient", "agent"),
    ],
)
def test_the_main_verb_of_a_question(question: str, verb: str, before: str, after: str) -> None:
    tokens = ANALYZER.tokens(question)
    found = main_verb(tokens, NAMES)
    assert found is not None
    assert (tokens[found.verb].norm, found.before, found.after) == (verb, before, after)


@pytest.mark.parametrize("question", ["Who is Ana?", "What is the lamp?", "How long was the lamp in bed?", "Ana Oslo", "Who", ""])
def test_questions_without_a_plain_verb(question: str) -> None:
    assert main_verb(ANALYZER.tokens(question), NAMES) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ana trained Otto.", {"agent"}),
        ("Otto trained Ana.", {"patient"}),
        ("Ana was trained by Otto.", {"patient"}),
        ("Otto was trained by Ana.", {"agent"}),
        ("Otto trained people in Ana.", {"aside"}),
        ("Ana, trained in Oslo, left.", {"agent", "patient"}),
        ("Ana's brother trained Otto.", set()),
        ("Otto was trained by the Oslo officer Ana.", {"agent"}),
        ("Ana left.", set()),
    ],
)
def test_the_part_of_a_name(sentence: str, expected: set[str]) -> None:
    assert part_in_sentence(ANALYZER.tokens(sentence), {ANALYZER.stem("trained")}, {ANALYZER.stem("Ana")}) == expected


def test_the_noun_of_a_verb_is_none() -> None:
    assert part_in_sentence(ANALYZER.tokens("The trained of Ana left."), {ANALYZER.stem("trained")}, {ANALYZER.stem("Ana")}) == set()


@pytest.mark.parametrize(
    ("question", "describes"),
    [("When was the Oslo branch trained?", True), ("When was Ana's branch trained?", True), ("When was Oslo trained?", False)],
)
def test_a_name_that_only_describes(question: str, describes: bool) -> None:
    tokens = ANALYZER.tokens(question)
    at = next(at for at, token in enumerate(tokens) if token.text[0].isupper() and at)
    verb = next(at for at, token in enumerate(tokens) if token.norm == "trained")
    assert only_describes(tokens, at, verb) is describes
