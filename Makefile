# One door for everything. `make` or `make help` lists what is behind it.
#
#   make app  PORT=8899  BROWSER=no  HOME_DIR=/path/to/folder      all three may be left out
#   make test CHROMIUM=/path/to/chromium                           only where it is not found by itself
#   make app  PYTHON=/path/to/python3                              the same for Python
#   make lock UPGRADE=yes                                          newer versions; without it the pins stay

BIN := .venv/bin
PYTEST := $(BIN)/pytest

# One stage after the other, whatever -j says: the first that fails ends it.
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

.PHONY: venv
venv:
	@PYTHON="$(PYTHON)" .ci/venv

.PHONY: app
app: venv ## open the workbook in your browser
	@$(BIN)/rebound app $(if $(PORT),--port $(PORT)) $(if $(filter no,$(BROWSER)),--no-browser) \
		$(if $(HOME_DIR),--home "$(HOME_DIR)")

.PHONY: components
components: venv ## the design system as a page: every component in every state
	@$(BIN)/rebound demo --components $(if $(PORT),--port $(PORT)) $(if $(filter no,$(BROWSER)),--no-browser)

.PHONY: test
test: lint test-notebooks ## everything CI asks: lint, the notebooks, every test, a real browser
	@.ci/chromium >/dev/null
	$(PYTEST) -m "not browser and not hub" -n 2 --dist loadfile
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" $(PYTEST) -m "browser and not hub" -n 3 --dist loadfile
	@$(MAKE) --no-print-directory test-hub

# One small university for all of them: accounts, JupyterHub, its proxy, PostgreSQL. As root, in a container for instance.
.PHONY: test-hub
test-hub: venv ## a real JupyterHub with system users and PostgreSQL; part of `make test`, needs root
	@.ci/hub >/dev/null
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" $(PYTEST) -m hub tests/hub

# Root and Debian's debootstrap; no container engine. Not part of `make test`: it takes minutes and asks registries.
.PHONY: image-rehearsal
image-rehearsal: venv ## run the steps of deploy/Containerfile in a chroot, and ask what they made whether it is well
	$(BIN)/python .ci/image

.PHONY: lint
lint: venv ## style, types and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

# A folder of its own, so that a notebook run as a test never opens anybody's workbook.
.PHONY: test-notebooks
test-notebooks: venv
	@folder="$$(mktemp -d)" && trap 'rm -rf "$$folder"' EXIT && \
		REBOUND_HOME="$$folder" $(PYTEST) --nbval --nbval-current-env -n 2 --dist loadfile notebooks

# Goes on where it stopped. RUNS= and SEED= choose how many and which, FAULT="kernel dead" one kind, MINUTES= how long.
.PHONY: faults
faults: venv ## break the line, the kernel, the disk and the page while somebody writes; count what is lost
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" PYTHONPATH=tests $(BIN)/python -m faults \
		$(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED)) $(if $(FAULT),--fault "$(FAULT)") \
		$(if $(MINUTES),--minutes $(MINUTES))
	REBOUND_KILLS=1000 REBOUND_CUTS=1000 REBOUND_KERNEL_KILLS=50 REBOUND_STEPS=10000 $(PYTEST) -q -s \
		tests/store/test_kills.py tests/store/test_power_cut.py tests/store/test_two_writers.py \
		tests/workbook/test_kernel_killed.py

# As faults: RUNS=, SEED=, MINUTES=, and KIND="proxy, writing" for one kind. As root, in a container for instance.
.PHONY: hub-faults
hub-faults: venv ## kill hub, proxy, desk service, database and people's servers while somebody writes and shares
	@.ci/hub >/dev/null
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" PYTHONPATH=tests $(BIN)/python -m tests.hub \
		$(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED)) $(if $(KIND),--kind "$(KIND)") \
		$(if $(MINUTES),--minutes $(MINUTES))

.PHONY: bench
bench: bench-opening ## every speed figure the documentation names
	$(BIN)/python bench/import_speed.py
	$(BIN)/python bench/saving.py
	$(BIN)/python bench/calibration.py
	$(BIN)/python bench/insight_speed.py
	$(BIN)/python bench/caseload.py
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" $(BIN)/python bench/stock_voila.py
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" $(BIN)/python bench/group.py

