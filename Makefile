# Two commands do everything on a fresh machine: `make run` and `make test`.
# Needed: Python 3.11 or later, pip, make. README.md has the same lines for people without make.

PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
OUT ?= out
JOBS ?= 2
EVERYTHING := test,notebook,browser,course,cluster,peers
export OPENBLAS_NUM_THREADS ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test test-all check lab docs fuzz mutants bench clean

help:  ## these lines
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*##/\t/' | expand -t 12

run: $(VENV)/.run  ## check every equation of the paper on the bundled prose, and write the page
	@mkdir -p $(OUT)
	$(PY) -m w2v_edu verify --html $(OUT)/verify.html

test: $(VENV)/.test check  ## format, lint, types, then every quick test
	$(PY) -m pytest -q -n $(JOBS)

test-all: $(VENV)/.all test  ## what takes longer, too: browsers, fuzzers, notebooks, course tools
	$(PY) -m pytest -q -n $(JOBS) -m slow

check: $(VENV)/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

lab: $(VENV)/.lab  ## open the notebooks in JupyterLab
	$(PY) -m jupyter lab notebooks

fuzz: $(VENV)/.test  ## the prover's fuzzers, for as long as you let them
	$(PY) -m tests.fuzz

mutants: $(VENV)/.test  ## plant small mistakes in the core, one at a time, and see whether a test notices
	$(PY) -m tests.mutants

bench: $(VENV)/.bench  ## measure against gensim and PyTorch, interleaved
	$(PY) -m benchmarks

clean:  ## take away what make has made
	rm -rf $(VENV) $(OUT) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "w2v_edu needs Python 3.11 or later; '$(PYTHON)' is $$($(PYTHON) -V). Try: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# One stamp an extra, so that nothing is installed twice.
define install
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.$(1)'
	@touch $@
endef

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	$(call install,)
$(VENV)/.test: $(VENV)/bin/python pyproject.toml
	$(call install,[test])
$(VENV)/.all: $(VENV)/bin/python pyproject.toml
	$(call install,[$(EVERYTHING)])
	@command -v npm >/dev/null 2>&1 && npm install --silent --no-package-lock --prefix tests/browser || true  # axe-core
$(VENV)/.lab: $(VENV)/bin/python pyproject.toml
	$(call install,[notebook])
$(VENV)/.bench: $(VENV)/bin/python pyproject.toml
	$(call install,[bench])
