"""What is built can be read, is short enough, and nothing else is read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.interfaces.telegram.buttons import Press, Pressed, data_of, pressed

KEYS = st.integers(1, 2**63 - 1)
NUMBERS = st.none() | st.integers(0, 999_999)


@given(press=st.sampled_from(Press), key=KEYS, number=NUMBERS)
def test_there_and_back_within_64_bytes(press: Press, key: int, number: int | None) -> None:
    data = data_of(press, key, number)
    assert 1 <= len(data.encode()) <= 64
    assert pressed(data) == Pressed(press, key, number or 0)


@given(data=st.text(max_size=64))
def test_anything_else_is_nothing(data: str) -> None:
    found = pressed(data)
    assert found is None or data.startswith("v1:")


@given(press=st.sampled_from(Press), key=KEYS, junk=st.text(min_size=1, max_size=5))
def test_what_hangs_on_is_not_overlooked(press: Press, key: int, junk: str) -> None:
    found = pressed(data_of(press, key, 3) + junk)
    assert found is None or found.number != 3
