# Two commands do everything on a fresh machine: `make report` and `make test`.
# Both set up .venv first, from the hash-pinned lock file, wheels only.

REGION ?= 330200
YEAR ?= 2021
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help report test lint chapters bench-consistency bench-reading bench-page bench-refusals bench-shelf faults lock clean

help: ## say what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 22

report: .venv/ready ## make the report (REGION=330200 YEAR=2021 by default) in every language, as HTML and PDF
	@$(BIN)/ipreport build --region $(REGION) --year $(YEAR)

test: .venv/ready lint ## check style, run every test, and compare every chapter with its committed output
	$(BIN)/pytest
	JUPYTER_PATH=$(CURDIR)/src/analysis/jupyter \
		$(BIN)/pytest --nbval --nbval-kernel-name=ipreport --nbval-cell-timeout=120 -q notebooks

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check

chapters: .venv/ready ## run the chapters in notebooks/ again, in place, and keep their outputs
	$(BIN)/python -m analysis.execution

bench-consistency: .venv/ready ## plant contradictions into clean tables: recall and false alarms (two minutes)
	$(BIN)/python benchmarks/consistency.py

bench-reading: .venv/ready ## read the labelled bulletins: precision, recall and F1
	$(BIN)/python benchmarks/reading.py

bench-page: .venv/ready ## how light and quick the report's page is in a browser (needs Chromium, and the report made)
	$(BIN)/python benchmarks/page.py $(REGION)-$(YEAR) --write

bench-refusals: .venv/ready ## ten thousand sets of parameters that no report can be made of: how quickly refused, how helpfully
	$(BIN)/python benchmarks/refusals.py

bench-shelf: .venv/ready ## two publishers killed at random and a reader, a hundred times
	$(BIN)/python benchmarks/shelf.py

faults: .venv/ready ## write docs/faults.md: what can go wrong, what happens then, and the tests that hold it
	$(BIN)/python tests/faults.py

lock: .venv/ready ## resolve the direct dependencies again into the two lock files
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--only-binary :all: --quiet --upgrade --custom-compile-command "make lock" -o requirements.lock
	echo uv | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --only-binary :all: \
		--quiet --upgrade --custom-compile-command "make lock" -o bootstrap.lock

clean: ## remove the environment, the reports and their site
	rm -rf .venv reports/[0-9]* reports/.making-* reports/cards reports/citations reports/*.html reports/*.xml reports/*.json

.venv/ready: requirements.lock bootstrap.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than 3.11; name a newer one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
		|| { echo "$(PYTHON) lacks its venv module; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Setting up .venv (once; about half a minute) ..."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r bootstrap.lock
	@$(BIN)/uv pip install --quiet --require-hashes --only-binary :all: -r requirements.lock \
		|| { echo "uv could not install (see above); trying pip, which takes two minutes ..."; \
		$(BIN)/python -m pip install --quiet --no-deps --require-hashes --only-binary :all: -r requirements.lock; }
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
