"""When two texts are the same answer."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_APOSTROPHES = str.maketrans("‘’ʼ", "'''")


def normalise_answer(text: str) -> str:
    """Lower case, without ASCII punctuation, without a/an/the, blanks folded.

    The normalisation of SQuAD's evaluation script (Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine
    Comprehension of Text", EMNLP), so that figures compare with published ones.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(given: str, accepted: Iterable[str]) -> bool:
    """Whether `given` is one of the `accepted` answers after normalisation."""
    wanted = normalise_answer(given)
    return any(wanted == normalise_answer(answer) for answer in accepted)


def fold_for_search(text: str) -> str:
    """Letter case, blanks and the shape of apostrophes made equal; everything else stays."""
    return " ".join(text.translate(_APOSTROPHES).casefold().split())
