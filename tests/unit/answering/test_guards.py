"""Guards: for each one case it refuses and one that it lets pass."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from pmbot.answering import guards
from pmbot.answering.case import Refusal
from pmbot.answering.guards import first_refusal
from pmbot.answering.lexicon import RELATED, SYNONYM, Lexicon
from pmbot.corpus.store import Setting
from pmbot.models import Status
from tests.fakes_answering import World

GLOWS = "The Zorblat lamp glows green."
BUILT = "In 1987, Ana Gil built it near Oslo."
OPENED = "The Norwegian president opened the Quindle bridge in 1999."
TRAMS = "The Quindle bridge carries trams."
HIRED = "The trams are run by Ana Gil."
WORLD = World(
    {
        "a.txt": f"{GLOWS} | {BUILT} | It cost €3 million.",
        "b.txt": f"{TRAMS}\n\n{OPENED}\n\n{HIRED}",
        "c.txt": "# Quindle\n\nMany people come. | Sales rose last year.",
        "d.txt": "# Prices\n\nA Frobnik lamp costs €7.\n\nThe founder of Frobnik is Otto Berg.",
    },
    Lexicon([(("shine",), ("glow",), SYNONYM, "s")]),
)


def refusal(guard: str, question: str, sentence: str) -> Refusal | None:
    found: Refusal | None = getattr(guards, guard)(WORLD.case(question, sentence))
    return found


@pytest.mark.parametrize(
    ("guard", "question", "sentence", "expected"),
    [
        ("absent_name", "Who built the Vrumpel lamp?", GLOWS, Refusal("absent_name", ("Vrumpel",), Status.NOT_MENTIONED)),
        ("absent_name", "Who built the Zorblat lamp in 1812?", GLOWS, Refusal("absent_name", ("1812",), Status.NOT_MENTIONED)),
        ("relation_absent", "Who painted Zorblat?", GLOWS, Refusal("relation_absent", ("painted",), Status.NOT_MENTIONED)),
        ("relation_absent", "Who opened Zorblat?", GLOWS, Refusal("relation_apart", ("opened",))),
        ("focus_absent", "Which painters did Oslo see?", BUILT, Refusal("focus_absent", ("painters",), Status.NOT_MENTIONED)),
        ("focus_absent", "Which trams glow green?", GLOWS, Refusal("focus_absent", ("trams",))),
        ("focus_absent", "How many trams glow green?", GLOWS, Refusal("focus_absent", ("trams",))),
        ("name_apart", "Did Ana Gil open the Quindle bridge?", OPENED, Refusal("name_apart", ("Ana", "Gil"))),
        ("number_apart", "Who opened the Quindle bridge in 1987?", OPENED, Refusal("number_apart", ("1987",))),
        ("owner_elsewhere", "Who is the president of Chile?", OPENED, Refusal("owner_elsewhere", ("Chile", "president"))),
        ("owner_elsewhere", "Who is the Chilean president?", OPENED, Refusal("owner_elsewhere", ("Chilean", "president"))),
        ("owner_elsewhere", "Who is the founder of Quindle?", "The founder of", Refusal("owner_elsewhere", ("Quindle", "founder"))),
        ("type_absent", "When does the Zorblat lamp glow?", GLOWS, Refusal("type_absent", ())),
        ("type_absent", "How much did the Quindle bridge cost?", OPENED, Refusal("type_absent", ())),
        ("type_absent", "What is the name of the president?", GLOWS, Refusal("type_absent", ())),
        ("type_absent", "Why does the lamp glow?", GLOWS, Refusal("type_absent", ())),
        ("reversed_parts", "Who built Ana Gil?", BUILT, Refusal("reversed_parts", ("Ana", "Gil", "built"))),
        ("verb_absent", "When did Ana Gil sell it?", BUILT, Refusal("verb_absent", ("sell",), Status.NOT_MENTIONED)),
        ("figure_of_other", "How much did the trams cost?", "It cost", Refusal("figure_of_other", ("trams",))),
        (
            "thin_coverage",
            "Do trams wobble, squeak and rattle?",
            TRAMS,
            Refusal("thin_coverage", ("wobble", "squeak", "rattle"), Status.NOT_MENTIONED),
        ),
        ("thin_coverage", "Do trams wobble and squeak?", TRAMS, Refusal("thin_coverage", ("wobble", "squeak"), Status.NOT_MENTIONED)),
        ("thin_coverage", "Do trams glow green near people?", TRAMS, Refusal("thin_coverage", ("glow", "green", "near", "people"))),
        ("relative_date", "How much did sales rise this year?", "Sales rose", Refusal("relative_date", ("this year",))),
        ("relative_date", "Who opened the bridge YESTERDAY?", OPENED, Refusal("relative_date", ("YESTERDAY",))),
    ],
)
def test_what_is_refused(guard: str, question: str, sentence: str, expected: Refusal) -> None:
    assert refusal(guard, question, sentence) == expected


@pytest.mark.parametrize(
    ("guard", "question", "sentence"),
    [
        ("absent_name", "Who built the Zorblat lamp in 1987?", BUILT),
        ("absent_name", "Who painted the lamp?", GLOWS),  # no name
        ("relation_absent", "Who lit the lamp of Zorblat?", GLOWS),  # one of two stands here
        ("relation_absent", "Does Zorblat shine?", GLOWS),  # a synonym stands here
        ("relation_absent", "Zorblat turnover", GLOWS),  # keywords relate nothing
        ("relation_absent", "What happened in Oslo?", BUILT),
        ("relation_absent", "Who is Ana Gil?", BUILT),  # nothing but names
        ("focus_absent", "Which lamps glow?", GLOWS),
        ("focus_absent", "Which lamps did Ana Gil build?", BUILT),  # in the sentence before
        ("focus_absent", "Which engineers did Oslo see?", BUILT),  # a person answers
        ("focus_absent", "How many things glow green?", GLOWS),  # things are everything
        ("focus_absent", "Which technique glows green?", GLOWS),  # so broad that it is seldom said
        ("focus_absent", "Which company did Oslo see?", TRAMS),  # a name answers
        ("focus_absent", "Who painted it?", GLOWS),  # no focus
        ("verdict_unproven", "Does the lamp glow green or red?", GLOWS),  # one of the two is told
        ("name_apart", "Did Ana Gil build it?", BUILT),
        ("name_apart", "Who built the Zorblat?", BUILT),  # in the sentence before
        ("name_apart", "How many people come to Quindle?", "Many people"),  # in the heading
        ("number_apart", "Who opened the Quindle bridge in 1999?", OPENED),
        ("number_apart", "Who opened the Quindle bridge?", OPENED),
        ("owner_elsewhere", "Who is the president of Norway?", OPENED),
        ("owner_elsewhere", "Who is the Norwegian president?", OPENED),
        ("owner_elsewhere", "Who is the president?", OPENED),  # of anybody
        ("owner_elsewhere", "Who is the founder of Frobnik?", "The founder of"),
        ("owner_elsewhere", "Who is the owner of Chile?", OPENED),  # no owner stands here
        ("type_absent", "When did Ana Gil build it?", BUILT),
        ("type_absent", "How much did it cost?", "It cost"),
        ("type_absent", "Where does the lamp glow?", GLOWS),  # a place can be told in many words
        ("reversed_parts", "Who built the lamp for Oslo?", BUILT),
        ("reversed_parts", "When did Ana Gil build it?", BUILT),
        ("reversed_parts", "Who opened the Quindle bridge?", OPENED),
        ("verb_absent", "When did Ana Gil build it?", BUILT),
        ("verb_absent", "Who is Ana Gil?", BUILT),
        ("figure_of_other", "How much did it cost?", "It cost"),
        ("relation_absent", "What is Ana Gil by profession?", HIRED),
        ("focus_absent", "Which firm runs trams?", HIRED),  # "by" tells who
        ("figure_of_other", "Who painted the lamp?", GLOWS),  # no figure is asked for
        ("thin_coverage", "Do trams wobble?", TRAMS),  # half of two
        ("thin_coverage", "Do lamps wobble, squeak and glow green?", GLOWS),
        ("thin_coverage", "Do they wobble?", TRAMS),  # a single word
        ("thin_coverage", "Did the green lamp build?", BUILT),  # in the sentence before
        ("relative_date", "How much did sales rise last year?", "Sales rose"),  # the documents count the same way
        ("relative_date", "Who opened the bridge in 1999?", OPENED),
    ],
)
def test_what_passes(guard: str, question: str, sentence: str) -> None:
    assert refusal(guard, question, sentence) is None


@pytest.mark.parametrize(
    ("question", "sentence", "named"),
    [
        ("Who was the minister?", "Eight firms and the minister went to a fair in Quindle-Expo.", False),
        ("Who was the minister?", "Eight firms and the minister, Otto Berg, went to a fair.", True),
        ("Who praised the minister?", "Eight firms and the minister went to a fair.", True),  # no office is asked for
        ("Who was the painter?", "Eight firms and the painter went to a fair.", True),
    ],
)
def test_who_holds_an_office_must_be_named(question: str, sentence: str, named: bool) -> None:
    case = World({"a.txt": sentence}).case(question, sentence)
    assert guards.holder_unnamed(case) == (None if named else Refusal("type_absent", ()))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The Zorblat lamp glows, as nobody sleeps.", True),
        ("The Zorblat lamp glows, which is why nobody sleeps.", True),
        ("The Zorblat lamp glows out of concern for sailors.", True),
        ("The Zorblat lamp glows as green as grass.", False),
    ],
)
def test_a_reason_is_told_by_many_words(sentence: str, *, told: bool) -> None:
    case = World({"a.txt": sentence}).case("Why does the Zorblat lamp glow?", sentence)
    assert (guards.type_absent(case) is None) == told


def test_the_first_refusal_is_told() -> None:
    found = first_refusal(WORLD.case("When did Vrumpel paint the Zorblat?", GLOWS))
    assert found == Refusal("absent_name", ("Vrumpel",), Status.NOT_MENTIONED)


def test_an_answerable_question_passes_all_guards() -> None:
    assert first_refusal(WORLD.case("When did Ana Gil build it near Oslo?", BUILT)) is None


def test_guards_leave_a_topic_of_the_document_alone() -> None:
    topical = World({"a.txt": "The Zorblat hums. | The Zorblat glows.\n\nThe price is €3 million.\n\nSee Quindle and Zorblat."})
    assert guards.name_apart(topical.case("What is the price of Zorblat?", "The price")) is None
    assert guards.name_apart(topical.case("What is the price of Quindle?", "The price")) == Refusal("name_apart", ("Quindle",))


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("How many people were treated for sunburn?", "They treated 312 people, mainly for sunburn.", True),
        ("How many people were treated?", "They treated 312 people, mainly for sunburn.", False),
        ("How many people were treated for sunburn?", "They treated 312 people, mainly 200 for sunburn.", False),
        ("How many people were treated for sunburn?", "They treated 312 people for sunburn.", False),
        ("Why were people treated for sunburn?", "They treated 312 people, mainly for sunburn.", False),
    ],
)
def test_a_part_has_not_the_figure_of_the_whole(question: str, sentence: str, refused: bool) -> None:
    case = World({"a.txt": sentence}).case(question, sentence)
    assert guards.part_of_figure(case) == (Refusal("part_of_figure", ("sunburn",)) if refused else None)


@pytest.mark.parametrize(
    ("question", "document", "refused"),
    [
        ("Is there a fire in Oslo?", "There are houses in Oslo. | A fire closed a house in May.", True),
        ("Is there a fire in Oslo?", "There are houses in Oslo. | It saw a fire there.", False),
        ("Is there a fire in Oslo?", "There was a fire in Oslo.", False),
    ],
)
def test_yes_and_no_need_the_names_themselves(question: str, document: str, *, refused: bool) -> None:
    world = World({"a.txt": f"{document}\n\nChile is old. | See Chile. | Chile sleeps. | Chile sings."})
    case = world.case(question, document.rsplit(" | ", maxsplit=1)[-1])
    assert (guards.verdict_unproven(case) == Refusal("name_apart", ("Oslo",))) == refused


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("How many teachers does the school have?", "The school, which had 61 pupils before, now has 48.", True),
        ("How many pupils does the school have?", "The school, which had 61 pupils before, now has 48.", False),
        ("How many teachers does the school have?", "The school has 61 teachers and 48 pupils.", False),
    ],
)
def test_a_number_of_others_in_the_place_asked_about(question: str, sentence: str, *, refused: bool) -> None:
    case = World({"a.txt": sentence}, Lexicon([(("teacher",), ("school",), 0.5, "related")])).case(question, sentence)
    assert (guards.count_of_other(case) is not None) == refused


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("How much water should I drink?", "Guests take one lamp home, with water.", True),
        ("How much water should I drink?", "Guests drink one litre of water.", False),
        ("How much water should I drink?", "Guests drink water for €2.", False),
        ("How much should I drink?", "Guests drink one lamp.", False),
    ],
)
def test_a_number_of_another_thing_is_no_amount(question: str, sentence: str, *, refused: bool) -> None:
    case = World({"a.txt": sentence}).case(question, sentence)
    assert guards.count_of_other(case) == (Refusal("figure_of_other", ("water",)) if refused else None)


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("How much is the stock worth?", "The tenant insures her stock; the landlord insures the house for €2 million.", True),
        ("How much is the house worth?", "The tenant insures her stock; the landlord insures the house for €2 million.", False),
        ("How much is the stock worth?", "The tenant insures her stock; it is worth €2 million.", False),
        ("How much is the stock worth?", "The stock of the tenant is worth €2 million.", False),
        ("What is the stock worth to the tenant?", "The tenant insures her stock; the landlord slept.", False),
        ("How much do schools pay?", "Companies pay €6; schools get a stock for nothing.", True),
        ("How much do companies pay?", "Companies pay €6; schools get a stock for nothing.", False),
        ("When was the last audit?", "The next audit is in May 2025; the last one found nothing.", True),
        ("When is the next audit?", "The next audit is in May 2025; the last one found nothing.", False),
        ("When did Ana Gil buy the lamp?", "The lamp is green; Ana Gil bought it in 1990.", False),
    ],
)
def test_a_figure_behind_a_semicolon(question: str, sentence: str, *, refused: bool) -> None:
    case = World({"a.txt": sentence}).case(question, sentence)
    assert (guards.figure_in_other_part(case) is not None) == refused


@pytest.mark.parametrize(
    ("before", "refused"),
    [("Children pay €4.", True), ("Children may visit it.", True), ("Otto Berg may visit it.", False)],
)
def test_a_count_is_of_what_the_sentence_counts(before: str, *, refused: bool) -> None:
    sentence = "The house has 312 visitors a year."
    case = World({"a.txt": f"{before} | It is old. | {sentence}"}).case("How many children visit the house a year?", sentence)
    assert guards.count_of_other(case) == (Refusal("count_of_other", ("children",)) if refused else None)


@pytest.mark.parametrize(
    ("question", "sentence", "refused"),
    [
        ("At what temperature is the lamp?", "The lamp is at 8 degrees.", False),
        ("At what temperature is the lamp?", "The lamp is €8.", True),
        ("What is the maximum number of lamps?", "The number of lamps is up to four.", False),
        ("What is the maximum number of lamps?", "The number of lamps is about four.", True),
    ],
)
def test_a_unit_or_a_hedge_says_what_a_figure_is(question: str, sentence: str, *, refused: bool) -> None:
    case = World({"a.txt": sentence}).case(question, sentence)
    assert (guards.figure_of_other(case) is not None) == refused


def test_some_of_these_count_what_stands_before() -> None:
    sentence = "Oslo recalled 3,200 of these, and owners were given at once a green lamp free of charge."
    case = World({"a.txt": sentence}).case("How many lamps did Oslo recall?", sentence)
    assert guards.type_absent(case) is None


def test_decibels_say_that_it_is_loud() -> None:
    sentence = "The noise is 56 decibels in Oslo."
    assert guards.relation_absent(World({"a.txt": sentence}).case("How loud is the robot in Oslo?", sentence)) is None


@pytest.mark.parametrize(("question", "is_refused"), [("What is the family ticket?", True), ("What is the family pass?", False)])
def test_a_row_is_named_by_its_own_words(question: str, is_refused: bool) -> None:
    lexicon = Lexicon([(("ticket",), ("pass",), RELATED, "s"), (("famili",), ("cargo",), RELATED, "s")])
    case = World({"a.txt": "The cargo pass costs €96."}, lexicon).case(question, "The cargo pass")
    assert guards.row_unnamed(case) is None  # a sentence, and no row
    row = copy.copy(case.candidate.view)
    row.setting = Setting(is_heading=False, heading_path=(), row=2)
    assert (guards.row_unnamed(replace(case, candidate=replace(case.candidate, view=row))) is not None) is is_refused
