"""Verbs that make something else of a graph."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError
from kg.verbs.given.choices import one_of
from kg.verbs.given.completing import complete_lang
from kg.verbs.given.empty import tell_empty, tell_without_facts
from kg.verbs.given.options import FailEmpty, reads_graph
from kg.verbs.sparing import spare_graph
from kg.verbs.terminal import Confidence, Excel, GraphSource, Output, deliver, tell

if TYPE_CHECKING:
    from kg.store.given.read import Given


Lang = Annotated[
    str,
    typer.Option(autocompletion=complete_lang, help="fr or en; else the browser's language."),
]
Query = Annotated[str | None, typer.Option(help="Draw a CONSTRUCT's answer (file, text).")]


@reads_graph
def draw(
    graph: GraphSource,
    output: Output = "-",
    query: Query = None,
    focus: Annotated[str | None, typer.Option(help="Draw what is around a thing (name).")] = None,
    depth: Annotated[int | None, typer.Option(min=1, help="How many facts away; else 1.")] = None,
    min_confidence: Confidence = 0.0,
    lang: Lang = "",
    title: Annotated[str, typer.Option(help="Title of the page.")] = "",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Draw a graph, or a part of it, as one page (HTML).

    The page needs no network. A focus after a query is on what the query finds. What is below
    --min-confidence is not in the page; the page's own slider only hides.
    """
    import tempfile
    import webbrowser

    from kg.ask.focus import construct_graph, focus_graph
    from kg.ask.query import find_entailed, read_query
    from kg.network.schemes import find_scheme
    from kg.page.view import draw_page
    from kg.who.said.files import load_view

    if depth and focus is None:
        raise typer.BadParameter("--depth is how far to go from a name; give --focus too")
    spare_graph(graph, output)
    asked = "" if query is None else read_query(query)
    entail = find_entailed(asked) if asked else ()
    loaded = load_view(graph, entail=entail, least=min_confidence, given=given)
    part = construct_graph(loaded, asked) if asked else loaded
    part = part if focus is None else focus_graph(part, focus, depth=depth or 1)
    page = draw_page(part, title=title, lang=lang).html
    if open_ and output == "-":
        output = str(Path(tempfile.mkdtemp(prefix="kg-"), "page.html"))
        tell(f"the page is {output}")
    deliver(output, page)
    tell_without_facts(graph, loaded, fail=fail_empty, drawn=bool(find_scheme(part, "fr")))
    if open_ and not webbrowser.open_new_tab(Path(output).resolve().as_uri()):
        raise KgError(f"{output}: no browser was found to open it; open it yourself")


class Format(StrEnum):
    """Name the formats that a graph is exported in."""

    ttl = "ttl"
    trig = "trig"
    nq = "nq"
    nt = "nt"
    jsonld = "jsonld"
    rdfxml = "rdfxml"
    ttl12 = "ttl12"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    cypher = "cypher"
    html = "html"
    claims = "claims"
    facts = "facts"
    ftm = "ftm"
    ftm_statements = "ftm-statements"


#: How an output's name ends → its format, where that is not what it is called.
ENDINGS = {
    "turtle": Format.ttl, "nquads": Format.nq, "ntriples": Format.nt, "json-ld": Format.jsonld,
    "rdf": Format.rdfxml, "owl": Format.rdfxml, "xml": Format.rdfxml, "htm": Format.html,
    "cql": Format.cypher, "ftm.json": Format.ftm,
}  # fmt: skip


def format_of(output: str) -> Format:
    """Return the format that a file's name ends in; raise BadParameter for none.

    >>> format_of("a/network.graphml").value, format_of("g.rdf").value
    ('graphml', 'rdfxml')
    """
    _, _, ending = Path(output).name.lower().partition(".")
    for end in (ending, ending.rpartition(".")[2]):
        if end in ENDINGS or end in {*Format} - {"csv", "claims", "facts"}:
            return ENDINGS.get(end) or Format(end)
    told = "what is written is not told by how its name ends; give --to"
    raise typer.BadParameter(f"{output}: {told} {', '.join(Format)}")


To = Annotated[
    Format | None,
    typer.Option("--to", help="The format; else that of the output's ending.", **one_of(Format)),
]


@reads_graph
def export(
    graph: GraphSource,
    to: To = None,
    output: Output = "-",
    min_confidence: Confidence = 0.0,
    entail: Annotated[
        bool, typer.Option("--entail", help="Add what follows in ORG, schema.org and Wikidata.")
    ] = False,
    excel: Excel = False,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Write a graph in a format of RDF, Gephi, Neo4j or analysts.

    ttl12 is RDF 1.2, whose facts are triple terms; trig and nq keep one named graph an article,
    and a store's decisions. What is written of a store is who is who across its articles: claims,
    and things under one IRI each.
    csv is two files, nodes.csv and edges.csv, in the folder of --output. claims and facts are CSV,
    a row a claim, or a row for each article that says it, with its words. ftm is FollowTheMoney
    for OpenAleph (JSON Lines), ftm-statements the same by source (CSV); what is not so today is an
    UnknownLink there, with its status. What only facts below --min-confidence say is left out:
    direct triples, deals and agreements too.
    """
    from kg.exports.forms import SYNTAXES, export_graph
    from kg.files.writing import check_target, name_targets
    from kg.store.engine import load_graph
    from kg.who.said.files import load_view
    from kg.who.view.resolve import resolve_again

    to = to or format_of(output)
    if to is Format.csv and output == "-":
        raise typer.BadParameter("csv is two files; name their folder: --output DIR")
    if to in SYNTAXES:  # a file is written as it is, with its facts
        check_target(output)
        loaded = load_graph(graph, least=min_confidence, settle=resolve_again, given=given)
    else:
        if to is not Format.csv:
            spare_graph(graph, output)
        loaded = load_view(graph, least=min_confidence, given=given)
    texts = export_graph(loaded, to, entail=entail, excel=excel)
    if to is Format.csv:
        name_targets(output, [])
    for name, text in texts.items():
        deliver(str(Path(output, name)) if name else output, text)
    if to not in SYNTAXES:
        tell_without_facts(graph, loaded, fail=fail_empty)
    elif not loaded:
        tell_empty(f"{graph}: holds no triple", fail=fail_empty)
