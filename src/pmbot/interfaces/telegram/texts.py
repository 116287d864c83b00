"""All that the bot says by itself: one YAML file a language, every field checked at load, English where a language lacks."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pmbot.errors import ConfigError
from pmbot.rendering.telegram_parts import units
from pmbot.yamlfile import read_model

FALLBACK = "en"
LONGEST_LABEL = 40
LONGEST_TOAST = 200
LONGEST_DESCRIPTION = 256
LONGEST_PROFILE, LONGEST_SHORT_PROFILE = 512, 120


def _text(*allowed: str, longest: int = 2000) -> AfterValidator:
    """Make a validator: a text may use the `allowed` fields and no others, and has at most `longest` UTF-16 units."""
    return AfterValidator(_checked(allowed, longest))


def _checked(allowed: tuple[str, ...], longest: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        for _, name, spec, conversion in string.Formatter().parse(text):
            if name is not None and (name not in allowed or spec or conversion):
                known = ", ".join("{" + field + "}" for field in allowed) or "none"
                raise ValueError(f"unknown field {{{name}}}; allowed here: {known}")
        if not text.strip():
            raise ValueError("must say something")
        if units(text) > longest:
            raise ValueError(f"must have at most {longest} characters")
        return text

    return check


Plain = Annotated[str, _text()]
Label = Annotated[str, _text(longest=LONGEST_LABEL)]
ToastText = Annotated[str, _text(longest=LONGEST_TOAST)]
CommandHelp = Annotated[str, _text(longest=LONGEST_DESCRIPTION)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Forms(_Section):
    """A counted thing in its forms, `{count}` in each; which one a number takes is said by `languages.form_of`."""

    zero: Annotated[str, _text("count", longest=LONGEST_LABEL)]
    one: Annotated[str, _text("count", longest=LONGEST_LABEL)]
    other: Annotated[str, _text("count", longest=LONGEST_LABEL)]


class Counts(_Section):
    """What is counted."""

    documents: Forms
    sentences: Forms
    questions: Forms
    votes: Forms
    people: Forms
    days: Forms


class Profile(_Section):
    """What Telegram shows of the bot before and beside a chat."""

    description: Annotated[str, _text(longest=LONGEST_PROFILE)]
    short_description: Annotated[str, _text(longest=LONGEST_SHORT_PROFILE)]


class Said(_Section):
    """Messages. `{documents}` is how much is searched, `{examples}` three questions, a line each."""

    welcome: Annotated[str, _text("documents", "examples")]
    help: Annotated[str, _text("examples", "commands")]
    ask_something: Annotated[str, _text("examples")]
    examples: Annotated[str, _text("examples")]
    unknown_command: Annotated[str, _text("command")]
    did_you_mean: Plain
    apology: Plain
    slow_down: Annotated[str, _text("seconds")]
    stranger: Annotated[str, _text("user")]
    stranger_pairing: Annotated[str, _text("user")]
    paired: Annotated[str, _text("examples")]
    not_text: Plain
    new: Plain
    out_of_date: ToastText
    nothing_more: ToastText
    also_found: Plain
    no_sources: ToastText
    nothing_yet: Plain
    link_out_of_date: Plain
    about_document: Plain
    documents: Annotated[str, _text("documents")]
    more_documents: Annotated[str, _text("count")]
    privacy: Annotated[str, _text("kept")]
    privacy_recorded: Annotated[str, _text("kept")]
    privacy_unrecorded: Plain
    forgotten: Annotated[str, _text("questions", "votes")]
    about: Annotated[str, _text("version", "documents")]
    inline_tip: Plain
    inline_help: Annotated[str, _text("bot", "examples")]


class Admin(_Section):
    """What admins are told."""

    reloaded: Annotated[str, _text("added", "changed", "removed", "documents")]
    nothing_changed: Annotated[str, _text("documents")]
    reload_failed: Annotated[str, _text("reason")]
    not_recorded: Plain
    stats: Annotated[str, _text("documents", "period", "questions", "people", "answered", "refused", "good", "bad", "wrong_source")]
    more_gaps: Annotated[str, _text("count")]


class Buttons(_Section):
    """What stands on buttons."""

    sources: Annotated[str, _text("count", longest=LONGEST_LABEL)]
    passage: Label
    next_passage: Label
    more: Label
    good: Label
    bad: Label
    wrong_source: Label


class Votes(_Section):
    """What is shown for a moment after a vote."""

    good: ToastText
    bad: ToastText
    wrong_source: ToastText
    not_kept: ToastText


class Texts(_Section):
    """The texts of one language. `commands` describes each command of the menu, in one line."""

    language: str = Field(pattern=r"^[a-z]{2}$")
    profile: Profile
    counts: Counts
    said: Said
    admin: Admin
    buttons: Buttons
    votes: Votes
    commands: Mapping[str, CommandHelp]


class TextBook:
    """The texts of every language there is."""

    def __init__(self, texts: Mapping[str, Texts]) -> None:
        """`texts` by language code; English among them."""
        self._texts = dict(texts)

    @property
    def languages(self) -> tuple[str, ...]:
        """The language codes, sorted."""
        return tuple(sorted(self._texts))

    def of(self, language_code: str | None) -> Texts:
        """The texts for a user's `language_code` (`lv`, `pt-br`); English when there are none."""
        code = (language_code or FALLBACK).partition("-")[0].lower()
        return self._texts.get(code) or self._texts[FALLBACK]


def read_texts(paths: Mapping[str, Path], commands: tuple[str, ...]) -> TextBook:
    """Read the files by language; ConfigError says file, line and field, also when a command has no description or a stray one."""
    texts = {language: read_model(path, Texts, error=ConfigError) for language, path in paths.items()}
    if FALLBACK not in texts:
        raise ConfigError(f"telegram.{FALLBACK}.yaml: not found; it is the language that others fall back to")
    for language, found in texts.items():
        if found.language != language:
            raise ConfigError(f"{paths[language]}: language: is {found.language}, but the file is named for {language}; make them agree")
        missing = [name for name in commands if name not in found.commands]
        stray = [name for name in found.commands if name not in commands]
        if missing or stray:
            what = ", ".join([f"{name} is missing" for name in missing] + [f"there is no command {name}" for name in stray])
            raise ConfigError(f"{paths[language]}: commands: {what}")
    return TextBook(texts)
