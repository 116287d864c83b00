"""The patterns of the mention grammar: dates, periods, sums, shares, ordinals, quantities, numbers in English.

Every pattern is linear: bounded repetition, no nested quantifiers over the same characters. Earlier rules win over later ones.
"""

from __future__ import annotations

import re

from pmbot.models import MentionKind

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_UNITS_WORD = r"(?:two|three|four|five|six|seven|eight|nine|one)"
_NUMBER_WORD = (
    r"(?:zero|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|ten"
    r"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]"
    + _UNITS_WORD
    + r")?|"
    + _UNITS_WORD
    + r"|half|dozens?|hundreds|thousands|millions)"
)
_SCALE = r"(?:[ \u00a0-]?(?:hundred|thousand|million|billion|trillion|bn|mn|mln|m|k)(?![A-Za-z]))"
_QUALIFIER = r"(?:(?:more than|less than|over|under|about|around|approximately|nearly|almost|at least|at most|up to|some|roughly)\s+)?"
_COUNT = rf"(?:{_DIGITS}{_SCALE}{{0,2}}|{_NUMBER_WORD}{_SCALE}{{0,2}})"
_UNIT = (
    r"(?:km2|km²|m2|m²|m3|m³|km/h|mph|km|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|cm|mm|miles?|feet|foot|ft|inch(?:es)?"
    r"|yards?|acres?|hectares?|square\s+\w+|cubic\s+\w+|tons?|tonnes?|kg|kilograms?|grams?|g|mg|pounds?|lbs?|lit(?:er|re)s?|ml|l|gallons?"
    r"|degrees?(?:\s+(?:Celsius|Fahrenheit))?|°\s?[CFK]?|volts?|watts?|V|W|kW|MW|GW|kWh|hp|Hz|kHz|MHz|GHz|bits?|bytes?|[KMGT]B|pixels?|points?|barrels?|k?Pa|psi|bars?|mbar"
    r"|nm|μm|µm|rpm|times|fold|m)"
)
_ORDINAL = (
    r"(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_CURRENCY = (
    r"(?:dollars?|euros?|pounds sterling|pounds|yen|yuan|won|USD|EUR|GBP|KRW|CHF|cents?|pence|lats|francs?|marks?|rubles?|roubles?"
    r"|rupees?|shillings?|crowns?|kron(?:or|er))"
)
_PERIOD = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|millennia|generations?|semesters?|terms?)"

_MONEY = rf"{_QUALIFIER}(?:(?:US|A|C|HK|NZ)?[$€£¥₩]\s?{_DIGITS}{_SCALE}{{0,2}}|\b{_COUNT}\s?(?:[$€£¥₩]|{_CURRENCY}\b))"
_PERCENT = (
    rf"{_QUALIFIER}(?:\b{_COUNT}\s?(?:%|percent\b|per cent\b|percentage points?\b)"
    r"|\b(?:one|two|three)[ -](?:thirds?|quarters?|fifths?|tenths?|half|halves)\b|\b(?:a third|a quarter|two-thirds|the majority)\b)"
)
_DURATION = (
    rf"\b{_QUALIFIER}(?:(?:{_COUNT}|several|few|many|a couple of|an?)[ -](?:and a half )?{_PERIOD}"
    rf"|(?:last|past|next) {_PERIOD})\b"
)
_DAY = (
    rf"\b(?:(?:early |late |mid-)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:\s?[-–]\s?\d{{1,2}})?(?:,?\s+\d{{3,4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{3,4}})?|{_MONTH},?\s+(?:of\s+)?\d{{4}}))\b"
)
_DAY_RANGE = rf"\b(?:from\s+)?\d{{1,2}}(?:\s+{_MONTH})?\s?(?:to|until|[-–])\s?\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?\b"
_HOURS = r"\b(?:from\s+)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?\s?(?:to|until|[-–])\s?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?!\d)"
_NUMERIC_DATE = r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}:\d{2}\b(?:\s?[ap]\.?m\.?)?"
_YEAR = (
    r"\b(?:(?:the\s+)?(?:early|late|mid|middle|end|beginning|first half|second half)(?:[ -](?:of\s+)?(?:the\s+)?))?"
    rf"(?:{_ORDINAL}[ -]centur(?:y|ies)(?:\s+(?:BCE?|AD|CE))?|\d{{1,4}}\s?(?:BCE?|AD|CE)\b|(?:1[0-9]|20)\d0s"
    r"|(?:1[0-9]\d\d|20\d\d)(?:\s?[-–/]\s?\d{2,4})?(?![\d.,]*\d|\s?(?:%|km|m\b|feet|people|metres|meters|miles)))\b"
)
_WEEKDAY = rf"\b(?:Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?|Christmas|Easter|{_MONTH})\b"
_QUANTITY = rf"\b{_QUALIFIER}{_COUNT}(?:\s?(?:[-–]|to)\s?{_COUNT})?[\s-]?{_UNIT}(?![A-Za-z0-9])"
_MULTIPLE = rf"\b(?:{_NUMBER_WORD}[ -]?fold|\d+-?fold|twice|thrice|doubled|tripled|quadrupled)\b"

# Month names need their capital: "may" and "march" are verbs.
FIGURES = (
    (MentionKind.MONEY, re.compile(_MONEY, re.IGNORECASE)),
    (MentionKind.PERCENT, re.compile(_PERCENT, re.IGNORECASE)),
    (MentionKind.DURATION, re.compile(_DURATION, re.IGNORECASE)),
    (MentionKind.DATE, re.compile(_HOURS)),
    (MentionKind.DATE, re.compile(_DAY_RANGE)),
    (MentionKind.DATE, re.compile(_DAY)),
    (MentionKind.DATE, re.compile(_NUMERIC_DATE)),
    (MentionKind.DATE, re.compile(_YEAR, re.IGNORECASE)),
    (MentionKind.DATE, re.compile(_WEEKDAY)),
    (MentionKind.QUANTITY, re.compile(_QUANTITY)),
    (MentionKind.QUANTITY, re.compile(_MULTIPLE, re.IGNORECASE)),
    (MentionKind.ORDINAL, re.compile(rf"\b{_ORDINAL}\b", re.IGNORECASE)),
    (MentionKind.NUMBER, re.compile(rf"\b{_QUALIFIER}{_COUNT}\b", re.IGNORECASE)),
)
