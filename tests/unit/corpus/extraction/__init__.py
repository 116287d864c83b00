"""Tests of pmbot.corpus.extraction."""
