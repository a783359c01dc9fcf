"""What an output leaves as it is, whatever it is asked to take the place of."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError


def spare_text(output: str) -> None:
    """Raise KgError if an output would overwrite what is no graph: an article, in all likelihood.

    `kg build -o *.txt` names the first of the texts as the output.
    """
    from kg.sources.forms.forms import GRAPHS

    path = Path(output)
    if path.suffix.lower() in GRAPHS or not path.is_file() or not path.stat().st_size:
        return
    with path.open("rb") as file:
        if not file.read(len("@prefix")).startswith(b"@prefix"):
            raise KgError(f"{output}: stands there and is no graph; name another file after -o")


def spare_graph(graph: str, output: str) -> None:
    """Raise KgError if what is no graph can't be written, or where the graph itself stands."""
    from kg.files.writing import check_target

    check_target(output)
    if Path(output).is_file() and Path(graph).is_file() and Path(output).samefile(graph):
        raise KgError(f"{output}: is the graph itself; name another file after -o")
