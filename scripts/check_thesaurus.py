"""Check the English word files for slips: `python scripts/check_thesaurus.py [config folder]`; exit 1 when something is found.

thesaurus.en.txt reads `word, word`, `narrower, narrower > broader` or `asked ~ written`,
irregular.en.txt and derivations.en.txt `lemma: form form`.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import Stemmer

MOST_CLASSES = 30
STOPWORDS = frozenset(
    """
    a about after all also an and any are as at away back be been before being both but by can could
    did do does down each for from had has have he her him his how i if in into is it its
    just may me might more most my no nor not of off on only or our out over shall she should so
    some such than that the their them then there these they this those through to too under until up us very was
    we were what when where which who whom whose why will with would you your
    """.split()
)
LIGHT = frozenset(
    {"be", "come", "do", "get", "give", "go", "have", "make", "put", "set", "take", "turn"}
)  # say nothing without their particle
_SIGN = re.compile("[>~]")
_stem = Stemmer.Stemmer("english").stemWord


def main(folder: Path) -> int:
    """Print what is wrong with the files in `folder`; 1 when something is."""
    lemma_of = {form: lemma for _, lemma, forms in _families(folder / "irregular.en.txt") for form in forms}
    problems = [
        *_check_classes(folder / "thesaurus.en.txt", lemma_of),
        *_check_irregular(folder / "irregular.en.txt"),
        *_check_derivations(folder / "derivations.en.txt", lemma_of),
    ]
    print(*problems, sep="\n", end="\n" if problems else "")
    return 1 if problems else 0


def _check_classes(path: Path, lemma_of: dict[str, str]) -> Iterator[str]:
    lines_of: dict[tuple[str, ...], list[int]] = defaultdict(list)
    written: dict[tuple[str, ...], str] = {}
    seen: dict[tuple[frozenset[tuple[str, ...]], ...], int] = {}
    for number, line in _lines(path):
        sides = [[phrase.strip() for phrase in side.split(",") if phrase.strip()] for side in _SIGN.split(line)]
        keys = [tuple(_stems(phrase, lemma_of)) for side in sides for phrase in side]
        if len(sides) > 2 or len(keys) < 2 or not all(sides):
            yield f"{path.name}:{number}: not a class: {line}"
        for phrase, key in zip((phrase for side in sides for phrase in side), keys, strict=True):
            asked = "~" in line and phrase in sides[0]
            yield from (f"{path.name}:{number}: {slip}: {phrase}" for slip in _slips(phrase, lemma_of, asked=asked))
            if keys.count(key) > 1:
                yield f"{path.name}:{number}: twice in the line: {phrase}"
            if "~" not in line:
                lines_of[key].append(number)
            written.setdefault(key, phrase)
        identity = tuple(frozenset(tuple(_stems(phrase, lemma_of)) for phrase in side) for side in sides)
        if identity in seen:
            yield f"{path.name}:{number}: the same class as line {seen[identity]}"
        seen[identity] = number
    for key, numbers in lines_of.items():
        if len(set(numbers)) > MOST_CLASSES:
            yield f"{path.name}: in {len(set(numbers))} classes: {written[key]} (lines {', '.join(map(str, numbers))})"


def _slips(phrase: str, lemma_of: dict[str, str], *, asked: bool) -> Iterator[str]:
    """What is wrong with a phrase; one that is only asked with may be a light verb and its particle, as a question has both."""
    content = [word for word in phrase.lower().split() if word not in STOPWORDS]
    if not content:
        yield "nothing but stopwords"
    elif len(content) == 1 and content[0] in LIGHT and not asked:
        yield "only a light verb without its stopwords"
    if phrase in lemma_of:
        yield f"read as a form of {lemma_of[phrase]!r}"
    if phrase != phrase.lower():
        yield "not in lower case"


def _check_irregular(path: Path) -> Iterator[str]:
    lemma_of: dict[str, str] = {}
    for number, lemma, forms in _families(path):
        for form in forms:
            if _stem(form) == _stem(lemma):
                yield f"{path.name}:{number}: Snowball already reads {form!r} as {lemma!r}"
            if form in lemma_of:
                yield f"{path.name}:{number}: {form!r} is already a form of {lemma_of[form]!r}"
            lemma_of[form] = lemma


def _check_derivations(path: Path, lemma_of: dict[str, str]) -> Iterator[str]:
    heads: dict[str, int] = {}
    for number, head, forms in _families(path):
        stems: dict[str, str] = {}
        for word in (head, *forms):
            stem = _stems(word, lemma_of)[0]
            if stem in stems:
                yield f"{path.name}:{number}: Snowball already reads {word!r} as {stems[stem]!r}"
            if word in lemma_of:
                yield f"{path.name}:{number}: read as a form of {lemma_of[word]!r}: {word}"
            stems[stem] = word
        if head in heads:
            yield f"{path.name}:{number}: {head!r} already heads line {heads[head]}"
        heads[head] = number


def _stems(phrase: str, lemma_of: dict[str, str]) -> list[str]:
    return [_stem(lemma_of.get(word, word)) for word in phrase.lower().split()]


def _families(path: Path) -> Iterator[tuple[int, str, list[str]]]:
    for number, line in _lines(path):
        lemma, _, forms = line.partition(":")
        yield number, lemma.strip(), forms.split()


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if content := line.partition("#")[0].strip():
            yield number, content


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "config")))
