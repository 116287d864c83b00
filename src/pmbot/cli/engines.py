"""What loads a knowledge for measuring: it answers however unsure it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pmbot.cli.knowledge import CliKnowledge, Loader


def eager_loader(index: Path | None = None) -> Loader:
    """Make what loads a knowledge that answers however unsure it is, unless a guard refuses: the settings, with a threshold of 0.

    `index` is the folder of its index, None for the usual one; the threshold is no part of an index.
    """

    def load(knowledge: Path | None, config: Path | None) -> CliKnowledge:
        from pmbot.api import KnowledgeBase
        from pmbot.bootstrap import Builder
        from pmbot.config import load_configuration

        build = Builder(load_configuration(config).at_threshold(0.0), index=index)
        return KnowledgeBase(lambda: build(knowledge), lambda: build.afresh(knowledge), knowledge or build.knowledge)

    return load
