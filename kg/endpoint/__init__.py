"""A graph on HTTP: SPARQL, a query page, the explorer and the ontology."""
