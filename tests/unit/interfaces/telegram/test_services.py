"""Searching while the documents are read again."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from pmbot.errors import CorpusError
from pmbot.interfaces.telegram.searching import Searcher
from pmbot.interfaces.telegram.services import GENERATIONS, Services
from tests.fakes_api import FakeKnowledge


def search(knowledge: FakeKnowledge, work: Any) -> Any:
    unused = cast("Any", None)
    searcher = Searcher(1)
    services = Services(unused, cast("Any", knowledge), searcher, unused, unused, unused, unused, lambda: 0.0)
    try:
        return asyncio.run(services.search(work))
    finally:
        searcher.close()


def test_a_search_that_falls_between_two_generations_is_done_again() -> None:
    knowledge, tried = FakeKnowledge(), []

    def work() -> str:
        tried.append(knowledge.signature)
        if len(tried) == 1:
            knowledge.signature = "another"
            raise CorpusError("there is no such document any more")
        return knowledge.signature

    assert search(knowledge, work) == "another"
    assert len(tried) == 2


def test_an_error_of_one_generation_is_an_error() -> None:
    tried = []

    def work() -> None:
        tried.append(1)
        raise CorpusError("there is no such document")

    with pytest.raises(CorpusError):
        search(FakeKnowledge(), work)
    assert len(tried) == 1


def test_documents_that_never_rest_end_in_the_error() -> None:
    knowledge, tried = FakeKnowledge(), []

    def work() -> None:
        tried.append(1)
        knowledge.signature = f"generation {len(tried)}"
        raise CorpusError("changed again")

    with pytest.raises(CorpusError):
        search(knowledge, work)
    assert len(tried) == GENERATIONS + 1
