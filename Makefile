# `make run` serves the site; `make test` is the gate. Both prepare what they need.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.PHONY: run test bench load mutants docs lock clean

bin := .venv/bin
ready := .venv/.ready
locker := .venv/locker

run: $(ready)
	@.ci/system run
	$(bin)/askwell serve

test: $(ready)
	@.ci/system test
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports --no-logo
	$(bin)/pytest

bench: $(ready)
	$(bin)/python -m tests.bench

load: $(ready)
	$(bin)/python -m tests.load

mutants: $(ready)
	$(bin)/python -m tests.mutants
	$(bin)/askwell cases questionnaires/stalking_screen --mutate --jobs 2

# Writes into docs/ what the commands say now, and what the models say of each key.
docs: $(ready)
	$(bin)/python -m tests.write_docs

# The stamp is younger than both files once everything they ask for is installed.
$(ready): pyproject.toml .ci/requirements.lock
	$(bin)/python -m pip --version >/dev/null 2>&1 || { python="$$(.ci/system python)"; "$$python" -m venv --clear .venv; }
	$(bin)/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.lock
	$(bin)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Takes the newest versions that pyproject.toml allows. The lock names no server: each machine asks its own index.
lock: $(ready)
	[ -x $(locker)/bin/pip-compile ] || { $(bin)/python -m venv $(locker); $(locker)/bin/pip install --quiet pip-tools; }
	CUSTOM_COMPILE_COMMAND="make lock" $(locker)/bin/pip-compile --quiet --upgrade --extra dev --generate-hashes --strip-extras \
	    --allow-unsafe --no-annotate --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    --output-file .ci/requirements.lock pyproject.toml

clean:
	rm -rf .venv build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find engine webui tests -name __pycache__ -type d -prune -exec rm -rf {} +
