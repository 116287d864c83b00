"""Parsers of untrusted formats: bytes to pieces of text. They run in a child process (`pmbot.corpus.sandbox`) and import no models."""
