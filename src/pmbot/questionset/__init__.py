"""Question sets: what is asked, and what a good answer must hold."""

from __future__ import annotations

from pmbot.questionset.models import Abstention, Avoids, Checks, Cites, QuestionCase, QuestionSet, Turn
from pmbot.questionset.read import QuestionFile, knowledge_of, question_paths, read_question_file, read_question_set

__all__ = [
    "Abstention", "Avoids", "Checks", "Cites", "QuestionCase", "QuestionFile", "QuestionSet", "Turn", "knowledge_of", "question_paths",
    "read_question_file", "read_question_set",
]  # fmt: skip
