"""What tests share: a graph made by hand, and those of the articles of our own wording."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from rdflib import Graph

from kg.graph.rdf import build_graph, write_turtle
from kg.model import Article, Entity, Fact, Modality, Reader, Reading, Span
from kg.reader import read_each
from kg.sources.articles import read_articles

# Each run of `make` tries the same inputs; `make long` looks for others.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=1000, deadline=None)
settings.load_profile("same")

ROOT = Path(__file__).parents[1]
EXAMPLES, TESTS = ROOT / "examples", ROOT / "tests"
GOLD, GOLDEN, BENCH = TESTS / "gold", TESTS / "golden", TESTS / "bench"
#: Marked articles and their graphs: what is above the reader is tested on them, whoever reads.
MARKED = TESTS / "marked"
CHROMIUM = Path("/usr/bin/chromium")
#: So that the browser, too, asks the network for nothing.
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip

TEXT = """Nordil et Vasco signent un accord
Le groupe Nordil, filiale de Hexo, a signé avec le chinois Vasco un protocole d'accord sur le \
stockage d'énergie et le cloud. Nordil détient 12,5 % du marché des batteries, devant Orvane.
Jeanne Ferrand, directrice générale de Nordil, promet une usine au Maroc. Vasco étudie le rachat \
d'Orvane pour 40 millions d'euros. Selon Gartex, Vasco ne fournit pas Hexo.
"""
NORDIL = Entity("Nordil", "Company", aliases=("Groupe Nordil",))
VASCO = Entity("Vasco", "Company")
HEXO = Entity("Hexo", "Company")
ORVANE = Entity("Orvane", "Company")
GARTEX = Entity("Gartex", "Organization")
JEANNE = Entity("Jeanne Ferrand", "Person")
CHINA = Entity("Chine", "Country")
MOROCCO = Entity("Maroc", "Country")
STORAGE = Entity("stockage d'énergie", "CooperationArea")
CLOUD = Entity("cloud", "CooperationArea")
BATTERIES = Entity("batteries", "Market")
KIND = ("kind", "protocole d'accord")
DEAL = Entity("accord Nordil – Vasco", "Memorandum", values=(KIND,))


def words(quote: str) -> tuple[Span, ...]:
    """Return where the text has a quote."""
    begin = TEXT.index(quote)
    return ((begin, begin + len(quote)),)


def sentences() -> tuple[Span, ...]:
    """Return the text's lines, as if each were a sentence."""
    borders, begin = [], 0
    for line in TEXT.splitlines(keepends=True):
        borders.append((begin, begin + len(line.rstrip("\n"))))
        begin += len(line)
    return tuple(borders)


def facts() -> tuple[Fact, ...]:
    """Return what the text says: a fact of most kinds, one of each modality."""
    signed = words("a signé avec le chinois Vasco un protocole d'accord")
    areas = words("un protocole d'accord sur le stockage d'énergie et le cloud")
    ranked = words("Nordil détient 12,5 % du marché des batteries, devant Orvane")
    leads = words("Jeanne Ferrand, directrice générale de Nordil")
    bid = words("Vasco étudie le rachat d'Orvane pour 40 millions d'euros")
    share = {"market": BATTERIES, "rank": 1, "asOf": "2018"}
    price = {"amount": Decimal(40_000_000), "currency": "EUR"}
    return (
        Fact(NORDIL, "partnerOf", VASCO, qualifiers={"agreement": DEAL}, evidence=signed),
        Fact(DEAL, "party", NORDIL, evidence=signed),
        Fact(DEAL, "party", VASCO, evidence=signed),
        Fact(DEAL, "hasArea", STORAGE, evidence=areas),
        Fact(DEAL, "hasArea", CLOUD, evidence=areas),
        Fact(DEAL, "concernsUnit", HEXO, evidence=areas),
        Fact(NORDIL, "cooperatesIn", STORAGE, evidence=areas),
        Fact(VASCO, "cooperatesIn", CLOUD, evidence=areas),
        Fact(
            NORDIL, "subsidiaryOf", HEXO, confidence=0.9, evidence=words("Nordil, filiale de Hexo")
        ),
        Fact(VASCO, "basedIn", CHINA, evidence=words("le chinois Vasco")),
        Fact(NORDIL, "marketShare", Decimal("12.5"), qualifiers=share, evidence=ranked),
        Fact(NORDIL, "competesWith", ORVANE, evidence=ranked),
        Fact(
            JEANNE, "holdsPosition", NORDIL,
            qualifiers={"role": "directrice générale"}, evidence=leads,
        ),
        Fact(
            NORDIL, "operatesIn", MOROCCO, "Planned",
            attributed_to=JEANNE, evidence=words("promet une usine au Maroc"),
        ),
        Fact(VASCO, "acquired", ORVANE, "Possible", qualifiers=price, evidence=bid),
        Fact(
            VASCO, "supplierOf", HEXO, "Denied",
            attributed_to=GARTEX, evidence=words("Vasco ne fournit pas Hexo"),
        ),
        Fact(JEANNE, "holdsPosition", ORVANE, ended=True, evidence=leads),
    )  # fmt: skip


