"""The wheel: what is in it, and that it answers without the repository, from any folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.e2e.processes import KNOWLEDGE, ROOT, TRADE, UNANSWERED, run

pytestmark = pytest.mark.slow
BUILD_INPUTS = ("pyproject.toml", "README.md", "LICENSE", "src", "config")


def offline(**more: str) -> dict[str, str]:
    """An environment in which nothing leads back to the repository or to an index."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**kept, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, because a checkout may be read-only."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    copy = tmp_path_factory.mktemp("copy")
    for name in BUILD_INPUTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    out = tmp_path_factory.mktemp("wheel")
    built = run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], cwd=copy, env=offline())
    assert built.code == 0, built.err
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that has the wheel, and borrows its dependencies from ours."""
    folder = tmp_path_factory.mktemp("env") / "venv"
    assert run([sys.executable, "-m", "venv", "--without-pip", folder], env=offline()).code == 0
    python = folder / "bin" / "python"
    installer = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-compile", str(wheel)]
    if importlib.util.find_spec("pip") is None:
        uv = shutil.which("uv")
        if uv is None:
            pytest.skip("neither pip nor uv is there to install the wheel")
        installer = [uv, "pip", "install", "--offline", "--no-deps", "--python", str(python), str(wheel)]
    installed = run(installer, env=offline())
    assert installed.code == 0, installed.err
    # A folder named in a .pth comes after the environment's own packages, and its own .pth files are not read.
    site = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], env=offline()).out.strip()
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", encoding="utf-8")
    return folder / "bin"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    (tmp_path / "knowledge").mkdir()
    shutil.copy(KNOWLEDGE, tmp_path / "knowledge")
    return tmp_path


def test_the_wheel_holds_what_it_needs_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        top = {name.split("/")[0] for name in names}
    for folder, inside in ((ROOT / "src" / "pmbot", "pmbot"), (ROOT / "config", "pmbot/defaults")):
        ours = {f"{inside}/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
        assert ours <= names
    assert {"pmbot/py.typed", "pmbot/defaults/pmbot.yaml", "pmbot/defaults/templates.en.yaml"} <= names
    assert len(top) == 2, "the package and its metadata"
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_it_answers_from_another_folder(scripts: Path, elsewhere: Path) -> None:
    where = run([scripts / "python", "-c", "import pmbot; print(pmbot.__file__)"], cwd=elsewhere, env=offline()).out
    assert Path(where.strip()).is_relative_to(scripts.parent)
    expected = "€130 million [1]\n"
    assert run([scripts / "pmbot", "ask", TRADE], cwd=elsewhere, env=offline()).calm().out.startswith(expected)
    assert run([scripts / "python", "-m", "pmbot", "ask", TRADE], cwd=elsewhere, env=offline()).calm().out.startswith(expected)
    chat = run([scripts / "pmbot", "chat"], stdin=f"{UNANSWERED}\n".encode(), cwd=elsewhere, env=offline()).calm()
    assert "The documents never mention “France”." in chat.out


def test_where_there_is_no_knowledge_it_says_so(scripts: Path, tmp_path: Path) -> None:
    done = run([scripts / "pmbot", "ask", TRADE], cwd=tmp_path, env=offline()).calm(3)
    assert done.err.startswith("pmbot: knowledge: no such file or folder")


def test_settings_of_the_working_folder_are_merged_over_the_packaged_ones(scripts: Path, elsewhere: Path) -> None:
    (elsewhere / "config").mkdir()
    (elsewhere / "config" / "pmbot.yaml").write_text("corpus:\n  chunk_sentences: 2\n", encoding="utf-8")
    trace = run([scripts / "pmbot", "ask", "--trace", TRADE], cwd=elsewhere, env=offline()).calm().out
    assert "|chunk:2/1|bm25:okapi,1.5,0.75" in trace
    more = offline(PMBOT_RETRIEVAL__K1="1.2")
    assert "|chunk:2/1|bm25:okapi,1.2,0.75" in run([scripts / "pmbot", "ask", "--trace", TRADE], cwd=elsewhere, env=more).calm().out
