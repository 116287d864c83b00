"""Questions worded differently: words that stand in the answering sentence are changed for others that the thesaurus relates to them."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from pmbot.answering.engine import Engine
from pmbot.answering.lexicon import read_classes
from pmbot.models import Sentence
from pmbot.text.analyzer import Analyzer, Token

CHANGED = 0.7  # of the words that could be
_ENDINGS = ("ing", "ed", "s")


class Paraphraser:
    """Rewords questions by the thesaurus `path`, the other way round: from the text's word to the one that asks for it."""

    def __init__(self, path: Path, analyzer: Analyzer) -> None:
        self._tokens = analyzer.tokens
        found: dict[str, set[str]] = defaultdict(set)
        for (asked,), (written,), _, _ in read_classes(path, lambda phrase: (" ".join(phrase.split()),), ""):
            tokens = analyzer.tokens(written)
            if len(tokens) == 1:
                found[tokens[0].term].add(asked)
        self._asked_for = {term: sorted(phrases) for term, phrases in found.items()}

    def reworded(self, engine: Engine, question: str, sentence: Sentence, dice: random.Random) -> str | None:
        """The question in other words; None when none of them can be changed."""
        written = {token.term for token in engine.views.view(sentence.doc_id, sentence.index).tokens}
        names = {term.term for term in engine.read(question).key_terms if term.is_name or term.is_number}
        text, changed = question, False
        for token in reversed(self._tokens(question)):
            others = self._asked_for.get(token.term, []) if token.term in written - names else []
            if others and dice.random() < CHANGED:
                text = text[: token.start] + _inflected(dice.choice(others), token) + text[token.end :]
                changed = True
        return text if changed else None


def _inflected(phrase: str, token: Token) -> str:
    """The phrase with the ending of the word it stands for, where its first word is one that takes it."""
    first, _, rest = phrase.partition(" ")
    ending = next((e for e in _ENDINGS if token.norm.endswith(e) and len(token.norm) > len(e) + 2), "")
    if ending and not first.endswith(_ENDINGS):
        first = (first.removesuffix("e") if ending in {"ing", "ed"} else first) + ending
    return f"{first} {rest}".strip()
