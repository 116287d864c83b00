"""Examples for the confidence from question sets over documents of their own: near-topic questions as people ask them.

Articles have none: their questions were written to be answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from learning.confidence_fit import Example, Makers, best_sentence
from pmbot.questionset import QuestionCase, knowledge_of, read_question_set
from pmbot.text.normalize import clean

SOURCE = "development"
NO_FOLD = -1
UNANSWERED = frozenset({"near-topic", "off-topic"})


def set_examples(path: Path, make: Makers) -> Iterator[Example]:
    """An example for each question of a set that stands alone and says which sentence answers it, or that none does."""
    questions = read_question_set(path)
    engine, policy = make.engine(knowledge_of(questions, path, path.parent)), make.policy()
    for case in questions.cases:
        cited = _cited(case)
        if cited is None or case.question is None:
            continue
        best = best_sentence(engine, policy, case.question)
        if best is not None:
            text = clean(best.sentence.text)
            yield Example(best.signals, any(part in text or text in part for part in cited), SOURCE, NO_FOLD)


def _cited(case: QuestionCase) -> list[str] | None:
    """The passages that answer a question; none for one that is not answered, None where the set does not tell."""
    if UNANSWERED.intersection(case.tags):
        return []
    return [clean(cites.text) for cites in case.cites] or None
