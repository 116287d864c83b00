"""Question sets in the JSON of SQuAD v1.1 and v2.0: articles with their questions.

Rajpurkar et al. 2016 (EMNLP) and Rajpurkar, Jia and Liang 2018 (ACL). An article becomes one document, a paragraph of it one block; an
answer is a place in the paragraph. What the annotators of a question marked are alternatives: any one of them will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from pmbot.errors import QuestionSetError
from pmbot.evaluation.jsonstream import items_of
from pmbot.evaluation.judged import Judged, Truth, judge
from pmbot.evaluation.results import RANKED, Passage
from pmbot.models import Block, Document, Locator, Span, Trace
from pmbot.text.normalize import clean

_BETWEEN = "\n\n"
_Name = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]


class _Entry(BaseModel):
    """Files carry fields of their own beside these; they are not looked at."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Marked(_Entry):
    text: str
    answer_start: int


class _Question(_Entry):
    id: _Name
    question: str
    answers: tuple[_Marked, ...] = ()
    is_impossible: bool = False


class _Paragraph(_Entry):
    context: str
    qas: tuple[_Question, ...]


class _Article(_Entry):
    title: str = ""
    paragraphs: tuple[_Paragraph, ...]


class Article(NamedTuple):
    """One article: its document and what is asked of it, in the order of the file."""

    document: Document
    truths: tuple[Truth, ...]


def read_squad(path: Path) -> Iterator[Article]:
    """The articles of the file at `path`, one after the other; only one is held at a time.

    `QuestionSetError` names the file and the place in it: `data[3].paragraphs[0].qas[1].answers[0]`.
    """
    names: dict[str, int] = {}
    number = -1
    for number, data in enumerate(items_of(path, "data", QuestionSetError)):
        try:
            article = _Article.model_validate(data)
        except ValidationError as problems:
            raise QuestionSetError("\n".join(_problems(path, number, problems))) from None
        name = _readable(article.title) or f"article {number + 1}"
        names[name] = names.get(name, 0) + 1
        doc_id = name if names[name] == 1 else f"{name} ({names[name]})"
        if any(paragraph.context.strip() for paragraph in article.paragraphs):
            yield _made(article, doc_id, f"{path}: data[{number}]")
    if number < 0:
        raise QuestionSetError(f'{path}: "data" is empty: there is nothing to ask')


class _Sentence(NamedTuple):
    doc_id: str
    span: Span
    text: str
    score: float


def judge_trace(truth: Truth, trace: Trace) -> Judged:
    """Hold what an engine made of a question against the truth; the first `RANKED` sentences count."""
    sentences = ((evidence.sentence, evidence.score) for evidence in trace.evidence[:RANKED])
    return judge(truth, trace.answer, [_Sentence(s.doc_id, s.span, s.text, score) for s, score in sentences])


def _readable(title: str) -> str:
    return " ".join(re.sub(r"[/\\_\x00-\x1f]+", " ", clean(title)).split())


def _made(article: _Article, doc_id: str, where: str) -> Article:
    blocks: list[Block] = []
    pieces: list[str] = []
    truths: list[Truth] = []
    start = 0
    for number, paragraph in enumerate(article.paragraphs):
        text = clean(paragraph.context)
        if text.strip():
            lead = len(text) - len(text.lstrip())
            span = Span(start=start + lead, end=start + len(text.rstrip()))
            blocks.append(Block(span=span, kind="paragraph", locator=Locator(line=2 * len(blocks) + 1)))
        place = f"{where}.paragraphs[{number}]"
        truths += [_truth(question, paragraph, (doc_id, start, f"{place}.qas[{n}]")) for n, question in enumerate(paragraph.qas)]
        pieces.append(text)
        start += len(text) + len(_BETWEEN)
    document = Document(doc_id=doc_id, title=doc_id, text=_BETWEEN.join(pieces), source=doc_id, blocks=tuple(blocks))
    return Article(document, tuple(truths))


def _truth(question: _Question, paragraph: _Paragraph, at: tuple[str, int, str]) -> Truth:
    doc_id, base, where = at
    answerable = not question.is_impossible
    if answerable and not question.answers:
        raise QuestionSetError(f"{where} ({question.id}): has no answers; add one, or is_impossible: true")
    spans = [_place(marked, paragraph.context, base, f"{where}.answers[{n}]") for n, marked in enumerate(question.answers) if answerable]
    accepted = tuple(dict.fromkeys(clean(marked.text) for marked in question.answers if answerable))
    passages = (Passage(doc_id=doc_id, text=accepted[0], spans=tuple(dict.fromkeys(spans))),) if answerable else ()
    return Truth(question.id, doc_id, question.question, answerable, (), accepted, passages)


def _place(marked: _Marked, context: str, base: int, where: str) -> Span:
    """The answer's place in the document; cleaning may have moved it. The offsets of the file are held against its text."""
    start, end = marked.answer_start, marked.answer_start + len(marked.text)
    if start < 0 or not marked.text.strip() or context[start:end] != marked.text:
        nearest = context.find(marked.text)
        hint = f"; it stands at {nearest}" if marked.text.strip() and nearest >= 0 else ""
        raise QuestionSetError(f"{where}: {marked.text[:60]!r} does not stand at character {start} of its paragraph{hint}")
    moved = len(clean(context[:start])) if not context.isascii() or "\r" in context else start
    return Span(start=base + moved, end=base + moved + len(clean(marked.text)))


def _problems(path: Path, number: int, problems: ValidationError) -> Iterator[str]:
    for item in problems.errors(include_url=False, include_input=False)[:10]:
        place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in item["loc"])
        message = (
            "is missing; is it a file of another format?" if item["type"] == "missing" else f"{item['msg'][:1].lower()}{item['msg'][1:]}"
        )
        yield f"{path}: data[{number}]{place}: {message}"
