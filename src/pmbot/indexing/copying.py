"""Unchanged documents from an older generation to a new one, as they are: nothing is read, cut or analysed again."""

from __future__ import annotations

from array import array
from functools import cached_property
from typing import TYPE_CHECKING

from pmbot.indexing.layout import BLOCK, CHUNK, DOCUMENT, FIGURE, SENTENCE
from pmbot.indexing.packing import Numbers, Packed, Packer, Part
from pmbot.indexing.stored import Blocks, Starts, StoredCorpus
from pmbot.indexing.tables import Strings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COPIED = ("texts", "sentences", "blocks", "chunks", "forward", "casing", "figures")
_WORD = 4  # bytes of a number of a term or word


class Copier:
    """Copies documents of the generation behind `get` into `packer`; both must have been made by the same analyzer and cut."""

    def __init__(self, packer: Packer, corpus: StoredCorpus, get: Blocks) -> None:
        self._packer, self._corpus = packer, corpus
        blocks = {name: get(name) for name in _COPIED}
        self._blocks, self._get = blocks, get
        self._starts = list(DOCUMENT.iter_unpack(get("documents")[:]))

    def copy(self, number: int, doc_id: str) -> None:
        """Copy the document of that number and id."""
        get, here, after = self._blocks.__getitem__, Starts(*self._starts[number]), Starts(*self._starts[number + 1])
        packed = Packed(
            text=bytearray(get("texts")[here.text : after.text]),
            sentences=bytearray(get("sentences")[here.sentences * SENTENCE.size : after.sentences * SENTENCE.size]),
            blocks=bytearray(get("blocks")[here.blocks * BLOCK.size : after.blocks * BLOCK.size]),
            chunks=bytearray(get("chunks")[here.chunks * CHUNK.size : after.chunks * CHUNK.size]),
            forward=_translated(get("forward")[here.forward * _WORD : after.forward * _WORD], self._terms),
            casing=_translated(get("casing")[here.casing * _WORD : after.casing * _WORD], self._norms),
            small=here.small,
            figures=bytearray(get("figures")[here.figures * FIGURE.size : after.figures * FIGURE.size]),
        )
        self._packer.parts.append(Part(doc_id, self._corpus.head_bytes(number), packed))

    @cached_property
    def _terms(self) -> NDArray[np.uint32]:
        return self._numbers("terms", self._packer.terms)

    @cached_property
    def _norms(self) -> NDArray[np.uint32]:
        return self._numbers("norms", self._packer.norms)

    def _numbers(self, name: str, numbers: Numbers) -> NDArray[np.uint32]:
        """For each number of a word in the old generation its number in the new one."""
        import numpy as np

        words = Strings(self._get(f"{name}.starts"), self._get(f"{name}.data"))
        return np.fromiter((numbers[word] for word in words), dtype=np.uint32, count=len(words))


def _translated(numbers: memoryview, new: NDArray[np.uint32]) -> array[int]:
    import numpy as np

    made = array("I")
    made.frombytes(new[np.frombuffer(numbers, dtype=np.uint32)].tobytes())
    return made
