"""Tests of pmbot.corpus."""
