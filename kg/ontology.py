"""The only reader of `ontologies/*.ttl`: what classes, properties and areas there are."""

from __future__ import annotations

from pathlib import Path

#: Namespace of the ontology's classes and properties.
KG = "https://w3id.org/pressgraph/ontology#"


def ontology_folder() -> Path:
    """Return the folder of the ontology's files, in a wheel or in a checkout."""
    inside = Path(__file__).parent / "ontologies"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontologies"
