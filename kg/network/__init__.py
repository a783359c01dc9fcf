"""A graph as a network: links, measures, layout."""
