"""Texts as messages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pmbot.interfaces.telegram.responses import Button, Outcome, Say, told
from pmbot.rendering.telegram_parts import AT_ONCE, LIMIT, TelegramText, units

ROWS = ((Button("a", "b"),),)


@given(st.integers(1, 20_000), st.sampled_from(["a", "word ", "😀", "line\n"]))
def test_as_many_messages_as_it_takes(length: int, piece: str) -> None:
    text = (piece * length)[:length]
    says = [action for action in told(Outcome.COMMAND, TelegramText(text), ROWS).actions if isinstance(action, Say)]
    assert 1 <= len(says) <= AT_ONCE
    assert all(units(say.text.text) <= LIMIT for say in says)
    assert [say.keyboard for say in says] == [()] * (len(says) - 1) + [ROWS]
    whole = "".join(say.text.text for say in says)
    assert whole == text or (whole.endswith("\n…") and text.startswith(whole.removesuffix("\n…")))
