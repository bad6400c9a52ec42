# Two commands do all the set-up:  make demo  ·  make test
PYTHON ?= python3
PORT ?= 8000
VENV ?= .venv
BIN := $(VENV)/bin
PACKAGES := core plugins/base plugins/crm plugins/inventory plugins/finance \
	plugins/purchasing plugins/production plugins/logistics plugins/hr
EDITABLE := $(foreach p,$(PACKAGES),-e $(p)) -e .
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: help demo demo-ready test test-sqlite test-postgres test-browser corners compatibility check bench lighthouse assets screenshots clean

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/run.stamp: requirements/run.lock core/pyproject.toml $(wildcard plugins/*/pyproject.toml)
	@echo "python: making $(VENV) and installing what a site needs"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install -r requirements/run.lock
	@$(PIP) install hatchling editables babel
	@$(PIP) install --no-deps --no-build-isolation $(EDITABLE)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.lock
	@echo "python: installing what tests and checks need"
	@$(PIP) install -r requirements/dev.lock
	@touch $@

assets: $(VENV)/run.stamp ## Fetch the browser files, compile the translations
	@$(BIN)/python assets/vendor.py
	@$(BIN)/python tools/compile_translations.py

demo-ready: assets ## Prepare the demo company without serving it
	@DOUGONG_HOME=$(CURDIR)/.demo $(BIN)/dougong demo --port $(PORT)

demo: demo-ready ## A living demo company in the browser (PORT=8000)
	@DOUGONG_HOME=$(CURDIR)/.demo $(BIN)/dougong serve --port $(PORT)

test: $(VENV)/dev.stamp assets ## Everything: SQLite, a real PostgreSQL, a real browser
	@tools/chromium.sh
	@$(BIN)/python tools/run_tests.py sqlite postgres browser

test-sqlite: $(VENV)/dev.stamp ## Core, plugins, example and house tests on SQLite
	@$(BIN)/python tools/run_tests.py sqlite

test-postgres: $(VENV)/dev.stamp ## The same tests on a PostgreSQL of their own, but those marked once
	@$(BIN)/python tools/run_tests.py postgres

test-browser: $(VENV)/dev.stamp ## Stories in headless Chromium
	@tools/chromium.sh
	@$(BIN)/python tools/run_tests.py browser

corners: $(VENV)/dev.stamp assets ## The stories of the browser in all four corners: language, light, size
	@tools/chromium.sh
	@CORNERS=all $(BIN)/python tools/run_tests.py browser

compatibility: $(VENV)/dev.stamp assets ## Every plugin and example, as wheels, against this core on both databases
	@$(BIN)/python tools/with_postgres.py $(BIN)/python tools/run_contracts.py --database both

check: $(VENV)/dev.stamp assets ## Style, types, architecture, templates, migrations, translations, docs
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet --configuration pyproject.toml core plugins
	@site=$$(mktemp -d); DOUGONG_HOME=$$site $(BIN)/dougong migrations check; code=$$?; rm -rf $$site; exit $$code
	@$(BIN)/python tools/check_translations.py
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build -q --strict

bench: $(VENV)/dev.stamp ## Measure: order to cash, posting, lists, imports, start
	@$(BIN)/python tools/with_postgres.py $(BIN)/python -m bench

lighthouse: $(VENV)/dev.stamp assets ## Marks of four pages by Lighthouse (needs node and Chromium)
	@$(BIN)/python -m bench lighthouse

screenshots: $(VENV)/dev.stamp assets ## Take the pictures of the guide anew
	@tools/chromium.sh
	@$(BIN)/python tools/screenshots.py

clean: ## Remove what was made
	rm -rf $(VENV) .demo core/dougong/static/vendor site
