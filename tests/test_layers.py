"""Each module imports only from those above it, so there are no circles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"
#: The modules, each below all that it may import from.
LAYERS = (
    "errors", "model", "names", "ontology", "language", "numerals", "values", "dates", "days",
    "weights", "brat", "invented", "articles", "nlp", "syntax", "modality", "edges", "offices",
    "splits", "borders", "mentions", "contexts", "classes", "forms", "grouping", "resolve",
    "lists", "scene", "salience", "anaphora", "verbs", "nouns", "arguments", "relations",
    "implied", "units", "titles", "ways", "appositions", "holders", "premises", "employers",
    "departures", "positions", "members", "leaders", "careers", "places", "shares",
    "agreements", "openings", "areas", "speech", "statements", "owners", "sums", "control",
    "qualifiers", "merge", "extract", "turtle", "literals", "rdf", "readings", "store", "query",
    "check", "network", "layout", "render", "view", "gold", "score", "train", "tables", "cli",
)  # fmt: skip


def imported(path: Path) -> set[str]:
    """Return the modules of the package that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            head, _, tail = node.module.partition(".")
            if head == "kg":
                found |= {tail} if tail else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.partition(".")[2] for a in node.names if a.name.startswith("kg.")}
        assert not getattr(node, "level", 0), f"{path.name}: a relative import"
    return found


def test_each_module_has_its_layer() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert modules == set(LAYERS)
    assert len(LAYERS) == len(set(LAYERS))


@pytest.mark.parametrize("module", LAYERS)
def test_module_imports_from_above_only(module: str) -> None:
    above = set(LAYERS[: LAYERS.index(module)])
    assert imported(PACKAGE / f"{module}.py") - above == set()


def test_package_is_flat() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders <= {"lang", "models", "queries", "page", "ontologies"}
