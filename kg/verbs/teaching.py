"""Verbs that let a user teach the reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.verbs.ending.streams import say
from kg.verbs.terminal import Lang, Sources, deliver, make_options, read_all

if TYPE_CHECKING:
    from kg.reader.package import Package
    from kg.training.teach import Lesson, Standing


def mark(
    articles: Sources,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Where NAME.ann is written.")
    ] = Path(),
    force: Annotated[
        bool, typer.Option("--force", help="Write over what is there, corrections too.")
    ] = False,
    lang: Lang = None,
) -> None:
    """Write what is found as marked articles, to be corrected.

    A marked article (NAME.ann) has its text with each name as [Hexo|o1] and each other way to
    mean it as [le groupe|o1*], then a line a thing and a line a fact. `[`, `]`, `|` and the
    backslash of the text itself stand behind a backslash.
    """
    from kg.files.writing import name_targets
    from kg.reader import read_each
    from kg.training.marked.marks import write_marks
    from kg.verbs.progress import track
    from kg.verbs.tables import clean, count_things

    read = read_all(articles, make_options(lang))
    targets = [Path(it).with_suffix(".ann") for it in name_targets(folder, [a.name for a in read])]
    for target in targets:
        if target.exists() and not force:
            told = "it may hold corrections; --force writes over it"
            raise typer.BadParameter(clean(f"{target} exists: {told}"))
    for target, reading in zip(targets, track(read_each(read), len(read) > 1), strict=True):
        deliver(str(target), write_marks(reading))
        say(clean(f"{target}: {count_things(reading).partition(': ')[2]}"))


def train(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Marked articles: NAME.ann.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="MODEL", help="Folder of the new model.")
    ] = Path("model"),
    minutes: Annotated[
        float, typer.Option(min=0.01, help="How long it learns; reading and judging come on top.")
    ] = 20.0,
    held_out: Annotated[
        str, typer.Option(metavar="WHICH", help="What judges it: a share of FOLDER, or a folder.")
    ] = "0.33",
    workers: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Processes that learn.")
    ] = 2,
    base: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Learn all anew from FOLDER and this base encoder."),
    ] = None,
) -> None:
    """Teach the reader by articles that were marked by hand.

    `kg mark` writes them, to be corrected. The reader learns them beside the open corpus, and is
    judged by articles that it has not learned: of yours, and of the corpus. Only if it reads yours
    better, and the others hardly worse, MODEL is written; else exit code 1, and what was learned
    stays in MODEL.learning. A run that broke off goes on there. Where MODEL is there already, it is
    what goes on learning; else it is $KG_MODEL or the reader that ships.

    kg train marked -o model --minutes 20 --held-out 0.33

    kg train marked --held-out judged, then: kg build --model model news.txt

    With --base, a tenth of FOLDER judges (or the folder --held-out), and the thresholds are fitted
    on it, too: kg train corpus --base e5-small-q4.bin --minutes 120

    It takes PyTorch: pip install 'pressgraph[train]'
    """
    need_torch()
    if base:
        teach_all(folder, output, base, held_out=held_out, minutes=minutes, workers=workers)
    else:
        teach(folder, output, held_out, minutes=minutes, workers=workers)


def need_torch() -> None:
    """Raise KgError where PyTorch is missing; each process is to use one thread."""
    from importlib.util import find_spec

    from kg.errors import KgError
    from kg.reader.parallel.workers import start_worker

    if not (find_spec("torch") and find_spec("onnx")):
        raise KgError("training takes more packages; pip install 'pressgraph[train]'")
    start_worker()


def teach(folder: Path, output: Path, held_out: str, *, minutes: float, workers: int) -> None:
    """Teach the reader, tell how it reads before and after, and keep it if it reads better."""
    from dataclasses import replace
    from shutil import rmtree

    from kg.errors import KgError
    from kg.files.writing import replace_folder
    from kg.reader.package import META, choose_model, load_package
    from kg.training.teach import SETTINGS, plan_lesson, teach_reader
    from kg.verbs.progress import show_lesson
    from kg.verbs.tables import clean

    if output.exists() and not (output / META).is_file():
        raise KgError(f"{output}: there already, and no model; give another name with -o")
    start = output if output.exists() else choose_model()
    side = output.with_name(f"{output.name}.learning")
    lesson = plan_lesson(folder, held_out)
    say(clean(f"{len(lesson.own)} articles of {folder}, {len(lesson.corpus)} of the open corpus"))
    before = judge(load_package(start), lesson)
    how = replace(SETTINGS, minutes=minutes)
    with show_lesson(f"stopped; the same command goes on from {side}") as tell:
        after = teach_reader(lesson, start, side, settings=how, workers=workers, tell=tell)
    say(f"F1 on {len(lesson.own_held)} held-out articles: {before.own:.3f} → {after.own:.3f}")
    count = len(lesson.corpus_held)
    say(f"F1 on {count} of the open corpus: {before.corpus:.3f} → {after.corpus:.3f}")
    if not after.beats(before):
        raise KgError(f"not better: nothing is replaced; what was learned is in {side / 'model'}")
    replace_folder(side / "model", output)
    rmtree(side)
    say(clean(f"{output}: read with it by: kg build --model {output}"))


def judge(package: Package, lesson: Lesson) -> Standing:
    """Return how a model reads what is held out."""
    from kg.training.run import rate_crossed
    from kg.training.teach import Standing, score_articles
    from kg.verbs.progress import track

    scores = (
        rate_crossed(score_articles(package, track(articles)))
        for articles in (lesson.own_held, lesson.corpus_held)
    )
    return Standing(*scores)


def teach_all(
    folder: Path, output: Path, base: Path, *, held_out: str, minutes: float, workers: int
) -> None:
    """Learn all anew from a folder and the base encoder, and tell how well it reads."""
    from kg.training.run import train_anew
    from kg.training.settings import Settings
    from kg.verbs.progress import show_lesson
    from kg.verbs.tables import clean

    how, held = Settings(minutes=minutes), Path(held_out) if Path(held_out).is_dir() else None
    with show_lesson("stopped; the same command goes on") as tell:
        meta = train_anew(
            folder, output, base=base, settings=how, held_out=held, workers=workers, tell=tell
        )
    told = meta["scores"]["all"]
    say(clean(f"{output}: F1 {told['f1']:.3f} on {meta['scored on']}; its card: README.md"))
