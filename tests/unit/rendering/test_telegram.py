"""Answers for Telegram: what a quote's entity covers, that Telegram changes nothing of it, and how long ones are cut."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from pmbot.errors import ProofError
from pmbot.models import Answer, Citation, Question, Span, Status
from pmbot.rendering.page import BLANK, Ink, Page, Paragraph, Run, line
from pmbot.rendering.telegram import Entity, TelegramText, answer_text, cleaned, excerpt, parts, quotable, render, split, trace_text, units
from tests.fakes_api import FakeKnowledge, make_document
from tests.telegram.server import text as telegram
from tests.telegram.server.rules import Rule

QUESTIONS = ["How much was the trade?", "Who is the president of France?", "How is the weather in Seoul?", "What was the sale worth?", "hi"]
QUOTES = ("blockquote", "expandable_blockquote")
PIECES = (
    "trade Rinkēvičs €130 snake_case *bold* [x](tg://user) <script> &amp; `a` @name #tag /cmd https://example.org/a?b=c \\ | ~ > “” "
    "😀 👨‍👩‍👧 🇱🇻 👍🏽 שלום مرحبا 漢字 한국 e\u0301 a\u0308\u0323"
    " \u200f \u200e\u200e \u202e \u2028 \u2067 \t \r\n \n \x00 \x1b[31m \u030a \u00a0 \ufeff"
).split(" ")
SENTENCES = st.lists(st.sampled_from([*PIECES, " ", "  "]), min_size=1, max_size=30).map("".join) | st.text(min_size=1, max_size=80)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def covered(message: TelegramText, *types: str) -> list[str]:
    return [telegram.part(message.text, e.offset, e.length) for e in message.entities if e.type in types]


def as_sent(message: TelegramText) -> tuple[str, list[dict[str, object]]]:
    """What stands in the chat."""
    entities = [{"type": e.type, "offset": e.offset, "length": e.length} for e in message.entities]
    return telegram.fixed(message.text, entities, set(Rule))


def answer_of(sentences: list[str], *, highlight: tuple[int, int] | None = None) -> tuple[Answer, FakeKnowledge]:
    """An answer that quotes all the sentences, each from a document of its own; `highlight` lies in the first."""
    documents = {f"d{i}.md": make_document(f"d{i}.md", sentence) for i, sentence in enumerate(sentences)}
    whole = [Citation.quoting(d, Span(start=0, end=len(d.text)), i) for i, d in enumerate(documents.values(), 1)]
    first = next(iter(documents.values()))
    bold = (Citation.quoting(first, Span(start=highlight[0], end=highlight[1]), 1),) if highlight else ()
    answer = Answer(
        question=Question(text="?"),
        status=Status.ANSWERED,
        citations=tuple(whole),
        highlights=bold,
        confidence=1.0,
        text="Short [1]",
        signature="s",
    )
    knowledge = FakeKnowledge()
    knowledge.documents = tuple(documents.values())
    return answer, knowledge


def without_blanks(texts: Iterable[str]) -> str:
    """Only parts of nothing but blanks get lost, and a covered stretch ends before them."""
    return "".join(texts).replace(" ", "").replace("\n", "")


def random_sentence(source: random.Random) -> str:
    return "".join(source.choice([*PIECES, " ", " "]) for _ in range(source.randint(1, 40)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_sent(question: str, snapshot: SnapshotAssertion) -> None:
    knowledge = FakeKnowledge()
    message = answer_text(knowledge.ask(question, history=("Before?",)), knowledge.document)
    assert [message.text, *(f"{e.type} {covered(message._replace(entities=(e,)), e.type)[0]!r}" for e in message.entities)] == snapshot


def test_a_quote_that_is_not_there_is_not_sent() -> None:
    answer = FakeKnowledge().ask("trade?")
    with pytest.raises(ProofError):
        answer_text(answer, lambda doc_id: make_document(doc_id, "Something else. " * 40))


def test_quotes_stand_word_for_word(scale: Callable[[int, int], int]) -> None:
    """Point 2 of the channel's promises: markup characters, emoji, right-to-left, NFD, tabs."""
    source = random.Random(7)
    checked = 0
    while checked < scale(1000, 5000):
        sentence = random_sentence(source)
        if not cleaned(sentence):
            continue
        cut = sorted((source.randint(0, len(sentence)), source.randint(0, len(sentence))))
        answer, knowledge = answer_of([sentence, "Another."], highlight=(cut[0], cut[1]) if cut[0] < cut[1] else None)
        message = answer_text(answer, knowledge.document)
        assert covered(message, *QUOTES) == [cleaned(sentence), "Another."]
        text, entities = as_sent(message)
        assert covered(TelegramText(text, tuple(Entity(e["type"], e["offset"], e["length"]) for e in entities)), *QUOTES)[0] == cleaned(
            sentence
        )
        checked += 1


