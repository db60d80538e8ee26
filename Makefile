# make build   sets up .venv, installs kg into it, builds the shipped workspace
# make test    runs the tests; ALL=1 runs every test, those that need a browser too
# make wheel   makes the package, with the engine for pages (npm) in it
# make lint    format, lint, types and floors, as CI does

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ALL    ?=
FILES  := kg.yaml facts ontology examples
PAGES  := npx --yes prettier@3.10.1 --log-level warn "kg/{view,render}/**/*.{js,css}"

.PHONY: build test lint format bench docs pictures engine test-release wheel clean
.DELETE_ON_ERROR:

build: $(VENV)/.kg
	@$(BIN)/kg build
	@echo "ask:  $(BIN)/kg query denied-support"
	@echo "look: open output/graph.html in a browser"

test: $(VENV)/.dev $(if $(ALL),engine)
ifeq ($(ALL),)
	@$(BIN)/pytest -q -n auto --dist worksteal -m "not browser"
	@echo "not run: the tests that drive a browser; 'make test ALL=1' runs them (apt-get install chromium firefox-esr npm)"
else
	@$(BIN)/pytest -q -n auto --dist worksteal
endif

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PAGES) --check
	$(BIN)/kg fmt --check $(FILES)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(PAGES) --write
	$(BIN)/kg fmt $(FILES)

# The longer campaigns, run before a release.
test-release: $(VENV)/.dev engine
	KG_TEST_RELEASE=1 $(BIN)/pytest -q -n auto --dist worksteal

bench: $(VENV)/.dev engine
	$(BIN)/python -m tests.benchmarks

# What is generated and kept in the repository: the published ontology, the reference, the pictures.
docs: $(VENV)/.dev
	$(BIN)/kg publish
	$(BIN)/python docs/generate.py

pictures: $(VENV)/.dev build engine
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m docs.recordings

# SPARQL in a page is answered by WebAssembly from npm: brought, never committed.
OXIGRAPH := $(shell sed -n 's/^VERSION = "\(.*\)"/\1/p' kg/engine/browser.py)
WEB      := kg/engine/web

engine: $(WEB)/web_bg.wasm

$(WEB)/web_bg.wasm: kg/engine/browser.py
	@mkdir -p $(WEB) dist
	npm pack --silent --pack-destination dist oxigraph@$(OXIGRAPH) >/dev/null
	tar -xzf dist/oxigraph-$(OXIGRAPH).tgz -C $(WEB) --strip-components=1 package/web.js package/web_bg.wasm
	@touch $@

wheel: $(VENV)/.dev engine
	$(BIN)/pip wheel -q --no-deps -w dist .

clean:
	rm -rf $(VENV) dist output/*.* .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.python:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "Python is missing: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or newer, this is $$($(PYTHON) -V): make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing: sudo apt-get install $$(basename $(PYTHON))-venv"; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.kg: $(VENV)/.python pyproject.toml constraints.txt
	@echo "installing kg (a minute or two the first time)"
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.python pyproject.toml constraints.txt
	@echo "installing kg and what its tests need (a few minutes the first time)"
	@$(BIN)/pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.kg
