"""An exported model against the network that it was made from: what it finds must be the same."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from kg.errors import DataError
from kg.reader.entities import list_demonyms
from kg.reader.package import OnnxModel, load_package
from kg.reader.reading import Seen, find_things, see_text
from kg.reader.relations import decide_facts, score_pairs
from kg.reader.scheme import ONE_WAY, RELATIONS
from kg.reader.types import Limits, Mention, Model, Thing
from kg.training.export import Kept, save_package
from kg.training.marked.corpus import MarkedArticle
from kg.training.marked.given import make_marker
from kg.training.network.backend import TorchModel
from kg.training.network.whole import Network

#: How far from the least one, as a probability, a fact's must be for int8 to decide as the network
#: does: then it decides none otherwise in the 110 articles of `valid`.
MARGIN = 0.1
#: The same for the graphs before they are in int8, which only round otherwise.
ROUNDING = 0.002
#: How much F1 on held-out articles an export may lose.
LOSS = 0.005
#: Articles that the graphs in floats are compared on, and changes that are told.
FEW, TOLD = 12, 3
#: Fact → its logit, and that of the fact the other way round, if only one of them can be.
Logits = dict[tuple[int, int, int], tuple[float, float | None]]


def check_export(
    network: Network,
    pieces: Kept,
    model: Model,
    articles: Sequence[MarkedArticle],
    *,
    limits: Limits,
) -> None:
    """Raise DataError if an exported model decides facts otherwise than its network.

    Compared are facts between the same names, in the same pieces: torch with ONNX in floats, then
    torch with the model itself. What cut pieces and other names change, `check_score` tells.
    """
    exact = TorchModel(network, model.vocabulary, kept=np.array(pieces[1]))
    with TemporaryDirectory() as folder:
        floats = load_floats(network, pieces, Path(folder))
        refuse_changes(exact, floats, articles[:FEW], limits=limits, margin=ROUNDING)
    refuse_changes(exact, model, articles, limits=limits, margin=MARGIN)


def check_score(score: float, network_score: float) -> None:
    """Raise DataError if an exported model scores less than its network, by more than may be."""
    if network_score - score > LOSS:
        raise DataError(
            f"the exported model has F1 {score:.3f} on held-out articles and the network"
            f" {network_score:.3f}; no more than {LOSS} may be lost"
        )


def load_floats(network: Network, pieces: Kept, folder: Path) -> OnnxModel:
    """Export a network with nothing in int8, and load that."""
    save_package(network, folder, pieces=pieces, small=False)
    model = load_package(folder).model
    model.table = network.encoder.words.weight.detach().numpy()[list(pieces[1])]
    return model


def refuse_changes(
    exact: Model,
    model: Model,
    articles: Sequence[MarkedArticle],
    *,
    limits: Limits,
    margin: float,
) -> None:
    """Raise DataError that says how many sure facts another model decides otherwise, and which."""
    changes = [
        change
        for article in articles
        for change in list_changes(exact, model, article, limits=limits, margin=margin)
    ]
    if changes:
        more = f" and {len(changes) - TOLD} more" if len(changes) > TOLD else ""
        raise DataError(
            f"{len(changes)} facts whose chance is farther than {margin} from the least one are"
            f" decided otherwise by the exported model: {'; '.join(changes[:TOLD])}{more}"
        )


def list_changes(
    exact: Model, model: Model, article: MarkedArticle, *, limits: Limits, margin: float
) -> Iterator[str]:
    """Tell which facts another model decides otherwise, between the names that the first finds."""
    text = article.text
    seen, there = see_text(exact, text), see_text(model, text)
    if not seen or not there:
        return
    demonyms = list_demonyms(article.lang)
    things = find_things(exact, text, seen.mentions, seen.states, demonyms=demonyms)
    other = rate_facts(model, [move_thing(thing, there) for thing in things], there)
    for fact, (logit, back) in rate_facts(exact, things, seen).items():
        subject, relation, object = fact
        name = RELATIONS[relation].name
        limit, (new, _) = limits.thresholds[name], other.get(fact, (-math.inf, None))
        rivals = (limit,) if back is None else (limit, back)
        chance = limits.chance(name, logit)
        far = min(abs(chance - limits.chance(name, rival)) for rival in rivals)
        if far > margin and (logit > limit) != (new > limit):
            ends = [text[slice(*span_of(things[k]))] for k in (subject, object)]
            told = f"{ends[0]} {name} {ends[1]}"
            yield f"{article.name}: {told} ({logit - limit:+.2f}, {new - limit:+.2f})"


def rate_facts(model: Model, things: Sequence[Thing], seen: Seen) -> Logits:
    """Return the logits of all facts that could be, by subject, relation and object."""
    every = {relation.name: -math.inf for relation in RELATIONS}
    scores = score_pairs(model, things, seen.states)
    ends = zip(scores.pairs.subjects.tolist(), scores.pairs.objects.tolist(), strict=True)
    rows = dict(zip(ends, scores.logits.astype(float), strict=True))

    def turn(subject: int, relation: int, object: int) -> float | None:
        row = rows.get((object, subject)) if RELATIONS[relation].name in ONE_WAY else None
        return None if row is None else float(row[relation])

    facts, _ = decide_facts(scores, every)
    return {(one, it, two): (logit, turn(one, it, two)) for one, it, two, logit in facts}


def span_of(thing: Thing) -> tuple[int, int]:
    """Return where a thing is first named."""
    return thing.names[0].begin, thing.names[0].end


def move_thing(thing: Thing, seen: Seen) -> Thing:
    """Return a thing with its mentions as another model's pieces."""

    def move(mention: Mention) -> Mention:
        return make_marker(seen, mention.label, mention.layer)(mention.begin, mention.end)

    names, others = (tuple(map(move, part)) for part in (thing.names, thing.others))
    return Thing(thing.label, names, others)
