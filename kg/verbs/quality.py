"""Verbs that tell how good a graph is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import KgError
from kg.verbs.ending.streams import answer
from kg.verbs.given.empty import tell_without_facts
from kg.verbs.given.options import FailEmpty, reads_graph
from kg.verbs.terminal import (
    Encoding,
    GraphSource,
    Lang,
    Meta,
    Split,
    TextField,
    deliver,
    make_options,
    read_all,
)
from kg.wordings import tell_count

if TYPE_CHECKING:
    from kg.store.given.read import Given

#: What `kg score` says without GRAPHS, and without GOLD.
TOO_LITTLE = "give GRAPHS too, or --budget to score the reader itself"
NOTHING = "give GOLD and GRAPHS, or --who GROUPS to score who is who"


@reads_graph
def check(
    graph: GraphSource,
    article: Annotated[
        list[str] | None, typer.Option(metavar="FILE", help="An article that it was built from.")
    ] = None,
    lang: Lang = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    meta: Meta = None,
    split: Split = False,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Check a graph's shapes and its quotes.

    The shapes are SHACL; each quoted span must be exactly what its article says there.
    """
    from kg.graph.check import check_graph
    from kg.store.engine import load_graph
    from kg.verbs.tables import clean, count_line

    loaded = load_graph(graph, given=given)
    options = make_options(lang, encoding, text_field, meta=meta, split=split)
    violations = check_graph(loaded, articles=read_all(article or [], options, strict=False))
    for one in violations:
        answer(clean(f"{one.node}: {one.message} {one.value}"))
    if violations:
        told = tell_count(len(violations), "violation")
        raise KgError(f"{graph}: {told}; build it again with: kg build")
    answer(count_line(loaded))
    tell_without_facts(graph, loaded, fail=fail_empty)


Gold = Annotated[
    Path | None, typer.Argument(metavar="GOLD", help="Gold: NAME.json; for --budget, NAME.ann.")
]
Graphs = Annotated[
    Path | None, typer.Argument(metavar="GRAPHS", help="Graphs: NAME.ttl; not for --budget.")
]
Judge = Annotated[
    bool, typer.Option("--judge", help="With --who: let a judge answer the suggestions.")
]
Names = Annotated[
    Path | None,
    typer.Option(metavar="NAMES", help="With --judge: names that suggestions are of (TSV)."),
]


def score(
    gold: Gold = None,
    graphs: Graphs = None,
    budget: Annotated[
        bool, typer.Option("--budget", help="Read marked articles: what is lost at which stage.")
    ] = False,
    report: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Scores as JSON; - is stdout.")
    ] = None,
    floors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Least scores (TOML); exit 1 below one.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List misses and false alarms.")] = False,
    who: Annotated[
        Path | None, typer.Option(metavar="GROUPS", help="Names judged one thing (TSV).")
    ] = None,
    apart: Annotated[
        Path | None, typer.Option(metavar="APART", help="With --who: names judged different.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(metavar="STORE", help="With --who: articles' aliases count.")
    ] = None,
    judge: Judge = False,
    names: Names = None,
) -> None:
    """Score graphs against gold: precision, recall, F1.

    By relation, with its support (how many facts the gold has), and how far confidences are from
    what is right (expected calibration error, ten bins of equal count).

    With --budget it is the reader that is scored, on a folder of marked articles: as it reads, and
    with marked names, references and areas given in turn; references alone; what else is right of
    the facts that are: kg score tests/marked --budget --json budget.json

    With --who it is who is who that is scored, by pairs of names: as sure rules and the lists that
    ship join them, and with --store what its articles call things: kg score --who groups.tsv
    --apart apart.tsv

    With --judge, one who knows the groups answers what kg suspects would ask, in its order: how
    many pairs are joined after a question for each ten names (of all that there are, of those that
    are judged), and how many of the first hundred are right. The names are those of the store, of
    --names (name, class, in how many articles; a heading first), or the judged ones alone.
    """
    if who or apart or store or judge or names:
        if not who or gold or budget or floors:
            raise typer.BadParameter("--apart and --store go with --who, GOLD and --floors do not")
        if names and (store or not judge):
            raise typer.BadParameter("--names goes with --judge, and takes the place of --store")
        score_names((who, apart, store), report, errors=errors, names=names, judge=judge)
    elif gold and budget:
        if graphs or floors or errors:
            raise typer.BadParameter("--budget goes without GRAPHS, --floors and --errors")
        score_reader(gold, report)
    elif gold and graphs:
        score_files(gold, graphs, report, floors=floors, errors=errors)
    else:
        raise typer.BadParameter(TOO_LITTLE if gold else NOTHING)


def score_files(
    gold: Path, graphs: Path, report: str | None, *, floors: Path | None, errors: bool
) -> None:
    """Score graphs, print or write the report, and hold the floors."""
    from kg.score.report import tell_score
    from kg.score.scores import check_floors, score_graphs
    from kg.verbs.reports import score_lines
    from kg.verbs.tables import clean

    result = score_graphs(gold, graphs)
    lines = [*score_lines(result)]
    for name, told in result.errors.items() if errors else ():
        lines += [name, *(f"  {clean(line)}" for line in told)]
    show_report(lines, tell_score(result, errors=errors), report)
    if floors:
        check_floors(result, floors)


def score_names(
    judged: tuple[Path, Path | None, Path | None],
    report: str | None,
    *,
    errors: bool,
    names: Path | None = None,
    judge: bool = False,
) -> None:
    """Score who is who on judged names, among what a store names, and print or write the report."""
    from kg.score.identities import read_judged, score_who, tell_who
    from kg.score.judge import ask_judge, read_names, tell_answers
    from kg.verbs.reports import judge_lines, who_errors, who_lines
    from kg.verbs.tables import clean
    from kg.who.named import read_named

    groups, apart, store = judged
    things = read_named(store)[0] if store else []
    known = read_judged(groups, apart)
    score = score_who(known, things)
    lines = [*who_lines(score), *(clean(line) for line in who_errors(score) if errors)]
    told = tell_who(score, errors=errors)
    if judge:
        answers = ask_judge(known, read_names(names) if names else things)
        told["judge"] = tell_answers(answers, errors=errors)
        lines += map(clean, judge_lines(told["judge"]))
    show_report(lines, told, report)


def score_reader(folder: Path, report: str | None) -> None:
    """Score the reader on marked articles, stage by stage, and print or write the report.

    It is the shipped one or that of $KG_MODEL; it needs no PyTorch.
    """
    from kg.files.writing import check_target
    from kg.reader.package import choose_model, load_package
    from kg.training.budget import Budget, measure_budget, tell_budget
    from kg.training.marked.corpus import read_corpus
    from kg.verbs.progress import track
    from kg.verbs.reports import budget_lines

    check_target(report or "-")
    articles = list(read_corpus([folder]))
    package = load_package(choose_model())
    each = (measure_budget(package.model, article, package.limits) for article in articles)
    budget = sum(track(each, len(articles) > 1), Budget())
    show_report(budget_lines(budget), tell_budget(budget), report)


def show_report(lines: Iterable[str], told: Mapping[str, Any], report: str | None) -> None:
    """Print a report, unless JSON takes its place on standard output; write JSON where asked."""
    if report != "-":
        answer(*lines)
    if report:
        deliver(report, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
