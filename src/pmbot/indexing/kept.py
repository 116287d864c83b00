"""A stored generation: what it was made with, and what of it can be taken over into the next one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pmbot.errors import OtherVersion
from pmbot.indexing.copying import Copier
from pmbot.indexing.files import Entry, unpack_entries
from pmbot.indexing.layout import BYTE_ORDER, LAYOUT
from pmbot.indexing.packing import Packer
from pmbot.indexing.stored import Blocks, StoredCorpus
from pmbot.storage.generations import Generation

_FETCHED_WHOLE = 1 << 22  # bytes


class Stored(NamedTuple):
    """An open generation. `names` are those of its blocks, in the order they lie; `size` is how many bytes they have together."""

    meta: Mapping[str, Any]
    get: Blocks
    id: str
    names: tuple[str, ...]
    size: int

    @classmethod
    def of(cls, generation: Generation) -> Stored:
        """What is in a generation; the generation stays open as long as any of its blocks is in use."""
        if not isinstance(generation.meta, dict):
            raise OtherVersion(f"the index {generation.path} says nothing of itself that this version of pmbot knows")
        names = generation.names()
        size = sum(map(generation.length, names))
        return cls(generation.meta, lambda name: StoredBlock(generation, name), generation.id, names, size)

    @property
    def parts(self) -> Mapping[str, str]:
        """What it was made with; see `Indexer`."""
        parts: Mapping[str, str] = self.meta.get("parts", {})
        return parts

    @property
    def readable(self) -> bool:
        """Whether the blocks have the form that this version reads."""
        return self.parts.get("layout") == f"{LAYOUT}, {BYTE_ORDER}"

    def entries(self) -> dict[str, Entry]:
        """The files it was made of."""
        return unpack_entries(self.get("files"))

    def unlike(self, parts: Mapping[str, str]) -> str:
        """Name what it was made with that is otherwise now; empty when nothing is."""
        return ", ".join(f"another {name} ({self.parts.get(name)})" for name in parts if self.parts.get(name) != parts[name])

    def reads_like(self, parts: Mapping[str, str]) -> bool:
        """Whether files would give the same documents now. Another version of pmbot may read the same file otherwise."""
        return all(self.parts.get(name) == parts[name] for name in ("reading", "pmbot"))

    def same_terms(self, parts: Mapping[str, str]) -> bool:
        """Whether documents were cut and analysed as they would be now."""
        return all(self.parts.get(name) == parts[name] for name in ("reading", "analyzer", "figure grammar", "chunks"))


class StoredBlock:
    """A block of a generation, fetched and checked part by part; a small one is fetched whole, which is less work."""

    def __init__(self, generation: Generation, name: str) -> None:
        self._generation, self._name = generation, name
        try:
            self._size = generation.length(name)
        except KeyError:
            raise OtherVersion(f"it has no block {name!r}") from None
        self._whole: memoryview | None = None

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> memoryview:
        if self._whole is None:
            if self._size > _FETCHED_WHOLE:
                start, stop, _ = part.indices(self._size)
                return self._generation.part(self._name, start, max(start, stop))
            self._whole = self._generation.block(self._name)
        return self._whole[part]


class Kept:
    """Documents of a stored generation that are taken over into a new one.

    They are copied as they are or, when they would be cut or analysed otherwise now, packed anew from their text.
    """

    def __init__(self, packer: Packer, stored: Stored, *, copyable: bool) -> None:
        self._packer, self._corpus = packer, StoredCorpus(stored.get, "")
        self._numbers = {doc_id: number for number, doc_id in enumerate(self._corpus.ids)}
        self._copier = Copier(packer, self._corpus, stored.get) if copyable else None

    def take(self, doc_id: str) -> None:
        """Take over one document; KeyError when the generation does not have it."""
        number = self._numbers[doc_id]
        if self._copier is not None and doc_id not in self._corpus.originals:  # a copy has no chunks that could be copied
            self._copier.copy(number, doc_id)
        else:
            self._packer.add(self._corpus.document(doc_id), self._corpus.sentences_at(number))
