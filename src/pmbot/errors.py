"""Every error pmbot raises on purpose, and the exit code each one ends a command with.

    PmbotError                    1
    ├── ConfigError               2   a setting, template or word list is wrong
    ├── CorpusError               3   the knowledge cannot be used
    │   ├── UnreadableDocument        one file cannot be read; the others are used
    │   │   └── UnsupportedDocument       it is no document for us: its format, a missing extra, nothing in it
    │   └── EmptyCorpus               no file with text is left
    ├── QuestionSetError          4   a question set is wrong
    ├── InterfaceError            5   a channel cannot start
    ├── RetrieverUnavailable      6   the search backend cannot be reached
    ├── ProofError                7   a quote does not stand in its document: a bug, never shown as an answer
    └── StateError                8   a file that pmbot keeps for itself cannot be read or written
        └── UnusableIndex             the stored index cannot be used: it is built again
            ├── DamagedIndex          it is not what was written
            └── OtherVersion          another version of pmbot wrote it

A message says what is wrong, where (file, line, field), and what to do.
Abstaining is an `Answer`, not an error.
"""

from __future__ import annotations


class PmbotError(Exception):
    """Base of all errors raised on purpose; `exit_code` is what a command ends with."""

    exit_code = 1


class ConfigError(PmbotError):
    """A setting, template or word list is wrong."""

    exit_code = 2


class CorpusError(PmbotError):
    """The knowledge folder or file cannot be used."""

    exit_code = 3


class UnreadableDocument(CorpusError):
    """One file cannot be read; the reader says why and the corpus goes on without it."""


class UnsupportedDocument(UnreadableDocument):
    """One file is no document for us: no reader for its format, the extra is not installed, or there is no text in it."""


class EmptyCorpus(CorpusError):
    """No document with text was found."""


class QuestionSetError(PmbotError):
    """A question set is wrong."""

    exit_code = 4


class InterfaceError(PmbotError):
    """A channel (terminal, Telegram) cannot start."""

    exit_code = 5


class RetrieverUnavailable(PmbotError):
    """The search backend cannot be reached; never to be taken for an empty result."""

    exit_code = 6


class ProofError(PmbotError):
    """A quote is not the text of its document at its offsets."""

    exit_code = 7


class StateError(PmbotError):
    """A file or folder that pmbot keeps for itself (index, record of use, history) cannot be read or written."""

    exit_code = 8


class UnusableIndex(StateError):
    """The stored index cannot be used, and building it again helps."""


class DamagedIndex(UnusableIndex):
    """The stored index is not what was written: cut off, changed, or no index at all."""


class OtherVersion(UnusableIndex):
    """The stored index has a format that this version of pmbot does not read."""
