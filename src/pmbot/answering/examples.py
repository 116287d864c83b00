"""Example questions made from the documents themselves, each checked by asking it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator

from pmbot.answering.templates import Examples
from pmbot.answering.views import View, Views
from pmbot.indexing.snapshot import HasSentences
from pmbot.models import MentionKind
from pmbot.text.figures.finding import Mention

EXAMPLES = 3
LOOKED_AT = 60  # sentences; enough for three questions, and bounded
_YEAR = re.compile(r"(\d+)(?:\.?\s[^\W\d]{1,5})?")  # "2023", "2023. gadā", "2023 году"
_ENGLISH = Examples()
_NAMES = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME})


def example_questions(
    views: Views, corpus: HasSentences, is_answered: Callable[[str], bool], wording: Examples = _ENGLISH
) -> tuple[str, ...]:
    """Up to three questions of different kinds that are answered; empty when the documents hold no names or years."""
    looked_at = list(itertools.islice(_views(views, corpus), LOOKED_AT))
    kinds = (_definitions(looked_at, wording), _years(looked_at, wording), _about(looked_at, wording))
    found: list[str] = []
    for questions in kinds:
        found += list(itertools.islice((q for q in questions if q not in found and is_answered(q)), 1))
    rest = itertools.chain.from_iterable((_definitions(looked_at, wording), _about(looked_at, wording), _years(looked_at, wording)))
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


def _definitions(looked_at: list[View], wording: Examples) -> Iterator[str]:
    for view in looked_at:
        for mention in view.mentions:
            text = view.sentence.text
            if mention.kind in _NAMES and text.startswith((", a ", ", an ", ", the "), mention.end):
                template = wording.person if mention.kind is MentionKind.PERSON else wording.thing
                yield template.format_map({"name": _text(view, mention)})


def _years(looked_at: list[View], wording: Examples) -> Iterator[str]:
    dates = [_text(view, mention) for view in looked_at for mention in view.mentions if mention.kind is MentionKind.DATE]
    for year, _ in Counter(found[1] for date in dates if (found := _YEAR.fullmatch(date))).most_common():
        yield wording.year.format_map({"year": year})


def _about(looked_at: list[View], wording: Examples) -> Iterator[str]:
    names = Counter(_text(view, mention) for view in looked_at for mention in view.mentions if mention.kind in _NAMES)
    for name, _ in names.most_common():
        yield wording.about.format_map({"name": name})


def _text(view: View, mention: Mention) -> str:
    return view.sentence.text[mention.start : mention.end]