@given(SENTENCES)
def test_cleaning_is_telegrams(sentence: str) -> None:
    assert cleaned(sentence) == telegram.cleaned(sentence.encode("utf-16", "replace").decode("utf-16")).strip(" \n")


@given(SENTENCES)
def test_cleaning_twice_changes_nothing_more(sentence: str) -> None:
    # Taking a mark away can bring direction marks together, and only the last of these stays: Telegram cleans each text once.
    once = cleaned(sentence)
    assert cleaned(once) == once


INKS = st.sampled_from([Ink.PLAIN, Ink.ANSWER, Ink.REFUSAL, Ink.LABEL, Ink.NOTE, Ink.PLACE])
QUOTED = st.lists(st.tuples(SENTENCES, st.sampled_from([Ink.QUOTE, Ink.HIGHLIGHT, Ink.MATCHED])), min_size=1, max_size=3)
PARAGRAPHS = st.one_of(
    st.just(BLANK),
    st.builds(line, SENTENCES, INKS),
    QUOTED.map(lambda runs: Paragraph((Run("“", Ink.QUOTE), *(Run(*run) for run in runs), Run("”", Ink.QUOTE)))),
)
PAGES = st.lists(PARAGRAPHS, max_size=5).map(tuple)


@given(PAGES)
def test_telegram_changes_nothing_of_it(page: Page) -> None:
    message = render(page)
    if not message.text:
        return
    text, entities = as_sent(message)
    assert text == message.text
    assert sorted((e["type"], e["offset"], e["length"]) for e in entities) == sorted((e.type, e.offset, e.length) for e in message.entities)


@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 10_000])
@pytest.mark.parametrize("letter", ["a", "😀", "ab ", "word\n", "漢", "\U0001f1f1\U0001f1fb", "e\u0301"])
def test_lengths(size: int, letter: str) -> None:
    text = (letter * size)[:size].strip(" \n") or "a"
    pieces = list(split(TelegramText(text, (Entity("blockquote", 0, utf16(text)),))))
    assert "".join(piece.text for piece in pieces) == text
    assert all(0 < utf16(piece.text) <= 4096 for piece in pieces)
    assert all(e.offset + e.length <= utf16(piece.text) for piece in pieces for e in piece.entities)
    assert len(pieces) <= utf16(text) // 2048 + 1
    assert "".join(covered(piece, "blockquote")[0].strip() for piece in pieces) == "".join(p.text.strip() for p in pieces)


@given(PAGES, st.integers(2, 60))
def test_parts_join_to_the_whole(page: Page, limit: int) -> None:
    message = render(page)
    pieces = list(split(message, limit))
    assert without_blanks(piece.text for piece in pieces) == without_blanks([message.text])
    assert all(utf16(piece.text) <= limit and piece.text.strip(" \n") for piece in pieces)
    for kind in QUOTES:
        assert without_blanks(text for piece in pieces for text in covered(piece, kind)) == without_blanks(covered(message, kind))


