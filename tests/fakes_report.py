"""Reports made by hand: what metrics, plots and pages are tested on."""

from __future__ import annotations

from collections.abc import Sequence

from pmbot.evaluation.judged import Judged, Truth, judge
from pmbot.evaluation.results import CaseResult, CheckResult, Passage, Ranked, Report, Source, TurnResult
from pmbot.models import Answer, Block, Citation, Document, Locator, Question, Span, Status
from pmbot.questionset import Abstention, Checks, Cites

FIRST = "Trade reached €130 million in 2023."
SECOND = "The old harbour closed in 1998 after a storm."
THIRD = "Nobody knows why."
HOSTILE = "</script><script>alert(1)</script> \"'& <img src=x onerror=alert(2)> \x1b[31mred\x07 \u202egnp.exe\u202c \u200b]]> --> {%s}"
SIGNATURE = "corpus:1|answer:0.3,0.5,abc"


def make_document(*sentences: str, doc_id: str = "d.txt") -> Document:
    """A document of one paragraph per sentence."""
    blocks, text = [], ""
    for row, sentence in enumerate(sentences, 1):
        text += "\n" if text else ""
        span = Span(start=len(text), end=len(text) + len(sentence))
        blocks.append(Block(span=span, kind="paragraph", locator=Locator(line=row)))
        text += sentence
    return Document(doc_id=doc_id, title=doc_id, text=text, source=doc_id, blocks=tuple(blocks))


def span_in(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start=start, end=start + len(words))


def make_answer(
    document: Document, *quotes: str, short: str | None = None, confidence: float = 0.5, question: str = "?", reason: str | None = None
) -> Answer:
    """An answer that quotes; without quotes a refusal, for `reason`, with the document's first paragraph as the closest."""
    cited = tuple(Citation.quoting(document, span_in(document, quote), n) for n, quote in enumerate(quotes, 1))
    return Answer(
        question=Question(text=question),
        status=Status.ANSWERED if cited else Status.NOT_ENOUGH,
        citations=cited,
        highlights=(Citation.quoting(document, span_in(document, short), 1),) if short else (),
        closest=() if cited else (Citation.quoting(document, document.blocks[0].span, 1),),
        confidence=confidence,
        text=short or ("" if cited else "The documents do not say."),
        reason=None if cited else (reason or "unsure"),
        signature=SIGNATURE,
    )


def ranked(document: Document, *sentences: str) -> tuple[Ranked, ...]:
    return tuple(
        Ranked(
            rank=n, doc_id=document.doc_id, index=n - 1, span=span_in(document, text), text=text, score=1 / n, matched_terms=("harbour",)
        )
        for n, text in enumerate(sentences, 1)
    )


def make_truth(
    document: Document, name: str, *passages: str, accepted: Sequence[str] = (), answerable: bool = True, group: str = ""
) -> Truth:
    wanted = tuple(Passage(doc_id=document.doc_id, text=text, spans=(span_in(document, text),)) for text in passages)
    return Truth(name, group or name, f"{name}?", answerable, (), tuple(accepted), wanted)


def make_judged(name: str, confidence: float, *, right: bool = True, answerable: bool = True, reason: str | None = None) -> Judged:
    """A question by what matters for thresholds; refused where there is a `reason`."""
    document = make_document(FIRST, SECOND)
    truth = make_truth(document, name, *([FIRST] if answerable else []), answerable=answerable)
    quotes = () if reason else (FIRST if right else SECOND,)
    answer = make_answer(document, *quotes, confidence=confidence, reason=reason)
    best = (FIRST, SECOND) if right else (SECOND, FIRST)
    return judge(truth, answer, ranked(document, *best))


def make_turn(document: Document, question: str, wanted: Checks, answer: Answer, order: Sequence[str] = ()) -> TurnResult:
    passages = tuple(Passage(doc_id=c.document, text=c.text, spans=(span_in(document, c.text),)) for c in wanted.passages)
    good = answer.answered is (wanted.abstains is None)
    checks = (
        CheckResult(
            name="cites" if wanted.abstains is None else "abstains", passed=good, expected=f"a quote for {question}", got=answer.text
        ),
        CheckResult(name="proven", passed=True, expected="every quote in its document", got="all"),
    )
    return TurnResult(question=question, wanted=wanted, answer=answer, checks=checks, passages=passages, ranking=ranked(document, *order))


def make_report(extra: str = "ordinary", *, copies: int = 1) -> tuple[Report, list[dict[str, Document]]]:
    """Five cases: right, wrong sentence, rightly refused, refused and known to fail, a conversation; `extra` stands wherever text may."""
    document = make_document(FIRST, SECOND, f"{THIRD} {extra}")
    cites = Checks(cites=(Cites(document="d.txt", text=FIRST),), answer=("€130 million",))
    harbour = Checks(cites=(Cites(document="d.txt", text="closed in 1998"),))
    refused = Checks(abstains=Abstention())
    order = (FIRST, SECOND, f"{THIRD} {extra}")
    right = make_turn(
        document, f"How much was traded? {extra}", cites, make_answer(document, FIRST, short="€130 million", confidence=0.9), order
    )
    wrong = make_turn(document, "When did it close?", harbour, make_answer(document, f"{THIRD} {extra}", confidence=0.6), order[::-1])
    silent = make_turn(document, "Who sings?", refused, make_answer(document, confidence=0.1), order)
    missed = make_turn(document, "Since when is it shut?", harbour, make_answer(document, confidence=0.25), (SECOND, FIRST))
    wrong = wrong.model_copy(
        update={"checks": (CheckResult(name="cites", passed=False, expected=f"a quote {extra}", got=extra), *wrong.checks[1:])}
    )
    cases = tuple(
        case
        for n in range(copies)
        for case in (
            CaseResult(id=f"right-{n}", turns=(right,), tags=("trade", extra), place="q.yaml:3"),
            CaseResult(id=f"wrong-{n}", turns=(wrong,), tags=("harbour",), place=f"q.yaml:9 {extra}"),
            CaseResult(id=f"silent-{n}", turns=(silent,), tags=("trade",)),
            CaseResult(id=f"missed-{n}", turns=(missed,), xfail=f"a paraphrase {extra}"),
            CaseResult(id=f"talk-{n}", turns=(right, silent), tags=("harbour",), language="en"),
        )
    )
    source = Source(file="q.yaml", knowledge=f"knowledge {extra}", signature=SIGNATURE)
    return Report(sources=(source,), cases=cases), [{"d.txt": document}]
