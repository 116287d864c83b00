from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[4] / "src"


def in_child(code: str) -> object:
    """Run code in a process that may be limited, and read the JSON it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_limits_hold_in_the_process_that_sets_them() -> None:
    found = in_child(
        "import json, resource\n"
        "from pmbot.corpus.extraction.limits import *\n"
        "before = [memory_is_limited(1000), writing_is_refused()]\n"
        "got = confine(400)\n"
        "after = [memory_is_limited(400), writing_is_refused(), network_is_cut()]\n"
        "print(json.dumps([before, got, after, resource.getrlimit(resource.RLIMIT_NOFILE)[0]]))"
    )
    assert isinstance(found, list)
    before, (memory, processor, files, network), after, descriptors = found
    assert before == [False, False]
    assert processor
    assert descriptors <= 24
    if sys.platform == "linux":
        assert [memory, files] == [True, True]
    assert after == [memory, files, network or after[2]]


def test_limits_are_never_raised() -> None:
    code = (
        "import json, resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (300_000_000, 300_000_000))\n"
        "from pmbot.corpus.extraction.limits import confine\n"
        "confine(2000)\n"
        "print(json.dumps(resource.getrlimit(resource.RLIMIT_AS)))"
    )
    assert in_child(code) == [300_000_000, 300_000_000]
