"""The layout of a generation file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.errors import DamagedIndex, OtherVersion
from pmbot.storage.layout import ALIGNMENT, FORMAT_VERSION, PRELUDE, SEGMENT, Entry, Prelude, Table, aligned, checksum

HALF = "0" * 32


def table_of(blocks: list[list[object]]) -> bytes:
    return json.dumps({"meta": {}, "blocks": blocks}).encode()


def test_a_prelude_has_its_length_and_comes_back() -> None:
    prelude = Prelude(640, 77, checksum(b"table"))
    assert len(prelude.to_bytes()) == PRELUDE
    assert Prelude.from_bytes(prelude.to_bytes()) == prelude


def test_every_bit_of_a_prelude_counts() -> None:
    good = Prelude(640, 77, checksum(b"table")).to_bytes()
    for bit in range(8 * PRELUDE):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        with pytest.raises((DamagedIndex, OtherVersion)):
            Prelude.from_bytes(bytes(bad))


def test_another_version_is_named() -> None:
    later = bytearray(Prelude(640, 77, checksum(b"table")).to_bytes())
    later[8] = FORMAT_VERSION + 1
    with pytest.raises(OtherVersion, match=f"has format {FORMAT_VERSION + 1}.*reads format {FORMAT_VERSION}"):
        Prelude.from_bytes(bytes(later))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", bytes(PRELUDE)])
def test_other_files_and_unfinished_ones_are_no_index(data: bytes) -> None:
    with pytest.raises(DamagedIndex, match="never finished"):
        Prelude.from_bytes(data)


@pytest.mark.parametrize("length", [8, 12, PRELUDE - 1])
def test_a_prelude_that_is_cut_off(length: int) -> None:
    with pytest.raises(DamagedIndex, match="cut off"):
        Prelude.from_bytes(Prelude(640, 77, checksum(b"table")).to_bytes()[:length])


@given(st.integers(0, 10**15))
def test_aligned(position: int) -> None:
    assert aligned(position) % ALIGNMENT == 0
    assert 0 <= aligned(position) - position < ALIGNMENT


@given(st.lists(st.integers(0, 3 * SEGMENT), max_size=5))
def test_a_table_comes_back_and_its_segments_cover_the_file(lengths: list[int]) -> None:
    entries, position = [], PRELUDE
    for number, length in enumerate(lengths):
        sums = "".join(f"{i:032x}" for i in range(-(-length // SEGMENT)))
        entries.append(Entry(f"block {number} €", position, length, sums))
        position = entries[-1].end
    table = Table({"a": [1, "ā"]}, tuple(entries))
    assert Table.from_bytes(table.to_bytes(), position) == table
    segments = [entry.segment(n) for entry in entries for n in entry.segments]
    assert [start for start, _, _ in segments] == [PRELUDE, *[end for _, end, _ in segments]][: len(segments)]
    assert segments == [] or segments[-1][1] == position
    assert [int(digits, 16) for _, _, digits in segments] == [n for entry in entries for n in entry.segments]


@pytest.mark.parametrize(
    "blocks",
    [
        [["a", 128, 64, HALF]],  # a gap at the start
        [["a", 64, 64, HALF], ["b", 64, 64, HALF]],  # two at one place
        [["a", 64, -64, ""]],
        [["a", 64, 64, ""]],  # no checksum
        [["a", 64, 64, HALF * 2]],  # one too many
        [["a", 64, 32, HALF]],  # the end is not reached
        [["a", 64, 64]],
        [["a", "64", 64, HALF]],
        {"a": 1},
    ],
)
def test_a_table_that_does_not_fit_is_refused(blocks: list[list[object]]) -> None:
    end = 192 if blocks == [["a", 64, 32, HALF]] else 128
    with pytest.raises((ValueError, TypeError)):
        Table.from_bytes(table_of(blocks), end)


@pytest.mark.parametrize("meta", [{"x": float("nan")}, {"x": object()}, {"x": {1, 2}}])
def test_meta_must_be_json(meta: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        Table(meta, ()).to_bytes()
