"""A knowledge with canned answers, made of real nouns: what interfaces are tested against without an engine."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from pmbot.cli.console import Console
from pmbot.errors import RetrieverUnavailable
from pmbot.models import (
    Answer,
    Block,
    Changes,
    Citation,
    Decision,
    Document,
    Evidence,
    Feature,
    KeyTerm,
    Locator,
    MentionKind,
    Question,
    QuestionType,
    Reading,
    Sentence,
    Span,
    Status,
    Trace,
)

SIGNATURE = "corpus:fake|text:en|chunk:3/1|bm25:okapi,1.5,.75|pmbot:0"
TRADE = (
    "With trade between the two nations increasing fivefold over the last decade, reaching €130 million in 2023,"
    " foundations are set for continued success."
)
VISIT = "In November 2024, Latvian President Edgars Rinkēvičs led an official visit to South Korea, further strengthening bilateral ties."
HOSTILE = "The \x1b[31mred\x1b[0m \u202ereversed\u202c sale [bold]was[/bold] \x9b5m\u200b :smile: worth\nnothing."


class FakeSkipped(NamedTuple):
    path: str
    reason: str
    kind: str = "skipped"


def make_document(doc_id: str, text: str, *, title: str = "", headings: tuple[str, ...] = (), source: str | None = None) -> Document:
    """A document of one block, on line 1."""
    block = Block(span=Span(start=0, end=len(text)), kind="paragraph", locator=Locator(line=1, heading_path=headings))
    return Document(doc_id=doc_id, title=title or doc_id, text=text, source=source or doc_id, blocks=(block,))


class FakeKnowledge:
    """Answers by key word: trade, France, weather, sale (hostile text), down (an error), anything else: nothing near."""

    signature = SIGNATURE
    sentence_count = 3

    def __init__(self, skipped: Sequence[FakeSkipped] = ()) -> None:
        self.documents = (
            make_document(
                "notes/hostile.md", HOSTILE, title="Esc\x1b[2Jape", headings=("Part\x07", "Prices"), source="https://example.org/a"
            ),
            make_document("pmnet.txt", f"{TRADE}\n{VISIT}", title="Pmnet"),
        )
        self.skipped = tuple(skipped)
        self.changes = Changes()
        self.asked: list[tuple[str, tuple[str, ...], str | None]] = []

    def document(self, doc_id: str) -> Document:
        return next(d for d in self.documents if d.doc_id == doc_id)

    def sentences(self, doc_id: str) -> tuple[Sentence, ...]:
        """One sentence a line."""
        found, start = [], 0
        for index, text in enumerate(self.document(doc_id).text.split("\n")):
            found.append(Sentence(doc_id=doc_id, index=index, block=0, span=Span(start=start, end=start + len(text)), text=text))
            start += len(text) + 1
        return tuple(found)

    def vocabulary(self, prefix: str) -> tuple[str, ...]:
        return tuple(word for word in ("trade", "Korea", "Rinkēvičs") if word.lower().startswith(prefix.lower()))

    def reload(self) -> Changes:
        return self.changes

    def watch(self, told: Callable[[Changes], None], failed: Callable[[Exception], None]) -> AbstractContextManager[object]:
        """Nothing ever happens to these documents."""
        return nullcontext()

    def examples(self) -> tuple[str, ...]:
        return ("How much was the trade in 2023?", "Who led the visit to South Korea in November 2024?", "When was the visit?")

    def ask(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Answer:
        return self.trace(text, history=history, doc_id=doc_id).answer

    def trace(self, text: str, *, history: Sequence[str] = (), doc_id: str | None = None) -> Trace:
        self.asked.append((text, tuple(history), doc_id))
        question = Question(text=text, history=tuple(history), doc_id=doc_id)
        if "down" in text:
            raise RetrieverUnavailable("the search backend at [::1] does not answer; start it")
        if "trade" in text:
            return self._answered(question, "pmnet.txt", TRADE, "€130 million")
        if "sale" in text:
            return self._answered(question, "notes/hostile.md", HOSTILE, "worth\nnothing")
        if "France" in text:
            return self._refused(question, Status.NOT_MENTIONED, "The documents never mention France.", ("France",))
        if "weather" in text:
            return self._refused(
                question, Status.NOT_ENOUGH, "The documents mention South Korea, but not together with weather.", ("weather",)
            )
        return self._said(
            question, "Hello! Ask me about the documents." if "hi" in text.lower() else "There is nothing to look for in that."
        )

    def _answered(self, question: Question, doc_id: str, quote: str, short: str) -> Trace:
        document = self.document(doc_id)
        start = document.text.index(quote)
        citation = Citation.quoting(document, Span(start=start, end=start + len(quote)), 1)
        at = document.text.index(short)
        highlight = Citation.quoting(document, Span(start=at, end=at + len(short)), 1)
        notes = ("reading this as: trade between the two nations in 2023",) if question.history else ()
        answer = Answer(
            question=question,
            status=Status.ANSWERED,
            highlights=(highlight,),
            citations=(citation,),
            confidence=0.84,
            text=f"{short}.",
            notes=notes,
            signature=SIGNATURE,
        )
        evidence = self._evidence(doc_id, quote, 0.84, matched=("trade", "nation", "2023"), missing=("\x1bworth",))
        return self._trace(answer, (evidence, self._evidence("pmnet.txt", VISIT, 0.31)))

    def _refused(self, question: Question, status: Status, text: str, missing: tuple[str, ...]) -> Trace:
        document = self.document("pmnet.txt")
        start = document.text.index(VISIT)
        closest = (Citation.quoting(document, Span(start=start, end=start + len(VISIT)), 1),)
        answer = Answer(
            question=question,
            status=status,
            closest=closest,
            missing_terms=missing,
            confidence=0.2,
            text=text,
            reason="absent_terms",
            signature=SIGNATURE,
        )
        return self._trace(answer, (self._evidence("pmnet.txt", VISIT, 0.31, matched=("president",), missing=missing),))

    def _said(self, question: Question, text: str) -> Trace:
        return self._trace(Answer(question=question, status=Status.NOTHING_TO_SEARCH, confidence=1.0, text=text, signature=SIGNATURE), ())

    def _evidence(self, doc_id: str, quote: str, score: float, *, matched: tuple[str, ...] = (), missing: tuple[str, ...] = ()) -> Evidence:
        start = self.document(doc_id).text.index(quote)
        sentence = Sentence(doc_id=doc_id, index=0, block=0, span=Span(start=start, end=start + len(quote)), text=quote)
        features = (
            Feature(name="names", value=1.0, weight=0.28),
            Feature(name="exact_coverage", value=0.8, weight=0.7),
            Feature(name="has_type", value=0.0, weight=2.0),
        )
        return Evidence(sentence=sentence, score=score, features=features, matched_terms=matched, missing_terms=missing)

    def _trace(self, answer: Answer, evidence: tuple[Evidence, ...]) -> Trace:
        kind = QuestionType.SMALL_TALK if not evidence else QuestionType.HOW_MUCH
        terms = (KeyTerm(text="trade", term="trade"), KeyTerm(text="2023", term="2023", is_number=True)) if evidence else ()
        text = answer.notes[0].partition(": ")[2] if answer.notes else answer.question.text
        reading = Reading(text=text, type=kind, expects=(MentionKind.MONEY,) if evidence else (), key_terms=terms)
        decision = Decision(
            status=answer.status,
            evidence=evidence[:1],
            highlights=tuple((h.doc_id, h.span) for h in answer.highlights),
            confidence=answer.confidence,
            missing_terms=answer.missing_terms,
            absent_terms=answer.missing_terms if answer.status is Status.NOT_MENTIONED else (),
            reason=answer.reason,
        )
        return Trace(question=answer.question, reading=reading, evidence=evidence, decision=decision, answer=answer)


class Tty(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def fake_load(_knowledge: Path | None, _config: Path | None) -> FakeKnowledge:
    return FakeKnowledge()


def make_console(stdin: bytes | str = b"", environ: dict[str, str] | None = None) -> Console:
    """A console of in-memory pipes."""
    data = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8")
    return Console(
        io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace"),
        io.StringIO(),
        io.StringIO(),
        environ if environ is not None else {},
    )
