"""The RDF model that is made from the ontology's file: its terms, and drawings of it."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from drawings import Box, draw_boxes, draw_classes, draw_relations
from reference import Made, escape
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from kg import ontology
from kg.endpoint.glossary import TERMS, group_terms, texts

#: A fact, its ends, its words and the claim that it backs.
FACT = (
    Box("Claim", 90, 40), Box("Fact", 350, 40), Box("Modality", 610, 40),
    Box("thing (o:kelvara)", 160, 150), Box("thing (o:orvelin)", 350, 150),
    Box("nif:Phrase\n« a finalisé le rachat »", 590, 158), Box("Article", 590, 260),
)  # fmt: skip
FACT_LINKS = (
    (0, 1, "kg:statedBy"), (1, 2, "kg:modality"), (1, 3, "rdf:subject"), (1, 4, "rdf:object"),
    (1, 5, "prov:wasDerivedFrom"), (5, 6, "nif:referenceContext"),
)  # fmt: skip
#: A deal, its parties, and the facts that lead to it.
DEAL = (
    Box("Fact\nkg:acquired", 90, 48), Box("Acquisition", 330, 48),
    Box("Organization (Kelvara)", 130, 170), Box("Organization (Orvelin)", 340, 170),
    Box("Organization (Maldaque)", 560, 170), Box("share, amount, date, kind", 580, 48),
)  # fmt: skip
DEAL_LINKS = (
    (0, 1, "kg:deal"), (1, 2, "kg:buyer"), (1, 3, "kg:target"), (1, 4, "kg:seller"), (1, 5, ""),
)  # fmt: skip


def draw(name: str) -> str:
    """Return the drawing of a name as SVG."""
    match name:
        case "classes":
            return draw_classes()
        case "relations":
            return draw_relations()
        case "fact":
            return draw_boxes(FACT, FACT_LINKS, (720, 290), "A fact, its ends, words and claim")
        case "deal":
            return draw_boxes(DEAL, DEAL_LINKS, (720, 200), "A deal and who has part in it")
    raise ValueError(f"no drawing {name!r}")


def describe_terms(group: str) -> str:
    """Describe the terms of a group in Markdown."""
    return "\n".join(line for term in group_terms()[group] for line in describe_term(term))


def describe_term(term: dict[str, Any]) -> list[str]:
    """Return the lines that tell one term: labels, definitions, wordings, what it goes with."""
    labels, told = term["labels"], term["definitions"]
    lines = [f"({anchor(term['name'])})=", f"### kg:{term['name']}", ""]
    for lang in ontology.LANGUAGES:
        lines.append(f"- **{escape(labels[lang])}** ({lang}): {escape(told.get(lang, ''))}")
    for lang, wordings in term["wordings"].items():
        lines += [f"- in words ({lang}): `{wording}`" for wording in wordings]
    if term["symmetric"]:
        lines.append("- holds both ways")
    for what, links in term["rows"]:
        lines.append(f"- {what}: {', '.join(link_term(*link) for link in links)}")
    return [*lines, ""]


def link_term(address: str, name: str) -> str:
    """Return a link to a term of ours; one of others' is named by its prefix."""
    return f"[{name}](#{anchor(address[1:])})" if address.startswith("#") else f"`{name}`"


def anchor(name: str) -> str:
    """Return a term's anchor: kg:Deal is a class and kg:deal a property, which anchors mix up.

    >>> anchor("Deal"), anchor("deal")
    ('class-deal', 'term-deal')
    """
    return f"{'class' if name in ontology.classes() else 'term'}-{name.lower()}"


def describe_ontology() -> str:
    """Return the ontology's title, version and description in both languages."""
    head = ontology.read_turtle(ontology.ontology_folder() / "pressgraph.ttl")[
        ontology.KG.rstrip("#")
    ]
    title, about = (texts(head[TERMS + name]) for name in ("title", "description"))
    (version,) = (it for it in head[f"{ontology.OWL}versionIRI"] if isinstance(it, str))
    lines = [f"- **{title[lang]}** ({lang}): {about[lang]}" for lang in ontology.LANGUAGES]
    return "\n".join([*lines, f"- version: `{version}`, prefix `kg:` for `{ontology.KG}`"])


class Terms(Made):
    """Describe a group of terms: `{terms} Classes`; the ontology itself without one."""

    optional_arguments = 1

    def text(self) -> str:
        """Return the group's description."""
        return describe_terms(self.arguments[0]) if self.arguments else describe_ontology()


class Drawing(SphinxDirective):
    """Draw: `{drawing} classes`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the drawing, in the page itself."""
        return [nodes.raw("", draw(self.arguments[0]), format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives."""
    app.add_directive("terms", Terms)
    app.add_directive("drawing", Drawing)
    return {"parallel_read_safe": True}
