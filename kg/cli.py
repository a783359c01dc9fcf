"""The command `kg`: its verbs, and how it ends."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import typer

import kg
from kg.verbs.articles import build, facts, forget
from kg.verbs.ending.running import run_to_end
from kg.verbs.ending.streams import say
from kg.verbs.explanations import diff, explain
from kg.verbs.fetching import fetch
from kg.verbs.health.doctor import doctor
from kg.verbs.networks import network
from kg.verbs.pages import draw, export
from kg.verbs.quality import check, score
from kg.verbs.questions import query
from kg.verbs.serving import serve
from kg.verbs.teaching import mark, train
from kg.verbs.world.claims import claims
from kg.verbs.world.decisions import resolve, undo, wrong
from kg.verbs.world.judgements import call, class_, different, drop, same, unsure
from kg.verbs.world.registers import identify, register
from kg.verbs.world.suspects import suspects, who

#: Each verb, in the order of `kg --help`, with an example of its use.
VERBS: dict[Callable[..., None], str] = {
    build: "kg build bollore-alibaba.fr.txt -o graph.ttl",
    fetch: "kg fetch https://gazette.example/rss -o news.jsonl",
    forget: "kg forget bollore-alibaba --store news",
    facts: "kg facts bollore-alibaba.fr.txt | jq .subject",
    query: "kg query graph.ttl partners-of --of Alibaba",
    draw: "kg draw graph.ttl --focus Alibaba --depth 2 --open",
    claims: "kg claims news --of Renault",
    network: "kg network graph.ttl path Alibaba Renault",
    explain: "kg explain graph.ttl Alibaba Bolloré",
    diff: "kg diff old.ttl new.ttl",
    export: "kg export graph.ttl --to jsonld -o graph.jsonld",
    serve: "kg serve graph.ttl --open",
    suspects: "kg suspects news --ask",
    same: "kg same 'Groupe ADP' 'Aéroports de Paris' --why 'nouveau nom' --store news",
    different: "kg different Free Iliad --store news",
    unsure: "kg unsure 'Groupe Bernard' Bernard --store news",
    call: "kg call ADP 'Aéroports de Paris' --store news",
    class_: "kg class Bercy PublicBody --why ministère --store news",
    drop: "kg drop 'Le Groupe' --why 'pas un nom' --store news",
    wrong: "kg wrong TotalEnergies acquired Saft --in depeche-114 --store news",
    who: "kg who news Renault",
    undo: "kg undo --store news",
    resolve: "kg resolve news --decisions who.tsv",
    register: "kg register add StockUniteLegale.csv.zip --as siren",
    identify: "kg identify --store news",
    doctor: "kg doctor news --mend",
    check: "kg check graph.ttl --article bollore-alibaba.fr.txt",
    mark: "kg mark bollore-alibaba.fr.txt -o marked",
    train: "kg train marked -o model",
    score: "kg score tests/gold out/graphs --errors",
}

#: What `kg` alone says: what to do first.
FIRST = (
    "Begin with an article (text, page, PDF, a folder of them):  kg build ARTICLE -o graph.ttl",
    "Then look at it, or ask it:  kg draw graph.ttl -o page.html --open;  kg query graph.ttl",
    "All commands: kg --help.  Is all well here: kg doctor.",
)


def show_version(asked: bool) -> None:
    """Print the version and stop, if asked."""
    if asked:
        say(f"kg {kg.__version__}")
        raise typer.Exit


def kg_command(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Its version.")
    ] = False,
) -> None:
    """Turn business news into a knowledge graph: offline, on a CPU, every edge provable."""
    if ctx.invoked_subcommand is None:
        say(*FIRST)


def make_app(verbs: Iterable[Callable[..., None]]) -> typer.Typer:
    """Make the command of some verbs."""
    made = typer.Typer(
        invoke_without_command=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    made.callback()(kg_command)
    for verb in verbs:
        made.command(epilog=f"Example: {VERBS[verb]}")(verb)
    return made


app = make_app(VERBS)
# Else Python looks for waste in all that it is about to let go of, which takes as long as Typer.
atexit.register(gc.freeze)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what a user caused ends with one line on stderr and exit code 1."""
    first = (sys.argv[1:] if arguments is None else arguments)[:1]
    # All other verbs would take Typer a tenth of what a small command takes.
    asked = [verb for verb in VERBS if verb.__name__.rstrip("_") in first]
    with run_to_end() as run:
        (make_app(asked) if asked else app)(arguments, prog_name="kg")
    sys.exit(run.code)
