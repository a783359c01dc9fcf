"""Builds, decisions and exports, broken at any write: what was there stays, begun again all is so.

    python tests/breaks/breaking.py [--points 200] [--clock 100] [--seed 1] [--only NAME…]

Each work is done once whole, while its calls are counted that write to files, or rename, link,
remove or fsync them: those of Python, Oxigraph and SQLite alike (see break.c). Then it is done
again and again, each time broken at another of these calls:

- killed: the process ends before the call;
- torn: it ends when half of what the call writes is written;
- refused: from that call on, the disk is full; the command must end, and say so in a line.

And it is killed by the clock, at times that a seed tells. After each break every file and every
article's graph must be as before or as after, and the work, begun again, must end as if it had
never been broken. The last table is kept in tests/records/breaks.md.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODES = {"killed": 1, "torn": 2, "refused": 3}
#: The exit code of a process that was broken.
BROKEN = 99
#: Seconds that any one run may take.
LONG = 120
State = dict[str, object]
#: The folder of the store that works are done on: its files are Oxigraph's affair.
STORE = "news"
#: What follows from a store's graphs: between two of its steps it may lag behind.
FOLLOWING = (":claims", ":arrived")


@dataclass(frozen=True)
class Work:
    """Hold what is broken: what is there before, and a command, which may be one for once."""

    prepare: Callable[[Path], object]
    command: tuple[str, ...]
    #: What shows, in a State, that it was done when it was broken; what is begun then instead.
    sign: str = ""
    instead: tuple[str, ...] = ()


@dataclass
class Broken:
    """Hold how a run ended: its exit code (negative: a signal), its stderr, the calls it made."""

    code: int
    err: str
    calls: int = 0


def compile_shim(folder: Path) -> Path:
    """Compile what breaks calls; raise OSError where there is no compiler."""
    target = folder / "break.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-o", str(target), str(HERE / "break.c"), "-ldl"]
    subprocess.run(command, check=True, capture_output=True)
    return target


def apart(work: Callable[[], Any], seconds: float = LONG) -> Any:
    """Do some work in a process of its own and return what it gives; raise RuntimeError."""
    reads, writes = os.pipe()
    if not (pid := os.fork()):
        os.close(reads)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            told = pickle.dumps((True, work()))
        except BaseException:
            told = pickle.dumps((False, traceback.format_exc()))
        with os.fdopen(writes, "wb") as pipe:
            pipe.write(told)
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        data = pipe.read()
    os.waitpid(pid, 0)
    if not data:
        raise RuntimeError("a process of the check ended")
    fine, found = pickle.loads(data)
    if not fine:
        raise RuntimeError(found)
    return found


def run(
    command: tuple[str, ...], folder: Path, *, at: int = 0, mode: int = 0, kill: float = 0.0
) -> Broken:
    """Run a command of `kg` in a folder, broken at a call or killed after so many seconds."""
    log, calls = folder.with_suffix(".log"), folder.with_suffix(".calls")
    calls.unlink(missing_ok=True)
    if not (pid := os.fork()):
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(os.open(log, os.O_CREAT | os.O_TRUNC | os.O_WRONLY), 2)
        run_here(command, calls, at, mode)
    ends = time.monotonic() + (kill or LONG)
    while not (done := os.waitpid(pid, os.WNOHANG))[0]:
        if time.monotonic() > ends:
            os.kill(pid, signal.SIGKILL)
            done = os.waitpid(pid, 0)
            if not kill:
                raise RuntimeError(f"hang: {' '.join(command)}")
            break
        time.sleep(0.002)
    code = os.waitstatus_to_exitcode(done[1])
    count = int(calls.read_text()) if calls.exists() else 0
    return Broken(code, log.read_text(encoding="utf-8", errors="replace"), count)


def run_here(command: tuple[str, ...], calls: Path, at: int, mode: int) -> None:
    """Run a command in this process, and end it."""
    from kg.cli import main

    shim = ctypes.CDLL(None)
    code = 70
    try:
        shim.break_at(ctypes.c_long(at), mode)
        main(command)
    except SystemExit as done:
        code = int(done.code or 0)
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        count = ctypes.c_long.in_dll(shim, "seen_by_all").value
        shim.break_at(ctypes.c_long(0), 0)
        calls.write_text(str(count))
        os._exit(code)


def look(folder: Path) -> State:
    """Return what a folder holds: each file, each article's graph in a store, and its own graph."""
    state: State = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        inside = parts[0] == STORE and len(parts) > 1
        if path.is_file() and not inside and not path.name.endswith(".part"):
            state["/".join(parts)] = hashlib.sha256(path.read_bytes()).hexdigest()
        if path.name == "CURRENT" and path.parent.parent == folder:
            state |= look_into(path.parent)
    return state


