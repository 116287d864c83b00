"""The mention grammar and the cues of a language whose words are listed in a file: dates, sums, shares, quantities, names, reasons.

Lists hold words as in `word_sets`: an entry ending in `*` leaves its ending open. Every pattern is linear, as in `grammar`; a list without
entries makes a pattern that finds nothing, so that digits, signs and international units are read in any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pmbot.answering.language import Cues, Figures
from pmbot.answering.word_sets import alternatives
from pmbot.models import MentionKind

Lists = Callable[[str], Sequence[str]]
"""The entries of a list by its name; nothing for a list that a language does not have."""

_BLANK = r"[ \u00a0\u202f]"
_DIGITS = rf"(?:(?<![\d.,])\d{{1,3}}(?:{_BLANK}\d{{3}})+(?!\d)(?:,\d+)?|(?<![\d.,])\d+(?:[.,]\d+)*)"
_SIGNS = "[$€£¥₩₽]"
_CODES = r"(?:EUR|USD|GBP|RUB|CHF|SEK|NOK|DKK|PLN|LVL)"
_SYMBOLS = r"(?:km2|km²|m2|m²|m3|m³|km/h|km|cm|mm|kg|mg|g|t|ml|l|ha|°\s?[CF]|kW|MW|GW|kWh|MWh|GWh|Hz|kHz|MHz|GHz|[KMGT]B|m)"
_NUMERIC_DATE = r"(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}\.?|\d{1,2}[:.][0-5]\d)(?![\d,]|\.\d)"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_OPENING_QUOTES, _CLOSING_QUOTES = '„“«»"', '”“»«"'


def figures(lists: Lists) -> Figures:
    """The patterns of figures, dates and periods, as `grammar.FIGURES` for English; earlier rules win."""
    count, dash = _count(lists), r"\s?[-–—]\s?"
    unit = rf"(?:{alternatives(lists('units'))}|{_SYMBOLS})"
    money = rf"(?:{alternatives(lists('currencies'))}|{_CODES}|{_SIGNS})"
    period = alternatives(lists("periods"))
    qualifier = rf"(?:{alternatives(lists('qualifiers'))}\s+)?"
    rules = (
        (MentionKind.MONEY, rf"{_SIGNS}\s?{_DIGITS}{_scale(lists)}|{qualifier}\b{count}(?:{dash}{count})?\s?{money}(?!\w)"),
        (MentionKind.PERCENT, rf"{qualifier}\b{count}(?:{dash}{count})?\s?(?:%|{alternatives(lists('percents'))}\b)"),
        (MentionKind.PERCENT, rf"\b{alternatives(lists('shares'))}\b"),
        (MentionKind.FREQUENCY, _frequencies(lists)),
        (MentionKind.DATE, _dates(lists)),
        (MentionKind.DURATION, rf"\b{qualifier}(?:{count}|{alternatives(lists('several'))}){_BLANK}{period}\b"),
        (MentionKind.DATE, rf"{_NUMERIC_DATE}|(?<![\d.,]){_YEAR}(?:{dash}{_YEAR})?(?![\d,]*\d|\.\d|{_BLANK}?(?:%|{unit}(?!\w)))"),
        (MentionKind.QUANTITY, rf"\b{qualifier}{count}(?:{dash}{count})?\s?{unit}(?!\w)"),
        (MentionKind.DATE, rf"\b{alternatives([*lists('weekdays'), *lists('months')])}\b"),
        (MentionKind.ORDINAL, rf"\b{alternatives(lists('ordinals'))}\b"),
        (MentionKind.NUMBER, rf"\b{qualifier}{count}\b"),
    )
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rules)


def _scale(lists: Lists) -> str:
    return rf"(?:{_BLANK}?(?:{alternatives(lists('scales'))})(?!\w)\.?)?"


def _count(lists: Lists) -> str:
    """Digits or number words, with thousands, millions and the like behind them."""
    words = alternatives(lists("numbers"))
    return rf"(?:{_DIGITS}{_scale(lists)}|{words}(?:{_BLANK}{words}){{0,3}}\b{_scale(lists)})"


def _frequencies(lists: Lists) -> str:
    """How often: "katru dienu", "divas reizes gadā", "раз в неделю", "ежедневно"."""
    count, period = _count(lists), alternatives(lists("periods"))
    nth = rf"(?:(?:{count}|{alternatives(lists('ordinals'))}){_BLANK})?"
    times = rf"(?:(?:{count}|{alternatives(lists('several'))}){_BLANK})?{alternatives(lists('times'))}"
    every, per, often = alternatives(lists("every")), alternatives(lists("per")), alternatives(lists("often"))
    return rf"\b(?:{every}{_BLANK}{nth}{period}|{times}{_BLANK}{per}|{often})\b"


def _dates(lists: Lists) -> str:
    """Days, months and years in words: "2014. gada 12. maijā", "12 мая 2014 года", and periods of them."""
    month, year = alternatives(lists("months")), rf"\.?{_BLANK}{alternatives(lists('years'))}"
    season = rf"(?:{alternatives(lists('seasons'))}\s+)?"
    day = rf"\d{{1,2}}\.?(?:\s?[-–]\s?\d{{1,2}}\.?)?{_BLANK}{month}(?:{_BLANK}{_YEAR}(?:{year})?)?"
    to = rf"\s+{alternatives(lists('until'))}\s+"
    opening = rf"(?:{alternatives(lists('from'))}\s+)?"
    forms = (
        rf"\b{opening}{day}{to}{day}\b",
        rf"\b{opening}\d{{1,2}}[:.][0-5]\d(?:{to}|\s?[-–]\s?)\d{{1,2}}[:.][0-5]\d(?![\d.,]*\d)",
        rf"(?<![\d.,]){_YEAR}{year}{_BLANK}{day}\b",
        rf"(?<![\d.,]){day}\b",
        rf"(?<![\d.,]){_YEAR}{year}{_BLANK}{month}\b",
        rf"\b{month}{_BLANK}{_YEAR}(?:{year}\b)?",
        rf"\b{opening}{month}{to}{month}\b",
        rf"\b{season}(?<![\d.,]){_YEAR}(?:\.?\s?[-–—]\s?{_YEAR})?{year}\b",
    )
    return "|".join(forms)


def names_pattern() -> re.Pattern[str]:
    """Runs of words with a capital, in any script that has capitals."""
    capital = rf"(?:[{capitals()}][\w’'.-]{{0,40}}\w|[{capitals()}](?:\.|\b))"
    return re.compile(rf"(?<!\w){capital}(?:[ \u00a0-]{capital})*")


def quoted_names() -> re.Pattern[str]:
    """Names in quotation marks (group 1): they begin with a capital and end before the sentence does."""
    return re.compile(rf"[{_OPENING_QUOTES}]([{capitals()}][^{_OPENING_QUOTES}{_CLOSING_QUOTES}.!?]{{1,60}})[{_CLOSING_QUOTES}]")


@cache
def capitals() -> str:
    """All capital letters of the Latin, Greek, Cyrillic, Armenian and Georgian alphabets, for a character class."""
    return "".join(chr(code) for code in range(0x41, 0x590) if chr(code).isupper())


def cues(lists: Lists) -> Cues:
    """What opens reasons, manners and lists, and what stands between a name and what it is."""
    sure, maybe, told = alternatives(lists("because")), alternatives(lists("purposes")), alternatives(lists("therefore"))
    joined = alternatives(lists("and"))
    item = r"[^,;.:()]{2,60}"
    is_, that_is = alternatives(lists("is")), alternatives(lists("that_is"))
    return Cues(
        because=_pattern(rf"\b(?:{sure}|{maybe})\b[^,;()]{{3,160}}"),
        sure_because=_pattern(rf"{sure}\b"),
        because_told=_pattern(rf"\b(?:{sure}|{maybe}|{told})\b"),
        manner=_pattern(rf"\b{alternatives(lists('by'))}\s[^;,()]{{3,200}}"),
        enumeration=_pattern(rf"\s*((?:{item},\s*)+{item}?\s+{joined}\s+{item})"),
        listing=_pattern(rf"\b{alternatives(lists('including'))}\b|:"),
        between=_pattern(rf"\s*(?:,\s*(?:{joined})?|\b{joined}\b|;)\s*"),
        predicate=_pattern(
            rf"[”“»\"]?\s*(?:\([^)]{{1,60}}\)\s*)?(?:[—–-]\s+(?:{is_}\s+)?|{is_}\s+)((?!{_count(lists)}\b)[^,;.()]{{3,160}})"
        ),
        apposition=_pattern(rf"[”“»\"]?\s*,\s*{that_is}\s+([^,;.()]{{3,160}})"),
        partly=_pattern(rf"\b{alternatives(lists('mainly'))}\b([^;:.()]{{3,200}})"),
        relative=_pattern(rf"\b{alternatives(lists('today'))}\b"),
    )


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
