"""Fuzz `kg`: articles, graphs, queries, decisions, requests and marked articles with faults.

    python tests/fuzz/campaign.py [--minutes 20] [--count 10000] [--seed 1] [--only KIND]
    python tests/fuzz/campaign.py --at NUMBER --only KIND [--seed 1]   # one of them
    python tests/fuzz/campaign.py --again FILE…                        # such as were kept

A kind, a seed and a number make an input. Inputs are tried in a process that is watched: what ends
in a traceback, a hang, a dead process, a code or a line that is none of ours, or a file that is not
whole is written into --out, as FILE.json (the input itself) and FILE.txt (what came of it, and what
makes it again). Mend it, then move FILE.json into tests/fuzz/kept: a test tries all that are there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).parent
for place in (HERE, HERE.parent, HERE.parents[1]):
    sys.path.insert(0, str(place))
os.environ.setdefault("OMP_NUM_THREADS", "1")

from fuzzed import Fuzzed  # noqa: E402
from making import MAKERS, make_input  # noqa: E402
from seeds import Seeds, make_seeds, read_seeds  # noqa: E402
from tally import Tally, show  # noqa: E402
from trying import Fault, stand_in, try_input, work_in  # noqa: E402

#: Seconds that an input may take on a machine that does other things too; inputs of a process.
HANG, STRETCH = 120, 400
#: A query that takes its time ends its process with this line.
STOPPED = re.compile(r"^kg: the query ran for \d+ s and was stopped; .*\n\Z", re.MULTILINE)
#: How many inputs of each kind go together: articles are what `kg` is for.
SHARES = {"article": 3, "graph": 3, "query": 2, "decision": 1, "request": 2, "marked": 1}


def apart(work: Callable[[Callable[[object], None]], None], log: Path) -> tuple[int, int]:
    """Do some work in a process of its own, which tells its parent; return its id and a pipe."""
    reads, writes = os.pipe()
    if pid := os.fork():
        os.close(writes)
        return pid, reads
    os.close(reads)
    code = 70
    try:
        quiet = os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        work(lambda told: os.write(writes, (json.dumps(told) + "\n").encode()) and None)
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def listen(pipe: int, patience: float) -> Iterator[list[object] | None]:
    """Yield what a process tells; None where it tells nothing for so long."""
    waiting = b""
    while True:
        if not select.select([pipe], [], [], patience)[0]:
            yield None
            return
        if not (data := os.read(pipe, 1 << 16)):
            return
        *lines, waiting = (waiting + data).split(b"\n")
        yield from map(json.loads, lines)


def try_each(
    inputs: Iterable[tuple[int, Fuzzed]], seeds: Seeds, tell: Callable[[object], None]
) -> None:
    """Try inputs one after the other, and tell what is begun and what came of it."""
    room = Path(tempfile.mkdtemp(prefix="fuzz-", dir=seeds.folder))
    with ExitStack() as stack:
        stack.enter_context(stand_in())
        served = None
        for number, given in inputs:
            tell(["begin", number])
            begun = time.monotonic()
            try:
                work_in(place := room / f"work-{number}")
                if given.requests and served is None:
                    served = stack.enter_context(serve_copy(seeds, room))
                for raw in given.requests:
                    served.send(raw)
                try_input(given, place, seeds.store)
            except Fault as fault:
                tell(["fault", number, str(fault)])
            tell(["end", number, time.monotonic() - begun])


def serve_copy(seeds: Seeds, room: Path):
    """Serve a copy of the store."""
    import shutil

    from serving import serving

    return serving(Path(shutil.copytree(seeds.store, room / "news")))


def run_stretch(inputs: dict[int, Fuzzed], seeds: Seeds, tally: Tally) -> None:
    """Try inputs in processes of which each goes on where the one before has ended."""
    left, log = dict(inputs), seeds.folder / "log"
    while left:
        group = dict(left)
        pid, pipe = apart(lambda tell: try_each(group.items(), seeds, tell), log)  # noqa: B023
        at, told = None, ""
        for said in listen(pipe, HANG):
            if said is None:
                os.kill(pid, signal.SIGKILL)
                told = f"hang: nothing for {HANG} s"
                tally.hangs[left[at].kind if at is not None else "all"] += 1
                break
            what, at = said[0], int(said[1])
            if what == "fault":
                tally.note(left[at], at, said[2])
            elif what == "end":
                tally.count(left.pop(at).kind, at, said[2])
                at = None
        os.close(pipe)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status == 0 and not told:
            return
        end = log.read_text(encoding="utf-8", errors="replace")
        if at is None:
            at = next(iter(left), None)
        if at is None:
            tally.note(Fuzzed("request"), 0, end)
            return
        given = left.pop(at)
        tally.count(given.kind, at, 0)
        if told or not (status == 1 and STOPPED.search(end)):
            tally.note(given, at, f"{told or f'the process ended with {status}'}\n{end}")


def run_all(options: argparse.Namespace, seeds: Seeds, tally: Tally) -> None:
    """Try stretches of each kind in turn, until as many are tried, or the time is over."""
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    kinds = [kind for kind in kinds if options.only in ("", kind)]
    end = time.monotonic() + options.minutes * 60
    stretch = min(STRETCH, max(1, options.count // len(kinds)))
    begun = Counter[str]()
    while sum(begun.values()) < options.count and time.monotonic() < end:
        for kind in kinds:
            first = begun[kind]
            numbers = range(first, first + min(stretch, options.count - sum(begun.values())))
            begun[kind] += len(numbers)
            made = {at: make_input(kind, options.seed, at, seeds) for at in numbers}
            run_stretch(made, seeds, tally)
            tally.tell(kind)
            if time.monotonic() > end:
                break


def import_all() -> None:
    """Import what verbs import as they need it, so that no process has to do so again."""
    import importlib
    import pkgutil

    import kg

    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.startswith(("kg.training.", "kg.reader.parallel.cluster")):
            importlib.import_module(module.name)
    for name in ("docx", "feedparser", "lxml.html", "markdown_it", "pdfminer.high_level", "pyshacl",
                 "rdflib.plugins.parsers.hext", "rdflib.plugins.parsers.jsonld", "rich.console",
                 "rich.table", "rustworkx", "trafilatura", "marked_readings",
                 "kg.training.marked.marks", "oxrdflib", "babel.numbers", "jinja2"):  # fmt: skip
        importlib.import_module(name)


def choose(options: argparse.Namespace, seeds: Seeds, tally: Tally) -> None:
    """Try what is asked for: kept inputs, then one or all."""
    if options.again:
        kept = [Fuzzed.from_json(path.read_text(encoding="utf-8")) for path in options.again]
        run_stretch(dict(enumerate(kept)), seeds, tally)
    if options.at is not None:
        given = make_input(options.only, options.seed, options.at, seeds)
        run_stretch({options.at: given}, seeds, tally)
    elif options.count:
        run_all(options, seeds, tally)


def main(arguments: list[str] | None = None) -> int:
    """Run a campaign; return 1 if anything fell."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", choices=("", *MAKERS))
    parser.add_argument("--at", type=int)
    parser.add_argument("--again", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "out" / "fuzz")
    options = parser.parse_args(arguments)
    options.again = [path.resolve() for path in options.again or ()]
    if options.count is None:
        options.count = 0 if options.again else 10_000
    begun, tally = time.monotonic(), Tally(options.out.resolve(), options.seed)
    with tempfile.TemporaryDirectory(prefix="kg-fuzz-") as place:
        log = Path(place, "log")
        pid, pipe = apart(lambda _: make_seeds(Path(place)), log)
        os.close(pipe)
        if os.waitpid(pid, 0)[1]:
            print(log.read_text(), file=sys.stderr)
            return 2
        import_all()
        choose(options, read_seeds(Path(place)), tally)
    show(tally, time.monotonic() - begun)
    return int(bool(tally.faults))


if __name__ == "__main__":
    sys.exit(main())
