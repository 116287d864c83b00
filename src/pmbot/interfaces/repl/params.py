"""What can be set about the conversation in a terminal."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class ReplParams(BaseModel):
    """Settings of this package. `editing` chooses whose keys edit the line."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    editing: Literal["emacs", "vi"] = "emacs"
