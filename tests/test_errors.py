"""What a user can cause is told with what to do about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from test_layers import MODULES, file_of

from kg import errors

NAMES = {name for name in vars(errors) if name.endswith("Error")}
#: Faults of the project's own data, which no user mends; what HTTP tells with its own codes.
OURS = ("names.", "ontology", "values.", "graph.", "who.bodies", "endpoint.")
#: What passes on the words of another message, which says what to do.
PASSED_ON = re.compile(r"\{[^}]*(?:error|told|fault|outcome|what|stopped|tell_|place_|unknown)")
#: Where all that is known is the place.
PLACED = re.compile(r"SPARQL, .*malformed")


def list_messages(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the text of each error that a module makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    held = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            if node.func.id in NAMES:
                yield node.lineno, " ".join(read_text(node.args[0], dict(held)))


def read_text(node: ast.AST, held: dict[str, ast.expr]) -> Iterator[str]:
    """Yield the parts of a text, with those of the names that it is made of."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            yield from read_text(part, held)
    elif isinstance(node, ast.BinOp | ast.IfExp):
        for child in ast.iter_child_nodes(node):
            yield from read_text(child, held)
    elif isinstance(node, ast.FormattedValue):
        yield f"{{{ast.unparse(node.value)}}}"
        yield from read_text(node.value, held)
    elif isinstance(node, ast.Name) and node.id in held:
        yield from read_text(held.pop(node.id), held)
    else:
        yield f"{{{ast.unparse(node)}}}"


def test_every_message_says_what_to_do() -> None:
    found = [
        (module, line, text)
        for module in MODULES
        if not module.startswith(OURS)
        for line, text in list_messages(file_of(module))
    ]
    assert len(found) > 200
    bare = [
        f"{module}, line {line}: {text}"
        for module, line, text in found
        if ";" not in text and not PASSED_ON.search(text) and not PLACED.search(text)
    ]
    assert not bare, "\n".join(bare)
