# Two commands do everything on a fresh machine: `make report` and `make test`.
# Both set up .venv first, from the hash-pinned lock file, wheels only.

REGION ?= 330200
YEAR ?= 2021
SERVICE ?= pypi
PYTHON ?= python3
ROUNDS ?= 5
CHAPTERS ?= 9
REPORTS ?= 50
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help report test test-nbgrader lint chapters bench faults audit sbom pictures lock clean
.PHONY: bench-consistency bench-reading bench-page bench-refusals bench-shelf bench-teaching bench-checks bench-defences \
	bench-batch bench-many bench-runs walk-teaching

help: ## say what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 22

report: .venv/ready ## make the report (REGION=330200 YEAR=2021 by default) in every language, as HTML and PDF
	@$(BIN)/ipreport build --region $(REGION) --year $(YEAR)

test: .venv/ready lint ## check style, run every test, and compare every chapter with its committed output
	$(BIN)/pytest
	JUPYTER_PATH=$(CURDIR)/src/analysis/jupyter \
		$(BIN)/pytest --nbval --nbval-kernel-name=ipreport --nbval-cell-timeout=120 -q notebooks
	$(BIN)/pytest --chapters -q notebooks
	@echo "Not part of this: whether nbgrader takes the lessons exported for it. That is make test-nbgrader."

test-nbgrader: .venv/nbgrader/ready ## give the exported lessons to nbgrader itself: released, handed in, marked (six minutes)
	$(BIN)/python benchmarks/nbgrader_proof.py

walk-teaching: .venv/nbgrader/ready ## walk docs/teaching.md from an empty clone, with JupyterLab in a real browser (needs Chromium)
	$(BIN)/python benchmarks/walk.py

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check

chapters: .venv/ready ## run the chapters in notebooks/ again, in place, and keep their outputs
	$(BIN)/python -m analysis.execution

bench: .venv/ready ## how long a report takes, against papermill's and nbconvert's command lines (needs Chromium; ten minutes)
	$(BIN)/python benchmarks/speed.py --rounds $(ROUNDS) --chapters $(CHAPTERS) --write

bench-consistency: .venv/ready ## plant contradictions into clean tables: recall and false alarms (two minutes)
	$(BIN)/python benchmarks/consistency.py

bench-reading: .venv/ready ## read the labelled bulletins: precision, recall and F1
	$(BIN)/python benchmarks/reading.py

bench-page: .venv/ready ## how light and quick the report's page is in a browser (needs Chromium, and the report made)
	$(BIN)/python benchmarks/page.py $(REGION)-$(YEAR) --write

pictures: .venv/ready ## make the pictures of the README again (needs Chromium, pdftoppm, and the default report made)
	$(BIN)/python benchmarks/pictures.py

bench-refusals: .venv/ready ## ten thousand sets of parameters that no report can be made of: how quickly refused, how helpfully
	$(BIN)/python benchmarks/refusals.py

bench-teaching: .venv/ready ## a class, five hundred worlds, grading: how long, and in how many regions and years
	$(BIN)/python benchmarks/teaching.py

bench-shelf: .venv/ready ## two publishers killed at random and a reader, a hundred times
	$(BIN)/python benchmarks/shelf.py

bench-defences: .venv/ready ## take every defence of docs/faults.md away, one by one: does a test notice? (ten minutes)
	$(BIN)/python benchmarks/defences.py

bench-batch: .venv/ready ## a batch that is killed at random, a hundred times, and goes on where it was
	$(BIN)/python benchmarks/batch.py

bench-runs: .venv/ready ## fifty reports: a batch against the shell loop, and after one corrected figure (needs Chromium; REPORTS=50)
	$(BIN)/python benchmarks/runs.py --reports $(REPORTS)

bench-many: .venv/many/ready ## every indicator of 3.6 million synthetic figures, from Parquet to Parquet in bounded memory
	PYTHONPATH=.venv/many $(BIN)/python benchmarks/many.py

faults: .venv/ready ## write docs/faults.md: what can go wrong, what happens then, and the tests that hold it
	$(BIN)/python tests/faults.py

audit: .venv/audit/ready ## ask whether anything that is pinned is known to be vulnerable (SERVICE=pypi or osv)
	@$(BIN)/python -m analysis.auditing .venv/audit/bin/pip-audit $(SERVICE) requirements.lock bootstrap.lock audit.lock many.lock nbgrader.lock

sbom: .venv/audit/ready ## write the bill of materials, sbom.json (CycloneDX), and hold it against the schema
	@$(BIN)/ipreport sbom --output sbom.json
	@.venv/audit/bin/python -c 'import sys; from cyclonedx.schema import SchemaVersion; \
		from cyclonedx.validation.json import JsonStrictValidator; \
		sys.exit(JsonStrictValidator(SchemaVersion.V1_6).validate_str(open("sbom.json", encoding="utf-8").read()))'

bench-checks: .venv/ready ## plant faults into executed chapters: how many our checks and nbval see, and false alarms
	$(BIN)/python benchmarks/checks.py --write

lock: .venv/ready ## resolve the direct dependencies again into the lock files
	$(BIN)/uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--only-binary :all: --quiet --upgrade --custom-compile-command "make lock" -o requirements.lock
	echo uv | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --only-binary :all: \
		--quiet --upgrade --custom-compile-command "make lock" -o bootstrap.lock
	printf 'pip-audit\ncyclonedx-bom\n' | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--only-binary :all: --quiet --upgrade --custom-compile-command "make lock" -o audit.lock
	echo pyarrow | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --only-binary :all: \
		--quiet --upgrade --custom-compile-command "make lock" -o many.lock
	echo nbgrader | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --only-binary :all: \
		--quiet --upgrade --custom-compile-command "make lock" -o nbgrader.lock

clean: ## remove the environment, the reports and their site
	rm -rf .venv reports/[0-9]* reports/.making-* reports/cards reports/citations reports/*.html reports/*.xml reports/*.json sbom.json

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

# The tools of `make audit` and `make sbom` have an environment of their own, made when they are first wanted.
.venv/audit/ready: audit.lock .venv/ready
	@rm -rf .venv/audit
	@$(BIN)/uv venv --quiet --python $(BIN)/python .venv/audit
	@$(BIN)/uv pip install --quiet --python .venv/audit/bin/python --require-hashes --only-binary :all: -r audit.lock
	@touch $@

# pyarrow is large, and pandas would use it wherever it finds it: only `make bench-many` does.
.venv/many/ready: many.lock .venv/ready
	@rm -rf .venv/many
	@$(BIN)/uv pip install --quiet --target .venv/many --no-deps --require-hashes --only-binary :all: -r many.lock
	@touch $@

# nbgrader brings all of JupyterLab with it: only `make test-nbgrader` and `make walk-teaching` want it.
.venv/nbgrader/ready: nbgrader.lock .venv/ready
	@rm -rf .venv/nbgrader
	@$(BIN)/uv venv --quiet --python $(BIN)/python .venv/nbgrader
	@$(BIN)/uv pip install --quiet --python .venv/nbgrader/bin/python --require-hashes --only-binary :all: -r nbgrader.lock
	@touch $@
