"""The words around the quotes: templates per language, read from `config/templates.<language>.yaml`, every field checked at load."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from pmbot.models import Decision, QuestionType, Reading

LISTED = 5  # words of the question that a refusal names
LONGEST_PHRASE = 60
_HOW_ELSE = re.compile(r"\W*how (?!much|many|long|often)", re.IGNORECASE)


def _fields(*allowed: str) -> Callable[[str], str]:
    """Make a validator: a template may use the `allowed` fields and no others."""

    def check(template: str) -> str:
        for _, name, spec, conversion in string.Formatter().parse(template):
            if name is not None and (name not in allowed or spec or conversion):
                known = ", ".join("{" + field + "}" for field in allowed)
                raise ValueError(f"unknown field {{{name}}}; use {known}")
        return template

    return check


Answering = Annotated[str, AfterValidator(_fields("short", "marker"))]
Refusing = Annotated[str, AfterValidator(_fields("missing", "examples"))]
WithExamples = Annotated[str, AfterValidator(_fields("examples"))]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answered(_Section):
    """Texts around a short answer, around quotes alone, and for verdicts."""

    short: Answering
    plain: Answering
    yes: Answering
    no: Answering
    comparison: Answering
    aggregation: Answering
    disagreement: Annotated[str, AfterValidator(_fields("figures"))]
    figure: Answering


class Parts(_Section):
    """Texts for a message with several questions."""

    unanswered: Annotated[str, AfterValidator(_fields("part", "reason"))]


class Notes(_Section):
    """What is announced about how the question was read."""

    spelling: Annotated[str, AfterValidator(_fields("written", "read"))]
    follow_up: Annotated[str, AfterValidator(_fields("read"))]
    more: Annotated[str, AfterValidator(_fields("read"))]
    many: Annotated[str, AfterValidator(_fields("limit"))]
    cut: Annotated[str, AfterValidator(_fields("limit"))]
    columns: Annotated[str, AfterValidator(_fields("columns"))] = "{columns}"


class Examples(_Section):
    """How example questions are asked: about a person, a thing, a year, and what is said of somebody."""

    person: Annotated[str, AfterValidator(_fields("name"))] = "Who is {name}?"
    thing: Annotated[str, AfterValidator(_fields("name"))] = "What is {name}?"
    year: Annotated[str, AfterValidator(_fields("year"))] = "What happened in {year}?"
    about: Annotated[str, AfterValidator(_fields("name"))] = "What is said about {name}?"


KEYWORDS = Examples(person="{name}", thing="{name}", year="{year}", about="{name}")
"""Examples for a language that no questions are worded in."""


class SmallTalk(_Section):
    """Folded phrases without punctuation, and the reply to them."""

    phrases: tuple[str, ...]
    text: WithExamples


class Templates(_Section):
    """All texts of one language."""

    language: str
    answered: Answered
    refused: Mapping[str, Refusing]
    parts: Parts
    notes: Notes
    conjunction: str = Field(alias="and")
    small_talk: Mapping[str, SmallTalk]
    examples: Examples = Examples()
    quotes: str = Field(default="“”", min_length=2, max_length=2)

    @field_validator("refused")
    @classmethod
    def _has_a_last_resort(cls, refused: Mapping[str, str]) -> Mapping[str, str]:
        if "unsure_bare" not in refused:
            raise ValueError("unsure_bare is missing, which refuses when no other text fits; add it")
        return refused

    def small_talk_for(self, words: Sequence[str]) -> str | None:
        """The name of the small talk that the folded `words` are; None when they are a question."""
        phrase = " ".join(word.replace("'", "") for word in words)
        return next((name for name, talk in self.small_talk.items() if phrase in talk.phrases), None)

    def answer_text(self, decision: Decision, reading: Reading, short: str | None, marker: str) -> str:
        """The text of an answer; the short answer comes first where there is one."""
        if decision.verdict is not None:
            template = self.answered.yes if decision.verdict == "yes" else self.answered.no
            return template.format_map({"short": short, "marker": marker})
        if reading.type is QuestionType.AGGREGATION:
            return self.answered.aggregation.format_map({"short": short, "marker": marker})
        if short is None:
            return self.answered.plain.format_map({"short": "", "marker": marker})
        template = self.answered.comparison if reading.type is QuestionType.COMPARISON else self.answered.short
        return template.format_map({"short": short, "marker": marker})

    def disagreement_text(self, figures: Sequence[tuple[str, str]]) -> str:
        """The text of an answer whose figures, each with its marker, contradict each other."""
        told = [self.answered.figure.format_map({"short": short, "marker": marker}) for short, marker in figures]
        return self.answered.disagreement.format_map({"figures": joined(told, self.conjunction)})

    def refusal_text(self, decision: Decision, reading: Reading, examples: Sequence[str]) -> str:
        """The text of a refusal: by reason and question type, by reason, or the plain one."""
        reason = decision.reason or "unsure"
        talk = self.small_talk.get(reason.removeprefix("small_talk_"))
        if talk is not None:
            return talk.text.format_map({"examples": example_lines(examples)})
        if reason == "unsure" and not decision.missing_terms:
            reason = "unsure_bare"
        # "How old" asks for a duration, but that the documents do not say "how long" is no reply to it.
        kind = "" if _HOW_ELSE.match(reading.text) else f"{reason}_{reading.type.value}"
        template = self.refused.get(kind) or self.refused.get(reason) or self.refused["unsure_bare"]
        missing = self.listed(joined_phrases(decision.missing_terms, reading.text))
        return template.format_map({"missing": missing, "examples": example_lines(examples)})

    def listed(self, phrases: Sequence[str]) -> str:
        """Phrases in quotation marks, the last joined with "and"."""
        opening, closing = self.quotes[0], self.quotes[1]
        quoted = [f"{opening}{_short(phrase)}{closing}" for phrase in phrases[:LISTED]]
        return joined(quoted, self.conjunction)


def joined(phrases: Sequence[str], conjunction: str) -> str:
    """Phrases joined by commas, the last by `conjunction`."""
    return conjunction.join([", ".join(phrases[:-1]), phrases[-1]]) if len(phrases) > 1 else "".join(phrases)


def _short(phrase: str) -> str:
    return phrase if len(phrase) <= LONGEST_PHRASE else phrase[:LONGEST_PHRASE].rstrip() + "…"


def example_lines(examples: Sequence[str]) -> str:
    """One example question a line."""
    return "\n".join(f"  {example}" for example in examples)


def joined_phrases(words: Sequence[str], text: str) -> list[str]:
    """Words that follow each other in `text` with one blank between, made one phrase ("South", "Korea" → "South Korea")."""
    phrases: list[str] = []
    for word in words:
        if phrases and f"{phrases[-1]} {word}" in text:
            phrases[-1] = f"{phrases[-1]} {word}"
        else:
            phrases.append(word)
    return phrases
