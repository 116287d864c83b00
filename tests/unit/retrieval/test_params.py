from __future__ import annotations

import pytest
from pydantic import ValidationError

from pmbot.retrieval.params import RetrievalParams


def test_defaults() -> None:
    assert RetrievalParams().model_dump() == {"backend": "postings", "k1": 1.5, "b": 0.75, "epsilon": 0.25, "top_k": 24}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("backend", ""),
        ("k1", -0.1),
        ("k1", float("nan")),
        ("k1", float("inf")),
        ("b", -0.1),
        ("b", 1.1),
        ("epsilon", 0),
        ("epsilon", 1.1),
        ("top_k", 0),
        ("top_k", 1001),
        ("topk", 3),
    ],
)
def test_a_value_out_of_bounds_names_its_field(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        RetrievalParams.model_validate({field: value})


def test_params_are_frozen() -> None:
    with pytest.raises(ValidationError):
        RetrievalParams().k1 = 2.0  # type: ignore[misc]
