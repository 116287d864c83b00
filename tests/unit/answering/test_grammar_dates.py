"""When, how long and how often, as a sentence writes it: found whole, and nothing found that is none of it."""

from __future__ import annotations

import time

import pytest

from pmbot.models import MentionKind
from tests.fakes_answering import mentions_of

DATE, TIME, PERIOD = MentionKind.DATE, MentionKind.TIME, MentionKind.PERIOD
DURATION, FREQUENCY, AGE = MentionKind.DURATION, MentionKind.FREQUENCY, MentionKind.AGE


def found(text: str, kind: MentionKind) -> list[str]:
    return [text[m.start : m.end] for m in mentions_of(text) if m.kind is kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It glows Monday to Friday from 9:00 to 17:00.", ["Monday to Friday", "9:00 to 17:00"]),
        ("It opens in autumn 2026 or the winter of 1886/1887.", ["autumn 2026", "winter of 1886/1887"]),
        ("It shuts in the first week of August.", ["the first week of August"]),
        ("Results come in the second quarter of 2027, not in Q3 2028.", ["the second quarter of 2027", "Q3 2028"]),
        ("It glows every Thursday at 15:30.", ["every Thursday", "15:30"]),
        ("It shuts between 22:00 and 6:00.", ["between 22:00 and 6:00"]),
        ("They mended it between May and August 2024.", ["between May and August 2024"]),
        ("From 1917 to 1921 she sold lamps.", ["1917 to 1921"]),
        ("Between 1924 and 1938 she saw 212 lamps.", ["Between 1924 and 1938"]),
        ("He ruled from July 18, 1947 until October 1, 1994.", ["July 18, 1947 until October 1, 1994"]),
        ("It came on Wednesday, 12 March 2025.", ["Wednesday, 12 March 2025"]),
        ("It runs from 18 to 21 July 2024.", ["18 to 21 July 2024"]),
        ("It glows the first Monday of each month.", ["the first Monday of each month"]),
        ("It glows 9 am to 5 pm, 9.00–17.00 or at noon.", ["9 am to 5 pm", "9.00–17.00", "noon"]),
        ("They dug from 3,000 BCE to 500 CE, in the mid-18th century.", ["3,000 BCE to 500 CE", "the mid-18th century"]),
        ("It comes on Tuesdays and Fridays, at weekends and in mid-June.", ["Tuesdays and Fridays", "weekends", "mid-June"]),
        ("It opens next spring, not last May.", ["next spring", "May"]),
        ("It glows at night, and in the morning at 10.30 a.m", ["at night", "in the morning", "10.30 a.m"]),
        ("Rent is due on the first working day of each month.", ["the first working day of each month"]),
        ("They pay on the 12th and the 27th of each month.", ["the 12th and the 27th of each month"]),
        ("It shuts from mid-April to the end of May.", ["mid-April to the end of May"]),
        ("It shuts from 6 January until Easter.", ["6 January until Easter"]),
        ("It opens in the second half of 2028.", ["the second half of 2028"]),
        ("Come 45 minutes before closing time.", ["45 minutes before closing time"]),
        ("It glowed two weeks after the second dose, but not before.", ["two weeks after the second dose"]),
        ("It glowed two weeks after the Quindle fair.", []),
        ("The charge rose from 3.10 to 3.35 metres.", []),
        ("He may march on.", []),
        ("They leave in the second half of 2028.", ["the second half of 2028"]),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert found(text, DATE) == expected


@pytest.mark.parametrize(
    ("text", "times", "periods"),
    [
        ("It shuts at 18:30.", ["18:30"], []),
        ("It glows Monday to Friday.", [], ["Monday to Friday"]),
        ("It glows from 9:00 to 17:00.", ["9:00 to 17:00"], ["9:00 to 17:00"]),
        ("In 1961–2 it glowed.", [], ["1961–2"]),
        ("It came in mid-June, on 2020-03-04.", [], []),
    ],
)
def test_what_a_date_is_besides(text: str, times: list[str], periods: list[str]) -> None:
    assert found(text, TIME) == times
    assert found(text, PERIOD) == periods


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clean it once a week and change it every six months.", ["once a week", "every six months"]),
        (
            "It rings twice a year, four times a month or once every five years.",
            ["twice a year", "four times a month", "once every five years"],
        ),
        ("They meet daily, every other day, each decade.", ["daily", "every other day", "each decade"]),
        ("They meet every second Tuesday and every second year.", ["every second Tuesday", "every second year"]),
        ("They meet every Monday and on Tuesdays.", ["every Monday", "Tuesdays"]),
        ("They met once, on a Monday in May.", []),
        ("Everybody came three times.", []),
    ],
)
def test_frequencies(text: str, expected: list[str]) -> None:
    assert found(text, FREQUENCY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes ten working days, or up to two weeks.", ["ten working days", "up to two weeks"]),
        ("It lasts an hour, half an hour or a year and a half.", ["an hour", "half an hour", "a year and a half"]),
        ("It ran 3 hours 40 minutes, then two years and six months.", ["3 hours 40 minutes", "two years and six months"]),
        ("It took two days and three days.", ["two days", "three days"]),
        ("Use it for up to two hours a day, for 7–9 years.", ["up to two hours a day", "7–9 years"]),
        ("It runs for 3 hours 40 minutes, or two years and six months.", ["3 hours 40 minutes", "two years and six months"]),
        ("It glowed in the last year, not last year.", ["last year"]),
        ("It costs €18 a year and rings 12 times a day.", []),
        ("Change it every six months.", []),
    ],
)
def test_durations(text: str, expected: list[str]) -> None:
    assert found(text, DURATION) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She died at the age of 76.", ["76"]),
        ("It protects children from the age of 2 years.", ["2 years"]),
        ("A girl aged 5 and a 75-year-old man came.", ["5", "75-year-old"]),
        ("The youngest is Ana Gil, 23, an apprentice.", ["23"]),
        ("Buses in Oslo, 23, run at night.", []),
        ("Children under 12 and patients over 75 pay half.", ["under 12", "over 75"]),
        ("It is for children from four to eight.", ["from four to eight"]),
        ("Visitors over 12 km away came, and 300 men over ten years.", []),
        ("The bridge is over 12 metres high.", []),
    ],
)
def test_ages(text: str, expected: list[str]) -> None:
    assert found(text, AGE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "between 1 and " * 700,
        "the first of the " * 600,
        "Monday, " * 1000,
        "every " * 1500,
        "from 9 to " * 900,
        "12:00 to " * 1000,
        "2 hours and " * 800,
        "5 days after the lamp " * 300,
        "2 kg to " * 900,
        "May " * 2000,
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    mentions_of(text)
    assert time.process_time() - start < 1.0
