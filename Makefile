# The commands of this checkout. `make help` lists them.

# Python 3.11 or newer, under whichever of these names it runs here.
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV := .venv
RUN := $(VENV)/bin/python -m
# pytest's workers: one more than cores, since those that drive a browser mostly wait for it.
WORKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))

# A stamp names what was installed: this folder and the content of the locks. Another content is another stamp.
stamp = $(shell (pwd; cat $(1)) | cksum | cut -d ' ' -f 1)
LOCKS := requirements/build.txt requirements/run.txt pyproject.toml
SITE_STAMP := $(VENV)/installed-site-$(call stamp,$(LOCKS))
TEST_STAMP := $(VENV)/installed-test-$(call stamp,$(LOCKS) requirements/test.txt)
NODE_STAMP := node_modules/installed-$(call stamp,package-lock.json)

# Pip checks every hash. Modules are compiled now, whatever the shell says, so that the first command starts quickly.
PIP := env -u PYTHONDONTWRITEBYTECODE $(RUN) pip --disable-pip-version-check --quiet

# need(command that succeeds once the thing is there, the Debian packages that bring it): root gets them installed,
# everybody else is told.
need = { $(1); } >/dev/null 2>&1 || { \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(2) >/dev/null; \
	else echo "Missing here: $(2). With Debian: sudo apt-get install $(2)$(3)" >&2; exit 1; fi; }

# pip-compile writes no index's address into a lock.
LOCK_OPTIONS := --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

# The modules without effects: every line and branch of them is tested.
CORE := site_builder/problem.py,site_builder/suggest.py,site_builder/codes/*,site_builder/model/*,site_builder/rules/*,site_builder/forms/*
CORE := $(CORE),site_builder/page.py,site_builder/headers.py,site_builder/pages/*,site_builder/checks/*

.DEFAULT_GOAL := help
.PHONY: help site test lint types layers unit browser postgres audit bench docs words wheel lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

site: $(SITE_STAMP) ## install the program here and build the demo portal into output/
	@$(RUN) compileall -q site_builder
	$(VENV)/bin/portal build
	@echo 'Look at it: $(VENV)/bin/portal serve'

test: lint types layers unit ## check everything that a change must keep

lint: $(TEST_STAMP)
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: $(TEST_STAMP)
	$(RUN) mypy

layers: $(TEST_STAMP)
	$(VENV)/bin/lint-imports --no-logo

unit: $(TEST_STAMP) $(NODE_STAMP) browser postgres
	@$(RUN) compileall -q site_builder
	TEST_NEEDS_POSTGRES=1 $(RUN) pytest -n $(WORKERS) --maxprocesses=5 --dist worksteal -m 'not audit' --cov --cov-report=
	$(RUN) coverage report --include='$(CORE)' --fail-under=100

audit: $(TEST_STAMP) $(NODE_STAMP) browser postgres ## the long checks: run them before calling anything done
	@$(call need,pdftotext -v,poppler-utils)
	TEST_NEEDS_POSTGRES=1 $(RUN) pytest -m audit --hypothesis-profile=audit -o faulthandler_timeout=1800

bench: $(TEST_STAMP) ## time builds, large tables, the rules and the start
	$(RUN) tests.bench

docs: $(SITE_STAMP) ## refresh the README's reference from the code
	$(RUN) tests.docs.reference

words: $(SITE_STAMP) ## refresh the theme's catalogues of words from its templates
	$(RUN) tests.docs.words

wheel: $(SITE_STAMP) ## make a wheel of the program and the list of what it needs, in dist/
	@$(RUN) pip --disable-pip-version-check --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .
	@cp requirements/run.txt dist/requirements.txt
	@ls dist

lock: $(VENV)/lock/bin/pip-compile ## refresh the exact versions in requirements/ and package-lock.json
	$(VENV)/lock/bin/pip-compile $(LOCK_OPTIONS) --output-file requirements/build.txt requirements/build.in
	$(VENV)/lock/bin/pip-compile $(LOCK_OPTIONS) --output-file requirements/run.txt pyproject.toml
	$(VENV)/lock/bin/pip-compile $(LOCK_OPTIONS) --output-file requirements/test.txt requirements/test.in
	npm install --package-lock-only

clean: ## remove everything that these commands made
	rm -rf $(VENV) node_modules output dist .hypothesis .*_cache .coverage .coverage.*
	find site_builder tests -name __pycache__ -prune -exec rm -rf {} +

# ------------------------------------------------------------------ what is installed, each once for each content

$(SITE_STAMP):
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is missing here, with its module venv.' >&2; exit 1; }
	$(VENV)/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/installed-site-* && touch $@

$(TEST_STAMP): $(SITE_STAMP)
	$(PIP) install --require-hashes -r requirements/test.txt
	@rm -f $(VENV)/installed-test-* && touch $@

$(NODE_STAMP):
	@$(call need,node --version && npm --version,nodejs npm)
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Debian's Chromium, or the one that Playwright has downloaded.
browser: $(TEST_STAMP)
	@$(call need,$(RUN) tests.browser.chromium,chromium fonts-liberation, (or: $(RUN) playwright install chromium))

# Debian's PostgreSQL, which the receiver's tests start for themselves.
postgres: $(TEST_STAMP)
	@$(call need,$(RUN) tests.leads.postgres,postgresql)

$(VENV)/lock/bin/pip-compile: $(SITE_STAMP)
	$(PYTHON) -m venv --clear $(VENV)/lock
	$(VENV)/lock/bin/python -m pip --disable-pip-version-check --quiet install 'pip-tools==7.6.2'
