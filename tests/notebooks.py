"""Notebooks run in a plain way: their cells in one namespace, outputs as Jupyter stores them."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from typing import Any

#: What is no part of what a cell says: drawings differ from machine to machine.
PICTURE = "<svg"
Cell = dict[str, Any]


def read_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook as it stands."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def run_notebook(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with the outputs that its cells have now."""
    space: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            outputs = run_cell("".join(cell["source"]), space, count)
            cell = cell | {"execution_count": count, "outputs": outputs}
        cells.append(cell)
    return notebook | {"cells": cells}


def run_cell(source: str, space: dict[str, Any], count: int) -> list[Cell]:
    """Run a cell and return its outputs: what it prints, and its last value."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    stream, value = io.StringIO(), None
    with contextlib.redirect_stdout(stream):
        exec(compile(tree, f"cell {count}", "exec"), space)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), f"cell {count}", "eval"), space)
    outputs: list[Cell] = []
    if printed := stream.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": cut(printed)})
    if value is not None:
        data = {"text/plain": cut(repr(value))}
        if hasattr(value, "_repr_html_"):
            data = {"text/html": cut(value._repr_html_()), **data}
        outputs.append(
            {
                "data": data, "execution_count": count, "metadata": {},
                "output_type": "execute_result",
            }
        )  # fmt: skip
    return outputs


def cut(text: str) -> list[str]:
    """Return a text as lines with their ends, as Jupyter stores it."""
    return text.splitlines(keepends=True)


def write_notebook(notebook: dict[str, Any]) -> str:
    """Write a notebook as Jupyter does."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def told(notebook: dict[str, Any]) -> list[list[Any]]:
    """Return what the cells of a notebook say, but for pictures."""
    return [
        [without_picture(output) for output in cell["outputs"]]
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]


def without_picture(output: Cell) -> Cell:
    """Return an output without a drawing."""
    html = "".join(output.get("data", {}).get("text/html", ()))
    if PICTURE not in html:
        return output
    return output | {"data": output["data"] | {"text/html": html.partition(PICTURE)[0]}}
