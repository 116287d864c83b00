from __future__ import annotations

from pmbot.retrieval.okapi import OkapiRetriever
from pmbot.retrieval.postings import PostingsRetriever
from pmbot.retrieval.protocol import Retriever
from tests.fakes import ListRetriever


def test_all_backends_have_every_member_of_the_seam() -> None:
    members = {name for name in vars(Retriever) if not name.startswith("_")}
    assert members == {"signature", "size", "retrieve", "document_frequency"}
    for backend in (OkapiRetriever, PostingsRetriever, ListRetriever):
        assert members <= set(dir(backend))
