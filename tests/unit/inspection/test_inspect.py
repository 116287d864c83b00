"""A whole inspection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmbot.corpus.encoding import decode
from pmbot.errors import UnreadableDocument
from pmbot.inspection.findings import Rule
from pmbot.inspection.inspect import Limits, inspect
from pmbot.rendering import plain
from pmbot.rendering.findings import LintRecord, findings_page
from pmbot.text.analyzer import Analyzer
from tests.unit.inspection.conftest import Skipped

MEETING = "The committee met in Riga on Monday to close the harbour for two weeks."


def found(corpus: Any, analyzer: Analyzer) -> list[tuple[Rule, list[str]]]:
    return [(f.rule, [place.name for place in f.places]) for f in inspect(corpus, analyzer).findings]


def test_nothing_is_wrong(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    report = inspect(corpus(a=MEETING, b="Something else was said there by others."), analyzer)
    assert report.findings == ()
    assert (report.documents, report.sentences) == (2, 2)
    assert plain.render(findings_page(report.findings, "2 documents")) == "2 documents: nothing found\n"


def test_repeats_are_named_with_their_lines(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    made = corpus(a=f"Opening words stand here first.\n{MEETING}", b=MEETING, c=MEETING.replace("harbour", "old harbour"))
    assert found(made, analyzer) == [(Rule.DUPLICATE_SENTENCE, ["a.txt:2", "b.txt:1"]), (Rule.SIMILAR_SENTENCE, ["a.txt:2", "c.txt:1"])]


def test_copies_of_a_document_are_reported_once(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    text = f"{MEETING}\nIt was said.that all was well."
    assert found(corpus(a=text, b=text.upper()), analyzer) == [(Rule.DUPLICATE_DOCUMENT, ["a.txt", "b.txt"])]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("He came approx. |two days later to the house.", ["a.txt:1", "a.txt:1"]),
        ("It was good.Then it closed.", ["a.txt:1"]),
        ("Dr. |Smith came.", ["a.txt:1", "a.txt:1"]),
        ("It was (as they say. |In the book) so.", ["a.txt:1", "a.txt:1"]),
    ],
)
def test_suspicious_splits(corpus: Callable[..., Any], analyzer: Analyzer, text: str, places: list[str]) -> None:
    assert found(corpus(a=text), analyzer) == [(Rule.SUSPICIOUS_SPLIT, places)]


@pytest.mark.parametrize(
    "text", ["See example.com or e.g. Node.js for it.", "It ended. |config.yaml is read next.", "(It is so. |So it is.)"]
)
def test_splits_that_are_right(corpus: Callable[..., Any], analyzer: Analyzer, text: str) -> None:
    assert found(corpus(a=text), analyzer) == []


def test_long_sentences(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    made = corpus(a=" ".join(f"word{n}" for n in range(61)) + ".")
    assert found(made, analyzer) == [(Rule.LONG_SENTENCE, ["a.txt:1"])]
    assert inspect(made, analyzer, Limits(most_words=61)).findings == ()


def test_wrong_decoding(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    broken = "Rinkēvičs said “naïve”".encode().decode("cp1252", "replace")
    made = corpus(a="Fine words: Rīga, naïve, Müller, Ångström, “quotes” – Жук 서울.", b=f"First.\n{broken}\nCaf\ufffd", c="nope Ã© there")
    assert found(made, analyzer) == [
        (Rule.UNDECODABLE, ["b.txt:2", "b.txt:3"]),
        (Rule.UNDECODABLE, ["b.txt:2"]),
        (Rule.UNDECODABLE, ["c.txt:1"]),
    ]


def test_files_that_were_left_out(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    reasons = []
    for data in (b"caf\xe9", b"\xff\xfe\x00\xd8", b"a\x00b"):
        with pytest.raises(UnreadableDocument) as raised:
            decode(data)
        reasons.append(str(raised.value))
    skipped = [
        Skipped(f"{n}.txt", reason) for n, reason in enumerate([*reasons, "there is no text in it", ".xyz files are not supported; …"])
    ]
    assert [rule for rule, _ in found(corpus(skipped=tuple(skipped), a=MEETING), analyzer)] == [
        Rule.UNREADABLE,
        Rule.UNSUPPORTED,
        Rule.UNDECODABLE,
        Rule.UNDECODABLE,
        Rule.EMPTY,
    ]


def test_both_figures_are_shown_with_their_lines(corpus: Callable[..., Any], analyzer: Analyzer) -> None:
    report = inspect(corpus(a="Trade was €130 million in 2023.", b="First.\nIn 2023 trade reached €140 million\x1b."), analyzer)
    assert plain.render(findings_page(report.findings, "2 documents")) == (
        "a.txt:1: conflicting-figures: two figures of 2023 for what looks like the same thing; which one is right?\n"
        "  “Trade was €130 million in 2023.”\n"
        "  b.txt:2\n"
        "  “In 2023 trade reached €140 million␛.”\n\n"
        "2 documents: 1 finding\n"
    )
    record = LintRecord.of(report.findings, 2, 3)
    assert [(place.doc_id, place.line) for place in record.findings[0].places] == [("a.txt", 1), ("b.txt", 2)]
    assert record.json_text().startswith('{"schema": "pmbot.lint/1"')
