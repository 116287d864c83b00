"""The bot's process with the special knowledge: `python -m tests.telegram.bot_main telegram …` is `pmbot telegram …` in all else."""

from __future__ import annotations

import sys

from pmbot.cli import main, program
from tests.telegram.special import special_load

if __name__ == "__main__":
    sys.excepthook = program.apologise
    sys.exit(main(sys.argv[1:], load=special_load))
