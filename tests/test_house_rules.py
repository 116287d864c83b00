"""The rules of the house that no linter says for us.

Ruff judges style, docstrings and `print`; import-linter judges who imports whom. What is left stands here. Every test collects all
offenders as `path:line: what`, so that one run shows them all.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "pmbot"
MODULE_LINES, FUNCTION_LINES, PARAMETERS = 300, 40, 5

# These may look at the clock and talk to people; all others are the core: same input, same answer, on any machine.
OUTER = ("cli", "interfaces", "__main__.py", "storage")
RANDOM_OR_CLOCK = {"time", "random", "secrets", "uuid"}
REGISTRIES = re.compile("|".join((r"pypi\.(?:org|python)", r"pythonhosted\.org", r"anaconda\.(?:org|com)", r"npmjs\.(?:org|com)")))
INDEX_OPTION = re.compile(r"^\s*(?:-i|--index-url|--extra-index-url|--find-links|-f)\b")
HOME_PATH = re.compile("(?<![\\w.:/])/(?:" + "|".join(("home", "Users", "root")) + r")/[A-Za-z.]")

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def tracked_files() -> tuple[Path, ...]:
    """What git knows or would add; outside a git checkout, the files of the source distribution."""
    try:
        command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
        paths = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        folders = ("src", "config", "knowledge", "tests", "docs", "scripts", "requirements")
        paths = [path for folder in folders for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
        paths += [path for path in ROOT.iterdir() if path.suffix in {".md", ".toml"} or path.name in {"Makefile", "LICENSE"}]
    return tuple(sorted(path for path in paths if path.is_file() and not path.is_symlink()))


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


@cache
def modules() -> tuple[tuple[Path, ast.Module], ...]:
    """Our Python files outside tests, parsed."""
    ours = [path for path in tracked_files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests"]
    return tuple((path, ast.parse(text_of(path), str(path))) for path in ours)


def source_modules() -> Iterator[tuple[Path, ast.Module]]:
    return ((path, tree) for path, tree in modules() if path.is_relative_to(SOURCE))


def core_modules() -> Iterator[tuple[Path, ast.Module]]:
    return ((path, tree) for path, tree in source_modules() if path.relative_to(SOURCE).parts[0] not in OUTER)


def at(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, type_of_function))


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of every absolute import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def length_without_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert function.end_lineno is not None
    length = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None and first.end_lineno is not None:
        length -= first.end_lineno - first.lineno + 1
    return length


def test_there_is_something_to_judge() -> None:
    assert len(list(source_modules())) >= 5
    assert len(tracked_files()) >= 20


def test_modules_are_short() -> None:
    assert [at(path, n, "too long") for path, _ in modules() if (n := len(text_of(path).splitlines())) > MODULE_LINES] == []


def test_functions_are_short() -> None:
    """Docstrings are not counted: nobody shall save on them."""
    found = [(path, f, length_without_docstring(f)) for path, tree in modules() for f in functions(tree)]
    assert [at(path, f.lineno, f"{f.name} has {length} lines") for path, f, length in found if length > FUNCTION_LINES] == []


def test_functions_take_few_parameters() -> None:
    """Commands of the command line are exempt: there a parameter is an option, and typer reads them from the signature."""
    offenders = []
    for path, tree in modules():
        if path.is_relative_to(SOURCE / "cli"):
            continue
        for function in functions(tree):
            a = function.args
            names = [arg.arg for arg in (*a.posonlyargs, *a.args, *a.kwonlyargs) if arg.arg not in {"self", "cls"}]
            if len(names) > PARAMETERS:
                offenders.append(at(path, function.lineno, f"{function.name} takes {len(names)} parameters"))
    assert offenders == []


def test_catching_everything_has_a_reason() -> None:
    """`except:`, `except Exception` and `except BaseException` need a comment on their line, beyond the `noqa`, that says why."""
    offenders = []
    for path, tree in modules():
        comments = comments_by_line(text_of(path))
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler) and catches_everything(node):
                reason = re.sub(r"noqa(?::\s*[A-Z0-9, ]+)?", "", comments.get(node.lineno, "")).strip(" #-:;,")
                if len(reason.split()) < 3:
                    offenders.append(at(path, node.lineno, "catches everything and does not say why"))
    assert offenders == []


def catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}) for kind in kinds)


def comments_by_line(text: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}


def test_only_interfaces_and_commands_write_to_the_terminal() -> None:
    offenders = []
    for path, tree in source_modules():
        if path.relative_to(SOURCE).parts[0] in {"cli", "interfaces", "__main__.py"}:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input"}:
                offenders.append(at(path, node.lineno, f"calls {node.func.id}"))
            elif isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr", "sys.stdin"}:
                offenders.append(at(path, node.lineno, f"uses {ast.unparse(node)}"))
    assert offenders == []


def test_the_core_knows_no_clock_and_no_chance() -> None:
    offenders = []
    for path, tree in core_modules():
        offenders += [at(path, line, f"imports {name}") for line, name in imports(tree) if name.split(".")[0] in RANDOM_OR_CLOCK]
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
        asked = [node for node in calls if ast.unparse(node.func).endswith((".now", ".utcnow", ".today"))]
        offenders += [at(path, node.lineno, f"asks for the time: {ast.unparse(node.func)}") for node in asked]
    assert offenders == []


def test_nothing_happens_at_import() -> None:
    """At module level: definitions, constants and imports. No loops, no `with`, no calls for their effect, no `global` anywhere."""
    offenders = []
    for path, tree in source_modules():
        if path.name == "__main__.py":
            continue
        busy = [node for node in tree.body if isinstance(node, (ast.For, ast.While, ast.With, ast.Delete)) or is_call(node)]
        offenders += [at(path, node.lineno, f"does work at import: {ast.unparse(node).splitlines()[0]}") for node in busy]
        offenders += [at(path, node.lineno, "changes a global") for node in ast.walk(tree) if isinstance(node, ast.Global)]
    assert offenders == []


def is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def test_annotations_are_lazy_everywhere() -> None:
    def lazy(tree: ast.Module) -> bool:
        return any(name == "__future__.annotations" for _, name in imports(tree))

    annotated = [(path, tree) for path, tree in modules() if any(isinstance(n, (*type_of_function, ast.AnnAssign)) for n in ast.walk(tree))]
    assert [at(path, 1, "lacks `from __future__ import annotations`") for path, tree in annotated if not lazy(tree)] == []


def test_settings_are_read_by_the_composition_root_alone() -> None:
    """`pmbot.config` is for bootstrap and the command line; all others take plain parameters."""
    others = [
        (path, tree) for path, tree in source_modules() if path.relative_to(SOURCE).parts[0] not in {"bootstrap.py", "cli", "config.py"}
    ]
    found = [(path, line, name) for path, tree in others for line, name in imports(tree)]
    assert [at(path, line, f"imports {name}") for path, line, name in found if name.split(".")[:2] == ["pmbot", "config"]] == []


def test_params_import_pydantic_only() -> None:
    """Settings are composed of these: beside the standard library, they must not pull in what they configure."""
    allowed = sys.stdlib_module_names | {"pydantic"}
    found = [(path, line, name) for path, tree in source_modules() if path.name == "params.py" for line, name in imports(tree)]
    assert [at(path, line, f"imports {name}") for path, line, name in found if name.split(".")[0] not in allowed] == []


def test_no_file_names_a_package_registry() -> None:
    assert lines_matching(REGISTRIES) == []
    assert [hit for hit in lines_matching(INDEX_OPTION) if hit.startswith("requirements/")] == []


def test_no_file_names_a_path_of_this_machine() -> None:
    here = [re.escape(str(ROOT))] if len(ROOT.parts) > 2 else []
    assert lines_matching(re.compile("|".join([HOME_PATH.pattern, *here]))) == []


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked_files():
        if pattern.search(text_of(path)):
            found += [at(path, n, line[:120]) for n, line in enumerate(text_of(path).splitlines(), 1) if pattern.search(line)]
    return found


def requirements(name: str) -> dict[str, list[str]]:
    """Version lists by distribution, from a lock file; each entry must carry a hash."""
    versions: dict[str, list[str]] = {}
    entries = re.split(r"\n(?=[A-Za-z0-9])", "\n" + re.sub(r"(?m)^\s*#.*\n", "", text_of(ROOT / "requirements" / name)))
    for entry in filter(str.strip, entries):
        assert "--hash=sha256:" in entry, f"requirements/{name}: no hash for {entry[:60]!r}; run `make lock`"
        pinned = Requirement(entry.split("\\")[0].strip())
        versions.setdefault(canonicalize_name(pinned.name), []).append(next(iter(pinned.specifier)).version)
    return versions


def test_the_lock_fits_pyproject() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    run, dev = requirements("run.txt"), requirements("dev.txt")
    needed = project["project"]["dependencies"] + project["dependency-groups"]["build"] + project["build-system"]["requires"]
    wanted = [(run, Requirement(text)) for text in needed] + [(dev, Requirement(text)) for text in project["dependency-groups"]["dev"]]
    for lock, wish in wanted:
        found = lock.get(canonicalize_name(wish.name), [])
        assert found, f"{wish} is not locked; run `make lock`"
        assert all(wish.specifier.contains(version) for version in found), f"{wish} is locked as {found}; run `make lock`"
    assert all(dev.get(name) == versions for name, versions in run.items()), "run.txt and dev.txt differ; run `make lock`"
