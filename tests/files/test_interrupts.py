"""Signals end a run; what it has half done is undone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kg.files.interrupts import watch_signals

#: A query that runs in one call: the exception waits for its end, the guard does not.
BLOCKED = """
import sys
from pathlib import Path
import pyoxigraph as ox
from kg.files.ending import remember
from kg.files.interrupts import watch_signals
store = ox.Store()
store.extend(ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n))
             for n in range(2000))
path = Path(sys.argv[1])
path.write_text("half")
remember(path.unlink)
with watch_signals():
    print("begun", flush=True)
    store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
"""
FORKED = """
import os, signal, time
from kg.files.interrupts import watch_signals
with watch_signals() as watch:
    child = os.fork()
    if not child:
        time.sleep(30)
    time.sleep(0.3)
    os.kill(child, signal.SIGTERM)
    _, status = os.waitpid(child, 0)
    time.sleep(1.5)  # the guard would have ended this process by now
    print(os.WTERMSIG(status), watch.signal)
"""
#: Processes that share semaphores, which Python would tell as leaked.
SHARED = """
import time
from kg.files.ending import end_at_once
from kg.reader.parallel.workers import open_pool
if __name__ == "__main__":
    with open_pool(1) as pool:
        pool.submit(time.sleep, 0).result()
        end_at_once(130, "interrupted")
"""


def test_semaphores_go_without_a_word(tmp_path: Path) -> None:
    path = tmp_path / "shared.py"
    path.write_text(SHARED, encoding="utf-8")
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "kg: interrupted\n")


def test_signal_is_an_exception_and_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), watch_signals() as watch:
        os.kill(os.getpid(), signal.SIGTERM)
    assert watch.signal == signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) == before


def test_other_threads_watch_nothing() -> None:
    seen: list[object] = []

    def look() -> None:
        with watch_signals():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_code_that_no_exception_reaches_ends_and_is_undone(tmp_path: Path, number: int) -> None:
    command = [sys.executable, "-c", BLOCKED, str(tmp_path / "part")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        assert (tmp_path / "part").exists()
        time.sleep(1)  # the query is under way then
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert err.startswith("kg: ")
    assert err.count("\n") == 1
    assert not (tmp_path / "part").exists()


def test_forked_process_ends_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=60
    )
    assert (done.stdout, done.stderr) == (f"{int(signal.SIGTERM)} 0\n", "")
