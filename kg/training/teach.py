"""A reader taught from a user's articles beside the open corpus, and judged before it is taken."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import torch

from kg.errors import DataError
from kg.reader.entities import list_demonyms
from kg.reader.package import Package, load_package, read_meta, sum_file
from kg.reader.reading import find_all
from kg.training.calibrate import Crossed
from kg.training.card import tell_scores
from kg.training.evaluate import judge_facts
from kg.training.export import Kept, save_package
from kg.training.loop import Step, Training
from kg.training.marked.checks import corpus_folder, find_copies, refuse_copies, refuse_faults
from kg.training.marked.corpus import MarkedArticle, read_corpus
from kg.training.network.restore import restore_network
from kg.training.run import rate_crossed, write_meta
from kg.training.settings import Settings
from kg.training.workers import run_workers

#: Articles of the open corpus that are learned from again, so that nothing is unlearned, and such
#: as are held out to see whether something was.
SAMPLE, HELD = 400, 60
#: How much of a round is the user's articles, and how often one may come in it.
SHARE, MOST = 0.3, 10
#: Which part of the layers, from below, stays as it is.
FROZEN = 2 / 3
#: F1 that may be lost on articles of the open corpus.
COST = 0.01
SETTINGS = Settings(rate=4e-5, head_rate=3e-4, warm=40, save_minutes=2.0)
STATE, LESSON = "state.pt", "lesson.json"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Hold the articles of a lesson: the user's, of the corpus; to learn from, and held out."""

    own: Sequence[MarkedArticle]
    own_held: Sequence[MarkedArticle]
    corpus: Sequence[MarkedArticle]
    corpus_held: Sequence[MarkedArticle]

    def articles(self) -> list[MarkedArticle]:
        """Return what a round has: the user's articles several times, the corpus's once."""
        wanted = SHARE / (1 - SHARE) * len(self.corpus) / len(self.own)
        return [*self.own] * max(1, min(MOST, round(wanted))) + [*self.corpus]

    def signature(self) -> str:
        """Return a hash of all that is learned from."""
        told = "\0".join(repr(article) for article in self.articles())
        return hashlib.sha256(told.encode()).hexdigest()


def plan_lesson(folder: Path, held_out: str) -> Lesson:
    """Choose what is learned from; `held_out` is a share of the folder or a folder of its own.

    Raises DataError for faults, too few articles, and copies of what is held out. What the corpus
    has of the user's articles is left out.
    """
    own = list(read_corpus([folder]))
    refuse_faults(own)
    own, held = hold_out(own, held_out)
    refuse_copies(own, held)
    every = list(read_corpus([corpus_folder()]))
    copies = {article.name for article, *_ in find_copies(every, [*own, *held])}
    rest = [article for article in every if article.name not in copies]
    Random(0).shuffle(rest)
    kept = rest[: min(HELD, len(rest) // 4)]
    return Lesson(own, held, rest[len(kept) : len(kept) + SAMPLE], kept)


def hold_out(
    articles: list[MarkedArticle], held_out: str
) -> tuple[list[MarkedArticle], list[MarkedArticle]]:
    """Return the articles to learn from, and those that are held out."""
    if Path(held_out).is_dir():
        return articles, list(read_corpus([Path(held_out)]))
    try:
        share = float(held_out)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise DataError(f"{held_out}: neither a folder nor a share between 0 and 1; give one")
    count = round(share * len(articles))
    if not 0 < count < len(articles):
        raise DataError(
            f"{len(articles)} articles are too few to hold {held_out} of them out; mark more"
        )
    chosen = set(Random(0).sample(range(len(articles)), count))
    parts = ([a for k, a in enumerate(articles) if (k in chosen) is held] for held in (False, True))
    learned, held = parts
    return learned, held


def teach_reader(
    lesson: Lesson,
    start: Path,
    side: Path,
    *,
    settings: Settings = SETTINGS,
    workers: int = 2,
    tell: Callable[[int, Step], None] = lambda worker, step: None,
) -> Standing:
    """Go on learning from a model's folder with the upper layers; the result is `side`/model.

    The state is kept in `side`; a lesson that broke off goes on. Returns how the result reads what
    is held out. Raises DataError where it finds other facts than the network.
    """
    torch.set_num_threads(1)
    layers = int(read_meta(start)["shape"]["layers"]) if "shape" in read_meta(start) else 0
    network, pieces = restore_network(start, frozen=round(FROZEN * layers))
    settings = replace(settings, shape=network.shape)
    training = Training(network, lesson.articles(), pieces[2], settings)
    if state := find_state(side, lesson.signature() + sum_file(start / "encode.onnx")):
        training.restore(torch.load(state, weights_only=False))
    run_workers(training, side, time.monotonic, count=workers, tell=tell)
    training.settle()
    return export_lesson(training, pieces, lesson, start=start, folder=side / "model")


def find_state(side: Path, signature: str) -> Path | None:
    """Return the state of a lesson that broke off, None where there is none of this one."""
    told, state = side / LESSON, side / STATE
    if told.is_file() and json.loads(told.read_text(encoding="utf-8")) == signature:
        return state if state.is_file() else None
    if side.exists() and not told.is_file():
        raise DataError(f"{side}: not of a lesson, and in its way; move it or choose another name")
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir(parents=True)
    told.write_text(json.dumps(signature), encoding="utf-8")
    return None


def export_lesson(
    training: Training, pieces: Kept, lesson: Lesson, *, start: Path, folder: Path
) -> Standing:
    """Export what was learned, with what decides as it was, and a card; return how it reads.

    It is the exported model that is scored: what a number in int8 changes is in the score.
    """
    old = read_meta(start)
    shutil.rmtree(folder, ignore_errors=True)
    save_package(training.network, folder, pieces=pieces, told={"limits": old["limits"]})
    package = load_package(folder)
    user = {"name": "user", "articles": len(lesson.own), "licence": "the user's", "what": "taught"}
    mine, other = (score_articles(package, part) for part in (lesson.own_held, lesson.corpus_held))
    meta = {key: value for key, value in old.items() if key not in ("files", "shape")} | {
        "version": f"{old.get('version', '')}+{lesson.signature()[:8]}",
        "corpora": [*old.get("corpora", ()), user],
        "scores": tell_scores(mine),
        "scored on": f"{len(lesson.own_held)} articles of the user's that were held out",
    }
    write_meta(folder, meta)
    return Standing(rate_crossed(mine), rate_crossed(other))


def score_articles(package: Package, articles: Iterable[MarkedArticle]) -> Crossed:
    """Score a model on articles as it decides itself: counts, chances and outcomes."""
    model, limits = package.model, package.limits
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    told: list[tuple[float, bool]] = []
    for article in articles:
        found = find_all(model, article.text, limits, demonyms=list_demonyms(article.lang))
        judged = judge_facts(article, found)
        for relation, wanted in judged.wanted.items():
            counts[relation][2] += wanted
        for relation, logit, right in judged.facts:
            if right is not None:
                counts[relation][0 if right else 1] += 1
                counts[relation][2] -= right
                told.append((limits.chance(relation, logit), right))
    every = {relation: (a, b, c) for relation, (a, b, c) in counts.items()}
    return Crossed(every, tuple(chance for chance, _ in told), tuple(right for _, right in told))


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold the F1 of a model on what is held out: the user's articles, the open corpus's."""

    own: float
    corpus: float

    def beats(self, other: Standing) -> bool:
        """Tell whether the user's articles are read better, and the others hardly worse.

        >>> Standing(0.6, 0.5).beats(Standing(0.5, 0.505))
        True
        """
        return self.own > other.own and other.corpus - self.corpus <= COST
