"""The verbs of the command `kg`; each calls what the package offers and prints the answer."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import kg
from kg.errors import KgError
from kg.tables import Form

if TYPE_CHECKING:
    from kg.model import Article

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[
    list[str], typer.Argument(metavar="ARTICLE", help="Texts (.txt), pages (.html); - is stdin.")
]
GraphFile = Annotated[str, typer.Argument(metavar="GRAPH", help="A graph's file; - is stdin.")]
Output = Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="- is stdout.")]
Lang = Annotated[str | None, typer.Option(help="Language of articles that name none: fr.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what a user caused ends with one line on stderr and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app(arguments, prog_name="kg")
    except KgError as error:
        from kg.tables import clean

        print(f"kg: {clean(str(error))}", file=sys.stderr)
        sys.exit(1)


def show_version(asked: bool) -> None:
    """Print the version and stop, if asked."""
    if asked:
        print(f"kg {kg.__version__}")
        raise typer.Exit


@app.callback()
def kg_command(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Its version.")
    ] = False,
) -> None:
    """Turn business news into a knowledge graph: offline, on a CPU, every edge provable."""


@app.command(epilog="Example: kg build bollore-alibaba.fr.txt -o graph.ttl")
def build(
    articles: Sources,
    output: Output = "-",
    each: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME.ttl for each article.")
    ] = None,
    base: Annotated[str, typer.Option(metavar="IRI", help="What all new IRIs begin with.")] = "",
    text: Annotated[bool, typer.Option(help="Keep the articles' texts in the graph.")] = True,
    lang: Lang = None,
) -> None:
    """Build the graph of what articles say, as Turtle."""
    from kg.progress import track_readings
    from kg.rdf import BASE, write_readings
    from kg.store import check_target, name_targets
    from kg.tables import summary_lines

    if each and output != "-":
        raise typer.BadParameter("give --each or --output, not both")
    if base and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise typer.BadParameter("--base must be an http(s) IRI that ends with / or #")
    read = read_all(articles, lang)
    targets = name_targets(each, [article.name for article in read]) if each else [output]
    for target in targets:
        check_target(target)
    readings = list(track_readings(read))
    for target, part in zip(
        targets, [[one] for one in readings] if each else [readings], strict=True
    ):
        deliver(target, write_readings(part, base=base or BASE, text=text))
    stream = sys.stderr if targets == ["-"] else sys.stdout
    print(*summary_lines(readings), sep="\n", file=stream)


@app.command(epilog="Example: kg facts bollore-alibaba.fr.txt | jq .subject")
def facts(articles: Sources, lang: Lang = None) -> None:
    """List what articles say.

    A table on a terminal, JSON Lines in a pipe.
    """
    from kg.progress import track_readings
    from kg.tables import FACT_COLUMNS, fact_json, fact_rows

    readings = track_readings(read_all(articles, lang))
    if sys.stdout.isatty():
        show_table(FACT_COLUMNS, fact_rows(list(readings)))
        return
    for reading in readings:
        deliver("-", "".join(f"{fact_json(fact, reading.article)}\n" for fact in reading.facts))


@app.command(epilog="Example: kg query graph.ttl partners-of --of Alibaba")
def query(
    graph: GraphFile,
    question: Annotated[
        str | None, typer.Argument(metavar="NAME-or-SPARQL", help="Without it: list the names.")
    ] = None,
    of: Annotated[str | None, typer.Option(help="The name that ?of stands for.")] = None,
    and_: Annotated[str | None, typer.Option("--and", help="What ?and stands for.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = Form.table,
) -> None:
    """Answer a ready question or SPARQL that only reads.

    `kg query GRAPH` alone lists the ready questions. Names are bound, never pasted: they may
    hold anything. CONSTRUCT and DESCRIBE answer in Turtle, ASK with yes or no.
    """
    from kg.query import list_queries, run_query
    from kg.store import load_graph
    from kg.tables import answer_rows, answer_text

    if question is None:
        rows = [(one.name, one.answers, one.example) for one in list_queries()]
        show_table(("question", "answers", "example"), rows)
        return
    result = run_query(load_graph(graph), question, of=of, and_=and_)
    if form is Form.table and result.type == "SELECT":
        columns, cells = answer_rows(result)
        show_table(columns, cells)
    else:
        deliver("-", answer_text(result, form))


@app.command(epilog="Example: kg draw graph.ttl --focus Alibaba --depth 2 --open")
def draw(
    graph: GraphFile,
    output: Output = "-",
    query: Annotated[
        str | None, typer.Option(help="Draw a CONSTRUCT's answer (file, text).")
    ] = None,
    focus: Annotated[str | None, typer.Option(help="Draw what is around a thing (name).")] = None,
    depth: Annotated[int | None, typer.Option(min=1, help="How many facts away; else 1.")] = None,
    lang: Annotated[str, typer.Option(help="fr or en; else the browser's language.")] = "",
    title: Annotated[str, typer.Option(help="Title of the page.")] = "",
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Draw a graph, or a part of it, as one page (HTML).

    The page needs no network. A focus after a query is on what the query finds.
    """
    import tempfile
    import webbrowser

    from kg.focus import construct_graph, focus_graph, read_query
    from kg.store import check_target, load_graph
    from kg.view import draw_page

    if depth and focus is None:
        raise typer.BadParameter("--depth is how far to go from a name; give --focus too")
    check_target(output)
    part = load_graph(graph)
    part = part if query is None else construct_graph(part, read_query(query))
    part = part if focus is None else focus_graph(part, focus, depth=depth or 1)
    page = draw_page(part, title=title, lang=lang).html
    if open_ and output == "-":
        output = str(Path(tempfile.mkdtemp(prefix="kg-"), "page.html"))
        print(f"kg: the page is {output}", file=sys.stderr)
    deliver(output, page)
    if open_ and not webbrowser.open_new_tab(Path(output).resolve().as_uri()):
        raise KgError(f"{output}: no browser was found to open it; open it yourself")