def read_nordil(name: str = "nordil") -> Reading:
    """Return what the article says, under any name."""
    article = Article(name, TEXT, title="Nordil et Vasco signent un accord")
    entities = (
        NORDIL, VASCO, HEXO, ORVANE, GARTEX, JEANNE, CHINA, MOROCCO, STORAGE, CLOUD, BATTERIES,
        DEAL,
    )  # fmt: skip
    return Reading(article, entities, facts(), sentences())


@pytest.fixture
def reading() -> Reading:
    """Return what one article says."""
    return read_nordil()


@pytest.fixture
def hand_made(monkeypatch: pytest.MonkeyPatch, reading: Reading) -> None:
    """Let every article say what the hand-made one says: no model is needed here."""

    def read(article: Article) -> Reading:
        return Reading(article, reading.entities, reading.facts, reading.sentences)

    monkeypatch.setattr("kg.reader.read", read)
    monkeypatch.setattr("kg.reader.name_reader", lambda *_: Reader("hand", "1"))


@pytest.fixture
def graph(reading: Reading) -> Graph:
    """Return the graph of that article."""
    return build_graph([reading])


@pytest.fixture
def say() -> Callable[..., Graph]:
    """Return a function that builds the graph of one fact between two names."""

    def build(one: str, relation: str, other: str, modality: Modality = "Actual") -> Graph:
        ends = Entity(one, "Company"), Entity(other, "Company")
        fact = Fact(ends[0], relation, ends[1], modality, evidence=((0, 1),))
        return build_graph([Reading(Article("a", f"{one} – {other}."), ends, (fact,))])

    return build


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command line here and gives exit code, stdout, stderr."""

    def invoke(*arguments: object) -> tuple[int, str, str]:
        from kg import cli

        code = 0
        try:
            cli.main([str(argument) for argument in arguments])
        except SystemExit as done:
            code = int(done.code or 0)
        return code, *capsys.readouterr()

    return invoke


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that `make golden` gives."""
    told = "write golden graphs, outputs in README.md and docs and higher floors anew"
    parser.addoption("--write", action="store_true", help=told)


@pytest.fixture
def write(request: pytest.FixtureRequest) -> bool:
    """Tell whether to write anew what is expected instead of comparing with it."""
    return bool(request.config.getoption("--write"))


def build_graphs(folder: Path) -> dict[str, str]:
    """Return the Turtle of each article of a folder by its name."""
    readings = read_each(read_articles(sorted(map(str, folder.glob("*.fr.txt")))))
    return {one.article.name: write_turtle(build_graph([one])) for one in readings}


@pytest.fixture(scope="session")
def example_graphs() -> dict[str, str]:
    """Return the graphs of the examples; the model is loaded once."""
    return build_graphs(EXAMPLES)


@pytest.fixture(scope="session")
def gold_graphs(example_graphs: dict[str, str]) -> dict[str, str]:
    """Return the graphs of all articles that have gold: the examples and those beside it."""
    return example_graphs | build_graphs(GOLD)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a headless Chromium, or skip where there is none and it is not CI."""
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no Chromium at {CHROMIUM}; install Debian's package `chromium`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def look(browser: Any, pages: dict[str, Path]) -> Iterator[Any]:
    """Open a page of a test's own module by its name; in the end, all must have been quiet."""
    from windows import opening

    with opening(browser, pages) as open_page:
        yield open_page
