from __future__ import annotations

import pytest
from pydantic import ValidationError

from pmbot.text.params import TextParams


def test_defaults() -> None:
    assert TextParams().language == "en"
    assert TextParams().sentence_languages == ("en", "lv", "ru")


@pytest.mark.parametrize(
    "wrong", [{"language": "English"}, {"language": ""}, {"language": "en\n"}, {"sentence_languages": ()}, {"lang": "en"}]
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        TextParams.model_validate(wrong)
