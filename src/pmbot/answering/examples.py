"""Example questions made from the documents themselves, each checked by asking it."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator

from pmbot.answering.mentions import Mention
from pmbot.answering.views import View, Views
from pmbot.indexing.snapshot import HasSentences
from pmbot.models import MentionKind

EXAMPLES = 3
LOOKED_AT = 60  # sentences; enough for three questions, and bounded
_NAMES = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME})


def example_questions(views: Views, corpus: HasSentences, is_answered: Callable[[str], bool]) -> tuple[str, ...]:
    """Up to three questions of different kinds that are answered; empty when the documents hold no names or years."""
    looked_at = list(itertools.islice(_views(views, corpus), LOOKED_AT))
    kinds = (_definitions(looked_at), _years(looked_at), _about(looked_at))
    found: list[str] = []
    for questions in kinds:
        found += list(itertools.islice((q for q in questions if q not in found and is_answered(q)), 1))
    rest = itertools.chain.from_iterable((_definitions(looked_at), _about(looked_at), _years(looked_at)))
    while len(found) < EXAMPLES:
        more = next((q for q in rest if q not in found and is_answered(q)), None)
        if more is None:
            break
        found.append(more)
    return tuple(found[:EXAMPLES])


def _views(views: Views, corpus: HasSentences) -> Iterator[View]:
    for document in corpus.documents:
        for sentence in corpus.sentences[document.doc_id]:
            yield views.view(document.doc_id, sentence.index)


def _definitions(looked_at: list[View]) -> Iterator[str]:
    for view in looked_at:
        for mention in view.mentions:
            text = view.sentence.text
            if mention.kind in _NAMES and text.startswith((", a ", ", an ", ", the "), mention.end):
                word = "Who" if mention.kind is MentionKind.PERSON else "What"
                yield f"{word} is {_text(view, mention)}?"


def _years(looked_at: list[View]) -> Iterator[str]:
    dates = [_text(view, mention) for view in looked_at for mention in view.mentions if mention.kind is MentionKind.DATE]
    for year, _ in Counter(date for date in dates if date.isdigit()).most_common():
        yield f"What happened in {year}?"


def _about(looked_at: list[View]) -> Iterator[str]:
    names = Counter(_text(view, mention) for view in looked_at for mention in view.mentions if mention.kind in _NAMES)
    for name, _ in names.most_common():
        yield f"What is said about {name}?"


def _text(view: View, mention: Mention) -> str:
    return view.sentence.text[mention.start : mention.end]
