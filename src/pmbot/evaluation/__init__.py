"""Evaluation: whether answers hold what a question set asks for."""

from __future__ import annotations

from pmbot.evaluation.checks import check_turn
from pmbot.evaluation.results import CaseResult, CheckResult, Report, TurnResult
from pmbot.evaluation.runner import Task, run_case

__all__ = ["CaseResult", "CheckResult", "Report", "Task", "TurnResult", "check_turn", "run_case"]
