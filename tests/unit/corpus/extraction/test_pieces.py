from __future__ import annotations

import json
from typing import Any

import pytest

from pmbot.corpus.extraction.pieces import Extraction, Piece, from_json

WHOLE = Extraction(
    [Piece("heading", "A", level=2, page=1), Piece("table_row", "b | c", row=3, line=4)], "T", "https://example.org", "lv", "2024-01-01"
)


def test_it_comes_back_as_it_went() -> None:
    assert from_json(json.loads(json.dumps(WHOLE.as_json()))) == WHOLE


@pytest.mark.parametrize(
    "change",
    [
        {"pieces": None},
        {"pieces": [["paragraph", "a"]]},
        {"pieces": [["script", "a", 0, None, None, None]]},
        {"pieces": [["paragraph", 7, 0, None, None, None]]},
        {"pieces": [["paragraph", "a", True, None, None, None]]},
        {"pieces": [["heading", "a", 10, None, None, None]]},
        {"pieces": [["paragraph", "a", 0, 0, None, None]]},
        {"pieces": [["paragraph", "a", 0, None, 2**31, None]]},
        {"pieces": [["paragraph", "a", 0, None, None, "4"]]},
        {"pieces": [{"kind": "paragraph"}]},
        {"title": 3},
        {"more": "x"},
    ],
)
def test_what_a_parser_cannot_have_said_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"^not "):
        from_json({**WHOLE.as_json(), **change})


@pytest.mark.parametrize("data", [None, [], "x", {}, {"pieces": []}])
def test_what_is_no_extraction_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not an extraction"):
        from_json(data)
