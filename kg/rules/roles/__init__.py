"""Who has, takes or leaves which post where."""
