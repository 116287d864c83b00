"""Values behind labels, roles behind dashes."""

from __future__ import annotations

import pytest

from tests.fakes_spans import told_words

HEAD = "Date: Monday, 3 May 2021\nPlace: Town hall, 2 Mill Lane\nPresent: 47 of 68 members; six more by proxy\nChair: Ms Ada Crane"


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Where was the meeting held on 3 May?", HEAD, "Town hall, 2 Mill Lane"),
        ("How many members were present?", HEAD, "47"),
        ("Who was the chair?", HEAD, "Ms Ada Crane"),
        ("Who was present?", HEAD, "47 of 68 members"),
        ("What is the fee?", "Fee: €25 per person.", "€25"),
        ("Who is the head nurse?", "Carla Benetti – head nurse", "Carla Benetti"),
        ("What is the role of Carla Benetti?", "Carla Benetti – head nurse", "head nurse"),
        ("What is the favourite dish of Carla Benetti?", "Carla Benetti – head nurse", ""),
        # no label, but a sentence behind a heading; a label that is not asked for
        ("Who founded Quindle?", "About Quindle: The firm was founded in Greece.", ""),
        ("Who founded Quindle?", "Quindle: The firm was founded in Greece.", ""),
        ("How many lamps glow?", HEAD.replace("members", "lamps"), ""),
    ],
)
def test_labelled(question: str, sentence: str, expected: str) -> None:
    assert told_words(question, sentence) == expected
