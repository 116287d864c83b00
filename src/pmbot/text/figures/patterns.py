"""The patterns of the mention grammar: dates, frequencies, durations, sums, shares, ordinals, quantities, numbers in English.

Every pattern is linear: bounded repetition, no nested quantifiers over the same characters. Earlier rules win over later ones.
"""

from __future__ import annotations

import re

from pmbot.models import MentionKind
from pmbot.text.figures import dates
from pmbot.text.figures.counts import COUNT, COUNTS, DIGITS, NUMBER_WORD, ORDINAL, QUALIFIER, SCALE
from pmbot.text.lazy_pattern import LazyPattern

_UNIT = (
    r"(?:km2|km²|m2|m²|m3|m³|km/h|mph|km|kilomet(?:er|re)s?|met(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|cm|mm|miles?|feet|foot|ft|inch(?:es)?"
    r"|yards?|ounces?|oz|acres?|hectares?|square\s+\w+|cubic\s+\w+|tons?|tonnes?|kg|kilograms?|(?:milli)?grams?|g|mg|pounds?|lbs?|(?:milli|centi|deci|hecto)?lit(?:er|re)s?|ml|l|gallons?"
    r"|degrees?(?:\s+(?:Celsius|Fahrenheit))?|°\s?[CFK]?|volts?|watts?|V|W|kW|MW|GW|kWh|hp|Hz|kHz|MHz|GHz|bits?|bytes?|[KMGT]B|pixels?|points?|barrels?|k?Pa|psi|bars?|mbar"
    r"|nm|μm|µm|rpm|revolutions\s+per\s+minute|dB|decibels?|mAh|m/s|kph|knots?|calories|kcal|times|fold|m)"
)
_CURRENCY = (
    r"(?:dollars?|euros?|pounds sterling|pounds|yen|yuan|won|USD|EUR|GBP|KRW|CHF|cents?|pence|lats|francs?|marks?|rubles?|roubles?"
    r"|rupees?|shillings?|crowns?|kron(?:or|er))"
)
_MONEY = rf"{QUALIFIER}(?:(?:US|A|C|HK|NZ)?[$€£¥₩]\s?{DIGITS}{SCALE}{{0,2}}|\b{COUNT}\s?(?:[$€£¥₩]|{_CURRENCY}\b))"
_PERCENT_SIGN = r"(?:%|percent\b|per cent\b|percentage points?\b)"
_PERCENT = rf"{QUALIFIER}\b(?:between\s{COUNT}\s?(?:%|percent|per cent)?\sand\s)?{COUNTS}\s?{_PERCENT_SIGN}"
_SHARE = (
    rf"{QUALIFIER}(?:\b(?:one|two|three)[ -](?:thirds?|quarters?|fifths?|tenths?|half|halves)\b"
    r"|\b(?:a third|a quarter|two-thirds|the majority)\b"
    r"|(?<!first )(?<!second )\bhalf(?=\s(?:of|the|all)\b)"
    rf"|\b(?:one|two|three)\sin\s(?:every\s)?(?!(?:1\d|20)\d\d\b){COUNT}\b|\b{COUNT}\sout\sof\s(?:every\s)?{COUNT}\b)"
)
# "2 °C to 8 °C" is one range; "from 2 kg to 3 kg" may tell what was before and after.
_TO_SAME = rf"(?<!from ){COUNT}\s?(?:°\s?[CFK]?|degrees|metres|kg|km|litres)(?:\s?[-–]\s?|\sto\s)"
_QUANTITY = (
    rf"\b{QUALIFIER}(?:between\s{COUNT}\sand\s|{_TO_SAME})?{COUNT}(?:\sand\sa\s(?:half|quarter|third))?(?:\s?(?:[-–]|to)\s?{COUNT})?"
    rf"[\s-]?{_UNIT}(?![A-Za-z0-9])"
)
_NUMBER = rf"\b(?:hundreds\sof\sthousands|(?:between\s{COUNT}\sand\s|{QUALIFIER}){COUNTS})\b"
_MULTIPLE = rf"\b(?:{NUMBER_WORD}[ -]?fold|\d+-?fold|twice|thrice|doubled|tripled|quadrupled)\b"

FIGURES = (
    (MentionKind.MONEY, LazyPattern(_MONEY, re.IGNORECASE)),
    (MentionKind.PERCENT, LazyPattern(_PERCENT, re.IGNORECASE)),
    (MentionKind.PERCENT, LazyPattern(_SHARE, re.IGNORECASE)),
    (MentionKind.DATE, LazyPattern(dates.DAY_OF_MONTH)),
    (MentionKind.FREQUENCY, LazyPattern(dates.TIMES, re.IGNORECASE)),
    (MentionKind.FREQUENCY, LazyPattern(dates.EVERY, re.IGNORECASE)),
    (MentionKind.FREQUENCY, LazyPattern(dates.REGULARLY, re.IGNORECASE)),
    (MentionKind.DURATION, LazyPattern(dates.DURATION, re.IGNORECASE)),
    (MentionKind.DATE, LazyPattern(dates.CLOCK)),
    (MentionKind.DATE, LazyPattern(dates.DAY_RANGE)),
    (MentionKind.DATE, LazyPattern(dates.DAY)),
    (MentionKind.DATE, LazyPattern(dates.NUMERIC_DATE)),
    (MentionKind.DATE, LazyPattern(dates.YEAR, re.IGNORECASE)),
    (MentionKind.DATE, LazyPattern(dates.DAY_NAME)),
    (MentionKind.QUANTITY, LazyPattern(_QUANTITY)),
    (MentionKind.QUANTITY, LazyPattern(_MULTIPLE, re.IGNORECASE)),
    (MentionKind.ORDINAL, LazyPattern(rf"\b{ORDINAL}\b", re.IGNORECASE)),
    (MentionKind.NUMBER, LazyPattern(_NUMBER, re.IGNORECASE)),
)