# ROUNDS=1 is enough to try it. Python's byte code is on for everybody; the environments are made once.
.PHONY: bench-opening
bench-opening: venv bench-copy ## what opening costs, beside stock Voilà and five frameworks; writes docs/performance.md
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" PYTHONPATH=bench:tests .venv-peers/ours/bin/python -m opening \
		--rounds $(or $(ROUNDS),5) --write docs/performance.md

# What is measured is an installed copy of this tree, as people have it.
.PHONY: bench-copy
bench-copy: .venv-peers/ready
	$(BIN)/uv pip install --quiet --python .venv-peers/ours/bin/python --no-deps --compile-bytecode --reinstall-package rebound-widgets .
	rm -f .venv-peers/modules.txt

.venv-peers/ready: requirements.lock bench/opening/ours.txt bench/opening/peers.txt | venv
	rm -rf .venv-peers
	$(BIN)/uv venv --quiet .venv-peers/ours
	$(BIN)/uv pip install --quiet --python .venv-peers/ours/bin/python -r requirements.lock -r bench/opening/ours.txt
	$(BIN)/uv venv --quiet .venv-peers/theirs
	$(BIN)/uv pip install --quiet --python .venv-peers/theirs/bin/python -r bench/opening/ours.txt -r bench/opening/peers.txt
	touch $@

# As root, in a container for instance. LASTS= (seconds) and SERVERS= for a try.
.PHONY: bench-hub
bench-hub: venv .venv-locust/ready ## 200 shares and readings a second at the desk service: a real hub, PostgreSQL, locust
	@.ci/hub >/dev/null
	@PYTHONPATH=bench:tests:. $(BIN)/python -m campus.load --locust .venv-locust/bin/locust \
		$(if $(LASTS),--seconds $(LASTS))

.PHONY: bench-servers
bench-servers: venv ## fifty people's servers under a real hub: how they start, and memory for each student
	@.ci/hub >/dev/null
	@PYTHONPATH=bench:tests:. $(BIN)/python -m campus.servers $(if $(SERVERS),--servers $(SERVERS))

.venv-locust/ready: bench/campus/load.txt | venv
	rm -rf .venv-locust
	$(BIN)/uv venv --quiet .venv-locust
	$(BIN)/uv pip install --quiet --python .venv-locust/bin/python -r bench/campus/load.txt
	touch $@

.PHONY: screenshots
screenshots: venv ## pictures of every page into screenshots/; PICTURE=yes also renews those in docs
	@chromium="$$(.ci/chromium)" && CHROMIUM="$$chromium" PICTURE="$(PICTURE)" $(BIN)/python .ci/screenshots

.PHONY: snapshots
snapshots: venv ## take the pictures and the spoken pages anew that tests compare with; look at what git shows
	@chromium="$$(.ci/chromium)" && REBOUND_SNAPSHOTS=renew CHROMIUM="$$chromium" \
		$(PYTEST) -q tests/widgets/test_components.py tests/browser/test_spoken.py -k "looks_as_it_did or spoken"

# Needs node 20 or later and npm. Nothing else here does: what is built is kept in the tree.
.PHONY: frontend
frontend: ## build the page's front end again from its sources and the packages it is made of
	cd frontend && npm ci --ignore-scripts && node build.mjs

.PHONY: frontend-check
frontend-check: ## build it again and compare with what is kept, byte for byte
	cd frontend && npm ci --ignore-scripts && node build.mjs --check

.PHONY: warm-modules
warm-modules: venv ## learn anew which modules kernels are forked with; when chapters import others
	$(BIN)/python .ci/warm-modules

.PHONY: docs
docs: venv ## check that every link and every command in the documentation is there
	$(PYTEST) -q tests/architecture/test_docs.py

.PHONY: lock
lock: venv ## resolve the dependencies again: requirements.lock and environment.yml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header $(if $(filter yes,$(UPGRADE)),--upgrade) --extra test --extra hub \
		--output-file requirements.lock pyproject.toml
	$(BIN)/python .ci/conda > environment.yml

.PHONY: clean
clean: ## remove .venv and everything made by a tool; no workbook is touched
	rm -rf .venv .venv-locust dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache \
		test-results screenshots frontend/node_modules
	find rebound_widgets tests bench notebooks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
