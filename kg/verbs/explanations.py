"""Verbs that put facts in plain words: why two things are linked, what two graphs differ in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.files.collecting import without_collecting
from kg.verbs.ending.streams import answer
from kg.verbs.given.choices import one_of
from kg.verbs.given.empty import exit_empty, tell_nothing_compared
from kg.verbs.given.options import FailEmpty, reads_graph
from kg.verbs.networks import Lang, Through, check_lang
from kg.verbs.tables import clean
from kg.verbs.terminal import GraphSource, deliver, find_named

if TYPE_CHECKING:
    from kg.ask.diff import Change
    from kg.ask.explain import Explanation
    from kg.store.given.read import Given

#: Language → the words around a fact.
FRAMES = {
    "en": {
        "confidence": "confidence", "by": "according to", "in": "in:", "source": "source:",
        "characters": "characters", "over": "over", "articles": "articles say so",
        "copies": "copies of 1 voice", "voices": "with copies: {} voices",
        "indirect": "No fact links {} and {}; the shortest way has {} steps.",
    },
    "fr": {
        "confidence": "confiance", "by": "selon", "in": "dans :", "source": "source :",
        "characters": "caractères", "over": "terminé", "articles": "articles le disent",
        "copies": "copies d'une même voix", "voices": "copies comprises : {} voix",
        "indirect": "Aucun fait ne relie {} et {} ; le chemin le plus court a {} étapes.",
    },
}  # fmt: skip


class Style(StrEnum):
    """Name the forms in which explanations are printed."""

    text = "text"
    json = "json"


Format = Annotated[Style, typer.Option("--format", help="How to print it.", **one_of(Style))]


@reads_graph
def explain(
    graph: GraphSource,
    one: Annotated[str, typer.Argument(metavar="NAME", help="A thing's name, or a fact's IRI.")],
    other: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Without it: all that is said of one.")
    ] = None,
    through: Through = None,
    lang: Lang = "en",
    form: Format = Style.text,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Explain in plain words what links two things.

    Where no claim links them, the shortest way between them is explained, step by step. It leads
    through no place, area or market, unless --through allows it.
    """
    from kg.ask.explain import explain_link
    from kg.who.said.files import load_view

    check_lang(lang)
    ends = [one, *([] if other is None else [other])]
    with without_collecting():
        loaded = load_view(graph, given=given)
        for name in ends:
            find_named(loaded, name)
        with exit_empty(fail=fail_empty):
            found = explain_link(loaded, *ends, lang=lang, through=through or ())
    if form is Style.json:
        deliver("-", json.dumps([asdict(it) for it in found], ensure_ascii=False, indent=2) + "\n")
        return
    if found[0].step:
        answer(clean(FRAMES[lang]["indirect"].format(one, other, len(found))), end="\n\n")
    answer(*("\n".join(explanation_lines(it, lang)) for it in found), sep="\n\n")


def explanation_lines(one: Explanation, lang: str) -> Iterator[str]:
    """Yield an explanation as lines: the fact, then each piece of evidence."""
    from kg.ontology import label

    frame = FRAMES[lang]
    said = [label(one.modality.capitalize(), lang), *([frame["over"]] if one.ended else [])]
    said += [f"{frame['by']} {one.attributed_to}"] if one.attributed_to else []
    said += [f"{frame['confidence']} {one.confidence:.2f}"]
    step = f"{one.step}. " if one.step else ""
    yield clean(f"{step}{one.words} — {', '.join(said)}")
    sentence = ""
    for place, it in enumerate(one.evidence, 1):
        yield "  " + clean(f"« {it.quote} »")
        if it.sentence not in (sentence, it.quote):
            yield "  " + clean(f"{frame['in']} {it.sentence}")
        sentence = it.sentence
        about = ", ".join(filter(None, (it.source, it.published)))
        source = f"{it.title} ({about})" if about else it.title
        told = f"{frame['source']} {source}, {frame['characters']} {it.begin}–{it.end}"
        yield "  " + clean(told + (close(one, frame) if place == len(one.evidence) else ""))


def close(one: Explanation, frame: Mapping[str, str]) -> str:
    """Return what ends the last line: how many articles say so, if several do."""
    if one.sources < 2:
        return ""
    copies = frame["copies" if one.voices == 1 else "voices"].format(one.voices)
    told = f" ({copies})" if one.voices < one.sources else ""
    return f"; {one.sources} {frame['articles']}{told}"


@reads_graph
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A graph's file; - is stdin.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The graph to compare with it.")],
    form: Format = Style.text,
    fail_empty: FailEmpty = False,
    *,
    given: Given,
) -> None:
    """Compare what two graphs say.

    Facts are compared by what they say, whatever article says it.
    """
    from kg.ask.diff import diff_graphs
    from kg.who.said.files import load_view

    graphs = [load_view(path, given=given) for path in (old, new)]
    changes = diff_graphs(*graphs)
    if form is Style.json:
        records = [{"change": change.sign, **asdict(change)} for change in changes]
        deliver("-", json.dumps(records, ensure_ascii=False, indent=2) + "\n")
    else:
        show_changes(changes)
    if not changes:
        tell_nothing_compared((old, new), graphs, fail=fail_empty)


def show_changes(changes: Sequence[Change]) -> None:
    """Print what came, went or changed, and how much."""
    answer(*map(change_line, changes), end="\n" if changes else "")
    signs = [change.sign for change in changes]
    counts = f"{signs.count('+')} came, {signs.count('-')} went, {signs.count('~')} changed"
    answer(counts if changes else "no difference")


def change_line(change: Change) -> str:
    """Return a change as one line."""
    sayings = [saying for saying in (change.before, change.after) if saying]
    state = " → ".join(saying.modality for saying in sayings)
    last = sayings[-1]
    proof = f" « {last.quote} » ({last.article})" if last.quote else ""
    return clean(f"{change.sign} {change.words} — {state}{proof}")