def look_into(store: Path) -> State:
    """Return the graphs of a store, and in which order its articles came."""
    import pyoxigraph as ox

    from kg.errors import StoreError
    from kg.store.arrivals import list_arrived
    from kg.store.engine import open_folder

    try:
        held, close = open_folder(store)
    except StoreError as error:
        if "not made to its end" in str(error):  # and nothing was put in
            return {}
        raise
    graphs: dict[str, list[str]] = {}
    for quad in held:
        named = not isinstance(quad.graph_name, ox.DefaultGraph)
        name = quad.graph_name.value if named else "claims"
        graphs.setdefault(f"{store.name}:{name}", []).append(str(quad.triple))
    del held
    close()
    graphs[f"{store.name}:arrived"] = [*{*list_arrived(store)}]
    return {
        name: hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
        for name, lines in graphs.items()
    }


def left_parts(folder: Path) -> list[str]:
    """Return files that a run has not written to their end and has left."""
    return [str(path.relative_to(folder)) for path in folder.rglob("*.part")]


class Breaker:
    """Break one work again and again."""

    def __init__(self, name: str, work: Work, room: Path) -> None:
        self.name, self.work, self.room = name, work, room
        self.made = room / f"{work.prepare.__name__}-before"
        if not self.made.exists():
            self.made.mkdir()
            apart(lambda: work.prepare(self.made))
        self.before: State = apart(lambda: look(self.made))
        self.after, self.calls, self.seconds = self.do_whole()

    def copy(self) -> Path:
        """Return a copy of what is there before, at the same place each time."""
        target = self.room / "work"
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.copytree(self.made, target))

    def do_whole(self) -> tuple[State, int, float]:
        """Do the work unbroken; return what is there then, how many calls it took and how long."""
        place = self.copy()
        begun = time.monotonic()
        done = run(self.work.command, place)
        seconds = time.monotonic() - begun
        if done.code:
            raise RuntimeError(f"{self.name}: {done.err}")
        return apart(lambda: look(place)), done.calls, seconds

    def break_once(self, *, at: int = 0, mode: str = "", kill: float = 0.0) -> list[str]:
        """Break the work; return what does not hold then."""
        place = self.copy()
        done = run(self.work.command, place, at=at, mode=MODES.get(mode, 0), kill=kill)
        faults = check_end(done, mode)
        if done.code not in (BROKEN, -signal.SIGKILL):
            faults += [f"left behind: {part}" for part in left_parts(place)]
        faults += self.check_state(place, "broken")
        second = run(self.work.instead if self.is_done(place) else self.work.command, place)
        if second.code:
            return [*faults, f"begun again, it ends with {second.code}: {second.err}"]
        found = apart(lambda: look(place))
        if found != self.after:
            faults.append(f"begun again, it is not the same: {differ(self.after, found)}")
        return faults

    def is_done(self, place: Path) -> bool:
        """Tell whether the work, which is done once only, was done when it was broken."""
        sign = self.work.sign
        return bool(sign) and apart(lambda: look(place)).get(sign) == self.after.get(sign)

    def check_state(self, place: Path, when: str) -> list[str]:
        """Return what is neither as before nor as after."""
        try:
            found: State = apart(lambda: look(place))
        except RuntimeError as error:
            return [f"{when}, it cannot be read: {str(error).splitlines()[-1]}"]
        keys = {*found, *self.before, *self.after}
        wrong = [
            key
            for key in sorted(keys)
            if not key.endswith(FOLLOWING)
            if found.get(key) not in (self.before.get(key), self.after.get(key))
        ]
        return [f"{when}, {key} is neither old nor new" for key in wrong]


def differ(wanted: State, found: State) -> str:
    """Return in what two states differ."""
    keys = {key for key in {*wanted, *found} if wanted.get(key) != found.get(key)}
    return ", ".join(sorted(keys)[:5])


