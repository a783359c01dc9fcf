"""A run ends when it is told to, and says what a machine refused; what was there stays."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import read_nordil
from servers import KG_COMMAND, fill_store

from kg.graph.rdf import build_graph, write_turtle
from kg.store.engine import READERS

pytestmark = pytest.mark.server
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ONE_LINE = re.compile(r"\Akg: [^\n]+\n\Z")
SLOW = """
import sys, time
from kg import cli
from kg.verbs.ending.streams import say

@cli.app.command()
def work(target: str) -> None:
    try:
        say("begun")
        time.sleep(60)
    finally:
        open(target, "w").write("left")
cli.main(["work", sys.argv[1]])
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("endings") / "graph.ttl"
    path.write_text(write_turtle(build_graph([read_nordil()])), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return fill_store(tmp_path / "news", read_nordil())


def kg(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*KG_COMMAND, *map(str, arguments)]
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 120, **options}
    return subprocess.run(command, text=True, **told)  # type: ignore[call-overload,no-any-return]


def list_files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file() and path.name != "LOG"}


def start(command: Sequence[str]) -> subprocess.Popen[str]:
    def listen() -> None:  # which a shell's job in the background would not
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listen
    )


@pytest.mark.parametrize(
    ("number", "code", "told"),
    [
        (signal.SIGINT, 130, "kg: interrupted\n"),
        (signal.SIGTERM, 143, "kg: ended by SIGTERM\n"),
        (signal.SIGHUP, 129, "kg: ended by SIGHUP\n"),
    ],
)
def test_query_ends_at_once_and_leaves_nothing(
    store: Path, number: signal.Signals, code: int, told: str
) -> None:
    before = list_files(store)
    with start([*KG_COMMAND, "query", str(store), ENDLESS, "--timeout", "0"]) as process:
        while not list((store / READERS).glob("*/CURRENT")):
            time.sleep(0.05)
        time.sleep(1)
        begin = time.monotonic()
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (code, "", told)
    assert time.monotonic() - begin < 5  # a second, on a machine that does nothing else
    assert list_files(store) == before


@pytest.mark.parametrize("part", [0.4, 0.8, 1.5])
def test_query_of_much_ends_in_less_than_it_takes_to_read(tmp_path: Path, part: float) -> None:
    path = tmp_path / "much.nt"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f'<urn:s:{n}> <urn:p:{n % 9}> "{n}" .\n' for n in range(100_000))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert kg("query", path, "ASK { ?x ?y '7' }").returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with start([*KG_COMMAND, "query", str(path), ENDLESS, "--timeout", "0"]) as process:
        while (begun := spent_by(process.pid)) < part * whole:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.stderr
        assert (process.returncode, process.stderr.read()) == (130, "kg: interrupted\n")
    assert usage.ru_utime + usage.ru_stime - begun < 0.5 * whole


