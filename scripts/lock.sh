#!/bin/sh
# Writes requirements/run.txt, dev.txt and bench.txt from pyproject.toml: every version pinned and hashed, for Python 3.11 to 3.14 on Linux and macOS.
# Versions already locked stay; UPGRADE=1 takes the newest. uv does the work; where it is missing, a temporary one.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    "${PYTHON:-python3}" -m venv "$work/venv"
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv
    uv=$work/venv/bin/uv
fi

# $1: the file to write; the rest: what to put in.
compile() {
    target=$1
    shift
    if [ -f "$target" ]; then cp "$target" "$work/lock.txt"; fi
    "$uv" pip compile pyproject.toml "$@" --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --annotation-style line ${UPGRADE:+--upgrade} --output-file "$work/lock.txt" >/dev/null
    { echo '# Written by `make lock` from pyproject.toml; not by hand.'; grep -v '^# Written by' "$work/lock.txt"; } >"$target"
    rm "$work/lock.txt"
    echo "wrote $target"
}

compile requirements/run.txt --extra all --group build
compile requirements/dev.txt --extra all --group build --group dev --constraint requirements/run.txt
compile requirements/bench.txt --group bench --constraint requirements/run.txt
