"""Gaps as a page and as a record."""

from __future__ import annotations

import json

from syrupy.assertion import SnapshotAssertion

from pmbot.interfaces.gaps import GapsRecord, gaps_page
from pmbot.models import Status
from pmbot.questionset.gaps import Gap, find_gaps
from pmbot.rendering import plain
from pmbot.storage.used import DownVoted, Used
from tests.fakes_api import FakeKnowledge

KNOWLEDGE = FakeKnowledge()


def used(question: str, number: int, status: Status = Status.NOT_MENTIONED, reply: str = "Never mentioned.") -> Used:
    return Used(
        id=number,
        at=1_700_000_000.0 + number,
        channel="repl",
        user=None,
        question=question,
        reading=question,
        status=status,
        reason=None,
        missing_terms=("France\x1b[2J",) if status is Status.NOT_MENTIONED else (),
        answer_id=str(number),
        signature="sig",
        reply=reply,
    )


def found() -> tuple[Gap, ...]:
    asked = [used("Who is the president of France?", 1), used("who is the president of france", 2), used("How is the weather?\x1b[2J", 3)]
    voted = [DownVoted(used=used("sale?", 5, Status.ANSWERED, "worth\nnothing."), good=1, bad=2, wrong_source=1)]
    changed = [DownVoted(used=used("trade?", 6, Status.ANSWERED, "€12."), good=0, bad=1, wrong_source=0)]
    return find_gaps([*asked, used("How much trade?", 4)], [*voted, *changed], KNOWLEDGE.trace)


def test_the_page(snapshot: SnapshotAssertion) -> None:
    shown = plain.render(gaps_page(found(), limit=20), 80)
    assert shown == snapshot
    assert "\x1b" not in shown


def test_what_is_closed_is_shown_on_demand(snapshot: SnapshotAssertion) -> None:
    assert plain.render(gaps_page(found(), limit=20, closed=True), 80) == snapshot


def test_the_limit_is_told() -> None:
    assert "… and 1 more; --limit shows them" in plain.render(gaps_page(found(), limit=1))


def test_without_gaps() -> None:
    assert plain.render(gaps_page((), limit=20)).startswith("No gaps")


def test_the_record() -> None:
    text = GapsRecord.of(found(), 6, 2).json_text()
    record = json.loads(text)
    assert "\x1b" not in text
    assert (record["schema"], record["recorded"], record["users"]) == ("pmbot.gaps/1", 6, 2)
    assert [gap["still"] for gap in record["gaps"]].count(False) == 2
    assert record["gaps"][0]["last"] == "2023-11-14T22:13:25Z"
    assert record["missing_terms"][0]["times"] == 3
