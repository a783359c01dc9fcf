"""Each module imports only from those above it, so there are no circles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "kg"
#: The modules, each below all that it may import from; a stage of many modules is a folder.
LAYERS = (
    "errors", "model", "names", "wordings", "ontology", "areas", "language", "values.numerals",
    "values.quantities", "values.dates", "values.days", "weights", "brat", "invented",
    "sources.language", "sources.paragraphs", "sources.lines", "sources.folding",
    "sources.datelines", "sources.encodings", "sources.source", "sources.details",
    "sources.filenames", "sources.packed", "sources.web", "sources.openings", "sources.splits",
    "sources.forms.form", "sources.forms.hypertext", "sources.forms.columns", "sources.forms.plain",
    "sources.forms.markdown", "sources.forms.pdf", "sources.forms.docx", "sources.forms.page",
    "sources.forms.feed", "sources.forms.mail", "sources.forms.records", "sources.forms.sheet",
    "sources.forms.forms", "sources.articles", "sources.batch",
    "syntax", "nlp", "modality", "mentions.edges", "mentions.bodies", "mentions.figures",
    "mentions.offices", "mentions.splits", "mentions.borders", "mentions.mention",
    "mentions.predicates", "mentions.contexts", "mentions.classes", "resolve.forms",
    "resolve.grouping", "resolve.cast", "resolve.lists", "resolve.salience", "resolve.anaphora",
    "relations.scene", "relations.verbs", "relations.nouns", "relations.arguments",
    "relations.frames", "relations.implied", "relations.units", "roles.titles", "roles.ways",
    "roles.appositions", "roles.holders", "roles.premises", "roles.employers", "roles.departures",
    "roles.positions", "roles.members", "roles.leaders", "roles.careers", "relations.places",
    "relations.shares", "relations.agreements", "relations.openings", "relations.areas", "speech",
    "values.statements", "values.owners", "values.sums", "values.control", "values.qualifiers",
    "merge", "extract", "turtle", "terms", "rdf", "readings", "files", "locks", "engine", "labels",
    "identity", "store", "journal", "limits", "questions", "sparql", "query", "check", "focus",
    "triples", "passages", "network", "links", "measures", "copies", "explain", "diff", "layout",
    "render", "view",
    "exports.entail", "exports.syntaxes", "exports.jsonld", "exports.gephi", "exports.neo4j",
    "exports.forms", "answers", "gold", "score", "train", "endpoint.pages", "endpoint.glossary",
    "endpoint.protocol", "endpoint.snapshots", "endpoint.workers", "endpoint.pool", "endpoint.desk",
    "endpoint.serve", "tables", "progress", "verbs.terminal", "verbs.articles", "verbs.fetching",
    "verbs.questions", "verbs.networks", "verbs.explanations", "verbs.pages", "verbs.serving",
    "verbs.quality", "cli",
)  # fmt: skip
#: Folders of the package that hold no code.
DATA = {"lang", "models", "queries", "page", "ontologies"}


def module_of(path: Path) -> str:
    """Return the name of a file's module inside the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


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
    modules = {module_of(path) for path in PACKAGE.rglob("*.py") if path.stem != "__init__"}
    assert modules == set(LAYERS)
    assert len(LAYERS) == len(set(LAYERS))


@pytest.mark.parametrize("module", LAYERS)
def test_module_imports_from_above_only(module: str) -> None:
    above = set(LAYERS[: LAYERS.index(module)])
    assert imported(PACKAGE / f"{module.replace('.', '/')}.py") - above == set()


def test_only_stages_of_many_modules_are_folders() -> None:
    folders = {path for path in PACKAGE.iterdir() if path.is_dir()}
    stages = {path for path in folders if path.name not in {*DATA, "__pycache__"}}
    assert {path.name for path in stages} == {m.split(".")[0] for m in LAYERS if "." in m}
    for stage in stages:
        assert len(list(stage.glob("*.py"))) > 5, f"{stage.name}: four modules need no folder"
        text = (stage / "__init__.py").read_text(encoding="utf-8")
        assert len(ast.parse(text).body) == 1, f"{stage.name}: a folder is no façade"
