"""Which cases to run: the expressions of `-k`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pmbot.evaluation.runner import Task

Choice = Callable[[str], bool]
_TOKEN = re.compile(r"\s*([()]|[^\s()]+)")
_DEEPEST = 50


def chosen_by(expression: str) -> Callable[[Task], bool]:
    """Make the choice that an expression describes: words joined by `and`, `or`, `not` and brackets, as pytest's -k has them.

    A word chooses the cases in whose id, tags or file it stands, whatever the letter case. ValueError says what is wrong.
    """
    parser = _Parser(_TOKEN.findall(expression))
    choice = parser.whole()
    return lambda task: choice(_searched(task))


def chosen_by_tag(tags: Sequence[str]) -> Callable[[Task], bool]:
    """Choose the cases that have one of the `tags`; all cases when none is given."""
    wanted = frozenset(tags)
    return lambda task: not wanted or bool(wanted.intersection(task.case.tags))


def _searched(task: Task) -> str:
    return "\n".join((task.case.id, *task.case.tags, task.place)).casefold()


class _Parser:
    """One token of lookahead: or < and < not."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._tokens = list(tokens)
        self._depth = 0

    def whole(self) -> Choice:
        choice = self._either()
        if self._tokens:
            raise ValueError(f"{self._tokens[0]!r} is not expected there; join words by and, or")
        return choice

    def _either(self) -> Choice:
        choices = [self._both()]
        while self._takes("or"):
            choices.append(self._both())
        return lambda text: any(choice(text) for choice in choices)

    def _both(self) -> Choice:
        choices = [self._one()]
        while self._takes("and"):
            choices.append(self._one())
        return lambda text: all(choice(text) for choice in choices)

    def _one(self) -> Choice:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("is nested too deeply")
        try:
            return self._atom()
        finally:
            self._depth -= 1

    def _atom(self) -> Choice:
        if self._takes("not"):
            denied = self._one()
            return lambda text: not denied(text)
        if self._takes("("):
            inner = self._either()
            if not self._takes(")"):
                raise ValueError("a bracket is not closed")
            return inner
        if not self._tokens or self._tokens[0] in {")", "and", "or"}:
            raise ValueError("a word is missing" + (f" before {self._tokens[0]!r}" if self._tokens else " at the end"))
        word = self._tokens.pop(0).casefold()
        return lambda text: word in text

    def _takes(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            del self._tokens[0]
            return True
        return False
