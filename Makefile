# HARMONY Safeguarding. `make run` serves it, `make test` tests it; both set up what is missing first.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
LOCK := requirements-dev.lock

.PHONY: setup always run begin test lint doctor assets messages screens faults bench drill matrix proof nightly lock

# With the embedded database, what was set up is remembered beside it, so that nothing to do takes no time: newer
# migrations, other files of the pages or another .env set it up again, and so does moving the data away. A database
# of one's own (DATABASE_URL) is asked each time.
VAR := $(or $(HARMONY_VAR),var)
SET_UP := $(VAR)/set-up
ASK := $(if $(DATABASE_URL),always,$(if $(wildcard $(VAR)/harmony.sqlite3),,always))

setup: $(SET_UP)  ## what the others call first: packages, keys, the database, the files of the pages

always:

$(SET_UP): .venv/installed $(wildcard .env) $(shell find harmony incidents consent policies training platforms -path '*/migrations/*.py') $(shell find static -type f) $(ASK)
	@$(BIN)/python -m harmony.setup
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@umask 077; mkdir -p $(@D) && touch $@

.venv/installed: $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "HARMONY needs Python 3.11 or newer.")'
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment. On Debian: apt install python3-venv"; exit 1; }
	@echo "Installing what pyproject.toml names (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(LOCK)
	@touch $@

run: setup  ## serve the product; an empty database gets the demo organisation first
	@$(MANAGE) demo --if-empty
	@PORT=$(PORT) $(MANAGE) serve

begin: setup  ## a real start: asks for the organisation, its chair and its DSO
	@PORT=$(PORT) $(MANAGE) begin

test: setup lint  ## lint, import rules and the whole suite on what this machine has
	@$(BIN)/python -m tests

lint: setup  ## style, templates and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	@$(BIN)/lint-imports --no-cache

doctor: .venv/installed  ## what this machine lacks, and how to get it (also what setup lacks, so it calls none)
	@$(BIN)/python -m harmony.doctor

assets: setup  ## rebuild static/ from frontend/ (needs Node; the result is committed)
	@cd frontend && npm ci --silent --ignore-scripts && npm run --silent build
	@$(BIN)/python frontend/fonts.py

messages: .venv/installed  ## gather every sentence for translators into locale/ (needs gettext: apt install gettext)
	@mkdir -p locale
	@$(MANAGE) makemessages --locale en_GB --no-location --no-wrap --ignore=frontend --ignore=tests --ignore=var

screens: .venv/installed  ## a picture of every page × role at 390 and 1280 pixels, in var/screens/index.html
	@rm -rf var/screens
	@DJANGO_SETTINGS_MODULE=tests.settings HARMONY_SCREENS=var/screens $(BIN)/python -m pytest --numprocesses=2 tests/journeys/test_every_page.py

N ?= 1000
faults: .venv/installed  ## file N reports on each engine while servers, processes, clocks and disks fail: nothing may be lost
	@$(BIN)/python -m tests.faults $(N)

bench: .venv/installed  ## what things cost, as ratios measured in one run, into var/bench.json; WRITE=1 writes docs/figures/bench.md too
	@$(BIN)/python -m tests.bench $(if $(FULL),--full) $(if $(WRITE),--write)

drill: .venv/installed  ## back up, erase, put back on each engine: what was erased stays erased, the book is whole, altered archives are refused
	@$(BIN)/python -m tests.drill

matrix: .venv/installed  ## every address and every step × role × relation: who sees what is not theirs, into var/matrix.json
	@$(BIN)/python -m tests.matrix

proof: .venv/installed  ## random sequences, pairs of worlds, canaries and hostile forms, into var/proof.json; SHARE=tenth is quicker
	@$(BIN)/python -m tests.proof $(SHARE)

nightly: .venv/installed  ## every test on both databases, the faults, the proofs and the benchmarks with their full figures, which it writes to docs/figures/
	@HARMONY_EVERY_TEST=1 $(BIN)/python -m tests
	@$(MAKE) faults N=10000
	@$(MAKE) drill
	@$(MAKE) matrix
	@$(MAKE) proof
	@mkdir -p docs/figures && cp var/faults.json docs/figures/faults.json
	@cp $(VAR)/matrix.json $(VAR)/proof.json docs/figures/
	@$(MAKE) bench FULL=1 WRITE=1

lock: .venv/installed  ## pin the newest versions that pyproject.toml allows, with hashes and no hosts
	@for group in "" "-dev"; do \
		$(BIN)/uv pip compile pyproject.toml $$([ -n "$$group" ] && echo "--group dev") --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements$$group.lock; done
