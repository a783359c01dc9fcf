"""What fuzzed inputs are made of: small graphs in all syntaxes, a store, files of articles."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parents[1]
SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <http://ex.example/> .
@base <http://ex.example/> .
<#bois> a skos:Concept ; skos:prefLabel "Bois"@fr, "Wood"@en ; skos:broader ex:matière .
ex:matière a skos:Concept ; skos:prefLabel "Matière"@fr ; skos:notation 7, 7.5, 1e3, true .
_:b1 skos:member ( <#bois> [ skos:prefLabel '''long
texte''' ] ) .
"""
QUADS = """@prefix schema: <https://schema.org/> .
<urn:g1> { <urn:a> a schema:Organization ; schema:name "A"@fr ; schema:foundingDate "2019-05-01" . }
<urn:g2> { <urn:a> schema:parentOrganization _:x . _:x schema:name "=X"@en-GB . }
{ <urn:b> schema:subOrganization <urn:a> . }
"""


@dataclass
class Seeds:
    """Hold what inputs are made of: files of articles and graphs, ready questions, a store."""

    folder: Path
    articles: dict[str, bytes] = field(default_factory=dict)
    graphs: dict[str, bytes] = field(default_factory=dict)
    queries: list[str] = field(default_factory=list)
    marked: list[bytes] = field(default_factory=list)

    @property
    def store(self) -> Path:
        """Return the store that decisions are taken on: a copy of it each time."""
        return self.folder / "news"


def make_seeds(folder: Path) -> None:
    """Write graphs in all syntaxes and a store, in a process of its own: Oxigraph has threads."""
    from conftest import read_nordil
    from press import press_graph, press_readings
    from rdflib import Dataset, Graph

    from kg.exports.forms import export_graph
    from kg.graph.rdf import build_graph, write_turtle
    from kg.store.engine import load_graph
    from kg.store.store import put_readings
    from kg.who.view.resolve import resolve_store

    graphs = folder / "graphs"
    graphs.mkdir(parents=True)
    nordil = build_graph([read_nordil()])
    (graphs / "nordil.ttl").write_text(write_turtle(nordil), encoding="utf-8")
    held = load_graph(str(graphs / "nordil.ttl"))
    for form, ending in (("nt", "nt"), ("nq", "nq"), ("trig", "trig"), ("jsonld", "jsonld"),
                         ("rdfxml", "rdf"), ("ttl12", "ttl")):  # fmt: skip
        text = export_graph(held, form)[""]
        (graphs / f"nordil-{form}.{ending}").write_text(text, encoding="utf-8")
    (graphs / "press.ttl").write_text(write_turtle(press_graph()), encoding="utf-8")
    (graphs / "press.nt").write_text(press_graph().serialize(format="nt"), encoding="utf-8")
    (graphs / "wood.ttl").write_text(SKOS, encoding="utf-8")
    (graphs / "quads.trig").write_text(QUADS, encoding="utf-8")
    for name, form in (("wood.owl", "xml"), ("wood.n3", "n3"), ("wood.json", "json-ld")):
        (graphs / name).write_text(Graph().parse(data=SKOS).serialize(format=form), "utf-8")
    quads = Dataset()
    quads.parse(data=QUADS, format="trig")
    for name, form in (("quads.hext", "hext"), ("quads.trix", "trix"), ("quads.nquads", "nquads")):
        (graphs / name).write_text(quads.serialize(format=form), encoding="utf-8")
    (graphs / "wood.ttl.gz").write_bytes(gzip.compress(SKOS.encode(), mtime=0))
    list(put_readings(folder / "news", press_readings()))
    resolve_store(folder / "news", [])
    (folder / "made.json").write_text(json.dumps(sorted(it.name for it in graphs.iterdir())))


def read_seeds(folder: Path) -> Seeds:
    """Read what `make_seeds` wrote, and what the tests have besides."""
    files = sorted((TESTS / "sources" / "files").iterdir())
    texts = sorted((TESTS.parent / "kg" / "ask" / "queries").glob("*.rq"))
    texts += sorted((TESTS / "bench" / "queries").glob("*.rq"))
    return Seeds(
        folder,
        {path.name: path.read_bytes() for path in files if "bomb" not in path.name},
        {path.name: path.read_bytes() for path in sorted((folder / "graphs").iterdir())},
        [path.read_text(encoding="utf-8") for path in texts],
        [path.read_bytes() for path in sorted((TESTS / "marked").glob("*.ann"))],
    )
