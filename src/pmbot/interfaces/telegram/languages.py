"""Numbers in words of a language: `1 document`, `21 dokuments`, `10 dokumentu`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pmbot.interfaces.knowledge import Knowledge
    from pmbot.interfaces.telegram.texts import Forms, Texts

Form = Literal["zero", "one", "other"]
_SEPARATORS = {"lv": "\u00a0"}
"""What stands between thousands; a comma where nothing is said."""


def form_of(language: str, number: int) -> Form:
    """Which form a whole number takes, in Latvian by the rules of Unicode CLDR; elsewhere 0, 1 and the rest."""
    if language == "lv":
        if number % 10 == 0 or 11 <= number % 100 <= 19:
            return "zero"
        return "one" if number % 10 == 1 else "other"
    if number == 0:
        return "zero"
    return "one" if number == 1 else "other"


def counted(texts: Texts, forms: Forms, number: int) -> str:
    """Say how many."""
    form: str = getattr(forms, form_of(texts.language, number))
    return form.format_map({"count": f"{number:,}".replace(",", _SEPARATORS.get(texts.language, ","))})


def documents_total(texts: Texts, knowledge: Knowledge) -> str:
    """Say how much is searched: `2 documents, 43 sentences`."""
    documents = counted(texts, texts.counts.documents, len(knowledge.documents))
    return f"{documents}, {counted(texts, texts.counts.sentences, knowledge.sentence_count)}"
