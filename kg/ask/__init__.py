"""Questions: SPARQL, ready ones, explanations, differences."""
