"""A whole training: corpora checked, a network begun or gone on with, then a model's folder."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch

import kg
from kg.errors import DataError
from kg.files.writing import replace_folder
from kg.reader.entities import list_demonyms
from kg.reader.package import META, load_package
from kg.reader.reading import Found, find_all
from kg.reader.types import Limits, Model
from kg.training.calibrate import Crossed, cross_fit, fit_calibration, rate_counts, sum_counts
from kg.training.card import tell_scores, write_card
from kg.training.endings import fit_ended, list_endings
from kg.training.evaluate import judge_facts
from kg.training.export import choose_pieces, save_package
from kg.training.loop import Step, Training
from kg.training.marked.checks import refuse_copies, refuse_faults
from kg.training.marked.corpus import MarkedArticle, read_corpus
from kg.training.network.backend import TorchModel
from kg.training.network.compare import check_export, check_score
from kg.training.network.restore import TABLE
from kg.training.network.start import Base, read_base
from kg.training.network.whole import Network, load_base, load_weights
from kg.training.settings import Settings
from kg.training.workers import run_workers
from kg.wordings import tell_count

#: One in so many articles is held out where all is learned anew.
HELD = 10
#: The logit from which on facts are judged at all.
LOW = -4.0


def train_reader(
    folders: Sequence[Path],
    folder: Path,
    *,
    base: Path,
    settings: Settings,
    held_out: Sequence[Path] = (),
    start: Path | None = None,
    workers: int = 2,
    tell: Callable[[int, Step], None] = lambda worker, step: None,
) -> Training:
    """Learn from the articles of some folders; the state is kept in `folder` and gone on with.

    `start` are averaged weights to begin with instead of the base encoder's alone.
    """
    torch.set_num_threads(1)
    articles = list(read_corpus(folders))
    refuse_faults(articles)
    refuse_copies(articles, read_corpus(held_out))
    known = read_base(base)
    settings = replace(settings, shape=replace(settings.shape, pieces=len(known.scored)))
    network = Network(settings.shape)
    load_base(network, known)
    if start:
        load_weights(network, read_weights(start), spared=[TABLE])
    training = Training(network, articles, known.vocabulary, settings)
    state = folder / "state.pt"
    if state.exists():
        training.restore(torch.load(state, weights_only=False))
    run_workers(training, folder, time.monotonic, count=workers, tell=tell)
    return training


def train_anew(
    folder: Path,
    output: Path,
    *,
    base: Path,
    settings: Settings,
    held_out: Path | None = None,
    workers: int = 2,
    tell: Callable[[int, Step], None] = lambda worker, step: None,
) -> dict[str, Any]:
    """Learn all from a folder's articles, and judge by others, else a tenth; return the meta.

    The state is kept beside the output; a training that broke off goes on.
    """
    side = output.with_name(f"{output.name}.learning")
    learned, held = side / "learned", held_out or side / "held-out"
    for number, path in enumerate(sorted(folder.glob("*.ann"))):
        part = held if not held_out and number % HELD == HELD - 1 else learned
        part.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, part)
    training = train_reader(
        [learned], side, base=base, settings=settings, held_out=[held], workers=workers, tell=tell
    )
    training.settle()
    told = {
        "name": "pressgraph reader",
        "version": kg.__version__,
        "description": "Finds what business news names and says (encoder: multilingual-e5-small).",
        "licence": "Apache-2.0 (weights), MIT (encoder)",
        "commit": f"v{kg.__version__}",
        "seed": settings.seed,
    }
    corpora = [Corpus(folder.name, learned, "see its README.md", "all that it has learned from")]
    meta = finish_reader(
        training.network, read_base(base), output, valid=held, corpora=corpora, told=told
    )
    shutil.rmtree(side)
    return meta


def read_weights(path: Path) -> dict[str, torch.Tensor]:
    """Read saved weights; raise DataError for a file that holds none."""
    try:
        weights: dict[str, torch.Tensor] = torch.load(path, weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError) as error:
        raise DataError(
            f"{path}: no weights ({error}); give the average.pt of a training"
        ) from error
    return weights


@dataclass(frozen=True, slots=True)
class Corpus:
    """Hold what a card says of a folder of articles."""

    name: str
    folder: Path
    licence: str
    what: str


def finish_reader(
    network: Network,
    base: Base,
    folder: Path,
    *,
    valid: Path,
    corpora: Sequence[Corpus],
    told: Mapping[str, object],
    least: float = 0.0,
) -> dict[str, Any]:
    """Export a network, fit on held-out articles what decides, and write the model's card.

    The exported model is what is scored: each fifth of the articles by what the others decide.
    Where it differs from the network (`check_export`, `check_score`), that is a DataError, and
    what was in the folder stays.
    """
    texts = [a.text for corpus in corpora for a in read_corpus([corpus.folder])]
    kept = choose_pieces(base.vocabulary, texts)
    pieces = (base.scored, kept, base.vocabulary)
    part = folder.with_name(f".{folder.name}.part")
    save_package(network, part, pieces=pieces)
    articles, model = list(read_corpus([valid])), load_package(part).model
    found = find_each(model, articles)
    judged = [judge_facts(article, facts) for article, facts in found]
    crossed, calibration = cross_fit(judged, least=least), fit_calibration(judged, least=least)
    thresholds = calibration.thresholds()
    ended = fit_ended([row for pair in found for row in list_endings(*pair, thresholds)])
    limits = Limits(thresholds, calibration.lines, ended=ended)
    check_export(network, pieces, model, articles, limits=limits)
    exact = find_each(TorchModel(network, base.vocabulary), articles)
    other = cross_fit([judge_facts(*pair) for pair in exact], least=least)
    check_score(rate_crossed(crossed), rate_crossed(other))
    meta = dict(told) | {
        "limits": asdict(limits),
        "scores": tell_scores(crossed),
        "scored on": f"{tell_count(len(judged), 'article')}, cross-fitted",
        "corpora": [
            {"name": c.name, "articles": count_files(c), "licence": c.licence, "what": c.what}
            for c in corpora
        ],
    }
    whole = write_meta(part, meta)
    replace_folder(part, folder)
    return whole


def find_each(model: Model, articles: Iterable[MarkedArticle]) -> list[tuple[MarkedArticle, Found]]:
    """Find all that a model can in articles, facts sure or not."""
    limits = Limits(thresholds=dict.fromkeys(Limits().thresholds, LOW))
    return [
        (it, find_all(model, it.text, limits, demonyms=list_demonyms(it.lang))) for it in articles
    ]


def rate_crossed(crossed: Crossed) -> float:
    """Return the F1 over all relations."""
    return rate_counts(sum_counts(crossed.counts.values()))[2]


def count_files(corpus: Corpus) -> int:
    """Return how many articles a corpus has."""
    return len(list(corpus.folder.glob("*.ann")))


def write_meta(folder: Path, more: Mapping[str, object]) -> dict[str, Any]:
    """Add to what a model's folder tells of itself, and write its card."""
    path = folder / META
    meta: dict[str, Any] = {**json.loads(path.read_text(encoding="utf-8")), **more}
    path.write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(write_card(meta), encoding="utf-8")
    return meta
