"""Settings: composed of each package's `params.py`, read from YAML and the environment, found in a fixed order.

`--config`, then `PMBOT_CONFIG`, then `./config/pmbot.yaml`, then the packaged defaults; merged over the defaults key by key. Environment
variables win over files: `PMBOT_` + section + `__` + key. Word lists and templates are looked for beside the settings file first.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pmbot.answering.params import AnsweringParams
from pmbot.corpus.params import CorpusParams
from pmbot.errors import ConfigError
from pmbot.indexing.params import IndexParams
from pmbot.interfaces.repl.params import ReplParams
from pmbot.interfaces.telegram.params import TelegramParams
from pmbot.retrieval.params import RetrievalParams
from pmbot.storage.params import UsageParams
from pmbot.storage.parsed import ParsedYaml
from pmbot.text.params import TextParams
from pmbot.yamlfile import read_yaml

FILE_NAME = "pmbot.yaml"
ENV_PREFIX = "PMBOT_"
CONFIG_VARIABLE = "PMBOT_CONFIG"


class Settings(BaseModel):
    """All settings; one section per package."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    knowledge: Path = Path("knowledge")
    questions: Path = Path("questions")
    text: TextParams = Field(default_factory=TextParams)
    corpus: CorpusParams = Field(default_factory=CorpusParams)
    index: IndexParams = Field(default_factory=IndexParams)
    retrieval: RetrievalParams = Field(default_factory=RetrievalParams)
    answering: AnsweringParams = Field(default_factory=AnsweringParams)
    usage: UsageParams = Field(default_factory=UsageParams)
    telegram: TelegramParams = Field(default_factory=TelegramParams)
    repl: ReplParams = Field(default_factory=ReplParams)


@dataclass(frozen=True)
class Configuration:
    """Settings and the folders that word lists and templates are looked for in, nearest first."""

    settings: Settings
    folders: tuple[Path, ...]

    def data_file(self, name: str) -> Path:
        """The nearest file of that name; ConfigError when there is none."""
        found = self.find(name)
        if found is None:
            places = ", ".join(str(folder) for folder in self.folders)
            raise ConfigError(f"{name}: not found in {places}; check text.language and the installation")
        return found

    def in_memory(self) -> Configuration:
        """The same settings, but no index is kept."""
        index = self.settings.index.model_copy(update={"keep": False, "folder": None})
        return replace(self, settings=self.settings.model_copy(update={"index": index}))

    def in_language(self, language: str) -> Configuration:
        """The same settings for documents in `language`."""
        text = self.settings.text.model_copy(update={"language": language})
        return replace(self, settings=self.settings.model_copy(update={"text": text}))

    def at_threshold(self, threshold: float) -> Configuration:
        """The same settings with another threshold of answering."""
        answering = self.settings.answering.model_copy(update={"threshold": threshold})
        return replace(self, settings=self.settings.model_copy(update={"answering": answering}))

    def find(self, name: str) -> Path | None:
        """The nearest file of that name, or None."""
        return next((folder / name for folder in self.folders if (folder / name).is_file()), None)


def load_configuration(config: Path | None = None) -> Configuration:
    """Find, merge and check the settings; ConfigError names file, line and field, or the environment variable."""
    _refuse_unknown_variables()
    chosen = chosen_file(config)
    parse = ParsedYaml.usual(os.environ)
    merged: dict[str, Any] = {}
    for path in (packaged_folder() / FILE_NAME, chosen):
        if path is not None:
            found = read_yaml(path, error=ConfigError, parse=parse)
            found.validate(Settings, error=ConfigError)
            merged = _merge(merged, found.data or {})
    try:
        settings = Settings(**_merge(merged, _of_environment()))
    except ValidationError as problems:
        lines = [f"{_variable(item['loc'])}: {item['msg']}; correct or unset the variable" for item in problems.errors(include_url=False)]
        raise ConfigError("\n".join(lines)) from None
    folders = (chosen.parent, packaged_folder()) if chosen is not None else (packaged_folder(),)
    return Configuration(settings, folders)


def _of_environment() -> dict[str, Any]:
    """What environment variables set, by section. Reading them takes longer than all files: mostly there are none."""
    if not any(name.upper().startswith(ENV_PREFIX) and name != CONFIG_VARIABLE for name in os.environ):
        return {}
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict, SettingsError

    class Variables(Settings, BaseSettings):
        model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, env_nested_delimiter="__", env_ignore_empty=True, extra="forbid")

    try:
        return EnvSettingsSource(Variables)()
    except SettingsError as problem:
        raise ConfigError(f'{_unparsed(str(problem))}: is not JSON, as a list or a whole section must be; write ["en", "lv"]') from None


def setting_names() -> tuple[str, ...]:
    """Every setting as it is written in the table of settings: `answering.threshold`, in the order of the files."""
    names = []
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        inner = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else ()
        names += [f"{name}.{key}" for key in inner] or [name]
    return tuple(names)


def variable_of(setting: str) -> str:
    """The environment variable of a setting: `PMBOT_ANSWERING__THRESHOLD`."""
    return ENV_PREFIX + setting.replace(".", "__").upper()


def secret(name: str, environ: Mapping[str, str]) -> str | None:
    """A secret from the variable `name` or from the file that `name` + `_FILE` points to; None when neither is set.

    Blanks and line ends around it are no part of it. ConfigError, which never shows the secret, when both are set or the file cannot
    be read.
    """
    value, file = environ.get(name, "").strip(), environ.get(f"{name}_FILE", "")
    if value and file:
        raise ConfigError(f"{name} and {name}_FILE are both set; unset one of them")
    if not file:
        return value or None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        raise ConfigError(f"{name}_FILE: {file}: cannot be read: {reason}; check the path and its permissions") from None


def _refuse_unknown_variables() -> None:
    """A misspelt variable would be obeyed by nobody and noticed by nobody."""
    known = [CONFIG_VARIABLE, *(variable_of(name) for name in setting_names())]
    sections = {ENV_PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted(os.environ):
        if not name.startswith(ENV_PREFIX) or name in known or name in sections or name.startswith(f"{ENV_PREFIX}TELEGRAM_"):
            continue
        from rapidfuzz import fuzz, process

        nearest = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=75)
        advice = f"did you mean {nearest[0]}?" if nearest else "`pmbot config show` lists the settings"
        raise ConfigError(f"{name}: is not a known variable; {advice}")


def packaged_folder() -> Path:
    """Where the defaults are: inside the installed package, or in the repository of an editable install."""
    inside = Path(__file__).parent / "defaults"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "config"


def chosen_file(config: Path | None) -> Path | None:
    """The settings file asked for, or the one of the working folder; ConfigError when the one asked for is missing."""
    asked = config or (Path(os.environ[CONFIG_VARIABLE]) if os.environ.get(CONFIG_VARIABLE) else None)
    if asked is not None:
        if not asked.is_file():
            how = "--config" if config is not None else CONFIG_VARIABLE
            raise ConfigError(f"{asked}: there is no such settings file ({how}); check the path")
        return asked
    local = Path("config") / FILE_NAME
    return local if local.is_file() else None


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        known = merged.get(key)
        merged[key] = _merge(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged


def _unparsed(problem: str) -> str:
    """The variables of the section that pydantic-settings could not parse; it names the section only."""
    sections = tuple(ENV_PREFIX + name.upper() for name in Settings.model_fields if f'"{name}"' in problem)
    return ", ".join(sorted(name for name in os.environ if name.upper().startswith(sections))) or problem


def _variable(place: tuple[int | str, ...]) -> str:
    return ENV_PREFIX + "__".join(str(part).upper() for part in place)
