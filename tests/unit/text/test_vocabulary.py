"""Words and names by their beginnings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmbot.text.normalize import fold
from pmbot.text.vocabulary import OFFERED, READ, Vocabulary

TEXT = (
    "In Riga, President Edgars Rinkēvičs met Pauls Stradiņš. The president spoke of Latvia’s trade. In Latvia trade grew; trade with Korea "
    "grew too. The Latvian market grew in Riga."
)


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("rin", ("Rinkēvičs",)),
        ("RINK", ("Rinkēvičs",)),
        ("lat", ("Latvia", "Latvian")),
        ("tr", ("trade",)),
        ("Pa", ("Pauls", "Pauls Stradiņš")),
        ("Edgars R", ("Edgars Rinkēvičs",)),
        ("In", ()),
        ("zz", ()),
    ],
)
def test_what_is_offered(prefix: str, expected: tuple[str, ...]) -> None:
    assert Vocabulary([TEXT]).starting(prefix) == expected


def test_the_most_frequent_come_first_and_not_too_many() -> None:
    found = Vocabulary([" ".join(f"word{chr(97 + n // 26)}{chr(97 + n % 26)} " * (n + 1) for n in range(60))]).starting("wo")
    assert len(found) == OFFERED
    assert found[0] == "wordch"


def test_no_more_is_read_than_needed() -> None:
    assert Vocabulary(["x" * READ, "behind"]).starting("be") == ()


@given(st.lists(st.text()), st.text(min_size=1))
def test_everything_offered_begins_so(texts: list[str], prefix: str) -> None:
    assert all(fold(word).startswith(fold(prefix)) for word in Vocabulary(texts).starting(prefix))