def spent_by(pid: int) -> float:
    """Return the seconds of the processor that a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_work_in_python_takes_its_leave(tmp_path: Path) -> None:
    with start([sys.executable, "-c", SLOW, str(tmp_path / "left")]) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "kg: interrupted\n")
    assert (tmp_path / "left").read_text(encoding="utf-8") == "left"


def test_ignored_signal_stays_ignored(graph: Path) -> None:
    def ignore() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    command = [*KG_COMMAND, "query", str(graph), ENDLESS, "--timeout", "4"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=ignore) as process:
        time.sleep(2)
        process.send_signal(signal.SIGHUP)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "was stopped" in err


def test_query_out_of_time_leaves_nothing(store: Path) -> None:
    before = list_files(store)
    done = kg("query", store, ENDLESS, "--timeout", "0.5")
    assert (done.returncode, done.stdout) == (1, "")
    assert ONE_LINE.match(done.stderr)
    assert list_files(store) == before
    assert not list((store / READERS).iterdir())


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "verb", [["query", "about", "--of", "Nordil"], ["query", "plans", "--format", "csv"],
             ["export", "--to", "nt"], ["check"], ["claims"], ["network", "central"], ["query"]]
)  # fmt: skip
def test_full_disk_is_told(graph: Path, verb: list[str], unbuffered: str) -> None:
    environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        done = kg(verb[0], graph, *verb[1:], stdout=full, env=environment)
    assert done.returncode == 1
    told = "kg: standard output: No space left on device; make room on that disk, then run it again"
    assert done.stderr == f"{told}\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_file_that_is_cut_is_told(graph: Path, tmp_path: Path, unbuffered: str) -> None:
    script = f'ulimit -f 4; exec "$0" -c "$1" export {graph} --to nt > cut.nt'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, KG_COMMAND[-1]],
        cwd=tmp_path, env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        stderr=subprocess.PIPE, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert ONE_LINE.match(done.stderr)
    assert (tmp_path / "cut.nt").stat().st_size <= 4096


def test_file_that_cannot_grow_stays_as_it_was(graph: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("ancien", encoding="utf-8")
    script = f'ulimit -f 4; exec "$0" -c "$1" draw {graph} -o {page}'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, KG_COMMAND[-1]],
        stderr=subprocess.PIPE, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.match(r"kg: \S+page\.html: cannot be written: File too large; ", done.stderr)
    assert page.read_text(encoding="utf-8") == "ancien"
    assert list(tmp_path.iterdir()) == [page]


def test_read_only_disk_is_told(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "fixed").mkdir()
    script = (
        'mount --bind fixed fixed && mount -o remount,bind,ro fixed && exec "$0" -c "$1" draw '
        f"{graph} -o fixed/page.html"
    )
    outer = ["unshare", "-rm", "bash", "-c"]
    if not shutil.which("unshare") or subprocess.run([*outer, "true"]).returncode:
        pytest.skip("no name spaces of users here")
    done = subprocess.run(
        [*outer, script, sys.executable, KG_COMMAND[-1]],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True, timeout=120,
    )  # fmt: skip
    told = "Read-only file system; nothing can be written there; name another place"
    assert (done.returncode, done.stderr) == (
        1,
        f"kg: fixed/page.html: cannot be written: {told}\n",
    )


@pytest.mark.parametrize(
    ("closed", "code", "told"),
    [
        (">&-", 1, "kg: standard output: Bad file descriptor; it is closed; open it, or name a "),
        ("2>&-", 0, ""),
        ("| true", 141, ""),
        ("<&-", 0, ""),
    ],
)
def test_closed_stream_is_no_traceback(graph: Path, closed: str, code: int, told: str) -> None:
    script = f'set -o pipefail; "$0" -c "$1" query {graph} plans --format csv {closed}'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, KG_COMMAND[-1]],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == code
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == bool(told)


@pytest.mark.model
def test_work_goes_on_where_nobody_hears_of_it(tmp_path: Path) -> None:
    for number in range(40):
        text = f"Accord {number}\n\nNordil a racheté Vasco."
        (tmp_path / f"a{number}.fr.txt").write_text(text, encoding="utf-8")
    script = (
        f'"$0" -c "$1" build {tmp_path} --store {tmp_path}/news | true; echo ${{PIPESTATUS[0]}}'
    )
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, KG_COMMAND[-1]],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.stdout == "0\n", done.stderr
    count = kg("query", tmp_path / "news", "SELECT (COUNT(?a) AS ?n) { ?a a kg:Article }",
               "--format", "csv")  # fmt: skip
    assert count.stdout.split() == ["n", "40"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "{graph}", "about", "--of", b"Hydr\xe9ol"],
        ["query", b"d\xe9peche.ttl", "about"],
        ["forget", b"d\xe9peche", "--store", b"d\xe9peches"],
        ["query", "{graph}", "plans", b"--\xe9"],
    ],
)
def test_name_of_another_encoding_is_no_traceback(
    graph: Path, tmp_path: Path, arguments: list[str | bytes]
) -> None:
    given = [it.format(graph=graph) if isinstance(it, str) else it for it in arguments]
    done = subprocess.run(
        [*KG_COMMAND, *given], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2 or ONE_LINE.match(done.stderr)


def test_home_that_is_missing_is_told(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys\n"
        "def none(_): raise RuntimeError('Could not determine home directory.')\n"
        "pathlib.Path.home = classmethod(none)\n"
        "from kg.cli import main\nmain(['register', 'list'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "XDG_DATA_HOME"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kg: registers: you have no home folder; set HOME or ")


#: A command whose loading is broken off.
LOADED = """
import sys
class Breaks:
    def find_spec(self, name, *rest):
        if name == "kg.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Breaks())
from kg.__main__ import main
main()
"""


def test_ctrl_c_while_it_is_loaded_is_a_line() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "kg: interrupted\n")


@pytest.mark.parametrize(
    "command", [["query", "g.ttl", "plans"], ["export", "g.ttl", "-o", "x.nt"]]
)
def test_folder_that_is_gone_is_a_line(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    code = (
        "import os; os.chdir(os.environ['GONE']); os.rmdir(os.environ['GONE']); "
        f"from kg.cli import main; main({command})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env={**os.environ, "GONE": str(tmp_path / "gone")},
    )  # fmt: skip
    assert done.returncode == 1
    assert ONE_LINE.match(done.stderr)


def test_output_that_names_no_file_is_a_usage_fault(graph: Path) -> None:
    done = subprocess.run(
        [*KG_COMMAND, "export", str(graph), "-o", ""], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "it names no file; - is stdout" in done.stderr


@pytest.mark.parametrize("name", ["fifo", "link"])
def test_graph_is_read_from_a_pipe_and_written_to_one(
    name: str, graph: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "link").symlink_to("fifo")
    count = ["query", tmp_path / name, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv"]
    with subprocess.Popen([*KG_COMMAND, "export", graph, "--to", "nt", "-o", tmp_path / name]):
        piped = kg(*count)
    plain = kg("query", graph, *count[2:])
    assert (piped.stdout, piped.stderr, piped.returncode) == (plain.stdout, "", 0)
    assert (tmp_path / "fifo").is_fifo()


def test_names_of_stdin_and_stdout_are_read_and_written(graph: Path) -> None:
    by_name = kg("export", "/dev/stdin", "--to", "nt", "-o", "/dev/fd/1", input=graph.read_text())
    assert by_name.stdout == kg("export", graph, "--to", "nt").stdout


def test_stdout_by_its_name_is_added_to(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.nt"
    path.write_text("# mine\n")
    with path.open("a") as file:
        kg("export", graph, "--to", "nt", "-o", "/dev/stdout", stdout=file)
    assert path.read_text().startswith("# mine\n<")


@pytest.mark.parametrize(
    "command", [["draw"], ["export", "--to", "graphml"], ["export", "--to", "facts"]]
)
def test_graph_stays_where_what_is_none_would_take_its_place(
    command: list[str], graph: Path, tmp_path: Path
) -> None:
    mine, link = tmp_path / "g.ttl", tmp_path / "link.ttl"
    shutil.copy(graph, mine)
    link.symlink_to(mine)
    done = kg(command[0], mine, *command[1:], "-o", link)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "is the graph itself" in done.stderr
    assert mine.read_bytes() == graph.read_bytes()
