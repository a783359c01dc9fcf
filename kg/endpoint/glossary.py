"""The ontology for its readers: as a page that tells each term, as Turtle and as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg import ontology
from kg.endpoint.pages import fill_page
from kg.endpoint.protocol import Reply
from kg.errors import DataError
from kg.page.render import read

NAME = "pressgraph.ttl"
#: What the ontology is read as: ending of its address → media type.
ENDINGS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "html": "text/html"}
#: Predicates that say how a term goes with those of others, in the order in which they are told.
ALIGNED = (
    ontology.OWL + "equivalentProperty", ontology.RDFS + "subPropertyOf",
    *(ontology.SKOS + f"{how}Match" for how in ("close", "broad", "narrow", "related")),
)  # fmt: skip
DEFINITION = ontology.SKOS + "definition"
TERMS = "http://purl.org/dc/terms/"


@cache
def draw_ontology(lang: str) -> str:
    """Draw the ontology's documentation: classes, relations, other properties and individuals.

    >>> 'lang="fr"' in draw_ontology("fr")
    True
    """
    words = json.loads(read("ontology.json"))
    other = next(it for it in words if it != lang)
    head = ontology.read_turtle(ontology.ontology_folder() / NAME)[ontology.KG.rstrip("#")]
    about = {name: texts(head.get(TERMS + name, ())) for name in ("title", "description")}
    return fill_page(
        "ontology.html", lang=lang, other=other, words=words[lang], about=about,
        groups=group_terms(),
    )  # fmt: skip


def group_terms() -> dict[str, list[dict[str, Any]]]:
    """Return what the ontology declares, by group, each term with all that a reader wants."""
    groups: dict[str, list[dict[str, Any]]] = {
        "Classes": [], "Relations": [], "Properties": [], "Individuals": [],
    }  # fmt: skip
    for name, term in ontology.terms().items():
        if ontology.OWL + "Class" in term.types:
            title = "Classes"
        elif ontology.OWL + "NamedIndividual" in term.types:
            title = "Individuals"
        else:
            title = "Relations" if "Relation" in term.types else "Properties"
        groups[title].append(describe_term(name, term))
    return groups


def describe_term(name: str, term: ontology.Term) -> dict[str, Any]:
    """Describe a term for the page."""
    about = ontology.read_turtle(ontology.ontology_folder() / NAME)[ontology.KG + name]
    terms = ontology.properties().items()
    rows: list[tuple[str, Iterable[str]]] = [
        ("subclass of", term.parents),
        ("subclasses", [it for it, one in ontology.classes().items() if name in one.parents]),
        ("domain", [term.domain]),
        ("range", [term.range]),
        ("is domain of", [it for it, one in terms if one.domain == name]),
        ("is range of", [it for it, one in terms if one.range == name]),
        *((short_name(it), [o for o in about.get(it, ()) if isinstance(o, str)]) for it in ALIGNED),
    ]
    links = [(told, [link_term(it) for it in values if it]) for told, values in rows]
    return {
        "name": name,
        "labels": term.labels,
        "definitions": texts(about.get(DEFINITION, ())),
        "wordings": term.wordings,
        "symmetric": term.symmetric,
        "rows": [(told, found) for told, found in links if found],
    }


def texts(objects: Iterable[str | tuple[str, str]]) -> dict[str, str]:
    """Return texts by language.

    >>> texts([("person", "en"), ("personne", "fr"), "urn:a"])
    {'en': 'person', 'fr': 'personne'}
    """
    return {one[1]: one[0] for one in objects if isinstance(one, tuple)}


def link_term(iri: str) -> tuple[str, str]:
    """Return the address of a term, on this page if it is ours, and a short name of it.

    >>> link_term("Company"), link_term("http://www.w3.org/2001/XMLSchema#decimal")
    (('#Company', 'kg:Company'), ('http://www.w3.org/2001/XMLSchema#decimal', 'xsd:decimal'))
    """
    name = iri.removeprefix(ontology.KG)
    return (f"#{name}", f"kg:{name}") if name in ontology.terms() else (iri, short_name(iri))


def short_name(iri: str) -> str:
    """Return an IRI with its prefix in the ontology's file, or as it is.

    >>> short_name("http://www.w3.org/ns/org#Organization")
    'org:Organization'
    """
    for prefix, space in read_prefixes().items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


@cache
def read_prefixes() -> dict[str, str]:
    """Return the prefixes of the ontology's file."""
    parser = ox.parse(read_file(NAME), format=ox.RdfFormat.TURTLE)
    list(parser)
    return parser.prefixes


@cache
def read_file(name: str) -> bytes:
    """Read a file of the ontology; raise DataError."""
    try:
        return (ontology.ontology_folder() / name).read_bytes()
    except OSError as error:
        raise DataError(f"{name}: cannot be read: {error.strerror}") from error


@cache
def convert_turtle(turtle: bytes) -> bytes:
    """Write Turtle as JSON-LD."""
    from kg.exports.jsonld import write_jsonld
    from kg.store.engine import hold

    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE)
    return write_jsonld(hold(store)).encode()


def write_turtle(turtle: bytes, ending: str) -> Reply:
    """Return Turtle as it is, or as JSON-LD."""
    if ending == "jsonld":
        return Reply(200, ENDINGS[ending], convert_turtle(turtle))
    return Reply(200, f"{ENDINGS['ttl']}; charset=utf-8", turtle)
