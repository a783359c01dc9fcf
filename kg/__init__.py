"""Business news in, knowledge graph out: offline, on a CPU, every edge provable."""

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

#: Public name → module that has it; imported on first use, so that `import kg` stays instant.
_PUBLIC = {
    "Article": "kg.model",
    "Entity": "kg.model",
    "Fact": "kg.model",
    "Reading": "kg.model",
    "KgError": "kg.errors",
    "read_article": "kg.sources.articles",
    "read_articles": "kg.sources.articles",
    "read": "kg.notebook.readings",
    "Readings": "kg.notebook.readings",
    "open": "kg.notebook.knowledge",
    "Knowledge": "kg.notebook.knowledge",
    "read_each": "kg.reader",
    "build_graph": "kg.graph.rdf",
    "read_readings": "kg.graph.readings",
    "write_turtle": "kg.graph.rdf",
    "load_graph": "kg.store.engine",
    "put_reading": "kg.store.store",
    "forget_article": "kg.store.store",
    "run_query": "kg.ask.query",
    "explain_link": "kg.ask.explain",
    "diff_graphs": "kg.ask.diff",
    "export_graph": "kg.exports.forms",
    "entail_graph": "kg.exports.entail",
    "check_graph": "kg.graph.check",
    "build_network": "kg.network.network",
    "construct_graph": "kg.ask.focus",
    "focus_graph": "kg.ask.focus",
    "draw_page": "kg.page.view",
}
__all__ = ["__version__", *sorted(_PUBLIC)]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)
