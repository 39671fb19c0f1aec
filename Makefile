# What people do here. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
FAST := not (server or browser or services or faults or attack or slow)
FULL := DETENTE_FULL=1
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

.PHONY: help demo test fast faults attack engines bench lint types format lock words wheelhouse clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: .venv/.runtime ## open a live room with robots on this machine
	@$(BIN)/detente demo

test: .venv/.dev ## run every test in its short form
	@.ci/prepare
	$(BIN)/python -m pytest -m "$(FAST)" -n 2
	$(BIN)/python -m pytest -m "not faults and not ($(FAST))"
	$(BIN)/python -m pytest -m faults -n 2 --dist worksteal

fast: .venv/.dev ## run what needs no server, browser or service
	$(BIN)/python -m pytest -m "$(FAST)"

faults: .venv/.dev ## kill, starve and lie to the server, in full counts
	$(FULL) $(BIN)/python -m pytest -m faults -n 3 --dist worksteal

attack: .venv/.dev ## send what no honest client would, in full counts
	$(FULL) $(BIN)/python -m pytest -m attack

engines: .venv/.dev ## run the server's tests on eventlet, gevent and threading
	DETENTE_TEST_ENGINES=eventlet,gevent,threading $(BIN)/python -m pytest -m "server or browser"

bench: .venv/.dev ## measure beside plain Flask-SocketIO, and print the machine
	$(BIN)/python -m bench

lint: .venv/.dev ## check rules, format and import floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/.dev ## check types
	$(BIN)/mypy

format: .venv/.dev ## format the Python code
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: ## resolve the newest dependencies into requirements/ (needs uv)
	$(COMPILE) --upgrade pyproject.toml --group dev -o requirements/dev.txt >/dev/null
	$(COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/runtime.txt >/dev/null
	echo hatchling | $(COMPILE) - -c requirements/dev.txt -o requirements/build.txt >/dev/null

words: .venv/.dev ## collect all messages into build/detente.pot for translators
	@mkdir -p build
	$(BIN)/pybabel --quiet extract -F exercise/locale/babel.cfg -k gettext -k ngettext:1,2 -k say -k Rejected -k Forbidden -k NotFound -k WrongPhase -k Conflict -k Unfit -k Refusal:2 -o build/detente.pot .

wheelhouse: .venv/.runtime ## collect wheels for a machine without a network
	$(PIP) download --require-hashes -r requirements/build.txt -d wheelhouse
	$(PIP) download --require-hashes -r requirements/runtime.txt -d wheelhouse
	$(PIP) wheel --no-deps --no-build-isolation -w wheelhouse .

clean: ## remove what the targets above made
	rm -rf .venv .node build dist wheelhouse

# Hashes first, then the project itself without asking anyone for anything.
.venv/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml
	@echo "Setting up .venv from the lock (once, about a minute) …"
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 …")'
	@$(PYTHON) -c 'import ensurepip' || { .ci/prepare venv && $(PYTHON) -c 'import ensurepip'; }
	@# One that another Python made cannot be mended, only made anew.
	@$(PYTHON) -m venv .venv 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
