"""The composition of the steps, on documents of invented things."""

from __future__ import annotations

import pytest

from pmbot import KnowledgeBase
from pmbot.models import Status

TEXT = """The Zorblat lamp was built in 1987 by Ana Gil. It costs €240 in the shop of Brimhaven.

Three firms, including Ostrel, Pavan, and Quill, sell the Zorblat lamp. The president of Brimhaven opened the shop in 1990.
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    path = tmp_path_factory.mktemp("knowledge") / "lamps.txt"
    path.write_text(TEXT, encoding="utf-8")
    return KnowledgeBase.load(path)


def test_a_question_is_answered_with_its_sentence(base: KnowledgeBase) -> None:
    answer = base.ask("When was the Zorblat lamp built?")
    assert answer.short_answer == "1987"
    assert answer.citations[0].quote == "The Zorblat lamp was built in 1987 by Ana Gil."


def test_an_unknown_name_is_named(base: KnowledgeBase) -> None:
    answer = base.ask("Who built the lamp of Xanadu?")
    assert (answer.status, answer.missing_terms) == (Status.NOT_MENTIONED, ("Xanadu",))


def test_the_role_of_somebody_else_is_refused(base: KnowledgeBase) -> None:
    assert not base.ask("Who is the president of Ostrel?").answered


def test_two_questions_are_answered_in_turn(base: KnowledgeBase) -> None:
    answer = base.ask("When was the Zorblat lamp built, and which firms sell the Zorblat lamp?")
    assert "1987 [1]" in answer.text
    assert "Ostrel, Pavan, and Quill [2]" in answer.text
    assert [c.marker for c in answer.citations] == [1, 2]


def test_too_many_questions_are_announced(base: KnowledgeBase) -> None:
    answer = base.ask("When was the Zorblat lamp built? " * 6)
    assert any("first 4 questions" in note for note in answer.notes)


def test_terminal_sequences_are_no_words(base: KnowledgeBase) -> None:
    plain, coloured = base.ask("When was the Zorblat lamp built?"), base.ask("\x1b[31mWhen was the Zorblat lamp built?\x1b[0m")
    assert plain.text == coloured.text


def test_a_long_question_is_cut_and_says_so(base: KnowledgeBase) -> None:
    assert any("4096" in note for note in base.ask("lamp " * 10_000).notes)


def test_the_signature_names_the_answer_settings(base: KnowledgeBase) -> None:
    assert "|answer:0.45,0.5," in base.signature


def test_a_typo_is_read_and_announced(base: KnowledgeBase) -> None:
    answer = base.ask("When was the Zorblat lamp biult?")
    assert answer.answered
    assert any("“biult” as “built”" in note for note in answer.notes)


def test_a_follow_up_is_made_to_stand_alone(base: KnowledgeBase) -> None:
    answer = base.ask("How much does it cost?", history=("When was the Zorblat lamp built?",))
    assert any("Zorblat lamp" in note for note in answer.notes)


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    folder = tmp_path_factory.mktemp("disagreeing")
    (folder / "one.txt").write_text(
        "Lamp exports of Brimhaven were €240 million in 2023. The hall seats about 5,000 visitors.\n\n"
        "The town lies on the coast. Its mayor is Ana Gil. Fishermen sell their catch on the quay. The old mill was pulled down in 1987. "
        "A new school opens next year. Ferries leave twice a day. The library keeps maps of the bay. Guests stay at two inns.",
        encoding="utf-8",
    )
    (folder / "two.txt").write_text(
        "In 2023 the lamp exports of Brimhaven reached €245 million. The hall seats 5,200 visitors.", encoding="utf-8"
    )
    return KnowledgeBase.load(folder)


def test_documents_that_disagree_are_both_shown(disagreeing: KnowledgeBase) -> None:
    answer = disagreeing.ask("How much were the lamp exports of Brimhaven in 2023?")
    assert answer.status is Status.ANSWERED
    assert {h.quote for h in answer.highlights} == {"€240 million", "€245 million"}
    assert {c.doc_id for c in answer.citations} == {"one.txt", "two.txt"}
    assert answer.text.startswith("The documents do not agree: €24")


def test_a_rounded_figure_does_not_disagree(disagreeing: KnowledgeBase) -> None:
    assert len(disagreeing.ask("How many visitors does the hall seat?").highlights) == 1


def test_a_comparison_compares_one_figure_of_each(disagreeing: KnowledgeBase) -> None:
    answer = disagreeing.ask("Which was larger in 2023: the lamp exports of Brimhaven, or the visitors of the hall?")
    assert len(answer.highlights) in {0, 2}
