"""A server of a graph, in a process of its own, and graphs to serve."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.model import Reading
from kg.store.store import make_store, put_readings

KG_COMMAND = [sys.executable, "-c", "from kg.cli import main; main()"]


@dataclass
class Server:
    """Hold a server's address and its process."""

    address: str
    process: subprocess.Popen[str]

    def at(self, path: str) -> str:
        """Return the address of a path."""
        return self.address + path

    def read_token(self) -> str:
        """Return the address that lets a browser decide, which the server tells as it begins."""
        assert self.process.stdout
        lines = [self.process.stdout.readline() for _ in range(6)]
        return next(line.split()[0] for line in lines if "token=" in line)

    def stop(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """End the server by a signal; return its exit code and what it complained of."""
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=15)
        return self.process.returncode, err


@contextmanager
def serve(graph: Path, *options: str) -> Iterator[Server]:
    """Serve a graph at a free port, and see that the server ends well and has said nothing."""
    command = [*KG_COMMAND, "serve", str(graph), "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        line = process.stdout.readline()
        server = Server(line.split()[0] if line else "", process)
        try:
            yield server
        finally:
            ended = server.stop() if process.poll() is None else (0, "")
        assert ended == (0, "")


def fill_store(folder: Path, *readings: Reading) -> Path:
    """Put what articles say into a store."""
    make_store(folder)
    assert len(list(put_readings(folder, readings))) == len(readings)
    return folder
