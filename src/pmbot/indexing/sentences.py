"""The sentences of one stored document, neighbours made together, because chunks ask for them so."""

from __future__ import annotations

from typing import NamedTuple, overload

from pmbot.indexing.lazy import Lazy
from pmbot.indexing.tables import Bytes, Records
from pmbot.models import Sentence, Span, made

_KEPT = 128


class Place(NamedTuple):
    """Where the sentences of a document lie: the first one among all, how many there are, and the first byte of its text."""

    first: int
    size: int
    text: int


class StoredSentences(Lazy[Sentence]):
    """Sentences that are made when they are asked for; some are kept, as questions like to follow one another."""

    def __init__(self, doc_id: str, place: Place, records: Records, texts: Bytes) -> None:
        super().__init__(place.size, self._one)
        self._doc_id, self._place, self._records, self._texts = doc_id, place, records, texts
        self._kept: dict[int, Sentence] = {}

    @overload
    def __getitem__(self, place: int) -> Sentence: ...
    @overload
    def __getitem__(self, place: slice) -> list[Sentence]: ...
    def __getitem__(self, place: int | slice) -> Sentence | list[Sentence]:
        if isinstance(place, slice):
            first, after, step = place.indices(len(self))
            return self._between(first, after) if step == 1 else [self._one(index) for index in range(first, after, step)]
        return super().__getitem__(place)

    def _one(self, index: int) -> Sentence:
        found = self._kept.get(index)
        return self._between(index, index + 1)[0] if found is None else found

    def _between(self, first: int, after: int) -> list[Sentence]:
        kept = self._kept
        found = [kept.get(index) for index in range(first, after)]
        known = [sentence for sentence in found if sentence is not None]
        if len(known) == len(found):
            return known
        records = self._records[self._place.first + first : self._place.first + after]
        base = records[0][0]
        text = self._texts[self._place.text + base : self._place.text + records[-1][0] + records[-1][1]]
        every = []
        for index, (sentence, (byte, length, start, end, block, *_)) in enumerate(zip(found, records, strict=True), first):
            if sentence is None:
                written = str(text[byte - base : byte - base + length], "utf-8")
                span = made(Span, {"start": start, "end": end})
                fields = {"doc_id": self._doc_id, "index": index, "block": block, "span": span, "text": written}
                sentence = made(Sentence, fields)  # noqa: PLW2901 - the one there
            every.append(sentence)
        if len(kept) + len(every) > _KEPT:
            kept.clear()
        if len(every) <= _KEPT:
            kept.update(enumerate(every, first))
        return every