@app.command(epilog="Example: kg check graph.ttl --article bollore-alibaba.fr.txt")
def check(
    graph: GraphFile,
    article: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="An article that it was built from.")
    ] = None,
) -> None:
    """Check a graph's shapes and its quotes.

    The shapes are SHACL; each quoted span must be exactly what its article says there.
    """
    from kg.check import check_graph
    from kg.store import load_graph
    from kg.tables import clean, count_line

    loaded = load_graph(graph)
    violations = check_graph(loaded, articles=read_all(article or [], None))
    for one in violations:
        print(clean(f"{one.node}: {one.message} {one.value}"))
    if violations:
        raise KgError(f"{graph}: {len(violations)} violations; build it again with: kg build")
    print(count_line(loaded))


@app.command(epilog="Example: kg score tests/gold/seed out/graphs --errors")
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold files: NAME.json.")],
    graphs: Annotated[Path, typer.Argument(metavar="GRAPHS", help="Graphs: NAME.ttl.")],
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Least scores (TOML); exit 1 below one.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List misses and false alarms.")] = False,
) -> None:
    """Score graphs against gold: precision, recall, F1."""
    from kg.score import check_floors, score_graphs
    from kg.tables import clean, score_lines

    result = score_graphs(gold, graphs)
    print(*score_lines(result), sep="\n")
    for name, lines in result.errors.items() if errors else ():
        print(name, *(f"  {clean(line)}" for line in lines), sep="\n")
    if floors:
        check_floors(result, floors)


def read_all(sources: Iterable[str], lang: str | None) -> list[Article]:
    """Read all articles before any is parsed, so that a wrong one stops all at once."""
    from kg.articles import read_articles

    return list(read_articles(sources, lang=lang))


def deliver(target: str, text: str) -> None:
    """Write a file, or for `-` to stdout: if a terminal, without what it would obey."""
    from kg.store import write_text
    from kg.tables import escape_controls

    if target != "-":
        write_text(target, text)
    else:
        sys.stdout.write(escape_controls(text) if sys.stdout.isatty() else text)


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as wide as the terminal, or 'no answer'."""
    from rich.console import Console

    from kg.tables import make_table

    table = make_table(columns, rows)
    width = shutil.get_terminal_size((160, 24)).columns
    Console(width=width).print(table if table.row_count else "no answer")
