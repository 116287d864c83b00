# Two commands do everything on a fresh machine: `make chat` and `make test`. They need Python 3.11 or newer.
#   make ask Q="How much did they trade in 2023?"    ARGS is passed on: make test ARGS="-k spans -x"
#   PYTHON=/path/to/python3.12 chooses the Python; NO_UV=1 leaves uv aside where it is installed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup chat ask test check quality bench fmt lint types imports docs docs-check coverage lock clean FORCE

PY := .venv/bin/python
RUN := .venv/.run-stamp
DEV := .venv/.dev-stamp
ARGS ?=
DATA ?= ../shared/data

export PYTHON NO_UV

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(DEV)  ## make .venv with everything for running and developing
chat: $(RUN)  ## talk to the documents in knowledge/
	@$(PY) -m pmbot chat $(ARGS)

# $(value Q) reaches the shell as typed: a dollar sign in a question is no make variable.
ask: export ASK_Q := $(value Q)
ask: $(RUN)  ## ask one question: make ask Q="..."
	@if [ -z "$$ASK_Q" ]; then echo 'make ask needs a question: make ask Q="How large was the trade in 2023?"' >&2; exit 2; fi
	@$(PY) -m pmbot ask $(ARGS) -- "$$ASK_Q"

test: $(DEV)  ## run the tests
	@$(PY) -m pytest $(ARGS)

check: lint types imports docs-check coverage  ## all that CI runs: style, types, imports, docs, tests

lint: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(DEV)
	$(PY) -m mypy

# Its cache remembers imports of modules that were not there yet as external, and then misses them.
imports: $(DEV)
	.venv/bin/lint-imports --no-logo --no-cache

docs-check: $(DEV)
	$(PY) scripts/check_docs.py

coverage: $(DEV)
	$(PY) -m coverage run -m pytest $(ARGS)
	$(PY) -m coverage report

quality: $(RUN)  ## how good the answers are, on the sets of questions we have
	@$(PY) scripts/question_sets.py
	@if [ ! -d "$(DATA)/qa-train" ]; then echo "No evaluation data at $(DATA): make quality DATA=/path/to/it reads the rest." >&2; exit 0; \
	else [ -f .quality/confidence.4.json ] || $(PY) scripts/train.py "$(DATA)" .quality --only-folds; \
	$(PY) scripts/quality.py "$(DATA)" .quality $(ARGS); \
	$(PY) -m pmbot test --format squad "$(DATA)/squad-train.json" --limit 20; fi

bench: $(RUN)  ## start-up, answers, and search against its peers
	@$(PY) scripts/bench.py $(ARGS)

fmt: $(DEV)  ## put the code into the form that `make check` wants
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

docs: $(DEV)  ## write what is generated in docs/ and README.md, then check links and commands
	@$(PY) scripts/write_schemas.py
	@$(PY) scripts/write_commands.py
	@$(PY) scripts/refresh_readme.py
	@$(PY) scripts/check_docs.py

lock:  ## resolve the dependencies anew (UPGRADE=1 takes newer versions)
	@UPGRADE="$(UPGRADE)" scripts/lock.sh

clean:  ## remove .venv, caches and build products
	rm -rf .venv .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements/run.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh run

$(DEV): requirements/dev.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh dev

# A stamp holds the path of the checkout it was made for: a copied or moved .venv, or one whose Python is gone, is made again.
ifneq ($(shell cat $(RUN) 2>/dev/null)=$(wildcard $(PY)),$(CURDIR)=$(PY))
$(RUN) $(DEV): FORCE
endif
