"""The resolved view of a store: canonical things and claims of its default graph."""
