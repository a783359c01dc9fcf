"""A limit in time stops what no exception can."""

from __future__ import annotations

import subprocess
import sys
import time

from kg.ask.limits import time_limit

RUNAWAY = """
import pyoxigraph as ox
from kg.ask.limits import time_limit
store = ox.Store()
store.extend(ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n))
             for n in range(2000))
with time_limit(0.3):
    list(store.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
"""


def test_runaway_query_ends_the_process_with_one_line() -> None:
    command = [sys.executable, "-c", RUNAWAY]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("kg: the query ran for 0.3 s and was stopped; ")
    assert done.stderr.count("\n") == 1


def test_what_is_quick_goes_on() -> None:
    with time_limit(0.2):
        pass
    with time_limit(0):
        time.sleep(0.3)
