"""Near-topic questions that a document does not answer, made from its own names and from questions it does answer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from pmbot.answering.engine import Engine
from pmbot.answering.views import View
from pmbot.models import MentionKind, Sentence

TEMPLATES = (
    "When was {name} born?", "Who founded {name}?", "What is the population of {name}?", "How many employees does {name} have?",
    "Who is the director of {name}?", "When did {name} die?", "How much does {name} cost?", "What is the area of {name}?",
    "Who wrote {name}?", "When was {name} established?", "Who owns {name}?", "What is the capital of {name}?",
    "What language is spoken in {name}?", "How old is {name}?", "Why did {name} leave?", "What does {name} export?",
    "Who discovered {name}?", "Where was {name} born?", "What was the revenue of {name} in 2015?", "Who invented {name}?",
    "Where is the headquarters of {name}?", "How much did {name} invest?", "Who sponsors {name}?", "When did {name} close?",
)  # fmt: skip
OPPOSITES = {
    "before": "after", "after": "before", "first": "last", "last": "first", "largest": "smallest", "smallest": "largest", "most": "least",
    "highest": "lowest", "oldest": "youngest", "north": "south", "south": "north", "east": "west", "west": "east", "northern": "southern",
    "southern": "northern", "more": "fewer", "increase": "decrease", "increased": "decreased", "won": "lost", "lost": "won",
    "won't": "will", "best": "worst", "early": "late", "late": "early", "began": "ended", "start": "end", "began?": "ended?",
}  # fmt: skip
NOUNS = (
    "disease", "colour", "prize", "currency", "song", "river", "bridge", "dish", "religion", "satellite", "mineral", "vaccine", "stadium",
    "novel", "tax", "insect", "vitamin", "airport", "cathedral", "software", "sport", "allergy", "bank", "dance", "ship", "tree", "hotel",
)  # fmt: skip
_OPENING = re.compile(r"(What|When|Where)(?= (?:did|does|do) )", re.IGNORECASE)
_WHICH = re.compile(r"(?:What|Which) ([a-z]{3,})(?= (?:is|was|were|are|did|does|do|has|had|can) )", re.IGNORECASE)
_ASKED = {
    "When": {MentionKind.DATE},
    "Where": {MentionKind.PLACE, MentionKind.ORGANISATION},
    "How much": {MentionKind.MONEY, MentionKind.QUANTITY, MentionKind.PERCENT, MentionKind.NUMBER},
    "How many times": {MentionKind.NUMBER, MentionKind.QUANTITY},
}
_YEAR = re.compile(r"\b(1[5-9]\d\d|20[0-2]\d)\b")
_NAMES = frozenset({MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.NAME, MentionKind.PLACE})


def template_questions(engine: Engine, dice: random.Random, count: int) -> Iterator[str]:
    """Template questions about names of the document, where no sentence with the name, nor the one after, holds the asked relation."""
    names = sorted({name for view in views_of(engine) for name in _names(view) if 3 < len(name) < 40 and len(name.split()) <= 3})
    made = 0
    for _ in range(count * 4):
        if made == count or not names:
            return
        name, template = dice.choice(names), dice.choice(TEMPLATES)
        if not _is_stated(engine, name, template):
            made += 1
            yield template.format(name=name)


def views_of(engine: Engine) -> Iterator[View]:
    """Every sentence of an engine's documents, analysed."""
    for doc_id, sentences in engine.snapshot.corpus.sentences.items():
        for sentence in sentences:
            yield engine.views.view(doc_id, sentence.index)


def _names(view: View) -> list[str]:
    return [view.sentence.text[m.start : m.end] for m in view.mentions if m.kind in _NAMES and m.start]


def _is_stated(engine: Engine, name: str, template: str) -> bool:
    relation = engine.read(template.format(name="x")).key_terms
    _, ranking = engine.rank(engine.read(template.format(name=name)))
    wanted = {term.term for term in relation}
    places = [p for p, term in enumerate(ranking.query.terms) if term.term in wanted]
    own = [p for p in range(len(ranking.query.terms)) if p not in places]
    return any(
        any(c.matches[p].quality >= 0.5 for p in places) and any(max(c.matches[p].quality, c.before[p].quality) == 1.0 for p in own[-1:])
        for c in ranking.candidates
    )


def swapped_name(engine: Engine, question: str, sentence: Sentence, dice: random.Random) -> str | None:
    """The question with one of its names changed for another of the same kind that stands elsewhere in the document.

    None when it has no name, or the document no other that stands neither in the answering sentence nor in the one before.
    """
    asked = [m for m in engine.mentions_in(question) if m.kind in _NAMES and m.start]
    if not asked:
        return None
    old = dice.choice(asked)
    words = question[old.start : old.end]
    near = "".join(v.sentence.text for v in views_of(engine) if sentence.index - 1 <= v.sentence.index <= sentence.index)
    names = {v.sentence.text[m.start : m.end] for v in views_of(engine) for m in v.mentions if m.kind is old.kind}
    others = [n for n in sorted(names) if n not in question and n not in near and not set(n.split()) & set(words.split())]
    return question[: old.start] + dice.choice(others) + question[old.end :] if others else None


def other_attribute(engine: Engine, question: str, sentence: Sentence, dice: random.Random) -> str | None:
    """The question asking when, where or how much instead, where the answering sentence has no date, place or sum. None when it cannot."""
    opening = _OPENING.match(question)
    if opening is None:
        return None
    kinds = {m.kind for m in engine.views.view(sentence.doc_id, sentence.index).mentions}
    fitting = [asks for asks, kind in _ASKED.items() if not kind & kinds and not question.lower().startswith(asks.lower())]
    return dice.choice(fitting) + question[opening.end(1) :] if fitting else None


def other_noun(engine: Engine, question: str, dice: random.Random) -> str | None:
    """The question asking for a thing of quite another sort ("which disease …") that the document never mentions.

    None when it asks for no noun.
    """
    opening = _WHICH.match(question)
    if opening is None:
        return None
    text = " ".join(v.sentence.text.lower() for v in views_of(engine))
    nouns = [noun for noun in NOUNS if noun not in text]
    return question[: opening.start(1)] + dice.choice(nouns) + question[opening.end(1) :] if nouns else None


def turned(question: str, dice: random.Random) -> str | None:
    """The question with an opposite, another year or a "not"; None when nothing fits."""
    words = question.split()
    places = [at for at, word in enumerate(words) if word.lower() in OPPOSITES and at]
    if places:
        at = dice.choice(places)
        return " ".join([*words[:at], OPPOSITES[words[at].lower()], *words[at + 1 :]])
    year = _YEAR.search(question)
    if year is not None:
        return question[: year.start()] + str(int(year.group()) + dice.choice([-11, -5, -2, 2, 3, 7])) + question[year.end() :]
    at_auxiliary = next((at for at, word in enumerate(words[:5]) if word in {"did", "does", "do", "is", "was", "were", "can"}), None)
    return " ".join([*words[: at_auxiliary + 1], "not", *words[at_auxiliary + 1 :]]) if at_auxiliary is not None else None
