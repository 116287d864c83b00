"""The nouns: plain records that every layer speaks in. They know nothing of files, search or output."""

from pmbot.models.answer import (
    Answer,
    Changes,
    Citation,
    Decision,
    Evidence,
    Feature,
    QuoteRole,
    Receipt,
    ReceiptEntry,
    Status,
    Trace,
    Verdict,
)
from pmbot.models.base import lean, made
from pmbot.models.document import Block, BlockKind, Chunk, Document, Hit, Locator, Sentence, Span
from pmbot.models.question import KeyTerm, MentionKind, Question, QuestionType, Reading

__all__ = [
    "Answer", "Block", "BlockKind", "Changes", "Chunk", "Citation", "Decision", "Document", "Evidence", "Feature", "Hit",
    "KeyTerm", "Locator", "MentionKind", "Question", "QuestionType", "QuoteRole", "Reading", "Receipt", "ReceiptEntry", "Sentence",
    "Span", "Status", "Trace", "Verdict", "lean", "made",
]  # fmt: skip
