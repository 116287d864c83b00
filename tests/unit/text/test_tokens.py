from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.text.tokens import TOKEN, compounds


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("€240 million", "€|240|million"),
        ("27% 27 ‰", "27|%|27|‰"),
        ("1.5 1,234.5 10.0.0.1", "1.5|1,234.5|10.0.0.1"),
        ("1\u00a0234\u00a0567 12\u202f345", "1\u00a0234\u00a0567|12\u202f345"),
        ("2023\u00a0500", "2023|500"),
        ("500mg 10km €5bn 3m 5G 3M", "500|mg|10|km|€|5|bn|3|m|5G|3M"),
        ("1990s 27th 3D p53 IPv4 H1N1", "1990s|27th|3D|p53|IPv4|H1N1"),
        ("Latvia’s don't O'Neill dogs’", "Latvia’s|don't|O'Neill|dogs"),
        ("Dong-A co-operation", "Dong|A|co|operation"),
        ("U.S. J.K. Rowling a.m. end.", "U.S.|J.K.|Rowling|a.m.|end"),
        ("C++, C# and F#", "C++|C#|and|F#"),
        ("snake_case", "snake|case"),
        ("हिन्दी में", "हिन्दी|में"),
        ("東京タ서울", "東|京|タ|서울"),
        ("cafe\u0301 so\u00adft", "cafe\u0301|so\u00adft"),
        ("¡¿!? — …", ""),
        ("", ""),
    ],
)
def test_tokens(text: str, tokens: str) -> None:
    assert "|".join(match[1] for match in TOKEN.finditer(text)) == tokens


@given(st.text(st.characters(categories=("L", "N"))) | st.text())
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered: set[int] = set()
    for match in TOKEN.finditer(text):
        covered.update(range(*match.span(1)))
        assert match[1] == match[1].strip()
    assert all(place in covered for place, character in enumerate(text) if character.isalnum())


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Dong-A and R&D", ["DongA", "RD"]),
        ("co‑operation (e-mail)", ["cooperation", "email"]),
        ("COVID-19, 2023-2024", ["COVID19"]),
        ("a-b-c-d a-b-c-d-e", ["abcd"]),
        ("plain words – and dashes - here -x y-", []),
    ],
)
def test_compounds(text: str, joined: list[str]) -> None:
    assert list(compounds(text)) == joined
