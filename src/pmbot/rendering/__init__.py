"""Answers and traces made readable: plain text, terminal text, JSON records. No input or output happens here."""
