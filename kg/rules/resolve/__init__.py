"""Who is meant: one thing by all its names, nouns and pronouns."""
