"""The reference that is made from the code: verbs and their options, questions, Python's names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from typer.main import get_command

import kg
from kg import cli
from kg.ask.questions import list_queries

#: Python's public names by what they are for, in the order of the way from a text to an answer.
PARTS = {
    "Articles and what they say": (
        "read", "Readings", "open", "Knowledge", "Article", "Entity", "Fact", "Reading",
        "read_article", "read_articles", "read_each",
    ),
    "Graphs and stores": (
        "build_graph", "read_readings", "write_turtle", "check_graph", "load_graph",
        "put_reading", "forget_article",
    ),
    "Questions": ("run_query", "explain_link", "diff_graphs", "construct_graph", "focus_graph"),
    "Networks, pages, exports": ("build_network", "draw_page", "export_graph", "entail_graph"),
    "Faults": ("KgError",),
}  # fmt: skip


def describe_verb(name: str) -> str:
    """Describe a verb in Markdown: what it does, its arguments and its options."""
    command = get_command(cli.app).commands[name]  # type: ignore[attr-defined]
    usage = " ".join(
        (it.metavar or it.name.upper()) + "…" * (it.nargs == -1)
        for it in command.params
        if not is_option(it)
    )
    rows = [describe_parameter(it) for it in command.params if not getattr(it, "hidden", False)]
    return "\n".join(
        [
            f"`kg {name} [OPTIONS] {usage}`".replace(" `", "`"),
            "",
            *escape(command.help or "").splitlines(),
            "",
            *make_table(("option", "what it is"), rows),
            "",
        ]
    )


def is_option(parameter: object) -> bool:
    """Tell whether a parameter is an option, not an argument."""
    return parameter.opts[0].startswith("-")  # type: ignore[attr-defined, no-any-return]


def describe_parameter(parameter: object) -> tuple[str, str]:
    """Return how a parameter is written and what it is."""
    given = vars(parameter)
    if not is_option(parameter):
        name = given["metavar"] or given["name"].upper()
        return f"`{name}`", escape(given["help"])
    names = sorted(given["opts"], key=len, reverse=True) + given.get("secondary_opts", [])
    value = f" {given['metavar']}" if given.get("metavar") else ""
    said = escape(given["help"] or "")
    default = given.get("default")
    if isinstance(default, str | int | float) and default not in ("", "-", 0):
        said += f" Else `{default}`."
    if given.get("envvar"):
        said += f" Or the variable `{given['envvar']}`."
    return f"`{', '.join(names)}{value}`", said


def describe_questions() -> str:
    """Describe the ready questions in Markdown."""
    rows = [
        (f"`{one.name}`", escape(one.answers), " ".join(f"`--{it}`" for it in names_of(one)))
        for one in list_queries()
    ]
    return "\n".join(make_table(("name", "what it answers", "options"), rows))


def names_of(question: object) -> Iterable[str]:
    """Return a question's options as they are written."""
    return (it.replace("_", "-") for it in question.parameters)  # type: ignore[attr-defined]


def describe_names() -> str:
    """Describe Python's public names in Markdown: signatures and docstrings, by part."""
    told = {name for names in PARTS.values() for name in names}
    parts = dict(PARTS)
    if others := tuple(sorted({*kg.__all__} - told - {"__version__"})):
        parts["More"] = others
    lines: list[str] = []
    for part, names in parts.items():
        lines += [f"## {part}", "", "```{eval-rst}"]
        for name in names:
            kind = "autofunction"
            if isinstance(getattr(kg, name), type):
                kind = "autoexception" if issubclass(getattr(kg, name), Exception) else "autoclass"
            lines += [f".. {kind}:: kg.{name}"]
            lines += ["   :members:", ""] if kind == "autoclass" else [""]
        lines += ["```", ""]
    return "\n".join(lines)


def make_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a table's lines; what parts cells is escaped."""
    cells = [head, tuple("---" for _ in head), *rows]
    return [f"| {' | '.join(it.replace('|', chr(92) + '|') for it in row)} |" for row in cells]


def escape(text: str) -> str:
    r"""Let a text be read as it is in Markdown, with what is typed at a terminal as code.

    >>> escape("With --excel, a <b> or *all*: kg same.")
    'With `--excel`, a \\<b> or \\*all\\*: `kg same`.'
    """
    text = re.sub(r"([*_<\[\]])", r"\\\1", text)
    return re.sub(r"(?<![\w`-])(--?[a-z][\w-]*|kg [a-z]+)", r"`\1`", text)


class Made(SphinxDirective):
    """Put Markdown in the place of a directive, with its headings."""

    has_content = False

    def text(self) -> str:
        """Return the Markdown."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Return what the Markdown means."""
        return self.parse_text_to_nodes(self.text(), allow_section_headings=True)


class Verb(Made):
    """Describe one verb: `{verb} build`."""

    required_arguments = 1

    def text(self) -> str:
        """Return the verb's description."""
        return describe_verb(self.arguments[0])


class Questions(Made):
    """Describe the ready questions."""

    def text(self) -> str:
        """Return their table."""
        return describe_questions()


class Names(Made):
    """Describe Python's public names."""

    def text(self) -> str:
        """Return their signatures and docstrings."""
        return describe_names()


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directives."""
    app.add_directive("verb", Verb)
    app.add_directive("questions", Questions)
    app.add_directive("names", Names)
    return {"parallel_read_safe": True}
