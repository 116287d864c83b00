"""The nouns of a question set, as its YAML file spells them.

A set names documents and verbatim fragments, never chunks or offsets: cutting the documents differently cannot break it.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pmbot.questionset.patterns import safe_pattern

Fragment = Annotated[str, Field(min_length=1)]
Pattern = Annotated[str, Field(min_length=1), AfterValidator(safe_pattern)]
_NO_CHECK = "checks nothing; add answer, contains, cites, abstains or another check (docs/question-sets.md lists them)"


def _listed(value: Any) -> Any:
    """Take a lone item for a list of one."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _asked_for(value: Any) -> Any:
    """Take `abstains: true` for an abstention of any kind."""
    if value is False:
        raise ValueError("leave it out where the documents do answer; a case abstains or it has other checks")
    return {} if value is True else value


_Fragments = Annotated[tuple[Fragment, ...], BeforeValidator(_listed, json_schema_input_type=Fragment | tuple[Fragment, ...])]
_Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_listed, json_schema_input_type=Fragment | tuple[Fragment, ...])]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Cites(_Entry):
    """A passage that must be cited: `text` is copied word for word from the document whose id is `document`."""

    document: Fragment
    text: Fragment


class Avoids(_Entry):
    """A passage that must not be cited; without `text` nothing of the document may be."""

    document: Fragment
    text: Fragment | None = None


class Abstention(_Entry):
    """An answer that must be refused; `reason` (the guard or the status) and the `missing` words are checked when given."""

    reason: Fragment | None = None
    missing: _Fragments = ()


_Passages = Annotated[tuple[Cites, ...], BeforeValidator(_listed, json_schema_input_type=Cites | tuple[Cites, ...])]
_Avoided = Annotated[tuple[Avoids, ...], BeforeValidator(_listed, json_schema_input_type=Avoids | tuple[Avoids, ...])]
_Refusal = Annotated[Abstention | None, BeforeValidator(_asked_for, json_schema_input_type=bool | Abstention)]


class Checks(_Entry):
    """What a reply must hold; every field that is given is a check.

    A lone item may stand where a list is allowed.
    """

    answer: _Fragments = Field(default=(), description="Any one of these is the short answer (or yes, or no), after SQuAD normalisation.")
    contains: _Fragments = Field(default=(), description="Each of these stands in the reply, its quotes included.")
    not_contains: _Fragments = Field(default=(), description="None of these stands in what is given as the answer.")
    regex: _Patterns = Field(default=(), description="Each of these regular expressions is found in the reply or in one of its quotes.")
    cites: _Passages = Field(default=(), description="Each of these passages is quoted.")
    cites_only: _Passages = Field(default=(), description="Each of these passages is quoted, and no sentence without one of them is.")
    not_cites: _Avoided = Field(default=(), description="None of these passages is quoted; without text: nothing of that document.")
    rank_at_most: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Each passage of cites or cites_only is among the first so many ranked sentences, quoted or not."
    )
    template: Fragment | None = Field(default=None, description="The template that words the reply, as config/templates names it.")
    abstains: _Refusal = Field(default=None, description="Nothing is given as an answer; optionally for which reason, naming which words.")
    max_ms: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="Milliseconds the reply may take. Advice: a slower one is reported, it fails only with --fail-slow."
    )

    @property
    def passages(self) -> tuple[Cites, ...]:
        """Every passage that must be quoted."""
        return self.cites + self.cites_only

    @property
    def has_any(self) -> bool:
        """Whether there is anything to check; a time alone is advice and no check."""
        return any(bool(getattr(self, name)) for name in Checks.model_fields if name not in {"max_ms", "rank_at_most"})

    @model_validator(mode="after")
    def _refused_or_answered(self) -> Checks:
        if self.abstains and (self.answer or self.passages):
            raise ValueError("abstains stands beside answer or cites; a question is refused or it is answered")
        if self.rank_at_most is not None and not self.passages:
            raise ValueError("rank_at_most ranks the passages of cites; add cites, or leave it out")
        return self


class Turn(Checks):
    """One question of a conversation, with checks of its own."""

    question: str

    @model_validator(mode="after")
    def _checked(self) -> Turn:
        if not self.has_any:
            raise ValueError(_NO_CHECK)
        return self


class QuestionCase(Checks):
    """One question with its checks, or a conversation of several `turns`.

    `xfail` is the reason why the case is known to fail: it then must fail, so that a repair is noticed.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Small letters, digits and hyphens; unique in its file.")
    question: str | None = None
    turns: Annotated[tuple[Turn, ...], BeforeValidator(_listed, json_schema_input_type=tuple[Turn, ...])] = Field(
        default=(), description="A conversation: each turn has its own checks, and knows the questions before it."
    )
    tags: _Fragments = Field(default=(), description="For choosing cases and for figures by tag; not checked.")
    language: Fragment | None = Field(default=None, description="The language of the question; for figures by language, not checked.")
    xfail: Fragment | None = Field(default=None, description="Why the case is known to fail; when it passes, that is reported.")

    @model_validator(mode="after")
    def _one_or_many(self) -> QuestionCase:
        if (self.question is None) == (not self.turns):
            raise ValueError("needs a question, or turns with a question each, and not both")
        if self.turns and (self.has_any or self.max_ms is not None):
            raise ValueError("has turns: put the checks into the turns")
        if self.question is not None and not self.has_any:
            raise ValueError(_NO_CHECK)
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

    knowledge: Fragment | None = Field(default=None, description="Folder or document that is asked, from this file on.")
    cases: tuple[QuestionCase, ...] = Field(min_length=1)
