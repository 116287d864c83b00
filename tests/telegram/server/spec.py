"""The Bot API as a file: every update and result the server emits, and every call it receives, is held against it.

The file maps methods and types to fields with their types and whether they are required. It is not part of the project:
its path comes from the environment variable TELEGRAM_BOT_API_SPEC (or the server's `spec` argument); without it nothing is checked here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_SIMPLE = {
    "Integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "String": lambda v: isinstance(v, str),
    "Boolean": lambda v: isinstance(v, bool),
    "True": lambda v: v is True,
    "Float": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "InputFile": lambda v: isinstance(v, str),
}


class Spec:
    """Methods and types; `problems_of_*` list what is wrong, path first."""

    def __init__(self, path: str | None) -> None:
        data = json.loads(Path(path).read_text(encoding="utf-8")) if path else {"methods": {}, "types": {}}
        self.methods: dict[str, Any] = data["methods"]
        self.types: dict[str, Any] = data["types"]

    def __bool__(self) -> bool:
        return bool(self.types)

    def problems_of_update(self, update: Any) -> list[str]:
        """What is wrong with an update."""
        return self._of(update, ["Update"], "update")

    def problems_of_result(self, method: str, result: Any) -> list[str]:
        """What is wrong with the result of a method."""
        if method not in self.methods:
            return []
        kinds = ["Boolean" if kind == "True" else kind for kind in self.methods[method]["returns"]]
        return self._of(result, kinds, method)

    def problems_of_call(self, method: str, params: dict[str, Any]) -> list[str]:
        """What is wrong with the parameters of a call: missing, unknown, of another type. Values may be JSON in a string."""
        if method not in self.methods:
            return []
        fields = self.methods[method]["fields"]
        found = [f"{method}: {name} is missing" for name, (_, required) in fields.items() if required and name not in params]
        for name, value in params.items():
            if name not in fields:
                found.append(f"{method}: {name} is not a parameter")
                continue
            readings = [value, *_read(value)] if isinstance(value, str) else [value]
            attempts = [self._of(reading, fields[name][0], f"{method}.{name}") for reading in readings]
            if all(attempts):
                found += min(attempts, key=len)
        return found

    def _of(self, value: Any, kinds: list[str], where: str) -> list[str]:
        attempts = [self._one(value, kind, where) for kind in kinds]
        return [] if not all(attempts) else min(attempts, key=len)

    def _one(self, value: Any, kind: str, where: str) -> list[str]:
        if kind in _SIMPLE:
            return [] if _SIMPLE[kind](value) else [f"{where}: {value!r:.60} is no {kind}"]
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{where}: no array"]
            return [p for i, item in enumerate(value) for p in self._one(item, kind.removeprefix("Array of "), f"{where}[{i}]")]
        if kind not in self.types:
            return []
        if subtypes := self.types[kind]["subtypes"]:
            return self._of(value, subtypes, where)
        if not isinstance(value, dict):
            return [f"{where}: {value!r:.60} is no {kind}"]
        fields = self.types[kind]["fields"]
        found = [f"{where}: {name} of {kind} is missing" for name, (_, required) in fields.items() if required and name not in value]
        for name, item in value.items():
            found += self._of(item, fields[name][0], f"{where}.{name}") if name in fields else [f"{where}: {kind} has no {name}"]
        return found


def _read(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except ValueError:
        return []
