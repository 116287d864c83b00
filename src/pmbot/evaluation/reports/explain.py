"""Why a turn failed: the wanted sentence beside the one that was given, and how the ranking came to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pmbot.evaluation.reports.differences import Piece, differences
from pmbot.evaluation.results import Ranked, TurnResult


class Pair(NamedTuple):
    """A sentence that was wanted and the quote there is instead, if any, each with its document's id.

    `fragment`: the sentence is not known, and `wanted` the part of it that the case names.
    """

    wanted: str
    wanted_in: str
    fragment: bool
    given: str | None
    given_in: str

    def marked(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Cut both into what is alike and what differs."""
        return differences(self.wanted, self.given or "", fragment=self.fragment)


def pairs_of(turn: TurnResult) -> tuple[Pair, ...]:
    """Put every wanted passage that no quote holds beside a quote that holds none; empty when all wanted passages are quoted."""
    citations = turn.answer.citations
    held = {index for citation in citations for index in turn.passages_in(citation.doc_id, citation.span)}
    others = [citation for citation in citations if not turn.passages_in(citation.doc_id, citation.span)]
    missing = [passage for index, passage in enumerate(turn.passages) if index not in held]
    pairs = []
    for number, passage in enumerate(missing):
        sentence = next((r for r in turn.ranking if r.doc_id == passage.doc_id and _has(r, passage.text)), None)
        given = others[number] if number < len(others) else None
        wanted = sentence.text if sentence else passage.text
        pairs.append(Pair(wanted, passage.doc_id, sentence is None, given.quote if given else None, given.doc_id if given else ""))
    return tuple(pairs)


def reasons_of(turn: TurnResult) -> tuple[str, ...]:
    """Say in a few lines what led to the answer: what was missing, where the wanted sentence ranks, what the runner-up scored."""
    return tuple(_reasons(turn))


def _reasons(turn: TurnResult) -> Iterator[str]:
    if not turn.ranking:
        yield "no sentence shares a word with the question"
        return
    first = turn.ranking[0]
    wanted = next((ranked for ranked in turn.ranking if turn.is_relevant(ranked)), None)
    yield f"ranked first: {_weighed(first)}{' (the wanted sentence)' if wanted is first else ''}"
    if wanted is not None and wanted is not first:
        yield f"the wanted sentence is ranked {wanted.rank}: {_weighed(wanted)}"
    elif wanted is None and any(passage.spans for passage in turn.passages):
        yield f"the wanted sentence is not among the first {len(turn.ranking)}: it shares too little with the question"
    if wanted in {None, first} and len(turn.ranking) > 1:
        yield f"runner-up: {_weighed(turn.ranking[1])}"
    if not turn.answer.answered:
        missing = ", ".join(turn.answer.missing_terms)
        yield f"refused for {turn.answer.reason or turn.answer.status}" + (f", missing {missing}" if missing else "")


def _weighed(ranked: Ranked) -> str:
    parts = [f"score {ranked.score:.2f}"]
    parts += [f"matched {', '.join(ranked.matched_terms)}"] if ranked.matched_terms else []
    parts += [f"missing {', '.join(ranked.missing_terms)}"] if ranked.missing_terms else []
    return "; ".join(parts)


def _has(ranked: Ranked, text: str) -> bool:
    return " ".join(text.split()) in " ".join(ranked.text.split())
