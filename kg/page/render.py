"""A page's parts to one HTML file, under a policy that lets only our scripts run."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2
    import pyvis.network

PAGE = Path(__file__).parent

#: Parts of the page's script, in order.
SCRIPTS = (
    "data.js", "words.js", "facts.js", "state.js", "panel.js", "claim.js", "article.js",
    "legend.js", "empty.js", "table.js", "timeline.js", "search.js", "labels.js", "rings.js",
    "layouts.js", "fade.js", "drawing.js", "picture.js", "export.js", "main.js",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Hold the text of an HTML page; in a notebook it shows itself.

    >>> Page("<p>A page</p>")._repr_html_()[:31]
    '<iframe sandbox="allow-scripts '
    """

    html: str

    def __str__(self) -> str:
        return self.html

    def _repr_html_(self) -> str:
        # The frame has an origin of its own: it reads nothing of the notebook around it. What one
        # exports may be saved, and a link to Wikidata opens as any page does.
        may = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
        return (
            f'<iframe sandbox="{may}" srcdoc="{escape(self.html)}" title="PressGraph" '
            'style="width:100%;height:680px;border:0"></iframe>'
        )


def render(drawing: pyvis.network.Network, page: dict[str, Any], *, title: str) -> Page:
    """Render pyvis's network with our template, under a policy that lets only our scripts run."""
    import pyvis

    library = Path(pyvis.__file__).parent / "templates" / "lib"
    bundle = max(library.glob("vis-*/vis-network.min.js")).read_text(encoding="utf-8")
    script = "\n".join(['"use strict"; (() => {', *map(read, SCRIPTS), "})();"])
    page = page | {"fonts": read_fonts()}
    drawing.path = "page.html"
    drawing.templateEnv = make_environment()
    drawing.templateEnv.globals |= furnish(page, read("page.css"), bundle, script, title=title)
    return Page(drawing.generate_html())


def make_environment() -> jinja2.Environment:
    """Make jinja2's environment, in which no text becomes markup."""
    import jinja2

    made = jinja2.Environment(loader=jinja2.FileSystemLoader(PAGE), autoescape=True)
    made.policies["json.dumps_function"] = write_json
    return made


def furnish(
    page: dict[str, Any], style: str, bundle: str, script: str, *, title: str
) -> dict[str, Any]:
    """Return what the template is filled with, beside a drawing's data."""
    from markupsafe import Markup

    return {
        "bundle": Markup(bundle), "script": Markup(script), "style": Markup(style),
        "policy": write_policy(style, bundle, script), "page": page, "texts": page["texts"],
        "title": title, "lang": page["lang"] or next(iter(page["texts"])),
    }  # fmt: skip


def write_json(data: Any, **options: Any) -> str:
    r"""Write JSON without needless characters; half a pair of surrogates becomes a question mark.

    >>> write_json({"é": ["\ud83d", 1]})
    '{"é":["?",1]}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def read(name: str) -> str:
    """Read a file of the page."""
    return (PAGE / name).read_text(encoding="utf-8")


def read_fonts() -> dict[str, str]:
    """Read the letters that pictures take with them, by their weight, in base 64.

    >>> list(read_fonts())
    ['400', '600']
    """
    found = sorted((PAGE / "fonts").glob("*.woff2"))
    return {it.stem[-3:]: base64.b64encode(it.read_bytes()).decode() for it in found}


def write_policy(style: str, *scripts: str) -> str:
    """Write a Content-Security-Policy: this style and these scripts, and nothing else.

    >>> write_policy("", "")[:45]
    "default-src 'none'; base-uri 'none'; form-act"
    """
    allowed = " ".join(map(fingerprint, scripts))
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"style-src {fingerprint(style)}; script-src {allowed}"
    )


def fingerprint(text: str) -> str:
    """Return the source expression of an in-line text: its SHA-256."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
