"""The version of pmbot, apart so that the lowest layers may name it."""

__version__ = "0.1.0"
