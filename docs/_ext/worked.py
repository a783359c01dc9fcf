"""Worked notebooks as pages: their cells with the outputs that they are stored with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

#: Where notebooks lie, and how one begins: with its title, which its page has already.
FOLDER = Path(__file__).parents[2] / "examples"
TITLE = re.compile(r"# .+\n*")
#: What pandas says of how its tables look, in each of them; the site says it once.
STYLE = re.compile(r"<style scoped>.*?</style>", re.DOTALL)


class Notebook(SphinxDirective):
    """Show a notebook of the examples: `{notebook} who-owns-whom`."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return its cells, one after the other."""
        path = FOLDER / f"{self.arguments[0]}.ipynb"
        self.env.note_dependency(str(path))
        shown: list[nodes.Node] = []
        for at, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            source = "".join(cell["source"])
            if cell["cell_type"] == "code":
                shown += [self.code(source, "python"), *self.outputs(cell)]
            else:
                text = TITLE.sub("", source, count=1) if not at else source
                head, words = split_heading(text)
                if head:
                    shown.append(nodes.rubric("", head))
                shown += self.parse_text_to_nodes(words)
        return shown

    def outputs(self, cell: dict[str, Any]) -> Iterator[nodes.Node]:
        """Yield what a cell has printed and its last value, as HTML where it has that."""
        for output in cell["outputs"]:
            data = output.get("data", {"text/plain": output.get("text", [])})
            if html := "".join(data.get("text/html", [])):
                box = f'<div class="output">{STYLE.sub("", html)}</div>'
                yield nodes.raw("", box, format="html")
            else:
                yield self.code("".join(data["text/plain"]), "text")

    def code(self, text: str, language: str) -> nodes.Node:
        """Return a block of code, or of what it prints."""
        return nodes.literal_block(text, text, language=language)


def split_heading(text: str) -> tuple[str, str]:
    r"""Return the heading that a cell begins with, or '', and the rest.

    >>> split_heading("## Claims\n\nWhat several say.")
    ('Claims', 'What several say.')
    """
    found = re.match(r"##+ (.+)\n*", text)
    return (found[1], text[found.end() :]) if found else ("", text)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("notebook", Notebook)
    return {"parallel_read_safe": True}
