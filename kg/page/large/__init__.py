"""The page of a large graph: a map of islands, one for each community, that unfold on demand."""