def check_end(done: Broken, mode: str) -> list[str]:
    """Return what is wrong with how a run ended: a disk that is full is a line and exit 1."""
    if "Traceback" in done.err:
        return [f"a traceback: {done.err}"]
    if mode != "refused":
        return (
            [] if done.code in (BROKEN, -signal.SIGKILL, 0) else [f"exit {done.code}: {done.err}"]
        )
    if done.code == 0:
        return []
    lines = done.err.splitlines()
    fine = done.code == 1 and lines and lines[-1].startswith("kg: ")
    return [] if fine else [f"exit {done.code}: {done.err!r}"]


def spread(calls: int, count: int, rng: random.Random) -> list[tuple[int, str]]:
    """Return which calls to break, and how: all ways where they are few, else some of them."""
    ways = [(at, mode) for at in range(1, calls + 1) for mode in MODES]
    return sorted(rng.sample(ways, min(count, len(ways))))


def break_all(
    works: dict[str, Work], room: Path, options: argparse.Namespace
) -> list[tuple[str, int, Counter[str], list[str]]]:
    """Break each work at its share of points, then by the clock."""
    rng = random.Random(options.seed)
    rows = []
    breakers = sorted((Breaker(name, work, room) for name, work in works.items()), key=count_calls)
    left = options.points
    for at_work, breaker in enumerate(breakers):
        name, tried, faults = breaker.name, Counter[str](), []
        for at, mode in spread(breaker.calls, left // (len(works) - at_work), rng):
            left -= 1
            tried[mode] += 1
            found = breaker.break_once(at=at, mode=mode)
            faults += [f"{name}, {mode} at {at} of {breaker.calls}: {it}" for it in found]
        for _ in range(share(options.clock, len(works), at_work)):
            kill = max(rng.random() * breaker.seconds, 0.001)
            tried["by the clock"] += 1
            found = breaker.break_once(kill=kill)
            faults += [f"{name}, killed after {kill:.3f} s: {it}" for it in found]
        rows.append((name, breaker.calls, tried, faults))
        for fault in faults:
            print(fault, flush=True)
    return rows


def count_calls(breaker: Breaker) -> int:
    """Return how many calls a work takes: what has few of them is broken at each."""
    return breaker.calls


def share(whole: int, parts: int, at: int) -> int:
    """Return one of some nearly equal shares.

    >>> [share(10, 3, at) for at in range(3)]
    [4, 3, 3]
    """
    return whole // parts + (at < whole % parts)


def show(rows: list[tuple[str, int, Counter[str], list[str]]]) -> None:
    """Print a table of what was broken."""
    kinds = [*MODES, "by the clock"]
    print(f"| work | calls | {' | '.join(kinds)} | faults |")
    print(f"| --- |{' --- |' * (len(kinds) + 2)}")
    whole: Counter[str] = Counter()
    for name, calls, tried, faults in rows:
        whole += tried
        told = " | ".join(str(tried[kind]) for kind in kinds)
        print(f"| {name} | {calls} | {told} | {len(faults)} |")
    told = " | ".join(str(whole[kind]) for kind in kinds)
    print(f"| together | | {told} | {sum(len(row[3]) for row in rows)} |")


def main(arguments: list[str] | None = None) -> int:
    """Break works; return 1 if anything does not hold."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--clock", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kg-breaks-") as place:
        if "BREAKS" not in os.environ:
            shim = compile_shim(Path(place))
            environment = os.environ | {
                "LD_PRELOAD": str(shim), "BREAKS": "1", "KG_BY": "essai", "OMP_NUM_THREADS": "1",
            }  # fmt: skip
            command = [sys.executable, __file__, *(arguments or sys.argv[1:])]
            return subprocess.run(command, env=environment).returncode
        for folder in (HERE, HERE.parent, HERE.parent / "fuzz", ROOT):
            sys.path.insert(0, str(folder))
        from works import WORKS, ready

        works = {name: work for name, work in WORKS.items() if name in (options.only or WORKS)}
        with contextlib.ExitStack() as stack:
            ready(stack, Path(place))
            rows = break_all(works, Path(place), options)
    show(rows)
    return int(any(row[3] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
