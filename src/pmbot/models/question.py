"""A question, and what was understood of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from pmbot.models.base import Noun


class QuestionType(StrEnum):
    """What kind of answer a question expects; each has templates and, mostly, mention kinds of its own."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    WHICH = "which"
    WHAT = "what"
    DEFINITION = "definition"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    PERCENT = "percent"
    RANK = "rank"
    DURATION = "duration"
    FREQUENCY = "frequency"
    LIST = "list"
    YES_NO = "yes_no"
    COMPARISON = "comparison"
    AGGREGATION = "aggregation"
    WHY = "why"
    HOW = "how"
    KEYWORD = "keyword"
    SMALL_TALK = "small_talk"


class MentionKind(StrEnum):
    """What a stretch of text names; found by rule.

    A date is anything that answers "when"; what it is besides is told by further mentions of the same stretch: a time of day, a period
    from one to another, a frequency ("every Monday").
    """

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    NAME = "name"
    DATE = "date"
    TIME = "time"
    PERIOD = "period"
    DURATION = "duration"
    FREQUENCY = "frequency"
    AGE = "age"
    MONEY = "money"
    PERCENT = "percent"
    ORDINAL = "ordinal"
    QUANTITY = "quantity"
    NUMBER = "number"


class Question(Noun):
    """What was asked. `history` holds earlier questions, newest last; `doc_id` restricts the search to one document."""

    text: str
    history: tuple[str, ...] = ()
    doc_id: str | None = None
    language: str | None = None


class KeyTerm(Noun):
    """A content word of the question: `text` as written, `term` as indexed.

    `weight` is its share of what the question asks for, 0..1: rare words weigh more. None before the documents were asked.
    """

    text: str
    term: str
    is_name: bool = False
    is_number: bool = False
    weight: float | None = None


class Reading(Noun):
    """The question as understood: its type, the kinds of mention that would answer it, and its key terms.

    `text` is the question that was searched for: the question itself, or a follow-up made to stand alone.
    `focus` is the indexed term of the noun asked for ("which *companies*").
    """

    text: str
    type: QuestionType
    expects: tuple[MentionKind, ...] = ()
    key_terms: tuple[KeyTerm, ...] = ()
    focus: str | None = None
    negated: bool = False
    notes: tuple[str, ...] = Field(default=())
