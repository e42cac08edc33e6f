# `make demo`, `make test` (ARGS="-k cover" goes to pytest), `make lint`. On Windows see the README.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: demo test lint

demo: .venv/demo.stamp
	$(VENV)/auditkit demo

test:
	$(PYTHON) scripts/test.py $(ARGS)

lint: .venv/lint.stamp
	$(VENV)/ruff check
	$(VENV)/ruff format --check
	$(VENV)/mypy
	$(VENV)/mypy --strict benchmarks tests/apps tests/conftest.py scripts/test.py scripts/pictures.py scripts/docs.py
	$(VENV)/lint-imports

# An environment that is there is used as it is: scripts/test.py makes the same one.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/demo.stamp: setup.cfg pyproject.toml | .venv/bin/python
	$(VENV)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/lint.stamp: setup.cfg pyproject.toml | .venv/bin/python
	$(VENV)/python -m pip install --quiet --disable-pip-version-check -e ".[dev,test,bench]"
	touch $@
