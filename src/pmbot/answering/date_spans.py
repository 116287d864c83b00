"""Which words of a sentence say when: dates with the hours that belong to them, and the part of a date that is asked for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from pmbot.answering.query import Query
from pmbot.answering.views import View
from pmbot.models import MentionKind, QuestionType
from pmbot.text.figures import dates
from pmbot.text.figures.finding import Mention
from pmbot.text.lazy_pattern import LazyPattern

_JOINED = LazyPattern(r"\s*,?\s*(?:(?:at|from|on|in|of|between)\s+)?(?:the\s+)?")
_ALSO = LazyPattern(r"\s*(?:,|;|,?\s*and)\s+(?:on\s+)?(?:the\s+)?")
_DAY_NAME = LazyPattern(rf"{dates.WEEKDAY}\b|weekdays|weekends")
_PARTS = {
    "year": LazyPattern(r"(?<!\d)[12]\d{3}(?!\d)"),
    "month": LazyPattern(rf"\b{dates.MONTH}(?![a-z])"),
    "century": LazyPattern(r"\b[\w]+[ -]century\b(?:\s(?:BCE?|AD|CE))?", re.IGNORECASE),
    "decade": LazyPattern(r"(?<!\d)\d{3}0s\b"),
    "weekday": LazyPattern(rf"\b{dates.WEEKDAY}\b"),
}
_ENDS = frozenset({"close", "closes", "end", "ends", "finish", "finishes", "stop", "stops"})
_STARTS = frozenset({"open", "opens", "start", "starts", "begin", "begins"})
_WHOLE_DATE = LazyPattern(rf"[A-Za-z]{{3}}|\d{{4}}|{dates.CLOCK}")
_YEARS = LazyPattern(r"(?:,\s?[12]\d{3}){0,4},?\sand\s(?:again\s|then\s)?(?:in\s)?[12]\d{3}(?!\d)")
_PRECISE = {
    "date": LazyPattern(rf"{dates.MONTH}\s\d|\d\s{dates.MONTH}|\d-\d\d-\d|\d[./]\d"),
    "day": LazyPattern(rf"{dates.MONTH}\s\d|\d\s(?:of\s)?{dates.MONTH}|{dates.WEEKDAY}|\d-\d\d-\d|\d[./]\d"),
    "month": _PARTS["month"],
    "year": _PARTS["year"],
    "century": _PARTS["century"],
}
_RANGE = LazyPattern(r"\s(?:to|until|till|through|and)\s|(?<!mid)(?<!early)(?<!late)\s?[-–]\s?")


class DateGroup(NamedTuple):
    """Dates and hours that stand together ("Monday to Friday from 9:00 to 17:00"), in order; `asked` are those that the question names."""

    members: tuple[Mention, ...]
    asked: frozenset[Mention]

    @property
    def fresh(self) -> tuple[int, int] | None:
        """The stretch of what the question does not name; None when there is nothing, or it is parted by what it names."""
        places = [at for at, member in enumerate(self.members) if member not in self.asked]
        if not places or places[-1] - places[0] >= len(places):
            return None
        return self.members[places[0]].start, self.members[places[-1]].end


def date_groups(query: Query, view: View) -> list[DateGroup]:
    """The dates of a sentence, and how often they come, those that belong together in one group ("*daily from 9:00 to 17:00*")."""
    text, groups = view.sentence.text, list[list[Mention]]()
    dates_at = {m[1:] for m in view.mentions if m.kind is MentionKind.DATE}
    for mention in view.mentions:
        again = mention.kind is MentionKind.FREQUENCY and mention[1:] not in dates_at
        if mention.kind is MentionKind.DATE or again:
            last = groups[-1][-1] if groups else None
            if last is not None and _JOINED.fullmatch(text, last.end, mention.start) and _belong(view, last, mention):
                groups[-1].append(mention)
            else:
                groups.append([mention])
    named = query.term_set
    held = {m: {t.term for t in view.tokens_in(m.start, m.end) if t.term not in view.stops} for group in groups for m in group}
    return [DateGroup(tuple(group), frozenset(m for m in group if held[m] and held[m] <= named)) for group in groups]


def _belong(view: View, one: Mention, other: Mention) -> bool:
    """Whether of two dates side by side one is a day and the other its hours, or its weekday."""
    times = {m[1:] for m in view.mentions if m.kind is MentionKind.TIME}
    timed = (one[1:] in times, other[1:] in times)
    if any(timed):
        return not all(timed)
    return any(_DAY_NAME.match(view.sentence.text, m.start, m.end) for m in (one, other))


def beside_asked(query: Query, view: View) -> tuple[int, int] | None:
    """The hours of the day that the question names, where one group holds both."""
    if not _asks_when(query):
        return None
    found = [group.fresh for group in date_groups(query, view) if group.asked and group.fresh]
    return found[0] if len(found) == 1 else None


def _asks_when(query: Query) -> bool:
    return MentionKind.DATE in query.reading.expects or MentionKind.TIME in query.reading.expects


def whole_date(query: Query, view: View, mention: Mention) -> tuple[int, int]:
    """The date with all that belongs to it; several groups where the hours of several days are told."""
    groups = date_groups(query, view)
    at = next((at for at, group in enumerate(groups) if mention[1:] in {m[1:] for m in group.members}), None)
    if at is None or groups[at].fresh is None or not _asks_when(query):
        return mention.start, mention.end
    start, end = groups[at].fresh or (mention.start, mention.end)
    if MentionKind.TIME in query.reading.expects:
        return mention.start, mention.end
    if len(groups[at].members) > 1 and not groups[at].asked:
        for group in groups[at + 1 :]:
            if len(group.members) < 2 or group.asked or not _ALSO.fullmatch(view.sentence.text, end, group.members[0].start):
                break
            end = group.members[-1].end
    return start, end


def part_asked(query: Query, view: View, place: tuple[int, int]) -> tuple[int, int]:
    """The part of a date that the question asks for: its year, its month, when something ends; the whole where it asks for none."""
    words = query.norms
    noun = _asked_noun(query)
    pattern = _PARTS.get("weekday" if "week" in words and noun == "day" else noun)
    text = view.sentence.text
    if noun == "years" and (further := _YEARS.match(text, place[1])):
        return place[0], further.end()
    if pattern is not None:
        found = list(pattern.finditer(text, *place))
        return found[0].span() if len(found) == 1 else place
    ends = _end_asked(words)
    ranged = list(_RANGE.finditer(text, *place)) if ends is not None else []
    if len(ranged) != 1:
        return place
    if ends:
        return ranged[0].end(), place[1]
    return (place[0], ranged[0].start()) if _WHOLE_DATE.search(text, place[0], ranged[0].start()) else place


def precise(query: Query, view: View, mentions: list[Mention]) -> list[Mention]:
    """The dates that name what is asked for ("on what *day*"), where any does; else all."""
    noun = _asked_noun(query) if query.reading.type is QuestionType.WHEN else ""
    pattern = _PRECISE.get(noun)
    if pattern is None:
        return mentions
    return [m for m in mentions if pattern.search(view.sentence.text, m.start, m.end)] or mentions


def _asked_noun(query: Query) -> str:
    return next((token.norm for token in query.tokens if token.term == query.reading.focus), "")


def _end_asked(words: Sequence[str]) -> bool | None:
    """True where the end of a period is asked for ("until when", "when does it close"), False for its start, None for neither."""
    pairs = set(itertools.pairwise(words))
    if pairs & {("until", "when"), ("till", "when"), ("how", "late")}:
        return True
    if pairs & {("from", "when"), ("since", "when")}:
        return False
    verbs = [word for word in words if word in _ENDS | _STARTS]
    return verbs[0] in _ENDS if len(verbs) == 1 and {"do", "does", "did"} & set(words) else None
