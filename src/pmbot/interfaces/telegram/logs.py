"""Logs on standard error: short lines, harmless characters, and never the token, whoever logs it.

The token's secret part is also kept out of everything else that is written to the standard streams: a traceback of some library, a
warning, a crash. That is the last line of defence; our own code does not write it in the first place.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TextIO

from pmbot.rendering.sanitize import visible

LONGEST = 480
"""Characters of one log line."""

HIDDEN = "<secret>"
_NOISY = ("aiohttp", "asyncio", "httpcore", "httpx", "telegram", "watchfiles")


class Redactor:
    """Replaces secrets in text, also where they stand percent-encoded in an address."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = [secret for text in secrets if text for secret in (text, text.replace(":", "%3A"), text.replace(":", "%3a"))]

    def __call__(self, text: str) -> str:
        """Give `text` without secrets."""
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, HIDDEN)
        return text


class LineFormatter(logging.Formatter):
    """One record, one line (a traceback: one line each), redacted, cut, no control characters; as text or as JSON."""

    def __init__(self, redact: Redactor, style: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact, self._json = redact, style == "json"

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        if self._json:
            message = {"time": self.formatTime(record), "level": record.levelname, "logger": record.name}
            message["message"] = self._line(record.getMessage())
            if record.exc_info:
                message["traceback"] = "\n".join(self._lines(self.formatException(record.exc_info)))
            return json.dumps(message, ensure_ascii=True)
        return "\n".join(self._lines(super().format(record)))

    def _lines(self, text: str) -> Iterator[str]:
        return (self._line(line) for line in text.splitlines())

    def _line(self, text: str) -> str:
        # Redacted before it is cut: half a token is a part of it too.
        text = visible(self._redact(text)).replace("\n", "␊").replace("\t", " ")
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class RedactedStream:
    """A text stream that passes on everything but secrets."""

    def __init__(self, stream: TextIO, redact: Redactor) -> None:
        self._stream, self._redact = stream, redact

    def write(self, text: str) -> int:
        """Write `text` without secrets."""
        self._stream.write(self._redact(text))
        return len(text)

    def writelines(self, lines: Sequence[str]) -> None:
        """Write several."""
        for text in lines:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def logging_to(stream: TextIO, level: str, style: str, redact: Redactor) -> Iterator[None]:
    """Log to `stream` inside, redacted; libraries from WARNING on, unless `level` is debug. Then everything is as it was.

    Standard output and error are redacted too, and stay so when an exception goes through: it is going to be shown.
    """
    root = logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter(redact, style))
    levels = {name: logging.getLogger(name).level for name in _NOISY}
    before, hook, streams = root.level, threading.excepthook, (sys.stdout, sys.stderr)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)
    threading.excepthook = lambda error: logging.getLogger("pmbot").error(
        "a thread ended", exc_info=(error.exc_type, error.exc_value or error.exc_type(), error.exc_traceback)
    )
    sys.stdout, sys.stderr = RedactedStream(sys.stdout, redact), RedactedStream(sys.stderr, redact)
    logging.captureWarnings(capture=True)
    try:
        yield
        # After an exception the streams stay as they are: what caught it may show it, with whatever a library has put into it.
        sys.stdout, sys.stderr = streams
    finally:
        logging.captureWarnings(capture=False)
        threading.excepthook = hook
        for name, was in levels.items():
            logging.getLogger(name).setLevel(was)
        root.setLevel(before)
        root.removeHandler(handler)


class Throttle:
    """Lets one message through every so many seconds, by a monotonic clock, and counts the others."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self._next, self._held = seconds, float("-inf"), 0

    def __call__(self, now: float) -> int | None:
        """How many were held back since the last one; None: hold this one back too."""
        if now < self._next:
            self._held += 1
            return None
        held, self._held, self._next = self._held, 0, now + self._seconds
        return held