@given(
    st.lists(st.sampled_from([*PIECES, "👩🏽‍🚀", "각", "\u1112\u1161\u11ab"]), min_size=1, max_size=60).map("".join), st.integers(40, 50)
)
def test_a_character_is_not_cut(text: str, limit: int) -> None:
    text = cleaned(text)
    clusters = {match.end() for match in regex.finditer(r"\X", text)}
    place = 0
    for piece in split(TelegramText(text), limit):
        place += len(piece.text)
        longest = max(map(units, regex.findall(r"\X", piece.text)))
        assert place in clusters or longest > limit // 3 or not text[:place].strip(" \n")


def test_parts_end_where_a_reader_would_end_them() -> None:
    text = "a" * 30 + "\n\n" + "b" * 10 + "\n" + "c" * 5 + " d" * 20
    assert [piece.text for piece in split(TelegramText(text), 50)] == [
        "a" * 30 + "\n\n",
        "b" * 10 + "\n" + "c" * 5 + " d" * 16 + " ",
        "d d d d",
    ]


def test_beyond_three_parts_the_rest_waits() -> None:
    cut = parts(TelegramText("word " * 4000 + "end"))
    assert len(cut.shown) == 3
    assert "".join(piece.text for piece in (*cut.shown, *cut.held_back)) == "word " * 4000 + "end"
    assert parts(TelegramText("short")).held_back == ()


def test_blanks_alone_are_no_message() -> None:
    assert list(split(TelegramText(" \n" * 9000))) == []
    pieces = list(split(TelegramText("a" + " " * 9000 + "b")))
    assert [piece.text.strip() for piece in pieces] == ["a", "b"]


def test_cutting_takes_no_time_to_speak_of() -> None:
    hostile = ["\u0301" * 200_000, "\U0001f1f1" * 100_000, "\u200d" * 200_000, "\u1161" * 200_000]
    for text in hostile:
        assert "".join(piece.text for piece in split(TelegramText("a" + text))) == "a" + text


def test_a_sentence_found_in_a_message_can_be_quoted() -> None:
    answer, knowledge = answer_of(["Trade reached\t€130 million.", "More."], highlight=(14, 26))
    message = answer_text(answer, knowledge.document)
    quote = quotable(message, "Trade reached\t€130 million.")
    assert quote == TelegramText("Trade reached €130 million.", (Entity("bold", 14, 12),))
    assert quotable(message, "Trade fell.") is None
    assert quotable(message, "\t") is None


def test_a_long_quote_is_cut_at_a_word() -> None:
    sentence = "word " * 400 + "end."
    quote = quotable(TelegramText("Before\n" + sentence), sentence)
    assert quote is not None
    assert quote.text == ("word " * 204).strip()
    assert utf16(quote.text) <= 1024


def test_an_excerpt_keeps_what_reaches_into_it() -> None:
    message = TelegramText("😀 bold text", (Entity("bold", 3, 9),))
    assert excerpt(message, 2, 6) == TelegramText(" bold ", (Entity("bold", 1, 4),))
    assert excerpt(message, 0, 2) == TelegramText("😀")


def test_long_quotes_are_folded_and_those_of_a_refusal() -> None:
    short, long = "Short.", "Long words " * 40 + "end."
    answer, knowledge = answer_of([short, long])
    message = answer_text(answer, knowledge.document)
    assert covered(message, "blockquote") == [short]
    assert covered(message, "expandable_blockquote") == [long]
    refusal = FakeKnowledge().ask("Who is the president of France?")
    assert refusal.closest
    shown = answer_text(refusal, FakeKnowledge().document)
    assert covered(shown, "expandable_blockquote") == [cleaned(c.quote) for c in refusal.closest]
    assert covered(shown, "blockquote") == []


def test_places_are_code_so_that_a_file_name_is_no_address() -> None:
    answer, knowledge = answer_of(["One.", "Two."])
    assert covered(answer_text(answer, knowledge.document), "code") == ["d0.md:1", "d1.md:1"]


def test_a_trace_is_told() -> None:
    knowledge = FakeKnowledge()
    message = trace_text(knowledge.trace("How much was the trade?"), knowledge.document)
    assert "Signature" in message.text
    assert covered(message, *QUOTES)
