# Two commands are enough on a fresh machine: `make run` and `make test`. Each makes `.venv`,
# installs what is locked (every file checked against its hash), installs the project, and goes on.
# A lock file that is installed already costs nothing; one that changed is installed again.

VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/sh

# The newest thing is not needed: `python3` where it is new enough, else the first that is.
CANDIDATES := python3 python3.13 python3.12 python3.11 python3.14 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

# Arguments for the program (`make run ARGS='ask "/compare 10x long BTC"'`) or for pytest.
ARGS ?=

# A configuration of pip that was made for something else must not reach into this directory.
# Index addresses, proxies and certificates are left as they are.
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_DRY_RUN PIP_REQUIREMENT PIP_EDITABLE
unexport PIP_REPORT PIP_IGNORE_INSTALLED PIP_FORCE_REINSTALL PIP_PRE PIP_NO_BINARY
unexport PYTHONHOME PYTHONPATH PYTHONSTARTUP VIRTUAL_ENV
export PIP_CONSTRAINT := /dev/null
export PIP_BUILD_CONSTRAINT := /dev/null
export PIP_USER := 0
export PIP_REQUIRE_VIRTUALENV := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore

# What an installed environment was made from: where it stands, what the project declares, the lock.
key = { pwd; cksum pyproject.toml $(1); }

# $(call install,LOCK FILE,MARKS): the marks are the lock files that are satisfied afterwards. They
# are written last, so that an interrupted installation is simply done again.
define install
@if ! { $(BIN)/python -c "$(NEW_ENOUGH)" 2>/dev/null \
	&& $(call key,$(1)) | cmp -s - $(VENV)/$(1).installed; }; then \
	$(make_venv) && \
	rm -f $(addprefix $(VENV)/,$(addsuffix .installed,$(2))) && \
	echo "Installing $(1) into $(VENV) (once; this may take some minutes)" && \
	PIP_REQUIRE_HASHES=1 $(BIN)/python -m pip install -qq --require-hashes -r $(1) && \
	PIP_REQUIRE_HASHES=0 $(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e . && \
	$(foreach lock,$(2),$(call key,$(lock)) > $(VENV)/$(lock).installed &&) true; \
fi
endef

define make_venv
if ! $(BIN)/python -c "$(NEW_ENOUGH)" 2>/dev/null || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	python=; \
	for each in $(or $(PYTHON),$(CANDIDATES)); do \
		if $$each -c "$(NEW_ENOUGH)" >/dev/null 2>&1; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Marginbot needs Python 3.11 or newer: install it, or name it with PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$python --version)"; \
	$$python -m venv --clear $(VENV); \
fi
endef

.PHONY: run test cover check crash soak fmt lock messages env bench docs clean base dev

run: base  ## Start the bot; without a token, a chat in this terminal
	@$(BIN)/marginbot $(ARGS)

test: dev  ## Run every test
	@$(BIN)/python -m pytest -n 2 $(ARGS)

cover: dev  ## Run every test and hold the coverage: core 100 %, everything 95 %
	@rm -f .coverage .coverage.* .coverage-report.txt
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=
	@$(BIN)/python -m coverage report --include="core/*" --fail-under=100 >.coverage-report.txt || \
		{ cat .coverage-report.txt; echo "The core must be covered to 100 %."; exit 1; }
	@$(BIN)/python -m coverage report --fail-under=95 >.coverage-report.txt || \
		{ cat .coverage-report.txt; echo "The project must be covered to 95 %."; exit 1; }

check: dev  ## Format, style, types, import contracts, spelling
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run make fmt"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/codespell

crash: dev  ## Kill the program 200 times under load and 60 times in games; prove its books each time
	@$(BIN)/python -m tests.long.crash $(ARGS)
	@$(BIN)/python -m tests.long.game_crash

soak: dev  ## Live through a month with 2,000 people, every invariant checked after every tick
	@$(BIN)/python -m tests.long.soak $(ARGS)

fmt: dev  ## Put the code into shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

# Seven days of patience: a release that is withdrawn in its first days never gets in here.
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--exclude-newer "7 days" --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras \
	--custom-compile-command "make lock" --group build --extra live --extra postgres

lock: dev  ## Resolve the dependencies anew; UPGRADE=--upgrade takes newer releases
	@$(COMPILE) $(UPGRADE) --output-file requirements.lock
	@$(COMPILE) $(UPGRADE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock

messages: dev  ## Bring the catalogues of sentences up to date
	@$(BIN)/python -m tests.house.catalogue

weights: dev  ## Fit the ranking of the FAQ to its entries
	@$(BIN)/python -m tests.house.weights

env: dev  ## Write .env.example from the settings
	@$(BIN)/python -m tests.house.example

bench: dev  ## Measure and compare
	@$(BIN)/python -m tests.bench $(ARGS)

docs: dev  ## Write the generated pages
	@$(BIN)/python -m docs.generate $(ARGS)

clean:  ## Remove everything that was made, the environment included; data/ stays
	@rm -rf $(VENV) build dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

base:
	$(call install,requirements.lock,requirements.lock)

dev:
	$(call install,requirements-dev.lock,requirements.lock requirements-dev.lock)
