"""The nouns of a question set, as its YAML file spells them.

A set names documents and verbatim fragments, never chunks or offsets: cutting the documents differently cannot break it.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Fragment = Annotated[str, Field(min_length=1)]


def _listed(value: Any) -> Any:
    """Take a lone item for a list of one."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _asked_for(value: Any) -> Any:
    """Take `abstains: true` for an abstention of any kind."""
    if value is False:
        raise ValueError("leave it out where the documents do answer; a case abstains or it has other checks")
    return {} if value is True else value


_Fragments = Annotated[tuple[Fragment, ...], BeforeValidator(_listed, json_schema_input_type=Fragment | tuple[Fragment, ...])]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Cites(_Entry):
    """A passage that must be cited: `text` is copied word for word from the document whose id is `document`."""

    document: Fragment
    text: Fragment


class Abstention(_Entry):
    """An answer that must be refused; `reason` (the guard or the status) and the `missing` words are checked when given."""

    reason: Fragment | None = None
    missing: _Fragments = ()


_Passages = Annotated[tuple[Cites, ...], BeforeValidator(_listed, json_schema_input_type=Cites | tuple[Cites, ...])]
_Refusal = Annotated[Abstention | None, BeforeValidator(_asked_for, json_schema_input_type=bool | Abstention)]


class Checks(_Entry):
    """What a reply must hold.

    `answer`: any one of these is the short answer, after SQuAD normalisation. `contains`: each stands in the reply, its quotes
    included. `not_contains`: none stands in what is given as the answer. `cites`: each passage is quoted.
    `abstains`: nothing is given as an answer.
    """

    answer: _Fragments = ()
    contains: _Fragments = ()
    not_contains: _Fragments = ()
    cites: _Passages = ()
    abstains: _Refusal = None

    @property
    def has_any(self) -> bool:
        """Whether there is anything to check."""
        return bool(self.answer or self.contains or self.not_contains or self.cites or self.abstains)

    @model_validator(mode="after")
    def _refused_or_answered(self) -> Checks:
        if self.abstains and (self.answer or self.cites):
            raise ValueError("abstains stands beside answer or cites; a question is refused or it is answered")
        return self


class Turn(Checks):
    """One question of a conversation, with checks of its own."""

    question: str

    @model_validator(mode="after")
    def _checked(self) -> Turn:
        if not self.has_any:
            raise ValueError("checks nothing; add answer, contains, not_contains, cites or abstains")
        return self


class QuestionCase(Checks):
    """One question with its checks, or a conversation of several `turns`.

    `xfail` is the reason why the case is known to fail: it then must fail, so that a repair is noticed.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    question: str | None = None
    turns: Annotated[tuple[Turn, ...], BeforeValidator(_listed, json_schema_input_type=tuple[Turn, ...])] = ()
    tags: _Fragments = ()
    language: Fragment | None = None
    xfail: Fragment | None = None

    @model_validator(mode="after")
    def _one_or_many(self) -> QuestionCase:
        if (self.question is None) == (not self.turns):
            raise ValueError("needs a question, or turns with a question each, and not both")
        if self.turns and self.has_any:
            raise ValueError("has turns: put the checks into the turns")
        if self.question is not None and not self.has_any:
            raise ValueError("checks nothing; add answer, contains, not_contains, cites or abstains")
        return self

    @property
    def conversation(self) -> tuple[Turn, ...]:
        """The turns; a single question is a conversation of one."""
        if self.question is None:
            return self.turns
        checks = {name: getattr(self, name) for name in Checks.model_fields}
        return (Turn(question=self.question, **checks),)


class QuestionSet(_Entry):
    """A file of cases. `knowledge` is the folder or document they ask, relative to the file."""

    knowledge: Fragment | None = None
    cases: tuple[QuestionCase, ...] = Field(min_length=1)
