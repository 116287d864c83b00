"""Short answers that say when."""

from __future__ import annotations

import pytest

from tests.fakes_spans import ruled_words

HOURS = "The shop glows Tuesday to Friday from 9:00 to 18:00 and on Sunday from 12:00 to 17:00."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        # with all that belongs to it
        ("When do they answer?", "They answer Monday to Friday from 9:00 to 17:00.", "Monday to Friday from 9:00 to 17:00"),
        ("When does it glow?", "It glows every Thursday at 15:30.", "every Thursday at 15:30"),
        ("When does the shop glow?", HOURS, "Tuesday to Friday from 9:00 to 18:00 and on Sunday from 12:00 to 17:00"),
        ("When does it glow?", "It glows daily from 9:00 to 17:00, they say.", "daily from 9:00 to 17:00"),
        ("When did it shut?", "It shut at 18:30 on 12 March 2025.", "18:30 on 12 March 2025"),
        ("When was it built?", "They built it in 1903 at 12 towns.", "1903"),
        # without what the question says
        ("When does the shop glow on Sunday?", HOURS, "12:00 to 17:00"),
        ("When does the shop glow from Tuesday to Friday?", HOURS, "9:00 to 18:00"),
        # the end or the start of it
        ("Until when does the shop glow on Sunday?", HOURS, "17:00"),
        ("What time does the shop close on Sunday?", "The shop is open on Sunday from 12:00 to 17:00.", "17:00"),
        ("When did the fair start?", "The fair was held from 18 to 21 July 2024.", "18 to 21 July 2024"),
        ("When did the war end?", "The war lasted from 3 May 1914 to 4 June 1918.", "4 June 1918"),
        # the part that is asked for
        ("In which year did it open?", "It opened in August 1959.", "1959"),
        ("In which month did it open?", "It opened on 5 August 1959.", "August"),
        ("In which century did it open?", "It opened at the start of the 19th century.", "19th century"),
        ("In which years did it glow?", "It glowed in 1917 and 1918, they say.", "1917 and 1918"),
        ("On what date did it open?", "In 2014 they built it, and it opened on 5 May 2015.", "5 May 2015"),
        ("At what time did it shut?", "On 3 May it shut at 20:50.", "20:50"),
    ],
)
def test_when(question: str, sentence: str, expected: str) -> None:
    assert ruled_words(question, sentence) == (expected,)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What time did the meeting shut?", "The board met nine times in 2024."),
        ("How often does it glow?", "It glowed in 2024 for nine weeks."),
        ("How long did it glow?", "It glowed every six months."),
    ],
)
def test_another_kind_of_time_is_no_answer(question: str, sentence: str) -> None:
    assert ruled_words(question, sentence) == ()


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How often does it ring?", "It rings twice a day.", "twice a day"),
        ("How many times a year do they meet?", "They meet four times a year.", "four times a year"),
        ("How often do they meet?", "They meet every Monday at 9:00.", "every Monday"),
        ("How long did she sell lamps?", "From 1917 to 1921 she sold lamps.", "1917 to 1921"),
        ("How far in advance must they book?", "They must book at least two weeks in advance.", "at least two weeks"),
        ("How long may they stay?", "They may stay for up to two hours a day.", "up to two hours a day"),
        ("How old was she?", "She died at the age of 76 after ten years.", "76"),
        ("How many yards was it?", "They kicked a 33-yard ball.", "33"),
    ],
)
def test_how_often_and_how_long(question: str, sentence: str, expected: str) -> None:
    assert ruled_words(question, sentence) == (expected,)
