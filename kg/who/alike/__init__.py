"""How alike names are: words, likeness, candidates for somebody to judge."""
