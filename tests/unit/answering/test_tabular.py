"""Rows that answer stand first; prose that says as much keeps its place."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmbot.answering.confidence import ConfidenceModel
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import SURE_CELL, SURE_ROW, Models, Policy
from pmbot.models import Decision, Status
from tests.fakes_tables import LAMPS, TableWorld

WORLD = TableWorld(md_lamps=LAMPS)


def test_the_row_stands_first_with_what_it_says_and_lacks() -> None:
    ranking = WORLD.read("What is the price of the Brimm?")
    best = ranking.evidence[0]
    assert best.sentence.text == "Brimm | 2.5 kg | €40"
    assert [feature.name for feature in best.features] == ["table_cell"]
    assert (best.matched_terms, best.missing_terms) == (("price", "Brimm"), ())
    assert len({evidence.sentence.index for evidence in ranking.evidence}) == len(ranking.evidence) == len(ranking.candidates)


def test_a_sentence_that_says_all_is_not_passed_over() -> None:
    world = TableWorld(md_lamps=LAMPS + "\nThe price of the Brimm was €35 in Oslo.\n")
    assert world.read("What is the price of the Brimm in Oslo?").evidence[0].sentence.text.startswith("The price")
    assert world.read("What is the price of the Brimm?").cells is None


def test_prose_comes_before_a_row_that_says_no_more() -> None:
    world = TableWorld(md_lamps=LAMPS + "\nTo mend a Tarn lantern, take off the glass and look for cracks in it.\n")
    ranking = world.read("How do I mend a Tarn lantern?")
    assert ranking.cells is None
    assert ranking.evidence[0].sentence.text.startswith("To mend")


def test_without_tables_nothing_changes() -> None:
    world = TableWorld(txt_a="The Zorblat lamp glows.\n\nIt hums.")
    assert world.ranking("Zorblat lamp").rows == ()
    assert world.read("Zorblat lamp").evidence == world.ranking("Zorblat lamp").evidence


def decided(question: str, **params: float) -> Decision:
    policy = Policy(AnsweringParams.model_validate(params), Models({}, ConfidenceModel({})))
    ranking = WORLD.read(question)
    case = WORLD.case(question, "Brimm")
    return policy.decide(ranking, [dataclasses.replace(case, candidate=candidate) for candidate in ranking.candidates])


def test_a_cell_is_the_short_answer() -> None:
    decision = decided("What is the price of the Brimm?")
    assert decision.status is Status.ANSWERED
    assert decision.confidence == SURE_CELL
    assert [WORLD.corpus.document(doc_id).excerpt(span) for doc_id, span in decision.highlights] == ["€40"]
    assert decided("brimm").confidence == SURE_ROW


def test_a_column_that_is_missing_refuses() -> None:
    decision = decided("Who is the Brimm?")
    assert (decision.status, decision.reason) == (Status.NOT_ENOUGH, "type_absent")
    assert decision.evidence[0].sentence.text.startswith("Brimm")


def test_who_wants_to_be_surer_than_a_cell_is_gets_the_ordinary_decision() -> None:
    assert decided("What is the price of the Brimm?", threshold=0.99).status is not Status.ANSWERED


@pytest.mark.parametrize(
    "files",
    [
        {"html_a": "<table><tr><th>Lamp</th><th>Fee</th></tr><tr><td>Brimm</td><td>€4</td></tr><tr><td>Dovle</td><td>€5</td></tr></table>"},
        {"csv_a": "Lamp;Fee\nBrimm;€4\nDovle;€5\n"},
        {"tsv_a": "Lamp\tFee\nBrimm\t€4\nDovle\t€5\n"},
    ],
)
def test_tables_of_other_formats(files: dict[str, str]) -> None:
    world = TableWorld(**files)
    assert world.cells("fee for the Dovle") == ["€5"]
    assert world.cells("Which lamp has the lowest fee?") == ["Brimm"]


CELL = st.sampled_from(["", "Brimm", "€4", "€5", "fee", "closed", "Monday to Friday", "7 days", "a: b", "x; y", "longest", "no"])


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=2, max_size=5), st.lists(CELL, min_size=1, max_size=5), st.booleans())
@settings(max_examples=60)
def test_whatever_stands_in_a_table_the_cells_are_its_words(rows: list[list[str]], words: list[str], bars: bool) -> None:
    lines = ["| Dovle | " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---" * (len(rows[0]) + 1) + "|")
    text = "\n".join(lines) if bars else "\n".join(["Lamp,Fee,Day,Note,More", *(",".join(["Dovle", *row]) for row in rows)])
    world = TableWorld(**{"md_a" if bars else "csv_a": f"{text}\n"})
    for question in (f"Which {' '.join(words)} is the highest?", f"What is the fee of {' '.join(words)}?", " ".join(words)):
        found = world.read(question).cells
        for view, cell in zip(found.rows, found.cells, strict=False) if found is not None else ():
            assert cell is None or (cell.text and view.sentence.text[cell.start : cell.end] == cell.text)
