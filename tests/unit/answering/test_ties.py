"""How the words of a question hang together: owners, parts, verbs, names of several words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.answering import ties
from pmbot.answering.case import Refusal
from pmbot.models import Status
from tests.fakes_answering import World

# Names are what the documents write with a capital inside a sentence, so each stands so here.
NAMES = "See Ana Gil and Otto Berg of Quindle and Frobnik in Norway, in Chile, and see Oslo."


def refusal(guard: str, question: str, sentence: str) -> Refusal | None:
    case = World({"a.txt": f"{sentence}\n\n{NAMES}"}).case(question, sentence)
    found: Refusal | None = getattr(ties, guard)(case)
    return found


@pytest.mark.parametrize(
    ("guard", "question", "sentence", "words"),
    [
        ("role_elsewhere", "Who is the president of Chile?", "The president of Norway slept.", ("Chile", "president")),
        ("role_elsewhere", "Who is the Chilean president?", "The Norwegian president slept.", ("Chilean", "president")),
        ("role_elsewhere", "Who is the founder of Frobnik?", "They met the founder of Quindle.", ("Frobnik", "founder")),
        ("role_elsewhere", "Who is the head of sales at Frobnik?", "The head of sales at Quindle slept.", ("Frobnik", "head")),
        ("other_label", "When was the roof of Block A built?", "The roof of Block B was built in 1987.", ("Block A",)),
        ("other_label", "What is in Section 3?", "Section 12 is on lamps.", ("Section 3",)),
        ("owner_elsewhere", "How many Chilean firms came?", "There came eight Norwegian firms.", ("Chilean", "firms")),
        ("owner_elsewhere", "How big is the bridge of Frobnik?", "The bridge of Quindle is big.", ("Frobnik", "bridge")),
        ("reversed_parts", "Who trained Ana Gil?", "In time Ana Gil trained Otto Berg.", ("Ana", "Gil", "trained")),
        ("reversed_parts", "When did Ana Gil train Otto Berg?", "Otto Berg trained Ana Gil.", ("Ana", "Gil", "train")),
        ("reversed_parts", "When was Ana Gil trained?", "Ana Gil trained Otto Berg.", ("Ana", "Gil", "trained")),
        ("reversed_parts", "Who trained Quindle?", "Otto Berg was trained by Quindle.", ("Quindle", "trained")),
        ("reversed_parts", "Who trained Ana Gil?", "They were trained by the safety officer Ana Gil.", ("Ana", "Gil", "trained")),
        ("premise_unproven", "Why did Ana Gil see Quindle?", "Ana Gil slept in Quindle to rest.", None),
        ("verb_absent", "When did Ana Gil see Quindle?", "Ana Gil slept in Quindle in 1987.", None),  # stands elsewhere
    ],
)
def test_what_is_refused(guard: str, question: str, sentence: str, words: tuple[str, ...] | None) -> None:
    assert refusal(guard, question, sentence) == Refusal(guard, words or ("see",))


@pytest.mark.parametrize("role", ["president", "rector", "zorblatter"])
def test_a_role_that_stands_nowhere_near(role: str) -> None:
    refused = refusal("role_absent", f"Who is the {role} of Frobnik?", "Frobnik sells lamps.")
    assert refused == Refusal("role_absent", (role,), Status.NOT_MENTIONED)


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Who is the police chief?", "Fire chief Ana Gil slept.", ("police", "chief")),
        ("Who is the police chief?", "The police chief slept.", None),
        ("Who is the police chief?", "The chief of police slept.", None),
        ("Who is the police chief?", "The new chief slept.", None),  # of what is not said
        ("Which fire lamp glows?", "The police lamp glows.", None),  # no role
        ("Who is the mayor of Oslo?", "Deputy mayor Ana Gil slept in Oslo.", ("mayor",)),
        ("Who is the deputy mayor of Oslo?", "Deputy mayor Ana Gil slept in Oslo.", None),
        ("Who is the mayor of Oslo?", "Mayor Ana Gil and deputy mayor Otto Berg slept in Oslo.", None),
    ],
)
def test_a_role_of_another_kind(question: str, sentence: str, words: tuple[str, ...] | None) -> None:
    assert refusal("role_of_other_kind", question, sentence) == (Refusal("role_of_other_kind", words) if words else None)


@pytest.mark.parametrize(
    ("question", "before", "refused"),
    [
        ("Who is the owner of Quindle?", "Frobnik sells lamps.", True),
        ("Who is the owner of Frobnik?", "Frobnik sells lamps.", False),
    ],
)
def test_a_pronoun_stands_for_the_name_before_it(question: str, before: str, refused: bool) -> None:
    sentence = "Its owner is Ana Gil."
    case = World({"a.txt": f"{before} | {sentence}\n\n{NAMES}"}).case(question, sentence)
    assert (ties.pronoun_of_other(case) is not None) == refused


def test_a_pronoun_acts_as_its_name_does() -> None:
    sentence = "They were replaced by Otto Berg."
    case = World({"a.txt": f"The Zorblats fell ill. | {sentence}\n\n{NAMES}"}).case("Whom did the Zorblats replace?", sentence)
    assert ties.reversed_parts(case) == Refusal("reversed_parts", ("Zorblats", "replace"))


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("She saw that trams stopped in winter.", True),
        ("She stopped in winter.", False),
        ("The painter stopped in winter.", False),  # may be the one spoken of
        ("Ana Gil saw that trams stopped in winter.", False),
    ],
)
def test_a_verb_whose_subject_is_another(sentence: str, others: bool) -> None:
    case = World({"a.txt": f"Ana Gil slept. | {sentence}\n\n{NAMES}"}).case("When did Ana Gil stop?", sentence)
    assert ties.subject_of_other(case) == (Refusal("relation_apart", ("stop",)) if others else None)


def test_a_verb_that_stands_in_the_passage_is_not_nowhere() -> None:
    sentence = "Ana Gil slept in Quindle."
    for after, refused in (("They painted it.", False), ("They left.", True)):
        case = World({"a.txt": f"{sentence} | {after}\n\n{NAMES}"}).case("When did Ana Gil paint Quindle?", sentence)
        assert (ties.verb_nowhere(case) is not None) == refused


def test_a_verb_that_occurs_nowhere_is_not_mentioned() -> None:
    found = refusal("verb_absent", "When did Ana Gil paint Quindle?", "Ana Gil slept in Quindle.")
    assert found == Refusal("verb_absent", ("paint",), Status.NOT_MENTIONED)


@pytest.mark.parametrize(
    ("guard", "question", "sentence"),
    [
        ("role_elsewhere", "Who is the president of Norway?", "The Norwegian president slept."),
        ("role_elsewhere", "Who is the president?", "The president of Norway slept."),
        ("role_elsewhere", "Who is the president of Chile?", "The president slept."),  # of whom is not said
        ("role_elsewhere", "Who is the president of Chile?", "The Quindle president slept."),  # a firm does not exclude a place
        ("role_elsewhere", "How big is the bridge of Chile?", "The bridge of Norway is big."),  # no role
        ("owner_elsewhere", "How many Norwegian firms came?", "There came eight Norwegian firms."),
        ("owner_elsewhere", "How many Chilean firms came?", "There came eight firms from Norway."),
        ("owner_elsewhere", "How many Chilean firms came?", "Norwegian firms and Chilean firms came."),  # one of two will do
        ("role_absent", "Who is the head of Frobnik?", "The head of Frobnik slept."),
        ("role_absent", "Who is the rector of Frobnik?", "The rector of Frobnik slept."),
        ("other_label", "When was the roof of Block B built?", "Block A and Block B were built in 1987."),
        ("other_label", "What happened on May 3?", "It rained on May 4."),
        ("premise_unproven", "Why did Ana Gil visit Oslo?", "Ana Gil visited Oslo because it rained."),
        ("premise_unproven", "When did Ana Gil see Quindle?", "Ana Gil slept in Quindle in 1987."),  # not why
        ("owner_elsewhere", "Why did Quindle delay painting the bridge?", "In Frobnik painting the bridge was delayed by Quindle."),
        ("owner_elsewhere", "How long did firms of Quindle sleep?", "It was found in Quindle in Norway, whereupon firms slept."),
        ("reversed_parts", "Who was elected Frobnik?", "Ana Gil was elected Frobnik."),
        ("owner_elsewhere", "When was Ana Gil born?", "Ana Gil was born in Quindle in 1950."),
        ("reversed_parts", "Who made the Frobnik?", "The Frobnik is a new and very bright lamp made by Quindle."),
        ("reversed_parts", "How did Ana Gil train Otto Berg?", "The school was closed, and Ana Gil trained Otto Berg."),
        ("reversed_parts", "Who trained Ana Gil?", "Ana Gil was trained by Otto Berg."),
        ("reversed_parts", "Who trained Ana Gil?", "Otto Berg trained Ana Gil."),
        ("reversed_parts", "When did Ana Gil train Otto Berg?", "In 1987 Ana Gil trained Otto Berg."),
        ("reversed_parts", "Who trained Ana Gil?", "Otto Berg saw Ana Gil."),  # the verb is not here
        ("reversed_parts", "Where is Ana Gil?", "Ana Gil trained Otto Berg."),  # no verb
        ("reversed_parts", "Who was trained in Norway?", "Norway trained them."),  # behind a preposition it has no part
        ("reversed_parts", "Who trained the Quindle team?", "In Quindle the Quindle team trained Otto Berg."),  # a name that describes
        ("owner_elsewhere", "Whose reign over Chile ended in 1987?", "The reign of Otto Berg in Norway ended in 1987."),
        ("verb_absent", "When did Ana Gil train Otto Berg?", "Ana Gil trained Otto Berg."),
        ("verb_absent", "When did Ana Gil use Quindle?", "Ana Gil slept in Quindle."),  # scaffolding
        ("verb_absent", "Who is Ana Gil?", "Ana Gil slept."),
    ],
)
def test_what_passes(guard: str, question: str, sentence: str) -> None:
    assert refusal(guard, question, sentence) is None


def test_a_name_of_two_words_behind_by_acts() -> None:
    sentence = "Otto Berg was trained by Ana Gil."
    assert refusal("reversed_parts", "Who was trained by Ana Gil?", sentence) is None
    assert refusal("reversed_parts", "Who trained Ana Gil?", sentence) is not None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Did Ana Gil meet Otto Berg?", [("Ana", "Gil"), ("Otto", "Berg")]),
        ("Did Ana, Otto and Berg meet?", [("Ana",), ("Otto",), ("Berg",)]),
        ("Is Quindle in Norway?", [("Quindle",), ("Norway",)]),
        ("Does the lamp glow?", []),
        ("Did Ana Gil meet Ana Berg?", [("Ana", "Gil"), ("Berg",)]),  # a word counts once
    ],
)
def test_names_of_several_words(question: str, expected: list[tuple[str, ...]]) -> None:
    query = World({"a.txt": NAMES}).query(question)
    assert [tuple(query.terms[place].text for place in phrase) for phrase in ties.name_phrases(query)] == expected


WORLD = World({"a.txt": NAMES})


@given(st.lists(st.sampled_from("Ana Gil , Otto the of met president in 1987 lamps who did was".split()), max_size=12))
def test_each_name_is_in_one_phrase_and_no_guard_fails(words: list[str]) -> None:
    question = " ".join(["Ana", *words])
    query = WORLD.query(question)
    places = [place for phrase in ties.name_phrases(query) for place in phrase]
    assert sorted(places) == [place for place, term in enumerate(query.terms) if term.is_name]
    case = WORLD.case(question, "See Ana")
    for guard in (ties.role_elsewhere, ties.owner_elsewhere, ties.reversed_parts, ties.verb_absent):
        found = guard(case)
        assert found is None or set(found.missing) <= {term.text for term in query.terms}
