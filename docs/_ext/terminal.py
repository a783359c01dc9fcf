"""How blocks `console` are coloured: commands after `$ ` as a shell's, the rest as printed."""

from __future__ import annotations

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, using
from pygments.lexers.shell import BashLexer
from pygments.token import Generic
from sphinx.application import Sphinx


class TerminalLexer(RegexLexer):
    r"""Tell commands from what they print; no `#` in an IRI is a prompt.

    >>> [str(kind) for kind, _ in TerminalLexer().get_tokens("$ ls\na#b\n")][-1]
    'Token.Generic.Output'
    """

    name = "terminal"
    tokens: ClassVar = {
        "root": [
            (r"(\$ )((?:[^\n\\]|\\(?:.|\n))*\n)", bygroups(Generic.Prompt, using(BashLexer))),
            (r".*\n", Generic.Output),
        ]
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Take the place of the lexer of that name."""
    app.add_lexer("console", TerminalLexer)
    return {"parallel_read_safe": True}
