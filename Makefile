# One's own use: `make check` is what the gate runs, without the setting up.
BIN ?= .venv/bin
PYTHON = $(BIN)/python

.PHONY: check setup lint types contracts test benchmarks snapshots

check: lint types contracts test

setup:
	python3 -m venv .venv && .venv/bin/pip install -e '.[tests]'

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy

contracts:
	$(BIN)/lint-imports

test:
	$(PYTHON) -m pytest

snapshots:
	$(PYTHON) -m pytest tests/screens tests/alarms --snapshot-update

benchmarks:
	for each in ingest latency board_cpu quiet_line first_paint screens metrics time_travel reports asterisk; do \
		echo "== $$each"; $(PYTHON) -m tests.benchmarks.$$each || exit 1; \
	done
