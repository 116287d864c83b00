"""Every setting with its value in effect and where that comes from: the defaults, a line of a file, or the environment."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr

from pmbot.config import Configuration, chosen_file, setting_names, variable_of
from pmbot.errors import ConfigError
from pmbot.yamlfile import YamlData, read_yaml

_SECRET = re.compile(r"(?:^|[._])(?:token|secret|password)(?:$|[._])")
_HIDDEN = "(set, not shown)"


class Origin(NamedTuple):
    """A setting as it is in effect. `kind` is default, file or environment; `where` is `file:line` or the variable, None for a default.

    `value` is what JSON can hold; that of a secret never stands in it.
    """

    setting: str
    value: Any
    kind: str
    where: str | None

    @property
    def shown(self) -> str:
        """The value as YAML would have it on one line."""
        return self.value if isinstance(self.value, str) and self.value else json.dumps(self.value, ensure_ascii=False)


def origins(configuration: Configuration, config: Path | None) -> Iterator[Origin]:
    """Yield every setting of `configuration`, which was loaded from `config` on, in the order of the settings file."""
    chosen = chosen_file(config)
    file = read_yaml(chosen, error=ConfigError) if chosen is not None else None
    # As pydantic-settings reads them: whatever their case, and an empty one is none.
    variables = {name.upper(): name for name, value in os.environ.items() if value}
    for setting in setting_names():
        kind, where = _origin(setting, variables, file)
        yield Origin(setting, _value(setting, configuration), kind, where)


def _origin(setting: str, variables: Mapping[str, str], file: YamlData | None) -> tuple[str, str | None]:
    section, _, key = setting.partition(".")
    own, whole = variable_of(setting), variable_of(section)
    if own in variables:
        return "environment", variables[own]
    if key and whole in variables and key in json.loads(os.environ[variables[whole]]):
        return "environment", variables[whole]
    path = tuple(setting.split("."))
    if file is not None and path in file.places:
        return "file", f"{file.where}:{file.places[path][0]}"
    return "default", None


def _value(setting: str, configuration: Configuration) -> Any:
    value: Any = configuration.settings
    for part in setting.split("."):
        value = getattr(value, part)
    if isinstance(value, SecretStr) or _SECRET.search(setting):
        return _HIDDEN if value else None
    if isinstance(value, tuple | list):
        return list(value)
    return str(value) if isinstance(value, Path) else value
