#!/bin/sh
# Makes or renews .venv from the lock: `scripts/setup.sh run` (to use pmbot) or `scripts/setup.sh dev` (to develop it too).
# Plain venv and pip; uv where it is installed. All it says goes to standard error: `make ask` keeps its output clean.
set -eu
kind=${1:-dev}
case $kind in run | dev) ;; *) echo "usage: scripts/setup.sh run|dev" >&2; exit 2 ;; esac
cd "$(dirname "$0")/.."
exec 1>&2

say() { echo "setup: $*"; }

uv_here() { [ -z "${NO_UV:-}" ] && command -v uv >/dev/null 2>&1; }

# Is $1 a Python from 3.11 up to, not including, 3.$2?
fits() { "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, $2))" >/dev/null 2>&1; }

can_venv() { uv_here || "$1" -c "import ensurepip, venv" >/dev/null 2>&1; }

candidates() {
    if [ -n "${PYTHON:-}" ]; then echo "$PYTHON"; else echo python3 python3.14 python3.13 python3.12 python3.11 python; fi
}

# The lock is made for 3.11 to 3.14; a newer Python is the second choice, as ready-made wheels may be missing there.
find_python() {
    lame=
    for limit in 15 99; do
        for name in $(candidates); do
            fits "$name" "$limit" || continue
            if can_venv "$name"; then python=$name; return; fi
            lame=${lame:-$name}
        done
    done
    if [ -n "$lame" ]; then no_ensurepip "$lame"; fi
    no_python
}

no_ensurepip() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "$1 is Python $version, but cannot make virtual environments: its ensurepip module is missing."
    say "On Debian and Ubuntu: sudo apt install python$version-venv   Then run the same command again."
    say "Or name another Python: make setup PYTHON=/path/to/python3.12   Or install uv, which needs no ensurepip."
    exit 1
}

no_python() {
    say "no Python from 3.11 on was found. Looked for: $(candidates)"
    for name in $(candidates); do
        if version=$("$name" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null); then say "  $name is $version"; fi
    done
    say "Install one (Debian, Ubuntu: sudo apt install python3.12 python3.12-venv; Fedora: sudo dnf install python3.12;"
    say "macOS: brew install python@3.13) and run the same command again, or name it: make setup PYTHON=/path/to/python3.12"
    exit 1
}

venv_usable() {
    [ -x .venv/bin/python ] && fits .venv/bin/python 99 || return 1
    grep -qF "$(pwd)/.venv" .venv/bin/activate || return 1 # made elsewhere and moved: its scripts point there
    uv_here || .venv/bin/python -m pip --version >/dev/null 2>&1
}

make_venv() {
    find_python
    say "making .venv with $("$python" --version) ($python)"
    rm -rf .venv
    if uv_here; then uv venv --quiet --no-python-downloads --python "$(command -v "$python")" .venv || return 1
    else "$python" -m venv .venv || return 1; fi
}

install() {
    say "installing requirements/$kind.txt"
    if uv_here; then
        uv pip install --quiet --python .venv/bin/python --require-hashes -r "requirements/$kind.txt" &&
            uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    else
        pip_install --require-hashes -r "requirements/$kind.txt" && pip_install --no-deps --no-build-isolation -e .
    fi
}

pip_install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }

if { venv_usable || make_venv; } && install; then
    # pip compiles what it copies, not what it links to; where Python may not write bytecode, each start would compile us anew.
    .venv/bin/python -m compileall -q src/pmbot || say "src/pmbot cannot be compiled ahead; each start takes a little longer"
    if [ "$kind" = dev ]; then pwd >.venv/.dev-stamp; fi
    pwd >.venv/.run-stamp
    say "done"
elif uv_here; then
    say "uv did not manage; trying with venv and pip"
    rm -rf .venv
    NO_UV=1 exec scripts/setup.sh "$kind"
else
    say "installing failed; what pip says is above. It needs to reach a package index once; run the same command again to go on."
    exit 1
fi
