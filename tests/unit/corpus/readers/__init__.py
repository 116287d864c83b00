"""Tests of pmbot.corpus.readers."""
