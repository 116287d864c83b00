"""No network, and nothing written but below HOME: watched from inside the process, and once without any network at all."""

from __future__ import annotations

import json
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

from tests.e2e.processes import KNOWLEDGE, PMBOT, ROOT, TRADE, environment, run

# Python runs `sitecustomize` first; an audit hook cannot be taken out again. What it sees is told at the end, so that
# code which copes with errors cannot hide it.
WATCH = textwrap.dedent("""
    import atexit, json, os, sys

    seen = []
    CHANGES = ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.", "sqlite3.connect")
    WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC

    def watch(event, arguments):
        if event.startswith(("socket.", "urllib.", "http.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")):
            seen.append([event, repr(arguments)])
        elif event == "os.chmod" and isinstance(arguments[0], int):
            pass  # of a file whose opening was seen
        elif event == "open" and (arguments[2] or 0) & WRITING or event.startswith(CHANGES):
            seen.append([event, os.fsdecode(arguments[0]) if isinstance(arguments[0], (str, bytes)) else repr(arguments[0])])

    def tell():
        told, report = list(seen), os.environ["WATCH_REPORT"]
        with open(report, "w") as file:
            json.dump(told, file)

    atexit.register(tell)
    sys.addaudithook(watch)
""")
USES = {
    "ask": (("ask", "--trace", TRADE), b""),
    "batch": (("ask", "--jsonl", "-"), json.dumps({"question": TRADE}).encode()),
    "chat": (("chat",), f"{TRADE}\n:why\n:help\n".encode()),
    "docs": (("docs", "--json"), b""),
}


@pytest.mark.parametrize("use", USES)
def test_no_socket_no_process_nothing_written_outside_home(use: str, tmp_path: Path) -> None:
    arguments, stdin = USES[use]
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    shutil.copytree(ROOT / "knowledge", work / "knowledge")
    before = sorted(work.rglob("*"))
    env = environment(PYTHONPATH=f"{tmp_path / 'watch'}:{ROOT / 'src'}", WATCH_REPORT=str(tmp_path / "report"))
    run([*PMBOT, *arguments], stdin=stdin, cwd=work, env=env).calm()
    seen = json.loads((tmp_path / "report").read_text(encoding="utf-8"))
    assert [event for event in seen if not event[1].startswith(env["HOME"])] == []
    assert sorted(work.rglob("*")) == before


def test_the_watch_sees_what_it_shall_see(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    program = f"import os, socket; socket.socket(); os.mkdir({str(tmp_path / 'new')!r}); open({str(tmp_path / 'file')!r}, 'a')"
    run([*PMBOT[:1], "-c", program], env=environment(PYTHONPATH=str(tmp_path), WATCH_REPORT=str(tmp_path / "report")))
    seen = json.loads((tmp_path / "report").read_text(encoding="utf-8"))
    assert [event for event, _ in seen] == ["socket.__new__", "os.mkdir", "open"]


def test_without_a_network() -> None:
    alone = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("`unshare --net` is not to be had here")
    assert run([*alone, *PMBOT, "ask", "--knowledge", KNOWLEDGE, TRADE]).calm().out.startswith("€130 million [1]\n")
