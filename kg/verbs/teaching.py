"""Verbs that let a user teach the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.verbs.terminal import Lang, Sources, deliver, make_options, read_all


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
        print(clean(f"{target}: {count_things(reading).partition(': ')[2]}"))
