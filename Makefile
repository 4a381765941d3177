# Two commands: `make demo` shows the main job, `make test` proves it. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_DIR ?= build/demo

.PHONY: help demo test check bench bench-peers system serve lock catalogues clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## the main job on an embedded database and the guide's school
	@mkdir -p $(DEMO_DIR)
	$(BIN)/kqht demo --dir $(DEMO_DIR)

test: $(STAMP) system check ## every test, with style, types and imports
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(STAMP) ## style, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

system: ## packages of the system that some tests need, where they may be installed
	@tools/system-packages

bench: $(STAMP) ## speed, as ratios within one run
	$(BIN)/python -m tools.bench

bench-peers: $(STAMP) ## the same job on other systems beside ours, where they are installed
	$(BIN)/python -m tools.bench_peers

serve: $(STAMP) ## the service on this machine
	$(BIN)/kqht serve

catalogues: $(STAMP) ## compile data/ into shared/catalogues/
	$(BIN)/python tools/build_catalogues.py

lock: ## renew the locked dependencies
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --no-header --extra addin --extra server --extra dev -o requirements.lock pyproject.toml

clean: ## what can be built again
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
