# `make help` lists what there is. Nothing here needs more than make, git and Python.
SHELL = /bin/sh
PORT ?= 8000
BIN = .venv/bin
VENV_LOCKS = requirements.txt tests/requirements.txt
NEXT_LOCKS = requirements-next.txt tests/requirements.txt
PYTEST_ARGS ?= -n auto

# The first Python that is new enough, or nothing; PYTHON names another one.
FIND_PYTHON = for python in "$${PYTHON:-}" python3.13 python3.12 python3.11 python3 ""; do \
	[ -z "$$python" ] || ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		2>/dev/null || break; \
	done

# $(call environment,FOLDER,LOCKS) makes a virtual environment and installs each lock file whose
# contents changed. What was interrupted is made anew by the next start.
define environment
@set -eu; folder=$(1); \
if [ -e "$$folder/.unfinished" ] || [ ! -x "$$folder/bin/python" ]; then \
	$(FIND_PYTHON); \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer was not found. Install it, or say where it is:" >&2; \
		echo "    make $@ PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	rm -rf "$$folder"; mkdir "$$folder"; touch "$$folder/.unfinished"; \
	if ! "$$python" -m venv "$$folder"; then \
		echo "This Python cannot make a virtual environment." >&2; \
		echo "On Debian or Ubuntu run: sudo apt-get install python3-venv" >&2; \
		exit 1; \
	fi; \
fi; \
for lock in $(2); do \
	mark="$$folder/.installed-$$(echo "$$lock" | tr / -)"; sum=$$(cksum < "$$lock"); \
	if [ ! -e "$$mark" ] || [ "$$(cat "$$mark")" != "$$sum" ]; then \
		echo "Installing $$lock in $$folder."; touch "$$folder/.unfinished"; \
		"$$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
			--require-hashes -r "$$lock"; \
		echo "$$sum" > "$$mark"; \
	fi; \
done; \
rm -f "$$folder/.unfinished"
endef

.PHONY: help
help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | expand -t 16

.PHONY: run
run: ## serve the sample neighbourhood on http://localhost:8000 (PORT=8001 for another port)
	$(call environment,.venv,requirements.txt)
	@export DJANGO_SETTINGS_MODULE=boloboost.settings.development SAMPLE=1 \
		PORT="$(PORT)" SITE_URL="http://localhost:$(PORT)"; \
	$(BIN)/python -m boloboost.prepare && exec $(BIN)/python -m boloboost.serve

.PHONY: test
test: ## the whole suite, browser tests included (PYTEST_ARGS for other options)
	$(call environment,.venv,$(VENV_LOCKS))
	@sh tests/tools/system.sh chromium gettext
	@$(BIN)/pytest $(PYTEST_ARGS)

.PHONY: test-services
test-services: ## the suite on PostgreSQL and Redis (DATABASE_URL and CACHE_URL, or private servers)
	$(call environment,.venv,$(VENV_LOCKS))
	@sh tests/tools/system.sh chromium gettext
	@sh tests/tools/with_services.sh $(BIN)/pytest $(PYTEST_ARGS)

.PHONY: test-next
test-next: ## the suite on the next Wagtail, in an environment of its own
	$(call environment,.venv-next,$(NEXT_LOCKS))
	@sh tests/tools/system.sh chromium gettext
	@.venv-next/bin/pytest $(PYTEST_ARGS)

.PHONY: test-interop
test-interop: ## feeds and mails through independent programs
	$(call environment,.venv,$(VENV_LOCKS))
	@bash tests/interop/run.sh

.PHONY: test-faults
test-faults: ## load and faults through the production server, on SQLite and on PostgreSQL
	$(call environment,.venv,$(VENV_LOCKS))
	@$(BIN)/python -m tests.load.rsvp
	@sh tests/tools/with_services.sh $(BIN)/python -m tests.load.rsvp

.PHONY: bench
bench: ## how fast the pages are, as ratios against a floor measured in the same run
	$(call environment,.venv,$(VENV_LOCKS))
	@sh tests/tools/system.sh wrk
	@$(BIN)/python -m tests.benchmarks.run

.PHONY: check
check: ## linters, types, imports, migrations, deploy check, translations
	$(call environment,.venv,$(VENV_LOCKS))
	@sh tests/tools/system.sh gettext
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint .
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.tools.check_deploy
	$(BIN)/pytest -q tests/architecture

.PHONY: messages
messages: ## bring the translation catalogues in line with the texts in the code
	$(call environment,.venv,$(VENV_LOCKS))
	@sh tests/tools/system.sh gettext
	@$(BIN)/python -m tests.tools.messages

.PHONY: lock
lock: ## pin requirements*.in again (LOCK_ARGS=--upgrade for newer versions)
	$(call environment,.venv,$(VENV_LOCKS))
	@sh tests/tools/lock.sh $(LOCK_ARGS)

.PHONY: secret
secret: ## print a new SECRET_KEY
	@$(FIND_PYTHON); "$$python" -c 'import secrets; print(secrets.token_urlsafe(50))'

.PHONY: clean
clean: ## remove what these commands made, but not var/, which holds your data
	rm -rf .venv .venv-next .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
