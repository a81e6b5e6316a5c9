# Every task a person or CI runs. `make help` lists them; GNU make 3.81 and later.
# Versions are pinned in constraints.txt; uv is used where it is installed, else venv and pip.

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PYTHON ?= python3
PY := $(BIN)/python
STAMP := $(VENV)/.made-from
BENCH_STAMP := $(VENV)/.made-for-bench
SOURCES := crawler spiders reports jehona
PYTEST := $(PY) -m pytest
# two workers, at most one of them waiting for a real WordPress: more only helps on more cores
WORKERS ?= auto

.PHONY: help setup demo test check bench bench-large soak docs pictures constraints clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

setup: $(STAMP) ## the environment in .venv; at once when it is up to date

$(STAMP): pyproject.toml constraints.txt
	@if command -v uv >/dev/null 2>&1; then \
	  { test -x $(PY) || uv venv --quiet $(VENV); } && \
	  uv pip install --quiet --python $(PY) -c constraints.txt -e '.[dev]'; \
	else \
	  { test -x $(PY) || $(PYTHON) -m venv $(VENV); } && \
	  $(PY) -m pip install --quiet -c constraints.txt -e '.[dev]'; \
	fi
	@touch $(STAMP)

$(BENCH_STAMP): $(STAMP)
	@if command -v uv >/dev/null 2>&1; then \
	  uv pip install --quiet --python $(PY) -c constraints.txt -e '.[dev,bench]'; \
	else \
	  $(PY) -m pip install --quiet -c constraints.txt -e '.[dev,bench]'; \
	fi
	@touch $(BENCH_STAMP)

demo: setup ## the main job on an invented newsroom, no network
	$(BIN)/jehona demo

test: setup ## the whole suite, offline
	$(PYTEST) -n $(WORKERS) --dist worksteal

check: setup ## what CI asks before the tests: style, types, import directions, generated docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(SOURCES)
	$(PYTEST) -q tests/test_imports.py tests/test_docs_generated.py

bench: setup $(BENCH_STAMP) ## figures beside floors and peers, within 15 minutes
	$(PY) -m bench

bench-large: setup $(BENCH_STAMP) ## the same at a million rows, and the memory of 20,000 pages
	$(PY) -m bench --large

soak: setup ## the long random and fuzz runs
	JEHONA_SOAK=1 $(PYTEST) -n $(WORKERS) --dist worksteal -m soak --timeout 7200

docs: setup ## writes the generated parts of the documentation
	$(PY) -m scripts.catalogue
	$(PY) -m scripts.schema
	$(PY) -m scripts.docs

pictures: setup ## draws docs/pictures from a demo (those of a browser where there is a chromium)
	$(PY) -m scripts.picture
	$(PY) -m scripts.pictures
	$(PY) -m scripts.desk_pictures

constraints: ## pins every version anew (needs uv)
	uv pip compile pyproject.toml --extra dev --extra bench --upgrade --universal --quiet \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links | sed 's/ ;.*//' > constraints.txt

clean: ## takes away what `make` made; the record in data/var stays
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
