"""The server's own pages: one to ask on, and one that wants a name to look at."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from kg import ontology
from kg.ask.questions import list_queries
from kg.graph.rdf import BASE
from kg.graph.terms import FOLDERS
from kg.graph.vocabularies import prefixes
from kg.page.render import PAGE, read, write_json, write_policy

if TYPE_CHECKING:
    import jinja2

#: How the names of what heads an answer's columns begin.
HEAD = "column_"


@cache
def draw_ask() -> str:
    """Draw the page on which one asks."""
    texts = json.loads(read("ask.json"))
    words: dict[str, dict[str, Any]] = json.loads(read("explorer/texts.json"))
    columns = {
        lang: {it.removeprefix(HEAD): told for it, told in those.items() if it.startswith(HEAD)}
        for lang, those in words.items()
    }
    terms = {it: {lang: ontology.label(it, lang) for lang in texts} for it in ontology.relations()}
    data = {
        "texts": texts, "questions": list_questions(), "prefixes": prefixes(BASE),
        "columns": columns, "terms": terms, "classes": [*FOLDERS],
    }  # fmt: skip
    return fill_page("ask.html", script=read("ask.js"), texts=texts, data=data)


def fill_page(name: str, *, script: str = "", style: str = "", **given: Any) -> str:
    """Fill a template, under a policy that lets only our own style and script run.

    A page with a script may ask its own server, one without may send its form there. `style` is
    what a page has beside what all have.
    """
    from markupsafe import Markup

    style = read("ask.css") + style
    whole = f'"use strict"; (() => {{\n{script}\n}})();' if script else ""
    policy = write_policy(style, *[whole] * bool(script))
    policy = policy.replace("form-action 'none'", "connect-src 'self'; form-action 'self'")
    parts = {"style": Markup(style), "script": Markup(whole), "policy": policy}
    return make_environment().get_template(name).render(**parts, **given)


@cache
def make_environment() -> jinja2.Environment:
    """Make jinja2's environment, in which no text becomes markup."""
    import jinja2

    world = jinja2.Environment(
        loader=jinja2.FileSystemLoader(PAGE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    world.policies["json.dumps_function"] = write_json
    return world


def list_questions() -> list[dict[str, Any]]:
    """List the ready questions with their parameters, an example and their SPARQL.

    >>> list_questions()[0]["parameters"]
    ['of', 'since', 'min_confidence', 'modality']
    """
    return [
        {
            "name": one.name,
            "answers": one.answers,
            "parameters": list(one.parameters),
            "example": one.example,
            "query": one.text,
        }
        for one in list_queries()
    ]
