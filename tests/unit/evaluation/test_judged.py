from __future__ import annotations

from dataclasses import replace

from pmbot.evaluation.judged import judge, judge_report, trec_id, truth_of
from pmbot.models import Span
from tests.fakes_report import FIRST, SECOND, THIRD, make_answer, make_document, make_judged, make_report, make_truth, ranked

DOCUMENT = make_document(FIRST, SECOND, THIRD)


def test_a_right_answer() -> None:
    truth = make_truth(DOCUMENT, "q", "€130 million", accepted=["130 million"])
    found = judge(truth, make_answer(DOCUMENT, FIRST, short="€130 million"), ranked(DOCUMENT, SECOND, FIRST))
    assert found.right
    assert (found.gains, found.missed, found.relevant) == ((False, True), (), 1)
    assert (found.cited, found.cited_relevant, found.found, found.wanted) == (1, 1, 1, 1)
    assert found.exact == 0.0  # the currency sign is part of the answer
    assert found.f1 == 0.5


def test_a_wrong_sentence_is_a_wrong_answer_though_its_words_fit() -> None:
    truth = make_truth(DOCUMENT, "q", FIRST, accepted=["1998"])
    found = judge(truth, make_answer(DOCUMENT, SECOND, short="1998"), ranked(DOCUMENT, SECOND))
    assert found.exact == 1.0
    assert not found.right
    assert found.missed == (trec_id("d.txt", DOCUMENT.blocks[0].span),)


def test_two_passages_are_two_gains_and_a_repeat_is_none() -> None:
    twice = make_document(FIRST, SECOND, FIRST + " Again.")
    truth = make_truth(twice, "q", FIRST, SECOND)
    again = Span(start=twice.blocks[2].span.start, end=twice.blocks[2].span.end - 7)
    first = truth.passages[0].model_copy(update={"spans": (*truth.passages[0].spans, again)})
    truth = replace(truth, passages=(first, truth.passages[1]))
    found = judge(truth, make_answer(twice, FIRST), ranked(twice, FIRST, FIRST + " Again.", SECOND))
    assert found.gains == (True, False, True)
    assert (found.relevant, found.found, found.wanted) == (2, 1, 2)


def test_without_passages_the_words_of_the_answer_tell() -> None:
    truth = make_truth(DOCUMENT, "q", accepted=["130 million", "in 1998"])
    found = judge(truth, make_answer(DOCUMENT, SECOND, short="in 1998"), ranked(DOCUMENT, THIRD, SECOND, FIRST))
    assert found.gains == (False, True, False)
    assert found.right
    lost = judge(truth, make_answer(DOCUMENT), ranked(DOCUMENT, THIRD))
    assert (lost.gains, lost.relevant) == ((False,), 1)


def test_yes_and_no_rank_nothing() -> None:
    found = judge(make_truth(DOCUMENT, "q", accepted=["yes"]), make_answer(DOCUMENT, FIRST), ranked(DOCUMENT, FIRST))
    assert found.relevant == 0


def test_an_answer_to_what_has_none_is_wrong() -> None:
    found = judge(make_truth(DOCUMENT, "q", answerable=False), make_answer(DOCUMENT, FIRST), ranked(DOCUMENT, FIRST))
    assert not found.right
    assert not found.would_be_right
    assert (found.exact, found.cited, found.cited_relevant) == (None, 1, 0)


def test_what_confidence_refused_yields_and_what_a_guard_refused_does_not() -> None:
    assert make_judged("q", 0.2, reason="unsure").yields
    assert make_judged("q", 0.2, reason="unsure").would_be_right
    assert not make_judged("q", 0.2, reason="unsure").right
    assert not make_judged("q", 0.3, reason="type_absent").yields


def test_every_turn_that_is_labelled_is_judged() -> None:
    report, _ = make_report()
    judged = judge_report(report)
    assert [one.truth.id for one in judged] == ["right-0", "wrong-0", "silent-0", "missed-0", "talk-0/1", "talk-0/2"]
    assert [one.right for one in judged] == [True, False, False, False, True, False]
    assert [one.truth.group for one in judged][-2:] == ["talk-0", "talk-0"]


def test_a_case_that_is_wrong_itself_or_says_nothing_is_left_out() -> None:
    report, _ = make_report()
    case = report.cases[0]
    turn = case.turns[0].model_copy(update={"wanted": type(case.turns[0].wanted)(contains=("x",))})
    assert truth_of(case, turn, 1) is None
    broken = report.model_copy(update={"cases": (case.model_copy(update={"error": "no such passage"}),)})
    assert judge_report(broken) == ()


def test_ids_have_no_blanks() -> None:
    assert trec_id("a b\t.txt", Span(start=1, end=2)) == "a_b_.txt:1-2"
