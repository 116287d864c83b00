"""`python -m pmbot`."""

from __future__ import annotations

from pmbot.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
