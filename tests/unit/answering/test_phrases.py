"""Where phrases end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering.phrases import Phrases
from tests.fakes_spans import case_of


def phrases_of(sentence: str) -> Phrases:
    return Phrases(case_of("Zorblat", sentence).candidate.view)


def phrase(sentence: str, first: str) -> str:
    """The noun phrases joined from the word `first` on."""
    found = phrases_of(sentence)
    at = next(at for at, token in enumerate(found.tokens) if token.text == first)
    end, _ = found.coordinated(at)
    return sentence[slice(*found.text(at, end))] if end > at else ""


@pytest.mark.parametrize(
    ("sentence", "first", "expected"),
    [
        ("Zorblat sells the small green lamps of Ana Gil in Oslo.", "the", "the small green lamps of Ana Gil"),
        ("Zorblat sells smoked fish and olive oil to Chile.", "smoked", "smoked fish and olive oil"),
        ("Zorblat sells cables, socks and small toys.", "cables", "cables, socks and small toys"),
        ("Zorblat sells cables, and Ana Gil sells socks.", "cables", "cables"),
        ("Zorblat sells cables and holds 145,000 lamps.", "cables", "cables"),
        ("Zorblat sells cables and Ana Gil was glad.", "cables", "cables"),
        ("Zorblat sells cables, which are green.", "cables", "cables"),
        ("Zorblat sells machine parts north.", "machine", "machine parts"),
        ("They saw leading South Quindle firms.", "leading", "leading South Quindle firms"),
        ("Zorblat met Pliny the Elder there.", "Pliny", "Pliny the Elder"),
        ("Zorblat met Ana Gil, Otto Berg and Ida Holm will come.", "Ana", "Ana Gil, Otto Berg and Ida Holm"),
        ("Zorblat asks in May for a red lamp.", "a", "a red lamp"),
        ("Zorblat thanks Dr. Orth of Oslo.", "Dr", "Dr. Orth of Oslo"),
        ("Zorblat sells houses built in stone.", "houses", "houses"),
        ("Zorblat is of use.", "of", ""),
    ],
)
def test_noun_phrases_and_lists(sentence: str, first: str, expected: str) -> None:
    assert phrase(sentence, first) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The Zorblat lamp was green.", "was", "The Zorblat lamp"),
        ("Of the lamps she saw, Lake Tarn was the deepest.", "was", "Lake Tarn"),
        ("Zorblat slept and the lamp was green.", "was", "Zorblat slept and the lamp"),  # an irregular verb is not seen
        ("Zorblat opened and the lamp was green.", "was", "the lamp"),
        ("In Oslo was Zorblat.", "was", ""),
        ("Zorblat knew that he was late.", "was", ""),
    ],
)
def test_subjects(sentence: str, verb: str, expected: str) -> None:
    found = phrases_of(sentence)
    at = next(at for at, token in enumerate(found.tokens) if token.text == verb)
    start = found.subject(at)
    assert (sentence[slice(*found.text(start, at))] if start < at else "") == expected


PIECES = "Zorblat lamp lamps , and or the of a is was that sold in red green 12 May Dr . ( ) “ which because".split()


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.integers(0, 30))
def test_phrases_stay_inside_the_sentence_and_their_limit(pieces: list[str], limit: int) -> None:
    found = phrases_of(" ".join(["Zorblat", *pieces]))
    for at in range(len(found.tokens)):
        end, count = found.coordinated(at, max(at, limit))
        assert at <= end <= max(at, min(limit, len(found.tokens)))
        assert (count > 0) == (end > at)
        assert found.noun_phrase(at) <= found.coordinated(at)[0]
        assert 0 <= found.subject(at) <= at
