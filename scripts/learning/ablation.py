"""What each part is worth: the same questions with one feature, guard or source of related words taken away at a time.

The models of the folds are not fitted again: this tells what a part does for the program as it is, not whether another could be
fitted to do without it.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from learning.articles import FOLDS
from learning.readings import article_of, rank_of, read_lines
from pmbot.answering import evidence, query
from pmbot.answering.comparing import Weights
from pmbot.answering.confidence import read_confidence
from pmbot.answering.engine import Engine, Knowledge
from pmbot.answering.guards import GUARDS
from pmbot.answering.lexicon import Alternative, Lexicon
from pmbot.answering.params import AnsweringParams
from pmbot.answering.policy import Models, Policy
from pmbot.answering.signals import signals
from pmbot.answering.span_model import read_weights
from pmbot.bootstrap import Builder, build_knowledge
from pmbot.config import load_configuration

WORD_FORMS = "word forms"
SOURCES = ("thesaurus", "thesaurus (broader)", "thesaurus (related)", "derivation", WORD_FORMS)
ALL = "nothing"


class Measured(NamedTuple):
    """One question with one part taken away ("nothing": none).

    `without`: how sure the answer would be if the signal of a guard were 0, by guard; `fired`: the guards that speak against it.
    The last two are kept with all parts only.
    """

    part: str
    id: str
    condition: str
    article: int
    right: bool
    sure: float
    fired: tuple[str, ...]
    without: Mapping[str, float]


class _Filtered(Lexicon):
    """A lexicon without one source."""

    def __init__(self, whole: Lexicon, source: str) -> None:
        self._whole, self._source = whole, source

    def alternatives(self, terms: tuple[str, ...]) -> Mapping[int, tuple[Alternative, ...]]:
        """The alternatives of the whole lexicon, without those of the source."""
        found = self._whole.alternatives(terms)
        return {place: tuple(o for o in options if o.source != self._source) for place, options in found.items()}


def parts() -> list[str]:
    """The names of the features and sources, as they are taken away."""
    return [*Weights._fields, *SOURCES]


def measured_of_fold(task: tuple[Path, Path, int, int]) -> list[Measured]:
    """The questions of one fold with each part taken away.

    `task` is the data folder, the folder of fold models, the fold, and every how manieth question is taken.
    """
    data, folds, fold, every = task
    configuration = load_configuration().in_memory()
    models = Models(read_weights(folds / f"spans.{fold}.json"), read_confidence(folds / f"confidence.{fold}.json"))
    knowledge = dataclasses.replace(build_knowledge(configuration), models=models)
    gold = {item["id"]: item for item in read_lines(data / "gold.jsonl")}
    by_document: dict[str, list[Mapping[str, Any]]] = {}
    for number, question in enumerate(read_lines(data / "questions.jsonl")):
        if article_of(question["doc"]) % FOLDS == fold and number % every == 0:
            by_document.setdefault(question["doc"], []).append(question)
    build = Builder(configuration, knowledge)
    found: list[Measured] = []
    for document, questions in sorted(by_document.items()):
        engine = build(data / document)
        asked = [(question, gold[question["id"]]) for question in questions]
        found += _measured(engine, models, ALL, asked)
        for feature in Weights._fields:
            with _without_feature(feature):
                found += _measured(engine, models, feature, asked)
        for source in SOURCES:
            with _without_source(engine, knowledge, source) as poorer:
                found += _measured(poorer, models, source, asked)
    return found


@contextlib.contextmanager
def _without_feature(name: str) -> Iterator[None]:
    """A feature counts nothing."""
    with mock.patch.object(evidence, "WEIGHTS", evidence.WEIGHTS._replace(**{name: 0.0})):
        yield


@contextlib.contextmanager
def _without_source(engine: Engine, knowledge: Knowledge, source: str) -> Iterator[Engine]:
    """An engine that does not know words of one source for each other."""
    if source == WORD_FORMS:
        with mock.patch.object(query, "_similar", return_value=[]):
            yield engine
        return
    poorer = dataclasses.replace(knowledge, lexicon=_Filtered(knowledge.lexicon, source))
    top_k = load_configuration().settings.retrieval.top_k
    yield Engine(engine.snapshot, poorer, AnsweringParams(), top_k)


def _measured(
    engine: Engine, models: Models, part: str, asked: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> Iterator[Measured]:
    policy = Policy(AnsweringParams(), models)
    for question, gold in asked:
        _, ranking = engine.rank(engine.read(question["question"]))
        article = article_of(question["doc"])
        if not ranking.candidates:
            yield Measured(part, gold["id"], gold["cond"], article, right=False, sure=-1.0, fired=(), without={})
            continue
        case = engine.cases(ranking)[0]
        short, sure = policy.weigh(ranking, case)
        fired = tuple(guard.__name__ for guard in GUARDS if guard(case) is not None)
        without = {}
        if part == ALL:
            told = signals(ranking, case, short)
            without = {name: models.confidence.probability({**told, f"guard {name}": 0.0}) for name in fired}
        wanted = gold["gold_sentences"] if gold["answerable"] else []
        right = rank_of([ranking.evidence[0].sentence.text], wanted) == 1
        yield Measured(part, gold["id"], gold["cond"], article, right, sure, fired, without)
