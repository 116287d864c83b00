"""A knowledge for the bot's tests: real nouns, and questions that make things happen in the process of the bot.

line 17         the 17th sentence of the hostile corpus, cited whole
long 5000       a sentence of about 5,000 UTF-16 units
many 120        an answer, and 120 sentences that were found (the cited one among them)
burn 0.5        half a second of processor time, then an answer
sleep 0.5       half a second without the interpreter
explode         an exception that nobody expects
environment     the names of the variables that a child process would get
down            a search backend that does not answer (RetrieverUnavailable)
anything else   what `FakeKnowledge` says to it
"""

from __future__ import annotations

import os
import random
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from pmbot.models import Answer, Citation, Document, Evidence, Question, Span, Status, Trace
from tests.fakes_api import SIGNATURE, FakeKnowledge, make_document

PIECES = (
    *("Trade rose", "*bold*", "_under_score_", "[link](tg://user?id=1)", "<script>alert(1)</script>", "`code`", "||spoiler||", "~~gone~~"),
    *("&amp;", "\\", "#tag", "@pmbot_test_bot", "/start", "https://example.org/?a=b&c=d", "a.b", "1.5 %", "€130 million", "“quoted”"),
    *(
        "👍🏽",
        "👨‍👩‍👧‍👦",
        "🇱🇻",
        "😀😀",
        "\U0001d54f",
        "שלום עולם",
        "مرحبا",
        "\u200fרtl\u200f",
        "Rinke\u0304vic\u030cs",
        "A\u030angstro\u0308m",
    ),
    *(
        "tab\there",
        "two  blanks",
        "\u00a0nbsp\u00a0",
        "zero\u200bwidth",
        "\u202eoverride\u202c",
        "\u2028separator",
        "日本語の文",
        "한국어",
        "हिन्दी",
    ),
)
LINES = 5000
SMILE = "😀"


def hostile_sentences(count: int = LINES) -> list[str]:
    """Sentences of everything that markup, UTF-16 and cleaning trip over; the same ones every time."""
    chance = random.Random(7)
    return [" ".join(chance.choices(PIECES, k=chance.randint(2, 9))) + f" {number}." for number in range(count)]


def long_sentence(length: int) -> str:
    """Text of `length` UTF-16 units: words; or emoji alone, when the length is odd ones out."""
    words = "The figure of trade is what it is and goes on "
    return (words * (length // len(words) + 1))[:length].rstrip(" ").ljust(length, "x")


class SpecialKnowledge(FakeKnowledge):
    """See the module's docstring."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = deque(maxlen=10)  # type: ignore[assignment] - the soak looks at the memory of the bot, not of a fake
        self.lines = hostile_sentences()
        self.spans: list[Span] = []
        start = 0
        for line in self.lines:
            self.spans.append(Span(start=start, end=start + len(line)))
            start += len(line) + 1
        self.documents = (*self.documents, make_document("hostile.txt", "\n".join(self.lines), title="Hostile"))
        self.long: dict[str, Document] = {}

    def document(self, doc_id: str) -> Document:
        return self.long.get(doc_id) or super().document(doc_id)

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        word, _, rest = text.partition(" ")
        question = Question(text=text, history=tuple(history), doc_id=doc_id)
        if word == "environment":
            return self._said(question, " ".join(sorted(os.environ)))
        if word == "explode":
            raise RuntimeError("the engine broke: secret traceback text")
        if word == "burn":
            until = time.thread_time() + float(rest.split()[0])
            while time.thread_time() < until:
                sum(range(200))
        elif word == "sleep":
            time.sleep(float(rest.split()[0]))
        elif word == "line":
            return self._cited(question, super().document("hostile.txt"), self.spans[int(rest)])
        elif word == "many":
            return self._many(question, int(rest))
        elif word in {"long", "smiles"}:
            sentence = SMILE * int(rest) if word == "smiles" else long_sentence(int(rest))
            self.long[f"{text}.txt"] = document = make_document(f"{text}.txt", sentence)
            return self._cited(question, document, Span(start=0, end=len(sentence)))
        return super().trace(text, history=history, doc_id=doc_id)

    def _cited(self, question: Question, document: Document, span: Span) -> Trace:
        citation = Citation.quoting(document, span, 1)
        answer = Answer(
            question=question, status=Status.ANSWERED, citations=(citation,), confidence=0.9, text="It says:", signature=SIGNATURE
        )
        return self._trace(answer, (self._evidence_at(document, span),))

    def _many(self, question: Question, count: int) -> Trace:
        document = super().document("hostile.txt")
        found = (self._evidence_at(document, span) for span in self.spans[:count])
        evidence = tuple(one.model_copy(update={"matched_terms": ("many",)}) for one in found)
        return self._cited(question, document, self.spans[0]).model_copy(update={"evidence": evidence})

    def _evidence_at(self, document: Document, span: Span) -> Evidence:
        whole = self._evidence("pmnet.txt", super().document("pmnet.txt").text.split("\n")[1], 0.9)
        sentence = whole.sentence.model_copy(update={"doc_id": document.doc_id, "span": span, "text": document.excerpt(span)})
        return whole.model_copy(update={"sentence": sentence})


def special_load(_knowledge: Path | None, _config: Path | None) -> SpecialKnowledge:
    if os.environ.get("TEST_CRASH"):
        raise ValueError(f"https://api.telegram.org/bot{os.environ['TEST_CRASH']}/getMe")
    return SpecialKnowledge()
