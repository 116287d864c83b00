"""A line editor for conversations: history, suggestions, completion, and a toolbar that says what is being talked about."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import ThreadedCompleter
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import AnyFormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.shortcuts import CompleteStyle

from pmbot.interfaces.registry import Registry
from pmbot.interfaces.repl.completion import ChatCompleter
from pmbot.interfaces.repl.history import PrivateHistory
from pmbot.interfaces.repl.lines import PROMPT
from pmbot.interfaces.repl.toolbar import toolbar
from pmbot.interfaces.session import Session


class Editing(NamedTuple):
    """How lines are edited: `history` is the file that keeps them, None for none; `vi` chooses vi's keys."""

    history: Path | None = None
    vi: bool = False


class EditedLines:
    """Lines typed on a terminal. A pasted text keeps its line feeds and is sent with Enter; Alt-Enter begins a new line."""

    interactive = True

    def __init__(self, session: Session, registry: Registry, editing: Editing) -> None:
        def is_command() -> bool:
            return registry.is_command(get_app().current_buffer.text)

        def shown() -> AnyFormattedText:
            return toolbar(session, get_app().output.get_size().columns)

        self._prompts: PromptSession[str] = PromptSession(
            PROMPT,
            history=PrivateHistory(editing.history) if editing.history is not None else InMemoryHistory(),
            auto_suggest=AutoSuggestFromHistory(),
            completer=ThreadedCompleter(ChatCompleter(session, registry)),
            # Commands are few and are offered at once; words only when somebody asks, or every question would flicker.
            complete_while_typing=Condition(is_command),
            complete_style=CompleteStyle.COLUMN,
            reserve_space_for_menu=6,
            editing_mode=EditingMode.VI if editing.vi else EditingMode.EMACS,
            key_bindings=_keys(),
            bottom_toolbar=shown,
            prompt_continuation="  ",
            enable_open_in_editor=False,
        )

    def read(self) -> str | None:
        """Return the next line, pasted line feeds included; None at Ctrl-D on an empty one."""
        try:
            return self._prompts.prompt()
        except EOFError:
            return None


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("escape", "enter")
    def _new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    return keys
