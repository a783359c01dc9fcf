"""What a campaign has found does not fall again; some inputs of each kind pass; faults are seen."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from fuzzed import Fuzzed, mutate
from trying import Done, Fault, check_content, check_end

HERE = Path(__file__).parent
KEPT = sorted((HERE / "kept").glob("*.json"))


def campaign(*options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / "campaign.py"), *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.mark.server
def test_what_fell_once_stands_and_so_do_others(tmp_path: Path) -> None:
    assert len(KEPT) >= 3
    done = campaign("--count", 24, "--out", tmp_path / "out", "--again", *KEPT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"| all, seed 1 | {24 + len(KEPT)} |" in done.stdout
    assert not (tmp_path / "out").exists()


#: What an input does here → what the campaign must say of it.
FELL = {
    "raise ValueError('a\\nb')": "ValueError: a",
    "sys.exit(7)": "exit 7",
    "os._exit(5)": "the process ended with 5",
    "time.sleep(60)": "hang: nothing for",
    "print('noise', file=sys.stderr)": "a line on stderr that is none of ours",
    "open('out.ttl', 'w').write('<urn:a> <urn:b>')": "out.ttl: not whole",
    "open('.out.ttl.1.part', 'w')": "left behind: .out.ttl.1.part",
}
PLANTED = """
import os, sys, time
import campaign
from pathlib import Path
import kg.cli, pyoxigraph
with campaign.stand_in():  # imported here, it takes no input's time
    pass
campaign.HANG = 6
campaign.import_all = lambda: None
campaign.make_seeds = lambda folder: (folder / "graphs").mkdir()
def main(command):
    exec(command[0])
    sys.exit(0)
kg.cli.main = main
sys.exit(campaign.main(["--out", sys.argv[1], "--again", *sys.argv[2:]]))
"""


@pytest.mark.server
def test_faults_are_seen_and_written_down(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.json" for number in range(len(FELL))]
    for path, code in zip(paths, FELL, strict=True):
        path.write_text(Fuzzed("graph", commands=[[code]]).to_json(), encoding="utf-8")
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", PLANTED, str(out), *map(str, paths)],
        env={"PYTHONPATH": f"{HERE}:{HERE.parent}:{HERE.parents[1]}"},
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    told = {path.stem: path.read_text(encoding="utf-8") for path in out.glob("*.txt")}
    assert len(told) == len(FELL), done.stdout
    for number, said in enumerate(FELL.values()):
        assert said in told[f"graph-1-{number}"]
        assert "campaign.py --only graph --seed 1 --at" in told[f"graph-1-{number}"]


def test_inputs_are_kept_as_they_are() -> None:
    given = Fuzzed("article", {"x": b"\xff\0", "y": "é".encode()}, [["build", "x"]], [b"\x80"])
    assert Fuzzed.from_json(given.to_json()) == given
    json.loads(given.to_json())


def test_a_seed_makes_the_same_faults_again() -> None:
    once, again = (mutate(random.Random("a"), b"un accord " * 20) for _ in range(2))
    assert once == again != b"un accord " * 20


@pytest.mark.parametrize(
    "done",
    [
        Done(0, "", "", "Traceback …"),
        Done(130, "", ""),
        Done(1, "", ""),
        Done(1, "", "kg: a.txt: empty\nand more\n"),
        Done(4, "", "kg: \x1b[31m\n"),
        Done(1, "", f"kg: {'a' * 6000}\n"),
    ],
)
def test_ends_that_are_none_are_faults(done: Done) -> None:
    with pytest.raises(Fault):
        check_end(done)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.ttl", b"<urn:a> <urn:b>"),
        ("a.graphml", b"<a><b></a>"),
        ("a.html", b"<!doctype html><html><body>"),
        ("a.claims", b"a,b\n1\n"),
        ("a.ftm", b'{"a": 1}\n{'),
        ("a.nt", b"\xff"),
    ],
)
def test_files_that_are_not_whole_are_faults(name: str, data: bytes, tmp_path: Path) -> None:
    with pytest.raises(Fault):
        check_content(tmp_path / name, data)
