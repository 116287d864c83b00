"""Question sets: what is asked, and what a good answer must hold."""

from __future__ import annotations

from pmbot.questionset.models import Abstention, Checks, Cites, QuestionCase, QuestionSet, Turn
from pmbot.questionset.read import knowledge_of, read_question_set

__all__ = ["Abstention", "Checks", "Cites", "QuestionCase", "QuestionSet", "Turn", "knowledge_of", "read_question_set"]
