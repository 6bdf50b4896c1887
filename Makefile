# Every verb says what it does; `make` alone lists them. Each makes the environment it needs first.
PYTHON ?= python3
BIN := .venv/bin
IDEAS ?= 300
KILLS ?= 10
SEED ?= 1
BUS ?= local
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.PHONY: help env env-dev run demo test check fix bench chaos events new lock clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

.venv/run.stamp: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "setting up .venv (about a minute the first time)"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/run.stamp
	@echo "adding what tests and checks need"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

env: .venv/run.stamp ## make .venv with everything the platform needs
env-dev: .venv/dev.stamp ## the same, and what tests and checks need

run: env ## run the platform here, with the region pack and sample ideas
	@$(BIN)/gort up --demo $(ARGS)

demo: env ## start in a temporary folder, send the samples, answer a lead, print the counts
	@$(BIN)/gort demo

test: env-dev ## run every test that this machine can run
	@$(BIN)/python -m pytest $(ARGS)

check: env-dev ## linters, types, import contracts, generated files
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/basedpyright && $(BIN)/lint-imports && $(BIN)/python -m shared.web.catalogues && $(BIN)/python -m deploy.generated --check

fix: env-dev ## let the linter and the formatter put right what they can
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

bench: env-dev ## measure the chain from idea to request beside a bare one, in ratios that travel
	@$(BIN)/python -m tests.bench --plot docs/images/bench.svg $(ARGS)

chaos: env-dev ## send IDEAS ideas while processes are killed KILLS times (SEED; BUS=kafka: all of docker-compose.yml)
	@$(BIN)/python -m tests.chaos --ideas $(IDEAS) --kills $(KILLS) --seed $(SEED) --bus $(BUS)

events: env ## draw docs/flow.md and the schemas again from the code
	@$(BIN)/python -m deploy.generated

new: env-dev ## scaffold: make new WHAT=event NAME=idea_praised BY=intake | make new WHAT=notifier NAME=pigeon
	@$(BIN)/python -m deploy.scaffold $(WHAT) $(NAME) $(BY)

lock: env-dev ## pin the requirements again, with hashes (needs `uv`)
	@uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra fast -o requirements/run.txt
	@uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra fast --extra dev -o requirements/dev.txt

clean: ## remove .venv, caches and the data of `make run`
	@rm -rf .venv .pytest_cache .ruff_cache .hypothesis .data build *.egg-info
